//! What can bind together, against trying every subset.

use muster_mechanism::closure::{MAX_MEMBERS, binding, bit, members, reach};
use proptest::prelude::*;

/// The largest subset in which each member's requirements are members: the union of all of them.
fn naive(ready: u32, requires: &[u32]) -> u32 {
    let n = requires.len();
    (0..1_u32 << n)
        .filter(|set| set & !ready == 0)
        .filter(|set| members(*set).all(|i| requires[i] & !set == 0))
        .fold(0, |all, set| all | set)
}

#[test]
fn strike_and_support_bind_together_or_not_at_all() {
    let roles = [0b10, 0b01];
    assert_eq!(binding(0b11, |i| roles[i]), 0b11);
    assert_eq!(binding(0b01, |i| roles[i]), 0);
    assert_eq!(binding(0b10, |i| roles[i]), 0);
}

#[test]
fn milestones_bind_each_at_its_own_goal() {
    // The second and third each require the one before.
    let milestones = [0, 0b001, 0b010];
    assert_eq!(binding(0b011, |i| milestones[i]), 0b011);
    assert_eq!(binding(0b101, |i| milestones[i]), 0b001);
    assert_eq!(reach(2, |i| milestones[i]), 0b111);
    assert_eq!(reach(0, |i| milestones[i]), 0b001);
}

#[test]
fn sets_end_at_their_largest_member() {
    assert_eq!(bit(31), 1 << 31);
    assert_eq!(bit(MAX_MEMBERS), 0);
    assert_eq!(members(u32::MAX).count(), MAX_MEMBERS);
    assert_eq!(binding(u32::MAX, |i| bit(i + 1)), u32::MAX);
    assert_eq!(
        binding(u32::MAX >> 1, |i| bit(i + 1)),
        0,
        "the chain breaks at its end"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_largest_set_is_found(ready in 0..256_u32, requires in prop::collection::vec(0..256_u32, 8)) {
        let found = binding(ready, |i| requires.get(i).copied().unwrap_or(0));
        prop_assert_eq!(found, naive(ready, &requires));
    }

    #[test]
    fn reach_is_closed_and_least(start in 0..8_usize, requires in prop::collection::vec(0..256_u32, 8)) {
        let found = reach(start, |i| requires.get(i).copied().unwrap_or(0));
        prop_assert!(members(found).all(|i| requires[i] & !found == 0));
        let closed_and_holds = |set: u32| {
            set & bit(start) != 0 && members(set).all(|i| requires[i] & !set == 0)
        };
        let least = (0..256_u32).filter(|s| closed_and_holds(*s)).fold(255, |all, s| all & s);
        prop_assert_eq!(found, least);
    }

    #[test]
    fn one_is_left_exactly_where_all_that_it_reaches_is_ready(ready in 0..256_u32, requires in prop::collection::vec(0..256_u32, 8)) {
        let of = |i: usize| requires.get(i).copied().unwrap_or(0);
        let set = binding(ready, of);
        for i in 0..8 {
            prop_assert_eq!(set & bit(i) != 0, reach(i, of) & !ready == 0);
        }
    }
}
