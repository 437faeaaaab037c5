//! Coins that an answer releases, in the random histories: by attestors on success, or in tranches.

use muster_schema::causes::{Answer, NewAction, ReleaseTerms, Unit};
use muster_schema::layout::Layout;
use muster_schema::layout::verdict::{Part, Question, Status};

use super::reference::Reference;
use super::{Random, judged};
use crate::common::*;
use crate::stand_in::JURY;

/// Half of the actions in coins are released by somebody's answer, and every fourth in tranches.
pub(super) fn maybe(
    s: &mut Suite,
    r: &mut Random,
    model: &mut Reference,
    mut action: NewAction,
) -> NewAction {
    let (release, outcome) = match r.below(4) {
        0 => (ReleaseTerms::OnSuccess {}, judged::attested(s, r)),
        1 => (ReleaseTerms::OnSuccess {}, judged::voted(s, r, model)),
        2 => {
            let first = 1 + r.below(9_000) as u16;
            let second = 1 + r.below(u64::from(9_999 - first)) as u16;
            let parts = vec![first, second, 10_000 - first - second];
            (ReleaseTerms::Tranches { parts }, judged::voted(s, r, model))
        }
        _ => return action,
    };
    if let Some(Unit::Coins(terms)) = &mut action.unit {
        terms.release = Some(release);
    }
    (action.act_window, action.report_window) = (5 + r.below(40), 10 + r.below(30));
    action.outcome = Some(outcome);
    action
}

/// An answer about a tranche that has none yet, mostly Yes.
pub(super) fn step(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let others = [Answer::Yes, Answer::Yes, Answer::No, Answer::Unresolved];
    let answer = others[r.below(4) as usize];
    let waiting = model.tranches_waiting(s.now());
    let (Some(verdict), false) = (model.verdict.clone(), waiting.is_empty()) else {
        return false;
    };
    let (action, tranche) = waiting[r.below(waiting.len() as u64) as usize];
    let question = Question {
        status: Status::Final(answer),
        asked_at: s.now(),
        final_at: s.now(),
        electorate: JURY,
        jurors_fee: 0,
        fee_denom: String::new(),
        asker: vec![1; 20],
        classes: vec![],
        round: 1,
    };
    s.put(&verdict, action, Part::Tranche(tranche), question.encode());
    model.answer_tranche(action, tranche, answer);
    true
}
