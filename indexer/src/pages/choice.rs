//! The choice between alternatives on a cause's page: proposals, and the standings once it fell.

use muster_schema::causes::NewAction;
use muster_schema::causes::limits::SECONDERS;

use super::format::{Moment, number, short};
use crate::read::types::{Alternative, Cause, Deliberation};

/// Proposals, ballots and what they come to.
pub(super) struct ChoiceView {
    pub(super) until: Moment,
    pub(super) ballots: String,
    /// Proposals are made until then, as long as they are.
    pub(super) proposing: Option<Moment>,
    pub(super) places: u8,
    pub(super) is_over: bool,
    pub(super) cancelled: bool,
    pub(super) rows: Vec<RowView>,
    /// How the ballots came to it.
    pub(super) formula: Vec<String>,
    pub(super) proposals: Vec<ProposalView>,
}

/// An alternative with its sums.
pub(super) struct RowView {
    pub(super) action: u64,
    pub(super) label: String,
    pub(super) score: String,
    pub(super) fives: String,
    pub(super) chosen: bool,
}

/// A proposal with its seconders.
pub(super) struct ProposalView {
    pub(super) number: u32,
    pub(super) label: String,
    pub(super) description: String,
    pub(super) person: String,
    pub(super) short: String,
    pub(super) seconders: String,
    pub(super) action: Option<u64>,
}

impl ChoiceView {
    /// `None` where the cause has no alternatives. `now`: the time of the answer's block.
    pub(super) fn new(c: &Cause, now: u64) -> Option<Self> {
        let d = c.deliberation.as_ref()?;
        let label = |id: u64| {
            let action = c.actions.iter().find(|a| a.id == id);
            action.map_or_else(|| format!("action {id}"), |a| a.label.clone())
        };
        let rows = d.alternatives.iter().map(|a| RowView {
            action: a.action,
            label: label(a.action),
            score: number(a.score),
            fives: number(a.fives),
            chosen: d.chosen == Some(a.action),
        });
        let proposals = d.proposals.iter().map(|p| ProposalView {
            number: p.proposal,
            label: p.label.clone(),
            description: serde_json::from_str::<NewAction>(&p.definition)
                .map_or_else(|_| String::new(), |action| action.description),
            short: short(&p.person),
            person: p.person.clone(),
            seconders: format!("{} of {SECONDERS}", p.seconders.min(SECONDERS.into())),
            action: p.action,
        });
        let proposing = d.propose_until.filter(|until| now < *until && !c.cancelled);
        Some(Self {
            until: Moment::new(d.score_until),
            ballots: number(d.ballots),
            proposing: proposing.map(Moment::new),
            places: d.places_left,
            is_over: d.chosen.is_some(),
            cancelled: c.cancelled,
            rows: rows.collect(),
            formula: formula(d, label),
            proposals: proposals.collect(),
        })
    }
}

/// How the ballots came to what was chosen, with the numbers.
fn formula(d: &Deliberation, label: impl Fn(u64) -> String) -> Vec<String> {
    let Some(chosen) = d.chosen else {
        return vec![];
    };
    let winner = label(chosen);
    if d.ballots == 0 {
        return vec![format!(
            "Nobody scored, so every sum ties at nought, and the first alternative has it: {winner}."
        )];
    }
    let Some(rival) = d.runner_up else {
        return vec![format!("It was the only one: {winner}.")];
    };
    let place = |id| d.alternatives.iter().position(|a| a.action == id);
    let of = |id| place(id).and_then(|i| d.alternatives.get(i));
    let (Some(won), Some(lost), Some(i)) = (of(chosen), of(rival), place(rival)) else {
        return vec![];
    };
    let loser = label(rival);
    let first = format!(
        "Into the runoff went the two with the highest sums: {winner} with {}, {loser} with {}.",
        number(won.score),
        number(lost.score)
    );
    vec![first, runoff(won, lost, i, &winner, &loser)]
}

fn runoff(won: &Alternative, lost: &Alternative, i: usize, winner: &str, loser: &str) -> String {
    let margin = won.margins.get(i).copied().unwrap_or(0);
    if margin > 0 {
        let more = margin.unsigned_abs();
        let ballots = if more == 1 { "ballot" } else { "ballots" };
        return format!(
            "There {} {ballots} more scored {winner} higher than {loser} than the other way round.",
            number(more)
        );
    }
    let by = if won.score == lost.score && won.fives == lost.fives {
        "and their sums and fives are the same, so the earlier one has it"
    } else if won.score == lost.score {
        "and their sums are the same, so the one with more fives has it"
    } else {
        "so the one with the higher sum has it"
    };
    format!("There as many ballots prefer {winner} as {loser}, {by}: {winner}.")
}
