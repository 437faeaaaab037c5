//! A block's header, with its hash computed again from what it says.

mod wire;

use prost::Message as _;
use serde::Deserialize;

use super::merkle;
use crate::error::{Error, Result};

/// The `data_hash` and `last_results_hash` of a block without transactions.
pub const OF_NOTHING: &str = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855";

#[derive(Debug, Deserialize)]
pub(super) struct BlockchainResult {
    pub block_metas: Vec<BlockMeta>,
}

#[derive(Debug, Deserialize)]
pub(super) struct BlockMeta {
    block_id: BlockId,
    header: RawHeader,
}

#[derive(Debug, Default, Deserialize)]
struct BlockId {
    hash: String,
    #[serde(default)]
    parts: Parts,
}

#[derive(Debug, Default, Deserialize)]
struct Parts {
    #[serde(default)]
    total: u32,
    #[serde(default)]
    hash: String,
}

#[derive(Debug, Default, Deserialize)]
struct Version {
    #[serde(default)]
    block: String,
    #[serde(default)]
    app: String,
}

#[derive(Debug, Deserialize)]
struct RawHeader {
    #[serde(default)]
    version: Version,
    chain_id: String,
    height: String,
    time: String,
    last_block_id: BlockId,
    #[serde(default)]
    last_commit_hash: String,
    #[serde(default)]
    data_hash: String,
    #[serde(default)]
    validators_hash: String,
    #[serde(default)]
    next_validators_hash: String,
    #[serde(default)]
    consensus_hash: String,
    #[serde(default)]
    app_hash: String,
    #[serde(default)]
    last_results_hash: String,
    #[serde(default)]
    evidence_hash: String,
    #[serde(default)]
    proposer_address: String,
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
    /// Over its transactions, hex.
    pub data_hash: String,
    /// Over what the transactions of the block before did, hex.
    pub last_results_hash: String,
}

impl Header {
    /// The hash that a header in the node's JSON must have, hex.
    ///
    /// # Errors
    /// [`Error::Node`] where it isn't one.
    pub fn hash_of(header: &serde_json::Value) -> Result<String> {
        let header = RawHeader::deserialize(header).map_err(|e| bad("JSON", &e.to_string()))?;
        header.hash()
    }

    /// Whether it has transactions.
    #[must_use]
    pub fn has_txs(&self) -> bool {
        self.data_hash != OF_NOTHING
    }
}

impl TryFrom<BlockMeta> for Header {
    type Error = Error;

    fn try_from(m: BlockMeta) -> Result<Self> {
        let h = m.header;
        let height = number("height", &h.height)?;
        let (seconds, _) = h.time()?;
        let found = h.hash()?;
        if found != m.block_id.hash {
            return Err(Error::NotProven {
                height,
                what: "hash of the header",
                found,
                allowed: m.block_id.hash,
            });
        }
        Ok(Self {
            height,
            time: u64::try_from(seconds).map_err(|_| bad("time", &h.time))?,
            chain_id: h.chain_id,
            hash: found,
            last_hash: h.last_block_id.hash,
            data_hash: h.data_hash,
            last_results_hash: h.last_results_hash,
        })
    }
}

fn bad(what: &str, found: &str) -> Error {
    Error::Node(format!("header: {what} is {found:?}"))
}

fn number<N: std::str::FromStr>(what: &str, text: &str) -> Result<N> {
    text.parse().map_err(|_| bad(what, text))
}

fn bytes(what: &str, text: &str) -> Result<Vec<u8>> {
    hex::decode(text).map_err(|_| bad(what, text))
}

impl RawHeader {
    fn time(&self) -> Result<(i64, i32)> {
        calendar::unix(&self.time).ok_or_else(|| bad("time", &self.time))
    }

    fn hash(&self) -> Result<String> {
        Ok(hex::encode_upper(merkle::root(&self.fields()?)))
    }

    /// The fourteen fields in protobuf, each in its wrapper: over them stands what validators sign.
    fn fields(&self) -> Result<[Vec<u8>; 14]> {
        let h = self;
        let (seconds, nanos) = self.time()?;
        let version = wire::Consensus {
            block: number_or_zero("version", &h.version.block)?,
            app: number_or_zero("version", &h.version.app)?,
        };
        let parts = wire::PartSetHeader {
            total: h.last_block_id.parts.total,
            hash: bytes("last_block_id", &h.last_block_id.parts.hash)?,
        };
        let last = wire::BlockId {
            hash: bytes("last_block_id", &h.last_block_id.hash)?,
            part_set_header: Some(parts),
        };
        let wrapped = |what: &str, text: &str| {
            let value = bytes(what, text)?;
            Ok::<_, Error>(wire::BytesValue { value }.encode_to_vec())
        };
        Ok([
            version.encode_to_vec(),
            wire::StringValue {
                value: h.chain_id.clone(),
            }
            .encode_to_vec(),
            wire::Int64Value {
                value: number("height", &h.height)?,
            }
            .encode_to_vec(),
            wire::Timestamp { seconds, nanos }.encode_to_vec(),
            last.encode_to_vec(),
            wrapped("last_commit_hash", &h.last_commit_hash)?,
            wrapped("data_hash", &h.data_hash)?,
            wrapped("validators_hash", &h.validators_hash)?,
            wrapped("next_validators_hash", &h.next_validators_hash)?,
            wrapped("consensus_hash", &h.consensus_hash)?,
            wrapped("app_hash", &h.app_hash)?,
            wrapped("last_results_hash", &h.last_results_hash)?,
            wrapped("evidence_hash", &h.evidence_hash)?,
            wrapped("proposer_address", &h.proposer_address)?,
        ])
    }
}

fn number_or_zero(what: &str, text: &str) -> Result<u64> {
    if text.is_empty() {
        Ok(0)
    } else {
        number(what, text)
    }
}

/// RFC 3339 in UTC, the only form that the node writes.
mod calendar {
    /// Unix seconds and nanoseconds.
    pub(super) fn unix(text: &str) -> Option<(i64, i32)> {
        let at: jiff::Timestamp = text.parse().ok()?;
        text.ends_with('Z')
            .then(|| (at.as_second(), at.subsec_nanosecond()))
    }
}

#[cfg(test)]
mod tests;
