//! A sponsor's refund bonus on an action.

use super::{Bytes, Layout, LayoutError};

/// Its frozen terms.
///
/// per_pledge u128 · before u64 · the sponsor's canonical address, to the end
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BonusRule {
    /// At most so much to each.
    pub per_pledge: u128,
    /// Only pledges made before this second count.
    pub before: u64,
    /// Canonical.
    pub sponsor: Vec<u8>,
}

impl Layout for BonusRule {
    const NAME: &'static str = "bonus";

    fn encode(&self) -> Vec<u8> {
        let mut out = self.per_pledge.to_be_bytes().to_vec();
        out.extend_from_slice(&self.before.to_be_bytes());
        out.extend_from_slice(&self.sponsor);
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 24);
        Ok(Self {
            per_pledge: b.u128()?,
            before: b.u64()?,
            sponsor: b.rest().to_vec(),
        })
    }
}

/// Its coins. What is owed of it: `fund + each·eligible`.
///
/// fund u128 · each u128 · eligible u32 · is_fixed u8 (0 or 1)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BonusPurse {
    /// What the sponsor put in; once it is fixed, what the sponsor gets back.
    pub fund: u128,
    /// To each, once it is fixed.
    pub each: u128,
    /// Pledges that may come to it; once it is fixed, those not paid yet.
    pub eligible: u32,
    /// The goal was missed, and the first message after that split the fund.
    pub is_fixed: bool,
}

impl Layout for BonusPurse {
    const NAME: &'static str = "bonus purse";

    fn encode(&self) -> Vec<u8> {
        let mut out = self.fund.to_be_bytes().to_vec();
        out.extend_from_slice(&self.each.to_be_bytes());
        out.extend_from_slice(&self.eligible.to_be_bytes());
        out.push(u8::from(self.is_fixed));
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 37);
        let (fund, each, eligible) = (b.u128()?, b.u128()?, b.u32()?);
        let is_fixed = match b.u8()? {
            0 => false,
            1 => true,
            other => return Err(b.invalid(other)),
        };
        b.end()?;
        Ok(Self {
            fund,
            each,
            eligible,
            is_fixed,
        })
    }
}
