//! `say` and `rate`: a cause's registry of what pledgers say about their influence.

use cosmwasm_std::Storage;
use muster_door::{DepsMut, Response};
use muster_schema::causes::{Error, Vote, event, limits};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Rated, Words};

use crate::address::{self, Person};
use crate::{pledgers, records, store, validate};

/// Puts words in the place of the person's last ones, whose votes are void; none take them back.
pub(crate) fn say(
    deps: DepsMut,
    person: &Person,
    id: u64,
    words: String,
) -> Result<Response, Error> {
    let cause = records::cause(deps.storage, id)?;
    validate::line("words", &words, 0, limits::MAX_WORDS)?;
    let at = key::number_and(tag::WORDS, id, &person.canonical);
    let before: Words = store::load(deps.storage, &at)?.unwrap_or_default();
    if words.is_empty() {
        // Whoever withdrew may still take their words back.
        if before.text.is_empty() {
            return Err(no_words(id, person));
        }
    } else {
        pledgers::require(deps.storage, id, &cause, person)?;
    }
    let version = before.version.checked_add(1).ok_or(Error::Overflow {
        what: "a number of changes",
    })?;
    let after = Words {
        version,
        text: words.clone(),
        ..Words::default()
    };
    store::save(deps.storage, &at, &after);
    Ok(Response::new().add_event(event::Said {
        cause: id,
        person: person.address.to_string(),
        words: Some(words).filter(|words| !words.is_empty()),
    }))
}

/// One vote on another's words, in place of the voter's last one.
pub(crate) fn rate(
    deps: DepsMut,
    voter: &Person,
    id: u64,
    person: &str,
    vote: Vote,
) -> Result<Response, Error> {
    let cause = records::cause(deps.storage, id)?;
    let person = address::typed(deps.api, "person", person)?;
    if person.canonical == voter.canonical {
        return Err(Error::RoleConflict {
            person: person.address.into(),
            found: "author of these words",
            wanted: "voter",
        });
    }
    pledgers::require(deps.storage, id, &cause, voter)?;
    let at = key::number_and(tag::WORDS, id, &person.canonical);
    let mut words: Words = store::load(deps.storage, &at)?.unwrap_or_default();
    if words.text.is_empty() {
        return Err(no_words(id, &person));
    }
    let key = key::rated(id, &person.canonical, &voter.canonical);
    let before = vote_on(deps.storage, &key, words.version)?;
    if before == vote {
        return Err(Error::Duplicate {
            field: "vote",
            found: vote.as_str().to_owned(),
        });
    }
    if let Some(count) = counted(&mut words, before) {
        *count = count.checked_sub(1).ok_or(OVERFLOW)?;
    }
    if let Some(count) = counted(&mut words, vote) {
        *count = count.checked_add(1).ok_or(OVERFLOW)?;
    }
    if vote == Vote::None {
        deps.storage.remove(&key);
    } else {
        let version = words.version;
        store::save(deps.storage, &key, &Rated { version, vote });
    }
    store::save(deps.storage, &at, &words);
    Ok(Response::new().add_event(event::Rated {
        cause: id,
        person: person.address.into(),
        by: voter.address.to_string(),
        vote,
    }))
}

const OVERFLOW: Error = Error::Overflow {
    what: "a number of votes",
};

/// A stored vote counts only for the version of the words that it was about.
fn vote_on(storage: &dyn Storage, key: &[u8], version: u32) -> Result<Vote, Error> {
    let stored: Option<Rated> = store::load(storage, key)?;
    let current = stored.filter(|rated| rated.version == version);
    Ok(current.map_or(Vote::None, |rated| rated.vote))
}

fn counted(words: &mut Words, vote: Vote) -> Option<&mut u32> {
    match vote {
        Vote::Up => Some(&mut words.up),
        Vote::Down => Some(&mut words.down),
        Vote::None => None,
    }
}

fn no_words(cause: u64, person: &Person) -> Error {
    Error::NoWords {
        cause,
        person: person.address.to_string(),
    }
}
