//! A person's pledge, a threshold's bucket, and the attestors' statements about a person.

use muster_mechanism::grid::MAX_NEEDS_OTHERS;

use super::{Bytes, Layout, LayoutError};
use crate::causes::Outcome;

/// One person's pledge on one action.
///
/// `needs_others` in 24 bits · flags u8 (bit 0 staked, 1 checked in, 2–3 outcome: 0 none, 1 did, 2 didnt,
/// 3 excused, 4 claimed, 5 epoch, 6 referred: there is a record of by whom, 7 relayed) · epoch u32,
/// only where it isn't 0 · `sequence` u48, only where relayed · `units` u32, only where it counts coins
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pledge {
    /// The personal threshold.
    pub needs_others: u32,
    /// A stake was given with it.
    pub staked: bool,
    /// The person said "I did it".
    pub checked_in: bool,
    /// What the attestors agreed on.
    pub outcome: Option<Outcome>,
    /// Everything was paid.
    pub claimed: bool,
    /// The sequence under which it was signed, where somebody else sent it. It is kept here and not
    /// in a record of its own, which would cost a third more; a withdrawal takes it over there.
    pub relayed: Option<u64>,
    /// The epoch in which it stands, or the next one once it is confirmed: see
    /// [`super::Confirm`].
    pub epoch: u32,
    /// The person named who brought them here.
    pub referred: bool,
    /// How many units it is of, where the action counts coins; else 0.
    pub units: u32,
}

impl Pledge {
    /// How much it counts for: one person, or its units.
    pub fn weight(&self) -> u32 {
        self.units.max(1)
    }

    /// How many times the amount of the action's terms lies here for it: a stake, its units, or 0.
    pub fn stakes(&self) -> u32 {
        self.units.max(u32::from(self.staked))
    }
}

const STAKED: u8 = 1;
const CHECKED_IN: u8 = 1 << 1;
const OUTCOME_SHIFT: u8 = 2;
const CLAIMED: u8 = 1 << 4;
const EPOCH: u8 = 1 << 5;
const REFERRED: u8 = 1 << 6;
const RELAYED: u8 = 1 << 7;

const fn outcome_code(outcome: Option<Outcome>) -> u8 {
    match outcome {
        None => 0,
        Some(Outcome::Did) => 1,
        Some(Outcome::Didnt) => 2,
        Some(Outcome::Excused) => 3,
    }
}

const fn outcome_of(code: u8) -> Option<Outcome> {
    match code {
        1 => Some(Outcome::Did),
        2 => Some(Outcome::Didnt),
        3 => Some(Outcome::Excused),
        _ => None,
    }
}

impl Layout for Pledge {
    const NAME: &'static str = "pledge";

    fn encode(&self) -> Vec<u8> {
        let flags = if self.staked { STAKED } else { 0 }
            | if self.checked_in { CHECKED_IN } else { 0 }
            | (outcome_code(self.outcome) << OUTCOME_SHIFT)
            | if self.claimed { CLAIMED } else { 0 }
            | if self.epoch > 0 { EPOCH } else { 0 }
            | if self.referred { REFERRED } else { 0 }
            | if self.relayed.is_some() { RELAYED } else { 0 };
        let mut out = Vec::with_capacity(18);
        // The grid ends below that, and every pledger pays for each byte.
        let [_, three @ ..] = self.needs_others.min(MAX_NEEDS_OTHERS).to_be_bytes();
        out.extend_from_slice(&three);
        out.push(flags);
        if self.epoch > 0 {
            out.extend_from_slice(&self.epoch.to_be_bytes());
        }
        if let Some(sequence) = self.relayed {
            let [_, _, six @ ..] = sequence.to_be_bytes();
            out.extend_from_slice(&six);
        }
        if self.units > 0 {
            out.extend_from_slice(&self.units.to_be_bytes());
        }
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 4);
        let [x, y, z] = b.array()?;
        let needs_others = u32::from_be_bytes([0, x, y, z]);
        let flags = b.u8()?;
        let epoch = if flags & EPOCH == 0 { 0 } else { b.u32()? };
        if flags & EPOCH != 0 && epoch == 0 {
            return Err(b.invalid(0_u8));
        }
        let relayed = if flags & RELAYED == 0 {
            None
        } else {
            let [a, b, c, d, e, f] = b.array()?;
            Some(u64::from_be_bytes([0, 0, a, b, c, d, e, f]))
        };
        let counts_coins = !b.is_empty();
        let units = if counts_coins { b.u32()? } else { 0 };
        if counts_coins && units == 0 {
            return Err(b.invalid(0_u8));
        }
        b.end()?;
        Ok(Self {
            relayed,
            needs_others,
            staked: flags & STAKED != 0,
            checked_in: flags & CHECKED_IN != 0,
            outcome: outcome_of((flags >> OUTCOME_SHIFT) & 3),
            claimed: flags & CLAIMED != 0,
            epoch,
            referred: flags & REFERRED != 0,
            units,
        })
    }
}

/// How many pledges of an action stand at one threshold above its goal.
///
/// `pledges` u32 · `staked` u32
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bucket {
    /// Pledges.
    pub pledges: u32,
    /// Those with a stake.
    pub staked: u32,
}

impl Layout for Bucket {
    const NAME: &'static str = "bucket";

    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(8);
        out.extend_from_slice(&self.pledges.to_be_bytes());
        out.extend_from_slice(&self.staked.to_be_bytes());
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 8);
        let bucket = Self {
            pledges: b.u32()?,
            staked: b.u32()?,
        };
        b.end()?;
        Ok(bucket)
    }
}

/// What each attestor said of one person, in the order of the attestors: one byte each (0 nothing
/// yet, 1 did, 2 didnt, 3 excused). At most fifteen, so the record never grows with the crowd.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statements(pub Vec<Option<Outcome>>);

impl Layout for Statements {
    const NAME: &'static str = "statements";

    fn encode(&self) -> Vec<u8> {
        self.0.iter().map(|o| outcome_code(*o)).collect()
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let b = Bytes::new(Self::NAME, bytes, bytes.len());
        bytes
            .iter()
            .map(|code| {
                if *code <= 3 {
                    Ok(outcome_of(*code))
                } else {
                    Err(b.invalid(*code))
                }
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }
}
