//! A history as a file: what was sent when by whom, what came of it, and what was stored in the end.
//!
//! `tests/e2e/history.test.ts` sends the same to the chain's own application and expects the same.
//! One JSON object a line: first [`Began`], then one [`Sent`] a message, at last [`Ended`].

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};

use cosmwasm_std::{Addr, Coin, HexBinary, to_json_vec};
use muster_schema::causes::{ExecuteMsg, InstantiateMsg};
use muster_schema::json;
use serde::Serialize;

use crate::common::*;

/// The chain and its contract, before anything was sent.
#[derive(Serialize)]
struct Began<'a> {
    time: u64,
    chain_id: String,
    contract: &'a str,
    /// What stands in for a verdict contract.
    verdict: &'a str,
    instantiate: &'a InstantiateMsg,
}

/// A message to one of the two; `error` is what the contract refused it with.
#[derive(Serialize)]
struct Sent<'a, M> {
    time: u64,
    by: &'a str,
    contract: &'a str,
    msg: &'a M,
    funds: &'a [Coin],
    error: Option<&'a str>,
}

/// What everybody has, and every record of the contract, in hexadecimal.
#[derive(Serialize)]
struct Ended {
    people: BTreeMap<String, String>,
    balances: Vec<(String, String, u128)>,
    records: Vec<(HexBinary, HexBinary)>,
}

/// An open file of a history.
pub(crate) struct Record(BufWriter<File>);

impl Record {
    fn line(&mut self, line: &impl Serialize) {
        let mut bytes = to_json_vec(line).unwrap();
        bytes.push(b'\n');
        self.0.write_all(&bytes).unwrap();
    }
}

impl Suite {
    /// Writes down what happens from now on, if `MUSTER_MODEL_RECORD` names a file.
    pub(crate) fn record(&mut self, verdict: &Addr) {
        let Some(path) = std::env::var_os("MUSTER_MODEL_RECORD") else {
            return;
        };
        let mut record = Record(BufWriter::new(File::create(path).unwrap()));
        record.line(&Began {
            time: self.now(),
            chain_id: self.app.block_info().chain_id,
            contract: self.contract.as_str(),
            verdict: verdict.as_str(),
            instantiate: &self.instantiated,
        });
        self.record = Some(record);
    }

    /// What the stand-in is told, as the one on the chain understands it.
    pub(crate) fn record_put(&mut self, verdict: &Addr, key: &[u8], record: &[u8]) {
        if self.record.is_none() {
            return;
        }
        let (time, by) = (self.now(), "teller");
        self.who(by);
        let msg = format!("{}:{}", json::hex(key), json::hex(record));
        if let Some(open) = &mut self.record {
            open.line(&Sent {
                time,
                by,
                contract: verdict.as_str(),
                msg: &msg,
                funds: &[],
                error: None,
            });
        }
    }

    pub(crate) fn record_sent(
        &mut self,
        by: &str,
        msg: &ExecuteMsg,
        funds: &[Coin],
        error: Option<&str>,
    ) {
        let time = self.now();
        // The suite's chain tells the whole way to the sentence.
        let error = error.and_then(|text| text.rsplit("error: ").next());
        if let Some(record) = &mut self.record {
            record.line(&Sent {
                time,
                by,
                contract: self.contract.as_str(),
                msg,
                funds,
                error,
            });
        }
    }

    /// The last line of a history.
    pub(crate) fn record_end(&mut self) {
        let Some(mut record) = self.record.take() else {
            return;
        };
        let people: BTreeMap<String, String> = self.people();
        let balances = people
            .values()
            .map(String::as_str)
            .chain([self.contract.as_str()])
            .flat_map(|who| [(who, DENOM), (who, EURO)])
            .map(|(who, denom)| {
                let has = self.balance(&Addr::unchecked(who), denom);
                (who.to_owned(), denom.to_owned(), has)
            })
            .collect();
        let records = self
            .app
            .dump_wasm_raw(&self.contract)
            .into_iter()
            .map(|(key, value)| (HexBinary::from(key), HexBinary::from(value)))
            .collect();
        record.line(&Ended {
            people,
            balances,
            records,
        });
        record.0.flush().unwrap();
    }
}
