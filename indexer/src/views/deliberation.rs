//! The choice between alternatives: proposals, ballots, and what becomes of the others.

use muster_mechanism::star::{Count, Elected, Tally};
use muster_schema::causes::{Deliberation, event};
use serde::{Deserialize, Serialize};

use super::state::ActionState;
use super::{Fold, alarm, rows};
use crate::error::{Error, Result};
use crate::store::signed;

/// The choice of one cause, stored as one JSON document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChoiceState {
    /// What the definition says.
    pub terms: Deliberation,
    /// The actions that are alternatives, in the order of a ballot.
    pub alternatives: Vec<u64>,
    /// The number that the next proposal takes.
    pub next: u64,
    /// Proposals that may still become alternatives.
    pub places_left: u8,
    /// Ballots that stand.
    pub ballots: u32,
    /// Of each alternative, the sum of its scores.
    pub scores: Vec<u64>,
    /// Of each, the ballots that give it five.
    pub fives: Vec<u32>,
    /// Of each pair, ballots that prefer the earlier less those that prefer the later.
    pub margins: Vec<i32>,
    /// The action that was chosen, and its rival in the runoff.
    pub chosen: Option<(u64, Option<u64>)>,
}

impl ChoiceState {
    /// The sums, as the mechanism counts them.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::new(self.alternatives.len());
        for (to, from) in tally.scores.iter_mut().zip(&self.scores) {
            *to = *from;
        }
        for (to, from) in tally.fives.iter_mut().zip(&self.fives) {
            *to = *from;
        }
        for (to, from) in tally.margins.iter_mut().zip(&self.margins) {
            *to = *from;
        }
        tally
    }

    fn keep(&mut self, tally: &Tally) {
        let n = tally.alternatives();
        let pairs = n * n.saturating_sub(1) / 2;
        self.scores = tally.scores.iter().take(n).copied().collect();
        self.fives = tally.fives.iter().take(n).copied().collect();
        self.margins = tally.margins.iter().take(pairs).copied().collect();
    }

    /// What the ballots choose.
    #[must_use]
    pub fn elect(&self) -> Option<(u64, Option<u64>)> {
        let Elected { winner, runner_up } = self.tally().elect()?;
        let number = |place: usize| self.alternatives.get(place).copied();
        Some((number(winner)?, runner_up.and_then(number)))
    }
}

impl Fold<'_> {
    /// Begins the deliberation of a cause with `actions` actions.
    pub(super) async fn deliberate(
        &mut self,
        cause: u64,
        first: u64,
        actions: u64,
        terms: Deliberation,
    ) -> Result<()> {
        let mut state = ChoiceState {
            terms,
            alternatives: (first..).take(terms.alternatives.into()).collect(),
            next: first.saturating_add(actions),
            places_left: terms.proposals.map_or(0, |p| p.places),
            ballots: 0,
            scores: vec![],
            fives: vec![],
            margins: vec![],
            chosen: None,
        };
        let empty = state.tally();
        state.keep(&empty);
        rows::save_choice(self.db, cause, &state).await
    }

    pub(super) async fn proposed(&mut self, e: event::Proposed) -> Result<()> {
        sqlx::query(
            "INSERT INTO proposals (cause, proposal, person, definition, time) VALUES (?,?,?,?,?)",
        )
        .bind(signed(e.cause))
        .bind(e.proposal)
        .bind(&e.person)
        .bind(&e.definition)
        .bind(signed(self.block.time))
        .execute(&mut *self.db)
        .await?;
        self.touch(e.cause).await
    }

    pub(super) async fn seconded(&mut self, e: event::Seconded) -> Result<()> {
        sqlx::query("INSERT INTO seconders (cause, proposal, person) VALUES (?,?,?)")
            .bind(signed(e.cause))
            .bind(e.proposal)
            .bind(&e.person)
            .execute(&mut *self.db)
            .await?;
        if let Some(action) = e.action {
            self.becomes_alternative(e.cause, e.proposal, action)
                .await?;
        }
        self.touch(e.cause).await
    }

    async fn becomes_alternative(&mut self, cause: u64, proposal: u32, action: u64) -> Result<()> {
        let mut choice = rows::choice(self.db, cause).await?;
        if choice.next != action || choice.places_left == 0 {
            alarm("proposal", action, "a place", &choice.next.to_string());
        }
        choice.next = action.saturating_add(1);
        choice.places_left = choice.places_left.saturating_sub(1);
        choice.alternatives.push(action);
        let empty = choice.tally();
        choice.keep(&empty);
        rows::save_choice(self.db, cause, &choice).await?;
        sqlx::query("UPDATE proposals SET action = ? WHERE cause = ? AND proposal = ?")
            .bind(signed(action))
            .bind(signed(cause))
            .bind(proposal)
            .execute(&mut *self.db)
            .await?;
        let definition: String =
            sqlx::query_scalar("SELECT definition FROM proposals WHERE cause = ? AND proposal = ?")
                .bind(signed(cause))
                .bind(proposal)
                .fetch_one(&mut *self.db)
                .await?;
        let terms = serde_json::from_str(&definition)
            .map_err(|e| Error::Event(format!("proposal {proposal} of {cause}: {e}")))?;
        let fee_bps: u16 = sqlx::query_scalar("SELECT fee_bps FROM causes WHERE id = ?")
            .bind(signed(cause))
            .fetch_one(&mut *self.db)
            .await?;
        let mut state = ActionState::new(action, cause, fee_bps, terms);
        state.chosen_at = Some(choice.terms.score_until);
        self.add_action(state).await
    }

    pub(super) async fn scored(&mut self, e: event::Scored) -> Result<()> {
        let mut choice = rows::choice(self.db, e.cause).await?;
        let mut tally = choice.tally();
        let again = self.take_out(e.cause, &e.person, &mut tally).await?;
        tally
            .count(&e.scores, Count::In)
            .map_err(|bad| Error::Event(format!("ballot of {}: {bad:?}", e.person)))?;
        choice.ballots += u32::from(!again);
        choice.keep(&tally);
        rows::save_choice(self.db, e.cause, &choice).await?;
        sqlx::query("INSERT OR REPLACE INTO ballots (cause, person, scores) VALUES (?,?,?)")
            .bind(signed(e.cause))
            .bind(&e.person)
            .bind(rows::digits(&e.scores))
            .execute(&mut *self.db)
            .await?;
        self.touch(e.cause).await
    }

    pub(super) async fn unscored(&mut self, e: event::Unscored) -> Result<()> {
        let mut choice = rows::choice(self.db, e.cause).await?;
        let mut tally = choice.tally();
        if !self.take_out(e.cause, &e.person, &mut tally).await? {
            alarm("unscored", e.cause, "a ballot", "none");
        }
        choice.ballots = choice.ballots.saturating_sub(1);
        choice.keep(&tally);
        rows::save_choice(self.db, e.cause, &choice).await?;
        sqlx::query("DELETE FROM ballots WHERE cause = ? AND person = ?")
            .bind(signed(e.cause))
            .bind(&e.person)
            .execute(&mut *self.db)
            .await?;
        self.touch(e.cause).await
    }

    /// Takes somebody's ballot out of the sums. Whether there was one.
    async fn take_out(&mut self, cause: u64, person: &str, tally: &mut Tally) -> Result<bool> {
        let before = rows::ballot(self.db, cause, person).await?;
        let Some(scores) = before else {
            return Ok(false);
        };
        tally
            .count(&scores, Count::Out)
            .map_err(|bad| Error::Event(format!("ballot of {person}: {bad:?}")))?;
        Ok(true)
    }

    /// If the choice that `action` is part of has fallen by now: the others are dropped.
    pub(super) async fn choose(&mut self, action: u64) -> Result<()> {
        let state = rows::live(self.db, action).await?.state;
        let is_due = state.chosen_at.is_some_and(|at| at <= self.block.time);
        if !is_due {
            return Ok(());
        }
        let mut choice = rows::choice(self.db, state.cause).await?;
        if choice.chosen.is_some() {
            return Ok(());
        }
        choice.chosen = choice.elect();
        rows::save_choice(self.db, state.cause, &choice).await?;
        for id in choice.alternatives {
            let mut live = rows::live(self.db, id).await?;
            live.state.lost = choice.chosen.is_some_and(|(chosen, _)| chosen != id);
            self.save(&mut live).await?;
        }
        Ok(())
    }
}
