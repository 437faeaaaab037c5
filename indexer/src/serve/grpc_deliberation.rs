//! Alternatives, proposals and ballots as gRPC has them.

use super::grpc::pb;
use crate::read::types as read;

impl From<read::Deliberation> for pb::Deliberation {
    fn from(d: read::Deliberation) -> Self {
        let alternative = |a: read::Alternative| pb::Alternative {
            action: a.action,
            score: a.score,
            fives: a.fives,
            margins: a.margins,
        };
        let proposal = |p: read::Proposal| pb::Proposal {
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
            places_left: d.places_left.into(),
            score_until: d.score_until,
            ballots: d.ballots,
            chosen: d.chosen,
            runner_up: d.runner_up,
            proposals: d.proposals.into_iter().map(proposal).collect(),
        }
    }
}

impl From<read::Ballot> for pb::Ballot {
    fn from(b: read::Ballot) -> Self {
        Self {
            cause: b.cause,
            scores: b.scores.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<read::Seconded> for pb::Seconded {
    fn from(s: read::Seconded) -> Self {
        Self {
            cause: s.cause,
            proposal: s.proposal,
        }
    }
}
