//! What is due of a saving, against the inequality that defines a rounded-down part.

use muster_mechanism::saving::due;
use proptest::prelude::*;

#[test]
fn the_library_of_the_design() {
    // 120,000.00 USD saved, 5 % of it: 6,000.00.
    assert_eq!(due(12_000_000, 500), Some(600_000));
    assert_eq!(due(0, 500), Some(0));
    assert_eq!(due(1, 2_000), Some(0), "rounded for whoever owes it");
    assert_eq!(due(19_999, 1), Some(1));
    assert_eq!(due(u128::MAX, 10_000), Some(u128::MAX));
    assert_eq!(due(1, 10_001), None);
}

proptest! {
    #[test]
    fn is_the_largest_that_is_not_more_than_the_part(saved in 0..u128::MAX / 10_000, bps in 0..=10_000_u128) {
        let (due, whole) = (due(saved, bps).unwrap(), saved * bps);
        prop_assert!(due * 10_000 <= whole);
        prop_assert!(whole < (due + 1) * 10_000);
    }

    #[test]
    fn never_overflows_and_never_exceeds_what_was_saved(saved in any::<u128>(), bps in 0..=10_000_u128) {
        prop_assert!(due(saved, bps).unwrap() <= saved);
    }
}
