//! What every pledge rewrites: 17 bytes.

use super::{Bytes, Layout, LayoutError};

/// The counts of an action. Rewritten by every pledge and withdrawal.
///
/// `pledged` u32 · `staked` u32 · `ready_since` u64 (0 = not ready) · flags u8
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Pledges that stand, or stood when the action ended.
    pub pledged: u32,
    /// Stakes that lie here for pledges no `settle` has put into a class: those of all standing
    /// pledges before it, those of pledges outside the committed set after it.
    pub staked: u32,
    /// Unix seconds since when K* > 0 without a break (`at_trigger`, `rolling`).
    pub ready_since: Option<u64>,
    /// Its cause was cancelled.
    pub cancelled: bool,
    /// Somebody pledged once, whether or not that pledge still stands.
    pub ever_pledged: bool,
}

const CANCELLED: u8 = 1;
const EVER_PLEDGED: u8 = 2;

impl Layout for Tally {
    const NAME: &'static str = "tally";

    fn encode(&self) -> Vec<u8> {
        let flags = if self.cancelled { CANCELLED } else { 0 }
            | if self.ever_pledged { EVER_PLEDGED } else { 0 };
        let mut out = Vec::with_capacity(17);
        out.extend_from_slice(&self.pledged.to_be_bytes());
        out.extend_from_slice(&self.staked.to_be_bytes());
        out.extend_from_slice(&self.ready_since.unwrap_or(0).to_be_bytes());
        out.push(flags);
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 17);
        let pledged = b.u32()?;
        let staked = b.u32()?;
        let ready = b.u64()?;
        let flags = b.u8()?;
        if flags & !(CANCELLED | EVER_PLEDGED) != 0 {
            return Err(b.invalid(flags));
        }
        b.end()?;
        Ok(Self {
            pledged,
            staked,
            ready_since: (ready > 0).then_some(ready),
            cancelled: flags & CANCELLED != 0,
            ever_pledged: flags & EVER_PLEDGED != 0,
        })
    }
}
