//! An action as of a time: everything that time decides, derived by `mechanism`.
//! Pure: rows in, answers out. The same rules as the contract's, on the same arithmetic.

use muster_mechanism::committed::{self, Bucket, Committed};
use muster_mechanism::forfeits::{self, Forfeits, Stakes};
use muster_mechanism::grid;
use muster_mechanism::schedule::{Facts, Phase, Windows};
use muster_schema::causes::event::Settled;
use muster_schema::causes::{Answer, ForfeitsTo, Schedule};

use super::state::{ActionState, Class, Deed};

/// An action with its thresholds, as of a time.
#[derive(Clone, Debug)]
pub struct Live {
    /// The row.
    pub state: ActionState,
    /// Thresholds above the goal, descending.
    pub buckets: Vec<Bucket>,
    /// Those of the confirmed.
    pub confirmed: Vec<Bucket>,
}

impl Live {
    fn ready_at_close(&self) -> Result<bool, ()> {
        // What binds with others at its close doesn't once one of them has failed.
        Ok(self.state.bound.map_or_else(
            || self.state.void_from.is_none() && self.scan().people > 0,
            |b| b.0 > 0,
        ))
    }

    fn facts(&self) -> Facts {
        Facts {
            cancelled: self.state.cancelled,
            ready_since: self.state.ready_since,
            bound_at: self.state.bound_at,
            void_from: self.state.void_from,
            confirmed: self.state.outcome.into(),
            awaited_until: self.state.awaited_until,
            answered_at: self.state.answer.map(|(_, at)| at),
            chosen_at: self.state.chosen_at,
            lost: self.state.lost,
        }
    }

    /// K* of the pledges that stand.
    #[must_use]
    pub fn scan(&self) -> Committed {
        let total = Committed {
            people: self.state.pledged,
            staked: self.state.staked,
        };
        let buckets = self.buckets.iter().map(|b| Ok::<_, ()>(*b));
        committed::committed_set(self.state.terms.goal, total, buckets).unwrap_or_default()
    }

    /// K* of those who confirmed.
    #[must_use]
    pub fn scan_confirmed(&self) -> Committed {
        let (people, staked) = self.state.confirmed;
        let total = Committed { people, staked };
        let buckets = self.confirmed.iter().map(|b| Ok::<_, ()>(*b));
        committed::committed_set(self.state.terms.goal, total, buckets).unwrap_or_default()
    }

    /// The two ends of its confirm window, if it has begun by `now` and come to nothing yet.
    #[must_use]
    pub fn window(&self, now: u64) -> Option<(u64, u64)> {
        let timeline = self.state.timeline();
        let ready = || self.ready_at_close();
        let begun = timeline.begins_at(self.facts(), ready, now).ok().flatten();
        let begun = begun.filter(|from| *from <= now && timeline.confirm > 0)?;
        Some((begun, begun.saturating_add(timeline.confirm)))
    }

    /// How many silent ones the set survives.
    #[must_use]
    pub fn survives(&self) -> Option<u32> {
        let counts = (self.state.pledged, self.state.confirmed.0);
        let goal = self.state.terms.goal;
        muster_mechanism::confirm::survives(goal, counts, &self.buckets, &self.confirmed)
    }

    /// When it was open again after a confirm window, if it was by `now`.
    #[must_use]
    pub fn reopened_at(&self, now: u64) -> Option<u64> {
        self.state.timeline().reopened_at(self.facts(), now)
    }

    /// What is left once it is open again: those who confirmed.
    pub fn reopen(&mut self, now: u64) {
        let facts = self.state.timeline().after_confirming(self.facts(), now);
        let s = &mut self.state;
        (s.pledged, s.staked) = std::mem::take(&mut s.confirmed);
        (s.ready_since, s.bound_at) = (facts.ready_since, facts.bound_at);
        s.outcome = super::state::WindowOutcome::Nobody;
    }

    /// The phase at `now`.
    #[must_use]
    pub fn phase(&self, now: u64) -> Phase {
        self.state
            .timeline()
            .phase(self.facts(), || self.ready_at_close(), now)
            .unwrap_or(Phase::Failed)
    }

    /// The second of the activation, if it has come by `now`.
    #[must_use]
    pub fn activated_at(&self, now: u64) -> Option<u64> {
        self.state
            .timeline()
            .activated_at(self.facts(), || self.ready_at_close(), now)
            .unwrap_or(None)
    }

    /// When it ended, if it has by `now`: settled, failed or cancelled.
    #[must_use]
    pub fn ended_at(&self, now: u64) -> Option<u64> {
        let facts = self.facts();
        match self.phase(now) {
            Phase::Settled => self.settled_from(now),
            Phase::Failed => {
                let own = self
                    .state
                    .timeline()
                    .failed_at(facts, || self.ready_at_close(), now)
                    .unwrap_or(None)
                    .filter(|at| *at <= now);
                [own, facts.void_from].into_iter().flatten().min()
            }
            Phase::Cancelled => self.state.cancelled_at,
            Phase::Dropped => self.state.chosen_at,
            _ => None,
        }
    }

    /// The windows, once known.
    #[must_use]
    pub fn windows(&self, now: u64) -> Option<Windows> {
        self.activated_at(now)
            .map(|at| self.state.timeline().windows(at))
    }

    /// From when everything is final, as far as it is known.
    #[must_use]
    pub fn settled_from(&self, now: u64) -> Option<u64> {
        let timeline = self.state.timeline();
        self.activated_at(now)
            .map(|at| timeline.settled_from(self.facts(), at))
    }

    /// From when claims of the bound are paid: only stakes that stand or fall together wait for
    /// the answer about the action as a whole.
    #[must_use]
    pub fn pays_from(&self, now: u64) -> Option<u64> {
        if self.state.awaits_answer() {
            return self.settled_from(now);
        }
        self.windows(now).map(|w| w.stakes_from)
    }

    /// Whether claims of the bound are paid.
    #[must_use]
    pub fn pays(&self, now: u64) -> bool {
        let ended = matches!(self.phase(now), Phase::Judging | Phase::Settled);
        ended && self.pays_from(now).is_some_and(|from| now >= from)
    }

    /// The next second at which time alone changes something.
    #[must_use]
    pub fn next_boundary(&self, now: u64) -> Option<u64> {
        let own = self
            .state
            .timeline()
            .next_boundary(self.facts(), || self.ready_at_close(), now)
            .unwrap_or(None);
        // Whether it loses isn't known before, so the choice is a boundary of every alternative.
        let open = self.phase(now).is_open();
        let choice = self.state.chosen_at.filter(|at| open && *at > now);
        [own, choice].into_iter().flatten().min()
    }

    /// The next second at which time alone changes the phase, or lets a message bind it.
    #[must_use]
    pub fn next_change(&self, now: u64) -> Option<u64> {
        let timeline = self.state.timeline();
        let allowed = timeline.allowed_at(self.facts(), || self.ready_at_close(), now);
        let allowed = allowed.unwrap_or(None).filter(|at| *at > now);
        [self.next_boundary(now), allowed]
            .into_iter()
            .flatten()
            .min()
    }

    /// Whether it is active, or open, ready and allowed to be.
    #[must_use]
    pub fn can_bind(&self, now: u64) -> bool {
        let may = self.phase(now).is_open() && self.state.waits_for.is_none();
        self.activated_at(now).is_some() || (may && self.is_allowed(now))
    }

    /// Whether K* can't change any more at `now`.
    #[must_use]
    pub fn is_final(&self, now: u64) -> bool {
        self.activated_at(now).is_some()
            && match self.state.terms.schedule {
                Schedule::Rolling { pledge_until } => now >= pledge_until,
                Schedule::AtClose { .. } | Schedule::AtTrigger { .. } => true,
            }
    }

    /// Whether its own schedule allows it to be active at `now`, with a committed set.
    #[must_use]
    pub fn is_allowed(&self, now: u64) -> bool {
        let timeline = self.state.timeline();
        let from = timeline.allowed_at(self.facts(), || self.ready_at_close(), now);
        from.is_ok_and(|from| from.is_some_and(|from| from <= now))
    }

    /// Whether it takes pledges at `now`: open, not past its close, not waiting for a counterpart.
    #[must_use]
    pub fn takes_pledges(&self, now: u64) -> bool {
        self.phase(now).is_open()
            && !self.state.timeline().is_closed(now)
            && self.state.waits_for.is_none()
    }

    /// Keeps K* for good once it is final, before claims change the rows that it is scanned from.
    pub fn fix(&mut self, now: u64) {
        if self.state.bound.is_none() && self.is_final(now) {
            let found = if self.state.terms.confirm_window.is_some() {
                self.scan_confirmed()
            } else {
                self.scan()
            };
            self.state.bound = Some((found.people, found.staked));
        }
    }

    /// K* as of `now`, active or not; none where it ended without one.
    #[must_use]
    pub fn committed(&self, now: u64) -> Committed {
        match self.state.bound {
            Some((people, staked)) => Committed { people, staked },
            None if self.phase(now).is_void() => Committed::default(),
            None => self.scan(),
        }
    }

    /// Whether a pledge is bound.
    #[must_use]
    pub fn binds(&self, deed: &Deed, now: u64) -> bool {
        if self.state.terms.confirm_window.is_some() && !deed.confirmed {
            return false;
        }
        let threshold = grid::threshold(deed.needs_others, self.state.terms.goal);
        self.activated_at(now).is_some()
            && (threshold <= self.state.known || threshold <= self.committed(now).people)
    }

    /// As [`Self::binds`], remembering what an open `rolling` action's scan found, as the
    /// contract does.
    pub fn note_binds(&mut self, deed: &Deed, now: u64) -> bool {
        self.fix(now);
        let threshold = grid::threshold(deed.needs_others, self.state.terms.goal);
        if self.activated_at(now).is_some() && threshold > self.state.known {
            self.state.known = self.committed(now).people;
        }
        self.binds(deed, now)
    }

    /// The totals by this indexer's own arithmetic.
    #[must_use]
    pub fn totals(&self, now: u64) -> Option<Settled> {
        let s = &self.state;
        let staked = self.committed(now).staked;
        if s.is_collective() {
            return self.together(staked);
        }
        let (cooperators, broken) = if s.is_attested() {
            (s.did.1, s.didnt.1)
        } else {
            (s.checked_in.1, staked.checked_sub(s.checked_in.1)?)
        };
        let excused = staked.checked_sub(cooperators)?.checked_sub(broken)?;
        let stakes = Stakes {
            stake: s.stake(),
            cooperators,
            broken,
            excused,
        };
        let to = match s.terms.forfeits_to {
            Some(ForfeitsTo::Address { .. }) => forfeits::ForfeitsTo::Address,
            Some(ForfeitsTo::Everybody {}) => forfeits::ForfeitsTo::Everybody,
            Some(ForfeitsTo::Cooperators {}) | None => forfeits::ForfeitsTo::Cooperators,
        };
        let f: Forfeits = forfeits::settle(stakes, s.fee_bps, to).ok()?;
        Some(Settled {
            action: s.id,
            cooperators,
            broken,
            excused,
            forfeit_each: f.forfeit_each,
            keeper_each: f.keeper_each,
            share_each: f.share_each,
            to_address: f.to_address,
            fee: f.fee,
            remainder: f.remainder,
        })
    }

    /// The totals where all stakes stand or fall together.
    fn together(&self, staked: u32) -> Option<Settled> {
        let s = &self.state;
        let mut totals = Settled {
            action: s.id,
            ..Settled::default()
        };
        match s.answer {
            Some((Answer::Yes, _)) => totals.cooperators = staked,
            Some((Answer::No, _)) => {
                let f = forfeits::whole(s.stake(), staked, s.fee_bps).ok()?;
                totals.broken = staked;
                totals.forfeit_each = f.forfeit_each;
                totals.fee = f.fee;
                totals.to_address = f.to_address;
            }
            Some((Answer::Unresolved, _)) | None => totals.excused = staked,
        }
        Some(totals)
    }

    /// What a claim of a bound, staked pledge sends to its owner, unless its check-in fell.
    #[must_use]
    pub fn due(&self, deed: &Deed, totals: &Settled) -> u128 {
        let class = self.state.class(deed);
        let everybody = matches!(self.state.terms.forfeits_to, Some(ForfeitsTo::Everybody {}));
        let share = if everybody || class == Class::Kept {
            totals.share_each
        } else {
            0
        };
        let lost = if class == Class::Broken {
            totals.forfeit_each
        } else {
            0
        };
        self.state
            .stake()
            .saturating_sub(lost)
            .saturating_add(share)
    }
}
