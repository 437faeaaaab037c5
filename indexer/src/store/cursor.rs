//! Where the indexer stands.

use sqlx::Row;
use sqlx::sqlite::SqliteConnection;

use super::{signed, unsigned};
use crate::error::Result;

/// An indexed block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Its hash; empty before the first.
    pub hash: String,
    /// Its time.
    pub time: u64,
    /// Over its results; the next header must say the same. Empty before the first.
    pub results_hash: String,
}

/// The last indexed block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The chain.
    pub chain_id: String,
    /// The contract.
    pub contract: String,
    /// Its height.
    pub height: u64,
    /// Its hash; empty before the first.
    pub hash: String,
    /// Its time.
    pub time: u64,
    /// See [`Head::results_hash`].
    pub results_hash: String,
    /// The block before it, to go back to.
    pub before: Head,
}

impl Cursor {
    /// Moves to the next block.
    pub fn advance(&mut self, head: Head) {
        self.before = Head {
            hash: std::mem::replace(&mut self.hash, head.hash),
            time: std::mem::replace(&mut self.time, head.time),
            results_hash: std::mem::replace(&mut self.results_hash, head.results_hash),
        };
        self.height = self.height.saturating_add(1);
    }

    /// Moves to the block before. From there one can't go back once more.
    pub fn retreat(&mut self) {
        let before = std::mem::take(&mut self.before);
        self.hash = before.hash;
        self.time = before.time;
        self.results_hash = before.results_hash;
        self.height = self.height.saturating_sub(1);
    }
}

/// Reads the cursor; `None` in a new database.
///
/// # Errors
/// The database's.
pub async fn cursor(db: &mut SqliteConnection) -> Result<Option<Cursor>> {
    let row = sqlx::query(
        "SELECT chain_id, contract, height, hash, time, results_hash, before_hash, before_time, \
         before_results FROM chain",
    )
    .fetch_optional(db)
    .await?;
    row.map(|r| {
        Ok(Cursor {
            chain_id: r.try_get(0)?,
            contract: r.try_get(1)?,
            height: unsigned(r.try_get(2)?),
            hash: r.try_get(3)?,
            time: unsigned(r.try_get(4)?),
            results_hash: r.try_get(5)?,
            before: Head {
                hash: r.try_get(6)?,
                time: unsigned(r.try_get(7)?),
                results_hash: r.try_get(8)?,
            },
        })
    })
    .transpose()
}

/// Writes the cursor.
///
/// # Errors
/// The database's.
pub async fn set_cursor(db: &mut SqliteConnection, c: &Cursor) -> Result<()> {
    sqlx::query(
        "INSERT OR REPLACE INTO chain (only, chain_id, contract, height, hash, time, results_hash, \
         before_hash, before_time, before_results) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&c.chain_id)
    .bind(&c.contract)
    .bind(signed(c.height))
    .bind(&c.hash)
    .bind(signed(c.time))
    .bind(&c.results_hash)
    .bind(&c.before.hash)
    .bind(signed(c.before.time))
    .bind(&c.before.results_hash)
    .execute(db)
    .await?;
    Ok(())
}
