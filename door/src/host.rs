//! The door over the types of `cosmwasm-std`, for tests that run a contract without a chain.

use cosmwasm_std::{Api, BankMsg, CanonicalAddr, QuerierWrapper};

use crate::{Addresses, Env, Others, Response, is_ed25519, is_secp256k1};

/// Addresses and signatures as an [`Api`] knows them.
#[derive(Clone, Copy)]
pub struct Host<'a>(pub &'a dyn Api);

impl Addresses for Host<'_> {
    fn canonical(&self, written: &str) -> Option<Vec<u8>> {
        self.0.addr_canonicalize(written).ok().map(Into::into)
    }

    fn written(&self, canonical: &[u8]) -> Option<String> {
        let canonical = CanonicalAddr::from(canonical);
        self.0.addr_humanize(&canonical).ok().map(Into::into)
    }

    fn secp256k1(&self, hash: &[u8; 32], signature: &[u8], key: &[u8]) -> bool {
        is_secp256k1(signature, key) && self.0.secp256k1_verify(hash, signature, key) == Ok(true)
    }

    fn ed25519(&self, message: &[u8], signature: &[u8], key: &[u8]) -> bool {
        is_ed25519(signature, key) && self.0.ed25519_verify(message, signature, key) == Ok(true)
    }
}

/// Other contracts as a querier knows them.
#[derive(Clone, Copy)]
pub struct Neighbours<'a>(pub QuerierWrapper<'a>);

impl Others for Neighbours<'_> {
    fn record(&self, contract: &str, key: &[u8]) -> Option<Vec<u8>> {
        let found = self.0.query_wasm_raw(contract, key).ok().flatten();
        let found = found.filter(|record| !record.is_empty());
        found.map(|record| {
            if record.len() > crate::MAX_RECORD {
                vec![]
            } else {
                record
            }
        })
    }
}

impl From<&cosmwasm_std::Env> for Env {
    fn from(env: &cosmwasm_std::Env) -> Self {
        Self {
            now: env.block.time.seconds(),
            chain_id: env.block.chain_id.clone(),
            contract: env.contract.address.clone(),
        }
    }
}

impl From<Response> for cosmwasm_std::Response {
    fn from(response: Response) -> Self {
        let payments = response.payments.into_iter().map(|p| BankMsg::Send {
            to_address: p.to.into(),
            amount: vec![p.coin],
        });
        Self::new()
            .add_messages(payments)
            .add_events(response.events)
    }
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::HexBinary;
    use cosmwasm_std::testing::MockApi;

    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        HexBinary::from_hex(hex).unwrap().into()
    }

    #[test]
    fn only_the_signature_of_that_key_over_that_hash_holds() {
        // The test vector of the chain's own library.
        let hash = bytes("5ae8317d34d1e595e3fa7247db80c0af4320cce1116de187f8f7e2e099c0d8d0");
        let hash: [u8; 32] = hash.try_into().unwrap();
        let signature = bytes(
            "207082eb2c3dfa0b454e0906051270ba4074ac93760ba9e7110cd9471475111151eb0dbbc9920e72146fb564f99d039802bf6ef2561446eb126ef364d21ee9c4",
        );
        let key = bytes(
            "04051c1ee2190ecfb174bfe4f90763f2b4ff7517b70a2aec1876ebcfd644c4633fb03f3cfbd94b1f376e34592d9d41ccaf640bb751b00a1fadeb0c01157769eb73",
        );
        let api = MockApi::default();
        let host = Host(&api);
        assert!(host.secp256k1(&hash, &signature, &key));
        let mut other = hash;
        other[0] ^= 1;
        assert!(!host.secp256k1(&other, &signature, &key));
        for wrong in [&signature[..63], &[0; 65], &[0; 64], &[]] {
            assert!(!host.secp256k1(&hash, wrong, &key));
        }
        for wrong in [&key[..64], &[4; 65], &[0; 66], &[]] {
            assert!(!host.secp256k1(&hash, &signature, wrong));
        }
    }

    #[test]
    fn ed25519_as_rfc_8032_has_it() {
        // Test 1 of RFC 8032, section 7.1: the empty message.
        let key = bytes("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        let signature = bytes(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        );
        let api = MockApi::default();
        let host = Host(&api);
        assert!(host.ed25519(b"", &signature, &key));
        assert!(!host.ed25519(b"x", &signature, &key));
        for wrong in [&signature[..63], &[0; 65], &[0; 64], &[]] {
            assert!(!host.ed25519(b"", wrong, &key));
        }
        for wrong in [&key[..31], &[7; 32], &[0; 33], &[]] {
            assert!(!host.ed25519(b"", &signature, wrong));
        }
    }
}
