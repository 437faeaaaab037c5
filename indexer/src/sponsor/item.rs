//! One signed item, checked before it is taken: by the rules of the contract, in its words.

use k256::ecdsa::signature::Verifier;
use k256::ecdsa::{Signature, VerifyingKey};
use muster_schema::causes::limits::{MAX_SEQUENCE, MAX_VALIDITY};
use muster_schema::causes::{Error, Signed, relay};
use muster_schema::json::from_base64;
use ripemd::Ripemd160;
use sha2::{Digest, Sha256};

use crate::serve::extract::polymod;

/// What is signed for here.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) chain_id: String,
    pub(super) contract: String,
    /// Of the chain's addresses.
    pub(super) prefix: String,
}

/// An item that may be taken.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    /// The same for the same item, whoever brings it and however often.
    pub(super) id: String,
    pub(super) signer: String,
    pub(super) expires: u64,
    /// As the contract reads it.
    pub(super) body: String,
}

/// Checks everything that needs no look at the chain.
pub(super) fn check(place: &Place, now: u64, item: &Signed) -> Result<Checked, Error> {
    let (least, most) = (now.saturating_add(1), now.saturating_add(MAX_VALIDITY));
    if !(least..=most).contains(&item.expires) {
        return Err(Error::Expired {
            found: item.expires,
            least,
            most,
        });
    }
    if item.sequence > MAX_SEQUENCE {
        return Err(Error::StaleSequence {
            found: item.sequence,
            least: 0,
            most: MAX_SEQUENCE,
        });
    }
    let bad = |found, allowed| Error::BadSignature { found, allowed };
    let key = from_base64(&item.key).filter(|key| key.len() == 33);
    let key =
        key.ok_or_else(|| bad("a key of another form", "33 bytes of secp256k1, in Base64"))?;
    let signature = from_base64(&item.signature).and_then(|s| Signature::from_slice(&s).ok());
    let signature = signature
        .filter(|s| s.normalize_s().is_none())
        .ok_or_else(|| {
            let allowed = "r and s of 64 bytes, s in the lower half, in Base64";
            bad("a signature of another form", allowed)
        })?;
    let signer = account(&place.prefix, &key);
    let text = relay::text(
        &place.chain_id,
        &place.contract,
        item.sequence,
        item.expires,
        &item.does,
    );
    let document = relay::document(&signer, &text);
    let holds = VerifyingKey::from_sec1_bytes(&key)
        .is_ok_and(|key| key.verify(document.as_bytes(), &signature).is_ok());
    if !holds {
        return Err(bad(
            "one by another key or over another message",
            "the signer's over exactly this, for this chain and contract",
        ));
    }
    let body = serde_json::to_string(item).unwrap_or_default(); // of strings and numbers alone
    let id = hex::encode(Sha256::digest(document));
    Ok(Checked {
        id,
        signer,
        expires: item.expires,
        body,
    })
}

/// The address of a compressed key: bech32 (BIP 173) of RIPEMD-160 of its SHA-256.
pub(super) fn account(prefix: &str, key: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    let canonical = Ripemd160::digest(Sha256::digest(key));
    // 160 bits are 32 times five.
    let mut fives = Vec::with_capacity(38);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in canonical {
        held = (held << 8) | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            fives.push(((held >> bits) & 31) as u8);
        }
        held &= (1 << bits) - 1;
    }
    let expanded = prefix
        .bytes()
        .map(|b| b >> 5)
        .chain([0])
        .chain(prefix.bytes().map(|b| b & 31));
    let check = expanded
        .chain(fives.iter().copied())
        .chain([0; 6])
        .fold(1, polymod)
        ^ 1;
    fives.extend((0..6).rev().map(|i| ((check >> (5 * i)) & 31) as u8));
    let letters = fives.iter().map(|five| ALPHABET[usize::from(*five)]);
    format!("{prefix}1{}", letters.map(char::from).collect::<String>())
}

#[cfg(test)]
pub(super) mod tests {
    use k256::ecdsa::SigningKey;
    use k256::ecdsa::signature::Signer;
    use muster_schema::causes::Does;
    use muster_schema::json::base64;

    use super::*;
    use crate::serve::extract;

    pub(crate) const NOW: u64 = 1_800_000_000;

    pub(crate) fn place() -> Place {
        Place {
            chain_id: "muster-1".into(),
            contract: "wasm1contract".into(),
            prefix: "wasm".into(),
        }
    }

    /// What the owner of a key signs at `place`.
    pub(crate) fn signed(secret: u8, sequence: u64, place: &Place) -> Signed {
        let key = SigningKey::from_slice(&[secret; 32]).unwrap();
        let public = key.verifying_key().to_encoded_point(true);
        let does = Does::Withdraw { action: 7 };
        let expires = NOW + 100;
        let text = relay::text(&place.chain_id, &place.contract, sequence, expires, &does);
        let document = relay::document(&account(&place.prefix, public.as_bytes()), &text);
        let signature: Signature = key.sign(document.as_bytes());
        Signed {
            key: base64(public.as_bytes()),
            signature: base64(&signature.to_bytes()),
            sequence,
            expires,
            does,
        }
    }

    #[test]
    fn addresses_are_the_chains() {
        // The key of the generator of secp256k1; its address is in BIP 173.
        let key = hex::decode("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
        let address = account("wasm", &key.unwrap());
        extract::address("wasm", &address).unwrap();
        assert_eq!(address.len(), 43);
        // The same letters as of its witness address there, up to the checksum.
        assert!(address.starts_with("wasm1w508d6qejxtdg4y5r3zarvary0c5xw7k"));
    }

    #[test]
    fn what_wallets_sign_is_taken() {
        let text = include_str!("../../../schema/vectors/relay.json");
        let vectors: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
        assert!(vectors.len() > 5);
        for vector in vectors {
            let field = |name: &str| vector[name].as_str().unwrap().to_owned();
            let place = Place {
                chain_id: field("chain_id"),
                contract: field("contract"),
                prefix: "wasm".into(),
            };
            let item: Signed = serde_json::from_value(vector["item"].clone()).unwrap();
            let checked = check(&place, item.expires - 1, &item).unwrap();
            assert_eq!(checked.signer, field("signer"));
            assert_eq!(serde_json::from_str::<Signed>(&checked.body).unwrap(), item);
        }
    }

    #[test]
    fn only_what_the_signer_signed_for_here_is_taken() {
        let here = place();
        let item = signed(1, 3, &here);
        let checked = check(&here, NOW, &item).unwrap();
        assert_eq!(serde_json::from_str::<Signed>(&checked.body).unwrap(), item);
        assert_eq!(check(&here, NOW + 1, &item).unwrap().id, checked.id);
        let said = |item: &Signed, now| check(&here, now, item).unwrap_err().to_string();
        for (now, expires) in [(NOW + 100, NOW + 100), (NOW - MAX_VALIDITY, NOW + 100)] {
            assert_eq!(item.expires, expires);
            assert!(said(&item, now).starts_with("expired: "));
        }
        let chain_id = "elsewhere-1".to_owned();
        let contract = "wasm1another".to_owned();
        for wrong in [
            signed(
                1,
                3,
                &Place {
                    chain_id,
                    ..place()
                },
            ),
            signed(
                1,
                3,
                &Place {
                    contract,
                    ..place()
                },
            ),
            Signed {
                key: signed(2, 3, &here).key,
                ..item.clone()
            },
            Signed {
                sequence: 4,
                ..item.clone()
            },
            Signed {
                expires: NOW + 99,
                ..item.clone()
            },
            Signed {
                does: Does::Void {},
                ..item.clone()
            },
            Signed {
                key: String::new(),
                ..item.clone()
            },
            Signed {
                key: base64(&[2; 33]),
                ..item.clone()
            },
            Signed {
                signature: base64(&[1; 64]),
                ..item.clone()
            },
            Signed {
                signature: base64(&[255; 64]),
                ..item.clone()
            },
            Signed {
                signature: "?".into(),
                ..item.clone()
            },
        ] {
            assert!(said(&wrong, NOW).starts_with("bad_signature: "));
        }
        let wrong = signed(1, MAX_SEQUENCE + 1, &here);
        assert!(said(&wrong, NOW).starts_with("stale_sequence: "));
    }
}
