//! Coins as the unit, the bonus and challenges: every coin has a destination.

use muster_mechanism::bonus;
use muster_mechanism::challenge;
use muster_mechanism::committed::{Bucket, Committed, committed_set, tips_with};
use muster_mechanism::part::{bps, part};
use muster_mechanism::release::{from_tranche, refund, release, tranche};
use proptest::prelude::*;

/// K* in units by trying every size: the largest k with F(k) ≥ k.
fn naive(goal: u32, pledges: &[(u32, u32)]) -> u32 {
    let would = |k: u32| -> u32 {
        let in_it = pledges.iter().filter(|(t, _)| (*t).max(goal) <= k);
        in_it.map(|(_, units)| units).sum()
    };
    let all: u32 = pledges.iter().map(|(_, units)| units).sum();
    (1..=all).rev().find(|k| would(*k) >= *k).unwrap_or(0)
}

/// The same by the scan, with units for people.
fn by_scan(goal: u32, pledges: &[(u32, u32)]) -> u32 {
    let (total, buckets) = counted(goal, pledges);
    committed_set(goal, total, buckets).unwrap().people
}

fn tips(goal: u32, pledges: &[(u32, u32)]) -> Option<u32> {
    let (total, buckets) = counted(goal, pledges);
    tips_with(goal, total, buckets).unwrap()
}

type Buckets = Vec<Result<Bucket, ()>>;

fn counted(goal: u32, pledges: &[(u32, u32)]) -> (Committed, Buckets) {
    let mut above = std::collections::BTreeMap::<u32, u32>::new();
    for (t, units) in pledges.iter().filter(|(t, _)| *t > goal) {
        *above.entry(*t).or_default() += units;
    }
    let total = Committed {
        people: pledges.iter().map(|(_, units)| units).sum(),
        staked: 0,
    };
    let buckets = above.into_iter().rev().map(|(threshold, pledges)| {
        Ok(Bucket {
            threshold,
            pledges,
            staked: 0,
        })
    });
    (total, buckets.collect())
}

#[test]
fn land_bought_at_five_hundred_each() {
    // Goal 100 units of 500; one person gives 40 units if 120 come together in all.
    let mut pledges = vec![(1, 20), (1, 30), (120, 40)];
    assert_eq!(by_scan(100, &pledges), 0);
    pledges.push((1, 30));
    assert_eq!(by_scan(100, &pledges), 120);
}

#[test]
fn tranches_sum_to_the_whole_and_the_last_takes_the_rounding() {
    let parts = [3_333, 3_333, 3_334];
    let all: Vec<_> = (0..3).map(|i| tranche(100, &parts, i).unwrap()).collect();
    assert_eq!(all, [33, 33, 34]);
    assert_eq!(tranche(100, &parts, 3), None);
    assert_eq!(
        tranche(100, &[5_000, 4_999], 0),
        None,
        "less than the whole"
    );
    assert_eq!(tranche(100, &[], 0), None);
}

#[test]
fn the_bonus_is_capped_and_the_rest_returns() {
    let b = bonus::split(1_000, 100, 7);
    assert_eq!((b.each, b.to_sponsor), (100, 300));
    let b = bonus::split(1_000, 500, 7);
    assert_eq!((b.each, b.to_sponsor), (142, 6));
    let b = bonus::split(1_000, 500, 0);
    assert_eq!((b.each, b.to_sponsor), (0, 1_000));
}

#[test]
fn a_fallen_stake_pays_the_challenger_never_more_than_three_quarters() {
    let f = challenge::fallen(1_000, 247, 80).unwrap();
    assert_eq!((f.to_challenger, f.rest), (330, 917));
    let f = challenge::fallen(1_000, 0, 5_000).unwrap();
    assert_eq!((f.to_challenger, f.rest), (750, 250));
    assert_eq!(challenge::fallen(u128::MAX, u128::MAX, 0), None);
}

fn parts() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::btree_set(1..10_000_u16, 0..7).prop_map(|cuts| {
        let mut last = 0;
        let mut parts: Vec<u16> = cuts
            .into_iter()
            .map(|cut| {
                let part = cut - last;
                last = cut;
                part
            })
            .collect();
        parts.push(10_000 - last);
        parts
    })
}

/// Every subset of the pledges: the heaviest in which everybody's condition and the goal hold, and how
/// many there are of that weight.
fn brute_force(goal: u32, pledges: &[(u32, u32)]) -> (u32, Vec<u32>) {
    let mut best = (0, vec![]);
    for mask in 1_u32..1 << pledges.len() {
        let members = || (0..pledges.len()).filter(|i| mask & (1 << i) != 0);
        let weight: u32 = members().map(|i| pledges[i].1).sum();
        if !members().all(|i| pledges[i].0.max(goal) <= weight) {
            continue;
        }
        if weight > best.0 {
            best = (weight, vec![mask]);
        } else if weight == best.0 {
            best.1.push(mask);
        }
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_heaviest_consistent_subset_is_one_and_the_scan_finds_it(
        goal in 1..30_u32,
        pledges in prop::collection::vec((1..40_u32, 1..9_u32), 0..10),
    ) {
        let found = by_scan(goal, &pledges);
        let (weight, sets) = brute_force(goal, &pledges);
        prop_assert_eq!(found, weight);
        prop_assert!(sets.len() <= 1);
        for mask in sets {
            for (i, (t, _)) in pledges.iter().enumerate() {
                prop_assert_eq!(mask & (1 << i) != 0, (*t).max(goal) <= found);
            }
        }
    }

    #[test]
    fn tips_with_is_the_fewest_units_that_bring_somebody_in(
        goal in 1..20_u32,
        pledges in prop::collection::vec((1..40_u32, 1..9_u32), 0..12),
    ) {
        let before = naive(goal, &pledges);
        let fewest = (1..60_u32).find(|units| {
            let mut more = pledges.clone();
            more.push((1, *units));
            let after = naive(goal, &more);
            after > before + units || (before == 0 && after > 0)
        });
        prop_assert_eq!(tips(goal, &pledges), fewest);
    }

    #[test]
    fn units_weigh_in_the_scan_as_in_the_definition(
        goal in 1..30_u32,
        pledges in prop::collection::vec((1..40_u32, 1..9_u32), 0..12),
    ) {
        prop_assert_eq!(by_scan(goal, &pledges), naive(goal, &pledges));
    }

    #[test]
    fn a_release_loses_no_coin(amount in any::<u128>(), fee in 0..=500_u16, document in 0..=2_000_u16) {
        let r = release(amount, fee, document).unwrap();
        prop_assert_eq!(r.fee + r.to_document + r.to_beneficiary, amount);
        prop_assert!(r.fee <= bps(amount, fee).unwrap());
    }

    #[test]
    fn what_is_not_released_goes_back_to_the_coin(total in any::<u128>(), parts in parts(), from in 0..8_usize, units in 0..u32::MAX) {
        let from = from.min(parts.len());
        let released: u128 = (0..from).map(|i| tranche(total, &parts, i).unwrap()).sum();
        let back = from_tranche(total, &parts, from).unwrap();
        prop_assert_eq!(released + back, total);
        let r = refund(back, units);
        prop_assert_eq!(r.each_unit * u128::from(units) + r.remainder, back);
        prop_assert!(units == 0 || r.remainder < u128::from(units));
    }

    #[test]
    fn a_bonus_is_due_where_too_few_were_in_and_nothing_else_had_failed(
        close in 0..20_u64,
        failed in prop::option::of(0..20_u64),
        others in prop::collection::vec(0..20_u64, 0..4),
    ) {
        let mut due = false;
        if let Some(at) = failed {
            // Seconds before the close and that of it: nothing else may have failed in any of them.
            due = at == close && (0..=close).all(|second| !others.contains(&second));
        }
        prop_assert_eq!(bonus::is_due(close, failed, others), due);
    }

    #[test]
    fn a_bonus_loses_no_coin(fund in any::<u128>(), each in any::<u128>(), eligible in any::<u32>()) {
        let b = bonus::split(fund, each, eligible);
        prop_assert_eq!(b.each * u128::from(eligible) + b.to_sponsor, fund);
        prop_assert!(b.each <= each);
    }

    #[test]
    fn a_fallen_stake_loses_no_coin(stake in any::<u64>(), share in any::<u64>(), fee in any::<u128>()) {
        let (stake, share) = (u128::from(stake), u128::from(share));
        let f = challenge::fallen(stake, share, fee).unwrap();
        prop_assert_eq!(f.to_challenger + f.rest, stake + share);
        prop_assert!(f.to_challenger <= stake);
    }

    #[test]
    fn a_part_is_the_floor_of_the_product(amount in any::<u64>(), n in any::<u32>(), d in 1..=u32::MAX) {
        let (amount, n, d) = (u128::from(amount), u128::from(n), u128::from(d));
        let wanted = (n <= d).then(|| amount * n / d);
        prop_assert_eq!(part(amount, n, d), wanted);
    }
}

#[test]
fn parts_hold_at_the_edges() {
    assert_eq!(part(u128::MAX, 10_000, 10_000), Some(u128::MAX));
    assert_eq!(part(1, 0, 0), None);
    let most = u128::from(u64::MAX);
    assert_eq!(part(u128::MAX, most, most), Some(u128::MAX));
    assert_eq!(part(1, 1, most + 1), None);
    assert_eq!(bps(u128::MAX, 10_001), None);
}
