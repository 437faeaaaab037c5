//! The next blocks from a node, and everything that a node can be held to.

use futures_util::{StreamExt, TryStreamExt, stream};

use super::nodes::{Nodes, check_chain};
use super::write::Fetched;
use super::{NOT_YET, RESULTS, SLOWEST, Shared};
use crate::chain::{BlockResults, Client, Header, MAX_HEADERS, NodeStatus, merkle};
use crate::error::{Error, Kind, Result};
use crate::store::Cursor;

/// Requests for results in flight while catching up.
const IN_FLIGHT: usize = 4;

/// The next blocks behind `cursor`: up to twenty while catching up, one at the head, none where
/// there is none.
pub(super) async fn next(
    nodes: &Nodes,
    shared: &Shared,
    cursor: &Cursor,
    until: Option<u64>,
) -> Result<Vec<Fetched>> {
    let node = nodes.current();
    let status = node.status().await?;
    if status.latest < cursor.height && nodes.len() > 1 {
        return Err(Error::Node(format!(
            "the node is at {}, behind what is indexed",
            status.latest
        )));
    }
    shared.node_at(status.latest);
    let from = cursor.height.saturating_add(1);
    check_earliest(&status, from)?;
    let to = status
        .latest
        .min(until.unwrap_or(u64::MAX))
        .min(cursor.height.saturating_add(MAX_HEADERS));
    if to < from {
        return Ok(vec![]);
    }
    let headers = node.headers(from, to).await?;
    check_links(cursor, &headers)?;
    let bodies: Vec<_> = headers
        .iter()
        .map(|header| body(node, header, status.latest))
        .collect();
    let results: Vec<(BlockResults, String)> = stream::iter(bodies)
        .buffered(IN_FLIGHT)
        .try_collect()
        .await?;
    let fetched: Vec<Fetched> = headers
        .into_iter()
        .zip(results)
        .map(|(header, (results, results_hash))| Fetched {
            header,
            results,
            results_hash,
        })
        .collect();
    for pair in fetched.windows(2) {
        if let [block, next] = pair {
            check_results(block.header.height, &block.results_hash, &next.header)?;
        }
    }
    Ok(fetched)
}

/// Refuses a node of another chain, a hole below its first block, and another history at the
/// cursor.
pub(super) async fn check_history(node: &Client, cursor: &Cursor) -> Result<()> {
    let status = node.status().await?;
    check_chain(&status, &cursor.chain_id)?;
    check_earliest(&status, cursor.height.saturating_add(1))?;
    let at = cursor.height;
    if cursor.hash.is_empty() || at > status.latest || at < status.earliest {
        return Ok(()); // the next block's `last_block_id` is checked in any case
    }
    for header in node.headers(at, at).await? {
        check(cursor, &header, &cursor.hash, &header.hash)?;
    }
    Ok(())
}

/// Each names the one before it, from the cursor on; the first proves the cursor's results.
fn check_links(cursor: &Cursor, headers: &[Header]) -> Result<()> {
    let mut last = cursor.hash.as_str();
    for header in headers {
        check(cursor, header, last, &header.last_hash)?;
        last = &header.hash;
    }
    match headers.first() {
        Some(first) => check_results(cursor.height, &cursor.results_hash, first),
        None => Ok(()),
    }
}

fn check(cursor: &Cursor, header: &Header, allowed: &str, found: &str) -> Result<()> {
    if header.chain_id != cursor.chain_id {
        return Err(Error::WrongChain {
            found: header.chain_id.clone(),
            allowed: cursor.chain_id.clone(),
        });
    }
    if !allowed.is_empty() && allowed != found {
        return Err(Error::HashMismatch {
            height: header.height,
            found: found.to_owned(),
            allowed: allowed.to_owned(),
        });
    }
    Ok(())
}

/// What a block's transactions did. The transactions themselves are fetched only to see that
/// the node's block is the one that its header stands behind.
async fn body(node: &Client, header: &Header, latest: u64) -> Result<(BlockResults, String)> {
    let txs = async {
        if header.has_txs() {
            node.txs(header.height).await
        } else {
            Ok(vec![])
        }
    };
    let (results, txs) = tokio::try_join!(results_of(node, header.height, latest), txs)?;
    let height = header.height;
    let found = hex::encode_upper(merkle::data_hash(&txs));
    if found != header.data_hash {
        return Err(Error::NotProven {
            height,
            what: "hash of the transactions",
            found,
            allowed: header.data_hash.clone(),
        });
    }
    let of = results.txs_results.as_deref().unwrap_or_default();
    if of.len() != txs.len() {
        return Err(Error::NotProven {
            height,
            what: "number of results",
            found: of.len().to_string(),
            allowed: txs.len().to_string(),
        });
    }
    let hash = hex::encode_upper(merkle::results_hash(of)?);
    Ok((results, hash))
}

/// Results of a block that the node has; at the head they come some milliseconds later. Below
/// the head the same words mean that they were pruned.
async fn results_of(node: &Client, height: u64, latest: u64) -> Result<BlockResults> {
    let mut wait = NOT_YET;
    loop {
        match node.block_results(height).await {
            Err(Error::NotYet(_)) if wait < SLOWEST => {
                metrics::counter!("muster_errors_total", "kind" => Kind::NotYet.as_str())
                    .increment(1);
                tokio::time::sleep(wait).await;
                wait *= 2;
            }
            Err(Error::NotYet(_)) if height < latest => {
                check_earliest(&node.status().await?, height)?;
                return Err(Error::NoResults(height));
            }
            other => return other,
        }
    }
}

fn check_earliest(status: &NodeStatus, needed: u64) -> Result<()> {
    if status.earliest > needed {
        return Err(Error::Pruned {
            earliest: status.earliest,
            needed,
        });
    }
    Ok(())
}

/// Whether the results of `height` are those that the next header stands behind.
fn check_results(height: u64, results_hash: &str, next: &Header) -> Result<()> {
    if results_hash.is_empty() || results_hash == next.last_results_hash {
        return Ok(());
    }
    Err(Error::NotProven {
        height,
        what: RESULTS,
        found: results_hash.to_owned(),
        allowed: next.last_results_hash.clone(),
    })
}
