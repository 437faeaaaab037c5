//! A verdict takes no more than was lost.

use muster_mechanism::answer::{Class, is_covered};
use muster_mechanism::forfeits;
use proptest::prelude::*;

fn class(count: u32, gain: u128, loss: u128) -> Class {
    Class { count, gain, loss }
}

#[test]
fn gains_are_covered_by_losses_and_no_sum_wraps() {
    assert!(is_covered(&[]));
    assert!(is_covered(&[class(80, 625, 0), class(20, 0, 2_500)]));
    assert!(!is_covered(&[class(80, 626, 0), class(20, 0, 2_500)]));
    assert!(!is_covered(&[class(1, 1, 0)]));
    assert!(is_covered(&[class(0, u128::MAX, 0)]));
    let all = class(2, u128::MAX, 0);
    assert!(!is_covered(&[all, class(2, 0, u128::MAX)]));
    assert!(!is_covered(&[class(1, 0, u128::MAX), class(1, 0, 1)]));
}

proptest! {
    #[test]
    fn covered_as_in_wide_numbers(list in prop::collection::vec((0u32..9, 0u64..99, 0u64..99), 0..9)) {
        let classes: Vec<Class> = list
            .iter()
            .map(|(count, gain, loss)| class(*count, (*gain).into(), (*loss).into()))
            .collect();
        let left: i64 = list
            .iter()
            .map(|(count, gain, loss)| i64::from(*count) * (*loss as i64 - *gain as i64))
            .sum();
        prop_assert_eq!(is_covered(&classes), left >= 0);
    }

    #[test]
    fn judged_as_a_whole_every_coin_has_a_destination(stake: u64, staked in 0u32..1_000_000, fee in 0u16..501) {
        let stake = u128::from(stake);
        let f = forfeits::whole(stake, staked, fee).unwrap();
        prop_assert_eq!((f.forfeit_each, f.keeper_each, f.share_each, f.remainder), (stake, 0, 0, 0));
        prop_assert_eq!(f.fee + f.to_address, stake * u128::from(staked));
        prop_assert!(f.fee * 20 <= f.fee + f.to_address);
    }
}

#[test]
fn stakes_beyond_any_number_are_an_error() {
    assert!(forfeits::whole(u128::MAX, 2, 0).is_err());
    assert!(forfeits::whole(1, 2, 10_001).is_err());
}
