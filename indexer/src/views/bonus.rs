//! A sponsor's refund bonus: what lies in it, and who may come to it.

use muster_mechanism::bonus;
use muster_mechanism::schedule::Phase;
use muster_schema::causes::event;
use serde::{Deserialize, Serialize};

use super::live::Live;
use super::rows::{self, PledgeRow, amount};
use super::{Fold, pay};
use crate::error::Result;

/// What is known of an action's bonus besides its terms.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct BonusState {
    /// Who started the cause: no bonus for them.
    pub creator: String,
    /// What the sponsor put in, in all.
    pub fund: String,
    /// Pledges that may come to it, or could when it closed.
    pub eligible: u32,
}

impl Live {
    /// Whether a pledge may come to the bonus.
    #[must_use]
    pub fn is_early(&self, row: &PledgeRow) -> bool {
        let terms = &self.state.terms;
        terms.bonus.as_ref().is_some_and(|bonus| {
            row.deed.staked
                && row.deed.needs_others < terms.goal
                && row.time < bonus.before
                && row.person != bonus.sponsor.to_lowercase()
                && row.person != self.state.bonus.creator
        })
    }

    /// What a pledge that ended without being bound is due of the bonus.
    #[must_use]
    pub fn bonus_of(&self, row: &PledgeRow, now: u64) -> u128 {
        let terms = self.state.terms.bonus.as_ref();
        match terms.filter(|_| self.is_early(row) && self.phase(now) == Phase::Failed) {
            None => 0,
            Some(terms) => {
                let state = &self.state.bonus;
                bonus::split(amount(&state.fund), terms.per_pledge.u128(), state.eligible).each
            }
        }
    }
}

impl Fold<'_> {
    pub(super) async fn bonus_sponsored(&mut self, e: event::BonusSponsored) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        let s = &mut live.state;
        s.held = rows::moved(Some(&s.held), e.amount, 0, "held")?;
        s.bonus.fund = rows::moved(Some(&s.bonus.fund), e.amount, 0, "bonus")?;
        self.save(&mut live).await
    }

    pub(super) async fn bonus_returned(&mut self, e: event::BonusReturned) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        let s = &mut live.state;
        pay(s, e.amount)?;
        // Of a failed action the shares stay what they are; of an active one nobody has any.
        self.save(&mut live).await
    }
}
