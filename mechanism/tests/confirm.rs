//! The confirm window against stepping through every second, and how many silent ones a set
//! survives against trying who they are.

use std::collections::BTreeMap;
use std::convert::Infallible;

use muster_mechanism::committed::{Bucket, Committed, committed_set};
use muster_mechanism::confirm::{Confirmed, survives};
use muster_mechanism::schedule::{Binding, Facts, Judged, Phase, Schedule, Timeline};
use proptest::prelude::*;

use Phase::{Acting, Confirming, Failed, Locked, Pledging, Reporting, Settled};

fn phase(t: &Timeline, facts: Facts, ready: bool, now: u64) -> Phase {
    t.phase(facts, || Ok::<_, Infallible>(ready), now).unwrap()
}

#[derive(Clone, Copy)]
enum State {
    Open,
    Confirming { from: u64 },
    Active { at: u64 },
    Failed,
}

/// One second after the other, each state knowing only what comes next.
fn stepped(t: &Timeline, facts: Facts, is_ready: bool, now: u64) -> Phase {
    let closed = |s: u64| t.pledge_until().is_some_and(|close| s >= close);
    let (mut ready_since, mut message) = (facts.ready_since, facts.bound_at);
    let mut state = State::Open;
    for s in 0..=now {
        if let State::Confirming { from } = state
            && s - from == t.confirm
        {
            let trigger = matches!(t.schedule, Schedule::AtTrigger { .. });
            state = match facts.confirmed {
                Confirmed::Together => State::Active { at: s },
                _ if trigger && !closed(s) => {
                    let by_message = t.binding != Binding::Derived;
                    let keeps = facts.confirmed == Confirmed::Alone && by_message;
                    (ready_since, message) = (keeps.then_some(s), None);
                    State::Open
                }
                _ => State::Failed,
            };
        }
        if let State::Open = state {
            let allows = match (t.schedule, ready_since) {
                (Schedule::AtClose { .. }, _) => closed(s) && is_ready,
                (_, None) => false,
                (Schedule::AtTrigger { hold, .. }, Some(since)) => {
                    s >= since && (closed(s) || s - since >= hold)
                }
                (Schedule::Rolling { .. }, Some(since)) => s >= since,
            };
            let (begins, waits) = match t.binding {
                Binding::Derived => (allows, false),
                Binding::ByMessage { grace } => {
                    let from = t.pledge_until().max(facts.awaited_until);
                    let lasts = t.pledge_until().is_none() || from.is_some_and(|f| s < f + grace);
                    (message == Some(s), allows && lasts)
                }
            };
            let void = facts.void_from.is_some_and(|from| s >= from);
            if void {
                state = State::Failed;
            } else if begins && t.confirm > 0 {
                state = State::Confirming { from: s };
            } else if begins {
                state = State::Active { at: s };
            } else if closed(s) && !waits {
                state = State::Failed;
            }
        }
    }
    let locked = t.lock > 0 && t.pledge_until().is_some_and(|close| now + t.lock >= close);
    match state {
        State::Failed => Failed,
        State::Confirming { .. } => Confirming,
        State::Open if locked || closed(now) => Locked,
        State::Open => Pledging,
        State::Active { at } => {
            let from = match t.schedule {
                Schedule::Rolling { pledge_until } => at.max(pledge_until),
                _ => at,
            };
            match now.checked_sub(from) {
                None if locked => Locked,
                None => Pledging,
                Some(past) if past < t.act_window => Acting,
                Some(past) if past < t.act_window + t.report_window => Reporting,
                Some(_) => Settled,
            }
        }
    }
}

fn any_case() -> impl Strategy<Value = (Timeline, Facts, bool)> {
    let schedule = prop_oneof![
        (20u64..60).prop_map(|pledge_until| Schedule::AtClose { pledge_until }),
        (0u64..20, prop::option::of(20u64..60))
            .prop_map(|(hold, pledge_until)| Schedule::AtTrigger { hold, pledge_until }),
    ];
    let confirmed = prop_oneof![
        Just(Confirmed::Nobody),
        Just(Confirmed::Alone),
        Just(Confirmed::Together)
    ];
    let facts = (
        prop::option::of(1u64..20),
        prop::option::of(20u64..80),
        prop::option::weighted(0.2, 20u64..80),
        prop::option::of(20u64..70),
        confirmed,
    )
        .prop_map(
            |(ready_since, bound_at, void_from, awaited_until, confirmed)| Facts {
                cancelled: false,
                ready_since,
                bound_at,
                void_from,
                confirmed,
                awaited_until,
                ..Facts::default()
            },
        );
    let binding = prop_oneof![
        Just(Binding::Derived),
        (0u64..15).prop_map(|grace| Binding::ByMessage { grace })
    ];
    let windows = (0u64..25, 0u64..20, 0u64..12, 0u64..12);
    (schedule, binding, windows, facts, any::<bool>()).prop_map(
        |(schedule, binding, (lock, confirm, act_window, report_window), facts, ready)| {
            let timeline = Timeline {
                schedule,
                binding,
                lock,
                confirm,
                act_window,
                report_window,
                judged: Judged::default(),
            };
            (timeline, facts, ready)
        },
    )
}

/// Whether a history could have led there: a message begins only what is open, and what has begun
/// requires nothing that fails before its end.
fn is_coherent(t: &Timeline, facts: Facts, is_ready: bool) -> bool {
    let before = Facts {
        bound_at: None,
        ..facts
    };
    match (t.binding, facts.bound_at, facts.void_from) {
        (Binding::ByMessage { .. }, Some(at), void) => {
            void.is_none() && phase(t, before, is_ready, at).is_open()
        }
        (Binding::Derived, _, Some(_)) => !is_ready && facts.ready_since.is_none(),
        _ => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_048))]

    #[test]
    fn every_second_has_the_phase_that_stepping_finds((t, facts, is_ready) in any_case()) {
        prop_assume!(is_coherent(&t, facts, is_ready));
        for now in 0..110 {
            let stepped = stepped(&t, facts, is_ready, now);
            prop_assert_eq!(phase(&t, facts, is_ready, now), stepped, "at {}", now);
        }
    }

    #[test]
    fn the_next_boundary_is_the_next_second_with_another_phase((t, facts, is_ready) in any_case(), now in 20u64..100) {
        prop_assume!(is_coherent(&t, facts, is_ready));
        let here = phase(&t, facts, is_ready, now);
        let stepped = (now + 1..250).find(|s| phase(&t, facts, is_ready, *s) != here);
        let found = t.next_boundary(facts, || Ok::<_, Infallible>(is_ready), now).unwrap();
        prop_assert_eq!(found, stepped);
    }
}

fn buckets(goal: u32, thresholds: impl Iterator<Item = u32>) -> Vec<Bucket> {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for t in thresholds.filter(|t| *t > goal) {
        *counts.entry(t).or_default() += 1;
    }
    let descending = counts.into_iter().rev();
    descending
        .map(|(threshold, pledges)| Bucket {
            threshold,
            pledges,
            staked: 0,
        })
        .collect()
}

fn k_star(goal: u32, thresholds: &[u32]) -> u32 {
    let total = Committed {
        people: thresholds.len() as u32,
        staked: 0,
    };
    let above = buckets(goal, thresholds.iter().copied());
    let above = above.into_iter().map(Ok::<_, Infallible>);
    committed_set(goal, total, above).unwrap().people
}

#[test]
fn ten_who_need_three_survive_seven_silent_ones() {
    assert_eq!(survives(3, (10, 0), &[], &[]), Some(7));
    assert_eq!(survives(3, (10, 2), &[], &[]), Some(7));
    assert_eq!(survives(3, (10, 3), &[], &[]), Some(7), "all that are left");
    assert_eq!(survives(3, (10, 5), &[], &[]), Some(5));
    assert_eq!(survives(11, (10, 5), &[], &[]), None);
    assert_eq!(survives(1, (0, 0), &[], &[]), None);
    // Two who confirmed need one another, which they have; the silent one needs four.
    let pair = Bucket {
        threshold: 2,
        pledges: 2,
        staked: 0,
    };
    let far = Bucket {
        threshold: 5,
        pledges: 1,
        staked: 0,
    };
    assert_eq!(survives(1, (3, 2), &[far, pair], &[pair]), Some(1));
}

/// A trigger that was ready at 10, held for 5 and asked for 20 seconds until 35.
#[test]
fn it_opens_again_only_while_it_takes_pledges_and_with_nobody_confirmed() {
    let closing = |close| Timeline {
        schedule: Schedule::AtTrigger {
            hold: 5,
            pledge_until: close,
        },
        binding: Binding::Derived,
        lock: 0,
        confirm: 20,
        act_window: 10,
        report_window: 10,
        judged: Judged::default(),
    };
    let facts = Facts {
        ready_since: Some(10),
        confirmed: Confirmed::Alone,
        ..Facts::default()
    };
    for (close, opens) in [
        (None, true),
        (Some(36), true),
        (Some(35), false),
        (Some(34), false),
    ] {
        let t = closing(close);
        assert_eq!(t.reopened_at(facts, 34), None, "still asking");
        assert_eq!(t.reopened_at(facts, 35), opens.then_some(35), "{close:?}");
        let expected = if opens { Facts::default() } else { facts };
        assert_eq!(t.after_confirming(facts, 40), expected, "{close:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn so_many_silent_ones_are_survived_whoever_they_are(
        goal in 1u32..5,
        people in prop::collection::vec((0u32..6, any::<bool>()), 0..9),
    ) {
        let t = |needs: u32| (needs + 1).max(goal);
        let all: Vec<u32> = people.iter().map(|(n, _)| t(*n)).collect();
        let sure: Vec<u32> = people.iter().filter(|(_, c)| *c).map(|(n, _)| t(*n)).collect();
        let silent: Vec<u32> = people.iter().filter(|(_, c)| !c).map(|(n, _)| t(*n)).collect();
        // Every way to be silent: the least that breaks it, less one.
        let breaks = (0u32..1 << silent.len())
            .filter(|quiet| {
                let rest = silent.iter().enumerate().filter(|(i, _)| quiet >> i & 1 == 0);
                let mut there = sure.clone();
                there.extend(rest.map(|(_, t)| *t));
                k_star(goal, &there) == 0
            })
            .map(u32::count_ones)
            .min();
        let expected = match breaks {
            None => Some(silent.len() as u32),
            Some(least) => least.checked_sub(1),
        };
        let found = survives(
            goal,
            (all.len() as u32, sure.len() as u32),
            &buckets(goal, all.iter().copied()),
            &buckets(goal, sure.iter().copied()),
        );
        prop_assert_eq!(found, expected);
    }
}
