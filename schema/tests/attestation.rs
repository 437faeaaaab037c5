//! The bytes of an attestation, against a vector that other languages test too. `UPDATE_SCHEMA=1`
//! writes it anew.

use std::fs;
use std::path::PathBuf;

use k256::ecdsa::signature::Verifier;
use muster_schema::attestation::{Attestation, action_scope};
use muster_schema::json::hex;
use serde_json::{Value, json};

const NULLIFIER: [u8; 32] = [0xab; 32];

fn attestation<'a>(claim: &'a str, scope: &'a str) -> Attestation<'a> {
    Attestation {
        chain_id: "muster-local-1",
        contract: "wasm14hj2tavq8fpesdwxxcu44rty3hh90vhujrvcmstl4zr3txmfvw9s0phg4d",
        subject: "wasm1qypqxpq9qcrsszg2pvxq6rs0zqg3yyc5ztpugu",
        claim,
        scope,
        nullifier: &NULLIFIER,
        expires: 1_800_000_000,
    }
}

fn vector(of: &Attestation<'_>) -> Value {
    let bytes = of.bytes();
    let secp = k256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
    let ed = ed25519_zebra::SigningKey::from([9; 32]);
    let signed: k256::ecdsa::Signature = k256::ecdsa::signature::Signer::sign(&secp, &bytes);
    secp.verifying_key().verify(&bytes, &signed).unwrap();
    let ed_key: [u8; 32] = ed25519_zebra::VerificationKey::from(&ed).into();
    let ed_signed: [u8; 64] = ed.sign(&bytes).into();
    json!({
        "chain_id": of.chain_id,
        "contract": of.contract,
        "subject": of.subject,
        "claim": of.claim,
        "scope": of.scope,
        "nullifier": hex(of.nullifier),
        "expires": of.expires,
        "bytes": hex(&bytes),
        "digest": hex(&of.digest()),
        "secp256k1": {
            "key": hex(secp.verifying_key().to_encoded_point(true).as_bytes()),
            "signature": hex(&signed.to_bytes()),
        },
        "ed25519": { "key": hex(&ed_key), "signature": hex(&ed_signed) },
    })
}

#[test]
fn the_vector_is_what_the_bytes_say() {
    let own = action_scope(7);
    let vectors = json!([
        vector(&attestation("person", &own)),
        vector(&attestation("resident:NL-NH · wónt", "amsterdam-2026")),
    ]);
    let text = serde_json::to_string_pretty(&vectors).unwrap() + "\n";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/attestation.json");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), text);
}

#[test]
fn no_two_attestations_have_the_same_bytes() {
    let shifted = [("person", "ab"), ("persona", "b"), ("perso", "nab")];
    let all: Vec<_> = shifted.map(|(c, s)| attestation(c, s).bytes()).into();
    assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2]);
    assert!(all[0].starts_with(b"\0\x14muster/attestation/1\0\x0emuster-local-1\0\x3f"));
    assert!(all[0].ends_with(&1_800_000_000_u64.to_be_bytes()));
}
