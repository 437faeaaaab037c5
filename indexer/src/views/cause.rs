//! A cause begins, and may be cancelled.

use muster_schema::causes::{
    Fulfilment, NewAction, OutcomeBy, Requirement, event, judging, together,
};
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
        if let Some(relation) = definition.relation {
            let earlier = relation.cause();
            sqlx::query("INSERT INTO relations (earlier, cause, kind) VALUES (?,?,?)")
                .bind(signed(earlier))
                .bind(signed(e.cause))
                .bind(relation.as_str())
                .execute(&mut *self.db)
                .await?;
            self.touch(earlier).await?;
        }
        let kinds: Vec<_> = (0..definition.actions.len())
            .map(|place| together::requires(&definition.actions, place))
            .collect();
        let definition_actions = definition.actions.clone();
        if let Some(deliberation) = definition.deliberation {
            let count = u64::try_from(definition.actions.len()).unwrap_or(u64::MAX);
            self.deliberate(e.cause, e.first_action, count, deliberation)
                .await?;
        }
        for ((id, terms), kind) in (e.first_action..).zip(definition.actions).zip(kinds) {
            let required = terms.requires.iter().map(|r| match r {
                Requirement::Own(i) => e.first_action.saturating_add(u64::from(*i)),
                Requirement::Action(id) => *id,
            });
            let requires: Vec<u64> = required.collect();
            let (answer_of, of) = self.of(&e, &definition_actions, &terms).await?.unzip();
            let place = id.saturating_sub(e.first_action);
            let choice = definition
                .deliberation
                .filter(|d| place < u64::from(d.alternatives));
            let state = ActionState {
                of,
                answer_of,
                kind,
                requires,
                chosen_at: choice.map(|d| d.score_until),
                ..ActionState::new(id, e.cause, e.fee_bps, terms)
            };
            let mut state = state;
            if state.terms.bonus.is_some() {
                state.bonus.creator.clone_from(&e.creator);
            }
            self.add_action(state).await?;
        }
        Ok(())
    }

    /// With an outcome `of` another action: that one, and how long after people begin to act its
    /// answer is final.
    async fn of(
        &mut self,
        e: &event::CauseCreated,
        actions: &[NewAction],
        terms: &NewAction,
    ) -> Result<Option<(u64, u64)>> {
        let Some(OutcomeBy::Of(requirement)) = terms.outcome.as_ref().map(|o| &o.by) else {
            return Ok(None);
        };
        let (id, other) = match requirement {
            Requirement::Own(i) => {
                let id = e.first_action.saturating_add(u64::from(*i));
                (id, actions.get(usize::from(*i)).cloned())
            }
            Requirement::Action(id) => {
                let other = rows::live(self.db, *id).await?.state.terms;
                (*id, Some(other))
            }
        };
        Ok(other.map(|other| {
            let window = other.outcome.as_ref().map_or(0, judging::answer_window);
            (
                id,
                judging::ends(other.act_window, other.report_window, window),
            )
        }))
    }

    /// Enters a new action, with what it requires and its attestors.
    pub(super) async fn add_action(&mut self, state: ActionState) -> Result<()> {
        if let Fulfilment::Attested { attestors, .. } = &state.terms.fulfilment {
            for person in attestors {
                sqlx::query("INSERT OR IGNORE INTO attestors (person, action) VALUES (?,?)")
                    .bind(person.to_lowercase())
                    .bind(signed(state.id))
                    .execute(&mut *self.db)
                    .await?;
            }
        }
        for required in &state.requires {
            self.require(state.id, *required).await?;
        }
        let mut live = Live {
            state,
            buckets: vec![],
            confirmed: vec![],
        };
        self.save(&mut live).await
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
                live.state.cancelled_at = Some(self.block.time);
                self.save(&mut live).await?;
                self.spread_failure(unsigned(id)).await?;
            }
        }
        self.touch(cause).await
    }
}
