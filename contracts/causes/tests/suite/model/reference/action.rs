//! An action in time: what its list of pledges comes to when.

use muster_schema::causes::Schedule;
use muster_schema::causes::limits::GRACE;

use super::{Action, Pledge, naive_weighted};

impl Action {
    pub(super) fn now_committed(&self) -> u32 {
        let there = self.pledges.iter().filter(|p| !p.gone);
        let all: Vec<_> = there.map(|p| (p.needs, p.weight)).collect();
        naive_weighted(self.terms.goal, &all)
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

    pub(super) fn window(&self) -> u64 {
        self.terms.confirm_window.unwrap_or(0)
    }

    /// When its confirm window began that hasn't been decided yet.
    pub(super) fn begun(&self, now: u64) -> Option<u64> {
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

    pub(crate) fn pledged(&self) -> u32 {
        let there = self.pledges.iter().filter(|p| !p.gone);
        there.map(|p| p.weight).sum()
    }

    /// The end of a confirm window, told whether it and all that it requires came through.
    pub(super) fn decide(&mut self, end: u64, own: u32, through: bool) {
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

    pub(super) fn allowed_at(&self, now: u64) -> Option<u64> {
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
    pub(super) fn ready(&self) -> Option<u64> {
        Some(self.ready_since?.max(self.chosen_at.unwrap_or(0)))
    }

    pub(super) fn closed(&self, now: u64) -> bool {
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
    pub(super) fn waits(&self, now: u64) -> bool {
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

    pub(super) fn has_failed(&self, now: u64) -> bool {
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

    pub(super) fn find(&mut self, name: &str) -> &mut Pledge {
        self.pledges
            .iter_mut()
            .find(|p| p.name == name)
            .expect("a pledge that was taken")
    }
}
