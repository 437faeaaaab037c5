//! A thin client of CometBFT 0.38: the few calls that the indexer needs.

pub mod doorbell;
mod types;

pub use types::{Attribute, BlockResults, ChainEvent, Header, NodeStatus, TxResult};

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

/// The bank's question for one balance.
#[derive(Clone, PartialEq, prost::Message)]
struct BalanceRequest {
    #[prost(string, tag = "1")]
    address: String,
    #[prost(string, tag = "2")]
    denom: String,
}

#[derive(Clone, PartialEq, prost::Message)]
struct BalanceResponse {
    #[prost(message, optional, tag = "1")]
    balance: Option<ProtoCoin>,
}

#[derive(Clone, PartialEq, prost::Message)]
struct ProtoCoin {
    #[prost(string, tag = "1")]
    denom: String,
    #[prost(string, tag = "2")]
    amount: String,
}

/// The wasm module's question for a contract's metadata.
#[derive(Clone, PartialEq, prost::Message)]
struct ContractInfoRequest {
    #[prost(string, tag = "1")]
    address: String,
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
        let found: types::BlockchainResult = self.get("blockchain", params).await?;
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
    /// [`Error::NotYet`] where the node says it has none (at the head that lasts milliseconds;
    /// the caller has ruled out pruned heights), else [`Error::Node`].
    pub async fn block_results(&self, height: u64) -> Result<BlockResults> {
        let answer = self
            .call::<BlockResults>("block_results", json!({ "height": height.to_string() }))
            .await?;
        let results = answer.map_err(|_| Error::NotYet(height))?;
        if results.height == height.to_string() {
            Ok(results)
        } else {
            Err(Error::Node(format!(
                "block_results: {} for {height}",
                results.height
            )))
        }
    }

    /// A query of the application: its code, log and value.
    ///
    /// # Errors
    /// [`Error::Node`].
    pub async fn abci_query(&self, path: &str, data: &[u8]) -> Result<types::AbciAnswer> {
        let params = json!({ "path": path, "data": hex::encode(data), "prove": false });
        let found: types::AbciResult = self.get("abci_query", params).await?;
        let r = found.response;
        let value = BASE64
            .decode(r.value.unwrap_or_default())
            .map_err(|e| Error::Node(format!("abci_query: {e}")))?;
        Ok(types::AbciAnswer {
            code: r.code,
            log: r.log,
            value,
        })
    }

    /// The bank balance of `address` in `denom`.
    ///
    /// # Errors
    /// [`Error::Node`].
    pub async fn balance(&self, address: &str, denom: &str) -> Result<u128> {
        let request = BalanceRequest {
            address: address.to_owned(),
            denom: denom.to_owned(),
        };
        let data = prost::Message::encode_to_vec(&request);
        let answer = self
            .abci_query("/cosmos.bank.v1beta1.Query/Balance", &data)
            .await?;
        let response: BalanceResponse = prost::Message::decode(answer.value.as_slice())
            .map_err(|e| Error::Node(format!("balance: {e}")))?;
        let amount = response.balance.unwrap_or_default().amount;
        amount
            .parse()
            .map_err(|_| Error::Node(format!("balance: found {amount:?}, allowed is a number")))
    }

    /// Whether there is a contract at `address`.
    ///
    /// # Errors
    /// [`Error::Node`].
    pub async fn has_contract(&self, address: &str) -> Result<bool> {
        let request = ContractInfoRequest {
            address: address.to_owned(),
        };
        let data = prost::Message::encode_to_vec(&request);
        let answer = self
            .abci_query("/cosmwasm.wasm.v1.Query/ContractInfo", &data)
            .await?;
        Ok(answer.code == 0)
    }

    /// Hands a signed transaction to the node's mempool.
    ///
    /// # Errors
    /// [`Error::Node`]; the inner error is the node's refusal.
    pub async fn broadcast_tx_sync(&self, tx: &[u8]) -> Result<Result<types::Broadcast, String>> {
        let params = json!({ "tx": BASE64.encode(tx) });
        self.call("broadcast_tx_sync", params).await
    }

    /// A transaction by its hash; `None` until it is in a block.
    ///
    /// # Errors
    /// [`Error::Node`].
    pub async fn tx(&self, hash: &[u8]) -> Result<Option<types::TxAnswer>> {
        let params = json!({ "hash": BASE64.encode(hash), "prove": false });
        Ok(self.call("tx", params).await?.ok())
    }
}
