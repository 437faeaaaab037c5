//! Caps, and what squatters can't do with them.

use muster_schema::causes::{ForfeitsTo, Gate, NewAction, Requirement, Schedule, StakeRule};

use crate::common::*;
use crate::issuer::no_gate;

const STAKE: u128 = 10;

fn capped(max: u32) -> NewAction {
    an_action()
        .max(max)
        .lock(20)
        .staked(StakeRule::Required, STAKE, ForfeitsTo::Everybody {})
}

#[test]
fn nobody_is_in_beyond_the_cap() {
    let mut s = Suite::new();
    let a = s.start(capped(2));
    assert_eq!((s.action(a).max, s.action(a).gate), (Some(2), None));
    s.stake("ann", a, 1, STAKE).unwrap();
    s.stake("bob", a, 0, STAKE).unwrap();
    let full = s.stake("cleo", a, 0, STAKE);
    assert!(
        full.as_ref()
            .unwrap_err()
            .contains("has 2 pledges, allowed are 2")
    );
    refused(full, "full");
    s.withdraw("bob", a).unwrap();
    refused(s.stake("cleo", a, 2, STAKE), "beyond_max");
    s.stake("cleo", a, 1, STAKE).unwrap();
    s.at(OPEN);
    assert_eq!(s.action(a).committed, 2);
}

#[test]
fn a_cap_needs_what_keeps_it_from_being_filled_for_nothing() {
    let mut s = Suite::new();
    let list = vec![s.who("ann").to_string()];
    let gate = Gate { list, ..no_gate() };
    let trigger = |pledge_until| Schedule::AtTrigger {
        hold: 5,
        pledge_until,
    };
    let rolling = Schedule::Rolling {
        pledge_until: START + OPEN,
    };
    let needing = |action: NewAction| action.requires(&[Requirement::Own(1)]);
    let other = an_action().schedule(trigger(Some(START + OPEN)));
    let bad = [
        (vec![an_action().max(5).lock(20)], "contradiction"),
        (vec![capped(5).goal(6)], "out_of_range"),
        (vec![capped(5).lock(19)], "out_of_range"),
        (vec![capped(5).lock(0)], "out_of_range"),
        (
            vec![capped(5).lock(0).schedule(trigger(None))],
            "contradiction",
        ),
        (
            vec![needing(capped(5).lock(0).schedule(rolling)), other.clone()],
            "out_of_range",
        ),
        (vec![capped(5).confirm(50)], "contradiction"),
    ];
    for (actions, code) in bad {
        refused(s.create(a_cause(actions)), code);
    }
    s.start(an_action().max(1).lock(20).gate(gate.clone()));
    s.start(capped(5).goal(1).gate(gate).confirm(50));
    s.start(capped(5).lock(0).schedule(rolling));
    s.start(capped(5).schedule(trigger(Some(START + OPEN))));
    let both = vec![needing(capped(5).schedule(rolling)), other];
    s.create(a_cause(both)).unwrap();
}

/// Attack: squatting under `max` until the last second. Wallets fill the places and mean to leave
/// when nobody can take them any more: from the lock on they are in for good, and what they leave
/// before it is free for as long as the lock lasts.
#[test]
fn squatters_under_a_cap_are_bound_or_leave_while_others_can_come() {
    let mut s = Suite::new();
    let a = s.start(capped(3).goal(3));
    for squatter in ["s1", "s2", "s3"] {
        s.stake(squatter, a, 0, STAKE).unwrap();
    }
    refused(s.stake("ann", a, 0, STAKE), "full");
    s.at(OPEN - 21).withdraw("s1", a).unwrap();
    refused(s.at(OPEN - 20).withdraw("s2", a), "wrong_phase");
    s.at(OPEN - 1).stake("ann", a, 0, STAKE).unwrap();
    refused(s.withdraw("s2", a), "wrong_phase");
    s.at(OPEN);
    assert_eq!(s.action(a).committed, 3);
    refused(s.withdraw("s2", a), "bound");
    s.check_in("ann", a).unwrap();
    s.at(OPEN + ACT + REPORT);
    for name in ["ann", "s2", "s3"] {
        s.claim("anybody", a, name).unwrap();
    }
    assert!(s.gain("ann") > 0, "who stayed away pays who came");
    assert!(s.gain("s2") < 0);
}
