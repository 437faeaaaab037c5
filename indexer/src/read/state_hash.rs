//! The state hash for answers. It reads every row, so it is never computed for each question:
//! one computation at a time, and between two of them [`REST`] times as long as the last one took,
//! so that it costs at most a twentieth of a core however often it is asked for. A small database
//! is hashed at the height of the answer itself; of a large one the last known hash is given, with
//! its height, while the next is computed in the background.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::SqliteTransaction;
use sqlx::sqlite::SqlitePool;

use crate::error::Result;
use crate::store;

/// An answer waits no longer than this for a hash.
const QUICK: Duration = Duration::from_millis(250);
/// A guess for the first time, well below what was measured (about 200 MB/s).
const BYTES_PER_SECOND: u64 = 50_000_000;
/// Pause between two computations, in lengths of the last.
const REST: u32 = 20;

/// A hash and the height at which it is true.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) height: u64,
    /// Empty before the first.
    pub(super) hash: String,
}

#[derive(Debug, Default)]
pub(super) struct StateHash {
    last: Mutex<Last>,
    /// Held by whoever computes.
    turn: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Clone, Debug, Default)]
struct Last {
    known: Known,
    took: Duration,
    ended: Option<Instant>,
}

impl Last {
    /// Whether the pause is over.
    fn may_run(&self) -> bool {
        self.ended
            .is_none_or(|at| at.elapsed() >= self.took.saturating_mul(REST))
    }
}

impl StateHash {
    fn last(&self) -> Last {
        self.last
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The newest hash that an answer of the snapshot `db` at `height` can have.
    pub(super) async fn at(
        self: &Arc<Self>,
        pool: &SqlitePool,
        db: &mut SqliteTransaction<'static>,
        height: u64,
    ) -> Result<Known> {
        let last = self.last();
        if last.known.height == height && !last.known.hash.is_empty() {
            return Ok(last.known);
        }
        if expected(&last, db).await? > QUICK {
            self.in_background(pool.clone());
            return Ok(last.known);
        }
        let _turn = self.turn.lock().await;
        let last = self.last();
        if last.known.height != height && last.may_run() || last.known.hash.is_empty() {
            self.compute(db, height).await?;
        }
        Ok(self.last().known)
    }

    async fn compute(&self, db: &mut SqliteTransaction<'static>, height: u64) -> Result<()> {
        let started = Instant::now();
        let hash = store::state_hash(db).await?;
        let took = started.elapsed();
        metrics::histogram!("muster_state_hash_seconds").record(took.as_secs_f64());
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Last {
            known: Known { height, hash },
            took,
            ended: Some(Instant::now()),
        };
        Ok(())
    }

    fn in_background(self: &Arc<Self>, pool: SqlitePool) {
        if !self.last().may_run() {
            return;
        }
        let Ok(turn) = Arc::clone(&self.turn).try_lock_owned() else {
            return; // it is being computed
        };
        let this = Arc::clone(self);
        tokio::spawn(async move {
            let _turn = turn;
            let done = async {
                let mut db = pool.begin().await?;
                let height = store::cursor(&mut db).await?.unwrap_or_default().height;
                this.compute(&mut db, height).await
            };
            if let Err(e) = done.await {
                tracing::error!(error = %e, "no state hash");
            }
        });
    }
}

/// How long the next computation will take.
async fn expected(last: &Last, db: &mut SqliteTransaction<'static>) -> Result<Duration> {
    if last.ended.is_some() {
        return Ok(last.took);
    }
    let size = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";
    let bytes: i64 = sqlx::query_scalar(size).fetch_one(&mut **db).await?;
    let millis = store::unsigned(bytes).saturating_mul(1_000) / BYTES_PER_SECOND;
    Ok(Duration::from_millis(millis))
}
