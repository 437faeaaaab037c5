//! One transaction per batch: raw events, views and the cursor together.

use std::collections::BTreeSet;

use muster_schema::causes::event::{CausesEvent, RawEvent};
use sqlx::sqlite::SqliteConnection;

use crate::chain::{BlockResults, ChainEvent, Header};
use crate::error::{Error, Kind, Result};
use crate::store::{self, Cursor, Head, signed};
use crate::views::{Block, Fold};

/// Events outside transactions stand before the first one.
const NO_TX: i64 = -1;

/// A block as it was fetched and checked.
#[derive(Clone, Debug)]
pub(super) struct Fetched {
    pub(super) header: Header,
    pub(super) results: BlockResults,
    /// Over `results`, hex.
    pub(super) results_hash: String,
}

/// Where the index stands once `batch` is written.
pub(super) fn cursor_behind(cursor: &Cursor, batch: &[Fetched]) -> Cursor {
    let mut cursor = cursor.clone();
    for block in batch {
        cursor.advance(Head {
            hash: block.header.hash.clone(),
            time: block.header.time,
            results_hash: block.results_hash.clone(),
        });
    }
    cursor
}

/// Writes `batch` and the cursor behind it. The caller rolls back on an error.
pub(super) async fn batch(
    db: &mut SqliteConnection,
    cursor: &Cursor,
    batch: Vec<Fetched>,
    changed: &mut BTreeSet<u64>,
) -> Result<()> {
    sqlx::query("BEGIN IMMEDIATE").execute(&mut *db).await?;
    for fetched in batch {
        let block = Block {
            height: fetched.header.height,
            time: fetched.header.time,
        };
        // The phase at which a block's messages met an action is that of the block's own time.
        let passed = Fold {
            db: &mut *db,
            block,
            changed,
            sponsor: None,
        }
        .boundaries()
        .await?;
        if all_events(db, &cursor.contract, block, &fetched.results, changed).await? || passed {
            sqlx::query("INSERT INTO blocks (height, time) VALUES (?,?)")
                .bind(signed(block.height))
                .bind(signed(block.time))
                .execute(&mut *db)
                .await?;
        }
    }
    store::set_cursor(db, cursor).await?;
    sqlx::query("COMMIT").execute(db).await?;
    Ok(())
}

/// Says whether there were any of the contract.
async fn all_events(
    db: &mut SqliteConnection,
    contract: &str,
    block: Block,
    results: &BlockResults,
    changed: &mut BTreeSet<u64>,
) -> Result<bool> {
    let outside = results.finalize_block_events.as_deref().unwrap_or_default();
    let mut any = events(db, contract, block, NO_TX, outside, changed).await?;
    let txs = results.txs_results.as_deref().unwrap_or_default();
    for (tx, result) in (0i64..).zip(txs) {
        if result.code == 0 {
            any |= events(db, contract, block, tx, &result.events, changed).await?;
        }
    }
    Ok(any)
}

async fn events(
    db: &mut SqliteConnection,
    contract: &str,
    block: Block,
    tx: i64,
    events: &[ChainEvent],
    changed: &mut BTreeSet<u64>,
) -> Result<bool> {
    let mut any = false;
    let mut message = Message::default();
    for (number, event) in (0i64..).zip(events) {
        let pairs: Vec<(&str, &str)> = event
            .attributes
            .iter()
            .map(|a| (a.key.as_str(), a.value.as_str()))
            .collect();
        // The chain writes this attribute itself, in front; a contract can't.
        let from = pairs.iter().find(|(k, _)| *k == "_contract_address");
        if !event.kind.starts_with("wasm-muster_") || from.is_none_or(|(_, v)| *v != contract) {
            continue;
        }
        any = true;
        let msg = pairs
            .iter()
            .find_map(|(k, v)| (*k == "msg_index").then(|| v.parse::<i64>().ok())?)
            .unwrap_or(0);
        let json = serde_json::to_string(&pairs).map_err(|e| Error::Event(e.to_string()))?;
        sqlx::query(
            "INSERT INTO raw_events (height, tx, msg, event, kind, attributes) VALUES (?,?,?,?,?,?)",
        )
        .bind(signed(block.height))
        .bind(tx)
        .bind(msg)
        .bind(number)
        .bind(&event.kind)
        .bind(json)
        .execute(&mut *db)
        .await?;
        metrics::counter!("muster_events_total").increment(1);
        message.enter(tx, msg);
        message
            .fold(db, block, &event.kind, &pairs, changed)
            .await?;
    }
    Ok(any)
}

/// The message whose events are folded: a batch of signed items first says who sent it.
#[derive(Debug, Default)]
pub(super) struct Message {
    place: (i64, i64),
    sponsor: Option<String>,
}

impl Message {
    /// Goes to the message at this place of its block, if it isn't there.
    pub(super) fn enter(&mut self, tx: i64, msg: i64) {
        if self.place != (tx, msg) {
            *self = Self {
                place: (tx, msg),
                sponsor: None,
            };
        }
    }

    /// Folds one event. One that isn't understood keeps its raw row, and nothing else of it.
    pub(super) async fn fold(
        &mut self,
        db: &mut SqliteConnection,
        block: Block,
        kind: &str,
        attributes: &[(&str, &str)],
        changed: &mut BTreeSet<u64>,
    ) -> Result<()> {
        let failed = match CausesEvent::decode(&RawEvent { kind, attributes }) {
            Ok(None) => Error::Event(format!("{kind}: unknown type")),
            Err(e) => Error::Event(e.to_string()),
            Ok(Some(event)) => {
                if let CausesEvent::Relayed(e) = &event {
                    self.sponsor = Some(e.sponsor.clone());
                }
                sqlx::query("SAVEPOINT event").execute(&mut *db).await?;
                let folded = Fold {
                    db: &mut *db,
                    block,
                    changed,
                    sponsor: self.sponsor.as_deref(),
                }
                .event(event)
                .await;
                let end = if folded.is_ok() {
                    "RELEASE event"
                } else {
                    "ROLLBACK TO event; RELEASE event"
                };
                match folded {
                    Err(e) if e.kind() != Kind::Deterministic => return Err(e),
                    Ok(()) => {
                        sqlx::raw_sql(end).execute(&mut *db).await?;
                        return Ok(());
                    }
                    Err(e) => {
                        sqlx::raw_sql(end).execute(&mut *db).await?;
                        e
                    }
                }
            }
        };
        tracing::error!(height = block.height, error = %failed, "an event is kept raw only");
        metrics::counter!("muster_errors_total", "kind" => Kind::Deterministic.as_str())
            .increment(1);
        Ok(())
    }
}
