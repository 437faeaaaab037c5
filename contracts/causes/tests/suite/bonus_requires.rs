//! The refund bonus of an action that requires others: paid where too few were in for itself, and
//! nothing that it requires had failed by its close.

use cosmwasm_std::coins;
use muster_schema::causes::limits::GRACE;
use muster_schema::causes::{
    CancelRule, ClaimableResponse, CreateCause, ExecuteMsg, NewAction, QueryMsg, Requirement,
    Schedule,
};

use crate::bonus::{back, give, with_bonus};
use crate::common::*;
use Requirement::Own;

const S: u128 = 100;

/// X, of which five are needed, with a bonus of 10 each out of 95; and Y, of which two are: each
/// requires the other.
fn roles(s: &mut Suite, change: impl Fn(NewAction) -> NewAction) -> u64 {
    let x = change(with_bonus(s).requires(&[Own(1)]));
    let y = change(an_action().goal(2).lock(100).requires(&[Own(0)]));
    let a = s.create(a_cause(vec![x, y])).unwrap();
    give(s, "sponsor", a, 95).unwrap();
    a
}

fn all_in(s: &mut Suite, action: u64, names: &[&str]) {
    for name in names {
        s.stake(name, action, 0, S).unwrap();
    }
}

/// Everybody has the stake back, "ann" and "bob" with so much more; the sponsor the rest.
fn ends(s: &mut Suite, a: u64, each: i128) {
    let person = s.who("ann").to_string();
    let due: ClaimableResponse = s.query(&QueryMsg::Claimable { action: a, person });
    assert_eq!(due.coins, Some(coins(S + each as u128, DENOM)));
    s.withdraw("ann", a).unwrap();
    back(s, a).unwrap();
    s.claim("stranger", a, "bob").unwrap();
    s.withdraw("high", a).unwrap();
    for (name, gain) in [
        ("ann", each),
        ("bob", each),
        ("high", 0),
        ("sponsor", -2 * each),
    ] {
        assert_eq!(s.gain(name), gain, "{name}");
    }
    assert_eq!(s.owed(DENOM), 0);
}

fn two_and_one_who_asks_for_more(s: &mut Suite, a: u64) {
    all_in(s, a, &["ann", "bob"]);
    s.stake("high", a, 20, S).unwrap();
}

fn enough_for_the_other(s: &mut Suite, a: u64) {
    for name in ["y1", "y2"] {
        s.pledge(name, a + 1, 0).unwrap();
    }
}

/// Then time alone doesn't bind it.
fn by_message(action: NewAction) -> NewAction {
    action.schedule(Schedule::AtTrigger {
        hold: 5,
        pledge_until: Some(START + OPEN),
    })
}

#[test]
fn too_few_for_itself_while_what_it_requires_has_enough() {
    for change in [|action| action, by_message] {
        let mut s = Suite::new();
        let a = roles(&mut s, change);
        two_and_one_who_asks_for_more(&mut s, a);
        enough_for_the_other(&mut s, a);
        s.at(OPEN);
        assert_eq!(
            (s.phase(a), s.phase(a + 1)),
            ("failed".into(), "failed".into())
        );
        ends(&mut s, a, 10);
        s.withdraw("y1", a + 1).unwrap();
    }
}

#[test]
fn too_few_for_both_is_no_bonus() {
    let mut s = Suite::new();
    let a = roles(&mut s, |action| action);
    two_and_one_who_asks_for_more(&mut s, a);
    s.pledge("y1", a + 1, 0).unwrap();
    s.at(OPEN);
    ends(&mut s, a, 0);
}

#[test]
fn enough_for_itself_and_too_few_for_what_it_requires_is_no_bonus() {
    let mut s = Suite::new();
    let a = roles(&mut s, |action| action);
    two_and_one_who_asks_for_more(&mut s, a);
    all_in(&mut s, a, &["c", "d", "e"]);
    s.at(OPEN);
    assert_eq!(s.phase(a), "failed");
    for name in ["c", "d", "e"] {
        s.claim("stranger", a, name).unwrap();
    }
    ends(&mut s, a, 0);
}

#[test]
fn what_it_requires_failed_before_its_close() {
    for late in [0, 500] {
        let mut s = Suite::new();
        let early = Schedule::AtClose {
            pledge_until: START + OPEN - 300,
        };
        let x = with_bonus(&mut s).requires(&[Own(1)]);
        let y = an_action().goal(2).schedule(early);
        let a = s.create(a_cause(vec![x, y])).unwrap();
        give(&mut s, "sponsor", a, 95).unwrap();
        two_and_one_who_asks_for_more(&mut s, a);
        s.at(OPEN - 301);
        refused(back(&mut s, a), "wrong_phase");
        // Whoever comes first, before its own close or after: it finds the same.
        s.at(OPEN - 300 + late);
        assert_eq!(s.phase(a), "failed");
        ends(&mut s, a, 0);
    }
}

/// Attack: whoever gains by it waits until something else fails too.
#[test]
fn what_fails_after_the_close_takes_no_bonus_back() {
    let mut s = Suite::new();
    let a = roles(&mut s, by_message);
    two_and_one_who_asks_for_more(&mut s, a);
    enough_for_the_other(&mut s, a);
    // By itself it would wait for seven days, and fail then.
    s.at(OPEN + GRACE);
    s.withdraw("y1", a + 1).unwrap();
    ends(&mut s, a, 10);
}

#[test]
fn what_waits_for_others_pays_nobody_and_gives_all_back_in_the_end() {
    let mut s = Suite::new();
    let a = roles(&mut s, by_message);
    two_and_one_who_asks_for_more(&mut s, a);
    all_in(&mut s, a, &["c", "d", "e"]);
    enough_for_the_other(&mut s, a);
    s.at(OPEN);
    assert_eq!(s.phase(a), "locked");
    refused(back(&mut s, a), "wrong_phase");
    s.at(OPEN + GRACE - 1);
    refused(s.claim("stranger", a, "ann"), "wrong_phase");
    s.at(OPEN + GRACE);
    for name in ["c", "d", "e"] {
        s.claim("stranger", a, name).unwrap();
    }
    ends(&mut s, a, 0);
}

#[test]
fn where_they_come_about_everything_returns_to_the_sponsor() {
    let mut s = Suite::new();
    let a = roles(&mut s, |action| action);
    two_and_one_who_asks_for_more(&mut s, a);
    all_in(&mut s, a, &["c", "d", "e"]);
    enough_for_the_other(&mut s, a);
    s.at(OPEN);
    assert_eq!(
        (s.phase(a), s.phase(a + 1)),
        ("acting".into(), "acting".into())
    );
    back(&mut s, a).unwrap();
    s.withdraw("high", a).unwrap();
    assert_eq!((s.gain("sponsor"), s.owed(DENOM)), (0, 5 * S));
}

/// Attack: the creator cancels what is required, for the sponsor to have the bonus back.
#[test]
fn nobody_cancels_what_is_required_for_the_bonus() {
    let mut s = Suite::new();
    let x = with_bonus(&mut s).requires(&[Own(1)]);
    let cause = CreateCause {
        cancel: CancelRule::UntilLock,
        ..a_cause(vec![x, an_action().goal(2)])
    };
    let a = s.create(cause).unwrap();
    give(&mut s, "sponsor", a, 95).unwrap();
    two_and_one_who_asks_for_more(&mut s, a);
    let cancel = ExecuteMsg::CancelCause { cause: 1 };
    refused(s.send("creator", cancel), "not_cancellable");
    enough_for_the_other(&mut s, a);
    s.at(OPEN);
    assert_eq!(
        (s.phase(a), s.phase(a + 1)),
        ("failed".into(), "acting".into())
    );
    ends(&mut s, a, 10);
}
