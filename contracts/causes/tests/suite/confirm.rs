//! Confirm windows: of one action, of actions that require one another, and what comes of silence.

use muster_schema::causes::event::CausesEvent;
use muster_schema::causes::limits::GRACE;
use muster_schema::causes::{
    ExecuteMsg, ForfeitsTo, NewAction, PledgeStatus, Requirement, Schedule, StakeRule,
};

use crate::common::*;
use Requirement::{Action, Own};

const WINDOW: u64 = 100;
const STAKE: u128 = 100;

fn closes(at: u64) -> Schedule {
    Schedule::AtClose {
        pledge_until: START + at,
    }
}

fn triggers(close: Option<u64>) -> Schedule {
    Schedule::AtTrigger {
        hold: 10,
        pledge_until: close.map(|at| START + at),
    }
}

/// An action with a confirm window and an optional stake.
fn careful() -> NewAction {
    an_action()
        .confirm(WINDOW)
        .staked(StakeRule::Optional, STAKE, ForfeitsTo::Everybody {})
}

#[test]
fn whoever_confirms_is_bound_and_the_silent_one_is_free() {
    let mut s = Suite::new();
    let a = s.start(careful().goal(2));
    for name in ["ann", "bob", "cas"] {
        s.stake(name, a, 0, STAKE).unwrap();
    }
    refused(s.confirm("ann", a), "wrong_phase");
    s.at(OPEN);
    assert_eq!(
        (s.phase(a), s.action(a).active),
        ("confirming".into(), false)
    );
    let window = s.action(a).confirming.unwrap();
    assert_eq!(
        (window.from, window.until),
        (START + OPEN, START + OPEN + WINDOW)
    );
    assert_eq!((window.confirmed, window.survives), (0, Some(1)));
    s.confirm("ann", a).unwrap();
    refused(s.confirm("ann", a), "already_done");
    refused(s.confirm("eve", a), "no_pledge");
    for name in ["ann", "cas"] {
        refused(s.withdraw(name, a), "wrong_phase");
        refused(s.claim("eve", a, name), "wrong_phase");
    }
    s.at(OPEN + WINDOW - 1).confirm("bob", a).unwrap();
    assert_eq!(s.action(a).confirming.unwrap().survives, Some(1));
    s.at(OPEN + WINDOW);
    refused(s.confirm("cas", a), "wrong_phase");
    let action = s.action(a);
    assert_eq!((action.phase.as_str(), action.committed), ("acting", 2));
    assert_eq!(action.activated_at, Some(START + OPEN + WINDOW));
    assert_eq!(s.pledge_of("cas", a).status, PledgeStatus::Released);
    s.withdraw("cas", a).unwrap();
    assert_eq!(s.gain("cas"), 0);
    refused(s.withdraw("ann", a), "bound");
    // The windows count from the end of the confirm window.
    assert_eq!(s.at(OPEN + WINDOW + ACT - 1).phase(a), "acting");
    assert_eq!(s.at(OPEN + WINDOW + ACT).phase(a), "reporting");
    s.check_in("ann", a).unwrap();
    s.check_in("bob", a).unwrap();
    s.at(OPEN + WINDOW + ACT + REPORT);
    for name in ["ann", "bob"] {
        s.claim(name, a, name).unwrap();
        assert_eq!(s.gain(name), 0);
    }
}

/// The attack: one who pledged stays silent, so that the others fail. They are free at once.
#[test]
fn one_silent_in_a_confirm_window_binds_nobody_who_needed_them() {
    let mut s = Suite::new();
    let a = s.start(careful().goal(3));
    for name in ["ann", "bob", "mallory"] {
        s.stake(name, a, 0, STAKE).unwrap();
    }
    s.at(OPEN);
    s.confirm("ann", a).unwrap();
    s.confirm("bob", a).unwrap();
    assert_eq!(s.action(a).confirming.unwrap().survives, Some(0));
    s.at(OPEN + WINDOW);
    assert_eq!((s.phase(a), s.action(a).committed), ("failed".into(), 0));
    for name in ["ann", "bob", "mallory"] {
        s.withdraw(name, a).unwrap();
        assert_eq!(s.gain(name), 0);
    }
}

#[test]
fn the_cascade_takes_those_who_counted_on_the_silent() {
    let mut s = Suite::new();
    let a = s.start(careful());
    // 0, 1 and 1 hold; 3 counts on all the others.
    for (name, needs) in [("ann", 0), ("bob", 1), ("cas", 1), ("dan", 3)] {
        s.stake(name, a, needs, STAKE).unwrap();
    }
    s.at(OPEN);
    for name in ["ann", "bob", "dan"] {
        s.confirm(name, a).unwrap();
    }
    s.at(OPEN + WINDOW);
    assert_eq!(s.action(a).committed, 2);
    for name in ["cas", "dan"] {
        assert_eq!(s.pledge_of(name, a).status, PledgeStatus::Released);
        s.claim("eve", a, name).unwrap();
        assert_eq!(s.gain(name), 0);
    }
    refused(s.withdraw("bob", a), "bound");
}

#[test]
fn a_trigger_opens_again_without_the_silent_and_all_confirm_anew() {
    let mut s = Suite::new();
    let a = s.start(careful().goal(2).schedule(triggers(Some(OPEN))));
    s.stake("ann", a, 2, STAKE).unwrap();
    s.stake("bob", a, 0, STAKE).unwrap();
    s.stake("mallory", a, 0, STAKE).unwrap();
    s.at(10);
    assert_eq!(s.phase(a), "confirming");
    refused(s.pledge("dan", a, 0), "wrong_phase");
    s.confirm("ann", a).unwrap();
    s.at(10 + WINDOW);
    let action = s.action(a);
    assert_eq!(
        (action.phase.as_str(), action.pledged, action.ready_since),
        ("pledging", 1, None)
    );
    assert_eq!(s.pledge_of("bob", a).status, PledgeStatus::Released);
    assert!(!s.pledge_of("ann", a).confirmed);
    let back = s.withdraw("bob", a).unwrap();
    assert!(matches!(
        &events(&back)[..],
        [CausesEvent::Reopened(e), CausesEvent::Withdrawn(_)]
            if (e.at, e.pledged, e.staked) == (START + 10 + WINDOW, 1, 1)
    ));
    assert_eq!(s.gain("bob"), 0);
    // Who was silent may come again, once the old pledge is out of the way.
    refused(s.stake("mallory", a, 0, STAKE), "already_pledged");
    s.claim("eve", a, "mallory").unwrap();
    assert_eq!(s.gain("mallory"), 0);
    s.at(200).stake("bob", a, 1, STAKE).unwrap();
    s.stake("cas", a, 0, STAKE).unwrap();
    assert_eq!(s.action(a).committed, 3);
    s.at(209).withdraw("cas", a).unwrap();
    assert_eq!(s.action(a).committed, 0);
    s.stake("cas", a, 0, STAKE).unwrap();
    s.at(219);
    assert_eq!(s.phase(a), "confirming");
    for name in ["ann", "bob", "cas"] {
        s.confirm(name, a).unwrap();
    }
    s.at(219 + WINDOW);
    assert_eq!((s.phase(a), s.action(a).committed), ("acting".into(), 3));
    refused(s.withdraw("ann", a), "bound");
}

#[test]
fn a_trigger_whose_close_passes_while_it_confirms_fails() {
    for (close, phase) in [(110, "failed"), (111, "pledging")] {
        let mut s = Suite::new();
        let a = s.start(careful().goal(2).schedule(triggers(Some(close))));
        s.pledge("ann", a, 0).unwrap();
        s.stake("bob", a, 0, STAKE).unwrap();
        s.at(10).confirm("ann", a).unwrap();
        assert_eq!(s.at(10 + WINDOW).phase(a), phase, "closes at {close}");
        s.withdraw("bob", a).unwrap();
        assert_eq!(s.gain("bob"), 0);
    }
}

#[test]
fn silent_again_and_again_each_has_its_own_coins() {
    let mut s = Suite::new();
    let a = s.start(careful().goal(2).schedule(triggers(None)));
    let mut second = 0;
    for round in 0..4_u64 {
        let (silent, other) = (format!("s{round}"), format!("o{round}"));
        s.stake(&silent, a, 0, STAKE).unwrap();
        s.stake(&other, a, 0, STAKE).unwrap();
        second += 10;
        s.at(second).confirm(&other, a).unwrap();
        if round > 0 {
            // Who was silent before can't come back into a window by confirming.
            refused(s.confirm("s0", a), "no_pledge");
            refused(s.check_in("s0", a), "wrong_phase");
        }
        second += WINDOW;
        s.at(second);
        assert_eq!(s.action(a).pledged, 1);
        s.withdraw(&other, a).unwrap();
    }
    for round in 0..4 {
        let silent = format!("s{round}");
        s.claim("eve", a, &silent).unwrap();
        assert_eq!(s.gain(&silent), 0);
        refused(s.claim("eve", a, &silent), "no_pledge");
    }
    assert!(s.action(a).held.unwrap().amount.is_zero());
}

/// Two that require one another and wait for a message.
fn deal(s: &mut Suite, schedule: Schedule) -> u64 {
    let roles = vec![
        careful().goal(2).schedule(schedule).requires(&[Own(1)]),
        careful().schedule(schedule).requires(&[Own(0)]),
    ];
    let a = s.create(a_cause(roles)).unwrap();
    for (name, id) in [("ann", a), ("bob", a), ("cas", a + 1)] {
        s.stake(name, id, 0, STAKE).unwrap();
    }
    a
}

#[test]
fn a_closure_confirms_as_one_and_binds_together() {
    let mut s = Suite::new();
    let a = deal(&mut s, triggers(None));
    s.at(10);
    assert_eq!(s.phase(a), "pledging", "it waits for a message");
    let begun = s.activate("eve", a).unwrap();
    let begun = events(&begun);
    assert_eq!(begun.len(), 2);
    assert!(matches!(&begun[1], CausesEvent::ConfirmingBegun(e)
        if (e.action, e.from, e.until) == (a + 1, START + 10, START + 10 + WINDOW)));
    refused(s.activate("eve", a + 1), "wrong_phase");
    refused(
        s.send("creator", ExecuteMsg::CancelCause { cause: 1 }),
        "not_cancellable",
    );
    for (name, id) in [("ann", a), ("bob", a), ("cas", a + 1)] {
        s.confirm(name, id).unwrap();
    }
    s.at(10 + WINDOW);
    for id in [a, a + 1] {
        let action = s.action(id);
        assert_eq!(
            (action.phase.as_str(), action.activated_at),
            ("acting", Some(START + 10 + WINDOW))
        );
    }
    refused(s.withdraw("cas", a + 1), "bound");
}

#[test]
fn where_one_role_falls_silent_the_other_is_open_again_and_still_ready() {
    let mut s = Suite::new();
    let a = deal(&mut s, triggers(None));
    s.at(10).activate("eve", a).unwrap();
    s.confirm("ann", a).unwrap();
    s.confirm("cas", a + 1).unwrap();
    s.at(10 + WINDOW);
    assert_eq!([a, a + 1].map(|id| s.phase(id)), ["pledging", "pledging"]);
    let other = s.action(a + 1);
    assert_eq!(other.ready_since, Some(START + 10 + WINDOW));
    assert_eq!((other.pledged, other.committed), (1, 1));
    // Whichever is stored first, the other doesn't take it for one that came through.
    s.stake("dan", a, 0, STAKE).unwrap();
    assert_eq!(s.phase(a + 1), "pledging");
    s.withdraw("bob", a).unwrap();
    s.at(30 + WINDOW).activate("eve", a + 1).unwrap();
    for (name, id) in [("ann", a), ("dan", a), ("cas", a + 1)] {
        s.confirm(name, id).unwrap();
    }
    s.at(30 + 2 * WINDOW);
    assert_eq!([a, a + 1].map(|id| s.phase(id)), ["acting", "acting"]);
    assert_eq!(s.action(a).committed, 2);
}

#[test]
fn what_closed_fails_with_the_one_that_fell_silent() {
    let mut s = Suite::new();
    let goods = s.start(an_action().schedule(closes(50)));
    s.pledge("gus", goods, 0).unwrap();
    let role = |own| {
        careful()
            .schedule(closes(60))
            .requires(&[Own(own), Action(goods)])
    };
    s.at(50);
    let a = s.create(a_cause(vec![role(1), role(0)])).unwrap();
    s.stake("ann", a, 0, STAKE).unwrap();
    s.stake("bob", a + 1, 0, STAKE).unwrap();
    s.at(60).activate("eve", a).unwrap();
    s.confirm("ann", a).unwrap();
    s.at(60 + WINDOW);
    for (name, id) in [("ann", a), ("bob", a + 1)] {
        assert_eq!(s.phase(id), "failed");
        s.claim("eve", id, name).unwrap();
        assert_eq!(s.gain(name), 0);
    }
}

#[test]
fn roles_of_one_cause_confirm_at_their_close_without_a_message() {
    for (silent, phase) in [(false, "acting"), (true, "failed")] {
        let mut s = Suite::new();
        let roles = vec![
            careful().goal(2).requires(&[Own(1)]),
            careful().requires(&[Own(0)]),
        ];
        let a = s.create(a_cause(roles)).unwrap();
        for (name, id) in [("ann", a), ("bob", a), ("cas", a + 1)] {
            s.stake(name, id, 0, STAKE).unwrap();
        }
        s.at(OPEN);
        assert_eq!([a, a + 1].map(|id| s.phase(id)), ["confirming"; 2]);
        s.confirm("ann", a).unwrap();
        s.confirm("cas", a + 1).unwrap();
        if !silent {
            s.confirm("bob", a).unwrap();
        }
        s.at(OPEN + WINDOW);
        assert_eq!([a, a + 1].map(|id| s.phase(id)), [phase; 2]);
        if silent {
            for (name, id) in [("ann", a), ("bob", a), ("cas", a + 1)] {
                s.withdraw(name, id).unwrap();
                assert_eq!(s.gain(name), 0);
            }
        }
    }
}

#[test]
fn one_that_confirms_is_awaited_and_grace_counts_from_its_end() {
    for (at, works) in [(GRACE - 1, true), (GRACE, false)] {
        let mut s = Suite::new();
        let a = s.start(careful().schedule(closes(OPEN)));
        let b = careful().schedule(closes(OPEN)).requires(&[Action(a)]);
        let b = s.start(b);
        s.pledge("ann", a, 0).unwrap();
        s.stake("bob", b, 0, STAKE).unwrap();
        s.at(OPEN);
        assert_eq!(
            (s.phase(a), s.phase(b)),
            ("confirming".into(), "locked".into())
        );
        let said = s.activate("eve", b).unwrap_err();
        assert!(
            said.contains("not_ready: ") && said.contains("is confirming"),
            "{said}"
        );
        s.confirm("ann", a).unwrap();
        s.at(OPEN + WINDOW + at);
        if works {
            s.activate("eve", b).unwrap();
            s.confirm("bob", b).unwrap();
            assert_eq!(s.at(OPEN + 2 * WINDOW + at).phase(b), "acting");
        } else {
            assert_eq!(s.phase(b), "failed");
            refused(s.activate("eve", b), "wrong_phase");
            s.withdraw("bob", b).unwrap();
        }
    }
}

/// The attack: a message in the last second of grace, so that others would be bound unprepared. With
/// a confirm window they are asked first.
#[test]
fn a_poke_in_the_last_second_of_grace_binds_nobody_who_stays_silent() {
    let mut s = Suite::new();
    let a = s.start(careful().schedule(closes(100)));
    let b = s.start(careful().schedule(closes(OPEN)).requires(&[Action(a)]));
    s.pledge("ann", a, 0).unwrap();
    s.at(100).confirm("ann", a).unwrap();
    s.stake("bob", b, 0, STAKE).unwrap();
    s.at(OPEN + GRACE - 1).activate("mallory", b).unwrap();
    refused(s.withdraw("bob", b), "wrong_phase");
    assert_eq!(s.at(OPEN + GRACE - 1 + WINDOW).phase(b), "failed");
    s.withdraw("bob", b).unwrap();
    assert_eq!(s.gain("bob"), 0);
}

/// What it requires was bound by a message of its own, before anybody was asked to confirm.
#[test]
fn what_was_active_before_the_window_needs_no_confirming() {
    let mut s = Suite::new();
    let plain = || an_action().schedule(triggers(None));
    let cause = a_cause(vec![plain().requires(&[Own(1)]), plain()]);
    let a = s.create(cause).unwrap();
    for id in [a, a + 1] {
        s.pledge("ann", id, 0).unwrap();
    }
    s.at(10).activate("eve", a).unwrap();
    assert_eq!(s.phase(a), "acting");
    let b = s.start(careful().schedule(triggers(None)).requires(&[Action(a)]));
    s.stake("bob", b, 0, STAKE).unwrap();
    s.at(20).activate("eve", b).unwrap();
    s.confirm("bob", b).unwrap();
    assert_eq!(s.at(20 + WINDOW).phase(b), "acting");
    refused(s.withdraw("bob", b), "bound");
}

#[test]
fn a_cancelled_one_is_not_open_again_when_its_window_would_have_ended() {
    let mut s = Suite::new();
    let a = s.start(careful().schedule(triggers(None)));
    s.stake("ann", a, 0, STAKE).unwrap();
    s.at(5)
        .send("creator", ExecuteMsg::CancelCause { cause: 1 })
        .unwrap();
    s.at(10 + WINDOW);
    assert_eq!((s.phase(a).as_str(), s.action(a).pledged), ("cancelled", 1));
    let said = events(&s.claim("eve", a, "ann").unwrap());
    assert!(matches!(said[..], [CausesEvent::Claimed(_)]), "{said:?}");
    assert_eq!((s.gain("ann"), s.owed(DENOM)), (0, 0));
}

#[test]
fn what_missed_its_goal_asks_nobody_to_confirm() {
    for requires in [vec![], vec![Own(1)]] {
        let mut s = Suite::new();
        let roles = vec![
            careful().goal(3).requires(&requires),
            careful().schedule(triggers(Some(500))),
        ];
        let a = s.create(a_cause(roles)).unwrap();
        for name in ["ann", "bob"] {
            s.stake(name, a, 0, STAKE).unwrap();
        }
        s.at(OPEN);
        assert_eq!(
            (s.phase(a), s.action(a).confirming),
            ("failed".into(), None)
        );
        for name in ["ann", "bob"] {
            s.withdraw(name, a).unwrap();
        }
        assert_eq!(s.owed(DENOM), 0);
    }
}

/// Whoever asks for no more than the goal costs no record of the window's besides its counts.
#[test]
fn a_confirmation_up_to_the_goal_is_counted_nowhere_else() {
    let mut s = Suite::new();
    let a = s.start(careful().goal(2));
    for (name, needs) in [("low", 0), ("at", 1), ("above", 2)] {
        s.pledge(name, a, needs).unwrap();
    }
    s.at(OPEN);
    for (name, records) in [("low", 1), ("at", 0), ("above", 1)] {
        let before = s.app.dump_wasm_raw(&s.contract).len();
        s.confirm(name, a).unwrap();
        let after = s.app.dump_wasm_raw(&s.contract).len();
        assert_eq!(after - before, records, "{name}");
    }
}

#[test]
fn what_cannot_confirm_together_is_refused() {
    let mut s = Suite::new();
    let other = s.start(careful());
    let plain = s.start(an_action());
    let rolling = Schedule::Rolling {
        pledge_until: START + OPEN,
    };
    refused(
        s.create(a_cause(vec![careful().schedule(rolling)])),
        "contradiction",
    );
    for window in [0, 4] {
        refused(
            s.create(a_cause(vec![careful().confirm(window)])),
            "out_of_range",
        );
    }
    for wrong in [
        vec![careful().confirm(WINDOW + 1).requires(&[Action(other)])],
        vec![careful().requires(&[Action(plain)])],
        vec![an_action().requires(&[Action(other)])],
        vec![careful().requires(&[Own(1)]), an_action()],
        // It would still be confirming when what requires it closes.
        vec![
            careful().requires(&[Own(1)]),
            careful().schedule(closes(OPEN - WINDOW + 1)),
        ],
    ] {
        refused(s.create(a_cause(wrong)), "bad_requirement");
    }
    s.create(a_cause(vec![
        careful().requires(&[Own(1)]),
        careful().schedule(closes(OPEN - WINDOW)),
    ]))
    .unwrap();
    // An active one has nothing to confirm any more.
    s.pledge("ann", plain, 0).unwrap();
    s.at(OPEN);
    let late = careful()
        .schedule(closes(2 * OPEN))
        .requires(&[Action(plain)]);
    s.create(a_cause(vec![late])).unwrap();
}
