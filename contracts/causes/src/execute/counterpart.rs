//! Mutual deals across causes: an action that waits until the counterpart it names has created one
//! that requires it.

use cosmwasm_std::Storage;
use muster_door::Deps;
use muster_schema::causes::{Error, event};
use muster_schema::layout::Numbers;
use muster_schema::layout::key::{self, tag};

use crate::address::{self, Person};
use crate::{requirements, store};

/// Notes whom an action waits for.
pub(crate) fn wait_for(storage: &mut dyn Storage, action: u64, counterpart: &Person) {
    storage.set(
        &key::number(tag::COUNTERPART, action),
        &counterpart.canonical,
    );
}

/// Whether `action` waits for this person.
pub(crate) fn waits_for(storage: &dyn Storage, action: u64, person: &Person) -> bool {
    storage.get(&key::number(tag::COUNTERPART, action)) == Some(person.canonical.clone())
}

/// Ends the wait: `action` requires `answer` from now on. Once: the record is gone then.
pub(crate) fn meet(
    storage: &mut dyn Storage,
    action: u64,
    answer: u64,
) -> Result<event::CounterpartMet, Error> {
    let mut required = requirements::of(storage, action)?;
    required.push(answer);
    store::save(
        storage,
        &key::number(tag::REQUIRES, action),
        &Numbers(required),
    );
    storage.remove(&key::number(tag::COUNTERPART, action));
    Ok(event::CounterpartMet {
        action,
        requires: answer,
    })
}

/// Whom `action` waits for, as people write it.
pub(crate) fn of(deps: Deps, action: u64) -> Result<Option<String>, Error> {
    let stored = deps.storage.get(&key::number(tag::COUNTERPART, action));
    stored
        .map(|canonical| {
            let address = address::written(deps.api, "counterpart", &canonical)?;
            Ok(address.into())
        })
        .transpose()
}

/// The refusal of a pledge on an action that waits.
pub(crate) fn missing(deps: Deps, action: u64) -> Result<Error, Error> {
    Ok(Error::NoCounterpart {
        action,
        found: of(deps, action)?.unwrap_or_default(),
    })
}
