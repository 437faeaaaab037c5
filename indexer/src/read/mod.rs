//! The one door to the read model.

mod derive;
mod lists;
mod newest;
mod person;
mod state_hash;
mod status;
pub mod types;

use std::sync::Arc;
use std::time::Duration;

use sqlx::SqliteTransaction;
use sqlx::sqlite::SqlitePool;
use tokio::sync::broadcast;

use crate::error::Result;
use crate::follow::Shared;
use crate::store::{self, Cursor};
use state_hash::StateHash;
use types::{Cause, Change, View};

/// Entries of a page at most.
pub const MAX_PAGE: u32 = 100;

/// Reads; never writes. Cheap to clone. Every method answers from one snapshot of the database and
/// says as of which block it was taken.
#[derive(Clone, Debug)]
pub struct Reader {
    pool: SqlitePool,
    shared: Arc<Shared>,
    hashed: Arc<StateHash>,
}

impl Reader {
    /// Over the database that the follower behind `shared` writes.
    ///
    /// # Errors
    /// The database's.
    pub async fn open(db_url: &str, shared: Arc<Shared>) -> Result<Self> {
        Ok(Self {
            pool: store::open_readers(db_url).await?,
            shared,
            hashed: Arc::default(),
        })
    }

    /// One consistent look: every row read in it is of the same height.
    async fn look(&self) -> Result<(SqliteTransaction<'static>, Cursor)> {
        let mut db = self.pool.begin().await?;
        let cursor = store::cursor(&mut db).await?.unwrap_or_default();
        Ok((db, cursor))
    }

    /// As of which block answers are true.
    ///
    /// # Errors
    /// The database's.
    pub async fn view(&self) -> Result<View> {
        let (_, cursor) = self.look().await?;
        Ok(view_of(&cursor))
    }

    /// One cause.
    ///
    /// # Errors
    /// The database's.
    pub async fn cause(&self, id: u64) -> Result<(View, Option<Cause>)> {
        let (mut db, cursor) = self.look().await?;
        let cause = derive::cause_with(&mut db, id, cursor.time).await?;
        Ok((view_of(&cursor), cause))
    }

    /// Every committed batch from now on.
    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.shared.changes()
    }

    /// Waits until `height` is indexed, at most `timeout`; says whether it is.
    pub async fn wait_for(&self, height: u64, timeout: Duration) -> bool {
        let mut heights = self.shared.heights();
        let reached = heights.wait_for(|h| *h >= height);
        tokio::time::timeout(timeout, reached)
            .await
            .is_ok_and(|r| r.is_ok())
    }
}

fn view_of(cursor: &Cursor) -> View {
    View {
        chain_id: cursor.chain_id.clone(),
        height: cursor.height,
        time: cursor.time,
    }
}
