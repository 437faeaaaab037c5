//! `schema/vectors/relay.json`: what is signed, byte for byte, for whoever builds it elsewhere (the
//! page's tests read the same file). `UPDATE_SCHEMA=1` writes it anew.

use std::fs;
use std::path::PathBuf;

use cosmwasm_std::Addr;
use muster_schema::causes::{Does, Evidence, Signed, Vote, relay};
use muster_schema::json::hex;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::signing::{Draft, key, public};

#[derive(Serialize)]
struct Vector {
    /// The secret key: SHA-256 of the name "vector". Nobody's.
    secret: String,
    chain_id: String,
    contract: String,
    signer: String,
    text: String,
    document: String,
    sha256: String,
    item: Signed,
}

fn vector(sequence: u64, expires: u64, does: Does) -> Vector {
    let key = key("vector");
    let (chain, contract) = ("muster-1".to_owned(), "wasm1contract".to_owned());
    let hash = ripemd::Ripemd160::digest(Sha256::digest(public(&key)));
    let signer = bech32(&hash);
    let text = relay::text(&chain, &contract, sequence, expires, &does);
    let document = relay::document(&signer, &text);
    let draft = Draft {
        chain,
        contract,
        sequence,
        expires,
        does,
    };
    let item = draft.sign(&Addr::unchecked(&signer), &key);
    Vector {
        secret: hex(&key.to_bytes()),
        chain_id: draft.chain,
        contract: draft.contract,
        signer,
        text,
        sha256: hex(&Sha256::digest(&document)),
        document,
        item,
    }
}

fn bech32(canonical: &[u8]) -> String {
    use cosmwasm_std::Api;
    let api = cosmwasm_std::testing::MockApi::default().with_prefix("wasm");
    let canonical = cosmwasm_std::CanonicalAddr::from(canonical);
    api.addr_humanize(&canonical).unwrap().to_string()
}

#[test]
fn what_is_signed_is_the_same_everywhere() {
    let evidence = Some(Evidence {
        uri: "https://example.org/\"a\\b\"?<é>&\u{1f980}".into(),
        sha256: vec![0xab; 32].into(),
    });
    let largest = (1 << 48) - 1;
    let all = [
        vector(
            1_800_000_000_000,
            1_800_000_000,
            Does::Pledge {
                action: 3,
                needs_others: 120,
                referrer: None,
                credentials: vec![],
            },
        ),
        vector(
            0,
            1,
            Does::Pledge {
                action: 1,
                needs_others: 0,
                referrer: None,
                credentials: vec![],
            },
        ),
        vector(largest, 4_000_000_000, Does::Withdraw { action: 12 }),
        vector(
            7,
            1_800_000_000,
            Does::CheckIn {
                action: 12,
                evidence,
            },
        ),
        vector(
            8,
            1_800_000_000,
            Does::CheckIn {
                action: 12,
                evidence: None,
            },
        ),
        vector(9, 1_800_000_000, Does::AlreadyDid { action: 1 }),
        vector(11, 1_800_000_000, Does::Confirm { action: 1 }),
        vector(
            12,
            1_800_000_000,
            Does::Score {
                cause: 3,
                scores: vec![5, 0, 4],
            },
        ),
        vector(10, 1_800_000_000, Does::Void {}),
        vector(
            12,
            1_800_000_000,
            Does::PledgeBundle {
                cause: 4,
                needs_others: vec![0, 120],
            },
        ),
        vector(13, 1_800_000_000, Does::WithdrawBundle { cause: 4 }),
        vector(
            14,
            1_800_000_000,
            Does::Rate {
                cause: 4,
                person: bech32(&[7; 20]),
                vote: Vote::Down,
            },
        ),
    ];
    let lines: Vec<_> = all
        .iter()
        .map(|v| cosmwasm_std::to_json_string(v).unwrap())
        .collect();
    let text = format!("[\n{}\n]\n", lines.join(",\n"));
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../schema/vectors/relay.json");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let stored = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stored == text,
        "schema/vectors/relay.json is stale: UPDATE_SCHEMA=1 cargo test -p muster-causes vectors"
    );
}
