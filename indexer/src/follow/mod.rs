//! Pulls blocks by height, checks that each follows the one before, and folds them.

mod fetch;
mod nodes;
mod rewind;
mod shared;
mod write;

pub use shared::{Books, Shared};

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::sqlite::SqliteConnection;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::chain::MAX_HEADERS;
use crate::config::Deployment;
use crate::error::{Error, Kind, Result};
use crate::store::{self, Cursor};
use nodes::Nodes;
use write::Fetched;

/// The first wait for results that the head doesn't have yet; it doubles up to [`SLOWEST`].
const NOT_YET: Duration = Duration::from_millis(5);
const SLOWEST: Duration = Duration::from_millis(500);
/// What the next header proves.
const RESULTS: &str = "hash of the results";
/// How often is looked without the doorbell.
const POLL: Duration = Duration::from_secs(1);

/// Follows one chain into one database.
#[derive(Debug)]
pub struct Follower {
    nodes: Nodes,
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
        let nodes = Nodes::reach(deployment).await?;
        let db = store::open_writer(db_url).await?;
        Self::with(nodes, deployment, db, shared).await
    }

    /// As [`Self::start`], over a connection of [`store::open_writer`].
    ///
    /// # Errors
    /// As [`Self::start`].
    pub async fn over(
        deployment: &Deployment,
        db: SqliteConnection,
        shared: Arc<Shared>,
    ) -> Result<Self> {
        let nodes = Nodes::reach(deployment).await?;
        Self::with(nodes, deployment, db, shared).await
    }

    async fn with(
        nodes: Nodes,
        deployment: &Deployment,
        mut db: SqliteConnection,
        shared: Arc<Shared>,
    ) -> Result<Self> {
        let contract = &deployment.contracts.causes;
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
        let mut follower = Self {
            nodes,
            db,
            cursor,
            shared,
            bell: Arc::new(Notify::new()),
        };
        follower.enter().await?;
        follower.shared.stand_at(&follower.cursor);
        Ok(follower)
    }

    /// Finds a node whose history continues that of the database.
    async fn enter(&mut self) -> Result<()> {
        while let Err(e) = self.check_node().await {
            tokio::time::sleep(self.nodes.failed(e, &self.bell)?).await;
        }
        Ok(())
    }

    /// Compares the history of a node that was just switched to.
    async fn check_node(&mut self) -> Result<()> {
        if !self.nodes.is_checked {
            fetch::check_history(self.nodes.current(), &self.cursor).await?;
            self.nodes.is_checked = true;
        }
        Ok(())
    }

    async fn fetch(&mut self, until: Option<u64>) -> Result<Vec<Fetched>> {
        self.check_node().await?;
        fetch::next(&self.nodes, &self.shared, &self.cursor, until).await
    }

    /// Follows until `until` (inclusive), or until `stop`, which ends it between two batches.
    ///
    /// # Errors
    /// Only what asking again can't help.
    pub async fn run(&mut self, until: Option<u64>, stop: &CancellationToken) -> Result<()> {
        self.nodes.ring(&self.bell);
        let result = self.follow(until, stop).await;
        self.nodes.silence();
        result
    }

    async fn follow(&mut self, until: Option<u64>, stop: &CancellationToken) -> Result<()> {
        let mut wait = NOT_YET;
        // What was fetched while the batch before it was written.
        let mut ahead: Option<Result<Vec<Fetched>>> = None;
        while !stop.is_cancelled() && until.is_none_or(|u| self.cursor.height < u) {
            let turn = match ahead.take() {
                Some(fetched) => fetched,
                None => tokio::select! {
                    () = stop.cancelled() => return Ok(()),
                    turn = self.fetch(until) => turn,
                },
            };
            let pause = match turn {
                Ok(batch) if batch.is_empty() => {
                    wait = NOT_YET;
                    self.nodes.did_well();
                    self.nodes.was_idle(&self.bell);
                    tokio::select! {
                        () = stop.cancelled() => return Ok(()),
                        () = self.bell.notified() => {}
                        () = tokio::time::sleep(POLL) => {}
                    }
                    continue;
                }
                Ok(batch) => {
                    wait = NOT_YET;
                    self.nodes.made_progress();
                    ahead = self.commit(batch, until).await?;
                    continue;
                }
                Err(e) => self.after(e, &mut wait).await?,
            };
            tokio::select! {
                () = stop.cancelled() => return Ok(()),
                () = tokio::time::sleep(pause) => {}
            }
        }
        Ok(())
    }

    /// How long to wait after an error, or the error where that can't help.
    async fn after(&mut self, e: Error, wait: &mut Duration) -> Result<Duration> {
        metrics::counter!("muster_errors_total", "kind" => e.kind().as_str()).increment(1);
        if let Error::NotProven { height, what, .. } = e
            && (height, what) == (self.cursor.height, RESULTS)
        {
            tracing::error!(error = %e, "the head was not what the chain stands behind: taken back");
            self.cursor = rewind::one_block(&mut self.db, &self.cursor).await?;
            self.shared.stand_at(&self.cursor);
            return Err(e);
        }
        if e.kind() == Kind::NotYet {
            let pause = *wait;
            *wait = (*wait * 2).min(SLOWEST);
            return Ok(pause);
        }
        self.nodes.failed(e, &self.bell)
    }

    /// Writes a batch; while catching up, the next one is fetched meanwhile.
    async fn commit(
        &mut self,
        batch: Vec<Fetched>,
        until: Option<u64>,
    ) -> Result<Option<Result<Vec<Fetched>>>> {
        let started = Instant::now();
        let behind = write::cursor_behind(&self.cursor, &batch);
        let is_full = batch.len() as u64 == MAX_HEADERS;
        let next = async {
            if is_full && until.is_none_or(|u| behind.height < u) {
                Some(fetch::next(&self.nodes, &self.shared, &behind, until).await)
            } else {
                None
            }
        };
        let mut changed = BTreeSet::new();
        let writing = async {
            let written = write::batch(&mut self.db, &behind, batch, &mut changed).await;
            (written, started.elapsed())
        };
        let ((written, took), next) = tokio::join!(writing, next);
        if let Err(e) = written {
            // The connection must not stay inside a transaction that failed.
            let _ = sqlx::query("ROLLBACK").execute(&mut self.db).await;
            return Err(e);
        }
        self.cursor = behind;
        metrics::histogram!("muster_commit_seconds").record(took.as_secs_f64());
        self.shared.stand_at(&self.cursor);
        self.shared.tell(&self.cursor, changed);
        Ok(next)
    }
}
