//! The door of the shipped `causes` in the virtual machine itself: memory taken and given, and
//! what it says to messages that are none. Build it first: `scripts/build-contracts`.

use std::fs;
use std::path::PathBuf;

use cosmwasm_std::{Coin, ContractResult, Empty, MessageInfo, Response, Uint256};
use cosmwasm_vm::testing::{
    MockApi, MockQuerier, MockStorage, execute, instantiate, migrate, mock_env, mock_info,
    mock_instance, query, test_io,
};
use cosmwasm_vm::{Instance, call_execute_raw, call_query_raw};
use muster_schema::causes::{
    Config, CurveResponse, ExecuteMsg, InstantiateMsg, MigrateMsg, PledgesResponse, QueryMsg,
    WindowFloors,
};
use serde::de::DeserializeOwned;
use serde_json::json;

type Vm = Instance<MockApi, MockStorage, MockQuerier>;

/// An instance, and the addresses of its owner and of others.
fn vm() -> (Vm, [String; 3]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../artifacts/causes.wasm");
    let code = fs::read(path).expect("artifacts/: run scripts/build-contracts first");
    let mut vm = mock_instance(&code, &[]);
    let api = MockApi::default();
    let people = ["ann", "bob", "cleo"].map(|name| api.addr_make(name));
    let msg = InstantiateMsg {
        owner: people[0].clone(),
        treasury: people[1].clone(),
        fee_bps: 100,
        floors: WindowFloors {
            report: 1,
            hold: 1,
            lock: 1,
            confirm: 1,
        },
    };
    let info = mock_info(&people[0], &[]);
    let done: ContractResult<Response<Empty>> = instantiate(&mut vm, mock_env(), info, msg);
    assert_eq!(done.unwrap().events.len(), 2);
    (vm, people)
}

fn send(vm: &mut Vm, from: &str, msg: ExecuteMsg) -> Response {
    let info = mock_info(from, &[]);
    let done: ContractResult<Response> = execute(vm, mock_env(), info, msg);
    done.unwrap()
}

fn ask<T: DeserializeOwned>(vm: &mut Vm, msg: QueryMsg) -> T {
    let answer = query(vm, mock_env(), msg).unwrap();
    serde_json::from_slice(answer.as_slice()).unwrap()
}

fn a_cause() -> ExecuteMsg {
    let action = json!({
        "label": "Leave the \"journal\"",
        "description": "ünï 🦀\n\tcode",
        "goal": 2,
        "schedule": { "at_close": { "pledge_until": mock_env().block.time.seconds() + 1_000 } },
        "act_window": 10,
        "report_window": 10,
        "fulfilment": { "honor": {} },
    });
    let cause = json!({
        "title": "A title",
        "summary": "A summary",
        "language": "en",
        "text": "x".repeat(8_192),
        "cancel": "never",
        "actions": [action],
    });
    serde_json::from_value(json!({ "create_cause": cause })).unwrap()
}

#[test]
fn memory_goes_in_and_out() {
    let (mut vm, _) = vm();
    test_io(&mut vm);
}

#[test]
fn messages_questions_and_iterators() {
    let (mut vm, [ann, bob, cleo]) = vm();
    let config: Config = ask(&mut vm, QueryMsg::Config {});
    assert_eq!((config.owner, config.fee_bps), (Some(ann.clone()), 100));
    let created = send(&mut vm, &ann, a_cause());
    assert_eq!(created.events[0].ty, "muster_cause_created");
    for (person, needs_others) in [(&ann, 1), (&bob, 5), (&cleo, 7)] {
        let pledge = ExecuteMsg::Pledge {
            action: 1,
            needs_others,
            credentials: vec![],
            referrer: None,
        };
        assert_eq!(send(&mut vm, person, pledge).events[0].ty, "muster_pledged");
    }
    let curve: CurveResponse = ask(&mut vm, QueryMsg::Curve { action: 1 });
    let thresholds: Vec<u32> = curve.buckets.iter().map(|b| b.threshold).collect();
    assert_eq!(thresholds, [2, 6, 8]);
    let page = |start_after, limit| QueryMsg::Pledges {
        action: 1,
        start_after,
        limit: Some(limit),
    };
    let first: PledgesResponse = ask(&mut vm, page(None, 2));
    let last = first.pledges[1].person.clone();
    let second: PledgesResponse = ask(&mut vm, page(Some(last), 2));
    let mut people: Vec<String> = first.pledges.into_iter().map(|p| p.person).collect();
    people.extend(second.pledges.into_iter().map(|p| p.person));
    people.sort();
    let mut all = [ann, bob, cleo];
    all.sort();
    assert_eq!(people, all);
}

#[test]
fn refusals_have_words_and_leave_the_machine_running() {
    let (mut vm, [ann, bob, _]) = vm();
    let env = serde_json::to_vec(&mock_env()).unwrap();
    let info = serde_json::to_vec(&mock_info(&ann, &[])).unwrap();
    let refused = |said: Vec<u8>, begins: &str| {
        let said: ContractResult<Empty> = serde_json::from_slice(&said).unwrap();
        let said = said.unwrap_err();
        assert!(said.starts_with(begins), "{said}");
    };
    for (msg, begins) in [
        (
            &b""[..],
            "bad_message: found the end at byte 0, allowed is an object",
        ),
        (
            b"{\"settle\":{\"action\":1.5}}",
            "bad_message: found `1.5}}` at byte 20",
        ),
        (
            b"{\"settle\":{\"action\":1,\"x\":2}}",
            "bad_message: found `\"x\":2}}` at byte 22",
        ),
        (
            b"{\"claim_fees\":{\"denom\":\"\xff\xff\"}}",
            "bad_message: ",
        ),
        (
            b"{\"settle\":{\"action\":1}}",
            "unknown_action: found 1, allowed are 1 to 0",
        ),
    ] {
        refused(call_execute_raw(&mut vm, &env, &info, msg).unwrap(), begins);
    }
    refused(
        call_query_raw(&mut vm, &env, b"[]").unwrap(),
        "bad_message: ",
    );
    refused(
        call_query_raw(&mut vm, b"{}", b"{}").unwrap(),
        "bad_message: ",
    );

    let funds = vec![Coin::new(Uint256::MAX, "uall")];
    let info = MessageInfo {
        funds,
        ..mock_info(&bob, &[])
    };
    let done: ContractResult<Response<Empty>> = execute(&mut vm, mock_env(), info, a_cause());
    let expected = format!(
        "unexpected_coins: found {}uall, allowed are none",
        Uint256::MAX
    );
    assert_eq!(done.unwrap_err(), expected);
    let done: ContractResult<Response<Empty>> = migrate(&mut vm, mock_env(), MigrateMsg {});
    assert!(done.unwrap_err().starts_with("bad_migration: "));
    let bad = ExecuteMsg::ProposeOwner {
        owner: Some("x".repeat(500)),
    };
    let done: ContractResult<Response<Empty>> =
        execute(&mut vm, mock_env(), mock_info(&ann, &[]), bad);
    assert!(done.unwrap_err().starts_with("bad_address: "));
    send(&mut vm, &ann, a_cause());
}
