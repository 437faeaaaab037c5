//! Who signed, and whether the signature holds.

use muster_door::{Addresses, Env};
use muster_schema::causes::{Error, Signed, relay};
use muster_schema::json::from_base64;
use ripemd::Ripemd160;
use sha2::{Digest, Sha256};

use crate::address::{self, Person};

const KEY: usize = 33;
/// Half of the order of secp256k1. A signature with a higher s is another form of one with a low s,
/// and the chain's own transactions refuse it too.
const HIGHEST_S: [u8; 32] = [
    0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0x5d, 0x57, 0x6e, 0x73, 0x57, 0xa4, 0x50, 0x1d, 0xdf, 0xe9, 0x2f, 0x46, 0x68, 0x1b, 0x20, 0xa0,
];

const fn bad(found: &'static str, allowed: &'static str) -> Error {
    Error::BadSignature { found, allowed }
}

/// A signer by the key.
pub(crate) struct Signer {
    key: Vec<u8>,
    pub person: Person,
}

/// The account that a key stands for: RIPEMD-160 of SHA-256 of it.
pub(crate) fn of_key(api: &dyn Addresses, key: &str) -> Result<Signer, Error> {
    let key = from_base64(key)
        .filter(|key| key.len() == KEY)
        .ok_or_else(|| bad("a key of another form", "33 bytes of secp256k1, in Base64"))?;
    let canonical = Ripemd160::digest(Sha256::digest(&key)).to_vec();
    let address = address::written(api, "key", &canonical)?;
    let person = Person { canonical, address };
    Ok(Signer { key, person })
}

impl Signer {
    /// Refuses an item that this signer didn't sign for this chain and contract.
    pub(crate) fn check(&self, api: &dyn Addresses, env: &Env, item: &Signed) -> Result<(), Error> {
        let signature = from_base64(&item.signature).filter(|s| s.len() == 64);
        let signature = signature.ok_or_else(|| {
            bad(
                "a signature of another form",
                "64 bytes, r and s, in Base64",
            )
        })?;
        if signature.get(32..).is_none_or(|s| *s > HIGHEST_S[..]) {
            return Err(bad("a high s", "the low form of the same signature"));
        }
        let (chain, contract) = (&env.chain_id, env.contract.as_str());
        let text = relay::text(chain, contract, item.sequence, item.expires, &item.does);
        let document = relay::document(self.person.address.as_str(), &text);
        if api.secp256k1(&Sha256::digest(document).into(), &signature, &self.key) {
            Ok(())
        } else {
            Err(bad(
                "one by another key or over another message",
                "the signer's over exactly this, for this chain and contract",
            ))
        }
    }
}
