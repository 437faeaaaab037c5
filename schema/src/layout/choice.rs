//! The choice between alternatives: its terms, the sums of all ballots, and proposals.

use muster_mechanism::star;

use super::{Bytes, Layout, LayoutError};

/// A deliberation as it stands.
///
/// listed u8 · actions u8 · added u8 · places u8 · score_from u64 (0 = from the beginning) ·
/// score_until u64 · proposals u32 · ballots u32
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Alternatives of the definition: the first actions of the cause.
    pub listed: u8,
    /// All actions of the definition.
    pub actions: u8,
    /// Proposals that have become alternatives; they follow after all actions of the definition.
    pub added: u8,
    /// How many may.
    pub places: u8,
    /// Members propose before it and score from it on. Unix seconds; `None`: they only score.
    pub score_from: Option<u64>,
    /// The second of the choice.
    pub score_until: u64,
    /// Proposals made.
    pub proposals: u32,
    /// Ballots that stand.
    pub ballots: u32,
}

impl Choice {
    /// How many alternatives there are.
    pub fn alternatives(&self) -> usize {
        usize::from(self.listed).saturating_add(usize::from(self.added))
    }

    /// How far behind the cause's first action alternative `place` stands.
    pub fn offset(&self, place: usize) -> u64 {
        let behind = if place < usize::from(self.listed) {
            0
        } else {
            u64::from(self.actions).saturating_sub(u64::from(self.listed))
        };
        u64::try_from(place)
            .unwrap_or(u64::MAX)
            .saturating_add(behind)
    }
}

impl Layout for Choice {
    const NAME: &'static str = "choice";

    fn encode(&self) -> Vec<u8> {
        let mut out = vec![self.listed, self.actions, self.added, self.places];
        out.extend_from_slice(&self.score_from.unwrap_or(0).to_be_bytes());
        out.extend_from_slice(&self.score_until.to_be_bytes());
        out.extend_from_slice(&self.proposals.to_be_bytes());
        out.extend_from_slice(&self.ballots.to_be_bytes());
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 28);
        let choice = Self {
            listed: b.u8()?,
            actions: b.u8()?,
            added: b.u8()?,
            places: b.u8()?,
            score_from: Some(b.u64()?).filter(|at| *at > 0),
            score_until: b.u64()?,
            proposals: b.u32()?,
            ballots: b.u32()?,
        };
        b.end()?;
        Ok(choice)
    }
}

/// The sums of all ballots: bounded by the number of alternatives, whatever the crowd.
///
/// alternatives u8 · for each its sum of scores u64 and its fives u32 · for each pair, in the order
/// of [`star::pair`], ballots that prefer the earlier less those that prefer the later: i32
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standings(pub star::Tally);

/// Pairs among `n`.
fn pairs(n: usize) -> usize {
    star::pair(0, n)
}

impl Layout for Standings {
    const NAME: &'static str = "standings";

    fn encode(&self) -> Vec<u8> {
        let tally = &self.0;
        let n = tally.alternatives();
        let mut out = vec![u8::try_from(n).unwrap_or(u8::MAX)];
        for (score, fives) in tally.scores.iter().zip(tally.fives).take(n) {
            out.extend_from_slice(&score.to_be_bytes());
            out.extend_from_slice(&fives.to_be_bytes());
        }
        for margin in tally.margins.iter().take(pairs(n)) {
            out.extend_from_slice(&margin.to_be_bytes());
        }
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, bytes.len());
        let alternatives = b.u8()?;
        let n = usize::from(alternatives);
        if n > star::MAX_ALTERNATIVES {
            return Err(b.invalid(alternatives));
        }
        let mut tally = star::Tally::new(n);
        for (score, fives) in tally.scores.iter_mut().zip(&mut tally.fives).take(n) {
            *score = b.u64()?;
            *fives = b.u32()?;
        }
        for margin in tally.margins.iter_mut().take(pairs(n)) {
            *margin = i32::from_be_bytes(b.array()?);
        }
        b.end()?;
        Ok(Self(tally))
    }
}

/// One member's scores, one byte for each alternative in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ballot(pub Vec<u8>);

impl Layout for Ballot {
    const NAME: &'static str = "ballot";

    fn encode(&self) -> Vec<u8> {
        self.0.clone()
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let b = Bytes::new(Self::NAME, bytes, bytes.len());
        match bytes.iter().find(|s| **s > star::MAX_SCORE) {
            Some(score) => Err(b.invalid(*score)),
            None => Ok(Self(bytes.to_vec())),
        }
    }
}

/// A proposal, but for the action itself, which has a record of its own.
///
/// seconders u8 · its action u64 (0 = none yet) · the proposer's canonical address
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// How many second it.
    pub seconders: u8,
    /// The action that it has become.
    pub action: Option<u64>,
    /// Whose it is.
    pub proposer: Vec<u8>,
}

impl Layout for Proposal {
    const NAME: &'static str = "proposal";

    fn encode(&self) -> Vec<u8> {
        let mut out = vec![self.seconders];
        out.extend_from_slice(&self.action.unwrap_or(0).to_be_bytes());
        out.extend_from_slice(&self.proposer);
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 9);
        Ok(Self {
            seconders: b.u8()?,
            action: Some(b.u64()?).filter(|id| *id > 0),
            proposer: b.rest().to_vec(),
        })
    }
}
