//! Causes and pledges, a page at a time. One row more than asked says whether there is another page.

use sqlx::Row;
use sqlx::sqlite::SqliteConnection;

use super::types::{Cause, CausePage, PledgePage, Stamp, View};
use super::{MAX_PAGE, Reader, derive, view_of};
use crate::error::Result;
use crate::store::{signed, unsigned};
use crate::views::rows;

impl Reader {
    /// Causes with numbers above `after`, rising; at most [`MAX_PAGE`].
    ///
    /// # Errors
    /// The database's.
    pub async fn causes(&self, after: u64, limit: u32) -> Result<(View, CausePage)> {
        let limit = limit.min(MAX_PAGE);
        let (mut db, cursor) = self.look().await?;
        let mut causes =
            derive::causes(&mut db, after, limit.saturating_add(1), cursor.time).await?;
        let next = more(&mut causes, limit).map(|last| last.id);
        Ok((view_of(&cursor), CausePage { causes, next }))
    }

    /// These causes, in the order asked; the inner error is the first that doesn't exist.
    ///
    /// # Errors
    /// The database's.
    pub async fn batch(&self, ids: &[u64]) -> Result<(View, Result<Vec<Cause>, u64>)> {
        let (mut db, cursor) = self.look().await?;
        let view = view_of(&cursor);
        let mut causes = Vec::with_capacity(ids.len());
        for &id in ids {
            match derive::cause_with(&mut db, id, cursor.time).await? {
                Some(cause) => causes.push(cause),
                None => return Ok((view, Err(id))),
            }
        }
        Ok((view, Ok(causes)))
    }

    /// Pledges of a cause behind `after` (action, address), by action and address; at most
    /// [`MAX_PAGE`]. `None` where there is no such cause.
    ///
    /// # Errors
    /// The database's.
    pub async fn pledges(
        &self,
        cause: u64,
        after: Option<(u64, String)>,
        limit: u32,
    ) -> Result<(View, Option<PledgePage>)> {
        let (mut db, cursor) = self.look().await?;
        let page = pledge_page(&mut db, cause, after, limit, cursor.time).await?;
        Ok((view_of(&cursor), page))
    }

    /// A cause beside a page of its pledges, see [`Self::pledges`].
    ///
    /// # Errors
    /// The database's.
    pub async fn cause_with_pledges(
        &self,
        cause: u64,
        after: Option<(u64, String)>,
        limit: u32,
    ) -> Result<(View, Option<(Cause, PledgePage)>)> {
        let (mut db, cursor) = self.look().await?;
        let found = derive::cause_with(&mut db, cause, cursor.time).await?;
        let page = pledge_page(&mut db, cause, after, limit, cursor.time).await?;
        Ok((view_of(&cursor), found.zip(page)))
    }
}

async fn pledge_page(
    db: &mut SqliteConnection,
    cause: u64,
    after: Option<(u64, String)>,
    limit: u32,
    now: u64,
) -> Result<Option<PledgePage>> {
    let limit = limit.min(MAX_PAGE);
    let Some(stamp) = stamp(db, cause).await? else {
        return Ok(None);
    };
    let (action, person) = after.unwrap_or_default();
    let sql = format!(
        "SELECT {} FROM pledges WHERE action IN (SELECT id FROM actions WHERE cause = ?) \
         AND (action, person) > (?, ?) ORDER BY action, person LIMIT ?",
        rows::PLEDGE_COLUMNS
    );
    let found = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(signed(cause))
        .bind(signed(action))
        .bind(person)
        .bind(limit.saturating_add(1))
        .fetch_all(&mut *db)
        .await?;
    let mut pledges = derive::pledges(db, &found, now).await?;
    let next = more(&mut pledges, limit).map(|last| (last.action, last.address.clone()));
    Ok(Some(PledgePage {
        pledges,
        next,
        stamp,
    }))
}

/// Cuts a list that was read one too long; where it was, its last entry, to go on after.
fn more<T>(list: &mut Vec<T>, limit: u32) -> Option<&T> {
    let limit = limit as usize;
    let longer = list.len() > limit;
    list.truncate(limit);
    list.last().filter(|_| longer)
}

async fn stamp(db: &mut SqliteConnection, cause: u64) -> Result<Option<Stamp>> {
    let row = sqlx::query("SELECT changed_height, definition_hash FROM causes WHERE id = ?")
        .bind(signed(cause))
        .fetch_optional(db)
        .await?;
    row.map(|r| {
        Ok(Stamp {
            cause,
            changed_height: unsigned(r.try_get(0)?),
            definition_hash: r.try_get(1)?,
        })
    })
    .transpose()
}
