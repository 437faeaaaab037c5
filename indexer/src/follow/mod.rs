//! Pulls blocks by height, checks that each follows the one before, and folds them.

mod shared;
mod write;

pub use shared::Shared;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::{StreamExt, TryStreamExt, stream};
use sqlx::sqlite::SqliteConnection;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::chain::{BlockResults, Client, Header, MAX_HEADERS, NodeStatus, doorbell};
use crate::config::Deployment;
use crate::error::{Error, Kind, Result};
use crate::store::{self, Cursor};

/// Requests for results in flight while catching up.
const IN_FLIGHT: usize = 4;
/// The first wait for results that the head doesn't have yet; it doubles up to [`SLOWEST`].
const NOT_YET: Duration = Duration::from_millis(5);
const SLOWEST: Duration = Duration::from_millis(500);
/// How often is looked without the doorbell.
const POLL: Duration = Duration::from_secs(1);
/// How long a node may be away at the start.
const FIRST_CONTACT: Duration = Duration::from_secs(10);

/// Follows one chain into one database.
#[derive(Debug)]
pub struct Follower {
    client: Client,
    db: SqliteConnection,
    cursor: Cursor,
    shared: Arc<Shared>,
    bell: Arc<Notify>,
}

impl Follower {
    /// Opens the database and checks that node, chain, contract and history fit together.
    ///
    /// # Errors
    /// One line that says what doesn't.
    pub async fn start(deployment: &Deployment, db_url: &str, shared: Arc<Shared>) -> Result<Self> {
        let (client, status) = reach(deployment).await?;
        if status.chain_id != deployment.chain_id {
            return Err(Error::WrongChain {
                found: status.chain_id,
                allowed: deployment.chain_id.clone(),
            });
        }
        let contract = &deployment.contracts.causes;
        if !client.has_contract(&contract.address).await? {
            return Err(Error::NoContract(contract.address.clone()));
        }
        let mut db = store::open_writer(db_url).await?;
        let cursor = match store::cursor(&mut db).await? {
            Some(c) => c,
            None => Cursor {
                chain_id: deployment.chain_id.clone(),
                contract: contract.address.clone(),
                height: contract.height.saturating_sub(1),
                ..Cursor::default()
            },
        };
        if cursor.chain_id != deployment.chain_id || cursor.contract != contract.address {
            return Err(Error::WrongChain {
                found: format!("a database of {} {}", cursor.chain_id, cursor.contract),
                allowed: format!("{} {}", deployment.chain_id, contract.address),
            });
        }
        let follower = Self {
            client,
            db,
            cursor,
            shared,
            bell: Arc::new(Notify::new()),
        };
        follower.check_history(&status).await?;
        follower.shared.stand_at(&follower.cursor);
        Ok(follower)
    }

    /// Refuses a hole below the node's first block, and another history at the cursor.
    async fn check_history(&self, status: &NodeStatus) -> Result<()> {
        let needed = self.cursor.height.saturating_add(1);
        if status.earliest > needed {
            return Err(Error::Pruned {
                earliest: status.earliest,
                needed,
            });
        }
        let at = self.cursor.height;
        if self.cursor.hash.is_empty() || at > status.latest || at < status.earliest {
            return Ok(()); // the next block's `last_block_id` is checked in any case
        }
        for header in self.client.headers(at, at).await? {
            self.check(&header, &self.cursor.hash, &header.hash)?;
        }
        Ok(())
    }

    fn check(&self, header: &Header, allowed: &str, found: &str) -> Result<()> {
        if header.chain_id != self.cursor.chain_id {
            return Err(Error::WrongChain {
                found: header.chain_id.clone(),
                allowed: self.cursor.chain_id.clone(),
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

    /// Follows until `until` (inclusive), or until `stop`, which ends it between two batches.
    ///
    /// # Errors
    /// Only what asking again can't help.
    pub async fn run(&mut self, until: Option<u64>, stop: &CancellationToken) -> Result<()> {
        let ringing = tokio::spawn(doorbell::ring(
            self.client.url().to_owned(),
            self.bell.clone(),
        ));
        let result = self.follow(until, stop).await;
        ringing.abort();
        result
    }

    async fn follow(&mut self, until: Option<u64>, stop: &CancellationToken) -> Result<()> {
        let mut wait = NOT_YET;
        while !stop.is_cancelled() && until.is_none_or(|u| self.cursor.height < u) {
            let turn = tokio::select! {
                () = stop.cancelled() => return Ok(()),
                turn = self.fetch(until) => turn,
            };
            match turn {
                Ok(batch) if batch.is_empty() => {
                    wait = NOT_YET;
                    tokio::select! {
                        () = stop.cancelled() => return Ok(()),
                        () = self.bell.notified() => {}
                        () = tokio::time::sleep(POLL) => {}
                    }
                }
                Ok(batch) => {
                    wait = NOT_YET;
                    self.commit(batch).await?;
                    self.look_at_balances().await;
                }
                Err(e) => {
                    metrics::counter!("muster_errors_total", "kind" => e.kind().as_str())
                        .increment(1);
                    if e.kind() == Kind::Fatal {
                        return Err(e);
                    }
                    if e.kind() == Kind::Transient {
                        tracing::warn!(error = %e, "asking the node again");
                        wait = wait.max(Duration::from_millis(200));
                    }
                    tokio::time::sleep(wait).await;
                    wait = (wait * 2).min(SLOWEST);
                }
            }
        }
        Ok(())
    }

    /// The next blocks: up to twenty while catching up, one at the head, none where there is none.
    async fn fetch(&self, until: Option<u64>) -> Result<Vec<(Header, BlockResults)>> {
        let status = self.client.status().await?;
        self.shared.node_at(status.latest);
        let from = self.cursor.height.saturating_add(1);
        if status.earliest > from {
            return Err(Error::Pruned {
                earliest: status.earliest,
                needed: from,
            });
        }
        let to = status
            .latest
            .min(until.unwrap_or(u64::MAX))
            .min(self.cursor.height.saturating_add(MAX_HEADERS));
        if to < from {
            return Ok(vec![]);
        }
        let headers = self.client.headers(from, to).await?;
        let mut last = self.cursor.hash.as_str();
        for header in &headers {
            self.check(header, last, &header.last_hash)?;
            last = &header.hash;
        }
        let results: Vec<BlockResults> = stream::iter(headers.iter().map(|h| h.height))
            .map(|height| self.results(height))
            .buffered(IN_FLIGHT)
            .try_collect()
            .await?;
        Ok(headers.into_iter().zip(results).collect())
    }

    /// Results of a block that the node has; at the head they come some milliseconds later.
    async fn results(&self, height: u64) -> Result<BlockResults> {
        let mut wait = NOT_YET;
        loop {
            match self.client.block_results(height).await {
                Err(Error::NotYet(_)) if wait < SLOWEST => {
                    metrics::counter!("muster_errors_total", "kind" => Kind::NotYet.as_str())
                        .increment(1);
                    tokio::time::sleep(wait).await;
                    wait *= 2;
                }
                other => return other,
            }
        }
    }

    async fn commit(&mut self, batch: Vec<(Header, BlockResults)>) -> Result<()> {
        let started = Instant::now();
        let mut changed = BTreeSet::new();
        let written = write::batch(&mut self.db, &self.cursor, &batch, &mut changed).await;
        match written {
            Ok(cursor) => self.cursor = cursor,
            Err(e) => {
                // The connection must not stay inside a transaction that failed.
                let _ = sqlx::query("ROLLBACK").execute(&mut self.db).await;
                return Err(e);
            }
        }
        metrics::histogram!("muster_commit_seconds").record(started.elapsed().as_secs_f64());
        self.shared.stand_at(&self.cursor);
        self.shared.tell(&self.cursor, changed);
        Ok(())
    }

    /// At the head, what the bank says that the contract holds.
    async fn look_at_balances(&self) {
        if !self.shared.is_caught_up() {
            return;
        }
        for denom in self.shared.denoms() {
            if let Ok(held) = self.client.balance(&self.cursor.contract, &denom).await {
                self.shared.holds(&denom, held);
            }
        }
    }
}

/// The first node of the deployment that answers.
async fn reach(deployment: &Deployment) -> Result<(Client, NodeStatus)> {
    let started = Instant::now();
    let mut why = String::new();
    while started.elapsed() < FIRST_CONTACT {
        for url in &deployment.rpc {
            let client = Client::new(url)?;
            match tokio::time::timeout(FIRST_CONTACT / 2, client.status()).await {
                Ok(Ok(status)) => return Ok((client, status)),
                Ok(Err(e)) => why = e.to_string(),
                Err(_) => "no answer".clone_into(&mut why),
            }
        }
        tokio::time::sleep(SLOWEST).await;
    }
    Err(Error::Unreachable {
        url: deployment.rpc.join(", "),
        within: FIRST_CONTACT,
        why,
    })
}
