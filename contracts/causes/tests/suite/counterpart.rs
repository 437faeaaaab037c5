//! Mutual deals across causes: our office signs if theirs does.

use muster_schema::causes::event::CausesEvent;
use muster_schema::causes::{NewAction, Requirement, Schedule};

use crate::common::*;
use Requirement::{Action, Own};

fn trigger() -> NewAction {
    an_action().schedule(Schedule::AtTrigger {
        hold: 10,
        pledge_until: None,
    })
}

/// "creator" offers; "theirs" is asked to answer.
fn offer(s: &mut Suite) -> u64 {
    let counterpart = Some(s.who("theirs").to_string());
    s.start(NewAction {
        counterpart,
        ..trigger()
    })
}

fn answer(s: &mut Suite, by: &str, action: NewAction) -> Result<u64, String> {
    let cause = Box::new(a_cause(vec![action]));
    let sent = s.send(by, muster_schema::causes::ExecuteMsg::CreateCause(cause))?;
    let first = events(&sent).into_iter().find_map(|e| match e {
        CausesEvent::CauseCreated(e) => Some(e.first_action),
        _ => None,
    });
    Ok(first.unwrap())
}

#[test]
fn each_side_binds_only_with_the_other() {
    let mut s = Suite::new();
    let a = offer(&mut s);
    let theirs = s.who("theirs").to_string();
    assert_eq!(s.action(a).waits_for, Some(theirs));
    refused(s.pledge("ann", a, 0), "no_counterpart");
    let b = answer(&mut s, "theirs", trigger().requires(&[Action(a)])).unwrap();
    assert_eq!(
        (s.action(a).requires, s.action(a).waits_for),
        (vec![b], None)
    );
    s.pledge("ann", a, 0).unwrap();
    refused(s.at(30).activate("eve", a), "not_ready");
    s.pledge("bob", b, 0).unwrap();
    refused(s.activate("eve", b), "not_ready");
    s.at(40).activate("eve", b).unwrap();
    assert_eq!([a, b].map(|id| s.phase(id)), ["acting"; 2]);
}

#[test]
fn a_stranger_cannot_answer_first() {
    let mut s = Suite::new();
    let a = offer(&mut s);
    let front_run = answer(&mut s, "eve", trigger().requires(&[Action(a)]));
    refused(front_run, "bad_requirement");
    let b = answer(&mut s, "theirs", trigger().requires(&[Action(a)])).unwrap();
    // Only the first answer enters; a second one may require it as anybody may now.
    let c = answer(&mut s, "theirs", trigger().requires(&[Action(a)])).unwrap();
    assert_eq!(s.action(a).requires, [b]);
    assert_eq!(s.action(c).requires, [a]);
}

#[test]
fn the_two_sides_close_together_or_never() {
    let mut s = Suite::new();
    let a = offer(&mut s);
    let closes = an_action().requires(&[Action(a)]);
    refused(answer(&mut s, "theirs", closes), "bad_requirement");
    let counterpart = Some(s.who("theirs").to_string());
    let b = s.start(NewAction {
        counterpart,
        ..an_action()
    });
    let never = trigger().requires(&[Action(b)]);
    refused(answer(&mut s, "theirs", never), "bad_requirement");
    answer(&mut s, "theirs", an_action().requires(&[Action(b)])).unwrap();
}

#[test]
fn nobody_waits_for_themselves_or_is_required_while_waiting() {
    let mut s = Suite::new();
    let me = Some(s.who("creator").to_string());
    let mine = NewAction {
        counterpart: me,
        ..trigger()
    };
    refused(s.create(a_cause(vec![mine])), "role_conflict");
    let them = Some(s.who("theirs").to_string());
    let waiting = NewAction {
        counterpart: them,
        ..trigger()
    };
    let both = vec![waiting, trigger().requires(&[Own(0)])];
    refused(s.create(a_cause(both)), "bad_requirement");
    let nobody = NewAction {
        counterpart: Some("nobody".into()),
        ..trigger()
    };
    refused(s.create(a_cause(vec![nobody])), "bad_address");
}
