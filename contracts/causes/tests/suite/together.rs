//! Actions that require one another.

use muster_schema::causes::event::CausesEvent;
use muster_schema::causes::limits::GRACE;
use muster_schema::causes::{ExecuteMsg, ForfeitsTo, NewAction, Requirement, Schedule, StakeRule};

use crate::common::*;
use Requirement::{Action, Own};

fn closes(at: u64) -> Schedule {
    Schedule::AtClose {
        pledge_until: START + at,
    }
}

const fn triggers(hold: u64) -> Schedule {
    Schedule::AtTrigger {
        hold,
        pledge_until: None,
    }
}

/// Two roles that require one another: "2 strike and 1 supports".
fn strike(s: &mut Suite) -> u64 {
    let stake = |a: NewAction| a.staked(StakeRule::Required, 100, ForfeitsTo::Everybody {});
    let roles = vec![
        stake(an_action()).goal(2).requires(&[Own(1)]),
        stake(an_action()).goal(1).requires(&[Own(0)]),
    ];
    s.create(a_cause(roles)).unwrap()
}

#[test]
fn two_roles_bind_together_at_the_close() {
    let mut s = Suite::new();
    let a = strike(&mut s);
    s.stake("ann", a, 0, 100).unwrap();
    s.stake("bob", a, 0, 100).unwrap();
    s.stake("cas", a + 1, 0, 100).unwrap();
    assert_eq!(s.action(a).requires, [a + 1]);
    s.at(OPEN);
    assert_eq!(
        (s.phase(a), s.phase(a + 1)),
        ("acting".into(), "acting".into())
    );
    refused(s.withdraw("ann", a), "bound");
    for (name, id) in [("ann", a), ("bob", a), ("cas", a + 1)] {
        s.check_in(name, id).unwrap();
    }
    s.at(OPEN + ACT + REPORT);
    for (name, id) in [("ann", a), ("bob", a), ("cas", a + 1)] {
        s.claim(name, id, name).unwrap();
        assert_eq!(s.gain(name), 0);
    }
}

/// Who is bound by a message is known with it; only what time alone binds is said by the next one.
#[test]
fn what_a_message_bound_is_not_said_again() {
    let mut s = Suite::new();
    let roles = [1, 0].map(|other| an_action().schedule(triggers(5)).requires(&[Own(other)]));
    let a = s.create(a_cause(roles.to_vec())).unwrap();
    for id in [a, a + 1] {
        s.pledge("ann", id, 0).unwrap();
    }
    let said = events(&s.at(5).activate("zoe", a).unwrap());
    let active = |e: &&CausesEvent| matches!(e, CausesEvent::Activated(e) if e.committed == 1);
    assert_eq!(said.iter().filter(active).count(), 2);
    for id in [a, a + 1] {
        let said = events(&s.check_in("ann", id).unwrap());
        assert!(matches!(said[..], [CausesEvent::CheckedIn(_)]), "{said:?}");
    }
}

#[test]
fn one_role_short_and_nobody_is_bound() {
    let mut s = Suite::new();
    let a = strike(&mut s);
    s.stake("ann", a, 0, 100).unwrap();
    s.stake("bob", a, 0, 100).unwrap();
    s.at(OPEN);
    for id in [a, a + 1] {
        assert_eq!((s.phase(id), s.action(id).committed), ("failed".into(), 0));
        assert!(!s.action(id).active);
    }
    refused(s.check_in("ann", a), "wrong_phase");
    s.claim("bob", a, "ann").unwrap();
    s.withdraw("bob", a).unwrap();
    assert_eq!((s.gain("ann"), s.gain("bob")), (0, 0));
}

#[test]
fn milestones_bind_each_at_its_own_goal_and_fall_with_the_one_before() {
    let mut s = Suite::new();
    let milestones = |close: [u64; 3]| {
        let each = |i: usize, goal| an_action().goal(goal).schedule(closes(close[i]));
        a_cause(vec![
            each(0, 1),
            each(1, 2).requires(&[Own(0)]),
            each(2, 3).requires(&[Own(1)]),
        ])
    };
    let a = s.create(milestones([500, 600, 700])).unwrap();
    for (name, id) in [("ann", a), ("ann", a + 1), ("bob", a + 1), ("ann", a + 2)] {
        s.pledge(name, id, 0).unwrap();
    }
    s.at(550);
    let phases = |s: &Suite| [a, a + 1, a + 2].map(|id| s.phase(id));
    assert_eq!(phases(&s), ["acting", "pledging", "pledging"]);
    s.at(600);
    assert_eq!(phases(&s), ["acting", "acting", "pledging"]);
    s.at(700);
    assert_eq!(phases(&s), ["acting", "acting", "failed"]);

    // Where the first fails, the others fail with it at that second, though they are open.
    let b = s.create(milestones([800, 900, 1_000])).unwrap();
    s.pledge("ann", b + 1, 0).unwrap();
    s.at(799);
    assert_eq!(s.phase(b + 1), "pledging");
    s.at(800);
    assert_eq!([b, b + 1, b + 2].map(|id| s.phase(id)), ["failed"; 3]);
    refused(s.pledge("bob", b + 2, 0), "wrong_phase");
    s.withdraw("ann", b + 1).unwrap();
}

#[test]
fn across_causes_a_message_binds_and_none_before_its_own_schedule() {
    let mut s = Suite::new();
    let a = s.start(an_action().schedule(closes(500)));
    let waiting = an_action().schedule(triggers(50)).requires(&[Action(a)]);
    let b = s.start(waiting);
    refused(s.activate("eve", a), "not_ready");
    refused(s.activate("eve", b), "not_ready");
    s.pledge("ann", a, 0).unwrap();
    s.pledge("bob", b, 0).unwrap();
    refused(s.at(499).activate("eve", b), "not_ready");
    assert_eq!(s.at(500).phase(b), "pledging");
    let sent = s.activate("eve", b).unwrap();
    assert!(
        matches!(&events(&sent)[..], [CausesEvent::Activated(e)] if (e.action, e.committed) == (b, 1))
    );
    assert_eq!(s.action(b).activated_at, Some(START + 500));
    refused(s.activate("eve", b), "wrong_phase");
    refused(s.withdraw("bob", b), "bound");
    assert_eq!(s.at(500 + ACT).phase(b), "reporting");
}

#[test]
fn a_hold_runs_on_and_a_leaver_ends_it_though_it_waits_for_a_message() {
    let mut s = Suite::new();
    let a = s.start(an_action().schedule(closes(100)));
    let b = s.start(
        an_action()
            .goal(2)
            .schedule(triggers(50))
            .requires(&[Action(a)]),
    );
    s.pledge("ann", a, 0).unwrap();
    s.pledge("ann", b, 0).unwrap();
    s.at(90).pledge("bob", b, 0).unwrap();
    refused(s.at(120).activate("eve", b), "not_ready");
    s.at(130).withdraw("bob", b).unwrap();
    assert_eq!(s.action(b).ready_since, None);
    s.at(200).pledge("bob", b, 0).unwrap();
    refused(s.at(249).activate("eve", b), "not_ready");
    // It stays open until somebody sends the message; who comes meanwhile is in.
    s.at(400).pledge("cas", b, 0).unwrap();
    s.activate("eve", b).unwrap();
    assert_eq!(s.action(b).committed, 3);
}

#[test]
fn what_waits_past_its_close_binds_until_the_last_second_of_grace() {
    for (at, works) in [(GRACE - 1, true), (GRACE, false)] {
        let mut s = Suite::new();
        let a = s.start(an_action().schedule(closes(100)));
        let late = an_action().schedule(closes(OPEN)).requires(&[Action(a)]);
        let b = s.start(late);
        s.pledge("ann", a, 0).unwrap();
        s.pledge("ann", b, 0).unwrap();
        assert_eq!(s.at(OPEN).phase(b), "locked");
        refused(s.pledge("bob", b, 0), "wrong_phase");
        refused(s.withdraw("ann", b), "wrong_phase");
        refused(
            s.send("bob", ExecuteMsg::AlreadyDid { action: b }),
            "wrong_phase",
        );
        s.at(OPEN + at);
        if works {
            s.activate("eve", b).unwrap();
            assert_eq!(s.phase(b), "acting");
        } else {
            refused(s.activate("eve", b), "wrong_phase");
            assert_eq!(s.phase(b), "failed");
            s.withdraw("ann", b).unwrap();
        }
    }
}

#[test]
fn the_whole_closure_binds_in_one_message_or_none_of_it() {
    let mut s = Suite::new();
    let goods = s.start(an_action().schedule(triggers(10)));
    let chain = |on: u64| an_action().schedule(triggers(10)).requires(&[Action(on)]);
    let b = s.start(chain(goods));
    let c = s.start(chain(b));
    for (name, id) in [("ann", goods), ("ann", b)] {
        s.pledge(name, id, 0).unwrap();
    }
    s.at(20);
    refused(s.activate("eve", c), "not_ready");
    assert_eq!(s.phase(b), "pledging");
    s.pledge("ann", c, 0).unwrap();
    s.at(30);
    let sent = s.activate("eve", c).unwrap();
    let bound: Vec<u64> = events(&sent)
        .iter()
        .map(|e| match e {
            CausesEvent::Activated(e) => e.action,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(bound, [c, b]);
    assert_eq!([goods, b, c].map(|id| s.phase(id)), ["acting"; 3]);
}

#[test]
fn a_cancelled_requirement_fails_who_waits_and_not_who_is_active() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    let b = s.start(an_action().requires(&[Action(a)]));
    s.pledge("bob", b, 0).unwrap();
    s.send("creator", ExecuteMsg::CancelCause { cause: 1 })
        .unwrap();
    assert_eq!(s.phase(b), "failed");
    s.withdraw("bob", b).unwrap();
    refused(
        s.create(a_cause(vec![an_action().requires(&[Action(a)])])),
        "bad_requirement",
    );
}

#[test]
fn a_rolling_one_counts_its_windows_from_the_later_of_message_and_close() {
    let mut s = Suite::new();
    let a = s.start(an_action().schedule(closes(100)));
    let rolling = Schedule::Rolling {
        pledge_until: START + OPEN,
    };
    let b = s.start(an_action().schedule(rolling).requires(&[Action(a)]));
    s.pledge("ann", a, 0).unwrap();
    s.pledge("ann", b, 0).unwrap();
    s.pledge("bob", b, 1).unwrap();
    s.withdraw("bob", b).unwrap();
    s.at(100).activate("eve", b).unwrap();
    refused(s.withdraw("ann", b), "bound");
    s.at(200).pledge("bob", b, 1).unwrap();
    refused(s.withdraw("bob", b), "bound");
    assert_eq!((s.phase(b), s.action(b).committed), ("pledging".into(), 2));
    assert_eq!(s.at(OPEN).phase(b), "acting");
    assert_eq!(s.at(OPEN + ACT).phase(b), "reporting");
}

#[test]
fn what_cannot_be_required_is_refused() {
    let mut s = Suite::new();
    let open_ended = s.start(an_action().schedule(triggers(10)));
    let late = s.start(an_action().schedule(closes(OPEN + 1)));
    let try_it = |s: &mut Suite, requires: &[Requirement]| {
        s.create(a_cause(vec![an_action().requires(requires), an_action()]))
    };
    for wrong in [
        &[Own(0)][..],
        &[Own(2)],
        &[Action(late)],
        &[Action(open_ended)],
    ] {
        refused(try_it(&mut s, wrong), "bad_requirement");
    }
    refused(try_it(&mut s, &[Action(99)]), "unknown_action");
    refused(try_it(&mut s, &[Own(1), Own(1)]), "duplicate");
    refused(try_it(&mut s, &[Own(1); 9]), "out_of_range");
    // An active one may be required whenever it closed.
    s.pledge("ann", open_ended, 0).unwrap();
    s.at(20);
    try_it(&mut s, &[Action(open_ended)]).unwrap();
}

#[test]
fn no_more_than_thirty_two_bind_together() {
    let mut s = Suite::new();
    let mut last = s.start(an_action().schedule(triggers(10)));
    for _ in 1..32 {
        last = s.start(an_action().schedule(triggers(10)).requires(&[Action(last)]));
    }
    let one_more = an_action().schedule(triggers(10)).requires(&[Action(last)]);
    refused(s.create(a_cause(vec![one_more])), "bad_requirement");
}
