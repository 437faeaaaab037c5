//! How long what is judged can take: the one rule, for the contract and the indexer.

use muster_mechanism::schedule::Judged;

use super::action::{Fulfilment, NewAction};
use super::judged::{OutcomeBy, OutcomeTerms};
use super::limits::{JUDGE_WINDOW, VERDICT_TIME};

/// Seconds after the report window in which the question can be asked; 0 with `of`.
pub fn judge_window(terms: &OutcomeTerms) -> u64 {
    match terms.by {
        OutcomeBy::Of(_) => 0,
        _ => terms.judge_window.unwrap_or(JUDGE_WINDOW),
    }
}

/// Seconds after the report window for which an answer is awaited, but for `of`.
pub fn answer_window(terms: &OutcomeTerms) -> u64 {
    let window = judge_window(terms);
    match terms.by {
        OutcomeBy::Vote(_) => window.saturating_add(VERDICT_TIME),
        OutcomeBy::Attested { .. } | OutcomeBy::Of(_) => window,
    }
}

/// How long after people begin to act an answer is final at the latest.
pub fn ends(act_window: u64, report_window: u64, answer_window: u64) -> u64 {
    act_window
        .saturating_add(report_window)
        .saturating_add(answer_window)
}

/// What is judged of an action. `of`: with an outcome `of` another action, [`ends`] of that one. It
/// takes as long as that one, when both begin to act together; or it is Unresolved sooner.
pub fn judged(action: &NewAction, of: Option<u64>) -> Judged {
    let challenge_window = match action.fulfilment {
        Fulfilment::Challengeable { window, .. } => window,
        _ => 0,
    };
    let answer_window = match (&action.outcome, of) {
        (Some(_), Some(other)) => other
            .saturating_sub(action.act_window.saturating_add(action.report_window))
            .max(1),
        (Some(terms), None) => answer_window(terms),
        (None, _) => 0,
    };
    Judged {
        challenge_window,
        answer_window,
    }
}
