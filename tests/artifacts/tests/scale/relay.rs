//! A batch of a hundred signed pledges.

use cosmwasm_std::testing::mock_env;
use cosmwasm_vm::BackendApi;
use cosmwasm_vm::testing::MockApi;
use k256::ecdsa::signature::hazmat::PrehashSigner;
use k256::ecdsa::{Signature, SigningKey};
use muster_schema::causes::{Does, Signed, relay};
use muster_schema::json::base64;
use muster_schema::layout::Pledge;
use ripemd::Ripemd160;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Vm;

/// What each of a hundred may cost inside the contract.
const MOST: u64 = 8_500;
/// What each byte of a transaction costs.
const BYTE: u64 = 10;

fn signed(i: u32, now: u64) -> Signed {
    let key = SigningKey::from_slice(&Sha256::digest(i.to_be_bytes())).unwrap();
    let public = key.verifying_key().to_encoded_point(true);
    let canonical = Ripemd160::digest(Sha256::digest(public.as_bytes()));
    let (signer, _) = MockApi::default().addr_humanize(&canonical);
    let env = mock_env();
    let (sequence, expires) = (now * 1_000, now + 3_600);
    let does = Does::Pledge {
        action: 1,
        needs_others: 0,
        credentials: vec![],
        referrer: None,
    };
    let contract = env.contract.address.as_str();
    let text = relay::text(&env.block.chain_id, contract, sequence, expires, &does);
    let document = relay::document(&signer.unwrap(), &text);
    let signature: Signature = key.sign_prehash(&Sha256::digest(document)).unwrap();
    Signed {
        key: base64(public.as_bytes()),
        signature: base64(&signature.to_bytes()),
        sequence,
        expires,
        does,
    }
}

fn batch(vm: &Vm, from: u32, count: u32) -> Value {
    let items: Vec<Signed> = (from..from + count).map(|i| signed(i, vm.now)).collect();
    json!({ "relay": { "items": items } })
}

#[test]
fn a_relayed_pledge_is_cheap_at_a_hundred_a_transaction() {
    for size in [1, 1_000_000] {
        let mut vm = Vm::new();
        vm.create(json!({}));
        vm.crowd(1, size, Pledge::default());
        let (one, hundred) = (batch(&vm, 0, 1), batch(&vm, 1, 100));
        let bytes = hundred.to_string().len() - one.to_string().len();
        let single = vm.send("sponsor", &[], one);
        let all = vm.send("sponsor", &[], hundred);
        let tally = vm.tally(1);
        assert_eq!(tally.pledged, size + 101);
        let marginal = (all - single).div_ceil(99);
        let sent = (bytes as u64 * BYTE).div_ceil(99);
        println!(
            "with {size} before: {all} gas inside for 100, {single} for one; {marginal} for each \
             further one, and {sent} for its bytes"
        );
        assert!(marginal <= MOST, "{marginal}");
    }
}
