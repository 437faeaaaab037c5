//! Challenged check-ins, and answers about actions as a whole, in the random histories.

use muster_schema::causes::{
    Answer, ExecuteMsg, ForfeitsTo, Fulfilment, NewAction, OutcomeBy, OutcomeTerms, StakeRule,
};

use super::reference::Reference;
use super::{Random, answered, deposit};
use crate::common::*;
use crate::stand_in::{FEE, challengeable};

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
    match r.below(8) {
        0..=2 if required && !s.is_recorded() => challenged(s, r, model, action),
        3 | 4 if !s.is_recorded() => deposit::some(s, r, model, action),
        5 => {
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

/// Its check-ins can be challenged.
pub(super) fn challenged(
    s: &mut Suite,
    r: &mut Random,
    model: &mut Reference,
    action: NewAction,
) -> NewAction {
    let verdict = model.verdict.get_or_insert_with(|| s.verdict()).clone();
    let action = challengeable(action, &verdict, 20 + r.below(80));
    match action.forfeits_to {
        Some(ForfeitsTo::Cooperators {}) | None => NewAction {
            forfeits_to: Some(ForfeitsTo::Everybody {}),
            ..action
        },
        _ => action,
    }
}

/// An attestor's word about an action as a whole.
pub(super) fn word(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let now = s.now();
    let Some(action) = model.action_for(r, |a| a.takes_word(now)) else {
        return false;
    };
    // Mostly of one mind, or no quorum would ever agree.
    let usual = [Answer::Yes, Answer::Yes, Answer::No, Answer::Unresolved][action as usize % 4];
    let judge = r.judge();
    let answer = if r.below(4) > 0 {
        usual
    } else {
        some_answer(r)
    };
    let msg = ExecuteMsg::AttestOutcome { action, answer };
    let taken = s.send(&judge, msg).is_ok();
    if taken {
        model.attest_outcome(s.now(), action, &judge, answer);
    }
    taken
}

pub(super) fn challenge(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let now = s.now();
    let Some(verdict) = model.verdict.clone() else {
        return false;
    };
    let Some((action, name)) = model.pledge_for(r, |a, p| a.challenges(now, p)) else {
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

/// The verdict answers about a challenge, or a tranche.
pub(super) fn answer(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    if r.below(2) == 0 {
        return answered::step(s, r, model);
    }
    let pending = model.pending();
    if pending.is_empty() {
        return false;
    }
    let (action, name) = r.one_of(&pending).clone();
    let answer = some_answer(r);
    answer_one(s, model, action, &name, answer);
    true
}

/// Yes or No more often than that nobody knows.
pub(super) fn some_answer(r: &mut Random) -> Answer {
    *r.one_of(&[
        Answer::Yes,
        Answer::Yes,
        Answer::No,
        Answer::No,
        Answer::Unresolved,
    ])
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
        let answer = some_answer(r);
        answer_one(s, model, action, &name, answer);
    }
}

/// What the challenger gets of a fallen stake.
pub(super) fn reward(stake: u128, denom: &str) -> u128 {
    let fee = if denom == DENOM { FEE } else { 0 };
    stake / 4 + fee.min(stake / 2)
}
