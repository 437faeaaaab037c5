//! The record of a question, as a verdict contract stores it and others read it raw.
//!
//! **Key.** `0x51` · length u8 of the asking contract's canonical address · that address · action
//! u64 · part u8 · for part 1 the canonical address of a person, for part 2 a tranche u8. The parts:
//! 0 the action as a whole, 1 what one person did, 2 a tranche of its coins. So a subject has one
//! question, whoever asked it.
//!
//! **Record.** version u8 (1) · status u8 (0 asked, 1 answered and open to appeal, 2 final) · answer
//! u8 (0 none yet, 1 yes, 2 no, 3 unresolved) · asked_at u64 · final_at u64 (of status 1 when it is
//! final unless somebody appeals, of status 2 since when it is, else 0) · electorate (kind u8: 0
//! pledgers, 1 community, 2 jury · community u64 · size u32) · jurors' fee u128 · its denom after its
//! length u8 · canonical address, after its length u8, of who asked with a bond · number of classes
//! u8, at most 9 · each class: kind u8 · count u32 · gain u128 · loss u128 · round u8, left out where
//! it is 1: in which of the rounds in which all were asked the classes voted (2 after "too early").
//!
//! Numbers are big-endian, times are Unix seconds, coins in the smallest unit of their denom. The
//! classes are those of the depositors, gain and loss are per head; there are none before the
//! answer is final, or without deposits. Whoever reads it trusts nothing of it: see
//! [`Question::decode`]. Beside it lie the records of a [`Voter`] and of a [`Claimant`].

use core::ops::Range;

use muster_mechanism::answer;

use super::judges::{electorate, put_electorate};
pub use super::voters::{CLAIMANT_TAG, Claimant, VOTER_TAG, Voter, beside};
use super::{Bytes, Layout, LayoutError};
use crate::causes::limits::VERDICT_TIME;
use crate::causes::{Answer, Electorate};

/// The first byte of every key of a question.
pub const TAG: u8 = 0x51;
const VERSION: u8 = 1;
/// The most classes of one question: as many as there are kinds.
pub const MAX_CLASSES: usize = 9;
/// No record that is well formed is longer: 40 bytes, fee, two texts of 255 and nine classes.
pub const MAX_RECORD: usize = 1_024;

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Whether the action as a whole succeeded.
    Whole,
    /// Whether one person did it: the canonical address.
    Person(&'a [u8]),
    /// Whether a tranche was spent as promised.
    Tranche(u8),
}

/// The key of the question about an action of `contract`, whose address is canonical.
pub fn key(contract: &[u8], action: u64, part: Part<'_>) -> Vec<u8> {
    let mut key = vec![TAG, u8::try_from(contract.len()).unwrap_or(u8::MAX)];
    key.extend_from_slice(contract);
    key.extend_from_slice(&action.to_be_bytes());
    match part {
        Part::Whole => key.push(0),
        Part::Person(canonical) => {
            key.push(1);
            key.extend_from_slice(canonical);
        }
        Part::Tranche(number) => key.extend_from_slice(&[2, number]),
    }
    key
}

/// How far a question is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Ballots are sealed or opened.
    Asked,
    /// There is an answer that can be appealed.
    Answered(Answer),
    /// There is an answer for good.
    Final(Answer),
}

/// Those depositors that stand alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClassKind {
    /// Said yes.
    Yes,
    /// Said no.
    No,
    /// "Too early".
    TooEarly,
    /// "Nobody can say".
    Unanswerable,
    /// Sealed and never opened.
    Unopened,
    /// Never voted.
    Absent,
    /// Showed somebody's sealed ballot. No voter: see [`Self::is_voters`].
    Denouncer,
    /// Appealed, and was right. No voter.
    Appellant,
    /// Whose sealed ballot was shown.
    Denounced,
}

impl ClassKind {
    /// All of them, in the order of their codes.
    pub const ALL: [Self; MAX_CLASSES] = [
        Self::Yes,
        Self::No,
        Self::TooEarly,
        Self::Unanswerable,
        Self::Unopened,
        Self::Absent,
        Self::Denouncer,
        Self::Appellant,
        Self::Denounced,
    ];

    /// Whether its members have a deposit in the question. The others claim without one.
    pub const fn is_voters(self) -> bool {
        !matches!(self, Self::Denouncer | Self::Appellant)
    }

    /// The word in events and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::TooEarly => "too_early",
            Self::Unanswerable => "unanswerable",
            Self::Unopened => "unopened",
            Self::Absent => "absent",
            Self::Denouncer => "denouncer",
            Self::Appellant => "appellant",
            Self::Denounced => "denounced",
        }
    }
}

/// A question and what is known of its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// How far it is.
    pub status: Status,
    /// When it was asked.
    pub asked_at: u64,
    /// When the answer is final, or since when; 0 before there is any.
    pub final_at: u64,
    /// Who was asked.
    pub electorate: Electorate,
    /// What the bond paid to the jurors.
    pub jurors_fee: u128,
    /// Its denom; empty without a fee.
    pub fee_denom: String,
    /// Who asked with a bond, canonical.
    pub asker: Vec<u8>,
    /// The classes of depositors, each kind at most once.
    pub classes: Vec<(ClassKind, answer::Class)>,
    /// In which round they voted, from 1.
    pub round: u8,
}

impl Question {
    /// What it says for good, as of `now`, whatever its classes are: nothing yet, or what counts.
    /// Asked outside of `asked_in`, or final too late, it is Unresolved. Unix seconds.
    pub fn said(&self, asked_in: &Range<u64>, now: u64) -> Option<Answer> {
        if !asked_in.contains(&self.asked_at) || self.asked_at > now {
            return Some(Answer::Unresolved);
        }
        let deadline = asked_in.end.saturating_add(VERDICT_TIME);
        match self.status {
            Status::Final(_) if self.final_at >= deadline => Some(Answer::Unresolved),
            Status::Final(answer) if self.final_at <= now => Some(answer),
            _ => None,
        }
    }

    /// Whether all classes together gain no more than they lose.
    pub fn is_covered(&self) -> bool {
        let classes: Vec<answer::Class> = self.classes.iter().map(|(_, class)| *class).collect();
        answer::is_covered(&classes)
    }
}

fn answer_code(answer: Answer) -> u8 {
    match answer {
        Answer::Yes => 1,
        Answer::No => 2,
        Answer::Unresolved => 3,
    }
}

impl Layout for Question {
    const NAME: &'static str = "question";

    fn encode(&self) -> Vec<u8> {
        let (status, answer) = match self.status {
            Status::Asked => (0, 0),
            Status::Answered(answer) => (1, answer_code(answer)),
            Status::Final(answer) => (2, answer_code(answer)),
        };
        let mut out = vec![VERSION, status, answer];
        out.extend_from_slice(&self.asked_at.to_be_bytes());
        out.extend_from_slice(&self.final_at.to_be_bytes());
        put_electorate(&mut out, self.electorate);
        out.extend_from_slice(&self.jurors_fee.to_be_bytes());
        for text in [self.fee_denom.as_bytes(), &self.asker] {
            out.push(u8::try_from(text.len()).unwrap_or(u8::MAX));
            out.extend_from_slice(text);
        }
        put_classes(&mut out, &self.classes);
        if self.round != 1 {
            out.push(self.round);
        }
        out
    }

    /// Anything but what [`Self::encode`] writes of a coherent question is refused: another
    /// version, an answer without its status or the other way round, a class twice, bytes left
    /// over.
    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, bytes.len().min(MAX_RECORD));
        if bytes.len() > MAX_RECORD {
            return Err(b.invalid(0_u8));
        }
        let version = b.u8()?;
        if version != VERSION {
            return Err(b.invalid(version));
        }
        let (status, answer) = (b.u8()?, b.u8()?);
        let status = match (status, answer) {
            (0, 0) => Status::Asked,
            (1, 1) => Status::Answered(Answer::Yes),
            (1, 2) => Status::Answered(Answer::No),
            (1, 3) => Status::Answered(Answer::Unresolved),
            (2, 1) => Status::Final(Answer::Yes),
            (2, 2) => Status::Final(Answer::No),
            (2, 3) => Status::Final(Answer::Unresolved),
            _ => return Err(b.invalid(status)),
        };
        let (asked_at, final_at) = (b.u64()?, b.u64()?);
        if (status == Status::Asked) != (final_at == 0) || (final_at > 0 && final_at < asked_at) {
            return Err(b.invalid(answer));
        }
        let electorate = electorate(&mut b)?;
        let jurors_fee = b.u128()?;
        let fee_denom = b.text()?;
        let asker = b.prefixed()?;
        let classes = take_classes(&mut b)?;
        let mut round = 1;
        if !b.is_empty() {
            round = b.u8()?;
            if round < 2 {
                return Err(b.invalid(round));
            }
        }
        b.end()?;
        Ok(Self {
            status,
            asked_at,
            final_at,
            electorate,
            jurors_fee,
            fee_denom,
            asker,
            classes,
            round,
        })
    }
}

/// Appends classes after their number.
pub(super) fn put_classes(out: &mut Vec<u8>, classes: &[(ClassKind, answer::Class)]) {
    out.push(u8::try_from(classes.len()).unwrap_or(u8::MAX));
    for (kind, class) in classes {
        out.push(*kind as u8);
        out.extend_from_slice(&class.count.to_be_bytes());
        out.extend_from_slice(&class.gain.to_be_bytes());
        out.extend_from_slice(&class.loss.to_be_bytes());
    }
}

pub(super) fn take_kind(b: &mut Bytes<'_>) -> Result<ClassKind, LayoutError> {
    let code = b.u8()?;
    let kind = ClassKind::ALL.get(usize::from(code)).copied();
    kind.ok_or_else(|| b.invalid(code))
}

/// Reads classes, each kind at most once.
pub(super) fn take_classes(
    b: &mut Bytes<'_>,
) -> Result<Vec<(ClassKind, answer::Class)>, LayoutError> {
    let count = b.u8()?;
    let mut classes: Vec<(ClassKind, answer::Class)> = Vec::new();
    for _ in 0..count {
        let kind = take_kind(b)?;
        if classes.iter().any(|(k, _)| *k == kind) {
            return Err(b.invalid(kind as u8));
        }
        let class = answer::Class {
            count: b.u32()?,
            gain: b.u128()?,
            loss: b.u128()?,
        };
        classes.push((kind, class));
    }
    Ok(classes)
}
