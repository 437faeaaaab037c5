//! Reads that only the pages need.

use super::{Reader, derive, view_of};
use crate::error::Result;
use crate::read::types::{Cause, View};
use crate::store::{signed, unsigned};

impl Reader {
    /// Causes with numbers below `before` (all, where it is `None`), the newest first, at most
    /// `limit`.
    ///
    /// # Errors
    /// The database's.
    pub async fn newest(&self, before: Option<u64>, limit: u32) -> Result<(View, Vec<Cause>)> {
        let (mut db, cursor) = self.look().await?;
        let before = before.map_or(i64::MAX, |id| i64::try_from(id).unwrap_or(i64::MAX));
        let ids: Vec<i64> =
            sqlx::query_scalar("SELECT id FROM causes WHERE id < ? ORDER BY id DESC LIMIT ?")
                .bind(before)
                .bind(limit)
                .fetch_all(&mut *db)
                .await?;
        let mut causes = Vec::with_capacity(ids.len());
        for id in ids.into_iter().map(unsigned) {
            causes.extend(derive::causes(&mut db, id.saturating_sub(1), 1, cursor.time).await?);
        }
        Ok((view_of(&cursor), causes))
    }

    /// The cause that an action belongs to.
    ///
    /// # Errors
    /// The database's.
    pub async fn cause_of(&self, action: u64) -> Result<Option<u64>> {
        let (mut db, _) = self.look().await?;
        let found: Option<i64> = sqlx::query_scalar("SELECT cause FROM actions WHERE id = ?")
            .bind(signed(action))
            .fetch_optional(&mut *db)
            .await?;
        Ok(found.map(unsigned))
    }
}
