//! What is judged of an action.

use muster_schema::causes::{Fulfilment, judging};

use crate::read::types::{Deposits, Judging, VoteClass};
use crate::views::deposit::ClassRow;
use crate::views::live::Live;
use crate::views::rows::amount;

/// What is judged of it, if anything is beyond each person's own report.
pub(super) fn judging(live: &Live, now: u64) -> Option<Judging> {
    let s = &live.state;
    let terms = s.terms.outcome.as_ref();
    let (challenges, challenge_window) = match &s.terms.fulfilment {
        Fulfilment::Challengeable { judge, window } => (Some(judge.clone()), Some(*window)),
        _ => (None, None),
    };
    if terms.is_none() && challenges.is_none() {
        return None;
    }
    let windows = live.windows(now);
    let judge_from = windows.map(|w| w.judge_from);
    let after = |seconds: u64| judge_from.map(|from| from.saturating_add(seconds));
    let judge_window = terms.map(judging::judge_window).filter(|w| *w > 0);
    Some(Judging {
        judge_from,
        pays_from: live.pays_from(now),
        challenge_until: windows
            .filter(|_| challenges.is_some())
            .map(|w| w.stakes_from),
        challenges,
        challenge_window,
        outcome: terms.map(|t| t.by.clone()),
        of: s.answer_of,
        judge_by: judge_window.and_then(after),
        judge_window,
        answer_by: terms.and_then(|_| after(s.judged().answer_window)),
        answer_window: terms.map(|_| s.judged().answer_window),
        said: s.said.clone(),
        answer: s.answer.map(|(answer, _)| answer),
        deposits: terms.and_then(|t| t.deposit.clone()).map(|each| Deposits {
            each,
            settled: s.deposits.settled,
            own: s.deposits.own,
            classes: s.deposits.classes.iter().map(class).collect(),
            remainder: amount(&s.deposits.remainder),
            rewards: amount(&s.deposits.rewards),
        }),
    })
}

fn class(row: &ClassRow) -> VoteClass {
    VoteClass {
        kind: row.kind.clone(),
        count: row.count,
        gain: amount(&row.gain),
        loss: amount(&row.loss),
    }
}
