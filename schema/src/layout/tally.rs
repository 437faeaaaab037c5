//! What every pledge rewrites: 9 bytes of most actions, at most 37.

use super::{Bytes, Layout, LayoutError, Purse};

/// The counts of an action. Rewritten by every pledge, withdrawal and claim.
///
/// `pledged` u32 · `staked` u32 · flags u8 (bit 0 cancelled, bit 1 somebody pledged once, bit 2
/// `ready_since`, bit 3 `people`, bit 4 `settled`, bits 5–7 its cooperators, broken, excused) · of
/// bit 2 `ready_since` u32 · of bit 3 `people` u32 · of each of bits 5–7 how many, and how many
/// of them are left, u32
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Pledges that stand, or stood when the action ended; units where it counts coins.
    pub pledged: u32,
    /// Stakes that lie here for pledges no `settle` has put into a class: those of all standing
    /// pledges before it, those that go back whole after it. Where it counts
    /// coins, units that lie here: neither given back nor released, nor in a [`super::Payout`].
    pub staked: u32,
    /// Unix seconds since when K* > 0 without a break (`at_trigger`, `rolling`).
    pub ready_since: Option<u64>,
    /// Its cause was cancelled.
    pub cancelled: bool,
    /// Somebody pledged once, whether or not that pledge still stands.
    pub ever_pledged: bool,
    /// Where it counts coins, how many people `pledged` is of; else 0.
    pub people: u32,
    /// What `settle` fixed, and what claims need from then on.
    pub settled: Option<Settled>,
}

/// How the stakes of the bound fell into classes, for good, and how many wait for their claims. All
/// amounts follow from it: see `books::totals` of the contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// With a stake, kept it.
    pub cooperators: u32,
    /// With a stake, broke it.
    pub broken: u32,
    /// With a stake, neither, where they share what others forfeit. Where they don't, their stakes
    /// go back whole and stay among [`Tally::staked`].
    pub excused: u32,
    /// Of these, whose stake still lies here.
    pub left: Purse,
}

const CANCELLED: u8 = 1;
const EVER_PLEDGED: u8 = 1 << 1;
const READY: u8 = 1 << 2;
const PEOPLE: u8 = 1 << 3;
const SETTLED: u8 = 1 << 4;
const CLASSES: [u8; 3] = [1 << 5, 1 << 6, 1 << 7];

impl Settled {
    /// Each class: how many, and how many are left.
    fn classes(&self) -> [(u32, u32); 3] {
        [
            (self.cooperators, self.left.kept),
            (self.broken, self.left.broken),
            (self.excused, self.left.excused),
        ]
    }
}

impl Layout for Tally {
    const NAME: &'static str = "tally";

    fn encode(&self) -> Vec<u8> {
        let flag = |there: bool, bit: u8| if there { bit } else { 0 };
        let classes = self.settled.map_or([(0, 0); 3], |s| s.classes());
        let classes = || CLASSES.into_iter().zip(classes);
        let mut out = Vec::with_capacity(37);
        out.extend_from_slice(&self.pledged.to_be_bytes());
        out.extend_from_slice(&self.staked.to_be_bytes());
        out.push(
            flag(self.cancelled, CANCELLED)
                | flag(self.ever_pledged, EVER_PLEDGED)
                | flag(self.ready_since.is_some(), READY)
                | flag(self.people > 0, PEOPLE)
                | flag(self.settled.is_some(), SETTLED)
                | classes().fold(0, |all, (bit, (of, _))| all | flag(of > 0, bit)),
        );
        if let Some(since) = self.ready_since {
            // Unix seconds fit 32 bits until 2106, and a claim pays for each byte.
            let since = u32::try_from(since).unwrap_or(u32::MAX);
            out.extend_from_slice(&since.to_be_bytes());
        }
        if self.people > 0 {
            out.extend_from_slice(&self.people.to_be_bytes());
        }
        for (_, (of, left)) in classes().filter(|(_, (of, _))| *of > 0) {
            out.extend_from_slice(&of.to_be_bytes());
            out.extend_from_slice(&left.to_be_bytes());
        }
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 9);
        let pledged = b.u32()?;
        let staked = b.u32()?;
        let flags = b.u8()?;
        let ready_since = if flags & READY == 0 {
            None
        } else {
            Some(u64::from(b.u32()?))
        };
        let people = if flags & PEOPLE == 0 { 0 } else { b.u32()? };
        if flags & PEOPLE != 0 && people == 0 {
            return Err(b.invalid(0_u8));
        }
        let is_settled = flags & SETTLED != 0;
        let mut classes = [(0, 0); 3];
        for (bit, class) in CLASSES.into_iter().zip(&mut classes) {
            if flags & bit != 0 {
                *class = (b.u32()?, b.u32()?);
                if class.0 == 0 || !is_settled {
                    return Err(b.invalid(flags));
                }
            }
        }
        let [
            (cooperators, kept),
            (broken, broken_left),
            (excused, excused_left),
        ] = classes;
        let settled = is_settled.then_some(Settled {
            cooperators,
            broken,
            excused,
            left: Purse {
                kept,
                broken: broken_left,
                excused: excused_left,
            },
        });
        b.end()?;
        Ok(Self {
            pledged,
            staked,
            ready_since,
            cancelled: flags & CANCELLED != 0,
            ever_pledged: flags & EVER_PLEDGED != 0,
            people,
            settled,
        })
    }
}
