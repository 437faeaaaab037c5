//! Who judges an action, what was answered, and the challenges of check-ins.

use super::{Bytes, Layout, LayoutError};
use crate::causes::{Answer, ChallengeStatus, Electorate};

/// A verdict contract, canonical, and whom it must ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The contract.
    pub contract: Vec<u8>,
    /// Whom it must ask.
    pub electorate: Electorate,
}

/// Who answers about an action as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutcomeJudge {
    /// A verdict.
    Vote(Verdict),
    /// Attestors, canonical, and how many must agree.
    Attested {
        /// In the order of [`super::Statements`].
        attestors: Vec<Vec<u8>>,
        /// More than half of them.
        quorum: u8,
    },
    /// Whoever answers about another action.
    Of(u64),
}

/// Who judges an action; only where it is judged by others than its pledgers and their attestors.
///
/// kind u8 (bits 0–1 the outcome: 0 none, 1 vote, 2 attested, 3 of; bit 2 challenges;
/// bit 3 answers about tranches) · with an
/// outcome judge_window u64 · vote: verdict; attested: quorum u8 · number u8 · each address after its
/// length u8; of: action u64 · with challenges: verdict. A verdict: address after its length u8 ·
/// electorate (kind u8: 0 pledgers, 1 community, 2 jury · community u64 · size u32).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judges {
    /// Of the action as a whole.
    pub outcome: Option<OutcomeJudge>,
    /// Seconds after the report window in which the question must be asked.
    pub judge_window: u64,
    /// Of challenged check-ins.
    pub challenges: Option<Verdict>,
    /// Whether the outcome's judge answers about each tranche of coins, and not about the whole.
    pub tranches: bool,
}

const CHALLENGES: u8 = 4;
const TRANCHES: u8 = 8;

/// Appends an electorate.
pub(super) fn put_electorate(out: &mut Vec<u8>, electorate: Electorate) {
    let (kind, community, size) = match electorate {
        Electorate::Pledgers {} => (0, 0, 0),
        Electorate::Community { id } => (1, id, 0),
        Electorate::Jury { size, community } => (2, community, size),
    };
    out.push(kind);
    out.extend_from_slice(&community.to_be_bytes());
    out.extend_from_slice(&size.to_be_bytes());
}

/// Reads an electorate, in its one form.
pub(super) fn electorate(b: &mut Bytes<'_>) -> Result<Electorate, LayoutError> {
    let kind = b.u8()?;
    match (kind, b.u64()?, b.u32()?) {
        (0, 0, 0) => Ok(Electorate::Pledgers {}),
        (1, id, 0) => Ok(Electorate::Community { id }),
        (2, community, size) => Ok(Electorate::Jury { size, community }),
        _ => Err(b.invalid(kind)),
    }
}

fn put_prefixed(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(u8::try_from(bytes.len()).unwrap_or(u8::MAX));
    out.extend_from_slice(bytes);
}

fn put_verdict(out: &mut Vec<u8>, verdict: &Verdict) {
    put_prefixed(out, &verdict.contract);
    put_electorate(out, verdict.electorate);
}

fn verdict(b: &mut Bytes<'_>) -> Result<Verdict, LayoutError> {
    Ok(Verdict {
        contract: b.prefixed()?,
        electorate: electorate(b)?,
    })
}

impl Layout for Judges {
    const NAME: &'static str = "judges";

    fn encode(&self) -> Vec<u8> {
        let kind = match &self.outcome {
            None => 0,
            Some(OutcomeJudge::Vote(_)) => 1,
            Some(OutcomeJudge::Attested { .. }) => 2,
            Some(OutcomeJudge::Of(_)) => 3,
        };
        let challenges = self.challenges.as_ref().map_or(0, |_| CHALLENGES);
        let tranches = if self.tranches { TRANCHES } else { 0 };
        let mut out = vec![kind | challenges | tranches];
        if self.outcome.is_some() {
            out.extend_from_slice(&self.judge_window.to_be_bytes());
        }
        match &self.outcome {
            None => {}
            Some(OutcomeJudge::Vote(verdict)) => put_verdict(&mut out, verdict),
            Some(OutcomeJudge::Attested { attestors, quorum }) => {
                out.push(*quorum);
                out.push(u8::try_from(attestors.len()).unwrap_or(u8::MAX));
                attestors.iter().for_each(|a| put_prefixed(&mut out, a));
            }
            Some(OutcomeJudge::Of(action)) => out.extend_from_slice(&action.to_be_bytes()),
        }
        if let Some(verdict) = &self.challenges {
            put_verdict(&mut out, verdict);
        }
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, bytes.len());
        let kind = b.u8()?;
        if kind > 15 {
            return Err(b.invalid(kind));
        }
        let judge_window = if kind & 3 == 0 { 0 } else { b.u64()? };
        let outcome = match kind & 3 {
            0 => None,
            1 => Some(OutcomeJudge::Vote(verdict(&mut b)?)),
            2 => {
                let quorum = b.u8()?;
                let attestors = (0..b.u8()?)
                    .map(|_| b.prefixed())
                    .collect::<Result<_, _>>()?;
                Some(OutcomeJudge::Attested { attestors, quorum })
            }
            _ => Some(OutcomeJudge::Of(b.u64()?)),
        };
        let challenges = if kind & CHALLENGES == 0 {
            None
        } else {
            Some(verdict(&mut b)?)
        };
        b.end()?;
        Ok(Self {
            outcome,
            judge_window,
            challenges,
            tranches: kind & TRANCHES != 0,
        })
    }
}

/// The answer about an action as a whole, for good.
///
/// answer u8 (0 yes, 1 no, 2 unresolved) · when it was stored u64
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// What.
    pub answer: Answer,
    /// Unix seconds.
    pub at: u64,
}

const ANSWERS: [Answer; 3] = [Answer::Yes, Answer::No, Answer::Unresolved];

impl Layout for Answered {
    const NAME: &'static str = "answer";

    fn encode(&self) -> Vec<u8> {
        let mut out = vec![self.answer as u8];
        out.extend_from_slice(&self.at.to_be_bytes());
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 9);
        let code = b.u8()?;
        let answer = ANSWERS.get(usize::from(code)).copied();
        let answered = Self {
            answer: answer.ok_or_else(|| b.invalid(code))?,
            at: b.u64()?,
        };
        b.end()?;
        Ok(answered)
    }
}

/// What each attestor said of an action as a whole, in their order: one byte each (0 nothing yet, 1
/// yes, 2 no, 3 unresolved).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutcomeStatements(pub Vec<Option<Answer>>);

impl Layout for OutcomeStatements {
    const NAME: &'static str = "outcome statements";

    fn encode(&self) -> Vec<u8> {
        let code =
            |said: &Option<Answer>| said.map_or(0, |answer| (answer as u8).saturating_add(1));
        self.0.iter().map(code).collect()
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let b = Bytes::new(Self::NAME, bytes, bytes.len());
        let said = |code: &u8| match code.checked_sub(1) {
            None => Ok(None),
            Some(place) => match ANSWERS.get(usize::from(place)) {
                Some(answer) => Ok(Some(*answer)),
                None => Err(b.invalid(*code)),
            },
        };
        bytes.iter().map(said).collect::<Result<_, _>>().map(Self)
    }
}

/// A challenge of one check-in.
///
/// status u8 (0 pending, 1 stands, 2 fell) · challenger, canonical
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// What became of it; stored by the claim.
    pub status: ChallengeStatus,
    /// Who asked, with a bond.
    pub challenger: Vec<u8>,
}

impl Layout for Challenge {
    const NAME: &'static str = "challenge";

    fn encode(&self) -> Vec<u8> {
        let mut out = vec![self.status as u8];
        out.extend_from_slice(&self.challenger);
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        const ALL: [ChallengeStatus; 3] = [
            ChallengeStatus::Pending,
            ChallengeStatus::Stands,
            ChallengeStatus::Fell,
        ];
        let mut b = Bytes::new(Self::NAME, bytes, bytes.len());
        let code = b.u8()?;
        let status = ALL.get(usize::from(code)).copied();
        Ok(Self {
            status: status.ok_or_else(|| b.invalid(code))?,
            challenger: b.rest().to_vec(),
        })
    }
}
