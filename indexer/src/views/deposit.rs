//! Deposits behind a vote: what lies here, and what an answer made of them. In which class a voter
//! is, no event says; what a claim paid must be what one of the classes pays.

use muster_mechanism::answer::Class;
use muster_mechanism::deposit;
use muster_schema::causes::event;
use muster_schema::layout::verdict::ClassKind;
use serde::{Deserialize, Serialize};

use super::live::Live;
use super::rows::{self, amount};
use super::state::ActionState;
use super::{Fold, alarm, pay};
use crate::error::Result;

/// What is known of an action's deposits besides their amount.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct DepositState {
    /// An answer has decided on those of the bound.
    pub settled: bool,
    /// Those that go back whole, and didn't yet.
    pub own: u32,
    /// The classes, with those who weren't paid yet.
    pub classes: Vec<ClassRow>,
    /// What claimants without a deposit weren't paid yet, decimal.
    pub rewards: String,
    /// What the campaign fund got, decimal.
    pub remainder: String,
}

/// A class of voters as it is stored; amounts as text, since JSON's numbers are too small.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassRow {
    /// Its word.
    pub kind: String,
    /// How many weren't paid yet.
    pub count: u32,
    /// What each gains.
    pub gain: String,
    /// What each loses.
    pub loss: String,
}

impl ActionState {
    /// One person's deposit; 0 without.
    #[must_use]
    pub fn deposit(&self) -> u128 {
        let coin = self.terms.outcome.as_ref().and_then(|o| o.deposit.as_ref());
        coin.map_or(0, |coin| {
            cosmwasm_std::Uint128::try_from(coin.amount).map_or(u128::MAX, |a| a.u128())
        })
    }

    /// Whether a bound pledge is paid only once there is an answer about the action as a whole.
    #[must_use]
    pub fn awaits_answer(&self) -> bool {
        self.is_collective() || self.deposit() > 0
    }

    /// The least that a bound pledge gets of deposits, by what is known now.
    #[must_use]
    pub fn least_drawn(&self) -> u128 {
        let each = self.deposit();
        let state = &self.deposits;
        if !state.settled || state.own > 0 {
            return each;
        }
        let left = state.classes.iter().filter(|class| class.count > 0);
        let payout = |c: &ClassRow| {
            each.saturating_sub(amount(&c.loss))
                .saturating_add(amount(&c.gain))
        };
        left.map(payout).min().unwrap_or(0)
    }
}

impl Live {
    /// Counts down the class that pays so much of the own deposit and of others'. Says whether one
    /// does.
    pub(super) fn draw(&mut self, own: u128, gain: u128) -> bool {
        let each = self.state.deposit();
        let state = &mut self.state.deposits;
        if each == 0 {
            return own == 0 && gain == 0;
        }
        if let (Some(left), true, 0) = (state.own.checked_sub(1), own == each, gain) {
            state.own = left;
            return true;
        }
        let pays = |class: &&mut ClassRow| {
            class.count > 0
                && each.checked_sub(amount(&class.loss)) == Some(own)
                && amount(&class.gain) == gain
        };
        match state.classes.iter_mut().find(pays) {
            None => false,
            Some(class) => {
                class.count -= 1;
                true
            }
        }
    }
}

impl Fold<'_> {
    pub(super) async fn deposits_settled(&mut self, e: event::DepositsSettled) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        live.fix(self.block.time);
        let bound = live.committed(self.block.time).people;
        let of = |voters: bool| -> Vec<Class> {
            let kinds = e.classes.iter().filter(|(k, _)| k.is_voters() == voters);
            kinds.map(|(_, class)| *class).collect()
        };
        let (voters, claimants) = (of(true), of(false));
        let each = live.state.deposit();
        let own = if e.classes.is_empty() {
            (e.own == bound).then_some(0)
        } else {
            deposit::remainder(&voters, &claimants, bound, each).filter(|_| e.own == 0)
        };
        if own != Some(e.remainder) {
            let found = format!("{e:?}");
            alarm("deposits_settled", e.action, &found, &format!("{own:?}"));
        }
        let rewards: u128 = claimants
            .iter()
            .map(|c| c.gain.saturating_mul(c.count.into()))
            .sum();
        let row = |(kind, class): &(ClassKind, Class)| ClassRow {
            kind: kind.as_str().to_owned(),
            count: class.count,
            gain: class.gain.to_string(),
            loss: class.loss.to_string(),
        };
        let s = &mut live.state;
        s.deposits = DepositState {
            settled: true,
            own: e.own,
            classes: e
                .classes
                .iter()
                .filter(|(kind, _)| kind.is_voters())
                .map(row)
                .collect(),
            rewards: rewards.to_string(),
            remainder: e.remainder.to_string(),
        };
        s.held = rows::moved(Some(&s.held), 0, e.remainder, "held")?;
        if let Some(denom) = s.denom().filter(|_| e.remainder > 0).map(str::to_owned) {
            rows::move_fund(self.db, s.cause, &denom, e.remainder, 0).await?;
        }
        self.save(&mut live).await
    }

    pub(super) async fn reward_claimed(&mut self, e: event::RewardClaimed) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        let s = &mut live.state;
        let left = amount(&s.deposits.rewards).checked_sub(e.amount);
        if left.is_none() {
            let (found, own) = (e.amount.to_string(), s.deposits.rewards.clone());
            alarm("reward_claimed", e.action, &found, &own);
        }
        s.deposits.rewards = left.unwrap_or(0).to_string();
        pay(s, e.amount)?;
        self.save(&mut live).await
    }
}
