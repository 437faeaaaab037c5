//! Bundles: pledged together, withdrawn together while none is bound, each bound at its own goal.

use cosmwasm_std::{coin, coins};
use muster_schema::causes::{
    Answer, CreateCause, ExecuteMsg, ForfeitsTo, Fulfilment, NewAction, OutcomeBy, OutcomeTerms,
    Requirement, Schedule, StakeRule, StakeTerms,
};

use crate::common::*;
use crate::stand_in::{FEE, JURY, challengeable, vote};
use Requirement::Own;

fn costs(action: NewAction, amount: u128, denom: &str) -> NewAction {
    let stake = Some(StakeTerms {
        rule: StakeRule::Required,
        coin: coin(amount, denom),
    });
    NewAction {
        stake,
        forfeits_to: Some(ForfeitsTo::Everybody {}),
        ..action
    }
}

fn bundle(actions: Vec<NewAction>) -> CreateCause {
    CreateCause {
        bundle: true,
        ..a_cause(actions)
    }
}

/// Streets: the first closes, the second needs three and may never tip.
fn streets(s: &mut Suite) -> u64 {
    let never = Schedule::AtTrigger {
        hold: 10,
        pledge_until: None,
    };
    let milestones = vec![
        costs(an_action(), 10, DENOM),
        costs(an_action().goal(3).schedule(never), 20, DENOM).requires(&[Own(0)]),
        costs(an_action().goal(2), 5, EURO),
    ];
    s.create(bundle(milestones)).unwrap()
}

fn all(needs_others: &[u32]) -> ExecuteMsg {
    ExecuteMsg::PledgeBundle {
        cause: 1,
        needs_others: needs_others.to_vec(),
    }
}

fn stakes() -> Vec<cosmwasm_std::Coin> {
    vec![coin(5, EURO), coin(30, DENOM)]
}

const BACK: ExecuteMsg = ExecuteMsg::WithdrawBundle { cause: 1 };

#[test]
fn one_message_pledges_all_with_the_exact_sum_and_one_takes_all_back() {
    let mut s = Suite::new();
    let a = streets(&mut s);
    assert!(s.action(a).bundled);
    refused(s.stake("ann", a, 0, 10), "bundled");
    refused(s.send_with("ann", &all(&[0, 0]), &stakes()), "out_of_range");
    for wrong in [
        coins(30, DENOM),
        vec![coin(6, EURO), coin(30, DENOM)],
        vec![],
    ] {
        refused(s.send_with("ann", &all(&[0, 0, 0]), &wrong), "wrong_coins");
    }
    refused(
        s.send_with("ann", &all(&[0, 0, 101]), &stakes()),
        "off_grid",
    );
    s.send_with("ann", &all(&[0, 4, 1]), &stakes()).unwrap();
    refused(
        s.send_with("ann", &all(&[0, 4, 1]), &stakes()),
        "already_pledged",
    );
    assert_eq!([0, 1, 2].map(|i| s.action(a + i).pledged), [1, 1, 1]);
    for id in [a, a + 1, a + 2] {
        refused(s.withdraw("ann", id), "bundled");
    }
    refused(s.withdraw("bob", a), "no_pledge");
    refused(s.send("bob", BACK), "no_pledge");
    s.send("ann", BACK).unwrap();
    assert_eq!(s.gain("ann"), 0);
    assert_eq!([0, 1, 2].map(|i| s.action(a + i).pledged), [0, 0, 0]);
    s.send_with("ann", &all(&[0, 4, 1]), &stakes()).unwrap();
}

/// The attack: a bundle with an action that never tips, to keep people's coins. The others bind all
/// the same, and what can't is withdrawn by itself.
#[test]
fn a_pledge_bundled_with_an_action_that_never_tips_comes_back() {
    let mut s = Suite::new();
    let a = streets(&mut s);
    for name in ["ann", "bob"] {
        s.send_with(name, &all(&[0, 0, 0]), &stakes()).unwrap();
    }
    s.at(OPEN);
    let phases = [0, 1, 2].map(|i| s.phase(a + i));
    assert_eq!(phases, ["acting", "pledging", "acting"]);
    refused(s.send("ann", BACK), "bound");
    refused(s.withdraw("ann", a), "bound");
    s.withdraw("ann", a + 1).unwrap();
    assert_eq!(s.gain("ann"), -10);
    // And who stays may still leave later.
    s.at(OPEN + ACT + REPORT).withdraw("bob", a + 1).unwrap();
    assert_eq!(s.gain("bob"), -10);
    refused(
        s.send_with("cas", &all(&[0, 0, 0]), &stakes()),
        "wrong_phase",
    );
    for name in ["ann", "bob"] {
        s.claim(name, a, name).unwrap();
        assert_eq!(s.gain(name), 0);
    }
}

#[test]
fn who_is_outside_of_what_bound_takes_the_rest_back_together() {
    let mut s = Suite::new();
    let a = streets(&mut s);
    s.send_with("ann", &all(&[0, 0, 0]), &stakes()).unwrap();
    s.send_with("bob", &all(&[50, 0, 50]), &stakes()).unwrap();
    s.at(OPEN);
    assert_eq!(
        (s.phase(a), s.phase(a + 2)),
        ("acting".into(), "failed".into())
    );
    // Nothing binds bob: what is open and what ended without him come back in one message, though
    // somebody sent a claim for one of them already.
    refused(s.withdraw("bob", a + 1), "bundled");
    s.claim("eve", a + 2, "bob").unwrap();
    s.send("bob", BACK).unwrap();
    assert_eq!(s.gain("bob"), 0);
    refused(s.send("bob", BACK), "no_pledge");
    // Ann is bound by one, so she leaves the other by itself.
    s.withdraw("ann", a + 1).unwrap();
    s.withdraw("ann", a + 2).unwrap();
    assert_eq!(s.gain("ann"), -10);
}

#[test]
fn three_milestones_confirmed_one_by_one() {
    let mut s = Suite::new();
    let each = |close, requires: &[Requirement]| {
        let closes = Schedule::AtClose {
            pledge_until: START + close,
        };
        an_action().confirm(20).schedule(closes).requires(requires)
    };
    let milestones = vec![each(100, &[]), each(200, &[Own(0)]), each(300, &[Own(1)])];
    let a = s.create(bundle(milestones)).unwrap();
    s.send("ann", all(&[0, 0, 0])).unwrap();
    s.send("bob", all(&[1, 1, 1])).unwrap();
    s.at(100).confirm("ann", a).unwrap();
    s.confirm("bob", a).unwrap();
    refused(s.send("bob", BACK), "wrong_phase");
    assert_eq!(s.at(120).action(a).committed, 2);
    s.at(200).confirm("ann", a + 1).unwrap();
    // Bob stays silent: he is out of the second, and leaves the third, being bound by the first.
    s.at(220).withdraw("bob", a + 2).unwrap();
    s.at(300).confirm("ann", a + 2).unwrap();
    s.at(320);
    assert_eq!([0, 1, 2].map(|i| s.action(a + i).committed), [2, 1, 1]);
}

/// One may be challenged, and all stakes of the other stand or fall together: each is judged by
/// itself, whatever became of the one that was pledged with it.
#[test]
fn what_others_judge_in_a_bundle_is_judged_one_by_one() {
    let mut s = Suite::new();
    let v = s.verdict();
    let address = s.who("charity").to_string();
    let to = ForfeitsTo::Address { address };
    let singly = an_action().staked(StakeRule::Required, 10_000, to.clone());
    let together = NewAction {
        fulfilment: Fulfilment::Collective {},
        outcome: vote(&v, JURY),
        ..an_action().staked(StakeRule::Required, 7_000, to)
    };
    let both = vec![challengeable(singly, &v, REPORT), together];
    let a = s.create(bundle(both)).unwrap();
    for name in ["ann", "liar"] {
        s.send_with(name, &all(&[0, 0]), &coins(17_000, DENOM))
            .unwrap();
    }
    s.at(OPEN);
    for name in ["ann", "liar"] {
        s.check_in(name, a).unwrap();
        refused(s.check_in(name, a + 1), "not_judged_so");
    }
    s.asks(&v, a, Some("liar"));
    s.challenge("x", a, "liar").unwrap();
    let reported = OPEN + ACT + REPORT;
    s.at(reported + REPORT).asks(&v, a + 1, None);
    s.claim("ann", a, "ann").unwrap();
    assert_eq!(s.gain("ann"), -7_000, "the other one is awaited");
    refused(s.claim("ann", a + 1, "ann"), "wrong_phase");
    s.answers(&v, a, Some("liar"), OPEN, Answer::No);
    s.claim("x", a, "liar").unwrap();
    s.answers(&v, a + 1, None, reported + REPORT, Answer::Yes);
    for name in ["ann", "liar"] {
        s.claim("x", a + 1, name).unwrap();
    }
    // Of the fallen stake a quarter and the fee are the challenger's.
    let reward = 2_500 + FEE as i128;
    assert_eq!([s.gain("ann"), s.gain("liar")], [0, -10_000]);
    assert_eq!(s.gain("challenger"), reward);
    s.send("x", ExecuteMsg::ClaimForfeits { action: a })
        .unwrap();
    assert_eq!(s.gain("charity"), 10_000 - reward);
    assert_eq!(s.owed(DENOM), 0);
}

/// Who says whether one of them succeeded can't pledge it, so not the bundle either.
#[test]
fn who_attests_the_outcome_of_one_pledges_none_of_the_bundle() {
    let mut s = Suite::new();
    let attestors = ["judge"].map(|name| s.who(name).to_string()).to_vec();
    let outcome = OutcomeTerms {
        by: OutcomeBy::Attested {
            attestors,
            quorum: 1,
        },
        judge_window: None,
        deposit: None,
    };
    let judged = NewAction {
        outcome: Some(outcome),
        ..an_action()
    };
    let a = s.create(bundle(vec![an_action(), judged])).unwrap();
    refused(s.send("judge", all(&[0, 0])), "role_conflict");
    s.send("ann", all(&[0, 0])).unwrap();
    assert_eq!([a, a + 1].map(|id| s.action(id).pledged), [1, 1]);
}

#[test]
fn what_makes_no_bundle_is_refused() {
    let mut s = Suite::new();
    refused(s.create(bundle(vec![an_action()])), "out_of_range");
    let them = s.who("them").to_string();
    for odd in [
        an_action().staked(StakeRule::Optional, 10, ForfeitsTo::Everybody {}),
        NewAction {
            counterpart: Some(them),
            ..an_action()
        },
        costs(an_action().lock(100), 10, DENOM).max(5),
    ] {
        refused(s.create(bundle(vec![an_action(), odd])), "contradiction");
    }
    s.start(an_action());
    refused(s.send("ann", all(&[0])), "bundled");
    refused(s.send("ann", BACK), "bundled");
    refused(
        s.send("ann", ExecuteMsg::WithdrawBundle { cause: 9 }),
        "unknown_cause",
    );
}
