//! The few calls to a node that are made for others.

use std::time::Duration;

use axum::body::Bytes;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::{Value, json};

use super::problem::Problem;
use crate::chain::ChainEvent;

/// For one call to one node.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Nodes that are asked in turn until one answers.
#[derive(Clone, Debug)]
pub struct Node {
    http: reqwest::Client,
    rpc: Vec<String>,
}

/// A transaction in a block.
#[derive(Clone, Debug, Serialize)]
pub struct FoundTx {
    /// SHA-256, upper-case hex.
    pub tx_hash: String,
    /// Its block.
    pub height: u64,
    /// 0 where it succeeded.
    pub code: u64,
    /// What the chain said.
    pub raw_log: String,
    /// Gas that it used.
    pub gas_used: u64,
}

/// What the chain answered: the bytes, or its refusal word for word.
pub type Said<T> = Result<T, String>;

impl Node {
    /// Nodes by their RPC addresses.
    pub fn new(rpc: Vec<String>) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder().timeout(TIMEOUT).build()?;
        Ok(Self { http, rpc })
    }

    async fn call(&self, method: &str, params: &Value) -> Result<Said<Value>, Problem> {
        let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        for rpc in &self.rpc {
            let answer = match self.http.post(rpc).json(&body).send().await {
                Ok(response) => response.json::<Value>().await,
                Err(e) => Err(e),
            };
            match answer {
                Ok(mut value) if value.get("error").is_none_or(Value::is_null) => {
                    return Ok(Ok(value["result"].take()));
                }
                Ok(value) => {
                    let error = &value["error"];
                    let text = error["data"].as_str().or_else(|| error["message"].as_str());
                    return Ok(Err(text.unwrap_or("no reason given").to_owned()));
                }
                Err(e) => tracing::warn!(error = %e, "node does not answer"),
            }
        }
        Err(Problem::new(
            StatusCode::BAD_GATEWAY,
            "no node of the chain answers",
        ))
    }

    /// A query of a module, as of the last block.
    pub async fn abci(&self, path: &str, data: &[u8]) -> Result<Said<Vec<u8>>, Problem> {
        let params = json!({ "path": path, "data": hex::encode(data), "prove": false });
        let result = match self.call("abci_query", &params).await? {
            Ok(result) => result,
            Err(raw) => return Ok(Err(raw)),
        };
        let response = &result["response"];
        if number(&response["code"]) != 0 {
            return Ok(Err(text(&response["log"])));
        }
        let value = response["value"].as_str().unwrap_or_default();
        STANDARD
            .decode(value)
            .map(Ok)
            .map_err(|_| Problem::new(StatusCode::BAD_GATEWAY, "the node's answer is not base64"))
    }

    /// Asks a server that is no node, or hands it something. `None`: no answer, or a huge one.
    pub async fn elsewhere(&self, url: &str, body: Option<&Value>) -> Option<(StatusCode, Bytes)> {
        const MOST: usize = 64 * 1024;
        let request = match body {
            Some(body) => self.http.post(url).json(body),
            None => self.http.get(url),
        };
        let mut answer = request.send().await.ok()?;
        let status = StatusCode::from_u16(answer.status().as_u16()).ok()?;
        let mut found = Vec::new();
        while let Some(part) = answer.chunk().await.ok()? {
            if found.len() + part.len() > MOST {
                return None;
            }
            found.extend_from_slice(&part);
        }
        Some((status, found.into()))
    }

    /// Into the mempool.
    pub async fn broadcast(&self, tx: &[u8]) -> Result<Said<()>, Problem> {
        let params = json!({ "tx": STANDARD.encode(tx) });
        Ok(self
            .call("broadcast_tx_sync", &params)
            .await?
            .and_then(|result| {
                if number(&result["code"]) == 0 {
                    Ok(())
                } else {
                    Err(text(&result["log"]))
                }
            }))
    }

    /// By hash; `None` until it is in a block.
    pub async fn transaction(&self, hash: &[u8]) -> Result<Option<FoundTx>, Problem> {
        Ok(self.outcome(hash).await?.map(|(found, _)| found))
    }

    /// By hash, with its events; `None` until it is in a block.
    pub async fn outcome(
        &self,
        hash: &[u8],
    ) -> Result<Option<(FoundTx, Vec<ChainEvent>)>, Problem> {
        let params = json!({ "hash": STANDARD.encode(hash), "prove": false });
        let Ok(mut result) = self.call("tx", &params).await? else {
            return Ok(None);
        };
        let outcome = &mut result["tx_result"];
        // Some events that don't read would hide what became of it.
        let events = serde_json::from_value(outcome["events"].take()).map_err(|_| {
            Problem::new(
                StatusCode::BAD_GATEWAY,
                "the node's events could not be read",
            )
        })?;
        let found = FoundTx {
            tx_hash: text(&result["hash"]),
            height: number(&result["height"]),
            code: number(&result["tx_result"]["code"]),
            raw_log: text(&result["tx_result"]["log"]),
            gas_used: number(&result["tx_result"]["gas_used"]),
        };
        Ok(Some((found, events)))
    }

    /// The height of the last block.
    pub async fn latest(&self) -> Result<u64, Problem> {
        let result = self.call("status", &json!({})).await?;
        let height = result
            .ok()
            .map(|r| number(&r["sync_info"]["latest_block_height"]));
        height
            .filter(|h| *h > 0)
            .ok_or_else(|| Problem::new(StatusCode::BAD_GATEWAY, "the node says no height"))
    }
}

/// CometBFT writes 64-bit numbers as strings and small ones as numbers.
fn number(value: &Value) -> u64 {
    value
        .as_u64()
        .or_else(|| value.as_str()?.parse().ok())
        .unwrap_or(0)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The parts of the Cosmos SDK's messages that are read here, by their field numbers.
pub(crate) mod wire {
    /// `QueryAccountRequest` and `QueryAllBalancesRequest`.
    #[derive(Clone, PartialEq, prost::Message)]
    pub(crate) struct AddressRequest {
        #[prost(string, tag = "1")]
        pub(crate) address: String,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(crate) struct AccountResponse {
        #[prost(message, optional, tag = "1")]
        pub(crate) account: Option<prost_types::Any>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(crate) struct BaseAccount {
        #[prost(string, tag = "1")]
        pub(crate) address: String,
        #[prost(uint64, tag = "3")]
        pub(crate) account_number: u64,
        #[prost(uint64, tag = "4")]
        pub(crate) sequence: u64,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(crate) struct Coin {
        #[prost(string, tag = "1")]
        pub(crate) denom: String,
        #[prost(string, tag = "2")]
        pub(crate) amount: String,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(crate) struct BalancesResponse {
        #[prost(message, repeated, tag = "1")]
        pub(crate) balances: Vec<Coin>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(crate) struct SimulateRequest {
        #[prost(bytes = "vec", tag = "2")]
        pub(crate) tx_bytes: Vec<u8>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(crate) struct GasInfo {
        #[prost(uint64, tag = "1")]
        pub(crate) gas_wanted: u64,
        #[prost(uint64, tag = "2")]
        pub(crate) gas_used: u64,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(crate) struct SimulateResponse {
        #[prost(message, optional, tag = "1")]
        pub(crate) gas_info: Option<GasInfo>,
    }

    /// The wasm module's question to a contract.
    #[derive(Clone, PartialEq, prost::Message)]
    pub(crate) struct SmartRequest {
        #[prost(string, tag = "1")]
        pub(crate) address: String,
        #[prost(bytes = "vec", tag = "2")]
        pub(crate) query: Vec<u8>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(crate) struct SmartResponse {
        #[prost(bytes = "vec", tag = "1")]
        pub(crate) data: Vec<u8>,
    }
}
