//! Refund bonuses: who was early, and what the sponsor has back.

use super::{Action, Reference};

impl Action {
    pub(crate) fn bonus_left(&self) -> bool {
        self.bonus_fund > self.bonus_returned
    }

    pub(crate) fn has_bonus(&self) -> bool {
        self.terms.bonus.is_some()
    }

    /// To each who was ready early, where too few were in at the close.
    pub(super) fn bonus_each(&self, now: u64) -> u128 {
        let early = self.pledges.iter().filter(|p| p.early).count() as u128;
        match &self.terms.bonus {
            Some(bonus) if early > 0 && self.has_failed(now) && !self.cancelled => {
                bonus.per_pledge.u128().min(self.bonus_fund / early)
            }
            _ => 0,
        }
    }
}

impl Reference {
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
}
