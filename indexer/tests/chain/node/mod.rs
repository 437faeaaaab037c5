//! A node that speaks CometBFT's JSON-RPC over blocks that a test wrote. Hashes are real.

mod bell;
mod stories;

pub(crate) use stories::*;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use muster_indexer::chain::{Header, OF_NOTHING, TxResult, merkle};
use muster_indexer::config::{Contract, Contracts, Deployment};
use serde_json::{Value, json};
use tokio::sync::watch;

/// The time of height h is this plus ten seconds a block.
const GENESIS: u64 = 1_700_000_000;

/// What the node says.
#[derive(Clone, Debug)]
pub(crate) struct Fake {
    pub(crate) chain: String,
    pub(crate) earliest: u64,
    pub(crate) last: u64,
    pub(crate) contract: bool,
    /// Answers nothing of use.
    pub(crate) down: bool,
    /// How often results of a height are refused before they come.
    pub(crate) late: u32,
    /// Results below it are gone, though the blocks are there.
    pub(crate) results_from: u64,
    /// From here on all hashes are others.
    pub(crate) forked_from: Option<u64>,
    /// This block doesn't name the one before it.
    pub(crate) broken_link: Option<u64>,
    /// Results, transactions or hash of this block are others than its header stands behind.
    pub(crate) lies: Option<(u64, Lie)>,
    pub(crate) blocks: BTreeMap<u64, Vec<Value>>,
    /// What the contract has in the bank, from each height on.
    pub(crate) balances: BTreeMap<u64, u128>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lie {
    Results,
    Txs,
    Hash,
}

impl Fake {
    pub(crate) fn of(blocks: BTreeMap<u64, Vec<Value>>) -> Self {
        Self {
            chain: "fake-1".into(),
            earliest: 1,
            last: 20,
            contract: true,
            down: false,
            late: 0,
            results_from: 0,
            forked_from: None,
            broken_link: None,
            lies: None,
            blocks,
            balances: BTreeMap::new(),
        }
    }

    fn lies(&self, height: u64, lie: Lie) -> bool {
        self.lies == Some((height, lie))
    }

    /// Blocks with events have two transactions: one that emitted them, and one that failed.
    fn txs(&self, height: u64) -> Vec<Vec<u8>> {
        let of = |n| format!("transaction {n} of {height}").into_bytes();
        if self.blocks.contains_key(&height) {
            vec![of(1), of(2)]
        } else {
            vec![]
        }
    }

    fn results(&self, height: u64) -> Value {
        let Some(events) = self.blocks.get(&height) else {
            return Value::Null;
        };
        json!([
            { "code": 0, "data": "EgA=", "gas_wanted": "200", "gas_used": "100", "events": events },
            { "code": 5, "data": null, "gas_wanted": "200", "gas_used": "150", "events": events }
        ])
    }

    fn results_hash(&self, height: u64) -> String {
        let results: Option<Vec<TxResult>> = serde_json::from_value(self.results(height)).unwrap();
        hex::encode_upper(merkle::results_hash(&results.unwrap_or_default()).unwrap())
    }

    /// Of all blocks.
    fn metas(&self) -> Vec<Value> {
        let mut before = String::new();
        let mut metas = vec![];
        for height in 1..=self.last {
            if self.broken_link == Some(height) {
                before = OF_NOTHING.to_owned();
            }
            let fork = self.forked_from.is_some_and(|from| height >= from);
            let at = jiff::Timestamp::from_second(time(height) as i64).unwrap();
            let header = json!({
                "version": { "block": "11" },
                "chain_id": self.chain, "height": height.to_string(),
                "time": at.to_string().replace('Z', ".5Z"),
                "last_block_id": { "hash": before, "parts": { "total": 1, "hash": OF_NOTHING } },
                "data_hash": hex::encode_upper(merkle::data_hash(&self.txs(height))),
                "app_hash": if fork { "FF" } else { "AA" },
                "last_results_hash": self.results_hash(height - 1),
            });
            before = Header::hash_of(&header).unwrap();
            let shown = if self.lies(height, Lie::Hash) {
                OF_NOTHING
            } else {
                &before
            };
            metas.push(json!({ "block_id": { "hash": shown }, "header": header }));
        }
        metas
    }

    fn answer(
        &self,
        metas: &[Value],
        asked: &Value,
        seen: &mut HashMap<u64, u32>,
    ) -> Result<Value, String> {
        let number = |key: &str| asked["params"][key].as_str().and_then(|s| s.parse().ok());
        let height = || number("height").unwrap_or(0);
        Ok(match asked["method"].as_str().unwrap_or_default() {
            "status" => json!({
                "node_info": { "network": self.chain },
                "sync_info": {
                    "latest_block_height": self.last.to_string(),
                    "earliest_block_height": self.earliest.to_string()
                }
            }),
            "abci_query" => json!({ "response": self.abci(asked, height()) }),
            "blockchain" => {
                let (from, to): (u64, u64) =
                    (number("minHeight").unwrap(), number("maxHeight").unwrap());
                let (from, to) = (from.max(self.earliest), to.min(self.last));
                let shown = metas
                    .get(from as usize - 1..to as usize)
                    .unwrap_or_default();
                json!({ "block_metas": shown.iter().rev().collect::<Vec<_>>() })
            }
            "block" => {
                let mut txs = self.txs(height());
                if self.lies(height(), Lie::Txs) {
                    txs.reverse();
                }
                let txs: Vec<String> = txs.iter().map(|tx| BASE64.encode(tx)).collect();
                json!({ "block": { "data": { "txs": txs } } })
            }
            "block_results" => {
                let height = height();
                let times = seen.entry(height).or_default();
                *times += 1;
                if *times <= self.late || height < self.results_from {
                    return Err(format!("could not find results for height #{height}"));
                }
                let mut results = self.results(height);
                if self.lies(height, Lie::Results) {
                    results = json!([{ "code": 0, "gas_used": "1", "events": [] }, {}]);
                }
                json!({
                    "height": height.to_string(), "txs_results": results,
                    "finalize_block_events": null
                })
            }
            other => return Err(format!("unknown method {other}")),
        })
    }

    fn abci(&self, asked: &Value, height: u64) -> Value {
        let path = asked["params"]["path"].as_str().unwrap_or_default();
        if !path.ends_with("/Balance") {
            let log = if self.contract {
                ""
            } else {
                "no such contract"
            };
            return json!({ "code": u32::from(!self.contract), "log": log });
        }
        if height > self.last {
            return json!({ "code": 26, "log": "cannot query with height in the future" });
        }
        let amount = self.balances.range(..=height).next_back();
        let amount = amount.map_or(0, |(_, a)| *a).to_string();
        // A response with a coin (field 1) that has an amount (field 2).
        let mut coin = vec![0x12, amount.len() as u8];
        coin.extend(amount.bytes());
        let mut value = vec![0x0a, coin.len() as u8];
        value.extend(coin);
        json!({ "code": 0, "value": BASE64.encode(value), "height": height.to_string() })
    }
}

/// A running [`Fake`].
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) url: String,
    /// With the headers that follow from it.
    says: Arc<Mutex<(Fake, Vec<Value>)>>,
    bell: watch::Sender<()>,
}

impl Node {
    pub(crate) async fn start(fake: Fake) -> Self {
        let metas = fake.metas();
        let says = Arc::new(Mutex::new((fake, metas)));
        let seen: Arc<Mutex<HashMap<u64, u32>>> = Arc::default();
        let now = says.clone();
        let handler = move |Json(asked): Json<Value>| {
            let (down, answer) = {
                let (fake, metas) = &*now.lock().unwrap();
                let answer = fake.answer(metas, &asked, &mut seen.lock().unwrap());
                (fake.down, answer)
            };
            async move {
                if down {
                    return StatusCode::BAD_GATEWAY.into_response();
                }
                Json(match answer {
                    Ok(result) => json!({ "jsonrpc": "2.0", "id": 1, "result": result }),
                    Err(data) => json!({
                        "jsonrpc": "2.0", "id": 1,
                        "error": { "code": -32603, "message": "Internal error", "data": data }
                    }),
                })
                .into_response()
            }
        };
        let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", socket.local_addr().unwrap());
        let (bell, rung) = watch::channel(());
        let door = move |request| bell::answer(request, rung.clone());
        let app = Router::new()
            .route("/", post(handler))
            .route("/websocket", get(door));
        tokio::spawn(async move { axum::serve(socket, app).await });
        Self { url, says, bell }
    }

    /// From now on it says something else.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Fake)) {
        let (fake, metas) = &mut *self.says.lock().unwrap();
        change(fake);
        *metas = fake.metas();
        self.bell.send_replace(());
    }

    pub(crate) fn deployment(&self) -> Deployment {
        Self::deployment_of(&[self])
    }

    /// Of several nodes, the preferred first.
    pub(crate) fn deployment_of(nodes: &[&Self]) -> Deployment {
        Deployment {
            chain_id: "fake-1".into(),
            bech32_prefix: "wasm".into(),
            rpc: nodes.iter().map(|n| n.url.clone()).collect(),
            fee_denom: "umust".into(),
            gas_price: "0".into(),
            local: true,
            faucet: None,
            lcd: None,
            denoms: vec![],
            contracts: Contracts {
                causes: Contract {
                    address: "causes".into(),
                    code_id: 1,
                    checksum: String::new(),
                    height: 2,
                },
            },
        }
    }
}
