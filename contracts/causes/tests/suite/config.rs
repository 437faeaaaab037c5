//! The configuration, its two-step owner, and migration.

use cosmwasm_std::Empty;
use cw_multi_test::{ContractWrapper, Executor};
use muster_causes::native as contract;
use muster_schema::causes::{CauseResponse, Config, ExecuteMsg, MigrateMsg, QueryMsg};

use crate::common::*;

fn config(s: &Suite) -> Config {
    s.query(&QueryMsg::Config {})
}

fn update(fee_bps: Option<u16>, treasury: Option<String>) -> ExecuteMsg {
    ExecuteMsg::UpdateConfig { fee_bps, treasury }
}

#[test]
fn a_changed_fee_is_for_new_causes_only() {
    let mut s = Suite::with_fee(100);
    s.start(an_action());
    refused(s.send("ann", update(Some(0), None)), "unauthorized");
    refused(s.send("owner", update(Some(501), None)), "out_of_range");
    refused(s.send("owner", update(None, None)), "contradiction");
    refused(
        s.send("owner", update(None, Some("nowhere".into()))),
        "bad_address",
    );
    let this = s.contract.to_string();
    refused(s.send("owner", update(None, Some(this))), "role_conflict");
    let ann = s.who("ann").to_string();
    s.send("owner", update(Some(500), Some(ann.clone())))
        .unwrap();
    s.start(an_action());
    let fee = |id| {
        s.query::<CauseResponse>(&QueryMsg::Cause { cause: id })
            .fee_bps
    };
    assert_eq!((fee(1), fee(2), config(&s).treasury), (100, 500, ann));
}

#[test]
fn an_owner_is_proposed_and_accepts() {
    let mut s = Suite::new();
    let ann = Some(s.who("ann").to_string());
    refused(
        s.send("ann", ExecuteMsg::ProposeOwner { owner: ann.clone() }),
        "unauthorized",
    );
    refused(s.send("ann", ExecuteMsg::AcceptOwner {}), "unauthorized");
    s.send("owner", ExecuteMsg::ProposeOwner { owner: ann.clone() })
        .unwrap();
    refused(s.send("bob", ExecuteMsg::AcceptOwner {}), "unauthorized");
    s.send("owner", ExecuteMsg::ProposeOwner { owner: None })
        .unwrap();
    refused(s.send("ann", ExecuteMsg::AcceptOwner {}), "unauthorized");
    s.send("owner", ExecuteMsg::ProposeOwner { owner: ann.clone() })
        .unwrap();
    s.send("ann", ExecuteMsg::AcceptOwner {}).unwrap();
    assert_eq!((config(&s).owner, config(&s).pending_owner), (ann, None));
    refused(s.send("owner", update(Some(1), None)), "unauthorized");
    s.send("ann", ExecuteMsg::RenounceOwner {}).unwrap();
    refused(s.send("ann", update(Some(1), None)), "unauthorized");
    assert_eq!(config(&s).owner, None);
}

#[test]
fn only_an_older_version_of_this_contract_migrates() {
    let mut s = Suite::new();
    let owner = s.who("owner");
    let code = ContractWrapper::new(contract::execute, contract::instantiate, contract::query)
        .with_migrate(contract::migrate);
    let id = s
        .app
        .store_code(Box::new(code) as Box<dyn cw_multi_test::Contract<Empty>>);
    let contract = s.contract.clone();
    let stored = cw2::query_contract_info(&s.app.wrap(), &contract).unwrap();
    assert_eq!(stored.contract, "crates.io:muster-causes");
    assert_eq!(stored.version, env!("CARGO_PKG_VERSION"));
    let said = s
        .app
        .migrate_contract(owner, contract, &MigrateMsg {}, id)
        .unwrap_err()
        .to_string();
    assert!(
        said.contains("bad_migration: found crates.io:muster-causes 0.1.0"),
        "{said}"
    );
}
