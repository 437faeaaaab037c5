//! Where the indexer stands.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use sqlx::sqlite::SqliteConnection;

use super::types::{Progress, Solvency, Status, View};
use super::{Reader, derive, view_of};
use crate::error::Result;
use crate::store::Cursor;

impl Reader {
    /// How far it is: cheap enough for probes.
    ///
    /// # Errors
    /// The database's.
    pub async fn progress(&self) -> Result<Progress> {
        let (_, cursor) = self.look().await?;
        Ok(self.progress_at(&cursor))
    }

    /// Everything about the indexer itself.
    ///
    /// # Errors
    /// The database's.
    pub async fn status(&self) -> Result<(View, Status)> {
        let (mut db, cursor) = self.look().await?;
        let known = self.hashed.at(&self.pool, &mut db, cursor.height).await?;
        let progress = self.progress_at(&cursor);
        let status = Status {
            chain_id: progress.chain_id,
            indexed_height: progress.indexed_height,
            indexed_time: progress.indexed_time,
            node_height: progress.node_height,
            lag_seconds: progress.lag_seconds,
            state_hash: known.hash,
            state_hash_height: known.height,
            solvency: self.solvency(&mut db, &cursor).await?,
        };
        Ok((view_of(&cursor), status))
    }

    /// By denom, what the contract owes as of the indexed block.
    ///
    /// # Errors
    /// The database's.
    pub async fn owed(&self) -> Result<(View, BTreeMap<String, u128>)> {
        let (mut db, cursor) = self.look().await?;
        let mut owed = derive::owed(&mut db).await?;
        for denom in self.shared.denoms() {
            owed.entry(denom.clone()).or_default();
        }
        Ok((view_of(&cursor), owed))
    }

    /// What was last compared; before that, what is owed alone.
    async fn solvency(&self, db: &mut SqliteConnection, cursor: &Cursor) -> Result<Vec<Solvency>> {
        if let Some(books) = self.shared.books() {
            let of = |(denom, (held, owed)): (&String, &(u128, u128))| Solvency {
                denom: denom.clone(),
                held: Some(*held),
                owed: *owed,
                height: books.height,
            };
            return Ok(books.coins.iter().map(of).collect());
        }
        let mut owed = derive::owed(db).await?;
        for denom in self.shared.denoms() {
            owed.entry(denom.clone()).or_default();
        }
        let of = |(denom, owed): (String, u128)| Solvency {
            denom,
            held: None,
            owed,
            height: cursor.height,
        };
        Ok(owed.into_iter().map(of).collect())
    }

    fn progress_at(&self, cursor: &Cursor) -> Progress {
        let node_height = self.shared.node_height().max(cursor.height);
        let clock = SystemTime::now().duration_since(UNIX_EPOCH);
        let clock = clock.map_or(0, |d| d.as_secs());
        let behind = cursor.height < node_height;
        Progress {
            chain_id: cursor.chain_id.clone(),
            indexed_height: cursor.height,
            indexed_time: cursor.time,
            node_height,
            lag_seconds: if behind {
                clock.saturating_sub(cursor.time)
            } else {
                0
            },
        }
    }
}
