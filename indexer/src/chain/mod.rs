//! A thin client of CometBFT 0.38: the few calls that the indexer needs.

pub mod doorbell;
mod header;
pub mod merkle;
mod types;

pub use header::{Header, OF_NOTHING};
pub use types::{Attribute, BlockResults, ChainEvent, NodeStatus, TxResult};

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::error::{Error, Result};

const TIMEOUT: Duration = Duration::from_secs(10);
/// Headers that one `blockchain` call gives at most.
pub const MAX_HEADERS: u64 = 20;

/// A node.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    url: String,
}

impl Client {
    /// A client of the node at `url`.
    ///
    /// # Errors
    /// [`Error::Node`] where the HTTP client can't be built.
    pub fn new(url: &str) -> Result<Self> {
        let http = reqwest::Client::builder().timeout(TIMEOUT).build()?;
        Ok(Self {
            http,
            url: url.trim_end_matches('/').to_owned(),
        })
    }

    /// Where the node is.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// One JSON-RPC call. The inner error is the node's own refusal.
    ///
    /// # Errors
    /// [`Error::Node`] where there is no answer in JSON-RPC.
    pub async fn call<T: DeserializeOwned>(
        &self,
        method: &str,
        params: Value,
    ) -> Result<Result<T, String>> {
        let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let answer = self.http.post(&self.url).json(&body).send().await?;
        let answer: types::Envelope<T> = answer.json().await?;
        match (answer.result, answer.error) {
            (Some(result), _) => Ok(Ok(result)),
            (None, Some(e)) => Ok(Err(format!(
                "{}: {}",
                e.message,
                e.data.unwrap_or_default()
            ))),
            (None, None) => Err(Error::Node(format!("{method}: neither result nor error"))),
        }
    }

    async fn get<T: DeserializeOwned>(&self, method: &str, params: Value) -> Result<T> {
        let answer = self.call(method, params).await?;
        answer.map_err(|e| Error::Node(format!("{method}: {e}")))
    }

    /// What the node knows of itself.
    ///
    /// # Errors
    /// [`Error::Node`].
    pub async fn status(&self) -> Result<NodeStatus> {
        let status: types::StatusResult = self.get("status", json!({})).await?;
        Ok(status.into())
    }

    /// Headers of `from..=to` (at most [`MAX_HEADERS`]), rising.
    ///
    /// # Errors
    /// [`Error::Node`], also where some are missing.
    pub async fn headers(&self, from: u64, to: u64) -> Result<Vec<Header>> {
        let params = json!({ "minHeight": from.to_string(), "maxHeight": to.to_string() });
        let found: header::BlockchainResult = self.get("blockchain", params).await?;
        let mut headers: Vec<Header> = found
            .block_metas
            .into_iter()
            .map(Header::try_from)
            .collect::<Result<_>>()?;
        headers.sort_by_key(|h| h.height);
        if headers.iter().map(|h| h.height).eq(from..=to) {
            Ok(headers)
        } else {
            Err(Error::Node(format!("blockchain: not all of {from}..={to}")))
        }
    }

    /// What the transactions of a block did.
    ///
    /// # Errors
    /// [`Error::NotYet`] where the node says it has none: at the head that lasts milliseconds, below
    /// it they were pruned. [`Error::NoResults`] where it never keeps any, else [`Error::Node`].
    pub async fn block_results(&self, height: u64) -> Result<BlockResults> {
        let answer = self
            .call::<BlockResults>("block_results", json!({ "height": height.to_string() }))
            .await?;
        let results = answer.map_err(|said| {
            if said.contains("could not find results") {
                Error::NotYet(height)
            } else if said.contains("not persisting") {
                Error::NoResults(height)
            } else {
                Error::Node(format!("block_results: {said}"))
            }
        })?;
        if results.height == height.to_string() {
            Ok(results)
        } else {
            Err(Error::Node(format!(
                "block_results: {} for {height}",
                results.height
            )))
        }
    }

    /// The transactions of a block.
    ///
    /// # Errors
    /// [`Error::Node`].
    pub async fn txs(&self, height: u64) -> Result<Vec<Vec<u8>>> {
        let params = json!({ "height": height.to_string() });
        let found: types::BlockResult = self.get("block", params).await?;
        let txs = found.block.data.txs.unwrap_or_default();
        txs.iter()
            .map(|tx| BASE64.decode(tx))
            .collect::<std::result::Result<_, _>>()
            .map_err(|e| Error::Node(format!("block: {e}")))
    }

    /// A query of the application as of a block, 0 for the newest.
    ///
    /// # Errors
    /// [`Error::Node`].
    pub async fn abci_query(
        &self,
        path: &str,
        data: &[u8],
        height: u64,
    ) -> Result<types::AbciAnswer> {
        let params = json!({
            "path": path, "data": hex::encode(data), "height": height.to_string(), "prove": false
        });
        let found: types::AbciResult = self.get("abci_query", params).await?;
        let r = found.response;
        let value = BASE64
            .decode(r.value.unwrap_or_default())
            .map_err(|e| Error::Node(format!("abci_query: {e}")))?;
        Ok(types::AbciAnswer {
            code: r.code,
            log: r.log,
            value,
            height: r.height.parse().unwrap_or(0),
        })
    }

    /// The bank balance of `address` in `denom` as of a block.
    ///
    /// # Errors
    /// [`Error::Node`], also where the node doesn't have that block's state: not yet, or no more.
    pub async fn balance(&self, address: &str, denom: &str, height: u64) -> Result<u128> {
        let request = wire::BalanceRequest {
            address: address.to_owned(),
            denom: denom.to_owned(),
        };
        let data = prost::Message::encode_to_vec(&request);
        let answer = self
            .abci_query("/cosmos.bank.v1beta1.Query/Balance", &data, height)
            .await?;
        if answer.code != 0 || answer.height != height {
            return Err(Error::Node(format!(
                "balance at {height}: of height {}: {}",
                answer.height, answer.log
            )));
        }
        let response: wire::BalanceResponse = prost::Message::decode(answer.value.as_slice())
            .map_err(|e| Error::Node(format!("balance: {e}")))?;
        let amount = response.balance.unwrap_or_default().amount;
        amount
            .parse()
            .map_err(|_| Error::Node(format!("balance: found {amount:?}, allowed is a number")))
    }

    /// Refuses where there is no contract at `address`.
    ///
    /// # Errors
    /// [`Error::NoContract`], [`Error::Node`].
    pub async fn check_contract(&self, address: &str) -> Result<()> {
        let request = wire::ContractInfoRequest {
            address: address.to_owned(),
        };
        let data = prost::Message::encode_to_vec(&request);
        let answer = self
            .abci_query("/cosmwasm.wasm.v1.Query/ContractInfo", &data, 0)
            .await?;
        match answer.code {
            0 => Ok(()),
            // A chain that has just begun.
            _ if answer.log.contains("wait for first block") => Err(Error::Node(answer.log)),
            _ => Err(Error::NoContract {
                address: address.to_owned(),
                said: answer.log.replace('\n', " "),
            }),
        }
    }
}

/// The Cosmos SDK's messages, by their field numbers.
mod wire {
    /// The bank's question for one balance.
    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct BalanceRequest {
        #[prost(string, tag = "1")]
        pub(super) address: String,
        #[prost(string, tag = "2")]
        pub(super) denom: String,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct BalanceResponse {
        #[prost(message, optional, tag = "1")]
        pub(super) balance: Option<Coin>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct Coin {
        #[prost(string, tag = "1")]
        pub(super) denom: String,
        #[prost(string, tag = "2")]
        pub(super) amount: String,
    }

    /// The wasm module's question for a contract's metadata.
    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct ContractInfoRequest {
        #[prost(string, tag = "1")]
        pub(super) address: String,
    }
}
