//! One hash over everything that was indexed.

use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{Row, TypeInfo, ValueRef};

use crate::error::Result;

/// Every table in key order, without row ids, clocks or marks of batches.
pub(super) const TABLES: [(&str, &str); 25] = [
    (
        "chain",
        "SELECT chain_id, contract, height, hash, time FROM chain",
    ),
    ("blocks", "SELECT height, time FROM blocks ORDER BY height"),
    (
        "raw_events",
        "SELECT * FROM raw_events ORDER BY height, tx, msg, event",
    ),
    ("causes", "SELECT * FROM causes ORDER BY id"),
    ("actions", "SELECT * FROM actions ORDER BY id"),
    (
        "thresholds",
        "SELECT * FROM thresholds ORDER BY action, threshold",
    ),
    (
        "confirmations",
        "SELECT * FROM confirmations ORDER BY action, threshold",
    ),
    ("pledges", "SELECT * FROM pledges ORDER BY action, person"),
    (
        "admissions",
        "SELECT * FROM admissions ORDER BY action, person",
    ),
    (
        "attestors",
        "SELECT * FROM attestors ORDER BY person, action",
    ),
    ("standing", "SELECT * FROM standing ORDER BY person"),
    (
        "relations",
        "SELECT * FROM relations ORDER BY earlier, cause",
    ),
    (
        "requirements",
        "SELECT * FROM requirements ORDER BY required, action",
    ),
    ("choices", "SELECT * FROM choices ORDER BY cause"),
    ("ballots", "SELECT * FROM ballots ORDER BY cause, person"),
    (
        "proposals",
        "SELECT * FROM proposals ORDER BY cause, proposal",
    ),
    (
        "seconders",
        "SELECT * FROM seconders ORDER BY cause, proposal, person",
    ),
    ("funds", "SELECT * FROM funds ORDER BY cause, denom"),
    ("fund_moves", "SELECT * FROM fund_moves ORDER BY cause, n"),
    ("registry", "SELECT * FROM registry ORDER BY cause, person"),
    (
        "registry_votes",
        "SELECT * FROM registry_votes ORDER BY cause, person, voter",
    ),
    (
        "referrals",
        "SELECT * FROM referrals ORDER BY action, person",
    ),
    (
        "savings",
        "SELECT * FROM savings ORDER BY action, person, currency, attestor",
    ),
    (
        "saving_sums",
        "SELECT * FROM saving_sums ORDER BY action, currency",
    ),
    ("fees", "SELECT * FROM fees ORDER BY denom"),
];

/// SHA-256 over raw and view rows, hex. The caller holds a transaction if it wants one height.
///
/// # Errors
/// The database's.
pub async fn state_hash(db: &mut SqliteConnection) -> Result<String> {
    let mut hash = Sha256::new();
    for (table, sql) in TABLES {
        hash.update(table.as_bytes());
        let mut rows = sqlx::query(sql).fetch(&mut *db);
        while let Some(row) = rows.try_next().await? {
            hash.update([1]);
            for i in 0..row.len() {
                add(&mut hash, &row, i)?;
            }
        }
        hash.update([0]);
    }
    Ok(hex::encode(hash.finalize()))
}

/// A type byte, a length and the bytes: no two rows can run into one another.
fn add(hash: &mut Sha256, row: &SqliteRow, i: usize) -> Result<()> {
    let value = row.try_get_raw(i)?;
    if value.is_null() {
        hash.update([0]);
    } else if value.type_info().name() == "INTEGER" {
        hash.update([1]);
        hash.update(row.try_get::<i64, _>(i)?.to_be_bytes());
    } else {
        let text: &str = row.try_get(i)?;
        hash.update([2]);
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    Ok(())
}
