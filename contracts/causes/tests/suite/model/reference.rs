//! The naive reference: lists, loops and no shared arithmetic.

use std::collections::BTreeMap;

use muster_schema::causes::{ForfeitsTo, Fulfilment, NewAction, Schedule};

use crate::common::Outcome;

#[derive(Clone, Default)]
struct Pledge {
    name: String,
    needs: u32,
    staked: bool,
    checked_in: bool,
    said: BTreeMap<String, Outcome>,
    outcome: Option<Outcome>,
    claimed: bool,
}

pub(crate) struct Action {
    pub(crate) cause: u64,
    pub(crate) denom: Option<String>,
    terms: NewAction,
    pledges: Vec<Pledge>,
    ready_since: Option<u64>,
    cancelled: bool,
    /// The committed set once it can't change: forever, whoever claims.
    fixed: Option<u32>,
}

/// Tries every size from the largest down.
pub(crate) fn naive_committed(goal: u32, needs: &[u32]) -> u32 {
    let fits = |k: u32| needs.iter().filter(|n| **n < k).count() as u32 >= k && k >= goal;
    (1..=needs.len() as u32)
        .rev()
        .find(|k| fits(*k))
        .unwrap_or(0)
}

impl Action {
    fn now_committed(&self) -> u32 {
        let needs: Vec<u32> = self.pledges.iter().map(|p| p.needs).collect();
        naive_committed(self.terms.goal, &needs)
    }

    pub(crate) fn activated_at(&self, now: u64) -> Option<u64> {
        if self.cancelled {
            return None;
        }
        match self.terms.schedule {
            Schedule::AtClose { pledge_until } => {
                (now >= pledge_until && self.now_committed() > 0).then_some(pledge_until)
            }
            Schedule::Rolling { .. } => self.ready_since,
            Schedule::AtTrigger { hold, pledge_until } => {
                let at = (self.ready_since? + hold).min(pledge_until.unwrap_or(u64::MAX));
                (at <= now).then_some(at)
            }
        }
    }

    fn closed(&self, now: u64) -> bool {
        self.terms
            .schedule
            .pledge_until()
            .is_some_and(|close| now >= close)
    }

    pub(crate) fn is_open(&self, now: u64) -> bool {
        let rolling = matches!(self.terms.schedule, Schedule::Rolling { .. });
        !self.cancelled && !self.closed(now) && (rolling || self.activated_at(now).is_none())
    }

    pub(crate) fn committed(&mut self, now: u64) -> u32 {
        if let Some(fixed) = self.fixed {
            return fixed;
        }
        let active = self.activated_at(now).is_some();
        if self.cancelled || (self.closed(now) && !active) {
            return 0;
        }
        let k = self.now_committed();
        if active && !self.is_open(now) {
            self.fixed = Some(k);
        }
        k
    }

    fn bound(&mut self, now: u64, pledge: &Pledge) -> bool {
        self.activated_at(now).is_some() && pledge.needs < self.committed(now)
    }

    fn find(&mut self, name: &str) -> &mut Pledge {
        self.pledges
            .iter_mut()
            .find(|p| p.name == name)
            .expect("a pledge that was taken")
    }
}

/// All actions, and what everybody has won or lost.
pub(crate) struct Reference {
    pub(crate) actions: Vec<Action>,
    gains: BTreeMap<(String, String), i128>,
    stake: u128,
    fee_bps: u128,
}

impl Reference {
    pub(crate) fn new(stake: u128, fee_bps: u128) -> Self {
        Self {
            actions: vec![],
            gains: BTreeMap::new(),
            stake,
            fee_bps,
        }
    }

    pub(crate) fn gain(&self, name: &str, denom: &str) -> i128 {
        *self
            .gains
            .get(&(name.to_owned(), denom.to_owned()))
            .unwrap_or(&0)
    }

    fn pay(&mut self, name: &str, action: u64, amount: i128) {
        if let Some(denom) = self.of(action).denom.clone() {
            *self.gains.entry((name.to_owned(), denom)).or_default() += amount;
        }
    }

    fn of(&mut self, action: u64) -> &mut Action {
        &mut self.actions[action as usize - 1]
    }

    pub(crate) fn is_open(&mut self, now: u64, action: u64) -> bool {
        self.of(action).is_open(now)
    }

    pub(crate) fn start(&mut self, cause: u64, terms: &NewAction) {
        let denom = terms.stake.as_ref().map(|s| s.coin.denom.clone());
        let terms = terms.clone();
        let (pledges, ready_since, cancelled, fixed) = (vec![], None, false, None);
        self.actions.push(Action {
            cause,
            denom,
            terms,
            pledges,
            ready_since,
            cancelled,
            fixed,
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
        a.pledges.push(Pledge {
            name: name.into(),
            needs,
            staked,
            ..Pledge::default()
        });
        if a.ready_since.is_none() && a.now_committed() > 0 {
            a.ready_since = Some(now);
        }
        if staked {
            let stake = self.stake as i128;
            self.pay(name, action, -stake);
        }
    }

    pub(crate) fn withdraw(&mut self, _now: u64, action: u64, name: &str) {
        let a = self.of(action);
        let staked = a.find(name).staked;
        a.pledges.retain(|p| p.name != name);
        if a.now_committed() == 0 {
            a.ready_since = None;
        }
        if staked {
            let stake = self.stake as i128;
            self.pay(name, action, stake);
        }
    }

    pub(crate) fn check_in(&mut self, action: u64, name: &str) {
        self.of(action).find(name).checked_in = true;
    }

    pub(crate) fn attest(&mut self, action: u64, name: &str, judge: &str, outcome: Outcome) {
        let pledge = self.of(action).find(name);
        if pledge.outcome.is_none() {
            pledge.said.insert(judge.into(), outcome);
            let agree = pledge.said.values().filter(|o| **o == outcome).count();
            pledge.outcome = (agree >= 2).then_some(outcome);
        }
    }

    /// What the settlement table says, from the list.
    pub(crate) fn claim(&mut self, now: u64, action: u64, name: &str, by: &str) {
        let (stake, fee_bps) = (self.stake, self.fee_bps);
        let a = self.of(action);
        let mine = a.find(name).clone();
        assert!(!mine.claimed, "paid twice");
        a.find(name).claimed = true;
        if !mine.staked {
            return;
        }
        if !a.bound(now, &mine) {
            self.pay(name, action, stake as i128);
            return;
        }
        let honor = matches!(a.terms.fulfilment, Fulfilment::Honor {});
        let class = |p: &Pledge| match (honor, p.checked_in, p.outcome) {
            (true, true, _) | (false, _, Some(Outcome::Did)) => 'k',
            (true, false, _) | (false, _, Some(Outcome::Didnt)) => 'b',
            _ => 'e',
        };
        let bound: Vec<Pledge> = a.pledges.clone();
        let bound: Vec<Pledge> = bound
            .into_iter()
            .filter(|p| p.staked && a.bound(now, p))
            .collect();
        let count = |c| bound.iter().filter(|p| class(p) == c).count() as u128;
        let (kept, broken) = (count('k'), count('b'));
        let to = a.terms.forfeits_to.clone();
        let mut forfeit = if kept == 0 || broken == 0 { 0 } else { stake };
        if matches!(to, Some(ForfeitsTo::Cooperators {})) && broken > 0 {
            forfeit = forfeit.min(stake * kept / broken);
        }
        let keeper = forfeit / 100;
        let pot = broken * (forfeit - keeper);
        let pot = pot - pot * fee_bps / 10_000;
        let share = match to {
            Some(ForfeitsTo::Everybody {}) => pot / bound.len() as u128,
            Some(ForfeitsTo::Cooperators {}) if class(&mine) == 'k' && kept > 0 => pot / kept,
            _ => 0,
        };
        let lost = if class(&mine) == 'b' { forfeit } else { 0 };
        self.pay(name, action, (stake - lost + share) as i128);
        if class(&mine) == 'b' && by != name {
            self.pay(by, action, keeper as i128);
        }
    }
}
