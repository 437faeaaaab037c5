//! The node's answers, as far as they are read.

use calendar::unix_seconds;
use serde::Deserialize;

use crate::error::{Error, Result};

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

#[derive(Debug, Deserialize)]
pub(super) struct BlockchainResult {
    pub block_metas: Vec<BlockMeta>,
}

#[derive(Debug, Deserialize)]
pub(super) struct BlockMeta {
    block_id: BlockId,
    header: RawHeader,
}

#[derive(Debug, Deserialize)]
struct BlockId {
    hash: String,
}

#[derive(Debug, Deserialize)]
struct RawHeader {
    chain_id: String,
    height: String,
    time: String,
    last_block_id: BlockId,
}

/// A block's header, as far as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its chain.
    pub chain_id: String,
    /// Its height.
    pub height: u64,
    /// Unix seconds, floored as contracts see it.
    pub time: u64,
    /// Its hash, hex.
    pub hash: String,
    /// The hash of the block before.
    pub last_hash: String,
}

impl TryFrom<BlockMeta> for Header {
    type Error = Error;

    fn try_from(m: BlockMeta) -> Result<Self> {
        let bad = |what: &str, found: &str| Error::Node(format!("header: {what} is {found:?}"));
        let h = m.header;
        Ok(Self {
            height: h.height.parse().map_err(|_| bad("height", &h.height))?,
            time: unix_seconds(&h.time).ok_or_else(|| bad("time", &h.time))?,
            chain_id: h.chain_id,
            hash: m.block_id.hash,
            last_hash: h.last_block_id.hash,
        })
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
}

/// The mempool's answer.
#[derive(Clone, Debug, Deserialize)]
pub struct Broadcast {
    /// 0 = taken.
    pub code: u32,
    /// Why not.
    #[serde(default)]
    pub log: String,
    /// Hex.
    pub hash: String,
}

/// A transaction in a block.
#[derive(Clone, Debug, Deserialize)]
pub struct TxAnswer {
    /// Hex.
    pub hash: String,
    /// Of its block.
    pub height: String,
    /// What it did.
    pub tx_result: TxOutcome,
}

/// What a transaction came to.
#[derive(Clone, Debug, Deserialize)]
pub struct TxOutcome {
    /// 0 = done.
    #[serde(default)]
    pub code: u32,
    /// Why not.
    #[serde(default)]
    pub log: String,
    /// Decimal.
    #[serde(default)]
    pub gas_used: String,
}

/// RFC 3339 in UTC, the only form that the node writes, without a calendar crate.
mod calendar {
    pub(super) fn unix_seconds(text: &str) -> Option<u64> {
        let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let clock = number(11, 13)? * 3_600 + number(14, 16)? * 60 + number(17, 19)?;
        text.ends_with('Z').then_some(())?;
        // Days since 1970-01-01 of the proleptic Gregorian calendar, years from March.
        let y = if month > 2 { year } else { year - 1 };
        let era = y.div_euclid(400);
        let of_era = y.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
        u64::try_from(days * 86_400 + clock).ok()
    }

    #[cfg(test)]
    mod tests {
        #[test]
        fn block_times() {
            let at = super::unix_seconds;
            assert_eq!(at("1970-01-01T00:00:00Z"), Some(0));
            assert_eq!(at("2000-02-29T12:00:01.5Z"), Some(951_825_601));
            assert_eq!(at("2024-03-01T00:00:00.123456789Z"), Some(1_709_251_200));
            assert_eq!(at("yesterday"), None);
        }
    }
}
