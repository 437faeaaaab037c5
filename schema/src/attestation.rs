//! The bytes that an issuer signs.
//!
//! Eight fields one after the other, each behind its length in two bytes, the highest first: so no
//! two attestations have the same bytes, whatever the texts hold.
//!
//! | field | as |
//! |---|---|
//! | tag | `muster/attestation/1` |
//! | chain id | text |
//! | contract | its address as the chain writes it: the `causes` contract |
//! | subject | the pledging address as the chain writes it |
//! | claim | text, e.g. `person` |
//! | scope | text: what it is made out for, `action:<number>` or what a gate names |
//! | nullifier | 32 bytes: the issuer's secret-keyed hash of the person and the scope |
//! | expires | Unix seconds in eight bytes, the highest first |
//!
//! The scope is signed too. Without it, an attestation for one action could be handed in on
//! another, where its nullifier differs from the person's own there: one person, two pledges.
//!
//! An ed25519 key signs these bytes, a secp256k1 key their SHA-256. A revocation names that SHA-256
//! (`layout::people`). Vectors are in `schema/testdata/attestation.json`.

use sha2::{Digest, Sha256};

/// The first field. Another version would have another.
pub const TAG: &str = "muster/attestation/1";
/// The length of a nullifier.
pub const NULLIFIER: usize = 32;
/// The length of a signature of either kind.
pub const SIGNATURE: usize = 64;

/// What an issuer says of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attestation<'a> {
    /// The chain's id.
    pub chain_id: &'a str,
    /// The `causes` contract.
    pub contract: &'a str,
    /// Of whom.
    pub subject: &'a str,
    /// What.
    pub claim: &'a str,
    /// For what.
    pub scope: &'a str,
    /// The issuer's secret-keyed hash of the person and the scope.
    pub nullifier: &'a [u8],
    /// Unix seconds.
    pub expires: u64,
}

impl Attestation<'_> {
    /// The bytes. Fields are far shorter than a length can say: the contract bounds each.
    pub fn bytes(&self) -> Vec<u8> {
        let expires = self.expires.to_be_bytes();
        let fields: [&[u8]; 8] = [
            TAG.as_bytes(),
            self.chain_id.as_bytes(),
            self.contract.as_bytes(),
            self.subject.as_bytes(),
            self.claim.as_bytes(),
            self.scope.as_bytes(),
            self.nullifier,
            &expires,
        ];
        let mut out = Vec::with_capacity(256);
        for field in fields {
            let length = u16::try_from(field.len()).unwrap_or(u16::MAX);
            out.extend_from_slice(&length.to_be_bytes());
            out.extend_from_slice(field);
        }
        out
    }

    /// SHA-256 of the bytes: what a secp256k1 key signs and a revocation names.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.bytes()).into()
    }
}

/// What an attestation for one action alone is made out for.
pub fn action_scope(action: u64) -> String {
    format!("action:{action}")
}
