//! The confirm window of an action: decided from what is stored, once it has ended.
//!
//! Nothing is looped over: who confirmed is counted as they do, in buckets of their own, and whoever
//! stayed silent is left behind in an older epoch ([`Confirm`]).

use cosmwasm_std::Storage;
use muster_door::{DepsMut, Response};
use muster_mechanism::committed::Committed;
use muster_mechanism::confirm::{self, Confirmed};
use muster_mechanism::schedule::Facts;
use muster_schema::causes::{Error, event};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Confirm, Pledge, Requires, Tally};

use crate::action::{Action, buckets};
use crate::address::Person;
use crate::execute::relay;
use crate::{deposit, gate, money, requirements, store};

impl Action {
    /// Whether its committed must confirm before anybody is bound.
    pub(crate) fn has_confirm_window(&self) -> bool {
        self.terms.timeline.confirm > 0
    }

    /// Whether this pledge is confirmed: in the window that is open, or by which it is bound.
    pub(crate) fn is_confirmed(&self, pledge: &Pledge) -> bool {
        self.has_confirm_window() && pledge.epoch == self.confirm.next()
    }

    /// Whether this pledge was silent in a window that came to nothing: it counts as withdrawn.
    pub(crate) fn is_left_behind(&self, pledge: &Pledge) -> bool {
        self.has_confirm_window() && pledge.epoch < self.confirm.epoch
    }

    /// The two ends of its confirm window, if it has begun.
    pub(crate) fn confirm_window(&self) -> Result<Option<(u64, u64)>, Error> {
        // Whether it was ready at its close doesn't matter to the times, nor to what came of them:
        // the confirmed have no committed set unless all that pledged had one.
        let timeline = &self.terms.timeline;
        let begun = timeline.begins_at(self.facts(), || Ok::<_, Error>(true), self.now)?;
        let begun = begun.filter(|at| *at <= self.now && self.has_confirm_window());
        Ok(begun.map(|from| (from, from.saturating_add(timeline.confirm))))
    }

    /// K* among the confirmed.
    pub(crate) fn scan_confirmed(&self, storage: &dyn Storage) -> Result<Committed, Error> {
        let total = Committed {
            people: self.confirm.confirmed,
            staked: self.confirm.confirmed_staked,
        };
        let above = buckets(storage, self.id, self.confirm.next());
        muster_mechanism::committed::committed_set(self.terms.goal, total, above)
    }

    /// Loads its confirm window and, once that has ended, decides what came of it.
    pub(crate) fn decide(&mut self, storage: &dyn Storage) -> Result<(), Error> {
        let at = key::number(tag::CONFIRM, self.id);
        self.confirm = store::load(storage, &at)?.unwrap_or_default();
        let ended = self
            .confirm_window()?
            .filter(|(_, end)| *end <= self.now && !self.tally.cancelled);
        let Some((begun, _)) = ended else {
            return Ok(());
        };
        // Nothing is stored of one before it is active; only `rolling` ones change then, and they
        // have no confirm window.
        let is_active = storage.get(&key::number(tag::DEEDS, self.id)).is_some();
        self.confirmed = if is_active {
            Confirmed::Together
        } else if self.scan_confirmed(storage)?.people == 0 {
            Confirmed::Nobody
        } else if self.terms.requires == Requires::ByMessage
            && !requirements::confirmed(storage, self.id, begun)?
        {
            Confirmed::Alone
        } else {
            Confirmed::Together
        };
        let timeline = self.terms.timeline;
        self.reopened_at = timeline.reopened_at(self.facts(), self.now);
        if self.reopened_at.is_some() {
            self.reopen(timeline.after_confirming(self.facts(), self.now))?;
        }
        Ok(())
    }

    /// From here on those who confirmed are the ones that pledged.
    fn reopen(&mut self, facts: Facts) -> Result<(), Error> {
        const STAKES: Error = Error::Overflow {
            what: "a number of stakes",
        };
        let Confirm {
            confirmed,
            confirmed_staked,
            released,
            ..
        } = self.confirm;
        let silent = self.tally.staked.checked_sub(confirmed_staked);
        self.confirm = Confirm {
            epoch: self.confirm.next(),
            confirmed: 0,
            confirmed_staked: 0,
            released: silent.and_then(|s| s.checked_add(released)).ok_or(STAKES)?,
        };
        self.tally = Tally {
            pledged: confirmed,
            staked: confirmed_staked,
            ready_since: facts.ready_since,
            ..self.tally
        };
        self.bound_at = None;
        self.confirmed = Confirmed::Nobody;
        Ok(())
    }

    /// Writes that it is open again, if it is and nobody has. Returns the event that says so.
    pub(crate) fn store_reopening(&mut self, storage: &mut dyn Storage) -> Option<event::Reopened> {
        let at = self.reopened_at.take()?;
        storage.remove(&key::number(tag::BOUND_AT, self.id));
        self.store_confirm(storage);
        self.store_tally(storage);
        Some(event::Reopened {
            action: self.id,
            at,
            pledged: self.tally.pledged,
            staked: self.tally.staked,
        })
    }

    /// Writes the counts of its confirm window.
    pub(crate) fn store_confirm(&self, storage: &mut dyn Storage) {
        store::save(storage, &key::number(tag::CONFIRM, self.id), &self.confirm);
    }

    /// Begins its confirm window by a message. What must hold for that, the caller has checked.
    pub(crate) fn begin_confirming(&mut self, storage: &mut dyn Storage) -> event::ConfirmingBegun {
        let from = self.now;
        storage.set(&key::number(tag::BOUND_AT, self.id), &from.to_be_bytes());
        event::ConfirmingBegun {
            action: self.id,
            from,
            until: from.saturating_add(self.terms.timeline.confirm),
        }
    }

    /// How many silent ones the set survives as it stands.
    pub(crate) fn survives(&self, storage: &dyn Storage) -> Result<Option<u32>, Error> {
        let all = |epoch| buckets(storage, self.id, epoch).collect::<Result<Vec<_>, _>>();
        Ok(confirm::survives(
            self.terms.goal,
            (self.tally.pledged, self.confirm.confirmed),
            &all(self.confirm.epoch)?,
            &all(self.confirm.next())?,
        ))
    }
}

/// Pays back whoever was silent in a window that came to nothing, and forgets the pledge: who wants
/// to be in again may pledge again.
pub(crate) fn release_left_behind(
    deps: DepsMut,
    mut action: Action,
    person: &Person,
    pledge: &Pledge,
) -> Result<Response, Error> {
    let reopened = action.store_reopening(deps.storage);
    deps.storage
        .remove(&key::pledge(action.id, &person.canonical));
    relay::keep_sequence(deps.storage, person, pledge)?;
    gate::free(deps.storage, &action, person)?;
    let mut back = deposit::take_back(deps.storage, &action)?;
    if pledge.staked {
        back = back.saturating_add(action.terms.stake_amount); // together below 2^96
        let left = action.confirm.released.checked_sub(1);
        action.confirm.released = left.ok_or(Error::Overflow {
            what: "a number of stakes",
        })?;
        action.store_confirm(deps.storage);
    }
    Ok(Response::new()
        .add_events(reopened)
        .add_event(event::Withdrawn {
            action: action.id,
            person: person.address.to_string(),
        })
        .pay(money::pay(&person.address, &action.terms.stake_denom, back)))
}
