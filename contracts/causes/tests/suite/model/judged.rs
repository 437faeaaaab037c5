//! Challenged check-ins, and answers about actions as a whole, in the random histories.

use muster_schema::causes::{
    Answer, ExecuteMsg, ForfeitsTo, Fulfilment, NewAction, OutcomeBy, OutcomeTerms, StakeRule,
};

use super::reference::Reference;
use super::{ACTORS, Random, answered};
use crate::common::*;
use crate::stand_in::{FEE, challengeable};

const ANSWERS: [Answer; 3] = [Answer::Yes, Answer::No, Answer::Unresolved];

/// Every third action is judged by others where it can be.
pub(super) fn maybe(
    s: &mut Suite,
    r: &mut Random,
    model: &mut Reference,
    action: NewAction,
) -> NewAction {
    if action.unit.is_some() {
        return answered::maybe(s, r, model, action);
    }
    let required = action
        .stake
        .as_ref()
        .is_some_and(|stake| stake.rule == StakeRule::Required);
    match r.below(6) {
        0 | 1 if required && !s.is_recorded() => {
            let verdict = model.verdict.get_or_insert_with(|| s.verdict()).clone();
            challengeable(action, &verdict, 10 + r.below(60))
        }
        2 => {
            let address = s.who("charity").to_string();
            let attestors = ["j1", "j2", "j3"].map(|j| s.who(j).to_string()).to_vec();
            let by = OutcomeBy::Attested {
                attestors,
                quorum: 2,
            };
            let judge_window = Some(10 + r.below(60));
            NewAction {
                fulfilment: Fulfilment::Collective {},
                forfeits_to: action
                    .stake
                    .is_some()
                    .then_some(ForfeitsTo::Address { address }),
                outcome: Some(OutcomeTerms {
                    by,
                    judge_window,
                    deposit: None,
                }),
                ..action
            }
        }
        _ => action,
    }
}

/// An attestor's word, a challenge, or an answer to one.
pub(super) fn step(s: &mut Suite, r: &mut Random, model: &mut Reference, action: u64) -> bool {
    let name = format!("p{}", r.below(ACTORS as u64));
    let answer = ANSWERS[r.below(5).min(2) as usize];
    match r.below(5) {
        4 => answered::step(s, r, model),
        0 | 1 => {
            let judge = format!("j{}", 1 + r.below(3));
            let msg = ExecuteMsg::AttestOutcome { action, answer };
            let taken = s.send(&judge, msg).is_ok();
            if taken {
                model.attest_outcome(s.now(), action, &judge, answer);
            }
            taken
        }
        2 => {
            let Some(verdict) = model.verdict.clone() else {
                return false;
            };
            if model.is_challenged(action, &name) {
                assert!(s.challenge(&name, action, &name).is_err(), "twice");
                return false;
            }
            s.asks(&verdict, action, Some(&name));
            let taken = s.challenge(&name, action, &name).is_ok();
            if taken {
                model.challenge(s.now(), action, &name);
            }
            taken
        }
        _ => {
            let pending = model.pending();
            if pending.is_empty() {
                return false;
            }
            let (action, name) = pending[r.below(pending.len() as u64) as usize].clone();
            answer_one(s, model, action, &name, answer);
            true
        }
    }
}

fn answer_one(s: &mut Suite, model: &mut Reference, action: u64, name: &str, answer: Answer) {
    if let Some(verdict) = model.verdict.clone() {
        let now = s.now() - START;
        s.answers(&verdict, action, Some(name), now, answer);
        model.answer_challenge(action, name, answer);
    }
}

/// Answers whatever still waits, so that everything can be claimed.
pub(super) fn finish(s: &mut Suite, r: &mut Random, model: &mut Reference) {
    for (action, name) in model.pending() {
        let answer = ANSWERS[r.below(3) as usize];
        answer_one(s, model, action, &name, answer);
    }
}

/// What the challenger gets of a fallen stake.
pub(super) fn reward(stake: u128, denom: &str) -> u128 {
    let fee = if denom == DENOM { FEE } else { 0 };
    stake / 4 + fee.min(stake / 2)
}
