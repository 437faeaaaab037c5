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
    /// When, up to its close, the first of what it requires had failed by itself.
    #[serde(default)]
    pub others_failed_at: Option<u64>,
}

impl Live {
    /// Whether a pledge may come to the bonus.
    #[must_use]
    pub fn is_early(&self, row: &PledgeRow) -> bool {
        let terms = &self.state.terms;
        terms.bonus.as_ref().is_some_and(|bonus| {
            (row.deed.staked || row.units > 0)
                && row.deed.needs_others < terms.goal
                && row.time < bonus.before
                && row.person != bonus.sponsor.to_lowercase()
                && row.person != self.state.bonus.creator
        })
    }

    /// What a pledge that ended without being bound gets: stake or coins, deposit and bonus.
    #[must_use]
    pub fn back(&self, row: &PledgeRow, now: u64) -> u128 {
        let stake = if row.units > 0 {
            self.state.coins(row.units)
        } else if row.deed.staked {
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
            self.bonus_split(now).each
        } else {
            0
        }
    }

    /// Whether too few were in at the close, and nothing that it requires had failed by then. What
    /// failed with it, in a ring, had not.
    fn is_bonus_due(&self, now: u64) -> bool {
        let Some(close) = self.state.timeline().pledge_until() else {
            return false;
        };
        let missed = (now >= close && self.scan().people == 0).then_some(close);
        let before = self.state.void_from.filter(|at| *at < close);
        let others = [before, self.state.bonus.others_failed_at];
        bonus::is_due(close, missed, others.into_iter().flatten())
    }

    /// What becomes of the bonus where too few are in; once it has failed, what did.
    #[must_use]
    pub fn bonus_split(&self, now: u64) -> Bonus {
        let state = &self.state.bonus;
        if self.phase(now) == Phase::Failed && !self.is_bonus_due(now) {
            return Bonus {
                each: 0,
                to_sponsor: amount(&state.fund),
            };
        }
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
            Phase::Failed => self.bonus_split(now).to_sponsor,
            _ if phase.is_open() && self.activated_at(now).is_none() => return 0,
            _ => amount(&state.fund),
        };
        due.saturating_sub(amount(&state.returned))
    }
}

impl Fold<'_> {
    /// At the close of an action with a bonus that failed there: whether something that it requires,
    /// directly or not, had failed by itself. What that failed with it doesn't count, so each is
    /// looked at as if it required nothing.
    pub(super) async fn note_others(&mut self, live: &mut Live) -> Result<()> {
        let (s, now) = (&live.state, self.block.time);
        let close = s.timeline().pledge_until().filter(|close| now >= *close);
        let (Some(close), Some(_), Phase::Failed) = (close, &s.terms.bonus, live.phase(now)) else {
            return Ok(());
        };
        let (own, mut first) = (s.id, None);
        let (mut seen, mut next) = (s.requires.clone(), 0);
        while let Some(id) = seen.get(next).copied() {
            next += 1;
            let mut other = rows::live(self.db, id).await?;
            for required in &other.state.requires {
                if *required != own && !seen.contains(required) {
                    seen.push(*required);
                }
            }
            other.state.void_from = None;
            let ended = other.phase(now).is_void().then(|| other.ended_at(now));
            let ended = ended.flatten().filter(|at| *at <= close);
            first = [first, ended].into_iter().flatten().min();
        }
        live.state.bonus.others_failed_at = first;
        Ok(())
    }

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
