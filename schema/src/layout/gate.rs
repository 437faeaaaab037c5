//! Who may pledge, and under which nullifier somebody did.

use cosmwasm_std::HexBinary;

use super::{Bytes, Layout, LayoutError, people};
use crate::causes::{IssuedClaim, IssuerKey, Registered};

/// The conditions of an action on its pledgers, and its cap. Only where it has any. The addresses
/// of a list have a record each.
///
/// max u32 (0: none) · list u8 (how many addresses; 0: no list) · least_kept u32 (0: none) · only u8
/// (0 anybody, 1 persons, 2 organisations) · people text (empty: none) · number of communities u8 ·
/// each u64 · number of claims u8 · each: issuer's kind u8 (1 secp256k1 of 33 bytes, 2 ed25519 of
/// 32), its key, claim text · scope text (empty: this action). A text comes after its length u8.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gate {
    /// The most pledges that may stand.
    pub max: Option<u32>,
    /// How many addresses are listed.
    pub list: u8,
    /// The least number of kept pledges.
    pub least_kept: u32,
    /// What one must be registered as.
    pub only: Option<Registered>,
    /// The people contract, as the chain writes it.
    pub people: Option<String>,
    /// One must be a member of all.
    pub communities: Vec<u64>,
    /// One must be attested all; the first one's issuer tells persons apart.
    pub claims: Vec<IssuedClaim>,
    /// What the attestations are made out for.
    pub scope: Option<String>,
}

impl Layout for Gate {
    const NAME: &'static str = "gate";

    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(64);
        out.extend_from_slice(&self.max.unwrap_or(0).to_be_bytes());
        out.push(self.list);
        out.extend_from_slice(&self.least_kept.to_be_bytes());
        out.push(match self.only {
            None => 0,
            Some(Registered::Person) => 1,
            Some(Registered::Organisation) => 2,
        });
        put(&mut out, self.people.as_deref().unwrap_or_default());
        out.push(small(self.communities.len()));
        for community in &self.communities {
            out.extend_from_slice(&community.to_be_bytes());
        }
        out.push(small(self.claims.len()));
        for claim in &self.claims {
            out.extend_from_slice(&people::key_bytes(&claim.issuer));
            put(&mut out, &claim.claim);
        }
        put(&mut out, self.scope.as_deref().unwrap_or_default());
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, bytes.len());
        let gate = Self {
            max: Some(b.u32()?).filter(|max| *max > 0),
            list: b.u8()?,
            least_kept: b.u32()?,
            only: match b.u8()? {
                0 => None,
                1 => Some(Registered::Person),
                2 => Some(Registered::Organisation),
                other => return Err(b.invalid(other)),
            },
            people: Some(b.text()?).filter(|text| !text.is_empty()),
            communities: (0..b.u8()?).map(|_| b.u64()).collect::<Result<_, _>>()?,
            claims: (0..b.u8()?)
                .map(|_| claim(&mut b))
                .collect::<Result<_, _>>()?,
            scope: Some(b.text()?).filter(|text| !text.is_empty()),
        };
        b.end()?;
        Ok(gate)
    }
}

fn claim(b: &mut Bytes<'_>) -> Result<IssuedClaim, LayoutError> {
    let issuer = match b.u8()? {
        1 => IssuerKey::Secp256k1(HexBinary::from(b.array::<33>()?)),
        2 => IssuerKey::Ed25519(HexBinary::from(b.array::<32>()?)),
        other => return Err(b.invalid(other)),
    };
    let claim = b.text()?;
    Ok(IssuedClaim { issuer, claim })
}

fn small(length: usize) -> u8 {
    u8::try_from(length).unwrap_or(u8::MAX)
}

/// Texts that the contract's limits keep below 256 bytes.
fn put(out: &mut Vec<u8>, text: &str) {
    let length = small(text.len());
    out.push(length);
    out.extend_from_slice(
        text.as_bytes()
            .get(..usize::from(length))
            .unwrap_or_default(),
    );
}

/// Under which nullifier a person's pledge stands, so that a withdrawal can free it, and until when
/// the attestations held.
///
/// nullifier 32 · expires u64
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admission {
    /// The person at the first issuer of the gate.
    pub nullifier: [u8; 32],
    /// Unix seconds: the first of the attestations to expire.
    pub expires: u64,
}

impl Layout for Admission {
    const NAME: &'static str = "admission";

    fn encode(&self) -> Vec<u8> {
        [self.nullifier.as_slice(), &self.expires.to_be_bytes()].concat()
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 40);
        let admission = Self {
            nullifier: b.array()?,
            expires: b.u64()?,
        };
        b.end()?;
        Ok(admission)
    }
}
