//! The door over the types of `cosmwasm-std`, for tests that run a contract without a chain.

use cosmwasm_std::{Api, BankMsg, CanonicalAddr, QuerierWrapper};

use crate::{Addresses, Env, Others, Response};

/// Addresses as an [`Api`] knows them.
#[derive(Clone, Copy)]
pub struct Host<'a>(pub &'a dyn Api);

impl Addresses for Host<'_> {
    fn canonical(&self, written: &str) -> Option<Vec<u8>> {
        self.0.addr_canonicalize(written).ok().map(Into::into)
    }

    fn written(&self, canonical: &[u8]) -> Option<String> {
        let canonical = CanonicalAddr::from(canonical);
        self.0.addr_humanize(&canonical).ok().map(Into::into)
    }
}

/// Other contracts as a querier knows them.
#[derive(Clone, Copy)]
pub struct Neighbours<'a>(pub QuerierWrapper<'a>);

impl Others for Neighbours<'_> {
    fn record(&self, contract: &str, key: &[u8]) -> Option<Vec<u8>> {
        let found = self.0.query_wasm_raw(contract, key).ok().flatten();
        found.filter(|record| !record.is_empty())
    }
}

impl From<&cosmwasm_std::Env> for Env {
    fn from(env: &cosmwasm_std::Env) -> Self {
        Self {
            now: env.block.time.seconds(),
            contract: env.contract.address.clone(),
        }
    }
}

impl From<Response> for cosmwasm_std::Response {
    fn from(response: Response) -> Self {
        let payments = response.payments.into_iter().map(|p| BankMsg::Send {
            to_address: p.to.into(),
            amount: vec![p.coin],
        });
        Self::new()
            .add_messages(payments)
            .add_events(response.events)
    }
}
