//! The node's answers, as far as they are read.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct Envelope<T> {
    pub result: Option<T>,
    pub error: Option<RpcError>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RpcError {
    pub message: String,
    pub data: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct StatusResult {
    node_info: NodeInfo,
    sync_info: SyncInfo,
}

#[derive(Debug, Deserialize)]
struct NodeInfo {
    network: String,
}

#[derive(Debug, Deserialize)]
struct SyncInfo {
    latest_block_height: String,
    earliest_block_height: String,
}

/// What the node knows of itself.
#[derive(Clone, Debug)]
pub struct NodeStatus {
    /// Its chain.
    pub chain_id: String,
    /// Its last block.
    pub latest: u64,
    /// The first that it kept.
    pub earliest: u64,
}

impl From<StatusResult> for NodeStatus {
    fn from(s: StatusResult) -> Self {
        Self {
            chain_id: s.node_info.network,
            latest: s.sync_info.latest_block_height.parse().unwrap_or(0),
            earliest: s.sync_info.earliest_block_height.parse().unwrap_or(0),
        }
    }
}

/// What the transactions of a block did.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct BlockResults {
    /// Of the block.
    pub height: String,
    /// By transaction.
    #[serde(default)]
    pub txs_results: Option<Vec<TxResult>>,
    /// Outside transactions: governance, for one.
    #[serde(default)]
    pub finalize_block_events: Option<Vec<ChainEvent>>,
}

/// What one transaction did.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct TxResult {
    /// 0 = done.
    #[serde(default)]
    pub code: u32,
    /// Base64.
    #[serde(default)]
    pub data: Option<String>,
    /// Decimal, signed.
    #[serde(default)]
    pub gas_wanted: String,
    /// Decimal, signed.
    #[serde(default)]
    pub gas_used: String,
    /// In their order.
    #[serde(default)]
    pub events: Vec<ChainEvent>,
}

/// An event.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ChainEvent {
    /// With the chain's `wasm-` before a contract's own.
    #[serde(rename = "type")]
    pub kind: String,
    /// In their order.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
}

/// An attribute.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Attribute {
    /// Its name.
    pub key: String,
    /// Its value.
    #[serde(default)]
    pub value: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct BlockResult {
    pub block: RawBlock,
}

#[derive(Debug, Deserialize)]
pub(super) struct RawBlock {
    pub data: RawData,
}

#[derive(Debug, Deserialize)]
pub(super) struct RawData {
    #[serde(default)]
    pub txs: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct AbciResult {
    pub response: AbciResponse,
}

#[derive(Debug, Deserialize)]
pub(super) struct AbciResponse {
    #[serde(default)]
    pub code: u32,
    #[serde(default)]
    pub log: String,
    pub value: Option<String>,
    #[serde(default)]
    pub height: String,
}

/// The application's answer.
#[derive(Clone, Debug)]
pub struct AbciAnswer {
    /// 0 = done.
    pub code: u32,
    /// Why not.
    pub log: String,
    /// Protobuf.
    pub value: Vec<u8>,
    /// As of which block.
    pub height: u64,
}
