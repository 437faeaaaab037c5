//! `attest`: attestors say who did it. A person's outcome is final when the quorum agrees.

use std::collections::BTreeSet;

use cosmwasm_std::{MessageInfo, Storage};
use muster_door::{DepsMut, Env, Response};
use muster_schema::causes::{Error, Outcome, Statement, event, limits};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{FulfilmentKind, Pledge, Roles, Standing, Statements};

use super::check_in::REPORTS;
use super::claim;
use crate::action::Action;
use crate::address::{self, Person};
use crate::{store, validate};

/// Standing counts only where a crowd was bound: three friends can't polish one another.
pub(crate) const LEAST_FOR_STANDING: u32 = 10;

pub(crate) fn attest(
    deps: DepsMut,
    env: &Env,
    info: &MessageInfo,
    id: u64,
    statements: Vec<Statement>,
) -> Result<Response, Error> {
    let mut action = Action::load(deps.storage, id, env.now)?;
    let attestor = address::sender(deps.api, &info.sender)?;
    let (roles, place) = attestor_of(deps.storage, &action, &attestor)?;
    if !action.takes_reports() {
        return Err(action.wrong_phase(REPORTS));
    }
    validate::range(
        "statements",
        statements.len() as i128,
        1,
        limits::MAX_STATEMENTS as i128,
    )?;
    // Of a `rolling` action that is open the last scan may be older than the tenth person.
    let known = action.deeds().committed;
    if known < LEAST_FOR_STANDING && action.tally.pledged >= LEAST_FOR_STANDING {
        action.commit(deps.storage)?;
    }
    let mut seen = BTreeSet::new();
    let mut response = Response::new();
    for statement in statements {
        let person = address::typed(deps.api, "person", &statement.person)?;
        if !seen.insert(person.canonical.clone()) {
            let found = person.address.into();
            return Err(Error::Duplicate {
                field: "statements",
                found,
            });
        }
        let said = Said {
            place,
            attestors: roles.attestors.len(),
            outcome: statement.outcome,
        };
        if let Some(is_final) = say(deps.storage, &mut action, &person, said)? {
            response = response.add_event(event::Attested {
                action: id,
                attestor: attestor.address.to_string(),
                person: person.address.into(),
                outcome: statement.outcome,
                is_final,
            });
        }
    }
    let bound = action.store_deeds(deps.storage)?;
    Ok(response.add_events(bound))
}

/// One attestor's word, with the attestor's place among them.
#[derive(Clone, Copy)]
struct Said {
    place: usize,
    attestors: usize,
    outcome: Outcome,
}

pub(super) fn attestor_of(
    storage: &dyn Storage,
    action: &Action,
    sender: &Person,
) -> Result<(Roles, usize), Error> {
    let roles: Roles =
        store::load(storage, &key::number(tag::ROLES, action.id))?.unwrap_or_default();
    match roles.attestors.iter().position(|a| *a == sender.canonical) {
        Some(place) => Ok((roles, place)),
        None => Err(Error::Unauthorized {
            found: sender.address.to_string(),
            allowed: "an attestor of this action".to_owned(),
        }),
    }
}

/// Records one statement. `None`: the outcome was final before, which is no error, since two
/// attestors can't know of each other's messages in the same block.
fn say(
    storage: &mut dyn Storage,
    action: &mut Action,
    person: &Person,
    said: Said,
) -> Result<Option<bool>, Error> {
    let mut pledge = claim::standing_pledge(storage, action.id, person)?;
    if !action.binds(storage, &pledge)? {
        return Err(Error::NotBound {
            action: action.id,
            person: person.address.to_string(),
        });
    }
    if pledge.outcome.is_some() {
        return Ok(None);
    }
    let at = key::number_and(tag::STATEMENTS, action.id, &person.canonical);
    let mut all: Statements =
        store::load(storage, &at)?.unwrap_or_else(|| Statements(vec![None; said.attestors]));
    if let Some(mine) = all.0.get_mut(said.place) {
        *mine = Some(said.outcome);
    }
    store::save(storage, &at, &all);
    let agree = all.0.iter().filter(|o| **o == Some(said.outcome)).count();
    let FulfilmentKind::Attested { quorum } = action.terms.fulfilment else {
        return Ok(Some(false));
    };
    if agree < usize::from(quorum) {
        return Ok(Some(false));
    }
    pledge.outcome = Some(said.outcome);
    store::save(storage, &key::pledge(action.id, &person.canonical), &pledge);
    count(action, &pledge, said.outcome)?;
    if action.deeds().committed >= LEAST_FOR_STANDING {
        update_standing(storage, &person.canonical, |standing| match said.outcome {
            Outcome::Did => Some(&mut standing.kept),
            Outcome::Didnt => Some(&mut standing.broken),
            Outcome::Excused => None,
        })?;
        if said.outcome == Outcome::Did {
            credit_referrer(storage, action.id, person, &pledge)?;
        }
    }
    Ok(Some(true))
}

fn count(action: &mut Action, pledge: &Pledge, outcome: Outcome) -> Result<(), Error> {
    let stakes = u32::from(pledge.staked);
    action.update_deeds(|deeds| {
        let (people, staked) = match outcome {
            Outcome::Did => (&mut deeds.did, &mut deeds.did_staked),
            Outcome::Didnt => (&mut deeds.didnt, &mut deeds.didnt_staked),
            Outcome::Excused => return Some(()),
        };
        *people = people.checked_add(1)?;
        *staked = staked.checked_add(stakes)?;
        Some(())
    })
}

/// Whoever brought a person that kept their word has that in their own standing.
pub(crate) fn credit_referrer(
    storage: &mut dyn Storage,
    action: u64,
    person: &Person,
    pledge: &Pledge,
) -> Result<(), Error> {
    match referrer_of(storage, action, &person.canonical, pledge) {
        None => Ok(()),
        Some(by) => update_standing(storage, &by, |standing| Some(&mut standing.referred_kept)),
    }
}

/// Who brought the person of a pledge, canonical. An older record than the pledge doesn't count.
pub(crate) fn referrer_of(
    storage: &dyn Storage,
    action: u64,
    person: &[u8],
    pledge: &Pledge,
) -> Option<Vec<u8>> {
    let at = key::number_and(tag::REFERRER, action, person);
    pledge.referred.then(|| storage.get(&at)).flatten()
}

/// Adds one to a count of a person's standing; `person` is canonical.
pub(crate) fn update_standing(
    storage: &mut dyn Storage,
    person: &[u8],
    which: impl FnOnce(&mut Standing) -> Option<&mut u32>,
) -> Result<(), Error> {
    let at = key::tagged(tag::STANDING, person);
    let mut standing: Standing = store::load(storage, &at)?.unwrap_or_default();
    let Some(count) = which(&mut standing) else {
        return Ok(());
    };
    *count = count.checked_add(1).ok_or(Error::Overflow {
        what: "a person's standing",
    })?;
    store::save(storage, &at, &standing);
    Ok(())
}
