//! `already_did`: early movers, counted beside the pledges and without obligation.

use muster_door::{DepsMut, Env, Response};
use muster_schema::causes::{Error, event};
use muster_schema::layout::key::{self, tag};

use crate::action::Action;
use crate::address::Person;
use crate::{coins, store};

pub(crate) fn already_did(
    deps: DepsMut,
    env: &Env,
    person: &Person,
    id: u64,
) -> Result<Response, Error> {
    let action = Action::load(deps.storage, id, env.now)?;
    coins::refuse(&action)?;
    if !action.takes_pledges() {
        return Err(action.wrong_phase("pledging, or locked before the close"));
    }
    let at = key::number_and(tag::ALREADY_DID, id, &person.canonical);
    if deps.storage.get(&at).is_some() {
        let person = person.address.to_string();
        return Err(Error::AlreadyDone {
            what: "'already did it'",
            action: id,
            person,
        });
    }
    if deps
        .storage
        .get(&key::pledge(id, &person.canonical))
        .is_some()
    {
        return Err(Error::AlreadyPledged {
            action: id,
            person: person.address.to_string(),
        });
    }
    deps.storage.set(&at, &[1]);
    let count = count(deps.storage, id)?
        .checked_add(1)
        .ok_or(Error::Overflow {
            what: "a number of people",
        })?;
    deps.storage.set(
        &key::number(tag::ALREADY_DID_COUNT, id),
        &count.to_be_bytes(),
    );
    Ok(Response::new().add_event(event::AlreadyDid {
        action: id,
        person: person.address.to_string(),
    }))
}

/// How many had done it before.
pub(crate) fn count(storage: &dyn cosmwasm_std::Storage, action: u64) -> Result<u32, Error> {
    let at = key::number(tag::ALREADY_DID_COUNT, action);
    store::count(storage, &at, "already_did count")
}
