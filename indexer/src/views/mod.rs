//! The views: every event of the contract folded into rows, in the transaction of its block.

mod bonus;
mod cause;
mod coins;
mod confirm;
pub mod deliberation;
pub mod deposit;
mod fund;
mod gate;
mod judged;
pub mod live;
mod pay;
mod pledge;
mod registry;
mod requirements;
pub mod rows;
mod saving;
pub mod state;

use std::collections::BTreeSet;

use muster_schema::causes::event::CausesEvent;
use sqlx::sqlite::SqliteConnection;

use crate::error::Result;
use crate::store::{signed, unsigned};
use live::Live;
use state::ActionState;

/// Standing counts only where a crowd was bound; the contract's own number.
pub const LEAST_FOR_STANDING: u32 = 10;

/// The views' tables: emptied before everything is folded anew.
pub const TABLES: [&str; 22] = [
    "causes",
    "actions",
    "thresholds",
    "confirmations",
    "pledges",
    "admissions",
    "attestors",
    "standing",
    "requirements",
    "relations",
    "choices",
    "ballots",
    "proposals",
    "seconders",
    "funds",
    "fund_moves",
    "registry",
    "registry_votes",
    "referrals",
    "savings",
    "saving_sums",
    "fees",
];

/// The block that is being folded.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// Its height.
    pub height: u64,
    /// Its time, Unix seconds.
    pub time: u64,
}

/// Folds events of one block.
#[derive(Debug)]
pub struct Fold<'a> {
    /// Inside the batch's transaction.
    pub db: &'a mut SqliteConnection,
    /// Where the event is from.
    pub block: Block,
    /// Causes that changed in this batch.
    pub changed: &'a mut BTreeSet<u64>,
    /// Who sent what is folded, where others signed it.
    pub sponsor: Option<&'a str>,
}

/// Own arithmetic and the contract's disagree: said aloud and counted, never hidden.
fn alarm(what: &str, action: u64, found: &str, own: &str) {
    tracing::error!(
        what,
        action,
        found,
        own,
        "the contract and this indexer disagree"
    );
    metrics::counter!("muster_mismatches_total", "what" => what.to_owned()).increment(1);
}

impl Fold<'_> {
    /// Folds one event.
    ///
    /// # Errors
    /// [`Error::Event`] where it doesn't fit the rows; the caller rolls back what it had written.
    pub async fn event(&mut self, event: CausesEvent) -> Result<()> {
        match event {
            CausesEvent::CauseCreated(e) => self.created(e).await,
            CausesEvent::CauseCancelled(e) => self.cancelled(e.cause).await,
            CausesEvent::Pledged(e) => self.pledged(e).await,
            CausesEvent::Admitted(e) => self.admitted(e).await,
            CausesEvent::CoinsPledged(e) => self.coins_pledged(e).await,
            CausesEvent::Released(e) => self.released(e).await,
            CausesEvent::TrancheReleased(e) => self.tranche_released(e).await,
            CausesEvent::CoinsReturned(e) => self.coins_returned(e).await,
            CausesEvent::Withdrawn(e) => self.withdrawn(e).await,
            CausesEvent::Activated(e) => self.activated(e).await,
            CausesEvent::CounterpartMet(e) => self.counterpart_met(e).await,
            CausesEvent::Bound(e) => self.bound(e).await,
            CausesEvent::ConfirmingBegun(e) => self.confirming_begun(e).await,
            CausesEvent::Confirmed(e) => self.confirmed(e).await,
            CausesEvent::Reopened(e) => self.reopened(e).await,
            CausesEvent::CheckedIn(e) => self.checked_in(e).await,
            CausesEvent::AlreadyDid(e) => {
                let mut live = rows::live(self.db, e.action).await?;
                live.state.already_did += 1;
                self.save(&mut live).await
            }
            CausesEvent::Attested(e) => self.attested(e).await,
            CausesEvent::OutcomeAttested(e) => self.outcome_attested(e).await,
            CausesEvent::Answered(e) => self.answered(e).await,
            CausesEvent::SavingStated(e) => self.saving_stated(e).await,
            CausesEvent::Challenged(e) => self.challenged(e).await,
            CausesEvent::ChallengeEnded(e) => self.challenge_ended(e).await,
            CausesEvent::Settled(e) => self.settled(e).await,
            CausesEvent::Claimed(e) => self.claimed(e).await,
            CausesEvent::ForfeitsClaimed(e) => {
                let mut live = rows::live(self.db, e.action).await?;
                let s = &mut live.state;
                s.forfeits = rows::moved(Some(&s.forfeits), 0, e.amount, "forfeits")?;
                pay(s, e.amount)?;
                self.save(&mut live).await
            }
            CausesEvent::BonusSponsored(e) => self.bonus_sponsored(e).await,
            CausesEvent::BonusReturned(e) => self.bonus_returned(e).await,
            CausesEvent::DepositsSettled(e) => self.deposits_settled(e).await,
            CausesEvent::RewardClaimed(e) => self.reward_claimed(e).await,
            CausesEvent::Said(e) => self.said(e).await,
            CausesEvent::Rated(e) => self.rated(e).await,
            CausesEvent::Supported(e) => self.supported(e).await,
            CausesEvent::FundSpent(e) => self.fund_spent(e).await,
            CausesEvent::FundSwept(e) => self.fund_swept(e).await,
            CausesEvent::FeesClaimed(e) => rows::move_fees(self.db, &e.denom, 0, e.amount).await,
            // What landed has events of its own; the rest is kept as it came, with every event.
            CausesEvent::Relayed(_) | CausesEvent::RelayRefused(_) | CausesEvent::Voided(_) => {
                Ok(())
            }
            CausesEvent::Proposed(e) => self.proposed(e).await,
            CausesEvent::Seconded(e) => self.seconded(e).await,
            CausesEvent::Scored(e) => self.scored(e).await,
            CausesEvent::Unscored(e) => self.unscored(e).await,
            // What new causes get is written in their own events.
            CausesEvent::ConfigUpdated(_) | CausesEvent::OwnerChanged(_) => Ok(()),
        }
    }

    /// Marks what time alone changed by this block: actions whose boundary it passed. Says whether
    /// there were any.
    ///
    /// # Errors
    /// The database's.
    pub async fn boundaries(&mut self) -> Result<bool> {
        let due: Vec<i64> = sqlx::query_scalar(
            "SELECT id FROM actions WHERE next_boundary IS NOT NULL AND next_boundary <= ? ORDER BY id",
        )
        .bind(signed(self.block.time))
        .fetch_all(&mut *self.db)
        .await?;
        // What has lost is out before anything else is looked at.
        for &id in &due {
            self.choose(unsigned(id)).await?;
        }
        // Windows then: an action whose confirm window has ended is undecided till then.
        let ids: Vec<u64> = due.iter().map(|id| unsigned(*id)).collect();
        self.end_windows(&ids).await?;
        // Failures then: what fails takes along what requires it, before that can seem bound.
        for &id in &due {
            self.spread_failure(unsigned(id)).await?;
        }
        for &id in &due {
            let mut live = rows::live(self.db, unsigned(id)).await?;
            live.fix(self.block.time);
            self.note_others(&mut live).await?;
            self.save(&mut live).await?;
        }
        Ok(!due.is_empty())
    }

    async fn save(&mut self, live: &mut Live) -> Result<()> {
        let could = live.state.can_bind;
        live.state.can_bind = live.can_bind(self.block.time);
        rows::save_live(self.db, live, self.block.time).await?;
        if could != live.state.can_bind {
            // What they may do with it has changed, so their pages have.
            self.touch_dependents(live.state.id).await?;
        }
        self.touch(live.state.cause).await
    }

    async fn touch(&mut self, cause: u64) -> Result<()> {
        self.changed.insert(cause);
        sqlx::query("UPDATE causes SET changed_height = ? WHERE id = ?")
            .bind(signed(self.block.height))
            .bind(signed(cause))
            .execute(&mut *self.db)
            .await?;
        Ok(())
    }
}

/// Moves coins from what lies here to what has left.
fn pay(s: &mut ActionState, amount: u128) -> Result<()> {
    s.held = rows::moved(Some(&s.held), 0, amount, "held")?;
    s.paid_out = rows::moved(Some(&s.paid_out), amount, 0, "paid out")?;
    Ok(())
}
