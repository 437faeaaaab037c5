//! What attestors stated of savings.

use sqlx::Row;
use sqlx::sqlite::SqliteConnection;

use crate::error::Result;
use crate::read::types::{Saving, SavingStatement, SavingSum};
use crate::store::{signed, unsigned};
use crate::views::rows::amount;
use crate::views::state::ActionState;

/// The percentage of a saving that an action has, with the newest statements.
pub(super) async fn of(db: &mut SqliteConnection, s: &ActionState) -> Result<Option<Saving>> {
    let Some(document) = s.terms.saving.clone() else {
        return Ok(None);
    };
    let stated: u32 = sqlx::query_scalar("SELECT COUNT(*) FROM savings WHERE action = ?")
        .bind(signed(s.id))
        .fetch_one(&mut *db)
        .await?;
    Ok(Some(Saving {
        document,
        sums: sums(db, s.id).await?,
        stated,
        statements: statements(db, s.id).await?,
    }))
}

async fn sums(db: &mut SqliteConnection, action: u64) -> Result<Vec<SavingSum>> {
    let found = sqlx::query(
        "SELECT currency, people, saved, due, paid FROM saving_sums WHERE action = ? \
         ORDER BY people DESC, currency LIMIT 10",
    )
    .bind(signed(action))
    .fetch_all(db)
    .await?;
    let sum = |row: &sqlx::sqlite::SqliteRow| {
        Ok(SavingSum {
            currency: row.try_get(0)?,
            people: row.try_get(1)?,
            saved: amount(row.try_get(2)?),
            due: amount(row.try_get(3)?),
            paid: amount(row.try_get(4)?),
        })
    };
    found.iter().map(sum).collect()
}

async fn statements(db: &mut SqliteConnection, action: u64) -> Result<Vec<SavingStatement>> {
    let found = sqlx::query(
        "SELECT person, attestor, currency, saved, due, paid, evidence_uri, evidence_sha256, time \
         FROM savings WHERE action = ? ORDER BY n DESC LIMIT 50",
    )
    .bind(signed(action))
    .fetch_all(db)
    .await?;
    let statement = |row: &sqlx::sqlite::SqliteRow| {
        let uri: Option<String> = row.try_get(6)?;
        Ok(SavingStatement {
            person: row.try_get(0)?,
            attestor: row.try_get(1)?,
            currency: row.try_get(2)?,
            saved: amount(row.try_get(3)?),
            due: amount(row.try_get(4)?),
            paid: amount(row.try_get(5)?),
            evidence: uri.zip(row.try_get(7)?),
            time: unsigned(row.try_get(8)?),
        })
    };
    found.iter().map(statement).collect()
}
