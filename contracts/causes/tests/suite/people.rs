//! A stand-in for a people contract: it stores whatever it is told under whatever key, so it
//! answers honestly and maliciously. Asking it anything but a record fails the test.

use cosmwasm_std::{
    Addr, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Response, StdResult, Storage,
};
use cw_multi_test::{ContractWrapper, Executor};
use muster_schema::causes::{IssuerKey, Registered};
use muster_schema::layout::Layout;
use muster_schema::layout::people::{Kind, Since, kind_key, member_key, revoked_key};
use serde::{Deserialize, Serialize};

use crate::common::*;

#[derive(Debug, Serialize, Deserialize)]
struct Put {
    key: Binary,
    /// None removes it.
    value: Option<Binary>,
}

fn instantiate(deps: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
    cw2::set_contract_version(deps.storage, "crates.io:stand-in", "0.1.0")?;
    Ok(Response::new())
}

fn put(deps: DepsMut, _: Env, _: MessageInfo, msg: Put) -> StdResult<Response> {
    let storage: &mut dyn Storage = deps.storage;
    match msg.value {
        Some(value) => storage.set(&msg.key, &value),
        None => storage.remove(&msg.key),
    }
    Ok(Response::new())
}

fn ask(_: Deps, _: Env, _: Empty) -> StdResult<Binary> {
    panic!("a question that runs foreign code")
}

/// One of them on the suite's chain.
pub(crate) struct People(pub(crate) Addr);

impl People {
    pub(crate) fn new(s: &mut Suite) -> Self {
        let code = s
            .app
            .store_code(Box::new(ContractWrapper::new(put, instantiate, ask)));
        let owner = s.who("people");
        let address = s
            .app
            .instantiate_contract(code, owner, &Empty {}, &[], "people", None);
        Self(address.unwrap())
    }

    pub(crate) fn put(&self, s: &mut Suite, key: Vec<u8>, value: Option<Vec<u8>>) {
        let msg = Put {
            key: key.into(),
            value: value.map(Binary::from),
        };
        let owner = s.who("people");
        s.app
            .execute_contract(owner, self.0.clone(), &msg, &[])
            .unwrap();
    }

    pub(crate) fn register(&self, s: &mut Suite, name: &str, kind: Registered) {
        let key = kind_key(&s.canonical(name));
        self.put(s, key, Some(Kind(kind).encode()));
    }

    pub(crate) fn join(&self, s: &mut Suite, name: &str, community: u64) {
        let (key, now) = (member_key(community, &s.canonical(name)), s.now());
        self.put(s, key, Some(Since(now).encode()));
    }

    pub(crate) fn revoke(&self, s: &mut Suite, issuer: &IssuerKey, digest: &[u8; 32]) {
        let now = s.now();
        self.put(s, revoked_key(issuer, digest), Some(Since(now).encode()));
    }
}
