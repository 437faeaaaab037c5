//! Phases partition time, and boundaries are where they change.

use std::convert::Infallible;

use muster_mechanism::schedule::{Binding, Facts, Judged, Phase, Schedule, Timeline};

fn timeline(schedule: Schedule, lock: u64) -> Timeline {
    Timeline {
        confirm: 0,
        schedule,
        binding: Binding::Derived,
        lock,
        act_window: 10,
        report_window: 5,
        judged: Judged::default(),
    }
}

fn phase(t: &Timeline, facts: Facts, ready: bool, now: u64) -> Phase {
    t.phase(facts, || Ok::<_, Infallible>(ready), now).unwrap()
}

fn ready(since: u64) -> Facts {
    Facts {
        ready_since: Some(since),
        ..Facts::default()
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

use Phase::{Acting, Cancelled, Dropped, Failed, Judging, Locked, Pledging, Reporting, Settled};

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
        ..Facts::default()
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
    assert!(Pledging.is_undecided() && Locked.is_undecided() && Phase::Confirming.is_undecided());
    assert!(!Acting.is_undecided() && !Failed.is_undecided() && !Settled.is_undecided());
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
        binding: Binding::Derived,
        lock: u64::MAX,
        confirm: 0,
        act_window: u64::MAX,
        report_window: u64::MAX,
        judged: Judged::default(),
    };
    assert_eq!(phase(&t, ready(5), true, u64::MAX - 1), Pledging);
    assert_eq!(phase(&t, ready(5), true, u64::MAX), Settled);
    let next = |now| t.next_boundary(ready(5), || Ok::<_, Infallible>(true), now);
    assert_eq!(next(7), Ok(Some(u64::MAX)));
    assert_eq!(next(u64::MAX), Ok(None));
}

fn by_message(schedule: Schedule) -> Timeline {
    Timeline {
        confirm: 0,
        binding: Binding::ByMessage { grace: 7 },
        ..timeline(schedule, 20)
    }
}

#[test]
fn what_requires_others_waits_for_its_message_until_the_grace_ends() {
    let t = by_message(Schedule::AtClose { pledge_until: 100 });
    let none = Facts::default();
    edges(
        &t,
        none,
        true,
        &[(80, Pledging, Locked), (107, Locked, Failed)],
    );
    edges(&t, none, false, &[(100, Locked, Failed)]);
    let bound = Facts {
        bound_at: Some(104),
        ..none
    };
    edges(
        &t,
        bound,
        true,
        &[
            (104, Locked, Acting),
            (114, Acting, Reporting),
            (119, Reporting, Settled),
        ],
    );
    let open = by_message(Schedule::AtTrigger {
        hold: 5,
        pledge_until: None,
    });
    assert_eq!(phase(&open, ready(10), false, u64::MAX), Pledging);
    let rolling = by_message(Schedule::Rolling { pledge_until: 100 });
    let early = Facts {
        bound_at: Some(30),
        ..ready(10)
    };
    edges(&rolling, early, false, &[(100, Locked, Acting)]);
    let late = Facts {
        bound_at: Some(103),
        ..ready(10)
    };
    edges(
        &rolling,
        late,
        false,
        &[(80, Pledging, Locked), (113, Reporting, Reporting)][..1],
    );
    assert_eq!(phase(&rolling, late, false, 103), Acting);
}

#[test]
fn what_requires_a_failed_one_fails_with_it_unless_it_is_active() {
    let t = timeline(Schedule::AtClose { pledge_until: 100 }, 0);
    let void = Facts {
        void_from: Some(60),
        ..Facts::default()
    };
    edges(&t, void, false, &[(60, Pledging, Failed)]);
    let t = by_message(Schedule::Rolling { pledge_until: 100 });
    let active = Facts {
        bound_at: Some(50),
        void_from: Some(60),
        ..ready(10)
    };
    edges(
        &t,
        active,
        false,
        &[(60, Pledging, Pledging), (100, Locked, Acting)],
    );
}

#[test]
fn of_alternatives_none_is_ready_before_the_choice_and_the_others_are_dropped_at_it() {
    let choice = |ready_since, lost| Facts {
        ready_since,
        chosen_at: Some(500),
        lost,
        ..Facts::default()
    };
    let timeline = |schedule| timeline(schedule, 100);
    let rolling = timeline(Schedule::Rolling {
        pledge_until: 1_000,
    });
    let at = |t: &Timeline, facts| t.activated_at(facts, || Ok::<_, Infallible>(true), 5_000);
    assert_eq!(at(&rolling, choice(Some(100), false)), Ok(Some(500)));
    assert_eq!(at(&rolling, choice(Some(600), false)), Ok(Some(600)));
    assert_eq!(at(&rolling, choice(None, false)), Ok(None));
    let trigger = timeline(Schedule::AtTrigger {
        hold: 50,
        pledge_until: Some(1_000),
    });
    assert_eq!(at(&trigger, choice(Some(100), false)), Ok(Some(550)));
    assert_eq!(at(&trigger, choice(Some(980), false)), Ok(Some(1_000)));
    let close = timeline(Schedule::AtClose {
        pledge_until: 1_000,
    });
    assert_eq!(at(&close, choice(None, false)), Ok(Some(1_000)));
    for t in [rolling, trigger, close] {
        let lost = choice(Some(100), true);
        assert_eq!(at(&t, lost), Ok(None));
        edges(&t, lost, true, &[(500, Pledging, Dropped)]);
        let boundary = t.next_boundary(lost, || Ok::<_, Infallible>(true), 100);
        assert_eq!(boundary, Ok(Some(500)));
    }
}

#[test]
fn an_answer_ends_the_wait_for_it_and_not_that_for_challenges() {
    let mut t = timeline(Schedule::AtClose { pledge_until: 100 }, 0);
    t.judged = Judged {
        challenge_window: 7,
        answer_window: 20,
    };
    let windows = t.windows(100);
    assert_eq!((windows.judge_from, windows.stakes_from), (115, 122));
    let answered = |at| Facts {
        answered_at: at,
        ..Facts::default()
    };
    for (at, settled) in [
        (None, 135),
        (Some(115), 122),
        (Some(103), 122),
        (Some(130), 130),
        (Some(900), 135),
    ] {
        let list = [(115, Reporting, Judging), (settled, Judging, Settled)];
        edges(&t, answered(at), true, &list);
    }
}
