//! `relay`: what others signed, done for them. `void`: what one signed is worth nothing any more.

use cosmwasm_std::{Addr, Storage};
use muster_door::{Addresses, DepsMut, Env, Others, Response};
use muster_schema::causes::limits::{MAX_RELAYED, MAX_SEQUENCE, MAX_VALIDITY};
use muster_schema::causes::{Does, Error, Signed, event};
use muster_schema::layout::Pledge;
use muster_schema::layout::key::{self, tag};

use super::{already_did, bundle, check_in, confirm, pledge, registry, score, withdraw};
use crate::address::Person;
use crate::overlay::{self, Overlay};
use crate::{records, signer, store, validate};

/// Sends what others signed. Nothing that an item does or fails to do touches the others.
pub(crate) fn relay(
    deps: DepsMut,
    env: &Env,
    sponsor: &Addr,
    items: Vec<Signed>,
) -> Result<Response, Error> {
    validate::range("items", items.len() as i128, 1, MAX_RELAYED as i128)?;
    let (api, others) = (deps.api, deps.others);
    let mut batch = Overlay::over_chain(deps.storage);
    let (mut landed, mut refused) = (0_u32, 0_u32);
    let mut response = Response::new();
    for (index, item) in (0_u32..).zip(items) {
        match one(&mut batch, api, others, env, item) {
            Ok(done) => {
                landed = landed.saturating_add(1);
                response = response.add_events(done.events).pay(done.payments);
            }
            Err((person, why)) => {
                refused = refused.saturating_add(1);
                response = response.add_event(refusal(index, person, &why));
            }
        }
    }
    let changes: Vec<_> = batch.into_changes().collect();
    overlay::take_over(deps.storage, changes.into_iter());
    let sponsor = sponsor.to_string();
    let batch = event::Relayed {
        sponsor,
        landed,
        refused,
    };
    response.events.insert(0, batch.into());
    Ok(response)
}

/// The sender's own `void`. Where all of that is void already, nothing is left to do.
pub(crate) fn void(deps: DepsMut, person: &Person, sequence: u64) -> Result<Response, Error> {
    validate::range("sequence", sequence.into(), 0, MAX_SEQUENCE.into())?;
    raise(deps.storage, person, sequence)?;
    Ok(Response::new().add_event(event::Voided {
        person: person.address.to_string(),
        sequence,
    }))
}

/// What the person signed counts if its sequence is above this.
pub(crate) fn last(storage: &dyn Storage, person: &Person) -> Result<Option<u64>, Error> {
    let at = key::tagged(tag::SEQUENCE, &person.canonical);
    store::moment(storage, &at, "sequence")
}

/// Takes over the sequence of a pledge that is about to go, so that nobody sends it again.
pub(crate) fn keep_sequence(
    storage: &mut dyn Storage,
    person: &Person,
    pledge: &Pledge,
) -> Result<(), Error> {
    match pledge.relayed {
        Some(sequence) => raise(storage, person, sequence),
        None => Ok(()),
    }
}

fn raise(storage: &mut dyn Storage, person: &Person, sequence: u64) -> Result<(), Error> {
    if last(storage, person)?.is_none_or(|last| last < sequence) {
        let at = key::tagged(tag::SEQUENCE, &person.canonical);
        storage.set(&at, &sequence.to_be_bytes());
    }
    Ok(())
}

type Refused = (Option<String>, Error);

fn one(
    batch: &mut Overlay<'_>,
    api: &dyn Addresses,
    others: &dyn Others,
    env: &Env,
    item: Signed,
) -> Result<Response, Refused> {
    let signer = signer::of_key(api, &item.key).map_err(|why| (None, why))?;
    let mut alone = Overlay::over(&*batch);
    let deps = DepsMut {
        storage: &mut alone,
        api,
        others,
    };
    let done = check(deps.storage, env, &signer.person, &item)
        .and_then(|()| signer.check(api, env, &item))
        .and_then(|()| act(deps, env, &signer.person, item))
        .map_err(|why| (Some(signer.person.address.to_string()), why))?;
    let changes: Vec<_> = alone.into_changes().collect();
    overlay::take_over(batch, changes.into_iter());
    Ok(done)
}

/// Refuses what is too old, too young or sent before.
fn check(storage: &dyn Storage, env: &Env, person: &Person, item: &Signed) -> Result<(), Error> {
    let (least, most) = (
        env.now.saturating_add(1),
        env.now.saturating_add(MAX_VALIDITY),
    );
    if item.expires < least || item.expires > most {
        return Err(Error::Expired {
            found: item.expires,
            least,
            most,
        });
    }
    let mut used = last(storage, person)?;
    for action in about(storage, &item.does)? {
        let pledge: Option<Pledge> = store::load(storage, &key::pledge(action, &person.canonical))?;
        used = used.max(pledge.and_then(|pledge| pledge.relayed));
    }
    let least = used.map_or(0, |used| used.saturating_add(1));
    if item.sequence < least || item.sequence > MAX_SEQUENCE {
        return Err(Error::StaleSequence {
            found: item.sequence,
            least,
            most: MAX_SEQUENCE,
        });
    }
    Ok(())
}

/// The actions whose pledges it is about.
fn about(storage: &dyn Storage, does: &Does) -> Result<Vec<u64>, Error> {
    match does {
        Does::WithdrawBundle { cause } => {
            Ok(records::cause(storage, *cause)?.action_ids().collect())
        }
        _ => Ok(does.about().into_iter().collect()),
    }
}

fn act(deps: DepsMut, env: &Env, person: &Person, item: Signed) -> Result<Response, Error> {
    let DepsMut {
        storage,
        api,
        others,
    } = deps;
    let own = DepsMut {
        storage: &mut *storage,
        api,
        others,
    };
    let done = match item.does {
        Does::Pledge {
            action,
            needs_others,
            referrer,
            credentials,
        } => {
            let asked = pledge::Asked {
                action,
                needs_others,
                referrer: referrer.as_deref(),
                credentials: &credentials,
            };
            let done = pledge::pledge(own, env, person, &[], asked)?;
            sign_pledge(storage, person, action, item.sequence)?;
            return Ok(done);
        }
        Does::PledgeBundle {
            cause,
            needs_others,
        } => {
            let done = bundle::pledge(own, env, person, &[], cause, &needs_others)?;
            for action in records::cause(storage, cause)?.action_ids() {
                sign_pledge(storage, person, action, item.sequence)?;
            }
            return Ok(done);
        }
        Does::WithdrawBundle { cause } => bundle::withdraw(own, env, person, cause)?,
        Does::Withdraw { action } => withdraw::withdraw(own, env, person, action)?,
        Does::Confirm { action } => confirm::confirm(own, env, person, action)?,
        Does::CheckIn { action, evidence } => {
            check_in::check_in(own, env, person, action, evidence)?
        }
        Does::AlreadyDid { action } => already_did::already_did(own, env, person, action)?,
        Does::Rate {
            cause,
            person: whose,
            vote,
        } => registry::rate(own, person, cause, &whose, vote)?,
        Does::Score { cause, scores } => score::score(own, env, person, cause, scores)?,
        Does::Void {} => return void(own, person, item.sequence),
    };
    raise(storage, person, item.sequence)?;
    Ok(done)
}

/// Keeps a pledge's sequence in it: see [`Pledge::relayed`].
fn sign_pledge(
    storage: &mut dyn Storage,
    person: &Person,
    action: u64,
    sequence: u64,
) -> Result<(), Error> {
    let at = key::pledge(action, &person.canonical);
    let mut pledge: Pledge = store::require(storage, &at)?;
    pledge.relayed = Some(sequence);
    store::save(storage, &at, &pledge);
    Ok(())
}

/// An item's refusal, in the words of its error: "code: sentence".
fn refusal(index: u32, person: Option<String>, why: &Error) -> event::RelayRefused {
    let said = why.to_string();
    let (code, reason) = said.split_once(": ").unwrap_or(("refused", &said));
    event::RelayRefused {
        index,
        person,
        code: code.to_owned(),
        reason: reason.to_owned(),
    }
}
