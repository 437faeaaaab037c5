//! What the contract holds in the bank, beside what it owes by the books, both as of the same
//! indexed block: the node is asked for that block's state, never for its newest.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use crate::chain::Client;
use crate::config::Deployment;
use crate::error::{Error, Result};
use crate::follow::{Books, Shared};
use crate::read::Reader;

/// A block's results come some milliseconds before its state can be asked for.
const AGAIN_AFTER: Duration = Duration::from_millis(20);
const TRIES: usize = 5;
/// Between two comparisons at least, and in lengths of the last one.
const PAUSE: Duration = Duration::from_millis(200);
const REST: u32 = 10;

/// Compares at the head, block by block, until `stop`.
pub async fn watch(
    reader: Reader,
    deployment: Deployment,
    shared: Arc<Shared>,
    stop: CancellationToken,
) {
    let mut heights = shared.heights();
    let nodes: Result<Vec<Client>> = deployment.rpc.iter().map(|url| Client::new(url)).collect();
    let Ok(nodes) = nodes else { return };
    let contract = &deployment.contracts.causes.address;
    loop {
        let started = Instant::now();
        if shared.is_caught_up() {
            match compare(&reader, &nodes, contract).await {
                Ok(books) => {
                    alarm(&books);
                    shared.compared(books);
                }
                // The node may keep too few states, or the next block has come meanwhile.
                Err(e) => tracing::debug!(error = %e, "solvency not compared"),
            }
        }
        let pause = PAUSE.max(started.elapsed().saturating_mul(REST));
        let next = async {
            tokio::time::sleep(pause).await;
            heights.changed().await
        };
        tokio::select! {
            () = stop.cancelled() => return,
            changed = next => if changed.is_err() { return },
        }
    }
}

/// Held and owed as of the indexed block.
///
/// # Errors
/// The database's, and [`Error::Node`] where no node has that block's state.
pub async fn compare(reader: &Reader, nodes: &[Client], contract: &str) -> Result<Books> {
    let (view, owed) = reader.owed().await?;
    let mut coins = BTreeMap::new();
    for (denom, owed) in owed {
        let held = held(nodes, contract, &denom, view.height).await?;
        coins.insert(denom, (held, owed));
    }
    Ok(Books {
        height: view.height,
        coins,
    })
}

async fn held(nodes: &[Client], contract: &str, denom: &str, height: u64) -> Result<u128> {
    let mut last = Error::Node("no node".into());
    for _ in 0..TRIES {
        for node in nodes {
            match node.balance(contract, denom, height).await {
                Ok(held) => return Ok(held),
                Err(e) => last = e,
            }
        }
        tokio::time::sleep(AGAIN_AFTER).await;
    }
    Err(last)
}

fn alarm(books: &Books) {
    for (denom, (held, owed)) in &books.coins {
        let short = owed.saturating_sub(*held);
        metrics::gauge!("muster_solvency_short", "denom" => denom.clone()).set(short as f64);
        if short > 0 {
            tracing::error!(
                denom,
                held,
                owed,
                height = books.height,
                "less is held than owed"
            );
        }
    }
}
