//! Settlement and claims: what the contract says, beside this indexer's own arithmetic.

use muster_schema::causes::{ChallengeStatus, event};

use super::live::Live;
use super::rows::{self, PledgeRow};
use super::state::SettledRow;
use super::{Fold, LEAST_FOR_STANDING, alarm, pay};
use crate::error::Result;

impl Fold<'_> {
    pub(super) async fn settled(&mut self, e: event::Settled) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        live.fix(self.block.time);
        let own = live.totals(self.block.time);
        if own.as_ref() != Some(&e) {
            alarm("settled", e.action, &format!("{e:?}"), &format!("{own:?}"));
        }
        let s = &mut live.state;
        let left = e.fee.saturating_add(e.remainder);
        s.held = rows::moved(Some(&s.held), 0, left, "held")?;
        s.forfeits = rows::moved(Some(&s.forfeits), e.to_address, 0, "forfeits")?;
        s.settled = Some(SettledRow::from(&e));
        if let Some(stake) = s.terms.stake.clone() {
            rows::move_fees(self.db, &stake.coin.denom, e.fee, 0).await?;
            let (cause, denom) = (live.state.cause, &stake.coin.denom);
            rows::move_fund(self.db, cause, denom, e.remainder, 0).await?;
        }
        self.save(&mut live).await
    }

    pub(super) async fn claimed(&mut self, e: event::Claimed) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        live.fix(self.block.time);
        let mut row = rows::pledge(self.db, e.action, &e.person).await?;
        let is_bound = live.binds(&row.deed, self.block.time);
        let own = self.own_due(&live, &row, is_bound);
        let of_deposits = e.deposit.saturating_add(e.gain);
        row.claimed = true;
        row.paid = e
            .stake
            .saturating_add(e.share)
            .saturating_add(e.coins)
            .saturating_add(e.bonus)
            .saturating_add(of_deposits);
        let draws = !is_bound || live.draw(e.deposit, e.gain);
        let own = own.map(|due| due.saturating_add(if is_bound { of_deposits } else { 0 }));
        if own != Some(row.paid) || !draws {
            alarm(
                "claimed",
                e.action,
                &row.paid.to_string(),
                &format!("{own:?}"),
            );
        }
        if is_bound {
            let crowd = live.state.bound.is_some_and(|b| b.0 >= LEAST_FOR_STANDING);
            let fell = row.deed.challenge == Some(ChallengeStatus::Fell);
            let column = match &live.state {
                s if s.is_attested() && row.deed.outcome.is_none() => "unreported",
                s if s.is_challengeable() && row.deed.checked_in && !fell => "kept",
                s if s.is_challengeable() => "broken",
                _ => "",
            };
            if crowd && !column.is_empty() {
                self.standing(&e.person, column).await?;
            }
            if crowd && column == "kept" {
                self.credit_referrer(e.action, &e.person).await?;
            }
        } else if row.deed.staked {
            live.state.staked = live.state.staked.saturating_sub(1);
        }
        let s = &mut live.state;
        pay(s, row.paid.saturating_add(e.keeper))?;
        s.held = rows::moved(Some(&s.held), 0, e.fund, "held")?;
        if let (Some(stake), true) = (s.terms.stake.clone(), e.fund > 0) {
            rows::move_fund(self.db, s.cause, &stake.coin.denom, e.fund, 0).await?;
        }
        rows::save_pledge(self.db, &row).await?;
        self.save(&mut live).await
    }

    /// But for what a vote decides of deposits.
    fn own_due(&self, live: &Live, row: &PledgeRow, is_bound: bool) -> Option<u128> {
        if !is_bound {
            return Some(live.back(row, self.block.time));
        }
        if row.units > 0 {
            // Bound coins are their purpose's, but for what an answer gave back.
            return live.state.coins_back(row.units);
        }
        if !row.deed.staked {
            return Some(0);
        }
        if row.deed.challenge == Some(ChallengeStatus::Fell) {
            return Some(0);
        }
        let totals = live.totals(self.block.time)?;
        Some(live.due(&row.deed, &totals))
    }
}
