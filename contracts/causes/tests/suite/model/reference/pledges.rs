//! Pledges that come and go.

use super::super::pledges::{Shown, person};
use super::{Action, Pledge, Reference};

impl Reference {
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
        assert_eq!(self.of(action).waits_for, None, "{action} waits");
        self.add(now, action, pledge);
        if staked {
            let stake = self.stake as i128;
            self.pay(name, action, -stake);
        }
        let deposit = self.of(action).deposit();
        self.pay(name, action, -(deposit as i128));
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

    pub(super) fn add(&mut self, now: u64, action: u64, pledge: Pledge) {
        let a = self.of(action);
        a.pledges.push(pledge);
        a.ever_pledged = true;
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

    pub(super) fn give_back(&mut self, action: u64, name: &str, staked: bool) {
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
        shown: Shown,
    ) -> Option<&'static str> {
        let a = &self.actions[action as usize - 1];
        let attested = a.is_for_attested();
        if attested != (shown != Shown::Nothing) {
            return Some("not_admitted");
        }
        if let Some(max) = a.terms.max {
            if needs + 1 > max {
                return Some("beyond_max");
            }
            if a.pledged() + weight > max {
                return Some("full");
            }
        }
        let gate = a.terms.gate.as_ref()?;
        let kept = self.kept.get(name).copied().unwrap_or(0);
        let unlisted = !gate.list.is_empty() && !gate.list.iter().any(|l| l == address);
        let unproven = gate.least_kept.is_some_and(|least| kept < least);
        if unlisted || unproven {
            return Some("not_admitted");
        }
        let same = |p: &Pledge| person(&p.name) == person(name);
        match shown {
            Shown::Forged => Some("bad_credential"),
            Shown::True if a.pledges.iter().any(same) => Some("same_person"),
            _ => None,
        }
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

    pub(crate) fn is_gone(&mut self, action: u64, name: &str) -> bool {
        self.of(action).find(name).gone
    }

    pub(crate) fn is_open(&mut self, now: u64, action: u64) -> bool {
        self.of(action).is_open(now)
    }
}
