//! The naive reference: lists, loops and no shared arithmetic.

use std::collections::BTreeMap;

use cosmwasm_std::Addr;
use muster_schema::causes::limits::GRACE;
use muster_schema::causes::{
    Answer, ForfeitsTo, Fulfilment, NewAction, ReleaseTerms, Requirement, Schedule,
};

mod choices;

use super::funds::Funds;
use super::judged::reward;
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
    requires: Vec<u64>,
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

impl Action {
    fn now_committed(&self) -> u32 {
        let there = self.pledges.iter().filter(|p| !p.gone);
        let all: Vec<_> = there.map(|p| (p.needs, p.weight)).collect();
        naive_weighted(self.terms.goal, &all)
    }

    pub(crate) fn counts_coins(&self) -> bool {
        self.terms.coins().is_some()
    }

    pub(crate) fn goal(&self) -> u32 {
        self.terms.goal
    }

    pub(crate) fn activated_at(&self, now: u64) -> Option<u64> {
        if self.cancelled || self.void || self.lost || self.dropped {
            return None;
        }
        if self.window() > 0 {
            return self.came_through;
        }
        if !self.by_time {
            return self.bound_at;
        }
        self.allowed_at(now)
    }

    fn window(&self) -> u64 {
        self.terms.confirm_window.unwrap_or(0)
    }

    /// When its confirm window began that hasn't been decided yet.
    fn begun(&self, now: u64) -> Option<u64> {
        let over = self.cancelled || self.void || self.lost || self.came_through.is_some();
        if over || self.window() == 0 {
            return None;
        }
        if !self.by_time {
            return self.bound_at;
        }
        self.allowed_at(now)
    }

    pub(crate) fn is_confirming(&self, now: u64) -> bool {
        self.begun(now).is_some()
    }

    /// Somebody whom a confirmation may come from.
    pub(crate) fn pledger(&self, nth: u64) -> Option<String> {
        let there: Vec<&Pledge> = self.pledges.iter().filter(|p| !p.gone).collect();
        let nth = nth.checked_rem(there.len() as u64)?;
        Some(there[nth as usize].name.clone())
    }

    pub(crate) fn pledged(&self) -> u32 {
        let there = self.pledges.iter().filter(|p| !p.gone);
        there.map(|p| p.weight).sum()
    }

    /// The end of a confirm window, told whether it and all that it requires came through.
    fn decide(&mut self, end: u64, own: u32, through: bool) {
        if through {
            (self.came_through, self.fixed) = (Some(end), Some(own));
            return;
        }
        let triggers = matches!(self.terms.schedule, Schedule::AtTrigger { .. });
        if !triggers || self.closed(end) {
            self.lost = true;
            return;
        }
        for p in self.pledges.iter_mut().filter(|p| !p.gone) {
            (p.gone, p.confirmed) = (!p.confirmed, false);
        }
        (self.bound_at, self.ready_since) = (None, (own > 0).then_some(end));
    }

    fn allowed_at(&self, now: u64) -> Option<u64> {
        match self.terms.schedule {
            Schedule::AtClose { pledge_until } => {
                (now >= pledge_until && self.now_committed() > 0).then_some(pledge_until)
            }
            Schedule::Rolling { .. } => self.ready().filter(|at| *at <= now),
            Schedule::AtTrigger { hold, pledge_until } => {
                let at = (self.ready()? + hold).min(pledge_until.unwrap_or(u64::MAX));
                (at <= now).then_some(at)
            }
        }
    }

    /// Nothing is ready before the choice.
    fn ready(&self) -> Option<u64> {
        Some(self.ready_since?.max(self.chosen_at.unwrap_or(0)))
    }

    fn closed(&self, now: u64) -> bool {
        self.terms
            .schedule
            .pledge_until()
            .is_some_and(|close| now >= close)
    }

    pub(crate) fn is_open(&self, now: u64) -> bool {
        let rolling = matches!(self.terms.schedule, Schedule::Rolling { .. });
        !self.cancelled
            && !self.empty
            && !self.lost
            && !self.void
            && !self.dropped
            && !self.closed(now)
            && self.begun(now).is_none()
            && (rolling || self.activated_at(now).is_none())
    }

    /// Past its close, ready, and not bound yet.
    fn waits(&self, now: u64) -> bool {
        let grace = self
            .terms
            .schedule
            .pledge_until()
            .map(|c| c.max(self.awaited) + GRACE);
        let unbound = self.window() == 0 || self.bound_at.is_none();
        !self.by_time
            && unbound
            && grace.is_some_and(|end| now < end)
            && self.allowed_at(now).is_some()
    }

    fn has_failed(&self, now: u64) -> bool {
        let over = self.closed(now) && !self.waits(now);
        let undecided = self.begun(now).is_some();
        self.cancelled
            || self.void
            || self.lost
            || self.dropped
            || (over && !undecided && self.activated_at(now).is_none())
    }

    pub(crate) fn committed(&mut self, now: u64) -> u32 {
        if let Some(fixed) = self.fixed {
            return fixed;
        }
        let active = self.activated_at(now).is_some();
        if self.has_failed(now) {
            return 0;
        }
        let k = self.now_committed();
        let may_grow = matches!(self.terms.schedule, Schedule::Rolling { .. }) && !self.closed(now);
        if active && !may_grow {
            self.fixed = Some(k);
        }
        k
    }

    /// Whether it takes stakes.
    pub(crate) fn takes_stakes(&self) -> bool {
        self.terms.stake.is_some()
    }

    pub(crate) fn is_settled(&self) -> bool {
        self.settled || self.vote_fixed
    }

    pub(crate) fn bound(&mut self, now: u64, pledge: &Pledge) -> bool {
        let sure = self.window() == 0 || pledge.confirmed;
        self.activated_at(now).is_some() && sure && pledge.needs < self.committed(now)
    }

    fn is_collective(&self) -> bool {
        matches!(self.terms.fulfilment, Fulfilment::Collective {})
    }

    /// When reporting ends, once it is active.
    pub(crate) fn reported(&self, now: u64) -> u64 {
        let at = self.activated_at(now).expect("an active one");
        let begins = match self.terms.schedule {
            Schedule::Rolling { pledge_until } => at.max(pledge_until),
            _ => at,
        };
        begins + self.terms.act_window + self.terms.report_window
    }

    pub(crate) fn judge_by(&self, now: u64) -> u64 {
        let terms = self.terms.outcome.as_ref();
        self.reported(now) + terms.and_then(|t| t.judge_window).unwrap_or(0)
    }

    /// From when the bound are paid.
    pub(crate) fn pays_from(&self, now: u64) -> u64 {
        let reported = self.reported(now);
        if self.has_deposit() {
            return self.decided_at(self.judge_by(now));
        }
        match &self.terms.fulfilment {
            Fulfilment::Challengeable { window, .. } => reported + window,
            Fulfilment::Collective {} => self
                .answer
                .map_or(self.judge_by(now), |(_, at)| at.max(reported)),
            _ => reported,
        }
    }

    pub(crate) fn has_bonus(&self) -> bool {
        self.terms.bonus.is_some()
    }

    /// To each who was ready early, where too few were in at the close.
    fn bonus_each(&self, now: u64) -> u128 {
        let early = self.pledges.iter().filter(|p| p.early).count() as u128;
        match &self.terms.bonus {
            Some(bonus) if early > 0 && self.has_failed(now) && !self.cancelled => {
                bonus.per_pledge.u128().min(self.bonus_fund / early)
            }
            _ => 0,
        }
    }

    /// The parts of its coins that wait for an answer each.
    fn parts(&self) -> Vec<u16> {
        match self.terms.coins().and_then(|c| c.release.clone()) {
            Some(ReleaseTerms::Tranches { parts }) => parts,
            Some(ReleaseTerms::OnSuccess {}) => vec![10_000],
            _ => vec![],
        }
    }

    /// Their coins: the last has what the others leave.
    fn amounts(&mut self, now: u64, min: u128) -> Vec<u128> {
        let total = min * u128::from(self.committed(now));
        let parts = self.parts();
        let mut amounts: Vec<u128> = parts
            .iter()
            .map(|part| total * u128::from(*part) / 10_000)
            .collect();
        let last = amounts.pop().expect("parts");
        let before: u128 = amounts.iter().sum();
        assert!(last <= total - before);
        amounts.push(total - before);
        amounts
    }

    /// The final answer about a part of them.
    fn answer_about(&self, now: u64, part: u8) -> Option<Answer> {
        let late = (now >= self.judge_by(now)).then_some(Answer::Unresolved);
        if self.parts().len() > 1 {
            return self.about.get(&part).copied().or(late);
        }
        let said = self.answer.map(|(answer, _)| answer);
        said.or(late).filter(|_| now >= self.reported(now))
    }

    fn class(&self, p: &Pledge) -> char {
        if self.is_collective() {
            return match self.answer {
                Some((Answer::Yes, _)) => 'k',
                Some((Answer::No, _)) => 'b',
                _ => 'e',
            };
        }
        let honor = matches!(
            self.terms.fulfilment,
            Fulfilment::Honor {} | Fulfilment::Challengeable { .. }
        );
        match (honor, p.checked_in, p.outcome) {
            (true, true, _) | (false, _, Some(Outcome::Did)) => 'k',
            (true, false, _) | (false, _, Some(Outcome::Didnt)) => 'b',
            _ => 'e',
        }
    }

    fn find(&mut self, name: &str) -> &mut Pledge {
        self.pledges
            .iter_mut()
            .find(|p| p.name == name)
            .expect("a pledge that was taken")
    }
}

/// What becomes of the stakes of those who broke it.
struct Split {
    forfeit: u128,
    keeper: u128,
    share: u128,
    rest: u128,
}

/// All actions, and what everybody has won or lost.
pub(crate) struct Reference {
    pub(crate) actions: Vec<Action>,
    gains: BTreeMap<(String, String), i128>,
    /// How many attested actions of at least ten somebody kept.
    kept: BTreeMap<String, u32>,
    stake: u128,
    min: u128,
    fee_bps: u128,
    /// Messages that bound several.
    pub(crate) bound_together: u64,
    pub(crate) funds: Funds,
    pub(crate) sequences: Sequences,
    /// How often one was open again after its confirm window.
    pub(crate) reopened: u64,
    pub(crate) registry: Registry,
    referred_kept: BTreeMap<String, u32>,
    /// Messages that released coins.
    pub(crate) releases: u64,
    /// How many of them paid what an answer released.
    pub(crate) parts_released: u64,
    /// How often an answer gave coins back.
    pub(crate) parts_returned: u64,
    /// Deposits that a vote decided on, and of those the ones whose class was used up.
    pub(crate) drawn: u64,
    pub(crate) drew_poorest: u64,
    /// The stand-in that judges challenges, once an action has them.
    pub(crate) verdict: Option<Addr>,
    choices: Vec<choices::Choice>,
    /// Ballots taken, and alternatives that lost.
    pub(crate) ballots: u64,
    pub(crate) dropped: u64,
    /// Proposals that became alternatives.
    pub(crate) filled: u64,
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
            bound_together: 0,
            funds: Funds::default(),
            sequences: Sequences::default(),
            reopened: 0,
            registry: Registry::default(),
            referred_kept: BTreeMap::new(),
            releases: 0,
            parts_released: 0,
            parts_returned: 0,
            drawn: 0,
            drew_poorest: 0,
            verdict: None,
            choices: vec![],
            ballots: 0,
            dropped: 0,
            filled: 0,
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

    /// What the sponsor may have back.
    pub(crate) fn bonus_rest(&mut self, now: u64, action: u64) -> u128 {
        self.refresh(now);
        let a = self.of(action);
        if !a.has_bonus() || (a.activated_at(now).is_none() && !a.has_failed(now)) {
            return 0;
        }
        let early = a.pledges.iter().filter(|p| p.early).count() as u128;
        a.bonus_fund - a.bonus_returned - a.bonus_each(now) * early
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

    pub(crate) fn is_open(&mut self, now: u64, action: u64) -> bool {
        self.of(action).is_open(now)
    }

    /// Finds what has failed with what it requires, until nothing changes. What a message bound is
    /// active whatever becomes of the others.
    pub(crate) fn refresh(&mut self, now: u64) {
        self.decide(now);
        self.fail_with_others(now);
        self.end_windows(now);
        self.fail_with_others(now);
    }

    /// Of the confirm windows that have ended: takes away what has nobody, then what requires it,
    /// until nothing changes.
    fn end_windows(&mut self, now: u64) {
        let ends: Vec<Option<u64>> = self
            .actions
            .iter()
            .map(|a| a.begun(now).map(|from| from + a.window()))
            .collect();
        for (i, end) in ends.iter().enumerate() {
            let (Some(end), id) = (*end, i as u64 + 1) else {
                continue;
            };
            let mut above = vec![id];
            let mut next = 0;
            while next < above.len() {
                for (j, a) in self.actions.iter_mut().enumerate() {
                    let other = j as u64 + 1;
                    if a.requires.contains(&above[next]) && !above.contains(&other) {
                        a.awaited = a.awaited.max(end);
                        above.push(other);
                    }
                }
                next += 1;
            }
        }
        let ended = |i: usize| ends[i].filter(|end| *end <= now);
        let own: Vec<u32> = self
            .actions
            .iter()
            .map(|a| {
                let sure = a.pledges.iter().filter(|p| p.confirmed && !p.gone);
                let needs: Vec<u32> = sure.map(|p| p.needs).collect();
                naive_committed(a.terms.goal, &needs)
            })
            .collect();
        let mut through: Vec<bool> = (0..own.len())
            .map(|i| ended(i).is_some() && own[i] > 0)
            .collect();
        loop {
            let falls = (0..own.len()).find(|i| {
                through[*i]
                    && self.actions[*i].requires.iter().any(|r| {
                        let r = *r as usize - 1;
                        let active = self.actions[r].activated_at(now).is_some();
                        !through[r] && !active
                    })
            });
            match falls {
                Some(i) => through[i] = false,
                None => break,
            }
        }
        for i in 0..own.len() {
            if let Some(end) = ended(i) {
                let a = &mut self.actions[i];
                a.decide(end, own[i], through[i]);
                self.reopened += u64::from(!a.lost && !through[i]);
            }
        }
    }

    fn fail_with_others(&mut self, now: u64) {
        loop {
            let failed: Vec<bool> = self.actions.iter().map(|a| a.has_failed(now)).collect();
            let mut changed = false;
            for a in self
                .actions
                .iter_mut()
                .filter(|a| !a.void && a.bound_at.is_none() && a.came_through.is_none())
            {
                if a.requires.iter().any(|r| failed[*r as usize - 1]) {
                    a.void = true;
                    changed = true;
                }
            }
            if !changed {
                return;
            }
        }
    }

    pub(crate) fn is_gone(&mut self, action: u64, name: &str) -> bool {
        self.of(action).find(name).gone
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

    /// Whether somebody has a pledge there that isn't paid.
    pub(crate) fn has(&mut self, action: u64, name: &str) -> bool {
        let a = self.of(action);
        a.pledges.iter().any(|p| p.name == name && !p.claimed)
    }

    pub(crate) fn is_bound(&mut self, now: u64, action: u64, name: &str) -> bool {
        let mine = self.of(action).find(name).clone();
        self.of(action).bound(now, &mine)
    }

    /// The numbers of those that confirm.
    pub(crate) fn confirming(&self, now: u64) -> Vec<u64> {
        let all = (1..).zip(&self.actions);
        all.filter(|(_, a)| a.is_confirming(now))
            .map(|(id, _)| id)
            .collect()
    }

    /// The numbers of those that take pledges, and of those that wait for a message.
    pub(crate) fn open(&self, now: u64, waiting: bool) -> Vec<u64> {
        let fits = |a: &Action| a.is_open(now) || (waiting && a.waits(now));
        let wanted = |a: &Action| fits(a) && (!waiting || (!a.by_time && a.bound_at.is_none()));
        let all = (1..).zip(&self.actions);
        all.filter(|(_, a)| wanted(a)).map(|(id, _)| id).collect()
    }

    /// A message bound an action with all that it requires.
    pub(crate) fn activate(&mut self, now: u64, action: u64) {
        let mut together = vec![action];
        let mut next = 0;
        while next < together.len() {
            let a = &self.actions[together[next] as usize - 1];
            for r in a.requires.clone() {
                let active = self.actions[r as usize - 1].activated_at(now).is_some();
                if !active && !together.contains(&r) {
                    together.push(r);
                }
            }
            next += 1;
        }
        self.bound_together += u64::from(together.len() > 1);
        for id in together {
            let a = self.of(id);
            assert!(!a.by_time && !a.has_failed(now), "{id} can't be bound");
            assert!(
                a.allowed_at(now).is_some_and(|at| at <= now),
                "{id} may not yet"
            );
            assert!(a.now_committed() > 0, "{id} is not ready");
            assert!(!a.is_confirming(now), "{id} is confirming");
            a.bound_at = Some(now);
        }
    }

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
                closes && a.requires.iter().all(|r| own(r).is_some())
            })
            .collect();
        for _ in 0..actions.len() {
            for (i, a) in actions.iter().enumerate() {
                by_time[i] &= a.requires.iter().filter_map(own).all(|r| by_time[r]);
            }
        }
        for (a, by_time) in actions.iter().zip(by_time) {
            self.start_one(cause, a, a.requires.is_empty() || by_time);
            let number = |r: &Requirement| match r {
                Requirement::Own(i) => first + u64::from(*i),
                Requirement::Action(id) => *id,
            };
            let last = self.actions.last_mut().expect("just pushed");
            last.requires = a.requires.iter().map(number).collect();
        }
    }

    fn start_one(&mut self, cause: u64, terms: &NewAction, by_time: bool) {
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

    pub(crate) fn pledge(&mut self, now: u64, action: u64, name: &str, needs: u32, staked: bool) {
        let a = self.of(action);
        let bonus = a.terms.bonus.as_ref();
        let early = staked && needs < a.terms.goal && bonus.is_some_and(|b| now < b.before);
        let pledge = Pledge {
            early,
            name: name.into(),
            needs,
            weight: 1,
            staked,
            ..Pledge::default()
        };
        self.add(now, action, pledge);
        if staked {
            let stake = self.stake as i128;
            self.pay(name, action, -stake);
        }
        let deposit = self.of(action).deposit();
        self.pay(name, action, -(deposit as i128));
    }

    pub(crate) fn confirm(&mut self, now: u64, action: u64, name: &str) {
        let a = self.of(action);
        assert!(a.is_confirming(now));
        let mine = a.find(name);
        assert!(!mine.gone && !mine.confirmed, "confirmed twice");
        mine.confirmed = true;
    }

    /// Whether they have a pledge on any action of the cause that they didn't withdraw.
    pub(crate) fn has_pledged(&self, cause: u64, name: &str) -> bool {
        let has = |a: &Action| a.cause == cause && a.pledges.iter().any(|p| p.name == name);
        self.actions.iter().any(has)
    }

    pub(crate) fn refer(&mut self, action: u64, name: &str, referrer: Option<String>) {
        if let Some(by) = &referrer {
            let cause = self.of(action).cause;
            assert!(
                by != name && self.has_pledged(cause, by),
                "{by} referred {name}"
            );
        }
        self.of(action).find(name).referrer = referrer;
    }

    pub(crate) fn referred_kept(&self, name: &str) -> u32 {
        self.referred_kept.get(name).copied().unwrap_or(0)
    }

    /// Coins for a purpose.
    pub(crate) fn pledge_coins(
        &mut self,
        now: u64,
        action: u64,
        name: &str,
        total: u32,
        units: u32,
    ) {
        let pledge = Pledge {
            name: name.into(),
            needs: total.max(1) - 1,
            weight: units,
            ..Pledge::default()
        };
        self.add(now, action, pledge);
        let coins = self.coins(units);
        self.pay(name, action, -coins);
    }

    fn coins(&self, units: u32) -> i128 {
        self.min as i128 * i128::from(units)
    }

    /// Tranches about which may be asked now.
    pub(crate) fn tranches_waiting(&mut self, now: u64) -> Vec<(u64, u8)> {
        let mut found = vec![];
        for (id, a) in (1..).zip(&mut self.actions) {
            let parts = a.parts();
            if parts.len() > 1 && a.activated_at(now).is_some() && now < a.judge_by(now) {
                let acts_from = a.reported(now) - a.terms.act_window - a.terms.report_window;
                let open = (0..parts.len() as u8).filter(|i| !a.about.contains_key(i));
                found.extend(open.filter(|_| now >= acts_from).map(|i| (id, i)));
            }
        }
        found
    }

    pub(crate) fn answer_tranche(&mut self, action: u64, tranche: u8, answer: Answer) {
        self.of(action).about.insert(tranche, answer);
    }

    /// Whatever is bound and wasn't paid yet goes to the beneficiary, but for the fee.
    pub(crate) fn release(&mut self, now: u64, action: u64) {
        let (min, fee_bps) = (self.min, self.fee_bps);
        let a = self.of(action);
        assert!(a.activated_at(now).is_some(), "{action} isn't active");
        if !a.parts().is_empty() {
            let next = a.paid;
            assert_eq!(a.answer_about(now, next), Some(Answer::Yes), "{action}");
            a.paid += 1;
            let amount = a.amounts(now, min)[usize::from(next)];
            self.releases += 1;
            self.parts_released += 1;
            let fee = amount * fee_bps / 10_000;
            self.pay("farmer", action, (amount - fee) as i128);
            return;
        }
        let bound = a.committed(now);
        let units = bound - a.released;
        assert!(units > 0, "nothing of {action} was left to release");
        a.released = bound;
        self.releases += 1;
        let amount = self.coins(units);
        let fee = amount * self.fee_bps as i128 / 10_000;
        self.pay("farmer", action, amount - fee);
    }

    fn add(&mut self, now: u64, action: u64, pledge: Pledge) {
        let a = self.of(action);
        a.pledges.push(pledge);
        if a.ready_since.is_none() && a.now_committed() > 0 {
            a.ready_since = Some(now);
        }
    }

    pub(crate) fn withdraw(&mut self, now: u64, action: u64, name: &str) {
        let a = self.of(action);
        let Pledge { staked, weight, .. } = *a.find(name);
        let in_coins = a.counts_coins();
        a.pledges.retain(|p| p.name != name);
        self.sequences.withdrawn(name, action);
        let a = self.of(action);
        if a.now_committed() == 0 {
            a.ready_since = None;
        }
        self.give_back(action, name, staked);
        if in_coins {
            let coins = self.coins(weight);
            self.pay(name, action, coins);
        }
        self.unscore(now, action, name);
    }

    fn give_back(&mut self, action: u64, name: &str, staked: bool) {
        let deposit = self.of(action).deposit();
        self.pay(name, action, deposit as i128);
        if staked {
            let stake = self.stake as i128;
            self.pay(name, action, stake);
        }
    }

    /// Withdraws, or is paid what is due once it ended without the person.
    pub(crate) fn leave(&mut self, now: u64, action: u64, name: &str) {
        if self.is_open(now, action) && !self.is_gone(action, name) {
            self.withdraw(now, action, name);
        } else {
            self.claim(now, action, name, name);
        }
    }

    pub(crate) fn check_in(&mut self, action: u64, name: &str) {
        self.of(action).find(name).checked_in = true;
    }

    /// Why the gate or the cap of an action refuses somebody, if it does.
    pub(crate) fn refusal(
        &self,
        action: u64,
        name: &str,
        address: &str,
        (needs, weight): (u32, u32),
    ) -> Option<&'static str> {
        let a = &self.actions[action as usize - 1];
        if let Some(max) = a.terms.max {
            if needs + 1 > max {
                return Some("beyond_max");
            }
            if a.pledges.iter().map(|p| p.weight).sum::<u32>() + weight > max {
                return Some("full");
            }
        }
        let gate = a.terms.gate.as_ref()?;
        let kept = self.kept.get(name).copied().unwrap_or(0);
        let unlisted = !gate.list.is_empty() && !gate.list.iter().any(|l| l == address);
        let unproven = gate.least_kept.is_some_and(|least| kept < least);
        (unlisted || unproven).then_some("not_admitted")
    }

    pub(crate) fn attest(
        &mut self,
        now: u64,
        action: u64,
        name: &str,
        judge: &str,
        outcome: Outcome,
    ) {
        let crowd = self.of(action).committed(now) >= 10;
        let pledge = self.of(action).find(name);
        if pledge.outcome.is_none() {
            pledge.said.insert(judge.into(), outcome);
            let agree = pledge.said.values().filter(|o| **o == outcome).count();
            pledge.outcome = (agree >= 2).then_some(outcome);
            let kept = crowd && pledge.outcome == Some(Outcome::Did);
            let by = pledge.referrer.clone();
            if kept {
                *self.kept.entry(name.to_owned()).or_default() += 1;
            }
            if let (true, Some(by)) = (kept, by) {
                *self.referred_kept.entry(by).or_default() += 1;
            }
        }
    }

    pub(crate) fn attest_outcome(&mut self, now: u64, action: u64, judge: &str, answer: Answer) {
        let a = self.of(action);
        assert!(a.answer.is_none() && now < a.judge_by(now));
        a.said.insert(judge.into(), answer);
        if a.said.values().filter(|said| **said == answer).count() >= 2 {
            a.answer = Some((answer, now));
        }
    }

    pub(crate) fn is_challenged(&self, action: u64, name: &str) -> bool {
        let a = &self.actions[action as usize - 1];
        let mine = a.pledges.iter().find(|p| p.name == name);
        mine.is_some_and(|p| p.challenge.is_some())
    }

    pub(crate) fn challenge(&mut self, now: u64, action: u64, name: &str) {
        let a = self.of(action);
        let mine = a.find(name).clone();
        assert!(a.bound(now, &mine) && mine.checked_in && !mine.claimed);
        assert!(now < a.pays_from(now));
        a.find(name).challenge = Some(None);
    }

    /// The challenged who wait for an answer.
    pub(crate) fn pending(&self) -> Vec<(u64, String)> {
        let all = (1..).zip(&self.actions);
        let each = all.flat_map(|(id, a)| a.pledges.iter().map(move |p| (id, p)));
        let waits = each.filter(|(_, p)| p.challenge == Some(None));
        waits.map(|(id, p)| (id, p.name.clone())).collect()
    }

    pub(crate) fn answer_challenge(&mut self, action: u64, name: &str, answer: Answer) {
        self.of(action).find(name).challenge = Some(Some(answer));
    }

    /// The totals are fixed: what rounding leaves is the campaign fund's.
    pub(crate) fn settle(&mut self, now: u64, action: u64) {
        self.fix_vote(now, action);
        if std::mem::replace(&mut self.of(action).settled, true) {
            return;
        }
        let split = self.split(now, action);
        let a = self.of(action);
        assert!(now >= a.pays_from(now), "settled too early");
        if let (cause, Some(denom)) = (a.cause, a.denom.clone()) {
            self.funds.add(cause, &denom, split.rest);
        }
    }

    fn split(&mut self, now: u64, action: u64) -> Split {
        let (stake, fee_bps) = (self.stake, self.fee_bps);
        let a = self.of(action);
        let bound: Vec<Pledge> = a.pledges.clone();
        let bound: Vec<Pledge> = bound
            .into_iter()
            .filter(|p| p.staked && a.bound(now, p))
            .collect();
        let count = |c| bound.iter().filter(|p| a.class(p) == c).count() as u128;
        let (kept, broken) = (count('k'), count('b'));
        let to = a.terms.forfeits_to.clone();
        let together = a.is_collective();
        let mut forfeit = if (kept == 0 && !together) || broken == 0 {
            0
        } else {
            stake
        };
        if matches!(to, Some(ForfeitsTo::Cooperators {})) && broken > 0 {
            forfeit = forfeit.min(stake * kept / broken);
        }
        let keeper = if together { 0 } else { forfeit / 100 };
        let pot = broken * (forfeit - keeper);
        let pot = pot - pot * fee_bps / 10_000;
        let sharers = match to {
            Some(ForfeitsTo::Everybody {}) => bound.len() as u128,
            Some(ForfeitsTo::Cooperators {}) => kept,
            _ => 0,
        };
        let share = pot.checked_div(sharers).unwrap_or(0);
        let rest = if sharers == 0 {
            0
        } else {
            pot - share * sharers
        };
        Split {
            forfeit,
            keeper,
            share,
            rest,
        }
    }

    /// What each unit has back of the first part that no Yes was said about, and all later ones.
    fn back_each(&mut self, now: u64, action: u64) -> u128 {
        let min = self.min;
        let a = self.of(action);
        if let Some(each) = a.back_each {
            return each;
        }
        let amounts = a.amounts(now, min);
        let denied = |i: &u8| a.answer_about(now, *i) != Some(Answer::Yes);
        let from = (a.paid..amounts.len() as u8).find(denied).expect("a part");
        assert!(a.answer_about(now, from).is_some(), "before its answer");
        let back: u128 = amounts[usize::from(from)..].iter().sum();
        let bound = u128::from(a.committed(now));
        a.back_each = Some(back / bound);
        let (cause, denom) = (a.cause, a.denom.clone().expect("coins have a denom"));
        self.funds.add(cause, &denom, back % bound);
        self.parts_returned += 1;
        back / bound
    }

    /// What the settlement table says, from the list.
    pub(crate) fn claim(&mut self, now: u64, action: u64, name: &str, by: &str) {
        let stake = self.stake;
        let a = self.of(action);
        let mine = a.find(name).clone();
        assert!(!mine.claimed, "paid twice");
        if mine.gone {
            a.pledges.retain(|p| p.name != name);
            self.sequences.withdrawn(name, action);
            self.give_back(action, name, mine.staked);
            return;
        }
        a.find(name).claimed = true;
        if a.counts_coins() && a.bound(now, &mine) {
            let back = self.back_each(now, action) * u128::from(mine.weight);
            self.pay(name, action, back as i128);
            return;
        }
        if a.counts_coins() {
            let coins = self.coins(mine.weight);
            self.pay(name, action, coins);
            return;
        }
        let bound = a.bound(now, &mine);
        if !bound {
            let deposit = self.of(action).deposit();
            self.pay(name, action, deposit as i128);
        }
        if bound {
            self.settle(now, action);
            assert_ne!(mine.challenge, Some(None), "paid before the answer");
        }
        if bound {
            let drawn = self.draw(action, name);
            self.pay(name, action, drawn);
        }
        let fell = mine.challenge == Some(Some(Answer::No));
        let a = self.of(action);
        let judged = matches!(a.terms.fulfilment, Fulfilment::Challengeable { .. });
        if bound && judged && mine.checked_in && !fell && a.committed(now) >= 10 {
            *self.kept.entry(name.to_owned()).or_default() += 1;
            if let Some(by) = mine.referrer.clone() {
                *self.referred_kept.entry(by).or_default() += 1;
            }
        }
        if !mine.staked {
            return;
        }
        if !bound {
            let early = mine.early;
            let bonus = if early {
                self.of(action).bonus_each(now)
            } else {
                0
            };
            self.pay(name, action, (stake + bonus) as i128);
            return;
        }
        let split = self.split(now, action);
        let a = self.of(action);
        let (class, to) = (a.class(&mine), a.terms.forfeits_to.clone());
        let share = match to {
            Some(ForfeitsTo::Everybody {}) => split.share,
            Some(ForfeitsTo::Cooperators {}) if class == 'k' => split.share,
            _ => 0,
        };
        if fell {
            let (cause, denom) = (a.cause, a.denom.clone().unwrap());
            let reward = reward(stake, &denom);
            if !matches!(to, Some(ForfeitsTo::Address { .. })) {
                self.funds.add(cause, &denom, stake + share - reward);
            }
            self.receive("challenger", &denom, reward);
            return;
        }
        let lost = if class == 'b' { split.forfeit } else { 0 };
        self.pay(name, action, (stake - lost + share) as i128);
        if class == 'b' && by != name {
            self.pay(by, action, split.keeper as i128);
        } else if class == 'b' {
            let a = self.of(action);
            let (cause, denom) = (a.cause, a.denom.clone().unwrap());
            self.funds.add(cause, &denom, split.keeper);
        }
    }
}
