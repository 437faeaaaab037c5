//! When an action activates and which phase it is in: derived from the block's time, so that
//! nothing reads stale because no one sent a transaction. All windows are half-open: a second that
//! ends one begins the next, so the phases partition time.
//!
//! An action that requires others binds by a message ([`Binding::ByMessage`]), unless it and all that
//! it requires close in one cause, where everything is known at the close. Until the message it
//! waits, locked, for [`Timeline::grace`] after its close.
//!
//! Of several alternatives none is ready before the choice, which falls well before any of them
//! locks or closes; at that second the others are dropped. With a confirm window ([`crate::confirm`])
//! it begins where the activation would be, which is then at its end.
//!
//! **Lemma.** With the facts fixed, the phase is a step function of time that only goes forward, but
//! for a trigger that is open again after its confirm window, and changes at most at the choice, the
//! lock, the close, the end of the grace, the two ends of the confirm window, the activation, the
//! failure of what it requires, the ends of the act and report windows and that of what is judged:
//! `now` is compared with nothing else. So the next change is the first of these after `now` at
//! which the phase differs, which is how [`Timeline::next_boundary`] finds it without stepping.

use crate::confirm::Confirmed;
pub use crate::facts::Facts;
pub use crate::phase::Phase;

/// When an action may activate. Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// One wave, final at `pledge_until`.
    AtClose {
        /// The close.
        pledge_until: u64,
    },
    /// One wave, once it has been ready (K* > 0) without a break for `hold` seconds, or at
    /// `pledge_until` if it is ready then.
    AtTrigger {
        /// Seconds: a moment's readiness would let the first small group shut out the rest.
        hold: u64,
        /// The close, if any.
        pledge_until: Option<u64>,
    },
    /// Bound from the moment it is ready; later pledgers join until the close.
    Rolling {
        /// The close.
        pledge_until: u64,
    },
}

/// What makes an action active once its schedule allows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Binding {
    /// Time alone.
    #[default]
    Derived,
    /// A message, which binds it together with what it requires.
    ByMessage {
        /// Seconds after the close for which it waits for that message.
        grace: u64,
    },
}

/// What is judged after the report window. Seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Check-ins can be challenged for so long. 0 = they can't.
    pub challenge_window: u64,
    /// An answer about the action as a whole is awaited for so long. 0 = none is.
    pub answer_window: u64,
}

/// The schedule of an action with its windows, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// When it may activate.
    pub schedule: Schedule,
    /// What makes it active then.
    pub binding: Binding,
    /// So long before the close nobody may withdraw. 0 = no lock.
    pub lock: u64,
    /// To confirm in, before anybody is bound. 0 = nobody need confirm; always so if `rolling`.
    pub confirm: u64,
    /// To act in.
    pub act_window: u64,
    /// To report in, after the act window.
    pub report_window: u64,
    /// What is judged after that.
    pub judged: Judged,
}

/// The windows after activation. Each ends where the next begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Windows {
    /// Acting begins. Of a `rolling` action: the later of activation and close.
    pub act_from: u64,
    /// Reporting begins.
    pub report_from: u64,
    /// Reporting has ended, and what is judged begins.
    pub judge_from: u64,
    /// Stakes that are judged singly are final: no check-in can be challenged any more.
    pub stakes_from: u64,
    /// Everything is final, even if no answer was stored.
    pub settled_from: u64,
}

impl Timeline {
    /// The moment from which nobody can pledge, if there is one.
    #[must_use]
    pub const fn pledge_until(&self) -> Option<u64> {
        match self.schedule {
            Schedule::AtClose { pledge_until } | Schedule::Rolling { pledge_until } => {
                Some(pledge_until)
            }
            Schedule::AtTrigger { pledge_until, .. } => pledge_until,
        }
    }

    /// The moment from which nobody can withdraw, if there is a lock.
    #[must_use]
    pub const fn locked_from(&self) -> Option<u64> {
        match self.pledge_until() {
            Some(close) if self.lock > 0 => Some(close.saturating_sub(self.lock)),
            _ => None,
        }
    }

    /// The second from which its own schedule allows it to be active, if the facts stay as they
    /// are: an `at_close` action at its close, an `at_trigger` one when the hold has run or at the
    /// close if that is sooner, a `rolling` one as soon as it was ready.
    ///
    /// `ready_at_close` says whether an `at_close` action binds at its close; it is asked only from
    /// then on, since for the others `ready_since` knows it.
    ///
    /// # Errors
    /// Whatever `ready_at_close` returns.
    pub fn allowed_at<E>(
        &self,
        facts: Facts,
        ready_at_close: impl FnOnce() -> Result<bool, E>,
        now: u64,
    ) -> Result<Option<u64>, E> {
        Ok(match self.schedule {
            Schedule::AtClose { pledge_until } => {
                (now >= pledge_until && ready_at_close()?).then_some(pledge_until)
            }
            Schedule::AtTrigger { hold, pledge_until } => facts.ready().map(|since| {
                let held = since.saturating_add(hold);
                pledge_until.map_or(held, |close| close.min(held))
            }),
            Schedule::Rolling { .. } => facts.ready(),
        })
    }

    /// The second at which the action activated, if it has by `now`: that of the message that bound
    /// it, or the one from which its schedule allowed it, or the end of the confirm window that
    /// began then. See [`Self::allowed_at`] for `ready_at_close`.
    ///
    /// # Errors
    /// Whatever `ready_at_close` returns.
    pub fn activated_at<E>(
        &self,
        facts: Facts,
        ready_at_close: impl FnOnce() -> Result<bool, E>,
        now: u64,
    ) -> Result<Option<u64>, E> {
        if facts.cancelled || facts.is_dropped(now) {
            return Ok(None);
        }
        let facts = self.after_confirming(facts, now);
        let begins = self.begins_at(facts, ready_at_close, now)?;
        let bound = self.confirm == 0 || facts.confirmed == Confirmed::Together;
        let at = begins.filter(|_| bound);
        let at = at.map(|at| at.saturating_add(self.confirm));
        Ok(at.filter(|at| *at <= now))
    }

    /// The last second before which a message must have bound it; `None` where it waits for ever,
    /// or for no message. For `awaited_until` see [`Facts`].
    #[must_use]
    pub const fn grace_until(&self, awaited_until: Option<u64>) -> Option<u64> {
        let (Binding::ByMessage { grace }, Some(close)) = (self.binding, self.pledge_until())
        else {
            return None;
        };
        Some(match awaited_until {
            Some(end) if end > close => end.saturating_add(grace),
            _ => close.saturating_add(grace),
        })
    }

    /// The second at which an action that is `Failed` by its own schedule failed: at the end of the
    /// confirm window that too few confirmed in; at its close if it wasn't ready there, else at the
    /// end of the grace. `None` where it can't fail by itself.
    ///
    /// # Errors
    /// Whatever `ready_at_close` returns.
    pub fn failed_at<E>(
        &self,
        facts: Facts,
        ready_at_close: impl FnOnce() -> Result<bool, E>,
        now: u64,
    ) -> Result<Option<u64>, E> {
        let facts = self.after_confirming(facts, now);
        let (begun, waited) = match self.binding {
            Binding::Derived => (self.allowed_at(facts, ready_at_close, now)?, false),
            Binding::ByMessage { .. } if facts.bound_at.is_some() => (facts.bound_at, false),
            Binding::ByMessage { .. } => {
                let ready = self.allowed_at(facts, ready_at_close, now)?.is_some();
                (None, ready)
            }
        };
        Ok(match begun {
            // Without a confirm window it would be active.
            Some(begun) => Some(begun.saturating_add(self.confirm)),
            _ if waited => self.grace_until(facts.awaited_until),
            _ => self.pledge_until(),
        })
    }

    /// The windows of an action that activated at `activated_at`.
    #[must_use]
    pub const fn windows(&self, activated_at: u64) -> Windows {
        let act_from = match self.schedule {
            // The later of the two: a message may bind it after its close.
            Schedule::Rolling { pledge_until } if pledge_until > activated_at => pledge_until,
            _ => activated_at,
        };
        let report_from = act_from.saturating_add(self.act_window);
        let judge_from = report_from.saturating_add(self.report_window);
        let stakes_from = judge_from.saturating_add(self.judged.challenge_window);
        let answered_by = judge_from.saturating_add(self.judged.answer_window);
        Windows {
            act_from,
            report_from,
            judge_from,
            stakes_from,
            settled_from: if answered_by > stakes_from {
                answered_by
            } else {
                stakes_from
            },
        }
    }

    /// From when everything is final of an action that activated at `activated_at`: an answer that
    /// was stored sooner ends the wait for it, not that for challenges.
    #[must_use]
    pub fn settled_from(&self, facts: Facts, activated_at: u64) -> u64 {
        let windows = self.windows(activated_at);
        match facts.answered_at {
            Some(answered) => answered.max(windows.stakes_from).min(windows.settled_from),
            None => windows.settled_from,
        }
    }

    /// The phase at `now`. See [`Self::activated_at`] for `ready_at_close`.
    ///
    /// # Errors
    /// Whatever `ready_at_close` returns.
    pub fn phase<E>(
        &self,
        facts: Facts,
        ready_at_close: impl FnOnce() -> Result<bool, E>,
        now: u64,
    ) -> Result<Phase, E> {
        if facts.cancelled {
            return Ok(Phase::Cancelled);
        }
        if facts.is_dropped(now) {
            return Ok(Phase::Dropped);
        }
        let facts = self.after_confirming(facts, now);
        let is_void = facts.void_from.is_some_and(|from| now >= from);
        let begun = match (self.binding, facts.bound_at) {
            (Binding::Derived, _) => self.allowed_at(facts, ready_at_close, now)?,
            (Binding::ByMessage { .. }, Some(at)) if at <= now => Some(at),
            // It waits past its close only if it is ready there.
            (Binding::ByMessage { .. }, _) if self.is_closed(now) => {
                let grace_until = self.grace_until(facts.awaited_until);
                let void = is_void
                    || grace_until.is_none_or(|end| now >= end)
                    || self.allowed_at(facts, ready_at_close, now)?.is_none();
                return Ok(if void { Phase::Failed } else { Phase::Locked });
            }
            (Binding::ByMessage { .. }, _) => None,
        };
        if let Some(begun) = begun.filter(|at| *at <= now) {
            let at = begun.saturating_add(self.confirm);
            if now < at && !is_void {
                return Ok(Phase::Confirming);
            }
            if self.confirm > 0 && (now < at || facts.confirmed != Confirmed::Together) {
                return Ok(Phase::Failed);
            }
            let windows = self.windows(at);
            if now >= self.settled_from(facts, at) {
                return Ok(Phase::Settled);
            }
            if now >= windows.judge_from {
                return Ok(Phase::Judging);
            }
            if now >= windows.report_from {
                return Ok(Phase::Reporting);
            }
            if now >= windows.act_from {
                return Ok(Phase::Acting);
            }
        } else if is_void || self.is_closed(now) {
            return Ok(Phase::Failed);
        }
        if self.locked_from().is_some_and(|lock| now >= lock) {
            Ok(Phase::Locked)
        } else {
            Ok(Phase::Pledging)
        }
    }

    /// Whether its close has passed. One that waits for a message past it is open to nobody.
    #[must_use]
    pub fn is_closed(&self, now: u64) -> bool {
        self.pledge_until().is_some_and(|close| now >= close)
    }

    /// The next second after `now` at which time alone changes the phase, by the lemma above.
    /// `None` where only a message can change it. Before the close of an `at_close` action
    /// `ready_at_close` speaks of the pledges that stand now; the answer is the same either way.
    ///
    /// # Errors
    /// Whatever `ready_at_close` returns.
    pub fn next_boundary<E>(
        &self,
        facts: Facts,
        ready_at_close: impl Fn() -> Result<bool, E>,
        now: u64,
    ) -> Result<Option<u64>, E> {
        let begins = self.begins_at(facts, &ready_at_close, u64::MAX)?;
        let active_at = self.activated_at(facts, &ready_at_close, u64::MAX)?;
        let windows = active_at.map(|at| self.windows(at));
        let candidates = [
            self.locked_from(),
            self.pledge_until(),
            self.grace_until(facts.awaited_until),
            facts.void_from,
            facts.chosen_at,
            begins,
            begins.map(|at| at.saturating_add(self.confirm)),
            active_at,
            windows.map(|w| w.report_from),
            windows.map(|w| w.judge_from),
            active_at.map(|at| self.settled_from(facts, at)),
        ];
        let here = self.phase(facts, &ready_at_close, now)?;
        let mut next: Option<u64> = None;
        for at in candidates.into_iter().flatten().filter(|at| *at > now) {
            if self.phase(facts, &ready_at_close, at)? != here && next.is_none_or(|n| at < n) {
                next = Some(at);
            }
        }
        Ok(next)
    }
}
