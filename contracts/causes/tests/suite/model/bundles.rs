//! Bundles in the histories: all actions of a cause in one message.

use cosmwasm_std::{Coin, coin};
use muster_schema::causes::{ExecuteMsg, Fulfilment, NewAction, StakeRule};

use super::reference::Reference;
use super::{Random, STAKE};
use crate::common::*;

/// Makes a bundle of actions: open to everybody, with stakes that all give or nobody; without any it
/// can be signed.
pub(super) fn fit(r: &mut Random, actions: &mut [NewAction]) {
    let signable = r.below(2) == 0;
    for action in actions {
        (action.gate, action.max) = (None, None);
        let deposit = action.outcome.as_ref().and_then(|o| o.deposit.as_ref());
        if deposit.is_some() {
            action.outcome = None;
            if action.fulfilment == (Fulfilment::Collective {}) {
                action.fulfilment = Fulfilment::Honor {};
            }
        }
        if signable {
            (action.stake, action.forfeits_to) = (None, None);
            if matches!(action.fulfilment, Fulfilment::Challengeable { .. }) {
                action.fulfilment = Fulfilment::Honor {};
            }
        }
        if let Some(stake) = &mut action.stake {
            stake.rule = StakeRule::Required;
        }
    }
}

pub(super) fn pledge(
    s: &mut Suite,
    r: &mut Random,
    model: &mut Reference,
    action: u64,
    name: &str,
) -> bool {
    let all = model.beside(action);
    let needs_others: Vec<u32> = all.iter().map(|_| r.below(6) as u32).collect();
    let denoms: Vec<Option<String>> = all
        .iter()
        .map(|id| model.actions[*id as usize - 1].denom.clone())
        .collect();
    let sum = |denom: &str| denoms.iter().flatten().filter(|d| *d == denom).count() as u128;
    let funds: Vec<Coin> = [EURO, DENOM]
        .into_iter()
        .filter(|denom| sum(denom) > 0)
        .map(|denom| coin(sum(denom) * STAKE, denom))
        .collect();
    let msg = ExecuteMsg::PledgeBundle {
        cause: model.actions[action as usize - 1].cause,
        needs_others: needs_others.clone(),
    };
    let taken = s.send_with(name, &msg, &funds).is_ok();
    if taken {
        for ((id, needs), denom) in all.into_iter().zip(needs_others).zip(denoms) {
            model.pledge(s.now(), id, name, needs, denom.is_some());
        }
    }
    taken
}

pub(super) fn withdraw(s: &mut Suite, model: &mut Reference, action: u64, name: &str) -> bool {
    let cause = model.actions[action as usize - 1].cause;
    let taken = s.send(name, ExecuteMsg::WithdrawBundle { cause }).is_ok();
    if taken {
        for id in model.beside(action) {
            if model.has(id, name) {
                assert!(!model.is_bound(s.now(), id, name), "{name} left {id}");
                model.leave(s.now(), id, name);
            }
        }
    }
    taken
}

/// Asserts that a withdrawal from a bundle by itself, which was taken, may be.
pub(super) fn check_alone(s: &Suite, model: &mut Reference, action: u64, name: &str) {
    let now = s.now();
    let counts = model.is_open(now, action) && !model.is_gone(action, name);
    if !model.actions[action as usize - 1].bundled || !counts {
        return;
    }
    let mut all = model.beside(action).into_iter();
    assert!(
        all.any(|id| model.has(id, name) && model.is_bound(now, id, name)),
        "{name} left a bundle of which nothing is bound"
    );
}
