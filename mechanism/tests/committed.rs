//! The committed set against brute force, and the tables of the design.

use std::collections::BTreeMap;
use std::convert::Infallible;

use muster_mechanism::committed::{Bucket, Committed, committed_set, tips_with};
use muster_mechanism::grid::threshold;
use proptest::prelude::*;

/// A pledge: needs_others and whether it has a stake.
type Pledge = (u32, bool);

fn buckets(goal: u32, pledges: &[Pledge]) -> Vec<Result<Bucket, Infallible>> {
    let mut by_threshold: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for (needs_others, staked) in pledges {
        let t = threshold(*needs_others, goal);
        if t > goal {
            let entry = by_threshold.entry(t).or_default();
            entry.0 += 1;
            entry.1 += u32::from(*staked);
        }
    }
    by_threshold
        .into_iter()
        .rev()
        .map(|(threshold, (pledges, staked))| {
            Ok(Bucket {
                threshold,
                pledges,
                staked,
            })
        })
        .collect()
}

fn total(pledges: &[Pledge]) -> Committed {
    Committed {
        people: pledges.len() as u32,
        staked: pledges.iter().filter(|p| p.1).count() as u32,
    }
}

fn scan(goal: u32, pledges: &[Pledge]) -> Committed {
    committed_set(goal, total(pledges), buckets(goal, pledges)).unwrap()
}

/// Every subset, the largest in which everybody's condition and the goal hold.
fn brute_force(goal: u32, pledges: &[Pledge]) -> (usize, Vec<u32>) {
    let mut best = (0, vec![]);
    for mask in 0u32..1 << pledges.len() {
        let size = mask.count_ones();
        let holds = pledges
            .iter()
            .enumerate()
            .all(|(i, p)| mask & (1 << i) == 0 || (size > p.0 && size >= goal));
        if holds && size as usize > best.0 {
            best = (size as usize, vec![mask]);
        } else if holds && size > 0 && size as usize == best.0 {
            best.1.push(mask);
        }
    }
    best
}

fn needs(list: &[u32]) -> Vec<Pledge> {
    list.iter().map(|n| (*n, false)).collect()
}

#[test]
fn the_table_of_the_design() {
    for (list, committed) in [
        (&[0, 1, 2, 3, 4][..], 5),
        (&[1, 1, 3, 3, 3], 5),
        (&[1, 2, 3, 4, 5], 0),
        (&[4, 4, 4, 4], 0),
        (&[4, 4, 4, 4, 4], 5),
        (&[0, 5, 5, 5, 5], 1),
        (&[2, 2, 2, 9], 3),
    ] {
        assert_eq!(scan(1, &needs(list)).people, committed, "{list:?}");
    }
}

#[test]
fn five_who_arrive_one_by_one_commit_0_2_2_4_5() {
    let arriving = needs(&[1, 1, 3, 3, 3]);
    let seen: Vec<u32> = (1..=5).map(|n| scan(1, &arriving[..n]).people).collect();
    assert_eq!(seen, [0, 2, 2, 4, 5]);
}

#[test]
fn ninety_nine_wait_for_the_hundredth() {
    assert_eq!(scan(1, &needs(&[99; 99])).people, 0);
    assert_eq!(scan(1, &needs(&[99; 100])).people, 100);
    assert_eq!(
        tips_with(1, total(&needs(&[99; 99])), buckets(1, &needs(&[99; 99]))),
        Ok(Some(1))
    );
}

#[test]
fn those_who_wait_below_count_towards_what_tips_it() {
    // Nobody is in; with 14 more, F(20) = 20, though t − K* is 20.
    let waiting = needs(&[19; 6]);
    assert_eq!(
        tips_with(20, total(&waiting), buckets(20, &waiting)),
        Ok(Some(14))
    );
    // Three are in; 4 more tip the two at 9.
    let some_in = needs(&[0, 0, 0, 8, 8]);
    assert_eq!(scan(3, &some_in).people, 3);
    assert_eq!(
        tips_with(3, total(&some_in), buckets(3, &some_in)),
        Ok(Some(4))
    );
    let all_in = needs(&[0, 1, 2]);
    assert_eq!(tips_with(1, total(&all_in), buckets(1, &all_in)), Ok(None));
    assert_eq!(tips_with(7, total(&[]), buckets(7, &[])), Ok(Some(7)));
}

#[test]
fn an_error_of_the_storage_stops_the_scan() {
    let broken = [Err::<Bucket, _>("broken")];
    assert_eq!(
        committed_set(
            1,
            Committed {
                people: 3,
                staked: 0
            },
            broken
        ),
        Err("broken")
    );
    assert_eq!(
        tips_with(
            1,
            Committed {
                people: 3,
                staked: 0
            },
            broken
        ),
        Err("broken")
    );
}

fn some_pledges(most: usize) -> impl Strategy<Value = Vec<Pledge>> {
    prop::collection::vec((0u32..14, any::<bool>()), 0..=most)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn equals_the_unique_largest_subset(goal in 1u32..8, pledges in some_pledges(10)) {
        let found = scan(goal, &pledges);
        let (size, sets) = brute_force(goal, &pledges);
        prop_assert_eq!(found.people as usize, size);
        if size > 0 {
            prop_assert_eq!(sets.len(), 1);
            let staked = pledges.iter().enumerate()
                .filter(|(i, p)| sets[0] & (1 << i) != 0 && p.1).count();
            prop_assert_eq!(found.staked as usize, staked);
            for (i, p) in pledges.iter().enumerate() {
                prop_assert_eq!(sets[0] & (1 << i) != 0, threshold(p.0, goal) <= found.people);
            }
        }
    }

    #[test]
    fn another_pledge_never_lowers_it(goal in 1u32..40, mut pledges in some_pledges(60), n in 0u32..60) {
        let before = scan(goal, &pledges).people;
        pledges.push((n, false));
        prop_assert!(scan(goal, &pledges).people >= before);
    }

    #[test]
    fn leaving_from_outside_changes_nothing(goal in 1u32..10, pledges in some_pledges(40), i in any::<prop::sample::Index>()) {
        prop_assume!(!pledges.is_empty());
        let before = scan(goal, &pledges);
        let i = i.index(pledges.len());
        if threshold(pledges[i].0, goal) > before.people {
            let mut rest = pledges.clone();
            rest.remove(i);
            prop_assert_eq!(scan(goal, &rest), before);
        }
    }

    #[test]
    fn tips_with_is_the_least_number_that_brings_somebody_else_in(goal in 1u32..12, pledges in some_pledges(20)) {
        let before = scan(goal, &pledges).people;
        let tips = tips_with(goal, total(&pledges), buckets(goal, &pledges)).unwrap();
        let brute = (1u32..60).find(|n| {
            let mut more = pledges.clone();
            more.extend((0..*n).map(|_| (0, false)));
            let after = scan(goal, &more).people;
            // Somebody besides the new ones came in, or the first set at all came about.
            after > before + n || (before == 0 && after > 0)
        });
        prop_assert_eq!(tips, brute);
    }
}
