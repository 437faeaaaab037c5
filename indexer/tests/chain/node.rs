//! A node that speaks CometBFT's JSON-RPC over blocks that a test wrote.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use axum::routing::post;
use axum::{Json, Router};
use muster_indexer::config::{Contract, Contracts, Deployment};
use serde_json::{Value, json};

const LAST: u64 = 20;
/// The time of height h is this plus ten seconds a block.
const GENESIS: u64 = 1_700_000_000;

/// What the node says.
#[derive(Clone, Debug)]
pub(crate) struct Fake {
    pub(crate) chain: String,
    pub(crate) earliest: u64,
    pub(crate) contract: bool,
    /// How often results of a height are refused before they come.
    pub(crate) late: u32,
    /// From here on all hashes are others.
    pub(crate) forked_from: Option<u64>,
    /// This block doesn't name the one before it.
    pub(crate) broken_link: Option<u64>,
    pub(crate) blocks: BTreeMap<u64, Vec<Value>>,
}

/// An event of the contract.
pub(crate) fn event(name: &str, attributes: &[(&str, &str)]) -> Value {
    let pairs = [("_contract_address", "causes")]
        .into_iter()
        .chain(attributes.iter().copied());
    let pairs: Vec<Value> = pairs
        .map(|(k, v)| json!({ "key": k, "value": v }))
        .collect();
    json!({ "type": format!("wasm-muster_{name}"), "attributes": pairs })
}

impl Fake {
    /// Thresholds 1, 1, 3, 3, 3 at goal 1, a block each; the close at height 10; one of five
    /// doesn't keep the promise; settled from height 16.
    pub(crate) fn journal() -> Self {
        let definition = json!({
            "title": "Leave the journal", "summary": "s", "language": "en", "text": "t", "cancel": "never",
            "actions": [{
                "label": "leave", "description": "d", "goal": 1,
                "schedule": { "at_close": { "pledge_until": GENESIS + 100 } },
                "act_window": 30, "report_window": 30,
                "stake": { "rule": "required", "coin": { "denom": "umust", "amount": "1000" } },
                "fulfilment": { "attested": { "attestors": ["library"], "quorum": 1 } },
                "forfeits_to": { "cooperators": {} }
            }]
        })
        .to_string();
        let created = event(
            "cause_created",
            &[
                ("cause", "1"),
                ("creator", "c"),
                ("first_action", "1"),
                ("fee_bps", "0"),
                ("text_hash", "00"),
                ("definition", &definition),
            ],
        );
        let mut blocks = BTreeMap::from([(2, vec![created])]);
        for (n, needs) in ["1", "1", "3", "3", "3"].iter().enumerate() {
            let person = format!("p{}", n + 1);
            let pledged = event(
                "pledged",
                &[
                    ("action", "1"),
                    ("person", &person),
                    ("needs_others", needs),
                    ("staked", "true"),
                ],
            );
            blocks.insert(3 + n as u64, vec![pledged]);
            let outcome = if n == 4 { "didnt" } else { "did" };
            let attested = event(
                "attested",
                &[
                    ("action", "1"),
                    ("attestor", "library"),
                    ("person", &person),
                    ("outcome", outcome),
                    ("final", "true"),
                ],
            );
            blocks.entry(12).or_default().push(attested);
        }
        Self {
            chain: "fake-1".into(),
            earliest: 1,
            contract: true,
            late: 0,
            forked_from: None,
            broken_link: None,
            blocks,
        }
    }

    fn hash(&self, height: u64) -> String {
        let fork = self.forked_from.is_some_and(|from| height >= from);
        format!("{}{height:04}", if fork { "F" } else { "A" })
    }

    fn meta(&self, height: u64) -> Value {
        let before = if self.broken_link == Some(height) {
            "NOBODY".to_owned()
        } else {
            self.hash(height - 1)
        };
        // Only the seconds of 2023-11-14T22:13:20Z and after are needed.
        let second = 22 * 3_600 + 13 * 60 + 20 + height * 10;
        let time = format!(
            "2023-11-14T{:02}:{:02}:{:02}.5Z",
            second / 3_600,
            second / 60 % 60,
            second % 60
        );
        json!({
            "block_id": { "hash": self.hash(height) },
            "header": {
                "chain_id": self.chain, "height": height.to_string(), "time": time,
                "last_block_id": { "hash": before }
            }
        })
    }

    fn answer(&self, asked: &Value, seen: &mut HashMap<u64, u32>) -> Result<Value, String> {
        let number = |key: &str| asked["params"][key].as_str().and_then(|s| s.parse().ok());
        Ok(match asked["method"].as_str().unwrap_or_default() {
            "status" => json!({
                "node_info": { "network": self.chain },
                "sync_info": {
                    "latest_block_height": LAST.to_string(),
                    "earliest_block_height": self.earliest.to_string()
                }
            }),
            "abci_query" => json!({ "response": { "code": u32::from(!self.contract) } }),
            "blockchain" => {
                let (from, to): (u64, u64) =
                    (number("minHeight").unwrap(), number("maxHeight").unwrap());
                let metas: Vec<Value> = (from..=to).rev().map(|h| self.meta(h)).collect();
                json!({ "block_metas": metas })
            }
            "block_results" => {
                let height = number("height").unwrap();
                let times = seen.entry(height).or_default();
                *times += 1;
                if *times <= self.late {
                    return Err(format!("could not find results for height #{height}"));
                }
                let events = self.blocks.get(&height).cloned().unwrap_or_default();
                json!({
                    "height": height.to_string(),
                    "txs_results": [{ "code": 0, "events": events }, { "code": 5, "events": events }],
                    "finalize_block_events": null
                })
            }
            other => return Err(format!("unknown method {other}")),
        })
    }
}

/// A running [`Fake`].
#[derive(Clone, Debug)]
pub(crate) struct Node {
    url: String,
}

impl Node {
    pub(crate) async fn start(fake: Fake) -> Self {
        let seen: Arc<Mutex<HashMap<u64, u32>>> = Arc::default();
        let handler = move |Json(asked): Json<Value>| {
            let answer = fake.answer(&asked, &mut seen.lock().unwrap());
            async move {
                Json(match answer {
                    Ok(result) => json!({ "jsonrpc": "2.0", "id": 1, "result": result }),
                    Err(data) => json!({
                        "jsonrpc": "2.0", "id": 1,
                        "error": { "code": -32603, "message": "Internal error", "data": data }
                    }),
                })
            }
        };
        let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", socket.local_addr().unwrap());
        let app = Router::new().route("/", post(handler));
        tokio::spawn(async move { axum::serve(socket, app).await });
        Self { url }
    }

    pub(crate) fn deployment(&self) -> Deployment {
        Deployment {
            chain_id: "fake-1".into(),
            bech32_prefix: "wasm".into(),
            rpc: vec![self.url.clone()],
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
