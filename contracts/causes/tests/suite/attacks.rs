//! What strangers and small groups try, where no other file has it: each named for the attack.

use muster_schema::causes::{ForfeitsTo, Requirement, Schedule, StakeRule};

use crate::common::*;

const S: u128 = 100;
const HOLD: u64 = 86_400;

const fn triggers(hold: u64, pledge_until: Option<u64>) -> Schedule {
    Schedule::AtTrigger { hold, pledge_until }
}

/// Three friends tip it at once, to begin without the crowd that is on its way. The hold keeps it
/// open: whoever comes before its end is in the same wave, those who asked for a crowd included.
#[test]
fn a_trigger_shut_out_by_a_small_group() {
    let mut s = Suite::new();
    let a = s.start(an_action().goal(3).schedule(triggers(HOLD, None)));
    for name in ["x", "y", "z"] {
        s.pledge(name, a, 0).unwrap();
    }
    refused(s.check_in("x", a), "wrong_phase");
    let crowd: Vec<String> = (0..20).map(|i| format!("p{i}")).collect();
    for name in &crowd {
        s.pledge(name, a, 20).unwrap();
    }
    assert_eq!(s.at(HOLD - 1).phase(a), "pledging");
    assert_eq!(s.at(HOLD).phase(a), "acting");
    assert_eq!(s.action(a).committed, 23);
    // A group that leaves again before the hold is over starts nothing.
    let b = s.start(an_action().goal(3).schedule(triggers(HOLD, None)));
    for name in ["x", "y", "z"] {
        s.pledge(name, b, 0).unwrap();
    }
    s.at(2 * HOLD - 1).withdraw("z", b).unwrap();
    s.at(5 * HOLD);
    assert_eq!(s.phase(b), "pledging");
}

/// Somebody starts an action of their own that requires others', fulfils it alone, and sends the
/// message: nobody is bound before their own schedule, nor without a committed set.
#[test]
fn a_strangers_closure() {
    let mut s = Suite::new();
    let a = s.start(an_action().goal(2).schedule(triggers(HOLD, None)));
    let b = s.start(an_action().goal(2));
    let own = an_action()
        .schedule(triggers(5, None))
        .requires(&[Requirement::Action(a), Requirement::Action(b)]);
    let theirs = s.start(own);
    s.pledge("eve", theirs, 0).unwrap();
    for name in ["ann", "bob"] {
        s.pledge(name, a, 0).unwrap();
        s.pledge(name, b, 0).unwrap();
    }
    for second in [5, OPEN - 1, OPEN, HOLD - 1] {
        refused(s.at(second).activate("eve", theirs), "not_ready");
    }
    assert_eq!(s.phase(a), "pledging");
    // And nothing of theirs can keep the others from beginning: they require nothing.
    s.at(HOLD);
    assert_eq!(s.phase(a), "acting");
    assert_eq!(s.action(b).activated_at, Some(START + OPEN));
    s.activate("eve", theirs).unwrap();
    assert_eq!(s.action(a).activated_at, Some(START + HOLD));
}

/// Whoever waits with the message can't shorten anybody's time to act, nor keep in whoever wants
/// to leave meanwhile; those who left aren't bound by it.
#[test]
fn a_late_poke() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    let waiting = an_action()
        .goal(2)
        .schedule(triggers(HOLD, None))
        .requires(&[Requirement::Action(a)])
        .staked(StakeRule::Required, S, ForfeitsTo::Everybody {});
    let b = s.start(waiting);
    s.pledge("ann", a, 0).unwrap();
    for name in ["ann", "bob", "cas"] {
        s.stake(name, b, 0, S).unwrap();
    }
    s.at(40 * HOLD).withdraw("cas", b).unwrap();
    s.activate("eve", b).unwrap();
    let found = s.action(b);
    assert_eq!(found.committed, 2);
    assert_eq!(found.activated_at, Some(START + 40 * HOLD));
    // All of the windows lie ahead.
    s.at(40 * HOLD + ACT + REPORT - 1)
        .check_in("ann", b)
        .unwrap();
    s.check_in("bob", b).unwrap();
    s.at(40 * HOLD + ACT + REPORT);
    for name in ["ann", "bob"] {
        s.claim("eve", b, name).unwrap();
        assert_eq!(s.gain(name), 0);
    }
    assert_eq!((s.gain("cas"), s.gain("eve"), s.owed(DENOM)), (0, 0, 0));
}

/// A stranger sends everybody's claims in the second in which they may be sent, before anybody
/// settles: each is paid to its owner, and what it is.
#[test]
fn a_claim_by_a_stranger_at_the_worst_moment() {
    let mut s = Suite::new();
    let action = an_action()
        .goal(3)
        .staked(StakeRule::Required, S, ForfeitsTo::Everybody {});
    let a = s.start(action);
    for name in ["ann", "bob", "cas"] {
        s.stake(name, a, 0, S).unwrap();
    }
    s.at(OPEN);
    s.check_in("ann", a).unwrap();
    s.check_in("bob", a).unwrap();
    // Cas still may check in until the last second, and nobody's claim comes before it.
    for second in [OPEN, OPEN + ACT + REPORT - 1] {
        for name in ["ann", "cas"] {
            refused(s.at(second).claim("eve", a, name), "wrong_phase");
        }
    }
    s.check_in("cas", a).unwrap();
    s.at(OPEN + ACT + REPORT);
    for name in ["cas", "ann", "bob"] {
        s.claim("eve", a, name).unwrap();
        refused(s.claim("eve", a, name), "already_done");
        assert_eq!(s.gain(name), 0);
    }
    assert_eq!((s.gain("eve"), s.owed(DENOM)), (0, 0));
}
