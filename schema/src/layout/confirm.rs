//! What is known of an action's confirm window besides its time.

use super::{Bytes, Layout, LayoutError};

/// Counts of an action with a confirm window. Missing until the first confirmation.
///
/// A window that comes to nothing and leaves the action open begins an *epoch*: the pledges that
/// stand then are those that were confirmed. Each pledge has the epoch in which it stands, or the
/// next one once it is confirmed; one of an older epoch counts as withdrawn, and nobody is looped
/// over. Thresholds have buckets by epoch.
///
/// `epoch` u32 · `confirmed` u32 · `confirmed_staked` u32 · `released` u32
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Confirm {
    /// How many windows have come to nothing.
    pub epoch: u32,
    /// Pledges confirmed in the window that is open, or was the last.
    pub confirmed: u32,
    /// Those with a stake.
    pub confirmed_staked: u32,
    /// Stakes of pledges of older epochs that still lie here.
    pub released: u32,
}

impl Confirm {
    /// The epoch of the pledges that are confirmed.
    pub const fn next(&self) -> u32 {
        self.epoch.saturating_add(1)
    }
}

impl Layout for Confirm {
    const NAME: &'static str = "confirm";

    fn encode(&self) -> Vec<u8> {
        let counts = [
            self.epoch,
            self.confirmed,
            self.confirmed_staked,
            self.released,
        ];
        counts.iter().flat_map(|n| n.to_be_bytes()).collect()
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 16);
        let confirm = Self {
            epoch: b.u32()?,
            confirmed: b.u32()?,
            confirmed_staked: b.u32()?,
            released: b.u32()?,
        };
        b.end()?;
        Ok(confirm)
    }
}
