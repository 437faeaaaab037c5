//! What pledgers of a cause say about their influence, and who brought whom.

use sqlx::Row;
use sqlx::sqlite::SqliteConnection;

use crate::error::Result;
use crate::read::types::RegistryEntry;
use crate::store::{signed, unsigned};

/// The best rated words of those who have a pledge on the cause.
pub(super) async fn entries(db: &mut SqliteConnection, cause: u64) -> Result<Vec<RegistryEntry>> {
    let found = sqlx::query(
        "SELECT person, words, up, down, time FROM registry r WHERE cause = ?1 AND EXISTS ( \
         SELECT 1 FROM pledges p JOIN actions a ON a.id = p.action \
         WHERE a.cause = ?1 AND p.person = r.person AND p.withdrawn = 0) \
         ORDER BY down - up, person LIMIT 20",
    )
    .bind(signed(cause))
    .fetch_all(&mut *db)
    .await?;
    let mut entries = Vec::with_capacity(found.len());
    for row in &found {
        let person: String = row.try_get(0)?;
        let actions: Vec<i64> = sqlx::query_scalar(
            "SELECT p.action FROM pledges p JOIN actions a ON a.id = p.action \
             WHERE p.person = ? AND a.cause = ? AND p.withdrawn = 0 ORDER BY p.action",
        )
        .bind(&person)
        .bind(signed(cause))
        .fetch_all(&mut *db)
        .await?;
        entries.push(RegistryEntry {
            person,
            words: row.try_get(1)?,
            up: row.try_get(2)?,
            down: row.try_get(3)?,
            actions: actions.into_iter().map(unsigned).collect(),
            time: unsigned(row.try_get(4)?),
        });
    }
    Ok(entries)
}

/// Who brought the person of a pledge.
pub(super) async fn referrer(
    db: &mut SqliteConnection,
    action: u64,
    person: &str,
) -> Result<Option<String>> {
    let sql = "SELECT referrer FROM referrals WHERE action = ? AND person = ?";
    Ok(sqlx::query_scalar(sql)
        .bind(signed(action))
        .bind(person)
        .fetch_optional(db)
        .await?)
}
