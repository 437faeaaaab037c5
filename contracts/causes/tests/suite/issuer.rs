//! Issuers that attest persons, with real keys of both kinds.

use cosmwasm_std::HexBinary;
use k256::ecdsa::signature::Signer;
use muster_schema::attestation::{Attestation, action_scope};
use muster_schema::causes::{Attested, Credential, Gate, IssuedClaim, IssuerKey};

use crate::common::*;

/// What an issuer is asked to say; tests change one thing of it.
#[derive(Clone)]
pub(crate) struct Word {
    pub(crate) chain_id: String,
    pub(crate) contract: String,
    pub(crate) subject: String,
    pub(crate) claim: String,
    pub(crate) scope: String,
    pub(crate) nullifier: [u8; 32],
    pub(crate) expires: u64,
}

impl Word {
    /// That "name" is the person whose nullifier is made of `person`, for `action` alone.
    pub(crate) fn of(s: &mut Suite, name: &str, person: u8, action: u64) -> Self {
        Self {
            chain_id: s.app.block_info().chain_id,
            contract: s.contract.to_string(),
            subject: s.who(name).to_string(),
            claim: "person".into(),
            scope: action_scope(action),
            nullifier: [person; 32],
            expires: s.now() + 100,
        }
    }

    pub(crate) fn attestation(&self) -> Attestation<'_> {
        Attestation {
            chain_id: &self.chain_id,
            contract: &self.contract,
            subject: &self.subject,
            claim: &self.claim,
            scope: &self.scope,
            nullifier: &self.nullifier,
            expires: self.expires,
        }
    }
}

pub(crate) enum Issuer {
    Secp256k1(k256::ecdsa::SigningKey),
    Ed25519(ed25519_zebra::SigningKey),
}

impl Issuer {
    pub(crate) fn secp256k1(seed: u8) -> Self {
        Self::Secp256k1(k256::ecdsa::SigningKey::from_slice(&[seed; 32]).unwrap())
    }

    pub(crate) fn ed25519(seed: u8) -> Self {
        Self::Ed25519(ed25519_zebra::SigningKey::from([seed; 32]))
    }

    pub(crate) fn key(&self) -> IssuerKey {
        match self {
            Self::Secp256k1(key) => {
                let point = key.verifying_key().to_encoded_point(true);
                IssuerKey::Secp256k1(HexBinary::from(point.as_bytes()))
            }
            Self::Ed25519(key) => {
                let bytes: [u8; 32] = ed25519_zebra::VerificationKey::from(key).into();
                IssuerKey::Ed25519(HexBinary::from(bytes))
            }
        }
    }

    pub(crate) fn claim(&self, claim: &str) -> IssuedClaim {
        let claim = claim.into();
        IssuedClaim {
            issuer: self.key(),
            claim,
        }
    }

    /// The gate of one who must be attested a person by this issuer.
    pub(crate) fn gate(&self) -> Gate {
        let attested = Attested {
            one_person: self.claim("person"),
            also: vec![],
            scope: None,
        };
        Gate {
            attested: Some(attested),
            ..no_gate()
        }
    }

    pub(crate) fn sign(&self, word: &Word) -> Credential {
        let bytes = word.attestation().bytes();
        let signature: [u8; 64] = match self {
            Self::Secp256k1(key) => {
                let signed: k256::ecdsa::Signature = key.sign(&bytes);
                signed.to_bytes().into()
            }
            Self::Ed25519(key) => key.sign(&bytes).into(),
        };
        Credential {
            nullifier: HexBinary::from(word.nullifier),
            expires: word.expires,
            signature: HexBinary::from(signature),
        }
    }
}

pub(crate) fn no_gate() -> Gate {
    Gate {
        people: None,
        attested: None,
        only: None,
        communities: vec![],
        list: vec![],
        least_kept: None,
    }
}
