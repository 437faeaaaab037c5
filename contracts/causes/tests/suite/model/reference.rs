//! The naive reference: lists, loops and no shared arithmetic.

use std::collections::BTreeMap;

use cosmwasm_std::Addr;
use muster_schema::causes::{Answer, CancelRule, NewAction};

mod action;
mod bonus;
mod choices;
mod claims;
mod coins;
mod judged;
mod likely;
mod pledges;
mod start;
mod together;

use super::config::Config;
use super::counts::Counts;
use super::funds::Funds;
use super::registry::Registry;
use super::signed::Sequences;
use super::votes::Votes;
use crate::common::Outcome;

#[derive(Clone, Default)]
pub(crate) struct Pledge {
    pub(crate) name: String,
    needs: u32,
    /// 1, or the units of a pledge of coins.
    weight: u32,
    staked: bool,
    checked_in: bool,
    said: BTreeMap<String, Outcome>,
    outcome: Option<Outcome>,
    /// Brought before a jury, and what it answered.
    challenge: Option<Option<Answer>>,
    claimed: bool,
    confirmed: bool,
    /// Silent in a confirm window that came to nothing: it counts as withdrawn.
    pub(crate) gone: bool,
    referrer: Option<String>,
    /// May come to a bonus.
    early: bool,
}

pub(crate) struct Action {
    pub(crate) cause: u64,
    pub(crate) denom: Option<String>,
    pub(crate) bundled: bool,
    fee_bps: u128,
    /// What its forfeits brought to the address that it names, and wasn't paid yet.
    pub(crate) forfeits: u128,
    /// Whoever said that they had done it before.
    already: Vec<String>,
    /// Somebody pledged, whatever became of it.
    ever_pledged: bool,
    /// What the sponsor put in, and had back.
    pub(crate) bonus_fund: u128,
    pub(crate) bonus_returned: u128,
    pub(crate) terms: NewAction,
    pub(crate) pledges: Vec<Pledge>,
    pub(crate) votes: Votes,
    /// The deposits are settled.
    pub(crate) vote_fixed: bool,
    /// Units that went to the beneficiary.
    released: u32,
    ready_since: Option<u64>,
    cancelled: bool,
    /// The committed set once it can't change: forever, whoever claims.
    fixed: Option<u32>,
    pub(crate) requires: Vec<u64>,
    /// Nothing of it waits for a message: it and all it requires close, in one cause.
    by_time: bool,
    bound_at: Option<u64>,
    /// Something that it requires has failed, as of the last `refresh`.
    void: bool,
    /// Its totals are fixed.
    settled: bool,
    /// Its confirm window ended in nothing, for good.
    lost: bool,
    /// Its confirm window ended with somebody bound.
    pub(crate) came_through: Option<u64>,
    /// The end of the last confirm window of what it requires.
    awaited: u64,
    /// Of attestors about it as a whole, and when it was final.
    said: BTreeMap<String, Answer>,
    answer: Option<(Answer, u64)>,
    /// When a verdict was asked about it as a whole that hasn't answered.
    asked: Option<u64>,
    /// Who must first answer it with an action that requires it.
    waits_for: Option<String>,
    /// A number kept for a proposal.
    pub(crate) empty: bool,
    /// One of several alternatives, of which one is chosen then.
    chosen_at: Option<u64>,
    /// Another was, as of the last `refresh`.
    dropped: bool,
    /// About tranches of coins.
    about: BTreeMap<u8, Answer>,
    /// How many parts were paid.
    paid: u8,
    /// What each unit has back, once that is fixed.
    back_each: Option<u128>,
}

/// Tries every size from the largest down.
pub(crate) fn naive_committed(goal: u32, needs: &[u32]) -> u32 {
    let each_one: Vec<_> = needs.iter().map(|n| (*n, 1)).collect();
    naive_weighted(goal, &each_one)
}

/// The same where each has a weight of its own.
fn naive_weighted(goal: u32, pledges: &[(u32, u32)]) -> u32 {
    let sum = |k: u32| -> u32 {
        let in_it = pledges.iter().filter(|(needs, _)| *needs < k);
        in_it.map(|(_, weight)| weight).sum()
    };
    let all: u32 = pledges.iter().map(|(_, weight)| weight).sum();
    (1..=all)
        .rev()
        .find(|k| sum(*k) >= *k && *k >= goal)
        .unwrap_or(0)
}

/// All actions, and what everybody has won or lost.
pub(crate) struct Reference {
    pub(crate) actions: Vec<Action>,
    gains: BTreeMap<(String, String), i128>,
    /// How many attested actions of at least ten somebody kept.
    kept: BTreeMap<String, u32>,
    stake: u128,
    min: u128,
    /// Of each cause that isn't as most are: its creator, and until when that may cancel.
    causes: BTreeMap<u64, (String, CancelRule)>,
    /// Of new causes.
    pub(crate) fee_bps: u128,
    /// What lies there for the treasury.
    pub(crate) fees: BTreeMap<String, u128>,
    pub(crate) config: Config,
    pub(crate) counts: Counts,
    pub(crate) funds: Funds,
    pub(crate) sequences: Sequences,
    pub(crate) registry: Registry,
    referred_kept: BTreeMap<String, u32>,
    /// The stand-in that judges challenges, once an action has them.
    pub(crate) verdict: Option<Addr>,
    choices: Vec<choices::Choice>,
}

impl Reference {
    pub(crate) fn new(stake: u128, min: u128, fee_bps: u128) -> Self {
        Self {
            actions: vec![],
            gains: BTreeMap::new(),
            kept: BTreeMap::new(),
            stake,
            min,
            fee_bps,
            causes: BTreeMap::new(),
            fees: BTreeMap::new(),
            config: Config::default(),
            counts: Counts::default(),
            funds: Funds::default(),
            sequences: Sequences::default(),
            registry: Registry::default(),
            referred_kept: BTreeMap::new(),
            verdict: None,
            choices: vec![],
        }
    }

    pub(crate) fn gain(&self, name: &str, denom: &str) -> i128 {
        *self
            .gains
            .get(&(name.to_owned(), denom.to_owned()))
            .unwrap_or(&0)
    }

    pub(crate) fn pay(&mut self, name: &str, action: u64, amount: i128) {
        if let Some(denom) = self.of(action).denom.clone() {
            *self.gains.entry((name.to_owned(), denom)).or_default() += amount;
        }
    }

    pub(crate) fn give(&mut self, name: &str, denom: &str, amount: u128) {
        *self
            .gains
            .entry((name.to_owned(), denom.to_owned()))
            .or_default() -= amount as i128;
    }

    pub(crate) fn receive(&mut self, name: &str, denom: &str, amount: u128) {
        *self
            .gains
            .entry((name.to_owned(), denom.to_owned()))
            .or_default() += amount as i128;
    }

    pub(crate) fn of(&mut self, action: u64) -> &mut Action {
        &mut self.actions[action as usize - 1]
    }

    pub(crate) fn add_fee(&mut self, denom: &str, amount: u128) {
        *self.fees.entry(denom.to_owned()).or_default() += amount;
    }
}
