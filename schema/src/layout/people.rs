//! The records of a people contract that gates read raw.
//!
//! Any contract may be named by a gate, so whoever reads must take a missing record for "no" and
//! one of another form for a refusal, and must never need an answer to pay somebody out.

use super::{Bytes, Layout, LayoutError};
use crate::causes::{IssuerKey, Registered};

/// Tag of each kind of record.
pub mod tag {
    /// (address) [`super::Kind`].
    pub const KIND: u8 = 0x01;
    /// (community, address) [`super::Since`].
    pub const MEMBER: u8 = 0x02;
    /// (issuer's key, digest of the attestation) [`super::Since`].
    pub const REVOKED: u8 = 0x03;
}

/// The key of what an address is registered as; `address` is canonical.
pub fn kind_key(address: &[u8]) -> Vec<u8> {
    [&[tag::KIND], address].concat()
}

/// The key of a membership; `address` is canonical.
pub fn member_key(community: u64, address: &[u8]) -> Vec<u8> {
    [&[tag::MEMBER], community.to_be_bytes().as_slice(), address].concat()
}

/// The key of a revocation. `digest` is that of the attestation
/// (`crate::attestation::Attestation::digest`).
pub fn revoked_key(issuer: &IssuerKey, digest: &[u8; 32]) -> Vec<u8> {
    [&[tag::REVOKED], key_bytes(issuer).as_slice(), digest].concat()
}

/// An issuer's key in a record: 1 for secp256k1 or 2 for ed25519, then its bytes.
pub fn key_bytes(issuer: &IssuerKey) -> Vec<u8> {
    let (kind, key) = match issuer {
        IssuerKey::Secp256k1(key) => (1, key),
        IssuerKey::Ed25519(key) => (2, key),
    };
    [&[kind], key.as_slice()].concat()
}

/// What an address is registered as: one byte (1 person, 2 organisation).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind(pub Registered);

impl Layout for Kind {
    const NAME: &'static str = "kind";

    fn encode(&self) -> Vec<u8> {
        vec![match self.0 {
            Registered::Person => 1,
            Registered::Organisation => 2,
        }]
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 1);
        let kind = match b.u8()? {
            1 => Registered::Person,
            2 => Registered::Organisation,
            other => return Err(b.invalid(other)),
        };
        b.end()?;
        Ok(Self(kind))
    }
}

/// Since when something holds: Unix seconds as u64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Since(pub u64);

impl Layout for Since {
    const NAME: &'static str = "since";

    fn encode(&self) -> Vec<u8> {
        self.0.to_be_bytes().to_vec()
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 8);
        let since = b.u64()?;
        b.end()?;
        Ok(Self(since))
    }
}
