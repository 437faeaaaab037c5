//! The records beside a question: of a voter and of a claimant. See [`super::verdict`].
//!
//! **A voter.** Key `0x52` · length u16 of the question's key without its tag · that · the voter's
//! canonical address. Record: version u8 (1) · round u8 · kind u8. It says what the ballot was in the
//! round in which it was last sealed, so nothing has to be written for each voter once the answer is
//! final: a class is what its members did. Whoever has no record, or one of another round, is absent.
//!
//! **A claimant**, who has no deposit in the question. Key `0x53` and then as a voter's. Record:
//! version u8 (1) · how many ballots the person denounced u32 · shares in the appellants' class u32:
//! heads of these two classes.

use super::verdict::{ClassKind, take_kind};
use super::{Bytes, Layout, LayoutError};

/// The first byte of every key of a voter.
pub const VOTER_TAG: u8 = 0x52;
/// The first byte of every key of a claimant.
pub const CLAIMANT_TAG: u8 = 0x53;
const VERSION: u8 = 1;

/// The key of somebody's record beside a question; `tag`: of a voter or a claimant. `person` is
/// canonical.
pub fn beside(tag: u8, question: &[u8], person: &[u8]) -> Vec<u8> {
    let subject = question.get(1..).unwrap_or_default();
    let length = u16::try_from(subject.len()).unwrap_or(u16::MAX);
    let mut key = vec![tag];
    key.extend_from_slice(&length.to_be_bytes());
    key.extend_from_slice(subject);
    key.extend_from_slice(person);
    key
}

/// What somebody's ballot was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voter {
    /// In which round, from 1.
    pub round: u8,
    /// Of those that are voters'.
    pub kind: ClassKind,
}

impl Layout for Voter {
    const NAME: &'static str = "voter";

    fn encode(&self) -> Vec<u8> {
        vec![VERSION, self.round, self.kind as u8]
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 3);
        let (version, round) = (b.u8()?, b.u8()?);
        let kind = take_kind(&mut b)?;
        if version != VERSION || round == 0 || !kind.is_voters() {
            return Err(b.invalid(kind as u8));
        }
        b.end()?;
        Ok(Self { round, kind })
    }
}

/// What somebody has a part in who has no deposit in the question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claimant {
    /// How many ballots they showed.
    pub denounced: u32,
    /// How many shares of the appellants are theirs.
    pub appealed: u32,
}

impl Layout for Claimant {
    const NAME: &'static str = "claimant";

    fn encode(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        out.extend_from_slice(&self.denounced.to_be_bytes());
        out.extend_from_slice(&self.appealed.to_be_bytes());
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 9);
        let version = b.u8()?;
        if version != VERSION {
            return Err(b.invalid(version));
        }
        let claimant = Self {
            denounced: b.u32()?,
            appealed: b.u32()?,
        };
        b.end()?;
        Ok(claimant)
    }
}
