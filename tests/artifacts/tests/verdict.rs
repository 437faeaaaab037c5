//! The shipped `causes` reads a verdict contract's record raw, in the virtual machine itself: the key
//! that it asks for, and answers that are none. Build it first: `scripts/build-contracts`.

use std::fs;
use std::path::PathBuf;

use cosmwasm_std::{
    Api, Binary, Coin, ContractResult, Empty, QuerierResult, Response, SystemError, SystemResult,
    Timestamp, WasmQuery, coins,
};
use cosmwasm_vm::Instance;
use cosmwasm_vm::testing::{
    MockApi, MockQuerier, MockStorage, execute, instantiate, mock_env, mock_info,
    mock_instance_with_gas_limit,
};
use muster_schema::causes::Electorate;
use muster_schema::layout::Layout;
use muster_schema::layout::verdict::{self, Part, Question, Status};
use serde_json::{Value, json};

type Vm = Instance<MockApi, MockStorage, MockQuerier>;

const CLOSE: u64 = 100;
/// CosmWasm gas of one gas of the chain (`DefaultGasMultiplier` of wasmd).
const MULTIPLIER: u64 = 140_000;

fn send(vm: &mut Vm, at: u64, from: &str, funds: &[Coin], msg: Value) -> Result<(), String> {
    let mut env = mock_env();
    env.block.time = Timestamp::from_seconds(env.block.time.seconds() + at);
    let done: ContractResult<Response> = execute(vm, env, mock_info(from, funds), msg);
    done.into_result().map(|_| ())
}

/// What the verdict contract answers from now on to a question for one of its records.
fn answers(vm: &mut Vm, answer: impl Fn(&str, &[u8]) -> QuerierResult + 'static) {
    vm.with_querier(|querier| {
        querier.update_wasm(move |query| match query {
            WasmQuery::Raw { contract_addr, key } => answer(contract_addr, key),
            other => panic!("it runs foreign code: {other:?}"),
        });
        Ok(())
    })
    .unwrap();
}

fn found(bytes: Vec<u8>) -> QuerierResult {
    SystemResult::Ok(ContractResult::Ok(Binary::from(bytes)))
}

#[test]
fn a_question_is_read_raw_and_nothing_else_counts_as_one() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../artifacts/causes.wasm");
    let code = fs::read(path).expect("artifacts/: run scripts/build-contracts first");
    let mut vm: Vm = mock_instance_with_gas_limit(&code, u64::MAX / 2);
    let api = MockApi::default();
    let [owner, ann, asker, jury] = ["owner", "ann", "asker", "jury"].map(|n| api.addr_make(n));
    let floors = json!({ "report": 1, "hold": 1, "lock": 1, "confirm": 1 });
    let msg = json!({ "owner": owner, "treasury": owner, "fee_bps": 0, "floors": floors });
    let done: ContractResult<Response<Empty>> =
        instantiate(&mut vm, mock_env(), mock_info(&owner, &[]), msg);
    done.unwrap();
    let start = mock_env().block.time.seconds();
    let judge = json!({ "verdict": jury, "electorate": { "community": { "id": 7 } } });
    let action = json!({
        "label": "do", "description": "d", "goal": 1, "act_window": 100, "report_window": 100,
        "schedule": { "at_close": { "pledge_until": start + CLOSE } },
        "stake": { "rule": "required", "coin": { "denom": "umust", "amount": "1000" } },
        "forfeits_to": { "everybody": {} },
        "fulfilment": { "challengeable": { "window": 100, "judge": judge } },
    });
    let cause = json!({
        "title": "t", "summary": "s", "language": "en", "text": "x", "cancel": "never",
        "actions": [action],
    });
    send(&mut vm, 0, &owner, &[], json!({ "create_cause": cause })).unwrap();
    let pledge = json!({ "pledge": { "action": 1 } });
    send(&mut vm, 0, &ann, &coins(1_000, "umust"), pledge).unwrap();
    let check_in = json!({ "check_in": { "action": 1 } });
    send(&mut vm, CLOSE, &ann, &[], check_in).unwrap();

    let challenge = |vm: &mut Vm| {
        let msg = json!({ "challenge": { "action": 1, "person": ann } });
        send(vm, CLOSE + 5, &owner, &[], msg)
    };
    let refused = |vm: &mut Vm| {
        let error = challenge(vm).unwrap_err();
        assert!(error.starts_with("no_question"), "{error}");
    };
    answers(&mut vm, |contract, _| {
        let addr = contract.to_owned();
        SystemResult::Err(SystemError::NoSuchContract { addr })
    });
    refused(&mut vm);
    answers(&mut vm, |_, _| {
        SystemResult::Ok(ContractResult::Err("\"ok\":\"AQ==\"".into()))
    });
    refused(&mut vm);
    // A huge one makes a message dearer by a tenth of what it costs to write it (30 a byte; read by
    // the chain for 3, and not looked at), so no record that fits into a block keeps a claim out of one.
    for record in [vec![], vec![1, 0, 0], vec![0xff; 20_000], vec![0; 500_000]] {
        let bytes = record.len() as u64;
        answers(&mut vm, move |_, _| found(record.clone()));
        let left = vm.get_gas_left();
        refused(&mut vm);
        let gas = (left - vm.get_gas_left()) / MULTIPLIER;
        assert!(gas <= 1_000 + bytes / 100, "{gas} for {bytes} bytes");
    }

    let std_api = cosmwasm_std::testing::MockApi::default();
    let canonical = |address: &str| std_api.addr_canonicalize(address).unwrap().to_vec();
    let this = canonical(mock_env().contract.address.as_str());
    let key = verdict::key(&this, 1, Part::Person(&canonical(&ann)));
    let question = Question {
        status: Status::Asked,
        asked_at: start + CLOSE,
        final_at: 0,
        electorate: Electorate::Community { id: 7 },
        jurors_fee: 0,
        fee_denom: String::new(),
        asker: canonical(&asker),
        classes: vec![],
        round: 1,
    };
    answers(&mut vm, move |contract, asked| {
        assert_eq!((contract, asked), (&*jury, &*key));
        found(question.encode())
    });
    challenge(&mut vm).unwrap();
    let error = challenge(&mut vm).unwrap_err();
    assert!(error.starts_with("already_done"), "{error}");
}
