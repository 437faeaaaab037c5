//! Every artifact passes the virtual machine's own check with the chain's capabilities: it refuses
//! what the chain refuses (unknown instructions and capabilities, too many locals, bad exports).
//! Build them first: `scripts/build-contracts`.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

use cosmwasm_vm::WasmLimits;
use cosmwasm_vm::internals::{Logger, check_wasm, compile, make_compiling_engine};

/// What wasmd 0.61 offers.
const CAPABILITIES: [&str; 10] = [
    "iterator",
    "staking",
    "stargate",
    "cosmwasm_1_1",
    "cosmwasm_1_2",
    "cosmwasm_1_3",
    "cosmwasm_1_4",
    "cosmwasm_2_0",
    "cosmwasm_2_1",
    "cosmwasm_2_2",
];
/// wasmd's default limit for a stored code.
const MAX_BYTES: usize = 800 * 1024;

fn artifacts() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../artifacts");
    let files = fs::read_dir(&folder).expect("artifacts/: run scripts/build-contracts first");
    files
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|e| e == "wasm"))
        .map(|path| {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            (name, fs::read(&path).expect("a readable artifact"))
        })
        .collect()
}

#[test]
fn the_chain_would_store_every_artifact() {
    let capabilities: HashSet<String> = CAPABILITIES.map(str::to_owned).into();
    let all = artifacts();
    assert!(!all.is_empty(), "no artifact: run scripts/build-contracts");
    for (name, code) in all {
        assert!(
            code.len() <= MAX_BYTES,
            "{name}: {} bytes, allowed are {MAX_BYTES}",
            code.len()
        );
        check_wasm(&code, &capabilities, &WasmLimits::default(), Logger::Off)
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        compile(&make_compiling_engine(None, None), &code)
            .unwrap_or_else(|e| panic!("{name}: {e}"));
    }
}

#[test]
fn a_chain_that_offers_less_refuses_it() {
    let fewer = HashSet::from(["staking".to_owned()]);
    for (name, code) in artifacts() {
        let checked = check_wasm(&code, &fewer, &WasmLimits::default(), Logger::Off);
        assert!(
            checked.is_err(),
            "{name} needs no capability, or the check checks nothing"
        );
    }
}
