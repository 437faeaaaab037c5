//! A sponsor's refund bonus: what lies in it, and who may come to it.

use muster_mechanism::bonus::{self, Bonus};
use muster_mechanism::schedule::Phase;
use muster_schema::causes::event;
use serde::{Deserialize, Serialize};

use super::live::Live;
use super::rows::{self, PledgeRow, amount};
use super::{Fold, alarm, pay};
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
    /// What went back to the sponsor.
    #[serde(default)]
    pub returned: String,
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

    /// What a pledge that ended without being bound gets: stake, deposit and bonus.
    #[must_use]
    pub fn back(&self, row: &PledgeRow, now: u64) -> u128 {
        let stake = if row.deed.staked {
            self.state.stake()
        } else {
            0
        };
        stake
            .saturating_add(self.state.deposit())
            .saturating_add(self.bonus_of(row, now))
    }

    /// What a pledge that ended without being bound is due of the bonus.
    #[must_use]
    pub fn bonus_of(&self, row: &PledgeRow, now: u64) -> u128 {
        if self.is_early(row) && self.phase(now) == Phase::Failed {
            self.bonus_split().each
        } else {
            0
        }
    }

    /// What becomes of the bonus where too few are in.
    #[must_use]
    pub fn bonus_split(&self) -> Bonus {
        let state = &self.state.bonus;
        self.state
            .terms
            .bonus
            .as_ref()
            .map_or_else(Bonus::default, |terms| {
                bonus::split(amount(&state.fund), terms.per_pledge.u128(), state.eligible)
            })
    }

    /// What waits to go back to the sponsor.
    #[must_use]
    pub fn bonus_rest(&self, now: u64) -> u128 {
        let state = &self.state.bonus;
        let phase = self.phase(now);
        let due = match phase {
            Phase::Failed => self.bonus_split().to_sponsor,
            _ if phase.is_open() && self.activated_at(now).is_none() => return 0,
            _ => amount(&state.fund),
        };
        due.saturating_sub(amount(&state.returned))
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
        let own = live.bonus_rest(self.block.time);
        if own != e.amount {
            alarm(
                "bonus_returned",
                e.action,
                &e.amount.to_string(),
                &own.to_string(),
            );
        }
        let s = &mut live.state;
        pay(s, e.amount)?;
        s.bonus.returned = rows::moved(Some(&s.bonus.returned), e.amount, 0, "bonus")?;
        self.save(&mut live).await
    }
}
