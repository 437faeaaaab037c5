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

#[derive(Debug)]
pub(super) struct StateHash {
    last: Mutex<Last>,
    /// Held by whoever computes.
    turn: Arc<tokio::sync::Mutex<()>>,
    quick: Duration,
}

impl Default for StateHash {
    fn default() -> Self {
        Self {
            last: Mutex::default(),
            turn: Arc::default(),
            quick: QUICK,
        }
    }
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
        if expected(&last, db).await? > self.quick {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Cursor, open_readers, open_writer, set_cursor};

    /// A database at a height, which the caller moves on.
    async fn database(name: &str) -> (std::path::PathBuf, sqlx::SqliteConnection, SqlitePool) {
        let file = std::env::temp_dir().join(format!("muster-hash-{name}-{}", std::process::id()));
        let _ = std::fs::remove_file(&file);
        let url = format!("sqlite://{}", file.display());
        let writer = open_writer(&url).await.unwrap();
        (file, writer, open_readers(&url).await.unwrap())
    }

    async fn move_to(db: &mut sqlx::SqliteConnection, height: u64) -> String {
        let cursor = Cursor {
            height,
            ..Cursor::default()
        };
        set_cursor(db, &cursor).await.unwrap();
        store::state_hash(db).await.unwrap()
    }

    #[tokio::test]
    async fn a_small_database_is_hashed_at_the_height_of_the_answer() {
        let (file, mut writer, pool) = database("small").await;
        let hash = move_to(&mut writer, 7).await;
        let hashes = Arc::new(StateHash::default());
        let mut db = pool.begin().await.unwrap();
        let known = hashes.at(&pool, &mut db, 7).await.unwrap();
        assert_eq!(known, Known { height: 7, hash });
        std::fs::remove_file(file).unwrap();
    }

    #[tokio::test]
    async fn a_large_one_is_hashed_behind_the_answers_and_they_say_of_which_height() {
        let (file, mut writer, pool) = database("large").await;
        let hash = move_to(&mut writer, 7).await;
        let hashes = Arc::new(StateHash {
            quick: Duration::ZERO, // nothing is this quick
            ..StateHash::default()
        });
        // An empty database would be expected to take no time at all.
        let ask = async |height| {
            let mut db = pool.begin().await.unwrap();
            hashes
                .last
                .lock()
                .unwrap()
                .ended
                .get_or_insert(Instant::now());
            hashes.last.lock().unwrap().took = Duration::from_nanos(1);
            hashes.at(&pool, &mut db, height).await.unwrap()
        };
        assert_eq!(ask(7).await, Known::default());
        drop(hashes.turn.lock().await);
        let seven = Known { height: 7, hash };
        assert_eq!(ask(7).await, seven);

        // At the next height the old one is given, and the new one is on its way.
        let hash = move_to(&mut writer, 8).await;
        assert_eq!(ask(8).await, seven);
        drop(hashes.turn.lock().await);
        assert_eq!(ask(8).await, Known { height: 8, hash });
        std::fs::remove_file(file).unwrap();
    }

    #[test]
    fn between_two_computations_it_rests() {
        let last = Last {
            known: Known::default(),
            took: Duration::from_secs(1),
            ended: Some(Instant::now()),
        };
        assert!(!last.may_run());
        let ended = Instant::now().checked_sub(Duration::from_secs(21));
        assert!(Last { ended, ..last }.may_run());
        assert!(Last::default().may_run());
    }
}
