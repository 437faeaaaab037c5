//! Alternatives, proposals and ballots in JSON, filled from the read model.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::read::types as read;

/// The choice between alternatives: by STAR vote, scores and then a runoff.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Deliberation {
    /// In the order of a ballot.
    pub alternatives: Vec<Alternative>,
    /// Members propose until then, Unix seconds; null where they don't.
    pub propose_until: Option<u64>,
    /// How many proposals may still become alternatives.
    pub places_left: u8,
    /// Members score until then, Unix seconds.
    pub score_until: u64,
    /// Ballots that stand.
    pub ballots: u32,
    /// The action that was chosen.
    pub chosen: Option<u64>,
    /// The one that it had in the runoff against it.
    pub runner_up: Option<u64>,
    /// The most seconded first, at most twenty.
    pub proposals: Vec<Proposal>,
}

/// One of several alternatives.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Alternative {
    /// Its action.
    pub action: u64,
    /// The sum of its scores.
    pub score: u64,
    /// Ballots that give it five.
    pub fives: u32,
    /// For each alternative: ballots that prefer this one, less those that prefer it.
    pub margins: Vec<i32>,
}

/// A proposed alternative.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Proposal {
    /// Its number in the cause.
    pub proposal: u32,
    /// Whose it is.
    pub person: String,
    /// Shown on its counter.
    pub label: String,
    /// The whole action: the JSON of the message.
    pub definition: String,
    /// How many second it.
    pub seconders: u32,
    /// The action that it has become.
    pub action: Option<u64>,
    /// When, Unix seconds.
    pub time: u64,
}

/// A person's scores.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Ballot {
    /// The cause.
    pub cause: u64,
    /// 0–5 for each alternative, in their order.
    pub scores: Vec<u32>,
}

/// A proposal that a person seconds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Seconded {
    /// The cause.
    pub cause: u64,
    /// The proposal's number in it.
    pub proposal: u32,
}

impl From<read::Deliberation> for Deliberation {
    fn from(d: read::Deliberation) -> Self {
        let alternative = |a: read::Alternative| Alternative {
            action: a.action,
            score: a.score,
            fives: a.fives,
            margins: a.margins,
        };
        let proposal = |p: read::Proposal| Proposal {
            proposal: p.proposal,
            person: p.person,
            label: p.label,
            definition: p.definition,
            seconders: p.seconders,
            action: p.action,
            time: p.time,
        };
        Self {
            alternatives: d.alternatives.into_iter().map(alternative).collect(),
            propose_until: d.propose_until,
            places_left: d.places_left,
            score_until: d.score_until,
            ballots: d.ballots,
            chosen: d.chosen,
            runner_up: d.runner_up,
            proposals: d.proposals.into_iter().map(proposal).collect(),
        }
    }
}

impl From<read::Ballot> for Ballot {
    fn from(b: read::Ballot) -> Self {
        Self {
            cause: b.cause,
            scores: b.scores.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<read::Seconded> for Seconded {
    fn from(s: read::Seconded) -> Self {
        Self {
            cause: s.cause,
            proposal: s.proposal,
        }
    }
}
