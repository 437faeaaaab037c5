//! What people of the suite sign, as a wallet would.

use cosmwasm_std::{Addr, Api, CanonicalAddr};
use cw_multi_test::AppResponse;
use k256::ecdsa::signature::hazmat::PrehashSigner;
use k256::ecdsa::{Signature, SigningKey};
use muster_schema::causes::{Does, ExecuteMsg, Signed, relay};
use muster_schema::json::base64;
use ripemd::Ripemd160;
use sha2::{Digest, Sha256};

use crate::common::*;

/// The key of whoever is called so.
pub(crate) fn key(name: &str) -> SigningKey {
    SigningKey::from_slice(&Sha256::digest(name)).unwrap()
}

pub(crate) fn public(key: &SigningKey) -> Vec<u8> {
    key.verifying_key()
        .to_encoded_point(true)
        .as_bytes()
        .to_vec()
}

/// The account of that key.
pub(crate) fn address(api: &dyn Api, key: &SigningKey) -> Addr {
    let canonical = Ripemd160::digest(Sha256::digest(public(key))).to_vec();
    api.addr_humanize(&CanonicalAddr::from(canonical)).unwrap()
}

/// What is signed, and where it counts.
pub(crate) struct Draft {
    pub(crate) chain: String,
    pub(crate) contract: String,
    pub(crate) sequence: u64,
    pub(crate) expires: u64,
    pub(crate) does: Does,
}

impl Draft {
    pub(crate) fn sign(&self, signer: &Addr, key: &SigningKey) -> Signed {
        let Self {
            chain,
            contract,
            sequence,
            expires,
            does,
        } = self;
        let text = relay::text(chain, contract, *sequence, *expires, does);
        let document = relay::document(signer.as_str(), &text);
        let signature: Signature = key.sign_prehash(&Sha256::digest(document)).unwrap();
        Signed {
            key: base64(&public(key)),
            signature: base64(&signature.to_bytes()),
            sequence: *sequence,
            expires: *expires,
            does: does.clone(),
        }
    }
}

impl Suite {
    /// What a wallet would be asked to sign now, for an hour.
    pub(crate) fn draft(&self, sequence: u64, does: Does) -> Draft {
        let block = self.app.block_info();
        Draft {
            chain: block.chain_id,
            contract: self.contract.to_string(),
            sequence,
            expires: block.time.seconds() + 3_600,
            does,
        }
    }

    pub(crate) fn sign(&mut self, name: &str, sequence: u64, does: Does) -> Signed {
        let signer = self.who(name);
        self.draft(sequence, does).sign(&signer, &key(name))
    }

    pub(crate) fn relay(&mut self, items: Vec<Signed>) -> Result<AppResponse, String> {
        self.send("sponsor", ExecuteMsg::Relay { items })
    }
}
