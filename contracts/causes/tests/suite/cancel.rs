//! `cancel_cause`.

use muster_schema::causes::{CancelRule, ExecuteMsg, ForfeitsTo, Schedule, StakeRule};

use crate::common::*;

fn cause(s: &mut Suite, cancel: CancelRule) -> u64 {
    let action = an_action()
        .lock(100)
        .staked(StakeRule::Optional, 100, ForfeitsTo::Everybody {});
    let rolling = an_action().goal(3).schedule(Schedule::Rolling {
        pledge_until: START + 3 * OPEN,
    });
    s.create(muster_schema::causes::CreateCause {
        cancel,
        ..a_cause(vec![action, rolling])
    })
    .unwrap()
}

fn cancel(s: &mut Suite, by: &str) -> Result<cw_multi_test::AppResponse, String> {
    s.send(by, ExecuteMsg::CancelCause { cause: 1 })
}

#[test]
fn everybody_has_their_coins_back_and_nothing_goes_on() {
    let mut s = Suite::new();
    let a = cause(&mut s, CancelRule::UntilLock);
    s.stake("ann", a, 0, 100).unwrap();
    s.pledge("bob", a, 0).unwrap();
    refused(cancel(&mut s, "ann"), "unauthorized");
    s.at(OPEN - 101);
    cancel(&mut s, "creator").unwrap();
    refused(cancel(&mut s, "creator"), "not_cancellable");
    for id in [a, a + 1] {
        assert_eq!(
            (s.phase(id), s.action(id).committed),
            ("cancelled".into(), 0)
        );
        refused(s.pledge("cas", id, 0), "wrong_phase");
    }
    refused(s.check_in("ann", a), "wrong_phase");
    s.claim("stranger", a, "ann").unwrap();
    s.withdraw("bob", a).unwrap();
    assert_eq!((s.gain("ann"), s.owed(DENOM)), (0, 0));
    s.at(100 * OPEN);
    assert_eq!(s.phase(a), "cancelled");
}

#[test]
fn each_rule_ends_when_it_says() {
    let mut s = Suite::new();
    let a = cause(&mut s, CancelRule::UntilFirstPledge);
    s.pledge("ann", a, 0).unwrap();
    s.withdraw("ann", a).unwrap();
    refused(cancel(&mut s, "creator"), "not_cancellable");

    let mut s = Suite::new();
    let a = cause(&mut s, CancelRule::UntilFirstPledge);
    s.at(OPEN - 1);
    cancel(&mut s, "creator").unwrap();
    assert_eq!(s.phase(a), "cancelled");

    let mut s = Suite::new();
    cause(&mut s, CancelRule::UntilLock);
    s.at(OPEN - 100);
    refused(cancel(&mut s, "creator"), "not_cancellable");

    let mut s = Suite::new();
    cause(&mut s, CancelRule::Never);
    refused(cancel(&mut s, "creator"), "not_cancellable");

    let mut s = Suite::new();
    refused(cancel(&mut s, "creator"), "unknown_cause");
}

#[test]
fn never_once_an_action_is_active() {
    let mut s = Suite::new();
    let a = cause(&mut s, CancelRule::UntilLock);
    for name in ["ann", "bob", "cas"] {
        s.pledge(name, a + 1, 0).unwrap();
    }
    refused(cancel(&mut s, "creator"), "not_cancellable");
}
