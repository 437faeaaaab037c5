//! What `settle` fixed.

use muster_mechanism::forfeits::Forfeits;

use super::{Bytes, Layout, LayoutError};

/// The totals of an action. Written once.
///
/// `cooperators`, `broken`, `excused` u32 · `forfeit_each`, `keeper_each`, `fee`, `share_each`,
/// `to_address`, `remainder` u128
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// With a stake, kept it.
    pub cooperators: u32,
    /// With a stake, broke it.
    pub broken: u32,
    /// With a stake, neither.
    pub excused: u32,
    /// The amounts.
    pub forfeits: Forfeits,
}

impl Layout for Totals {
    const NAME: &'static str = "totals";

    fn encode(&self) -> Vec<u8> {
        let f = &self.forfeits;
        let counts = [self.cooperators, self.broken, self.excused];
        let amounts = [
            f.forfeit_each,
            f.keeper_each,
            f.fee,
            f.share_each,
            f.to_address,
            f.remainder,
        ];
        let mut out = Vec::with_capacity(108);
        counts
            .iter()
            .for_each(|n| out.extend_from_slice(&n.to_be_bytes()));
        amounts
            .iter()
            .for_each(|n| out.extend_from_slice(&n.to_be_bytes()));
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 108);
        let totals = Self {
            cooperators: b.u32()?,
            broken: b.u32()?,
            excused: b.u32()?,
            forfeits: Forfeits {
                forfeit_each: b.u128()?,
                keeper_each: b.u128()?,
                fee: b.u128()?,
                share_each: b.u128()?,
                to_address: b.u128()?,
                remainder: b.u128()?,
            },
        };
        b.end()?;
        Ok(totals)
    }
}
