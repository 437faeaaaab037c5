//! Random actions.

use cosmwasm_std::{HexBinary, Uint128};
use muster_schema::causes::{
    CoinTerms, Document, ForfeitsTo, Gate, NewAction, Schedule, StakeRule, StakeTerms, Unit,
};

use super::pledges::issuer;
use super::{MIN, Random, STAKE};
use crate::common::*;
use crate::issuer::no_gate;

pub(super) fn some_action(s: &mut Suite, r: &mut Random) -> NewAction {
    if r.below(4) == 0 {
        of_coins(s, r)
    } else {
        of_people(s, r)
    }
}

fn scheduled(s: &Suite, r: &mut Random) -> NewAction {
    let close = s.now() + 60 + r.below(240);
    let schedule = match r.below(4) {
        0 => Schedule::Rolling {
            pledge_until: close,
        },
        1 => Schedule::AtTrigger {
            hold: 5 + r.below(40),
            pledge_until: Some(close),
        },
        2 => Schedule::AtTrigger {
            hold: 5 + r.below(40),
            pledge_until: None,
        },
        _ => Schedule::AtClose {
            pledge_until: close,
        },
    };
    let lock = if schedule.pledge_until().is_some() {
        r.below(30)
    } else {
        0
    };
    an_action()
        .goal(1 + r.below(5) as u32)
        .schedule(schedule)
        .lock(lock)
}

fn some_denom(r: &mut Random) -> &'static str {
    if r.below(2) == 0 { DENOM } else { EURO }
}

pub(super) fn of_coins(s: &mut Suite, r: &mut Random) -> NewAction {
    let mut action = scheduled(s, r);
    let terms = CoinTerms {
        denom: some_denom(r).into(),
        min: Uint128::new(MIN),
        beneficiary: s.who("farmer").into(),
        release: None,
        document: (r.below(3) == 0).then(|| some_document(s, r)),
    };
    action.unit = Some(Unit::Coins(terms));
    (action.act_window, action.report_window) = (0, 0);
    let mut action = maybe_gated(s, r, action);
    if action.max.is_none() && action.schedule.pledge_until().is_some() && r.below(2) == 0 {
        action.max = Some(action.goal + r.below(9) as u32);
        action.lock = action.lock.max(20);
    }
    action
}

pub(super) fn of_people(s: &mut Suite, r: &mut Random) -> NewAction {
    let mut action = scheduled(s, r);
    action.act_window = 20 + r.below(60);
    action.report_window = 10 + r.below(30);
    let attested = r.below(2) == 0;
    if attested {
        action = action.attested(s, &["j1", "j2", "j3"], 2);
    }
    let to = match r.below(3) {
        0 if attested => ForfeitsTo::Cooperators {},
        1 => ForfeitsTo::Address {
            address: s.who("charity").to_string(),
        },
        _ => ForfeitsTo::Everybody {},
    };
    let action = maybe_gated(s, r, action);
    match r.below(4) {
        0 if action.max.is_none() => action,
        n => {
            let rule = if n == 1 {
                StakeRule::Required
            } else {
                StakeRule::Optional
            };
            let stake = StakeTerms {
                rule,
                coin: cosmwasm_std::coin(STAKE, some_denom(r)),
            };
            NewAction {
                stake: Some(stake),
                forfeits_to: Some(to),
                ..action
            }
        }
    }
}

/// The same with a stake of that rule.
pub(super) fn with_stake(action: NewAction, rule: StakeRule) -> NewAction {
    let coin = match &action.stake {
        Some(stake) => stake.coin.clone(),
        None => cosmwasm_std::coin(STAKE, DENOM),
    };
    let to = action.forfeits_to.clone();
    NewAction {
        stake: Some(StakeTerms { rule, coin }),
        forfeits_to: Some(to.unwrap_or(ForfeitsTo::Everybody {})),
        ..action
    }
}

/// What institutions agreed on.
fn some_document(s: &mut Suite, r: &mut Random) -> Document {
    Document {
        uri: "https://example.org/agreement".into(),
        sha256: HexBinary::from([9; 32]),
        bps: 1 + r.below(2_000) as u16,
        recipient: s.who("institute").to_string(),
    }
}

/// Every fifth action has a gate, and some of those a cap.
fn maybe_gated(s: &mut Suite, r: &mut Random, mut action: NewAction) -> NewAction {
    let listed = |s: &mut Suite, n: u64| (0..n).map(|i| s.who(&format!("p{i}")).into()).collect();
    let gate = match r.below(24) {
        0 => {
            action.goal = action.goal.min(4);
            let list = listed(s, 4 + r.below(7));
            Gate { list, ..no_gate() }
        }
        1 => Gate {
            least_kept: Some(1 + r.below(2) as u32),
            ..no_gate()
        },
        3 | 4 => issuer().gate(),
        2 => {
            action.goal = 1;
            let list = listed(s, 1);
            Gate { list, ..no_gate() }
        }
        _ => return action,
    };
    action.gate = Some(gate);
    if action.schedule.pledge_until().is_some() && r.below(2) == 0 {
        action.max = Some(action.goal + r.below(4) as u32);
        action.lock = action.lock.max(20);
    }
    action
}
