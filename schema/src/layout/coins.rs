//! Coins for a named purpose: what an action that counts coins has beside its terms and tally.
//! An action that counts people has none of these records.

use super::{Bytes, Layout, LayoutError};

/// When bound coins are released.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ReleaseRule {
    /// Once the action is active.
    #[default]
    OnActivation,
    /// Once the answer about the action is Yes.
    OnSuccess,
    /// Part by part, in hundredths of a percent of the whole.
    Tranches(Vec<u16>),
}

impl ReleaseRule {
    /// The parts that wait for an answer each; none where nothing is awaited.
    pub fn parts(&self) -> &[u16] {
        match self {
            Self::OnActivation => &[],
            Self::OnSuccess => &[10_000],
            Self::Tranches(parts) => parts,
        }
    }
}

/// The frozen terms of the coins, but for one unit and its denom, which are in [`super::Terms`].
///
/// document_bps u16 · release u8 (0 on activation, 1 on success, else the number of tranches, each
/// u16 in hundredths of a percent) · beneficiary after its length u8 · recipient of the document's
/// part after its length u8 (0: no document)
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purpose {
    /// The part that goes to `recipient`, in hundredths of a percent; 0 without a document.
    pub document_bps: u16,
    /// When they are released.
    pub release: ReleaseRule,
    /// Canonical.
    pub beneficiary: Vec<u8>,
    /// Canonical; the one that the document names.
    pub recipient: Option<Vec<u8>>,
}

impl Purpose {
    /// Whether this address, canonical, gets a part of them.
    pub fn pays(&self, canonical: &[u8]) -> bool {
        self.beneficiary == canonical || self.recipient.as_deref() == Some(canonical)
    }
}

impl Layout for Purpose {
    const NAME: &'static str = "purpose";

    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend_from_slice(&self.document_bps.to_be_bytes());
        match &self.release {
            ReleaseRule::OnActivation => out.push(0),
            ReleaseRule::OnSuccess => out.push(1),
            ReleaseRule::Tranches(parts) => {
                out.push(u8::try_from(parts.len()).unwrap_or(u8::MAX));
                out.extend(parts.iter().flat_map(|part| part.to_be_bytes()));
            }
        }
        let recipient = self.recipient.as_deref().unwrap_or_default();
        for address in [self.beneficiary.as_slice(), recipient] {
            out.push(u8::try_from(address.len()).unwrap_or(u8::MAX));
            out.extend_from_slice(address);
        }
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, bytes.len());
        let document_bps = b.u16()?;
        let release = match b.u8()? {
            0 => ReleaseRule::OnActivation,
            1 => ReleaseRule::OnSuccess,
            number => {
                ReleaseRule::Tranches((0..number).map(|_| b.u16()).collect::<Result<_, _>>()?)
            }
        };
        let beneficiary = b.prefixed()?;
        let recipient = Some(b.prefixed()?).filter(|address| !address.is_empty());
        b.end()?;
        Ok(Self {
            document_bps,
            release,
            beneficiary,
            recipient,
        })
    }
}

/// The bound coins of an action that an answer releases, from the first release or return on. Until
/// then they lie in [`super::Tally`].
///
/// `released` u8 · `from` u8 (255: nothing goes back) · `each_unit` u128 · `left` u128
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Payout {
    /// How many tranches were paid.
    pub released: u8,
    /// The first tranche that goes back, and all later ones do, once that is known.
    pub from: Option<u8>,
    /// What goes back for each unit.
    pub each_unit: u128,
    /// Coins that lie here: neither paid nor given back.
    pub left: u128,
}

impl Layout for Payout {
    const NAME: &'static str = "payout";

    fn encode(&self) -> Vec<u8> {
        let mut out = vec![self.released, self.from.unwrap_or(u8::MAX)];
        out.extend_from_slice(&self.each_unit.to_be_bytes());
        out.extend_from_slice(&self.left.to_be_bytes());
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 34);
        let payout = Self {
            released: b.u8()?,
            from: Some(b.u8()?).filter(|from| *from != u8::MAX),
            each_unit: b.u128()?,
            left: b.u128()?,
        };
        b.end()?;
        Ok(payout)
    }
}
