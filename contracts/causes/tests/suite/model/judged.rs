//! Challenged check-ins, and answers about actions as a whole, in the random histories.

use muster_schema::causes::{
    Answer, Electorate, ExecuteMsg, ForfeitsTo, Fulfilment, NewAction, OutcomeBy, OutcomeTerms,
    StakeRule,
};

use muster_schema::layout::verdict::{Question, Status};

use super::reference::Reference;
use super::{Random, answered, deposit};
use crate::common::*;
use crate::stand_in::{FEE, JURY, Says, challengeable, vote};

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
    match r.below(10) {
        0..=2 if required => challenged(s, r, model, action),
        3 | 4 => deposit::some(s, r, model, action),
        5 => {
            let outcome = attested(s, r);
            together(s, action, outcome)
        }
        6 => {
            let outcome = voted(s, r, model);
            together(s, action, outcome)
        }
        // Nothing that is paid depends on it.
        7 => NewAction {
            outcome: Some(attested(s, r)),
            ..action
        },
        _ => action,
    }
}

/// By named attestors.
pub(super) fn attested(s: &mut Suite, r: &mut Random) -> OutcomeTerms {
    let attestors = ["j1", "j2", "j3"].map(|j| s.who(j).to_string()).to_vec();
    let by = OutcomeBy::Attested {
        attestors,
        quorum: 2,
    };
    OutcomeTerms {
        by,
        judge_window: Some(10 + r.below(60)),
        deposit: None,
    }
}

/// By a jury.
pub(super) fn voted(s: &mut Suite, r: &mut Random, model: &mut Reference) -> OutcomeTerms {
    let verdict = model.verdict.get_or_insert_with(|| s.verdict()).clone();
    OutcomeTerms {
        judge_window: Some(20 + r.below(60)),
        ..vote(&verdict, JURY).expect("a vote")
    }
}

/// All stakes stand or fall together.
fn together(s: &mut Suite, action: NewAction, outcome: OutcomeTerms) -> NewAction {
    let address = s.who("charity").to_string();
    NewAction {
        fulfilment: Fulfilment::Collective {},
        forfeits_to: action
            .stake
            .is_some()
            .then_some(ForfeitsTo::Address { address }),
        outcome: Some(outcome),
        ..action
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

/// A verdict is asked about an action as a whole: mostly in time, and mostly those whom it names.
pub(super) fn ask(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let now = s.now();
    let early = r.below(8) == 0;
    let mut all = (1..).zip(&model.actions);
    let Some((action, _)) = all.find(|(_, a)| a.is_askable(now, early)) else {
        return false;
    };
    let verdict = model.verdict.clone().expect("it judges");
    if early {
        // An answer to what was asked too early is none.
        s.answers(&verdict, action, None, now - START, Answer::Yes);
        model.answer_whole(now, action, Answer::Unresolved);
        return true;
    }
    let others = r.below(8) == 0;
    let edit: fn(&mut Question) = |q| q.electorate = Electorate::Community { id: 7 };
    let says = Says {
        status: Status::Asked,
        asked_at: now,
        final_at: 0,
        edit: if others { edit } else { |_| {} },
    };
    s.says(&verdict, action, None, says);
    if !others {
        model.ask_whole(now, action);
    }
    true
}

/// A verdict answers about a challenge, an action as a whole, or a tranche.
pub(super) fn answer(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let answer = some_answer(r);
    match r.below(3) {
        0 => answered::step(s, r, model),
        1 => {
            let asked = model.asked();
            if asked.is_empty() {
                return false;
            }
            let (action, asked_at) = *r.one_of(&asked);
            answer_whole(s, model, action, asked_at, answer);
            true
        }
        _ => {
            let pending = model.pending();
            if pending.is_empty() {
                return false;
            }
            let (action, name) = r.one_of(&pending).clone();
            answer_one(s, model, action, &name, answer);
            true
        }
    }
}

fn answer_whole(s: &mut Suite, model: &mut Reference, action: u64, asked_at: u64, answer: Answer) {
    if let Some(verdict) = model.verdict.clone() {
        s.answers(&verdict, action, None, asked_at - START, answer);
        model.answer_whole(s.now(), action, answer);
    }
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
    for (action, asked_at) in model.asked() {
        let answer = some_answer(r);
        answer_whole(s, model, action, asked_at, answer);
    }
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
