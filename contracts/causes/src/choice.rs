//! The choice between a cause's alternatives: who is a member, and which one it is.

use cosmwasm_std::Storage;
use muster_mechanism::star::{self, Elected};
use muster_schema::causes::{Error, event};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Ballot, Cause, Choice, Pledge, Standings};

use crate::address::Person;
use crate::{records, store};

const OVERFLOW: Error = Error::Overflow { what: "ballots" };

/// A cause with its deliberation.
pub(crate) struct Deliberating {
    pub id: u64,
    pub cause: Cause,
    pub choice: Choice,
}

impl Deliberating {
    /// Loads the deliberation of cause `id`.
    pub(crate) fn load(storage: &dyn Storage, id: u64) -> Result<Self, Error> {
        let cause = records::cause(storage, id)?;
        let choice = store::load(storage, &key::number(tag::CHOICE, id))?;
        let Some(choice) = choice else {
            return Err(Error::NotDeliberating {
                cause: id,
                found: "has no alternatives",
                allowed: "one with a deliberation",
            });
        };
        Ok(Self { id, cause, choice })
    }

    /// The action at `place` among the alternatives.
    pub(crate) fn action(&self, place: usize) -> u64 {
        let offset = self.choice.offset(place);
        self.cause.first_action.saturating_add(offset)
    }

    /// The actions that are alternatives, in the order of a ballot.
    pub(crate) fn actions(&self) -> impl Iterator<Item = u64> {
        (0..self.choice.alternatives()).map(|place| self.action(place))
    }

    /// Refuses what comes outside the time for it. `allowed` says when that is.
    pub(crate) fn within(
        &self,
        from: Option<u64>,
        until: u64,
        now: u64,
        allowed: &'static str,
    ) -> Result<(), Error> {
        let found = if self.cause.cancelled {
            "is cancelled"
        } else if from.is_some_and(|from| now < from) {
            "isn't there yet"
        } else if now >= until {
            "is past that"
        } else {
            return Ok(());
        };
        Err(self.refusal(found, allowed))
    }

    pub(crate) fn refusal(&self, found: &'static str, allowed: &'static str) -> Error {
        Error::NotDeliberating {
            cause: self.id,
            found,
            allowed,
        }
    }

    /// A member is whoever has a pledge that stands on one of the alternatives: it has passed the
    /// alternative's own conditions, costs more than an address, and ends with the pledge.
    pub(crate) fn is_member(&self, storage: &dyn Storage, person: &[u8]) -> Result<bool, Error> {
        for action in self.actions() {
            let pledge: Option<Pledge> = store::load(storage, &key::pledge(action, person))?;
            if pledge.is_some_and(|pledge| !pledge.claimed) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Refuses whoever isn't a member.
    pub(crate) fn require_member(&self, storage: &dyn Storage, who: &Person) -> Result<(), Error> {
        if self.is_member(storage, &who.canonical)? {
            return Ok(());
        }
        Err(Error::NotMember {
            cause: self.id,
            person: who.address.to_string(),
        })
    }

    /// The sums of all ballots.
    pub(crate) fn standings(&self, storage: &dyn Storage) -> Result<star::Tally, Error> {
        let stored: Option<Standings> =
            store::load(storage, &key::number(tag::STANDINGS, self.id))?;
        Ok(stored.map_or_else(|| star::Tally::new(self.choice.alternatives()), |s| s.0))
    }

    /// The one that the ballots choose, and its rival in the runoff.
    pub(crate) fn elect(&self, storage: &dyn Storage) -> Result<Elected, Error> {
        let elected = self.standings(storage)?.elect();
        elected.ok_or_else(|| store::missing("alternatives")) // there always is one
    }

    /// Takes the ballot at `person` out of the count. Whether there was one.
    pub(crate) fn take_back(
        &mut self,
        storage: &mut dyn Storage,
        tally: &mut star::Tally,
        person: &[u8],
    ) -> Result<bool, Error> {
        let at = key::number_and(tag::BALLOT, self.id, person);
        let Some(ballot) = store::load::<Ballot>(storage, &at)? else {
            return Ok(false);
        };
        tally
            .count(&ballot.0, star::Count::Out)
            .map_err(|_| OVERFLOW)?;
        self.choice.ballots = self.choice.ballots.checked_sub(1).ok_or(OVERFLOW)?;
        storage.remove(&at);
        Ok(true)
    }

    /// Puts a ballot into the count.
    pub(crate) fn put_in(
        &mut self,
        storage: &mut dyn Storage,
        tally: &mut star::Tally,
        person: &[u8],
        scores: Vec<u8>,
    ) -> Result<(), Error> {
        tally.count(&scores, star::Count::In).map_err(bad_ballot)?;
        self.choice.ballots = self.choice.ballots.checked_add(1).ok_or(OVERFLOW)?;
        let at = key::number_and(tag::BALLOT, self.id, person);
        store::save(storage, &at, &Ballot(scores));
        Ok(())
    }

    pub(crate) fn store(&self, storage: &mut dyn Storage) {
        store::save(storage, &key::number(tag::CHOICE, self.id), &self.choice);
    }

    pub(crate) fn store_standings(&self, storage: &mut dyn Storage, tally: star::Tally) {
        let at = key::number(tag::STANDINGS, self.id);
        store::save(storage, &at, &Standings(tally));
    }
}

fn bad_ballot(bad: star::BallotError) -> Error {
    let (field, found, least, most) = match bad {
        star::BallotError::Length { found, allowed } => (
            "number of scores",
            found as i128,
            allowed as i128,
            allowed as i128,
        ),
        star::BallotError::Score { found } => ("a score", found.into(), 0, star::MAX_SCORE.into()),
        star::BallotError::Count => return OVERFLOW,
    };
    Error::OutOfRange {
        field,
        found,
        least,
        most,
    }
}

/// Whether alternative `action` of `cause` lost. Asked only once the choice has fallen: no ballot
/// changes any more, so every asking finds the same.
pub(crate) fn lost(storage: &dyn Storage, cause: u64, action: u64) -> Result<bool, Error> {
    let deliberating = Deliberating::load(storage, cause)?;
    let elected = deliberating.elect(storage)?;
    Ok(deliberating.action(elected.winner) != action)
}

/// Takes the ballot of somebody back who just left an alternative, unless they are on another.
pub(crate) fn leave(
    storage: &mut dyn Storage,
    cause: u64,
    person: &Person,
) -> Result<Option<event::Unscored>, Error> {
    let at = key::number_and(tag::BALLOT, cause, &person.canonical);
    if storage.get(&at).is_none() {
        return Ok(None);
    }
    let mut deliberating = Deliberating::load(storage, cause)?;
    if deliberating.is_member(storage, &person.canonical)? {
        return Ok(None);
    }
    let mut tally = deliberating.standings(storage)?;
    deliberating.take_back(storage, &mut tally, &person.canonical)?;
    deliberating.store_standings(storage, tally);
    deliberating.store(storage);
    Ok(Some(event::Unscored {
        cause,
        person: person.address.to_string(),
    }))
}
