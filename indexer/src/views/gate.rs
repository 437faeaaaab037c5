//! Pledges that attestations let in.

use muster_schema::causes::event;

use super::{Fold, rows};
use crate::error::Result;
use crate::store::signed;

impl Fold<'_> {
    pub(super) async fn admitted(&mut self, e: event::Admitted) -> Result<()> {
        let live = rows::live(self.db, e.action).await?;
        sqlx::query(
            "INSERT INTO admissions (action, person, nullifier, expires) VALUES (?,?,?,?) \
             ON CONFLICT DO UPDATE SET nullifier = excluded.nullifier, expires = excluded.expires",
        )
        .bind(signed(e.action))
        .bind(&e.person)
        .bind(&e.nullifier)
        .bind(signed(e.expires))
        .execute(&mut *self.db)
        .await?;
        self.touch(live.state.cause).await
    }

    /// A pledge that was taken back: its nullifier is free.
    pub(super) async fn no_longer_admitted(&mut self, action: u64, person: &str) -> Result<()> {
        sqlx::query("DELETE FROM admissions WHERE action = ? AND person = ?")
            .bind(signed(action))
            .bind(person)
            .execute(&mut *self.db)
            .await?;
        Ok(())
    }
}
