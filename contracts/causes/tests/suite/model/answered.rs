//! Coins that an answer releases, in the random histories: by attestors on success, or in tranches.

use muster_schema::causes::{Answer, NewAction, OutcomeBy, OutcomeTerms, ReleaseTerms, Unit};
use muster_schema::layout::Layout;
use muster_schema::layout::verdict::{Part, Question, Status};

use super::Random;
use super::reference::Reference;
use crate::common::*;
use crate::stand_in::{JURY, vote};

/// Every third action in coins is released by attestors' answer, and every third in tranches.
pub(super) fn maybe(
    s: &mut Suite,
    r: &mut Random,
    model: &mut Reference,
    mut action: NewAction,
) -> NewAction {
    let judge_window = Some(10 + r.below(60));
    let (release, outcome) = match r.below(3) {
        0 => {
            let attestors = ["j1", "j2", "j3"].map(|j| s.who(j).to_string()).to_vec();
            let by = OutcomeBy::Attested {
                attestors,
                quorum: 2,
            };
            (
                ReleaseTerms::OnSuccess {},
                OutcomeTerms {
                    by,
                    judge_window,
                    deposit: None,
                },
            )
        }
        1 if !s.is_recorded() => {
            let verdict = model.verdict.get_or_insert_with(|| s.verdict()).clone();
            let first = 1 + r.below(9_000) as u16;
            let second = 1 + r.below(u64::from(9_999 - first)) as u16;
            let parts = vec![first, second, 10_000 - first - second];
            let by = vote(&verdict, JURY).expect("a vote").by;
            (
                ReleaseTerms::Tranches { parts },
                OutcomeTerms {
                    by,
                    judge_window,
                    deposit: None,
                },
            )
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
