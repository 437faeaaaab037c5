//! Percentages of savings: what attestors stated last, and its sums. No coin of it is ever here.

use muster_mechanism::saving;
use muster_schema::causes::event;
use sqlx::Row;

use super::rows::{self, amount};
use super::{Fold, alarm};
use crate::error::{Error, Result};
use crate::store::signed;

/// Three amounts: saved, due, paid.
type Amounts = [u128; 3];

impl Fold<'_> {
    pub(super) async fn saving_stated(&mut self, e: event::SavingStated) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        let row = rows::pledge(self.db, e.action, &e.person).await?;
        if !live.note_binds(&row.deed, self.block.time) {
            alarm("saving_stated", e.action, &e.person, "not bound");
        }
        let document = live.state.terms.saving.as_ref();
        let own = document.and_then(|document| saving::due(e.saved, document.bps.into()));
        if own != Some(e.due) {
            let (found, own) = (e.due.to_string(), format!("{own:?}"));
            alarm("saving_stated", e.action, &found, &own);
        }
        let before = self.last_word(&e).await?;
        self.add_saving(&e, before).await?;
        let (uri, sha256) = e.evidence.unzip();
        sqlx::query(
            "INSERT OR REPLACE INTO savings (action, person, currency, attestor, n, saved, due, \
             paid, evidence_uri, evidence_sha256, time) \
             SELECT ?1, ?2, ?3, ?4, 1 + COALESCE(MAX(n), 0), ?5, ?6, ?7, ?8, ?9, ?10 \
             FROM savings WHERE action = ?1",
        )
        .bind(signed(e.action))
        .bind(&e.person)
        .bind(&e.currency)
        .bind(&e.attestor)
        .bind(e.saved.to_string())
        .bind(e.due.to_string())
        .bind(e.paid.to_string())
        .bind(uri)
        .bind(sha256)
        .bind(signed(self.block.time))
        .execute(&mut *self.db)
        .await?;
        self.save(&mut live).await
    }

    /// What anybody said last of the same person's saving in the same currency.
    async fn last_word(&mut self, e: &event::SavingStated) -> Result<Option<Amounts>> {
        let found = sqlx::query(
            "SELECT saved, due, paid FROM savings WHERE action = ? AND person = ? AND currency = ? \
             ORDER BY n DESC LIMIT 1",
        )
        .bind(signed(e.action))
        .bind(&e.person)
        .bind(&e.currency)
        .fetch_optional(&mut *self.db)
        .await?;
        found.as_ref().map(amounts).transpose()
    }

    /// The last word takes the place of the one before in the sums.
    async fn add_saving(&mut self, e: &event::SavingStated, before: Option<Amounts>) -> Result<()> {
        let found = sqlx::query(
            "SELECT saved, due, paid FROM saving_sums WHERE action = ? AND currency = ?",
        )
        .bind(signed(e.action))
        .bind(&e.currency)
        .fetch_optional(&mut *self.db)
        .await?;
        let mut sums = found.as_ref().map(amounts).transpose()?.unwrap_or_default();
        let new = [e.saved, e.due, e.paid];
        for ((sum, new), old) in sums.iter_mut().zip(new).zip(before.unwrap_or_default()) {
            let moved = sum.checked_sub(old).and_then(|rest| rest.checked_add(new));
            *sum = moved.ok_or_else(|| Error::Event(format!("savings of {}", e.action)))?;
        }
        sqlx::query(
            "INSERT INTO saving_sums (action, currency, people, saved, due, paid) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (action, currency) DO UPDATE SET \
             people = people + ?3, saved = ?4, due = ?5, paid = ?6",
        )
        .bind(signed(e.action))
        .bind(&e.currency)
        .bind(i64::from(before.is_none()))
        .bind(sums[0].to_string())
        .bind(sums[1].to_string())
        .bind(sums[2].to_string())
        .execute(&mut *self.db)
        .await?;
        Ok(())
    }
}

fn amounts(row: &sqlx::sqlite::SqliteRow) -> Result<Amounts> {
    Ok([
        amount(row.try_get(0)?),
        amount(row.try_get(1)?),
        amount(row.try_get(2)?),
    ])
}
