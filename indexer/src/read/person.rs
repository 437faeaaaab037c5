//! Everything of one address.

use sqlx::Row;
use sqlx::sqlite::SqliteConnection;

use super::types::{Person, Standing, View};
use super::{Reader, derive, view_of};
use crate::error::{Error, Result};
use crate::store::unsigned;
use crate::views::rows;

impl Reader {
    /// A person; empty lists for an address that never did anything.
    ///
    /// # Errors
    /// The database's.
    pub async fn person(&self, address: &str) -> Result<(View, Person)> {
        let (mut db, cursor) = self.look().await?;
        let sql = format!(
            "SELECT {} FROM pledges WHERE person = ? ORDER BY action",
            rows::PLEDGE_COLUMNS
        );
        let found = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(address)
            .fetch_all(&mut *db)
            .await?;
        let pledges = derive::pledges(&mut db, &found, cursor.time).await?;
        let mut standing = standing(&mut db, address).await?;
        standing.pending = derive::pending(&mut db, &pledges, cursor.time).await?;
        let attests = numbers(
            &mut db,
            "SELECT action FROM attestors WHERE person = ? ORDER BY action",
            address,
        )
        .await?;
        let created = numbers(
            &mut db,
            "SELECT id FROM causes WHERE creator = ? ORDER BY id",
            address,
        )
        .await?;
        let claimable = derive::sum(pledges.iter().flat_map(|p| p.claimable.iter().flatten()));
        let person = Person {
            address: address.to_owned(),
            pledges,
            claimable,
            standing,
            attests,
            created,
            ballots: derive::ballots(&mut db, address).await?,
            seconded: derive::seconded(&mut db, address).await?,
        };
        Ok((view_of(&cursor), person))
    }
}

async fn standing(db: &mut SqliteConnection, address: &str) -> Result<Standing> {
    let row = sqlx::query(
        "SELECT kept, broken, unreported, referred_kept FROM standing WHERE person = ?",
    )
    .bind(address)
    .fetch_optional(db)
    .await?;
    row.map_or_else(
        || Ok(Standing::default()),
        |r| {
            Ok::<_, Error>(Standing {
                kept: r.try_get(0)?,
                broken: r.try_get(1)?,
                unreported: r.try_get(2)?,
                pending: 0,
                referred_kept: r.try_get(3)?,
            })
        },
    )
}

async fn numbers(db: &mut SqliteConnection, sql: &'static str, who: &str) -> Result<Vec<u64>> {
    let found: Vec<i64> = sqlx::query_scalar(sql).bind(who).fetch_all(db).await?;
    Ok(found.into_iter().map(unsigned).collect())
}
