//! Phases against stepping through every second.

use std::convert::Infallible;

use muster_mechanism::confirm::Confirmed;
use muster_mechanism::schedule::{Binding, Facts, Judged, Phase, Schedule, Timeline};
use proptest::prelude::*;

use Phase::{Acting, Cancelled, Dropped, Failed, Judging, Locked, Pledging, Reporting, Settled};

fn phase(t: &Timeline, facts: Facts, ready: bool, now: u64) -> Phase {
    t.phase(facts, || Ok::<_, Infallible>(ready), now).unwrap()
}

/// The phase found by stepping through every second: when is it bound, and what follows from that.
fn stepped_phase(t: &Timeline, facts: Facts, is_ready: bool, now: u64) -> Phase {
    if facts.cancelled {
        return Cancelled;
    }
    let chosen = |second| facts.chosen_at.is_none_or(|at| second >= at);
    if facts.lost && chosen(now) {
        return Dropped;
    }
    let closed = |second| t.pledge_until().is_some_and(|close| second >= close);
    // It counts as ready from the first second at which it is, and the choice has fallen.
    let since = facts
        .ready_since
        .and_then(|ready| (ready..).find(|s| chosen(*s)));
    let allows = |second: u64| match (t.schedule, since) {
        (Schedule::AtClose { .. }, _) => closed(second) && is_ready,
        (_, None) => false,
        (Schedule::AtTrigger { hold, .. }, Some(since)) => {
            second >= since && (closed(second) || second - since >= hold)
        }
        (Schedule::Rolling { .. }, Some(since)) => second >= since,
    };
    let grace = match t.binding {
        Binding::Derived => None,
        Binding::ByMessage { grace } => Some(grace),
    };
    let bound = match grace {
        None => (0..=now).find(|second| allows(*second)),
        Some(_) => facts.bound_at.filter(|at| *at <= now),
    };
    let over = |second: u64| match (grace, t.pledge_until()) {
        (Some(grace), Some(close)) if allows(second) => second >= close + grace,
        _ => closed(second),
    };
    let failed = |second: u64| facts.void_from.is_some_and(|from| second >= from) || over(second);
    if bound.is_none() && failed(now) {
        return Failed;
    }
    if bound.is_none() && grace.is_some() && closed(now) {
        return Locked;
    }
    let acts_from = match t.schedule {
        Schedule::Rolling { pledge_until } => bound.map(|at| at.max(pledge_until)),
        _ => bound,
    };
    // So many seconds after the reports: a challenge may still come, or an answer is missing.
    let awaits = |judged: u64| {
        let answered = facts.answered_at.is_some_and(|at| now >= at);
        judged < t.judged.challenge_window || (judged < t.judged.answer_window && !answered)
    };
    match (acts_from.filter(|from| *from <= now), t.pledge_until()) {
        (Some(from), _) if now - from < t.act_window => Acting,
        (Some(from), _) if now - from < t.act_window + t.report_window => Reporting,
        (Some(from), _) if awaits(now - from - t.act_window - t.report_window) => Judging,
        (Some(_), _) => Settled,
        (None, Some(close)) if t.lock > 0 && now + t.lock >= close => Locked,
        (None, _) => Pledging,
    }
}

fn any_case() -> impl Strategy<Value = (Timeline, Facts, bool)> {
    let schedule = prop_oneof![
        (20u64..60).prop_map(|pledge_until| Schedule::AtClose { pledge_until }),
        (0u64..20, prop::option::of(20u64..60))
            .prop_map(|(hold, pledge_until)| Schedule::AtTrigger { hold, pledge_until }),
        (20u64..60).prop_map(|pledge_until| Schedule::Rolling { pledge_until }),
    ];
    let facts = (
        prop::bool::weighted(0.1),
        prop::option::of(1u64..20),
        prop::option::of(20u64..80),
        prop::option::weighted(0.3, 20u64..80),
        prop::option::weighted(0.3, (1u64..20, any::<bool>())),
        prop::option::weighted(0.3, 20u64..120),
    )
        .prop_map(
            |(cancelled, ready_since, bound_at, void_from, choice, answered_at)| Facts {
                cancelled,
                ready_since,
                bound_at,
                void_from,
                answered_at,
                chosen_at: choice.map(|(at, _)| at),
                lost: choice.is_some_and(|(_, lost)| lost),
                ..Facts::default()
            },
        );
    let binding = prop_oneof![
        Just(Binding::Derived),
        (0u64..15).prop_map(|grace| Binding::ByMessage { grace })
    ];
    let judged = prop::option::weighted(0.5, (0u64..12, 0u64..20)).prop_map(|judged| {
        let (challenge_window, answer_window) = judged.unwrap_or_default();
        Judged {
            challenge_window,
            answer_window,
        }
    });
    let schedule = (schedule, binding, judged);
    (schedule, 0u64..25, 0u64..12, 0u64..12, facts, any::<bool>()).prop_map(
        |((schedule, binding, judged), lock, act_window, report_window, facts, ready)| {
            let mut timeline = Timeline {
                schedule,
                binding,
                lock,
                confirm: 0,
                act_window,
                report_window,
                judged,
            };
            if let Some(chosen) = facts.chosen_at {
                // An alternative requires nothing, and locks after the choice.
                timeline.binding = Binding::Derived;
                let close = timeline.pledge_until().unwrap_or(60);
                timeline.lock = lock.min(close - chosen);
            }
            (timeline, facts, ready)
        },
    )
}

/// Whether a history could have led there: a message binds only what is open, and nothing binds
/// once it has failed with what it requires.
fn is_coherent(t: &Timeline, facts: Facts, is_ready: bool) -> bool {
    let unbound = Facts {
        bound_at: None,
        ..facts
    };
    match (t.binding, facts.bound_at, facts.void_from) {
        (Binding::ByMessage { .. }, Some(at), _) => phase(t, unbound, is_ready, at).is_open(),
        (Binding::Derived, _, Some(_)) if facts.chosen_at.is_some() => false,
        (Binding::Derived, _, Some(_)) => !is_ready && facts.ready_since.is_none(),
        _ => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_024))]

    #[test]
    fn every_second_has_the_phase_that_stepping_finds((t, facts, is_ready) in any_case()) {
        for now in 0..100 {
            let stepped = stepped_phase(&t, facts, is_ready, now);
            prop_assert_eq!(phase(&t, facts, is_ready, now), stepped, "at {}", now);
        }
    }

    #[test]
    fn phases_only_go_forward((t, facts, is_ready) in any_case()) {
        prop_assume!(is_coherent(&t, facts, is_ready));
        let mut last = Pledging;
        for now in 0..120 {
            let here = phase(&t, facts, is_ready, now);
            prop_assert!(here >= last, "{last} then {here} at {now}");
            last = here;
        }
    }

    #[test]
    fn the_next_boundary_is_the_next_second_with_another_phase((t, facts, is_ready) in any_case(), now in 20u64..100) {
        let here = phase(&t, facts, is_ready, now);
        let stepped = (now + 1..200).find(|s| phase(&t, facts, is_ready, *s) != here);
        let found = t.next_boundary(facts, || Ok::<_, Infallible>(is_ready), now).unwrap();
        prop_assert_eq!(found, stepped);
    }

    #[test]
    fn it_failed_by_itself_in_the_first_second_of_the_phase(
        (t, facts, is_ready) in any_case(),
        confirm in prop_oneof![Just(0), 1u64..10],
        confirmed in prop_oneof![
            Just(Confirmed::Nobody),
            Just(Confirmed::Alone),
            Just(Confirmed::Together),
        ],
        awaited_until in prop::option::of(20u64..80),
    ) {
        let t = Timeline { confirm, ..t };
        let facts = Facts { void_from: None, confirmed, awaited_until, ..facts };
        prop_assume!(is_coherent(&t, facts, is_ready));
        let first = (0..200).find(|second| phase(&t, facts, is_ready, *second) == Failed);
        if let Some(first) = first {
            let found = t.failed_at(facts, || Ok::<_, Infallible>(is_ready), 200).unwrap();
            prop_assert_eq!(found, Some(first));
        }
    }
}
