//! Where a message would make sense: the generator mostly aims there.

use muster_schema::causes::{Answer, Fulfilment, OutcomeBy};

use super::super::Random;
use super::{Action, Pledge, Reference};

impl Action {
    pub(crate) fn takes_reports(&self, now: u64) -> bool {
        self.activated_at(now).is_some() && now < self.reported(now)
    }

    pub(crate) fn checks_in(&mut self, now: u64, p: &Pledge) -> bool {
        let singly = !self.counts_coins() && !self.is_collective();
        let open = !p.claimed && !p.checked_in;
        singly && open && self.takes_reports(now) && self.bound(now, p)
    }

    pub(crate) fn attests(&mut self, now: u64, p: &Pledge) -> bool {
        let attested = matches!(self.terms.fulfilment, Fulfilment::Attested { .. });
        attested && p.outcome.is_none() && self.takes_reports(now) && self.bound(now, p)
    }

    pub(crate) fn is_for_attested(&self) -> bool {
        let gate = self.terms.gate.as_ref();
        gate.is_some_and(|gate| gate.attested.is_some())
    }

    /// Judged as a whole by a jury.
    pub(crate) fn is_voted_on(&self) -> bool {
        let by = self.terms.outcome.as_ref().map(|outcome| &outcome.by);
        let jury = matches!(by, Some(OutcomeBy::Vote(_))) && !self.has_deposit();
        jury && self.parts().len() < 2
    }

    /// Whether a verdict may be asked about it as a whole now; with `early`, whether it may not yet.
    pub(crate) fn is_askable(&self, now: u64, early: bool) -> bool {
        let open = self.is_voted_on() && self.answer.is_none() && self.asked.is_none();
        let active = open && self.activated_at(now).is_some();
        active && now < self.judge_by(now) && early == (now < self.reported(now))
    }

    /// Whether an attestor may state what somebody saved.
    pub(crate) fn saves(&mut self, now: u64, p: &Pledge) -> bool {
        self.terms.saving.is_some() && self.bound(now, p)
    }

    /// Whether a message may bind it now, as far as it knows by itself.
    pub(crate) fn may_bind(&self, now: u64) -> bool {
        let waits = !self.by_time && self.bound_at.is_none();
        waits && (self.is_open(now) || self.waits(now)) && self.allowed_at(now).is_some()
    }

    pub(crate) fn may_confirm(&self, now: u64, p: &Pledge) -> bool {
        self.is_confirming(now) && !p.gone && !p.confirmed
    }

    pub(crate) fn takes_word(&mut self, now: u64) -> bool {
        let by = self.terms.outcome.as_ref().map(|outcome| &outcome.by);
        matches!(by, Some(OutcomeBy::Attested { .. }))
            && self.answer.is_none()
            && self.activated_at(now).is_some()
            && now < self.judge_by(now)
    }

    pub(crate) fn challenges(&mut self, now: u64, p: &Pledge) -> bool {
        let judged = matches!(self.terms.fulfilment, Fulfilment::Challengeable { .. });
        let open = p.checked_in && !p.claimed && p.challenge.is_none();
        judged
            && open
            && self.activated_at(now).is_some()
            && now < self.pays_from(now)
            && self.bound(now, p)
    }

    pub(crate) fn settles(&self, now: u64) -> bool {
        let active = self.activated_at(now).is_some() && !self.counts_coins();
        active && !self.settled && now >= self.pays_from(now)
    }

    pub(crate) fn releases(&mut self, now: u64) -> bool {
        if !self.counts_coins() || self.activated_at(now).is_none() {
            return false;
        }
        if self.parts().is_empty() {
            return self.committed(now) > self.released;
        }
        let next = self.paid;
        let left = usize::from(next) < self.parts().len() && self.back_each.is_none();
        left && self.answer_about(now, next) == Some(Answer::Yes)
    }

    pub(crate) fn pays(&mut self, now: u64, p: &Pledge) -> bool {
        if p.claimed || p.gone || self.has_failed(now) {
            return !p.claimed;
        }
        if self.is_open(now) || self.activated_at(now).is_none() {
            return false;
        }
        if !self.bound(now, p) {
            return true;
        }
        if self.counts_coins() {
            let next = self.paid;
            let denied = |answer: Option<_>| answer.is_some_and(|a| a != Answer::Yes);
            let left = usize::from(next) < self.parts().len();
            return self.back_each.is_some() || (left && denied(self.answer_about(now, next)));
        }
        now >= self.pays_from(now) && p.challenge != Some(None)
    }

    /// Whether somebody might come to a bonus.
    pub(crate) fn has_early(&self) -> bool {
        self.pledges.iter().any(|p| p.early)
    }

    pub(crate) fn has_pledge_of(&self, name: &str) -> bool {
        self.pledges.iter().any(|p| p.name == name)
    }

    pub(crate) fn is_locked(&self, now: u64) -> bool {
        let close = self.terms.schedule.pledge_until();
        close.is_some_and(|close| now + self.terms.lock >= close)
    }
}

impl Reference {
    /// One of the actions that fit, mostly; now and then any, and rather one of the newest. `None`
    /// where none fits, mostly.
    pub(crate) fn action_for(
        &mut self,
        r: &mut Random,
        fits: impl Fn(&mut Action) -> bool,
    ) -> Option<u64> {
        let all = (1..).zip(&mut self.actions);
        let found: Vec<u64> = all.filter_map(|(id, a)| fits(a).then_some(id)).collect();
        let count = self.actions.len() as u64;
        match r.below(16) {
            0 => Some(1 + r.below(count)),
            1 => Some(count - r.below(count.min(6))),
            _ if found.is_empty() => None,
            _ => Some(*r.one_of(&found)),
        }
    }

    /// The same of somebody's pledge.
    pub(crate) fn pledge_for(
        &mut self,
        r: &mut Random,
        fits: impl Fn(&mut Action, &Pledge) -> bool,
    ) -> Option<(u64, String)> {
        let mut found = vec![];
        for (id, a) in (1..).zip(&mut self.actions) {
            for p in a.pledges.clone() {
                if fits(a, &p) {
                    found.push((id, p.name));
                }
            }
        }
        if !found.is_empty() && r.below(6) > 0 {
            return Some(r.one_of(&found).clone());
        }
        Some((self.action_for(r, |_| false)?, r.name()))
    }

    pub(crate) fn checks_in(&mut self, now: u64, action: u64, name: &str) -> bool {
        let a = self.of(action);
        let mine = a.pledges.iter().find(|p| p.name == name).cloned();
        mine.is_some_and(|p| a.checks_in(now, &p))
    }

    pub(crate) fn saves(&mut self, now: u64, action: u64, name: &str) -> bool {
        let a = self.of(action);
        let mine = a.pledges.iter().find(|p| p.name == name).cloned();
        mine.is_some_and(|p| a.saves(now, &p))
    }

    pub(crate) fn may_have_done(&mut self, now: u64, action: u64, name: &str) -> bool {
        let a = self.of(action);
        let again = a.already.iter().any(|who| who == name);
        a.is_open(now) && !a.counts_coins() && !again && !a.has_pledge_of(name)
    }

    pub(crate) fn already_did(&mut self, action: u64, name: &str) {
        self.of(action).already.push(name.to_owned());
    }
}
