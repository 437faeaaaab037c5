//! The database: one writer with `BEGIN IMMEDIATE`, any number of readers that can't write.

mod hash;

pub use hash::state_hash;

use std::str::FromStr;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions, Row};

use crate::error::{Error, Result};

/// The schema's versions, applied in their order; `user_version` counts them.
const MIGRATIONS: [&str; 1] = [include_str!("../../migrations/0001_read_model.sql")];

/// Where the indexer stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The chain.
    pub chain_id: String,
    /// The contract.
    pub contract: String,
    /// The last indexed block.
    pub height: u64,
    /// Its hash; empty before the first.
    pub hash: String,
    /// Its time.
    pub time: u64,
}

fn options(url: &str) -> Result<SqliteConnectOptions> {
    let options = SqliteConnectOptions::from_str(url)
        .map_err(|e| Error::Config(format!("--db {url}: {e}")))?;
    Ok(options
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .statement_cache_capacity(200)
        .busy_timeout(std::time::Duration::from_secs(10)))
}

/// Opens the writer and brings the schema up to date.
///
/// # Errors
/// [`Error::Config`] for an unusable address, else the database's.
pub async fn open_writer(url: &str) -> Result<SqliteConnection> {
    let mut db = options(url)?.create_if_missing(true).connect().await?;
    let version: i64 = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut db)
        .await?;
    let done = usize::try_from(version).unwrap_or(0);
    for (i, sql) in MIGRATIONS.iter().enumerate().skip(done) {
        let step = format!(
            "BEGIN IMMEDIATE;\n{sql}\nPRAGMA user_version = {};\nCOMMIT;",
            i + 1
        );
        sqlx::raw_sql(sqlx::AssertSqlSafe(step))
            .execute(&mut db)
            .await?;
    }
    Ok(db)
}

/// Opens a pool that can only read.
///
/// # Errors
/// As [`open_writer`].
pub async fn open_readers(url: &str) -> Result<SqlitePool> {
    const READERS: u32 = 4;
    let options = options(url)?.pragma("query_only", "ON");
    let pool = SqlitePoolOptions::new().max_connections(READERS);
    Ok(pool.connect_with(options).await?)
}

/// Reads the cursor; `None` in a new database.
///
/// # Errors
/// The database's.
pub async fn cursor(db: &mut SqliteConnection) -> Result<Option<Cursor>> {
    let row = sqlx::query("SELECT chain_id, contract, height, hash, time FROM chain")
        .fetch_optional(db)
        .await?;
    row.map(|r| {
        Ok(Cursor {
            chain_id: r.try_get(0)?,
            contract: r.try_get(1)?,
            height: unsigned(r.try_get(2)?),
            hash: r.try_get(3)?,
            time: unsigned(r.try_get(4)?),
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
        "INSERT OR REPLACE INTO chain (only, chain_id, contract, height, hash, time) \
         VALUES (1, ?, ?, ?, ?, ?)",
    )
    .bind(&c.chain_id)
    .bind(&c.contract)
    .bind(signed(c.height))
    .bind(&c.hash)
    .bind(signed(c.time))
    .execute(db)
    .await?;
    Ok(())
}

/// SQLite has signed integers only; no height, number or time comes near their end.
#[must_use]
pub fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// See [`signed`].
#[must_use]
pub fn unsigned(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}
