//! What is judged of an action, in JSON and in gRPC.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::grpc::pb;
use super::types::Coin;
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
    /// Where deposits stand behind the vote.
    pub deposits: Option<Deposits>,
}

/// Deposits behind a vote. Amounts are in the denom of `each`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Deposits {
    /// One person's, with every pledge.
    pub each: Coin,
    /// Whether an answer has decided on those of the bound.
    pub settled: bool,
    /// Of those, the ones that go back whole and didn't yet.
    pub own: u32,
    /// What the answer made of the others.
    pub classes: Vec<VoteClass>,
    /// What of the losses the campaign fund got.
    pub remainder: String,
    /// What of them still waits for whoever showed a sealed ballot, or was right to appeal.
    pub rewards: String,
}

/// Those who stand alike in a vote.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct VoteClass {
    /// `yes`, `no`, `too_early`, `unanswerable`, `unopened`, `absent` or `denounced`.
    pub kind: String,
    /// How many of them weren't paid yet.
    pub count: u32,
    /// What each gains.
    pub gain: String,
    /// What each loses.
    pub loss: String,
}

impl From<read::VoteClass> for VoteClass {
    fn from(c: read::VoteClass) -> Self {
        Self {
            kind: c.kind,
            count: c.count,
            gain: c.gain.to_string(),
            loss: c.loss.to_string(),
        }
    }
}

impl From<read::Deposits> for Deposits {
    fn from(d: read::Deposits) -> Self {
        Self {
            each: d.each.into(),
            settled: d.settled,
            own: d.own,
            classes: d.classes.into_iter().map(Into::into).collect(),
            remainder: d.remainder.to_string(),
            rewards: d.rewards.to_string(),
        }
    }
}

impl From<read::VoteClass> for pb::VoteClass {
    fn from(c: read::VoteClass) -> Self {
        let kind = match c.kind.as_str() {
            "yes" => pb::VoteKind::Yes,
            "no" => pb::VoteKind::No,
            "too_early" => pb::VoteKind::TooEarly,
            "unanswerable" => pb::VoteKind::Unanswerable,
            "unopened" => pb::VoteKind::Unopened,
            "absent" => pb::VoteKind::Absent,
            "denounced" => pb::VoteKind::Denounced,
            _ => pb::VoteKind::Unspecified,
        };
        Self {
            kind: kind.into(),
            count: c.count,
            gain: c.gain.to_string(),
            loss: c.loss.to_string(),
        }
    }
}

impl From<read::Deposits> for pb::Deposits {
    fn from(d: read::Deposits) -> Self {
        Self {
            each: Some(d.each.into()),
            settled: d.settled,
            own: d.own,
            classes: d.classes.into_iter().map(Into::into).collect(),
            remainder: d.remainder.to_string(),
            rewards: d.rewards.to_string(),
        }
    }
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
            deposits: j.deposits.map(Into::into),
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
            deposits: j.deposits.map(Into::into),
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
