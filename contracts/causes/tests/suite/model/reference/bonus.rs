//! Refund bonuses: who was early, and what the sponsor has back.

use super::{Action, Reference};

impl Action {
    pub(crate) fn bonus_left(&self) -> bool {
        self.bonus_fund > self.bonus_returned
    }

    pub(crate) fn has_bonus(&self) -> bool {
        self.terms.bonus.is_some()
    }

    /// Whether it had ended without anybody bound by that second, as far as it goes by itself. Confirm
    /// windows are none of this: with one there is no bonus, and what it requires has the same.
    fn ended_alone_by(&self, second: u64) -> bool {
        let chosen = self.chosen_at.is_some_and(|at| at <= second);
        let missed = self.closed(second) && !self.waits(second);
        // Not `void`: what failed with others had enough for itself.
        let bound = if self.by_time {
            self.allowed_at(second)
        } else {
            self.bound_at
        };
        (self.dropped && chosen) || (missed && bound.is_none())
    }

    /// To each who was ready early, where too few were in at the close. `others`: nothing that it
    /// requires had failed by then.
    pub(super) fn bonus_each(&self, now: u64, others: bool) -> u128 {
        let early = self.pledges.iter().filter(|p| p.early).count() as u128;
        let missed = others && self.now_committed() == 0 && self.closed(now);
        match &self.terms.bonus {
            Some(bonus) if early > 0 && missed && self.has_failed(now) && !self.cancelled => {
                bonus.per_pledge.u128().min(self.bonus_fund / early)
            }
            _ => 0,
        }
    }
}

impl Reference {
    /// Whether nothing that it requires, directly or not, had failed by its close.
    pub(super) fn others_held(&self, action: u64) -> bool {
        let one = |id: u64| &self.actions[id as usize - 1];
        let Some(close) = one(action).terms.schedule.pledge_until() else {
            return true;
        };
        let mut all = vec![action];
        let mut next = 0;
        while next < all.len() {
            for required in &one(all[next]).requires {
                if !all.contains(required) {
                    all.push(*required);
                }
            }
            next += 1;
        }
        all[1..].iter().all(|id| !one(*id).ended_alone_by(close))
    }

    /// What the sponsor may have back.
    pub(crate) fn bonus_rest(&mut self, now: u64, action: u64) -> u128 {
        self.refresh(now);
        let others = self.others_held(action);
        let a = self.of(action);
        if !a.has_bonus() || (a.activated_at(now).is_none() && !a.has_failed(now)) {
            return 0;
        }
        let early = a.pledges.iter().filter(|p| p.early).count() as u128;
        a.bonus_fund - a.bonus_returned - a.bonus_each(now, others) * early
    }
}
