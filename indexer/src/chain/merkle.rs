//! CometBFT's Merkle trees (RFC 6962) over what a block's header stands behind.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};

use super::types::TxResult;
use crate::error::{Error, Result};

/// A SHA-256.
pub type Hash = [u8; 32];

/// The root over these leaves, in their order; of none, the hash of nothing.
#[must_use]
pub fn root<L: AsRef<[u8]>>(leaves: &[L]) -> Hash {
    match leaves {
        [] => Sha256::digest(b"").into(),
        [leaf] => {
            let mut hash = Sha256::new_with_prefix([0]);
            hash.update(leaf);
            hash.finalize().into()
        }
        _ => {
            // The largest power of two below the length goes to the left.
            let split = leaves.len().next_power_of_two() / 2;
            let (left, right) = leaves.split_at(split);
            let mut hash = Sha256::new_with_prefix([1]);
            hash.update(root(left));
            hash.update(root(right));
            hash.finalize().into()
        }
    }
}

/// What a header's `data_hash` must be: over the hashes of the transactions.
#[must_use]
pub fn data_hash(txs: &[Vec<u8>]) -> Hash {
    let hashes: Vec<Hash> = txs.iter().map(|tx| Sha256::digest(tx).into()).collect();
    root(&hashes)
}

/// The part of a result that all nodes agree on.
#[derive(Clone, PartialEq, prost::Message)]
struct ExecTxResult {
    #[prost(uint32, tag = "1")]
    code: u32,
    #[prost(bytes = "vec", tag = "2")]
    data: Vec<u8>,
    #[prost(int64, tag = "5")]
    gas_wanted: i64,
    #[prost(int64, tag = "6")]
    gas_used: i64,
}

/// What the next header's `last_results_hash` must be. Events are not under it.
///
/// # Errors
/// [`Error::Node`] for an answer that isn't one.
pub fn results_hash(results: &[TxResult]) -> Result<Hash> {
    let leaves = results.iter().map(|r| {
        let gas = |text: &str| match text {
            "" => Ok(0),
            text => text.parse().map_err(|_| bad("gas", text)),
        };
        let data = r.data.as_deref().unwrap_or_default();
        let result = ExecTxResult {
            code: r.code,
            data: BASE64.decode(data).map_err(|_| bad("data", data))?,
            gas_wanted: gas(&r.gas_wanted)?,
            gas_used: gas(&r.gas_used)?,
        };
        Ok(prost::Message::encode_to_vec(&result))
    });
    Ok(root(&leaves.collect::<Result<Vec<_>>>()?))
}

fn bad(what: &str, found: &str) -> Error {
    Error::Node(format!("block_results: {what} is {found:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of RFC 6962 as certificate-transparency implementations publish them.
    #[test]
    fn roots_of_the_rfc() {
        let leaves: Vec<Vec<u8>> = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ]
        .iter()
        .map(|h| hex::decode(h).unwrap())
        .collect();
        for (n, root_hex) in [
            (
                0,
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
            (
                1,
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            ),
            (
                2,
                "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            ),
            (
                3,
                "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            ),
            (
                5,
                "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            ),
            (
                8,
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
            ),
        ] {
            assert_eq!(hex::encode(root(&leaves[..n])), root_hex, "{n} leaves");
        }
    }
}
