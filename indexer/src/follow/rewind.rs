//! Back by one block: views are folded again from the raw rows of the blocks before it. Reads all
//! of them, which nobody minds where a node was caught lying.

use std::collections::BTreeSet;

use sqlx::Row;
use sqlx::sqlite::SqliteConnection;

use super::write::Message;
use crate::error::{Error, Result};
use crate::store::{self, Cursor, signed, unsigned};
use crate::views::{Block, Fold, TABLES};

/// Takes back the block at `cursor` in one transaction; returns where the index stands then.
pub(super) async fn one_block(db: &mut SqliteConnection, cursor: &Cursor) -> Result<Cursor> {
    sqlx::query("BEGIN IMMEDIATE").execute(&mut *db).await?;
    let back = within(db, cursor).await;
    let end = if back.is_ok() { "COMMIT" } else { "ROLLBACK" };
    sqlx::query(end).execute(db).await?;
    back
}

async fn within(db: &mut SqliteConnection, cursor: &Cursor) -> Result<Cursor> {
    let mut back = cursor.clone();
    back.retreat();
    // Where nothing is known of the block before, the index begins anew.
    let keep = if back.hash.is_empty() { 0 } else { back.height };
    for table in ["raw_events", "blocks"] {
        let sql = format!("DELETE FROM {table} WHERE height > ?");
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(signed(keep))
            .execute(&mut *db)
            .await?;
    }
    refold(db).await?;
    if keep == 0 {
        sqlx::query("DELETE FROM chain").execute(db).await?;
    } else {
        store::set_cursor(db, &back).await?;
    }
    Ok(back)
}

/// Empties the views and folds them again from the raw rows.
async fn refold(db: &mut SqliteConnection) -> Result<()> {
    for table in TABLES {
        let sql = format!("DELETE FROM {table}");
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .execute(&mut *db)
            .await?;
    }
    let blocks: Vec<(i64, i64)> = sqlx::query_as("SELECT height, time FROM blocks ORDER BY height")
        .fetch_all(&mut *db)
        .await?;
    let mut changed = BTreeSet::new();
    for (height, time) in blocks {
        let block = Block {
            height: unsigned(height),
            time: unsigned(time),
        };
        Fold {
            db: &mut *db,
            block,
            changed: &mut changed,
            sponsor: None,
        }
        .boundaries()
        .await?;
        let sql =
            "SELECT kind, attributes, tx, msg FROM raw_events WHERE height = ? ORDER BY tx, event";
        let rows = sqlx::query(sql).bind(height).fetch_all(&mut *db).await?;
        let mut message = Message::default();
        for row in &rows {
            let kind: &str = row.try_get(0)?;
            let pairs: Vec<(String, String)> = serde_json::from_str(row.try_get(1)?)
                .map_err(|e| Error::Event(format!("raw row: {e}")))?;
            let pairs: Vec<(&str, &str)> = pairs
                .iter()
                .map(|(k, v)| (k.as_str(), v.as_str()))
                .collect();
            message.enter(row.try_get(2)?, row.try_get(3)?);
            message.fold(db, block, kind, &pairs, &mut changed).await?;
        }
    }
    Ok(())
}
