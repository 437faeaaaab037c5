//! The naive reference of deposits: one entry for each head, and a search for the poorest.

use muster_schema::causes::Answer;

use super::deposit::{DEPOSIT, Vote};
use super::reference::{Action, Reference};

/// What the reference knows of an action's vote.
#[derive(Clone, Default)]
pub(crate) struct Votes {
    vote: Option<Vote>,
    /// Whether the answer counts.
    decided: bool,
    rewarded: bool,
}

impl Action {
    pub(crate) fn has_deposit(&self) -> bool {
        let outcome = self.terms.outcome.as_ref();
        outcome.is_some_and(|outcome| outcome.deposit.is_some())
    }

    pub(crate) fn owes_reward(&self) -> bool {
        let gives = |vote: &Vote| vote.denouncer.is_some();
        self.votes.decided && !self.votes.rewarded && self.votes.vote.as_ref().is_some_and(gives)
    }

    /// What a pledge brings beside its stake.
    pub(crate) fn deposit(&self) -> u128 {
        if self.has_deposit() { DEPOSIT } else { 0 }
    }

    /// From when the answer is known, or that there is none.
    pub(crate) fn decided_at(&self, judge_by: u64) -> u64 {
        self.votes.vote.as_ref().map_or(judge_by, |vote| vote.at)
    }
}

impl Reference {
    /// Actions whose question may be asked now and wasn't.
    pub(crate) fn votable(&mut self, now: u64) -> Vec<u64> {
        self.refresh(now);
        let may = |(_, a): &(u64, &Action)| {
            let active = a.has_deposit() && a.votes.vote.is_none() && !a.is_settled();
            active
                && a.activated_at(now).is_some()
                && (a.reported(now)..a.judge_by(now)).contains(&now)
        };
        (1..)
            .zip(&self.actions)
            .filter(may)
            .map(|(id, _)| id)
            .collect()
    }

    pub(crate) fn bound_people(&mut self, now: u64, action: u64) -> Vec<String> {
        let a = self.of(action);
        let all = a.pledges.clone();
        let bound = all.into_iter().filter(|p| !p.gone && a.bound(now, p));
        bound.map(|p| p.name).collect()
    }

    /// What the stand-in said. `most`: what one loses at most.
    pub(crate) fn voted(&mut self, action: u64, answer: Answer, vote: Vote, most: u128) {
        let bound = vote.ballots.len();
        let sum: i128 = vote.heads.iter().map(|(_, gain, loss)| loss - gain).sum();
        let rewards = vote
            .denouncer
            .as_ref()
            .map_or(0, |(_, n, each)| *n as i128 * each);
        let fits = vote.heads.len() == bound && sum >= rewards && most <= DEPOSIT;
        let votes = &mut self.of(action).votes;
        votes.decided = fits && answer != Answer::Unresolved;
        votes.vote = Some(vote);
    }

    /// What the losses leave, once.
    pub(crate) fn settle_votes(&mut self, action: u64) {
        let a = self.of(action);
        let votes = &a.votes;
        let Some(vote) = votes.vote.as_ref().filter(|_| votes.decided) else {
            return;
        };
        let sum: i128 = vote.heads.iter().map(|(_, gain, loss)| loss - gain).sum();
        let rewards = vote
            .denouncer
            .as_ref()
            .map_or(0, |(_, n, each)| *n as i128 * each);
        let (cause, denom) = (a.cause, a.denom.clone().expect("a deposit has one"));
        self.funds.add(cause, &denom, (sum - rewards) as u128);
    }

    /// What one of the bound gets of the deposits.
    pub(crate) fn draw(&mut self, action: u64, name: &str) -> i128 {
        let a = self.of(action);
        if !a.has_deposit() {
            return 0;
        }
        let own = DEPOSIT as i128;
        let votes = &mut a.votes;
        let Some(vote) = votes.vote.as_mut().filter(|_| votes.decided) else {
            return own;
        };
        let mine = vote.ballots.get(name).copied();
        let place = vote.heads.iter().position(|(kind, ..)| Some(*kind) == mine);
        let place = place.unwrap_or_else(|| {
            let all = vote.heads.iter().enumerate();
            let poorest = all.min_by_key(|(_, (kind, gain, loss))| (gain - loss, *kind));
            poorest.expect("as many heads as voters").0
        });
        let (kind, gain, loss) = vote.heads.remove(place);
        self.counts.one("a vote decided about a deposit");
        self.counts
            .one_if("a deposit drew the poorest class", Some(kind) != mine);
        own + gain - loss
    }

    pub(crate) fn denouncer(&self, action: u64) -> Option<String> {
        let votes = &self.actions[action as usize - 1].votes;
        let vote = votes.vote.as_ref()?;
        vote.denouncer.as_ref().map(|(name, ..)| name.clone())
    }

    /// Whether somebody gets a reward now, which they then have.
    pub(crate) fn claim_reward(&mut self, now: u64, action: u64, name: &str) -> bool {
        let a = self.of(action);
        let votes = a.votes.clone();
        let Some(vote) = votes.vote.filter(|_| votes.decided && !votes.rewarded) else {
            return false;
        };
        let Some((who, count, each)) = vote.denouncer.filter(|(_, _, each)| *each > 0) else {
            return false;
        };
        if who != name || now < vote.at {
            return false;
        }
        a.votes.rewarded = true;
        self.fix_vote(now, action);
        self.pay(name, action, count as i128 * each);
        true
    }

    /// The first message after the answer settles the deposits.
    pub(crate) fn fix_vote(&mut self, now: u64, action: u64) {
        let a = self.of(action);
        if !a.has_deposit() {
            return;
        }
        assert!(now >= a.pays_from(now), "settled too early");
        if !std::mem::replace(&mut a.vote_fixed, true) {
            self.settle_votes(action);
        }
    }
}
