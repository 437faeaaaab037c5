//! A cause's registry of influence, and who brought whom.

use muster_schema::causes::{Vote, event};

use super::{Fold, alarm};
use crate::error::Result;
use crate::store::signed;

impl Fold<'_> {
    /// New words begin without votes.
    pub(super) async fn said(&mut self, e: event::Said) -> Result<()> {
        for table in ["registry", "registry_votes"] {
            let sql = format!("DELETE FROM {table} WHERE cause = ? AND person = ?");
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(signed(e.cause))
                .bind(&e.person)
                .execute(&mut *self.db)
                .await?;
        }
        if let Some(words) = &e.words {
            sqlx::query(
                "INSERT INTO registry (cause, person, words, up, down, time) VALUES (?,?,?,0,0,?)",
            )
            .bind(signed(e.cause))
            .bind(&e.person)
            .bind(words)
            .bind(signed(self.block.time))
            .execute(&mut *self.db)
            .await?;
        }
        self.touch(e.cause).await
    }

    /// One vote takes the place of the voter's last one.
    pub(super) async fn rated(&mut self, e: event::Rated) -> Result<()> {
        let before: Option<String> = sqlx::query_scalar(
            "DELETE FROM registry_votes WHERE cause = ? AND person = ? AND voter = ? RETURNING vote",
        )
        .bind(signed(e.cause))
        .bind(&e.person)
        .bind(&e.by)
        .fetch_optional(&mut *self.db)
        .await?;
        if e.vote != Vote::None {
            sqlx::query("INSERT INTO registry_votes (cause, person, voter, vote) VALUES (?,?,?,?)")
                .bind(signed(e.cause))
                .bind(&e.person)
                .bind(&e.by)
                .bind(e.vote.as_str())
                .execute(&mut *self.db)
                .await?;
        }
        let is = |vote: Vote| i64::from(e.vote == vote);
        let was = |vote: Vote| i64::from(before.as_deref() == Some(vote.as_str()));
        let changed = sqlx::query(
            "UPDATE registry SET up = up + ?3, down = down + ?4 WHERE cause = ?1 AND person = ?2",
        )
        .bind(signed(e.cause))
        .bind(&e.person)
        .bind(is(Vote::Up) - was(Vote::Up))
        .bind(is(Vote::Down) - was(Vote::Down))
        .execute(&mut *self.db)
        .await?;
        if changed.rows_affected() != 1 {
            alarm("rated", e.cause, &e.person, "no words");
        }
        self.touch(e.cause).await
    }

    /// Notes who brought a pledger.
    pub(super) async fn refer(&mut self, action: u64, person: &str, by: &str) -> Result<()> {
        sqlx::query("INSERT OR REPLACE INTO referrals (action, person, referrer) VALUES (?,?,?)")
            .bind(signed(action))
            .bind(person)
            .bind(by)
            .execute(&mut *self.db)
            .await?;
        Ok(())
    }

    /// A pledge that was taken back was brought by nobody.
    pub(super) async fn unrefer(&mut self, action: u64, person: &str) -> Result<()> {
        sqlx::query("DELETE FROM referrals WHERE action = ? AND person = ?")
            .bind(signed(action))
            .bind(person)
            .execute(&mut *self.db)
            .await?;
        Ok(())
    }

    /// Whoever brought a person that kept their word has that in their standing.
    pub(super) async fn credit_referrer(&mut self, action: u64, person: &str) -> Result<()> {
        let by: Option<String> =
            sqlx::query_scalar("SELECT referrer FROM referrals WHERE action = ? AND person = ?")
                .bind(signed(action))
                .bind(person)
                .fetch_optional(&mut *self.db)
                .await?;
        match by {
            Some(by) => self.standing(&by, "referred_kept").await,
            None => Ok(()),
        }
    }
}
