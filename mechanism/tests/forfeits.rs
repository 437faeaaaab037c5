//! Forfeits: every coin has a destination, and nobody gains from rounding.

use muster_mechanism::forfeits::{Forfeits, ForfeitsTo, Overflow, Stakes, settle};
use proptest::prelude::*;

fn stakes(stake: u128, cooperators: u32, broken: u32, excused: u32) -> Stakes {
    Stakes {
        stake,
        cooperators,
        broken,
        excused,
    }
}

#[test]
fn four_keep_it_and_one_does_not() {
    let f = settle(stakes(10_000_000, 4, 1, 0), 200, ForfeitsTo::Cooperators).unwrap();
    assert_eq!(
        f,
        Forfeits {
            forfeit_each: 10_000_000,
            keeper_each: 100_000,
            fee: 198_000,
            share_each: 2_425_500,
            to_address: 0,
            remainder: 0,
        }
    );
}

#[test]
fn a_crowd_of_defectors_is_no_prize() {
    let f = settle(stakes(100, 1, 3, 0), 0, ForfeitsTo::Cooperators).unwrap();
    assert_eq!((f.forfeit_each, f.share_each), (33, 99));
    let f = settle(stakes(100, 1, 3, 0), 0, ForfeitsTo::Address).unwrap();
    assert_eq!((f.forfeit_each, f.keeper_each, f.to_address), (100, 1, 297));
}

#[test]
fn nobody_kept_it_or_nobody_broke_it_and_all_goes_back() {
    for to in [
        ForfeitsTo::Cooperators,
        ForfeitsTo::Address,
        ForfeitsTo::Everybody,
    ] {
        assert_eq!(
            settle(stakes(100, 0, 7, 2), 500, to),
            Ok(Forfeits::default())
        );
        assert_eq!(
            settle(stakes(100, 7, 0, 2), 500, to),
            Ok(Forfeits::default())
        );
    }
}

#[test]
fn everybody_includes_the_broken_and_the_excused() {
    let f = settle(stakes(1_000, 2, 1, 1), 0, ForfeitsTo::Everybody).unwrap();
    assert_eq!((f.keeper_each, f.share_each, f.remainder), (10, 247, 2));
}

#[test]
fn the_edge_of_2_to_the_128() {
    let f = settle(stakes(u128::MAX, 1, 1, 0), 500, ForfeitsTo::Cooperators).unwrap();
    assert_eq!(f.forfeit_each, u128::MAX);
    assert_eq!(
        settle(stakes(u128::MAX, 2, 2, 0), 0, ForfeitsTo::Address),
        Err(Overflow)
    );
    let f = settle(
        stakes(u128::MAX, 1, u32::MAX, 0),
        0,
        ForfeitsTo::Cooperators,
    )
    .unwrap();
    assert_eq!(f.forfeit_each, u128::MAX / u128::from(u32::MAX));
}

#[test]
fn a_fee_beyond_the_whole_is_refused() {
    let all = settle(stakes(1_000, 1, 1, 0), 10_000, ForfeitsTo::Address).unwrap();
    assert_eq!((all.keeper_each, all.fee, all.to_address), (10, 990, 0));
    assert_eq!(
        settle(stakes(1_000, 1, 1, 0), 10_011, ForfeitsTo::Address),
        Err(Overflow)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn every_coin_has_a_destination(
        stake in prop_oneof![0u128..1_000, 0u128..1 << 90],
        kept in 0u32..2_000, broken in 0u32..2_000, excused in 0u32..50,
        fee_bps in 0u16..=500,
        to in prop_oneof![Just(ForfeitsTo::Cooperators), Just(ForfeitsTo::Address), Just(ForfeitsTo::Everybody)],
    ) {
        let f = settle(stakes(stake, kept, broken, excused), fee_bps, to).unwrap();
        let (c, b) = (u128::from(kept), u128::from(broken));
        let sharers = match to {
            ForfeitsTo::Cooperators => c,
            ForfeitsTo::Address => 0,
            ForfeitsTo::Everybody => c + b + u128::from(excused),
        };
        prop_assert_eq!(
            b * f.forfeit_each,
            b * f.keeper_each + f.fee + f.share_each * sharers + f.to_address + f.remainder
        );
        prop_assert!(f.forfeit_each <= stake);
        prop_assert!(f.share_each <= stake, "a share exceeds one stake");
        prop_assert!(f.remainder < sharers.max(1));
        let after_keepers = b * (f.forfeit_each - f.keeper_each);
        prop_assert_eq!(f.fee, after_keepers * u128::from(fee_bps) / 10_000);
        prop_assert_eq!(f.keeper_each, f.forfeit_each / 100);
        let naive = match to {
            _ if c == 0 || b == 0 => 0,
            ForfeitsTo::Cooperators => stake.min(stake * c / b),
            _ => stake,
        };
        prop_assert_eq!(f.forfeit_each, naive);
    }
}
