//! The queue: what was taken and what became of it. What it says it has, it has on the disk.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow,
    SqliteSynchronous,
};

use super::item::Checked;
use crate::error::{Error, Result};
use crate::store::{signed, unsigned};

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS items (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, signer TEXT NOT NULL, expires INTEGER NOT NULL,
  day INTEGER NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL, code TEXT, reason TEXT,
  tx_hash TEXT, place INTEGER, height INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS items_day ON items (day, signer);
CREATE INDEX IF NOT EXISTS items_state ON items (state, n);
CREATE TABLE IF NOT EXISTS transactions (
  hash TEXT PRIMARY KEY, bytes BLOB NOT NULL, last_height INTEGER NOT NULL
) STRICT;";

const DAY: u64 = 86_400;
/// Days that an item's fate is remembered.
const MEMORY: u64 = 30;

/// How much is taken in a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Daily {
    pub(super) per_signer: u32,
    pub(super) per_day: u32,
}

/// Where an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// Waits to be sent.
    Queued,
    /// In a transaction that may land.
    Sent,
    /// In a block, and done.
    Landed,
    /// Not taken, or the contract would or did refuse it.
    Refused,
}

impl State {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Landed => "landed",
            Self::Refused => "refused",
        }
    }

    fn from_word(word: &str) -> Self {
        let all = [Self::Queued, Self::Sent, Self::Landed];
        let known = all.into_iter().find(|s| s.as_str() == word);
        known.unwrap_or(Self::Refused)
    }
}

/// What became of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fate {
    /// By which it is asked for; left out where it wasn't taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    pub(super) state: State,
    /// The word of the refusal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<String>,
    /// Its sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) tx_hash: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) height: Option<u64>,
}

impl Fate {
    /// Not taken, for a reason of the form `code: sentence`.
    pub(super) fn refused(said: &str) -> Self {
        let (code, reason) = said.split_once(": ").unwrap_or(("refused", said));
        Self {
            id: None,
            state: State::Refused,
            code: Some(code.to_owned()),
            reason: Some(reason.to_owned()),
            tx_hash: None,
            height: None,
        }
    }
}

/// An item that waits.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub(super) id: String,
    pub(super) body: String,
}

/// A transaction that may land.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Transaction {
    pub(super) hash: String,
    pub(super) bytes: Vec<u8>,
    /// The last block that may hold it.
    pub(super) last_height: u64,
}

/// Code and sentence of refusals, by place in the transaction.
pub(super) type Refusals = BTreeMap<u32, (String, String)>;

/// One connection: whoever writes waits for whoever writes.
#[derive(Clone, Debug)]
pub(super) struct Queue {
    pool: SqlitePool,
    daily: Daily,
}

impl Queue {
    pub(super) async fn open(url: &str, daily: Daily) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)
            .map_err(|e| Error::Config(format!("--db {url}: {e}")))?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // An answer "queued" must be true after a loss of power, too.
            .synchronous(SqliteSynchronous::Full);
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options)
            .await?;
        sqlx::raw_sql(SCHEMA).execute(&pool).await?;
        Ok(Self { pool, daily })
    }

    /// Takes items as far as the day's limits allow. One that was taken before is the same one.
    pub(super) async fn take(&self, items: &[Checked], now: u64) -> Result<Vec<Fate>> {
        let day = signed(now / DAY);
        let mut db = self.pool.begin().await?;
        sqlx::query("DELETE FROM items WHERE day < ? AND state IN ('landed', 'refused')")
            .bind(day.saturating_sub(signed(MEMORY)))
            .execute(&mut *db)
            .await?;
        let mut fates = Vec::with_capacity(items.len());
        for item in items {
            let known = sqlx::query(FATE)
                .bind(&item.id)
                .fetch_optional(&mut *db)
                .await?;
            if let Some(row) = known {
                fates.push(fate_of(&row)?);
                continue;
            }
            let taken: (i64, i64) = sqlx::query_as(
                "SELECT COUNT(*), COUNT(*) FILTER (WHERE signer = ?) FROM items WHERE day = ?",
            )
            .bind(&item.signer)
            .bind(day)
            .fetch_one(&mut *db)
            .await?;
            let Daily {
                per_signer,
                per_day,
            } = self.daily;
            if taken.1 >= i64::from(per_signer) {
                let said = format!(
                    "limit: found {} items of {} today, allowed are {per_signer}",
                    taken.1, item.signer
                );
                fates.push(Fate::refused(&said));
                continue;
            }
            if taken.0 >= i64::from(per_day) {
                let said = format!(
                    "limit: found {} items today, allowed are {per_day}",
                    taken.0
                );
                fates.push(Fate::refused(&said));
                continue;
            }
            sqlx::query(
                "INSERT INTO items (id, signer, expires, day, body, state) \
                 VALUES (?, ?, ?, ?, ?, 'queued')",
            )
            .bind(&item.id)
            .bind(&item.signer)
            .bind(signed(item.expires))
            .bind(day)
            .bind(&item.body)
            .execute(&mut *db)
            .await?;
            fates.push(Fate {
                id: Some(item.id.clone()),
                state: State::Queued,
                code: None,
                reason: None,
                tx_hash: None,
                height: None,
            });
        }
        db.commit().await?;
        Ok(fates)
    }

    /// What became of an item.
    pub(super) async fn fate(&self, id: &str) -> Result<Option<Fate>> {
        let row = sqlx::query(FATE)
            .bind(id)
            .fetch_optional(&self.pool)
            .await?;
        row.map(|row| fate_of(&row)).transpose()
    }

    /// How many items may still be taken on the day of `now`.
    pub(super) async fn left(&self, now: u64) -> Result<u64> {
        let taken: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM items WHERE day = ?")
            .bind(signed(now / DAY))
            .fetch_one(&self.pool)
            .await?;
        Ok(u64::from(self.daily.per_day).saturating_sub(unsigned(taken)))
    }

    /// The oldest items that wait, `most` of them; those that are over are refused.
    pub(super) async fn waiting(&self, now: u64, most: u32) -> Result<Vec<Waiting>> {
        sqlx::query(
            "UPDATE items SET state = 'refused', code = 'expired', \
             reason = 'it could not be sent before its end' WHERE state = 'queued' AND expires <= ?",
        )
        .bind(signed(now))
        .execute(&self.pool)
        .await?;
        let rows =
            sqlx::query("SELECT id, body FROM items WHERE state = 'queued' ORDER BY n LIMIT ?")
                .bind(most)
                .fetch_all(&self.pool)
                .await?;
        rows.iter()
            .map(|r| {
                Ok(Waiting {
                    id: r.try_get(0)?,
                    body: r.try_get(1)?,
                })
            })
            .collect()
    }

    /// Refuses an item that waits.
    pub(super) async fn refuse(&self, id: &str, code: &str, reason: &str) -> Result<()> {
        sqlx::query("UPDATE items SET state = 'refused', code = ?, reason = ? WHERE id = ?")
            .bind(code)
            .bind(reason)
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Notes a transaction before it is sent, with its items in their order.
    pub(super) async fn start(&self, tx: &Transaction, items: &[Waiting]) -> Result<()> {
        let mut db = self.pool.begin().await?;
        sqlx::query("INSERT INTO transactions (hash, bytes, last_height) VALUES (?, ?, ?)")
            .bind(&tx.hash)
            .bind(&tx.bytes)
            .bind(signed(tx.last_height))
            .execute(&mut *db)
            .await?;
        for (place, item) in (0_i64..).zip(items) {
            sqlx::query("UPDATE items SET state = 'sent', tx_hash = ?, place = ? WHERE id = ?")
                .bind(&tx.hash)
                .bind(place)
                .bind(&item.id)
                .execute(&mut *db)
                .await?;
        }
        db.commit().await?;
        Ok(())
    }

    /// The transaction whose end isn't known; there is one at most.
    pub(super) async fn under_way(&self) -> Result<Option<Transaction>> {
        let row = sqlx::query("SELECT hash, bytes, last_height FROM transactions LIMIT 1")
            .fetch_optional(&self.pool)
            .await?;
        row.map(|r| {
            Ok(Transaction {
                hash: r.try_get(0)?,
                bytes: r.try_get(1)?,
                last_height: unsigned(r.try_get(2)?),
            })
        })
        .transpose()
    }

    /// It is in a block, and did this.
    pub(super) async fn landed(&self, hash: &str, height: u64, refused: &Refusals) -> Result<()> {
        let mut db = self.pool.begin().await?;
        sqlx::query("UPDATE items SET state = 'landed', height = ? WHERE tx_hash = ?")
            .bind(signed(height))
            .bind(hash)
            .execute(&mut *db)
            .await?;
        for (place, (code, reason)) in refused {
            sqlx::query(
                "UPDATE items SET state = 'refused', code = ?, reason = ? \
                 WHERE tx_hash = ? AND place = ?",
            )
            .bind(code)
            .bind(reason)
            .bind(hash)
            .bind(place)
            .execute(&mut *db)
            .await?;
        }
        sqlx::query("DELETE FROM transactions WHERE hash = ?")
            .bind(hash)
            .execute(&mut *db)
            .await?;
        db.commit().await?;
        Ok(())
    }

    /// It didn't do anything and won't: its items wait again.
    pub(super) async fn fell(&self, hash: &str) -> Result<()> {
        let mut db = self.pool.begin().await?;
        sqlx::query(
            "UPDATE items SET state = 'queued', tx_hash = NULL, place = NULL WHERE tx_hash = ?",
        )
        .bind(hash)
        .execute(&mut *db)
        .await?;
        sqlx::query("DELETE FROM transactions WHERE hash = ?")
            .bind(hash)
            .execute(&mut *db)
            .await?;
        db.commit().await?;
        Ok(())
    }
}

const FATE: &str = "SELECT id, state, code, reason, tx_hash, height FROM items WHERE id = ?";

fn fate_of(r: &SqliteRow) -> Result<Fate> {
    let state: String = r.try_get(1)?;
    let height: Option<i64> = r.try_get(5)?;
    Ok(Fate {
        id: r.try_get(0)?,
        state: State::from_word(&state),
        code: r.try_get(2)?,
        reason: r.try_get(3)?,
        tx_hash: r.try_get(4)?,
        height: height.map(unsigned),
    })
}

#[cfg(test)]
mod tests;
