//! The database: one writer with `BEGIN IMMEDIATE`, any number of readers that can't write.

mod cursor;
mod hash;

pub use cursor::{Cursor, Head, cursor, set_cursor};
pub use hash::state_hash;

use std::str::FromStr;

use sqlx::ConnectOptions;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};

use crate::error::{Error, Result};

/// The schema's versions, applied in their order; `user_version` counts them.
const MIGRATIONS: [&str; 12] = [
    include_str!("../../migrations/0001_read_model.sql"),
    include_str!("../../migrations/0002_proofs.sql"),
    include_str!("../../migrations/0003_requirements.sql"),
    include_str!("../../migrations/0004_relations.sql"),
    include_str!("../../migrations/0005_relay.sql"),
    include_str!("../../migrations/0006_coins.sql"),
    include_str!("../../migrations/0007_confirm.sql"),
    include_str!("../../migrations/0009_gates.sql"),
    include_str!("../../migrations/0010_challenges.sql"),
    include_str!("../../migrations/0011_fund.sql"),
    include_str!("../../migrations/0012_deliberation.sql"),
    include_str!("../../migrations/0013_savings.sql"),
];

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

/// Opens one connection that can only read, to a database that is there.
///
/// # Errors
/// As [`open_writer`].
pub async fn open_reader(url: &str) -> Result<SqliteConnection> {
    let options = options(url)?.pragma("query_only", "ON");
    options
        .connect()
        .await
        .map_err(|e| Error::Config(format!("--db {url}: {e}")))
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// A view that is forgotten in one of the lists would be left out of the hash, or doubled when
    /// a block is taken back.
    #[tokio::test]
    async fn every_table_is_hashed_and_every_view_can_be_folded_anew() {
        let file = std::env::temp_dir().join(format!("muster-tables-{}", std::process::id()));
        let _ = std::fs::remove_file(&file);
        let url = format!("sqlite://{}", file.display());
        let mut db = open_writer(&url).await.unwrap();
        let found: Vec<String> =
            sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table'")
                .fetch_all(&mut db)
                .await
                .unwrap();
        let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
        let hashed: BTreeSet<&str> = hash::TABLES.iter().map(|(name, _)| *name).collect();
        assert_eq!(found, hashed);
        let raw = ["chain", "blocks", "raw_events"];
        let views: BTreeSet<&str> = crate::views::TABLES.into_iter().chain(raw).collect();
        assert_eq!(found, views);
        std::fs::remove_file(file).unwrap();
    }
}
