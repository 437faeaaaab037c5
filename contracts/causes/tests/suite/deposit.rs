//! Deposits behind an honest vote: what comes back, and what a malicious verdict can't do.

use cosmwasm_std::{Addr, coin, coins};
use muster_mechanism::answer::Class;
use muster_schema::causes::event::{CausesEvent, Claimed};
use muster_schema::causes::limits::MAX_STAKE;
use muster_schema::causes::{
    Answer, BonusTerms, ClaimableResponse, Does, Electorate, ExecuteMsg, ForfeitsTo, Fulfilment,
    Gate, NewAction, OutcomeTerms, QueryMsg, Registered, Schedule, StakeRule,
};
use muster_schema::layout::verdict::{ClassKind, Question, Status};

use crate::common::*;
use crate::issuer::{Issuer, no_gate};
use crate::people::People;
use crate::stand_in::{JUDGE, JURY, Says, Taken, challengeable, vote};

pub(crate) const D: u128 = 100;
pub(crate) const S: u128 = 1_000;
pub(crate) const END: u64 = OPEN + ACT + REPORT;
pub(crate) const JUDGE_BY: u64 = END + JUDGE;
/// Whom the suite's votes are about: the last is not bound.
pub(crate) const VOTERS: [&str; 6] = ["a", "b", "c", "d", "e", "out"];

pub(crate) fn deposited(s: &mut Suite, verdict: &Addr, action: NewAction) -> NewAction {
    let mut outcome = vote(verdict, Electorate::Pledgers {}).unwrap();
    outcome.deposit = Some(coin(D, DENOM));
    let all = VOTERS
        .iter()
        .chain(&["f", "late", "denouncer", "in", "dan", "new"]);
    let list = all.map(|name| s.who(name).to_string()).collect();
    NewAction {
        outcome: Some(outcome),
        gate: Some(Gate { list, ..no_gate() }),
        ..action
    }
}

/// Five bound with a deposit each, and "out" outside.
pub(crate) fn started(s: &mut Suite) -> (Addr, u64) {
    started_with(s, an_action().goal(5), D)
}

fn started_with(s: &mut Suite, action: NewAction, attached: u128) -> (Addr, u64) {
    let v = s.verdict();
    let action = deposited(s, &v, action);
    let a = s.start(action);
    for name in VOTERS {
        let needs = if name == "out" { 50 } else { 0 };
        s.stake(name, a, needs, attached).unwrap();
    }
    s.at(OPEN);
    (v, a)
}

pub(crate) const fn class(count: u32, gain: u128, loss: u128) -> Class {
    Class { count, gain, loss }
}

pub(crate) fn answer_with(
    s: &mut Suite,
    v: &Addr,
    a: u64,
    answer: Answer,
    edit: fn(&mut Question),
) {
    let says = Says {
        status: Status::Final(answer),
        asked_at: START + END,
        final_at: s.now(),
        edit,
    };
    s.says(v, a, None, says);
}

/// Three said yes, one no, one never opened: 40 and 100 are lost, 46 each gained, 2 left over.
pub(crate) fn honest(question: &mut Question) {
    question.electorate = Electorate::Pledgers {};
    question.classes = vec![
        (ClassKind::Unopened, class(1, 0, 100)),
        (ClassKind::Yes, class(3, 46, 0)),
        (ClassKind::No, class(1, 0, 40)),
    ];
}

pub(crate) fn ballots(s: &mut Suite, v: &Addr, a: u64) {
    for name in ["a", "b", "c"] {
        s.voted(v, a, name, ClassKind::Yes);
    }
    s.voted(v, a, "d", ClassKind::No);
    s.voted(v, a, "e", ClassKind::Unopened);
}

pub(crate) fn gains(s: &mut Suite) -> [i128; 6] {
    VOTERS.map(|name| s.gain(name))
}

pub(crate) fn fund(s: &Suite) -> u128 {
    let fund: muster_schema::causes::FundResponse = s.query(&QueryMsg::Fund { cause: 1 });
    fund.coins.first().map_or(0, |coin| {
        cosmwasm_std::Uint128::try_from(coin.amount).unwrap().u128()
    })
}

pub(crate) fn ask(s: &mut Suite, v: &Addr, a: u64) {
    let says = Says {
        status: Status::Asked,
        asked_at: s.now(),
        final_at: 0,
        edit: |q| q.electorate = Electorate::Pledgers {},
    };
    s.says(v, a, None, says);
    assert!(s.action(a).outcome.unwrap().asked);
}

pub(crate) fn claim_all(s: &mut Suite, a: u64) {
    for name in VOTERS {
        s.claim("x", a, name).unwrap();
    }
    assert!(s.action(a).held.unwrap().amount.is_zero());
}

pub(crate) fn claimed(taken: Taken) -> Claimed {
    let pick = |e| match e {
        CausesEvent::Claimed(e) => Some(e),
        _ => None,
    };
    events(&taken.unwrap()).into_iter().find_map(pick).unwrap()
}

pub(crate) fn claimable(s: &mut Suite, a: u64, name: &str) -> ClaimableResponse {
    let person = s.who(name).to_string();
    s.query(&QueryMsg::Claimable { action: a, person })
}

#[test]
fn a_pledge_brings_exactly_its_deposit_beside_the_stake() {
    let mut s = Suite::new();
    let v = s.verdict();
    let everybody = ForfeitsTo::Everybody {};
    let plain = deposited(&mut s, &v, an_action());
    let optional = plain
        .clone()
        .staked(StakeRule::Optional, S, everybody.clone());
    let required = plain.clone().staked(StakeRule::Required, S, everybody);
    let both = S + D;
    let either = format!("allowed is {both}{DENOM}, or {D}{DENOM}");
    for (action, with, without, allowed) in [
        (plain, None, Some(D), format!("allowed is {D}{DENOM}")),
        (optional, Some(both), Some(D), either),
        (
            required,
            Some(both),
            None,
            format!("allowed is {both}{DENOM}"),
        ),
    ] {
        let a = s.start(action);
        let said = s.pledge("a", a, 0).unwrap_err();
        assert!(said.contains(&allowed), "{said}");
        for wrong in [1, D - 1, D + 1, S, S + D - 1, S + D + 1, 2 * D] {
            refused(s.stake("a", a, 0, wrong), "wrong_coins");
        }
        refused(s.pledge("a", a, 0), "wrong_coins");
        let pledge = ExecuteMsg::Pledge {
            action: a,
            needs_others: 0,
            credentials: vec![],
            referrer: None,
        };
        refused(s.send_with("a", &pledge, &coins(D, EURO)), "wrong_coins");
        let two = [coin(D, DENOM), coin(S, EURO)];
        refused(s.send_with("a", &pledge, &two), "wrong_coins");
        for (amount, staked) in [(with, true), (without, false)] {
            let other = if staked { S + D } else { D };
            match amount {
                None => refused(s.stake("a", a, 0, other), "wrong_coins"),
                Some(amount) => {
                    s.stake("a", a, 0, amount).unwrap();
                    assert_eq!(s.pledge_of("a", a).staked, staked);
                    assert_eq!(s.action(a).held, Some(coin(amount, DENOM)));
                    s.withdraw("a", a).unwrap();
                    assert_eq!((s.gain("a"), s.owed(DENOM)), (0, 0));
                }
            }
        }
        // What is only signed carries no coins.
        let does = Does::Pledge {
            action: a,
            needs_others: 0,
            referrer: None,
            credentials: vec![],
        };
        let next = s.now();
        let item = s.sign("a", next, does);
        s.relay(vec![item]).unwrap();
        assert_eq!(s.action(a).pledged, 0);
    }
}

#[test]
fn who_is_never_bound_has_the_deposit_back_at_once_and_no_other_contract_is_asked() {
    // Withdrawn, failed, cancelled, outside the committed set.
    let mut s = Suite::new();
    let nobody = s.who("nobody"); // not even a contract
    let action = deposited(&mut s, &nobody, an_action().goal(2));
    let a = s.start(action.clone().goal(7));
    let b = s.start(action.clone());
    let c = s.start(action.clone());
    let staked = action.staked(StakeRule::Required, S, ForfeitsTo::Everybody {});
    let d = s.start(staked.goal(3));
    for name in ["a", "b"] {
        for action in [a, b, c] {
            s.stake(name, action, 0, D).unwrap();
        }
        s.stake(name, d, 0, S + D).unwrap();
    }
    s.stake("out", b, 50, D).unwrap();
    s.withdraw("a", a).unwrap();
    s.send("creator", ExecuteMsg::CancelCause { cause: 3 })
        .unwrap();
    s.withdraw("a", c).unwrap();
    let back = claimed(s.claim("x", c, "b"));
    assert_eq!((back.stake, back.deposit, back.gain), (0, D, 0));
    s.at(OPEN);
    assert_eq!(claimable(&mut s, b, "out").coins, Some(coins(D, DENOM)));
    s.claim("x", b, "out").unwrap();
    s.withdraw("b", a).unwrap();
    let back = claimed(s.claim("x", d, "a"));
    assert_eq!((back.stake, back.deposit), (S, D));
    s.withdraw("b", d).unwrap();
    assert_eq!([s.gain("a"), s.gain("b"), s.gain("out")], [-100, -100, 0]);
    assert_eq!(s.owed(DENOM), 2 * D);
    refused(s.withdraw("a", b), "bound");
}

#[test]
fn who_was_silent_in_a_confirm_window_has_the_deposit_back() {
    for confirmed in [1, 2, 3] {
        let mut s = Suite::new();
        let v = s.verdict();
        let trigger = Schedule::AtTrigger {
            hold: 10,
            pledge_until: None,
        };
        let action = an_action().goal(2).schedule(trigger).confirm(50);
        let action = deposited(&mut s, &v, action);
        let a = s.start(action);
        for name in ["a", "b", "c"] {
            s.stake(name, a, 0, D).unwrap();
        }
        s.at(10);
        for name in &VOTERS[..confirmed] {
            s.confirm(name, a).unwrap();
        }
        refused(s.claim("x", a, "c"), "wrong_phase");
        s.at(60);
        for name in &VOTERS[confirmed..3] {
            s.claim("x", a, name).unwrap();
            assert_eq!(s.gain(name), 0);
        }
        assert_eq!(s.owed(DENOM), D * confirmed as u128);
        if confirmed == 1 {
            // It is open again, with the one who confirmed.
            s.stake("b", a, 0, D).unwrap();
            s.withdraw("a", a).unwrap();
        } else {
            s.at(60 + ACT + REPORT + JUDGE);
            for name in &VOTERS[..confirmed] {
                s.claim("x", a, name).unwrap();
            }
            assert_eq!((gains(&mut s), s.owed(DENOM)), ([0; 6], 0));
        }
    }
}

#[test]
fn an_honest_vote_settles_the_deposits_of_the_bound() {
    let mut s = Suite::new();
    let (v, a) = started(&mut s);
    s.withdraw("out", a).unwrap();
    s.at(END);
    ask(&mut s, &v, a);
    assert_eq!(s.phase(a), "judging");
    refused(s.claim("a", a, "a"), "wrong_phase");
    refused(s.settle("x", a), "wrong_phase");
    s.at(END + 50);
    ballots(&mut s, &v, a);
    answer_with(&mut s, &v, a, Answer::Yes, honest);
    assert_eq!(claimable(&mut s, a, "a").coins, Some(coins(146, DENOM)));
    assert_eq!(claimable(&mut s, a, "d").coins, Some(coins(60, DENOM)));
    assert_eq!(claimable(&mut s, a, "e").coins, Some(vec![]));
    let settled = s.settle("x", a).unwrap();
    let found = events(&settled).into_iter().find_map(|e| match e {
        CausesEvent::DepositsSettled(e) => Some(e),
        _ => None,
    });
    let found = found.unwrap();
    assert_eq!((found.own, found.remainder, found.classes.len()), (0, 2, 3));
    assert_eq!(found.classes[0], (ClassKind::Yes, class(3, 46, 0)));
    // Stored once: what the contract says of the classes later changes nothing.
    answer_with(&mut s, &v, a, Answer::No, |q| q.classes = vec![]);
    let deposits = s.action(a).deposits.unwrap();
    assert_eq!(
        (deposits.undecided, deposits.own, deposits.round),
        (0, 0, 1)
    );
    assert_eq!(deposits.classes.len(), 3);
    let paid = claimed(s.claim("x", a, "a"));
    assert_eq!((paid.deposit, paid.gain, paid.stake), (D, 46, 0));
    let paid = claimed(s.claim("d", a, "d"));
    assert_eq!((paid.deposit, paid.gain), (60, 0));
    for name in ["b", "c", "e"] {
        s.claim(name, a, name).unwrap();
    }
    refused(s.claim("a", a, "a"), "already_done");
    assert_eq!(gains(&mut s), [46, 46, 46, -40, -100, 0]);
    assert_eq!((fund(&s), s.owed(DENOM)), (2, 2));
    assert!(s.action(a).held.unwrap().amount.is_zero());
}

#[test]
fn one_claim_pays_the_stake_the_share_and_the_deposit_once_all_are_final() {
    let mut s = Suite::with_fee(0);
    let action = an_action()
        .goal(5)
        .staked(StakeRule::Required, S, ForfeitsTo::Everybody {});
    let (v, a) = started_with(&mut s, action, S + D);
    for name in ["a", "b", "c", "d"] {
        s.check_in(name, a).unwrap();
    }
    s.at(END);
    ask(&mut s, &v, a);
    // The stakes are decided, the vote isn't.
    refused(s.claim("a", a, "a"), "wrong_phase");
    refused(s.settle("x", a), "wrong_phase");
    ballots(&mut s, &v, a);
    answer_with(&mut s, &v, a, Answer::Yes, honest);
    let paid = claimed(s.claim("x", a, "e"));
    // "e" broke it: 1000 are lost, 10 of them to the keeper, 198 come back; and the ballot was
    // never opened.
    assert_eq!((paid.stake, paid.share, paid.keeper), (0, 198, 10));
    assert_eq!((paid.deposit, paid.gain), (0, 0));
    let paid = claimed(s.claim("a", a, "a"));
    assert_eq!(
        (paid.stake, paid.share, paid.deposit, paid.gain),
        (S, 198, D, 46)
    );
    assert_eq!(s.gain("a"), 198 + 46);
    for name in ["b", "c", "d", "out"] {
        s.claim("x", a, name).unwrap();
    }
    assert!(s.action(a).held.unwrap().amount.is_zero());
}

#[test]
fn a_fallen_check_in_loses_the_stake_and_not_the_deposit() {
    let mut s = Suite::new();
    let v = s.verdict();
    let action = an_action()
        .goal(5)
        .staked(StakeRule::Required, S, ForfeitsTo::Everybody {});
    let action = challengeable(action, &v, 20);
    let action = deposited(&mut s, &v, action);
    let a = s.start(action);
    for name in &VOTERS[..5] {
        s.stake(name, a, 0, S + D).unwrap();
    }
    s.at(OPEN);
    for name in &VOTERS[..5] {
        s.check_in(name, a).unwrap();
    }
    s.asks(&v, a, Some("a"));
    s.challenge("challenger", a, "a").unwrap();
    s.at(END);
    ballots(&mut s, &v, a);
    answer_with(&mut s, &v, a, Answer::Yes, honest);
    s.at(END + 20);
    refused(s.claim("x", a, "a"), "challenge_pending");
    s.answers(&v, a, Some("a"), OPEN, Answer::No);
    assert_eq!(claimable(&mut s, a, "a").coins, Some(coins(D + 46, DENOM)));
    let paid = claimed(s.claim("x", a, "a"));
    assert_eq!(
        (paid.stake, paid.share, paid.deposit, paid.gain),
        (0, 0, D, 46)
    );
    for name in &VOTERS[1..5] {
        s.claim("x", a, name).unwrap();
    }
    assert!(s.action(a).held.unwrap().amount.is_zero());
}

#[test]
fn collective_actions_are_voted_on_with_deposits_and_without_stakes() {
    for answer in [Answer::Yes, Answer::No] {
        let mut s = Suite::new();
        let action = NewAction {
            fulfilment: Fulfilment::Collective {},
            ..an_action().goal(5)
        };
        let (v, a) = started_with(&mut s, action, D);
        s.at(END);
        ballots(&mut s, &v, a);
        answer_with(&mut s, &v, a, answer, honest);
        claim_all(&mut s, a);
        assert_eq!(gains(&mut s), [46, 46, 46, -40, -100, 0]);
        assert_eq!(s.action(a).outcome.unwrap().answer, Some(answer));
    }
}

#[test]
fn later_joiners_of_a_rolling_action_are_voters_too() {
    let mut s = Suite::new();
    let v = s.verdict();
    let rolling = Schedule::Rolling {
        pledge_until: START + OPEN,
    };
    let action = deposited(&mut s, &v, an_action().goal(2).schedule(rolling));
    let a = s.start(action);
    for name in ["a", "b", "c", "d", "e", "out"] {
        let needs = if name == "out" { 50 } else { 0 };
        s.stake(name, a, needs, D).unwrap();
        s.at(5);
    }
    refused(s.withdraw("a", a), "bound");
    s.at(END);
    ballots(&mut s, &v, a);
    answer_with(&mut s, &v, a, Answer::Yes, honest);
    claim_all(&mut s, a);
    assert_eq!(gains(&mut s), [46, 46, 46, -40, -100, 0]);
}

#[test]
fn a_deposit_needs_persons_that_are_costly_and_who_vote() {
    let mut s = Suite::new();
    let v = s.verdict();
    let good = deposited(&mut s, &v, an_action());
    let with_gate = |gate: Option<Gate>| NewAction {
        gate,
        ..good.clone()
    };
    let create = |s: &mut Suite, action: NewAction| s.create(a_cause(vec![action]));
    let refuse = |s: &mut Suite, action: NewAction, code| refused(create(s, action), code);
    // Forty wallets of one attacker would outvote ten honest people.
    refuse(&mut s, with_gate(None), "contradiction");
    let least = Gate {
        least_kept: Some(1),
        ..no_gate()
    };
    refuse(&mut s, with_gate(Some(least)), "contradiction");
    let people = Some(People::new(&mut s).0.to_string());
    let registered = |only| Gate {
        people: people.clone(),
        only: Some(only),
        ..no_gate()
    };
    refuse(
        &mut s,
        with_gate(Some(registered(Registered::Person))),
        "contradiction",
    );
    let community = Gate {
        people: people.clone(),
        communities: vec![7],
        ..no_gate()
    };
    refuse(&mut s, with_gate(Some(community)), "contradiction");
    for gate in [
        registered(Registered::Organisation),
        Issuer::ed25519(7).gate(),
        good.gate.clone().unwrap(),
    ] {
        create(&mut s, with_gate(Some(gate))).unwrap();
    }
    let outcome = good.outcome.clone().unwrap();
    let with = |outcome: OutcomeTerms| NewAction {
        outcome: Some(outcome),
        ..good.clone()
    };
    // Whose deposit it is must be who votes.
    let jury = OutcomeTerms {
        by: vote(&v, JURY).unwrap().by,
        ..outcome.clone()
    };
    refuse(&mut s, with(jury), "contradiction");
    let attested = OutcomeTerms {
        by: muster_schema::causes::OutcomeBy::Attested {
            attestors: vec![s.who("judge").to_string()],
            quorum: 1,
        },
        ..outcome.clone()
    };
    refuse(&mut s, with(attested), "contradiction");
    let of = OutcomeTerms {
        by: muster_schema::causes::OutcomeBy::Of(muster_schema::causes::Requirement::Own(0)),
        judge_window: None,
        deposit: outcome.deposit.clone(),
    };
    let second = with(of).requires(&[muster_schema::causes::Requirement::Own(0)]);
    refused(
        s.create(a_cause(vec![good.clone(), second])),
        "contradiction",
    );
    let amount = |coin| OutcomeTerms {
        deposit: Some(coin),
        ..outcome.clone()
    };
    for wrong in [0, MAX_STAKE + 1] {
        refuse(&mut s, with(amount(coin(wrong, DENOM))), "wrong_coins");
    }
    create(&mut s, with(amount(coin(MAX_STAKE, DENOM)))).unwrap();
    refuse(&mut s, with(amount(coin(1, "!"))), "text_form");
    let staked = |action: NewAction, amount| {
        action.staked(StakeRule::Optional, amount, ForfeitsTo::Everybody {})
    };
    refuse(
        &mut s,
        staked(with(amount(coin(D, EURO))), S),
        "contradiction",
    );
    refuse(&mut s, staked(good.clone(), MAX_STAKE), "wrong_coins");
    create(&mut s, staked(good.clone(), MAX_STAKE - D)).unwrap();
    let bonus = BonusTerms {
        sponsor: s.who("sponsor").to_string(),
        per_pledge: 5u128.into(),
        before: START + 9,
    };
    let bonus = NewAction {
        bonus: Some(bonus),
        ..staked(good.clone(), S).lock(100)
    };
    refuse(&mut s, bonus, "contradiction");
    let in_coins = good.clone().coins(&mut s, 10);
    refuse(&mut s, in_coins, "contradiction");
    let bundle = muster_schema::causes::CreateCause {
        bundle: true,
        ..a_cause(vec![good.clone(), good])
    };
    refused(s.create(bundle), "contradiction");
}
