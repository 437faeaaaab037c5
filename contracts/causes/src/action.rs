//! An action as it stands now: the one place that derives phase and committed set.

mod bound;

use cosmwasm_std::Storage;
use muster_mechanism::confirm::Confirmed;
use muster_mechanism::schedule::{Facts, Phase};
use muster_schema::causes::{Answer, Error, event};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Answered, Confirm, Deeds, Requires, Tally, Terms};

pub(crate) use bound::buckets;

use crate::records::Next;
use crate::{choice, outcome, requirements, store};

/// An action, with everything that time decides derived for `now`.
pub(crate) struct Action {
    pub id: u64,
    pub terms: Terms,
    pub tally: Tally,
    pub phase: Phase,
    /// The second at which it activated, if it has.
    pub activated_at: Option<u64>,
    /// Its confirm window as far as counted; zeros without one.
    pub confirm: Confirm,
    /// What came of it, once it has ended.
    pub(crate) confirmed: Confirmed,
    /// When it was open again after it, as long as nothing stored says so.
    pub(crate) reopened_at: Option<u64>,
    /// What is known of the bound: stored, or found by a scan just now (`fresh`).
    deeds: Option<Deeds>,
    fresh: bool,
    pub(crate) bound_at: Option<u64>,
    awaited_until: Option<u64>,
    answered: Option<Answered>,
    /// Another alternative was chosen.
    lost: bool,
    pub(crate) now: u64,
}

impl Action {
    /// Loads action `id` as of `now` (Unix seconds).
    pub(crate) fn load(storage: &dyn Storage, id: u64, now: u64) -> Result<Self, Error> {
        let mut action = Self::alone(storage, id, now)?;
        let depends = action.terms.requires != Requires::Nothing;
        if depends
            && !action.is_active_whatever_happens()
            && !action.phase.is_void()
            && requirements::has_failed(storage, id, now)?
        {
            action.phase = Phase::Failed;
            action.activated_at = None;
            action.deeds = None;
            action.fresh = false;
        }
        Ok(action)
    }

    /// Loads action `id` by its own schedule alone, whatever became of what it requires.
    pub(crate) fn alone(storage: &dyn Storage, id: u64, now: u64) -> Result<Self, Error> {
        let mut action = Self::new(storage, id, now)?;
        if action.terms.chosen_at.is_some_and(|chosen| now >= chosen) {
            action.lost = choice::lost(storage, action.terms.cause, id)?;
        }
        if action.terms.requires == Requires::ByMessage {
            action.bound_at = requirements::bound_at(storage, id)?;
        }
        if action.has_confirm_window() {
            action.decide(storage)?;
            if action.waits_past_its_close() {
                action.awaited_until = requirements::awaited_until(storage, id, now)?;
            }
        }
        if action.may_be_bound() {
            // Once it is settled nothing of them changes, and claims seldom need any: see `known`.
            if action.tally.settled.is_none() {
                action.fix(storage)?;
            }
            if action.terms.timeline.judged.answer_window > 0 {
                action.answered = outcome::stored(storage, id)?;
            }
        }
        let facts = action.facts();
        let timeline = action.terms.timeline;
        action.phase = timeline.phase(facts, || action.is_ready(storage), now)?;
        action.activated_at = timeline.activated_at(facts, || action.is_ready(storage), now)?;
        Ok(action)
    }

    /// Action `id` as it is stored, nothing derived.
    pub(crate) fn stored(storage: &dyn Storage, id: u64) -> Result<Self, Error> {
        let mut action = Self::new(storage, id, 0)?;
        if action.has_confirm_window() {
            let at = key::number(tag::CONFIRM, id);
            action.confirm = store::load(storage, &at)?.unwrap_or_default();
        }
        Ok(action)
    }

    /// Its terms and counts.
    fn new(storage: &dyn Storage, id: u64, now: u64) -> Result<Self, Error> {
        let Some(terms) = store::load::<Terms>(storage, &key::number(tag::TERMS, id))? else {
            let last = Next::load(storage)?.action.saturating_sub(1);
            return Err(if (1..=last).contains(&id) {
                Error::EmptyPlace { found: id }
            } else {
                Error::UnknownAction { found: id, last }
            });
        };
        let tally: Tally = store::require(storage, &key::number(tag::TALLY, id))?;
        Ok(Self {
            id,
            terms,
            tally,
            phase: Phase::Cancelled,
            activated_at: None,
            confirm: Confirm::default(),
            confirmed: Confirmed::default(),
            reopened_at: None,
            deeds: None,
            fresh: false,
            bound_at: None,
            awaited_until: None,
            answered: None,
            lost: false,
            now,
        })
    }

    /// Whether it may be waiting for its message after its close.
    fn waits_past_its_close(&self) -> bool {
        self.terms.requires == Requires::ByMessage
            && self.bound_at.is_none()
            && self.terms.timeline.is_closed(self.now)
    }

    pub(crate) fn facts(&self) -> Facts {
        Facts {
            cancelled: self.tally.cancelled,
            ready_since: self.tally.ready_since,
            bound_at: self.bound_at,
            answered_at: self.answered.map(|answered| answered.at),
            // What it requires is considered by `load`.
            void_from: None,
            confirmed: self.confirmed,
            awaited_until: self.awaited_until,
            chosen_at: self.terms.chosen_at,
            lost: self.lost,
        }
    }

    /// When it ended by its own schedule or with its cause, if it has. Unix seconds.
    pub(crate) fn ended_alone_at(&self, storage: &dyn Storage) -> Result<Option<u64>, Error> {
        match self.phase {
            Phase::Settled => {
                let timeline = &self.terms.timeline;
                let ended = |at| timeline.settled_from(self.facts(), at);
                Ok(self.activated_at.map(ended))
            }
            Phase::Failed => {
                let ready = || self.is_ready(storage);
                self.terms.timeline.failed_at(self.facts(), ready, self.now)
            }
            Phase::Cancelled => store::moment(
                storage,
                &key::number(tag::CANCELLED_AT, self.terms.cause),
                "cancelled_at",
            ),
            Phase::Dropped => Ok(self.terms.chosen_at),
            _ => Ok(None),
        }
    }

    /// Whether K* > 0, as stored or by a scan.
    fn is_ready(&self, storage: &dyn Storage) -> Result<bool, Error> {
        Ok(match self.deeds {
            Some(deeds) if deeds.is_final == 1 => deeds.committed > 0,
            _ if self.tally.settled.is_some() => true,
            _ => self.scan(storage)?.people > 0,
        })
    }

    /// Whether it is active and nothing can change that: not so one that time binds together with
    /// others, since they decide too, until a message stored that it is.
    pub(crate) fn is_active_whatever_happens(&self) -> bool {
        self.activated_at.is_some() && (self.terms.requires != Requires::InCause || !self.fresh)
    }

    /// Whether its own schedule allows it to be active now, with a committed set.
    pub(crate) fn is_allowed(&self, storage: &dyn Storage) -> Result<bool, Error> {
        let ready = || self.is_ready(storage);
        let from = self
            .terms
            .timeline
            .allowed_at(self.facts(), ready, self.now)?;
        Ok(from.is_some_and(|from| from <= self.now))
    }

    /// Whether it takes pledges now: open, not past its close, and not waiting for a counterpart.
    pub(crate) fn takes_pledges(&self) -> bool {
        self.phase.is_open() && !self.terms.timeline.is_closed(self.now)
    }

    /// Whether the counterpart that it was made for hasn't answered yet.
    pub(crate) fn waits_for_counterpart(&self, storage: &dyn Storage) -> bool {
        self.terms.requires == Requires::ByMessage
            && storage
                .get(&key::number(tag::COUNTERPART, self.id))
                .is_some()
    }

    /// Binds it by a message. What must hold for that, the caller has checked.
    pub(crate) fn bind(
        &mut self,
        storage: &mut dyn Storage,
        now: u64,
    ) -> Result<event::Activated, Error> {
        let found = self.scan(storage)?;
        let deeds = Deeds {
            committed: found.people,
            staked: found.staked,
            is_final: u32::from(self.is_final()),
            ..Deeds::default()
        };
        storage.set(&key::number(tag::BOUND_AT, self.id), &now.to_be_bytes());
        store::save(storage, &key::number(tag::DEEDS, self.id), &deeds);
        Ok(event::Activated {
            action: self.id,
            at: now,
            committed: found.people,
            staked: found.staked,
        })
    }

    /// Whether bound people may check in or be attested now: from activation until the report
    /// window ends.
    pub(crate) fn takes_reports(&self) -> bool {
        self.activated_at.is_some() && self.phase < Phase::Judging
    }

    /// The stored answer about it as a whole.
    pub(crate) fn answer(&self) -> Option<Answer> {
        self.answered.map(|answered| answered.answer)
    }

    /// The answer about it as a whole is known from now on, which ends the wait for it.
    pub(crate) fn answered(&mut self, answered: Answered) {
        self.answered = Some(answered);
        if let (Phase::Judging, Some(at)) = (self.phase, self.activated_at)
            && answered.at >= self.terms.timeline.settled_from(self.facts(), at)
        {
            self.phase = Phase::Settled;
        }
    }

    /// Writes the counts.
    pub(crate) fn store_tally(&self, storage: &mut dyn Storage) {
        store::save(storage, &key::number(tag::TALLY, self.id), &self.tally);
    }

    /// The refusal of a message that this phase doesn't allow.
    pub(crate) fn wrong_phase(&self, allowed: &'static str) -> Error {
        Error::WrongPhase {
            action: self.id,
            found: self.phase.as_str(),
            allowed,
        }
    }
}
