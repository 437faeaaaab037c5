//! What is judged of an action, in JSON and in gRPC.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::grpc::pb;
use crate::read::types as read;

/// What is judged of an action beyond each person's own report.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Judging {
    /// When reporting ends and judging begins. Unix seconds, as all moments here.
    pub judge_from: Option<u64>,
    /// From when claims are paid at the latest.
    pub pays_from: Option<u64>,
    /// Who judges challenged check-ins.
    pub challenges: Option<Judge>,
    /// Until when check-ins can be challenged.
    pub challenge_until: Option<u64>,
    /// Seconds after the report window in which they can.
    pub challenge_window: Option<u64>,
    /// Who says whether the action as a whole succeeded: `vote`, `attested`, `of` or null.
    pub outcome_by: Option<String>,
    /// Of `vote`.
    pub judge: Option<Judge>,
    /// Of `attested`.
    pub attestors: Vec<String>,
    /// Of `attested`: how many must agree; 0 otherwise.
    pub quorum: u8,
    /// Of `of`: the action whose answer counts.
    pub of: Option<u64>,
    /// Until when the question can be asked, or attestors are heard.
    pub judge_by: Option<u64>,
    /// Seconds after the report window in which it can.
    pub judge_window: Option<u64>,
    /// From when a missing answer is Unresolved.
    pub answer_by: Option<u64>,
    /// Seconds after the report window until then.
    pub answer_window: Option<u64>,
    /// What attestors said.
    pub said: Vec<Said>,
    /// `yes`, `no`, `unresolved` or null.
    pub answer: Option<String>,
}

/// A verdict contract and whom it asks.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Judge {
    /// The contract.
    pub verdict: String,
    /// `pledgers`, `community` or `jury`.
    pub electorate: String,
    /// Of `community` and `jury`.
    pub community: Option<u64>,
    /// Of `jury`.
    pub size: Option<u32>,
}

/// An attestor's word about an action as a whole.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Said {
    /// Who.
    pub attestor: String,
    /// `yes`, `no` or `unresolved`.
    pub answer: String,
}

impl From<read::Judge> for Judge {
    fn from(j: read::Judge) -> Self {
        let (electorate, community, size) = match j.electorate {
            read::Electorate::Pledgers {} => ("pledgers", None, None),
            read::Electorate::Community { id } => ("community", Some(id), None),
            read::Electorate::Jury { size, community } => ("jury", Some(community), Some(size)),
        };
        Self {
            verdict: j.verdict,
            electorate: electorate.into(),
            community,
            size,
        }
    }
}

impl From<read::Judging> for Judging {
    fn from(j: read::Judging) -> Self {
        let (outcome_by, judge, attestors, quorum) = match j.outcome {
            None => (None, None, vec![], 0),
            Some(read::OutcomeBy::Vote(judge)) => (Some("vote"), Some(judge.into()), vec![], 0),
            Some(read::OutcomeBy::Attested { attestors, quorum }) => {
                (Some("attested"), None, attestors, quorum)
            }
            Some(read::OutcomeBy::Of(_)) => (Some("of"), None, vec![], 0),
        };
        let said = j.said.into_iter().map(|(attestor, answer)| Said {
            attestor,
            answer: answer.as_str().into(),
        });
        Self {
            judge_from: j.judge_from,
            pays_from: j.pays_from,
            challenges: j.challenges.map(Into::into),
            challenge_until: j.challenge_until,
            challenge_window: j.challenge_window,
            outcome_by: outcome_by.map(Into::into),
            judge,
            attestors,
            quorum,
            of: j.of,
            judge_by: j.judge_by,
            judge_window: j.judge_window,
            answer_by: j.answer_by,
            answer_window: j.answer_window,
            said: said.collect(),
            answer: j.answer.map(|a| a.as_str().into()),
        }
    }
}

const fn answer(answer: read::Answer) -> pb::Answer {
    match answer {
        read::Answer::Yes => pb::Answer::Yes,
        read::Answer::No => pb::Answer::No,
        read::Answer::Unresolved => pb::Answer::Unresolved,
    }
}

impl From<read::Judge> for pb::Judge {
    fn from(j: read::Judge) -> Self {
        let (electorate, community, size) = match j.electorate {
            read::Electorate::Pledgers {} => (pb::Electorate::Pledgers, None, None),
            read::Electorate::Community { id } => (pb::Electorate::Community, Some(id), None),
            read::Electorate::Jury { size, community } => {
                (pb::Electorate::Jury, Some(community), Some(size))
            }
        };
        Self {
            verdict: j.verdict,
            electorate: electorate.into(),
            community,
            size,
        }
    }
}

impl From<read::Judging> for pb::Judging {
    fn from(j: read::Judging) -> Self {
        let (outcome_by, judge, attestors, quorum) = match j.outcome {
            None => (pb::JudgedBy::Unspecified, None, vec![], 0),
            Some(read::OutcomeBy::Vote(judge)) => {
                (pb::JudgedBy::Vote, Some(judge.into()), vec![], 0)
            }
            Some(read::OutcomeBy::Attested { attestors, quorum }) => {
                (pb::JudgedBy::Attested, None, attestors, quorum)
            }
            Some(read::OutcomeBy::Of(_)) => (pb::JudgedBy::Of, None, vec![], 0),
        };
        let said = j.said.into_iter().map(|(attestor, said)| pb::OutcomeWord {
            attestor,
            answer: answer(said).into(),
        });
        Self {
            judge_from: j.judge_from,
            pays_from: j.pays_from,
            challenges: j.challenges.map(Into::into),
            challenge_until: j.challenge_until,
            challenge_window: j.challenge_window,
            outcome_by: outcome_by.into(),
            judge,
            attestors,
            quorum: quorum.into(),
            of: j.of,
            judge_by: j.judge_by,
            judge_window: j.judge_window,
            answer_by: j.answer_by,
            answer_window: j.answer_window,
            said: said.collect(),
            answer: j.answer.map_or(pb::Answer::Unspecified, answer).into(),
        }
    }
}

/// The challenge of a check-in.
pub(super) const fn challenge(status: Option<read::ChallengeStatus>) -> pb::ChallengeStatus {
    match status {
        None => pb::ChallengeStatus::Unspecified,
        Some(read::ChallengeStatus::Pending) => pb::ChallengeStatus::Pending,
        Some(read::ChallengeStatus::Stands) => pb::ChallengeStatus::Stands,
        Some(read::ChallengeStatus::Fell) => pb::ChallengeStatus::Fell,
    }
}
