//! New causes, and what belongs together in one.

use std::collections::BTreeMap;

use muster_schema::causes::{CancelRule, NewAction, Requirement, Schedule};

use super::super::votes::Votes;
use super::{Action, Reference};

impl Reference {
    pub(crate) fn start(&mut self, cause: u64, first: u64, actions: &[NewAction]) {
        let own = |r: &Requirement| match r {
            Requirement::Own(i) => Some(usize::from(*i)),
            Requirement::Action(_) => None,
        };
        // By time alone, if no path of requirements leads to one that doesn't close or out of here.
        let mut by_time: Vec<bool> = actions
            .iter()
            .map(|a| {
                let closes = matches!(a.schedule, Schedule::AtClose { .. });
                closes && a.counterpart.is_none() && a.requires.iter().all(|r| own(r).is_some())
            })
            .collect();
        for _ in 0..actions.len() {
            for (i, a) in actions.iter().enumerate() {
                by_time[i] &= a.requires.iter().filter_map(own).all(|r| by_time[r]);
            }
        }
        for (a, by_time) in actions.iter().zip(by_time) {
            let free = a.requires.is_empty() && a.counterpart.is_none();
            self.start_one(cause, a, free || by_time);
            let number = |r: &Requirement| match r {
                Requirement::Own(i) => first + u64::from(*i),
                Requirement::Action(id) => *id,
            };
            let last = self.actions.last_mut().expect("just pushed");
            last.requires = a.requires.iter().map(number).collect();
            last.waits_for.clone_from(&a.counterpart);
        }
    }

    /// An action of somebody's answers those that waited for them.
    pub(crate) fn meet(&mut self, by: &str, answer: u64) {
        for required in self.of(answer).requires.clone() {
            let a = self.of(required);
            if a.waits_for.as_deref() == Some(by) {
                a.waits_for = None;
                a.requires.push(answer);
                self.counts.one("a counterpart answered");
            }
        }
    }

    /// One that still waits for somebody, and could be answered.
    pub(crate) fn waiting_for(&mut self, now: u64, by: &str) -> Option<u64> {
        self.refresh(now);
        let waits = |a: &Action| a.waits_for.as_deref() == Some(by) && a.is_open(now);
        let place = self.actions.iter().position(waits);
        place.map(|i| i as u64 + 1)
    }

    pub(super) fn start_one(&mut self, cause: u64, terms: &NewAction, by_time: bool) {
        let staked = terms.stake.as_ref().map(|s| s.coin.denom.clone());
        let denom = staked.or(terms.coins().map(|c| c.denom.clone()));
        let deposit = terms.outcome.as_ref().and_then(|o| o.deposit.as_ref());
        let denom = denom.or(deposit.map(|c| c.denom.clone()));
        let terms = terms.clone();
        let (pledges, ready_since, cancelled, fixed) = (vec![], None, false, None);
        self.actions.push(Action {
            bonus_fund: 0,
            bonus_returned: 0,
            votes: Votes::default(),
            vote_fixed: false,
            cause,
            denom,
            bundled: false,
            fee_bps: self.fee_bps,
            forfeits: 0,
            already: vec![],
            ever_pledged: false,
            terms,
            pledges,
            released: 0,
            ready_since,
            cancelled,
            fixed,
            requires: vec![],
            by_time,
            bound_at: None,
            void: false,
            settled: false,
            lost: false,
            came_through: None,
            awaited: 0,
            said: BTreeMap::new(),
            answer: None,
            asked: None,
            waits_for: None,
            empty: false,
            chosen_at: None,
            dropped: false,
            about: BTreeMap::new(),
            paid: 0,
            back_each: None,
        });
    }

    pub(crate) fn cancel(&mut self, cause: u64) {
        self.actions
            .iter_mut()
            .filter(|a| a.cause == cause)
            .for_each(|a| a.cancelled = true);
    }

    /// The newest cause, from this action on, is a bundle.
    pub(crate) fn bundle(&mut self, first: u64) {
        let newest = self.actions.iter_mut().skip(first as usize - 1);
        newest.for_each(|a| a.bundled = true);
    }

    /// The actions of this one's cause.
    pub(crate) fn beside(&self, action: u64) -> Vec<u64> {
        self.actions_of(self.actions[action as usize - 1].cause)
    }

    /// All actions of a cause.
    pub(crate) fn actions_of(&self, cause: u64) -> Vec<u64> {
        let all = (1..).zip(&self.actions);
        all.filter(|(_, a)| a.cause == cause)
            .map(|(id, _)| id)
            .collect()
    }

    /// Who started a cause, and until when they may cancel it.
    pub(crate) fn begun_by(&mut self, cause: u64, creator: &str, rule: CancelRule) {
        self.causes.insert(cause, (creator.to_owned(), rule));
    }

    pub(crate) fn creator(&self, cause: u64) -> String {
        let begun = self.causes.get(&cause);
        begun.map_or("creator".to_owned(), |(creator, _)| creator.clone())
    }

    /// Whether its creator may cancel a cause now.
    pub(crate) fn may_cancel(&self, now: u64, cause: u64) -> bool {
        let rule = self.causes.get(&cause).map(|(_, rule)| *rule);
        let rule = rule.unwrap_or(CancelRule::UntilLock);
        let all: Vec<&Action> = self.actions.iter().filter(|a| a.cause == cause).collect();
        let open = |a: &&&Action| a.is_open(now) || a.waits(now);
        let stops = |a: &Action| {
            let funded = a.bonus_fund > a.bonus_returned;
            let by_rule = match rule {
                CancelRule::UntilFirstPledge => a.ever_pledged,
                CancelRule::UntilLock => a.is_locked(now),
                CancelRule::Never => true,
            };
            a.activated_at(now).is_some()
                || a.is_confirming(now)
                || by_rule
                || (open(&&a) && funded && a.has_early())
        };
        let there = || all.iter().filter(|a| !a.empty);
        !self.funds.is_cancelled(cause) && !there().any(|a| stops(a)) && there().any(|a| open(&a))
    }
}
