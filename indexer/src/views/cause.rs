//! A cause begins, and may be cancelled.

use muster_schema::causes::Fulfilment;
use muster_schema::causes::event;
use sha2::{Digest, Sha256};

use super::live::Live;
use super::state::ActionState;
use super::{Fold, rows};
use crate::error::{Error, Result};
use crate::store::{signed, unsigned};

impl Fold<'_> {
    pub(super) async fn created(&mut self, e: event::CauseCreated) -> Result<()> {
        let definition = e
            .parse_definition()
            .map_err(|e| Error::Event(e.to_string()))?;
        let hash = hex::encode(Sha256::digest(e.definition.as_bytes()));
        sqlx::query(
            "INSERT INTO causes (id, creator, definition, text_hash, definition_hash, fee_bps, \
             cancelled, created_height, created_at, changed_height) VALUES (?,?,?,?,?,?,0,?,?,?)",
        )
        .bind(signed(e.cause))
        .bind(&e.creator)
        .bind(&e.definition)
        .bind(&e.text_hash)
        .bind(hash)
        .bind(e.fee_bps)
        .bind(signed(self.block.height))
        .bind(signed(self.block.time))
        .bind(signed(self.block.height))
        .execute(&mut *self.db)
        .await?;
        for (id, terms) in (e.first_action..).zip(definition.actions) {
            if let Fulfilment::Attested { attestors, .. } = &terms.fulfilment {
                for person in attestors {
                    sqlx::query("INSERT OR IGNORE INTO attestors (person, action) VALUES (?,?)")
                        .bind(person.to_lowercase())
                        .bind(signed(id))
                        .execute(&mut *self.db)
                        .await?;
                }
            }
            let live = Live {
                state: ActionState::new(id, e.cause, e.fee_bps, terms),
                buckets: vec![],
            };
            self.save(&live).await?;
        }
        Ok(())
    }

    pub(super) async fn cancelled(&mut self, cause: u64) -> Result<()> {
        sqlx::query("UPDATE causes SET cancelled = 1 WHERE id = ?")
            .bind(signed(cause))
            .execute(&mut *self.db)
            .await?;
        let ids: Vec<i64> =
            sqlx::query_scalar("SELECT id FROM actions WHERE cause = ? ORDER BY id")
                .bind(signed(cause))
                .fetch_all(&mut *self.db)
                .await?;
        for id in ids {
            let mut live = rows::live(self.db, unsigned(id)).await?;
            if live.phase(self.block.time).is_open() {
                live.state.cancelled = true;
                self.save(&live).await?;
            }
        }
        self.touch(cause).await
    }
}
