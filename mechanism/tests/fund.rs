//! The end of a campaign fund, against the sentence that defines it.

use muster_mechanism::fund::{LIFE, REST, until};
use proptest::prelude::*;

#[test]
fn a_year_after_the_last_or_ten_after_the_first() {
    assert_eq!(
        (REST, LIFE),
        (31_536_000, 315_360_000),
        "365 days, and ten times as many"
    );
    assert_eq!(until(100, [Some(200), Some(300)]), 300 + REST);
    assert_eq!(until(100, [Some(200), None]), 100 + LIFE);
    assert_eq!(until(100, [Some(100 + LIFE)]), 100 + LIFE);
    assert_eq!(until(u64::MAX, [None]), u64::MAX);
}

proptest! {
    #[test]
    fn is_over_exactly_when_the_sentence_says(
        created in 0..u64::MAX / 4,
        ends in prop::collection::vec(prop::option::of(0..2 * LIFE), 1..16),
        at in 0..3 * LIFE,
    ) {
        let now = created + at;
        let ends: Vec<Option<u64>> = ends.into_iter().map(|e| e.map(|e| created + e)).collect();
        let ten = now >= created + LIFE;
        let year = ends.iter().all(|e| e.is_some_and(|e| now >= e + REST));
        prop_assert_eq!(now >= until(created, ends), ten || year);
    }

    #[test]
    fn what_is_over_stays_over_when_the_others_end(
        created in 0..u64::MAX / 4,
        ends in prop::collection::vec(0..2 * LIFE, 1..16),
        at in 0..3 * LIFE,
    ) {
        // As of `at`, only the ends that have come are known.
        let now = created + at;
        let known = |now: u64| until(created, ends.iter().map(|e| Some(created + e).filter(|e| *e <= now)));
        if now >= known(now) {
            for later in [now + 1, now + REST, now + LIFE] {
                prop_assert!(later >= known(later));
            }
        }
    }
}
