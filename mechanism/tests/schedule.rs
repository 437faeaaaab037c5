//! Phases partition time, and boundaries are where they change.

use std::convert::Infallible;

use muster_mechanism::schedule::{Facts, Phase, Schedule, Timeline};
use proptest::prelude::*;

fn timeline(schedule: Schedule, lock: u64) -> Timeline {
    Timeline {
        schedule,
        lock,
        act_window: 10,
        report_window: 5,
    }
}

fn phase(t: &Timeline, facts: Facts, ready: bool, now: u64) -> Phase {
    t.phase(facts, || Ok::<_, Infallible>(ready), now).unwrap()
}

fn ready(since: u64) -> Facts {
    Facts {
        ready_since: Some(since),
        cancelled: false,
    }
}

/// Asserts the phase one second before, at and after each edge.
fn edges(t: &Timeline, facts: Facts, is_ready: bool, list: &[(u64, Phase, Phase)]) {
    for (at, before, from) in list {
        assert_eq!(phase(t, facts, is_ready, at - 1), *before, "before {at}");
        assert_eq!(phase(t, facts, is_ready, *at), *from, "at {at}");
        assert_eq!(phase(t, facts, is_ready, at + 1), *from, "after {at}");
    }
}

use Phase::{Acting, Cancelled, Failed, Locked, Pledging, Reporting, Settled};

#[test]
fn at_close() {
    let t = timeline(Schedule::AtClose { pledge_until: 100 }, 20);
    let none = Facts::default();
    edges(
        &t,
        none,
        true,
        &[
            (80, Pledging, Locked),
            (100, Locked, Acting),
            (110, Acting, Reporting),
            (115, Reporting, Settled),
        ],
    );
    edges(
        &t,
        none,
        false,
        &[(80, Pledging, Locked), (100, Locked, Failed)],
    );
}

#[test]
fn at_trigger_holds_and_the_close_cuts_the_hold_short() {
    let open = timeline(
        Schedule::AtTrigger {
            hold: 30,
            pledge_until: None,
        },
        0,
    );
    edges(
        &open,
        ready(50),
        false,
        &[(80, Pledging, Acting), (90, Acting, Reporting)],
    );
    assert_eq!(phase(&open, Facts::default(), false, u64::MAX), Pledging);
    let closing = timeline(
        Schedule::AtTrigger {
            hold: 30,
            pledge_until: Some(100),
        },
        0,
    );
    edges(&closing, ready(90), false, &[(100, Pledging, Acting)]);
    edges(&closing, ready(65), false, &[(95, Pledging, Acting)]);
    edges(
        &closing,
        Facts::default(),
        false,
        &[(100, Pledging, Failed)],
    );
}

#[test]
fn rolling_counts_its_windows_from_the_close() {
    let t = timeline(Schedule::Rolling { pledge_until: 100 }, 10);
    edges(
        &t,
        ready(5),
        false,
        &[
            (90, Pledging, Locked),
            (100, Locked, Acting),
            (110, Acting, Reporting),
            (115, Reporting, Settled),
        ],
    );
    assert_eq!(
        t.activated_at(ready(5), || Ok::<_, Infallible>(false), 7),
        Ok(Some(5))
    );
    assert_eq!(phase(&t, Facts::default(), false, 100), Failed);
}

#[test]
fn without_a_lock_or_a_close_nothing_is_locked() {
    let close = Schedule::AtClose { pledge_until: 100 };
    assert_eq!(timeline(close, 20).locked_from(), Some(80));
    assert_eq!(timeline(close, 0).locked_from(), None);
    let open = Schedule::AtTrigger {
        hold: 0,
        pledge_until: None,
    };
    assert_eq!(timeline(open, 20).locked_from(), None);
}

#[test]
fn cancelled_is_for_ever() {
    let t = timeline(Schedule::Rolling { pledge_until: 100 }, 10);
    let facts = Facts {
        cancelled: true,
        ready_since: Some(3),
    };
    for now in [0, 50, 95, 100, 10_000] {
        assert_eq!(phase(&t, facts, true, now), Cancelled);
        assert_eq!(
            t.activated_at(facts, || Ok::<_, Infallible>(true), now),
            Ok(None)
        );
    }
}

#[test]
fn words_are_unique_and_shown_as_written() {
    let mut words: Vec<String> = Phase::ALL.iter().map(ToString::to_string).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), 11);
    assert!(Pledging.is_open() && Locked.is_open() && !Acting.is_open());
    assert!(Failed.is_void() && Cancelled.is_void() && Phase::Dropped.is_void());
    assert!(!Settled.is_void());
}

#[test]
fn readiness_is_asked_only_where_and_when_it_decides() {
    let unasked = |t: &Timeline, facts, now| t.phase(facts, || Err("asked"), now);
    let close = timeline(Schedule::AtClose { pledge_until: 100 }, 20);
    assert_eq!(unasked(&close, Facts::default(), 99), Ok(Locked));
    assert_eq!(unasked(&close, Facts::default(), 100), Err("asked"));
    assert_eq!(
        close.next_boundary(Facts::default(), || Err("asked"), 100),
        Err("asked")
    );
    let rolling = timeline(Schedule::Rolling { pledge_until: 100 }, 20);
    assert_eq!(unasked(&rolling, Facts::default(), 100), Ok(Failed));
    let trigger = timeline(
        Schedule::AtTrigger {
            hold: 0,
            pledge_until: Some(100),
        },
        20,
    );
    assert_eq!(unasked(&trigger, ready(40), 40), Ok(Acting));
}

#[test]
fn the_end_of_time_is_no_panic() {
    let t = Timeline {
        schedule: Schedule::AtTrigger {
            hold: u64::MAX,
            pledge_until: None,
        },
        lock: u64::MAX,
        act_window: u64::MAX,
        report_window: u64::MAX,
    };
    assert_eq!(phase(&t, ready(5), true, u64::MAX - 1), Pledging);
    assert_eq!(phase(&t, ready(5), true, u64::MAX), Settled);
    let next = |now| t.next_boundary(ready(5), || Ok::<_, Infallible>(true), now);
    assert_eq!(next(7), Ok(Some(u64::MAX)));
    assert_eq!(next(u64::MAX), Ok(None));
}

/// The phase found by stepping through every second: when is it bound, and what follows from that.
fn stepped_phase(t: &Timeline, facts: Facts, is_ready: bool, now: u64) -> Phase {
    if facts.cancelled {
        return Cancelled;
    }
    let closed = |second| t.pledge_until().is_some_and(|close| second >= close);
    let binds = |second: u64| match (t.schedule, facts.ready_since) {
        (Schedule::AtClose { .. }, _) => closed(second) && is_ready,
        (_, None) => false,
        (Schedule::AtTrigger { hold, .. }, Some(since)) => {
            second >= since && (closed(second) || second - since >= hold)
        }
        (Schedule::Rolling { .. }, Some(since)) => second >= since,
    };
    let bound = (0..=now).find(|second| binds(*second));
    if bound.is_none() && closed(now) {
        return Failed;
    }
    let acts_from = match t.schedule {
        Schedule::Rolling { .. } => (0..=now).find(|second| closed(*second)),
        _ => bound,
    };
    match (acts_from, t.pledge_until()) {
        (Some(from), _) if now - from < t.act_window => Acting,
        (Some(from), _) if now - from < t.act_window + t.report_window => Reporting,
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
    let facts = (prop::bool::weighted(0.1), prop::option::of(1u64..20)).prop_map(
        |(cancelled, ready_since)| Facts {
            cancelled,
            ready_since,
        },
    );
    (schedule, 0u64..25, 0u64..12, 0u64..12, facts, any::<bool>()).prop_map(
        |(schedule, lock, act_window, report_window, facts, ready)| {
            (
                Timeline {
                    schedule,
                    lock,
                    act_window,
                    report_window,
                },
                facts,
                ready,
            )
        },
    )
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
}
