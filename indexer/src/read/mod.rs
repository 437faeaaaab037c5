//! The one door to the read model.

mod derive;
mod newest;
pub mod types;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sqlx::sqlite::{SqliteConnection, SqlitePool};
use sqlx::{Row, SqliteTransaction};
use tokio::sync::broadcast;

use crate::error::{Error, Result};
use crate::follow::Shared;
use crate::store::{self, Cursor, signed, unsigned};
use crate::views::rows;
use types::{Cause, Change, Person, Pledge, Solvency, Standing, Status, View};

/// Entries of a page at most.
pub const MAX_PAGE: u32 = 100;

/// Reads; never writes. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Reader {
    pool: SqlitePool,
    shared: Arc<Shared>,
    hashed: Arc<Mutex<(u64, String)>>,
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
    async fn look(&self) -> Result<(SqliteTransaction<'_>, Cursor)> {
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
        let cause = derive::causes(&mut db, id.saturating_sub(1), 1, cursor.time).await?;
        let cause = cause.into_iter().find(|c| c.id == id);
        Ok((view_of(&cursor), cause))
    }

    /// Causes with numbers above `after`, rising; at most [`MAX_PAGE`].
    ///
    /// # Errors
    /// The database's.
    pub async fn causes(&self, after: u64, limit: u32) -> Result<(View, Vec<Cause>)> {
        let (mut db, cursor) = self.look().await?;
        let causes = derive::causes(&mut db, after, limit.min(MAX_PAGE), cursor.time).await?;
        Ok((view_of(&cursor), causes))
    }

    /// Pledges of a cause behind `after` (action, address), by action and address; at most
    /// [`MAX_PAGE`].
    ///
    /// # Errors
    /// The database's.
    pub async fn pledges(
        &self,
        cause: u64,
        after: Option<(u64, String)>,
        limit: u32,
    ) -> Result<(View, Vec<Pledge>)> {
        let (action, person) = after.unwrap_or_default();
        let (mut db, cursor) = self.look().await?;
        let sql = format!(
            "SELECT {} FROM pledges WHERE action IN (SELECT id FROM actions WHERE cause = ?) \
             AND (action, person) > (?, ?) ORDER BY action, person LIMIT ?",
            rows::PLEDGE_COLUMNS
        );
        let found = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(signed(cause))
            .bind(signed(action))
            .bind(person)
            .bind(limit.min(MAX_PAGE))
            .fetch_all(&mut *db)
            .await?;
        let pledges = derive::pledges(&mut db, &found, cursor.time).await?;
        Ok((view_of(&cursor), pledges))
    }

    /// A person; empty lists for an address that never did anything.
    ///
    /// # Errors
    /// The database's.
    pub async fn person(&self, address: &str) -> Result<(View, Person)> {
        let (mut db, cursor) = self.look().await?;
        let sql = format!(
            "SELECT {} FROM pledges WHERE person = ? ORDER BY action",
            rows::PLEDGE_COLUMNS
        );
        let found = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(address)
            .fetch_all(&mut *db)
            .await?;
        let pledges = derive::pledges(&mut db, &found, cursor.time).await?;
        let mut standing = standing(&mut db, address).await?;
        standing.pending = derive::pending(&mut db, &pledges, cursor.time).await?;
        let attests = numbers(
            &mut db,
            "SELECT action FROM attestors WHERE person = ? ORDER BY action",
            address,
        )
        .await?;
        let created = numbers(
            &mut db,
            "SELECT id FROM causes WHERE creator = ? ORDER BY id",
            address,
        )
        .await?;
        let claimable = derive::sum(pledges.iter().flat_map(|p| p.claimable.iter().flatten()));
        let person = Person {
            address: address.to_owned(),
            pledges,
            claimable,
            standing,
            attests,
            created,
        };
        Ok((view_of(&cursor), person))
    }

    /// Where the indexer stands. The state hash is computed once a height.
    ///
    /// # Errors
    /// The database's.
    pub async fn status(&self) -> Result<Status> {
        let (mut db, cursor) = self.look().await?;
        let known = self
            .hashed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let state_hash = if known.0 == cursor.height && !known.1.is_empty() {
            known.1
        } else {
            let hash = store::state_hash(&mut db).await?;
            let mut slot = self.hashed.lock().unwrap_or_else(PoisonError::into_inner);
            *slot = (cursor.height, hash.clone());
            hash
        };
        let owed = derive::owed(&mut db).await?;
        let mut held = self.shared.balances();
        for denom in owed.keys() {
            held.entry(denom.clone()).or_default();
        }
        let solvency = held
            .into_iter()
            .map(|(denom, held)| Solvency {
                owed: owed.get(&denom).copied().unwrap_or(0),
                held,
                denom,
            })
            .collect();
        let node_height = self.shared.node_height().max(cursor.height);
        let clock = SystemTime::now().duration_since(UNIX_EPOCH);
        let clock = clock.map_or(0, |d| d.as_secs());
        let behind = cursor.height < node_height;
        Ok(Status {
            chain_id: cursor.chain_id,
            indexed_height: cursor.height,
            indexed_time: cursor.time,
            node_height,
            lag_seconds: if behind {
                clock.saturating_sub(cursor.time)
            } else {
                0
            },
            state_hash,
            solvency,
        })
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

async fn standing(db: &mut SqliteConnection, address: &str) -> Result<Standing> {
    let row = sqlx::query("SELECT kept, broken, unreported FROM standing WHERE person = ?")
        .bind(address)
        .fetch_optional(db)
        .await?;
    row.map_or_else(
        || Ok(Standing::default()),
        |r| {
            Ok::<_, Error>(Standing {
                kept: r.try_get(0)?,
                broken: r.try_get(1)?,
                unreported: r.try_get(2)?,
                pending: 0,
            })
        },
    )
}

async fn numbers(db: &mut SqliteConnection, sql: &'static str, who: &str) -> Result<Vec<u64>> {
    let found: Vec<i64> = sqlx::query_scalar(sql).bind(who).fetch_all(db).await?;
    Ok(found.into_iter().map(unsigned).collect())
}
