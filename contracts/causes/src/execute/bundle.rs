//! `pledge_bundle` and `withdraw_bundle`: all actions of a cause at once. Each is bound at its own
//! goal; a bundle is nothing but that one message makes all the pledges or none.

use std::collections::BTreeMap;

use cosmwasm_std::{Coin, Storage, Uint128};
use muster_door::{DepsMut, Env, Response};
use muster_schema::causes::Error;
use muster_schema::layout::Pledge;
use muster_schema::layout::key;

use super::pledge::{self, Asked};
use super::withdraw;
use crate::action::Action;
use crate::address::Person;
use crate::{money, records, store, validate};

pub(crate) fn pledge(
    deps: DepsMut,
    env: &Env,
    person: &Person,
    funds: &[Coin],
    cause: u64,
    needs_others: &[u32],
) -> Result<Response, Error> {
    let actions = actions_of(deps.storage, env.now, cause, "pledge")?;
    let count = actions.len() as i128;
    validate::range("needs_others", needs_others.len() as i128, count, count)?;
    exactly_the_stakes(&actions, funds)?;
    let (api, others) = (deps.api, deps.others);
    let mut response = Response::new();
    for (action, needs_others) in actions.into_iter().zip(needs_others) {
        let stake: Vec<Coin> = stake_of(&action).into_iter().collect();
        let asked = Asked {
            action: action.id,
            needs_others: *needs_others,
            referrer: None,
            credentials: &[],
        };
        let own = DepsMut {
            storage: &mut *deps.storage,
            api,
            others,
        };
        let done = pledge::pledge_to(own, env, person, &stake, action, asked)?;
        response = response.add_events(done.events).pay(done.payments);
    }
    Ok(response)
}

pub(crate) fn withdraw(
    deps: DepsMut,
    env: &Env,
    person: &Person,
    cause: u64,
) -> Result<Response, Error> {
    let actions = actions_of(deps.storage, env.now, cause, "withdraw")?;
    let first = actions.first().map_or(0, |action| action.id);
    let (api, others) = (deps.api, deps.others);
    let mut response = Response::new();
    let mut left = false;
    for action in actions {
        // What ended without the person and was claimed by anybody is done already.
        if standing(deps.storage, &action, person)?.is_none() {
            continue;
        }
        let own = DepsMut {
            storage: &mut *deps.storage,
            api,
            others,
        };
        let done = withdraw::withdraw_from(own, person, action)?;
        response = response.add_events(done.events).pay(done.payments);
        left = true;
    }
    if left {
        Ok(response)
    } else {
        Err(Error::NoPledge {
            action: first,
            person: person.address.to_string(),
        })
    }
}

/// The refusal of a message about one action of a bundle.
pub(crate) fn only_together(action: &Action, allowed: &'static str) -> Error {
    Error::Bundled {
        cause: action.terms.cause,
        found: "takes them together while none is bound",
        allowed,
    }
}

/// Whether a pledge of a bundle, on an action that is open, may be taken back by itself: once another
/// one of the person is bound, or when it isn't counted any more.
pub(crate) fn may_leave_alone(
    storage: &dyn Storage,
    now: u64,
    person: &Person,
    action: &Action,
) -> Result<(), Error> {
    // No pledge, or one that isn't counted any more: nothing of a bundle.
    let own = standing(storage, action, person)?;
    if own.is_none_or(|pledge| action.is_left_behind(&pledge)) {
        return Ok(());
    }
    for number in records::cause(storage, action.terms.cause)?.action_ids() {
        let mut other = Action::load(storage, number, now)?;
        if let Some(pledge) = standing(storage, &other, person)?
            && other.binds(storage, &pledge)?
        {
            return Ok(());
        }
    }
    Err(only_together(action, "withdraw_bundle"))
}

/// The pledge of a person, unless everything was paid for it.
fn standing(
    storage: &dyn Storage,
    action: &Action,
    person: &Person,
) -> Result<Option<Pledge>, Error> {
    let at = key::pledge(action.id, &person.canonical);
    let pledge: Option<Pledge> = store::load(storage, &at)?;
    Ok(pledge.filter(|pledge| !pledge.claimed))
}

fn actions_of(
    storage: &dyn Storage,
    now: u64,
    cause: u64,
    allowed: &'static str,
) -> Result<Vec<Action>, Error> {
    let actions = records::cause(storage, cause)?
        .action_ids()
        .map(|number| Action::load(storage, number, now))
        .collect::<Result<Vec<_>, Error>>()?;
    if actions.iter().all(|action| action.terms.bundled) {
        return Ok(actions);
    }
    Err(Error::Bundled {
        cause,
        found: "takes each by itself",
        allowed,
    })
}

fn stake_of(action: &Action) -> Option<Coin> {
    let terms = &action.terms;
    (terms.stake_amount > 0).then(|| money::coin(&terms.stake_denom, terms.stake_amount))
}

fn exactly_the_stakes(actions: &[Action], funds: &[Coin]) -> Result<(), Error> {
    const OVERFLOW: Error = Error::Overflow {
        what: "an amount of coins",
    };
    let mut due: BTreeMap<String, u128> = BTreeMap::new();
    for stake in actions.iter().filter_map(stake_of) {
        let amount = Uint128::try_from(stake.amount).map_err(|_| OVERFLOW)?;
        let sum = due.entry(stake.denom).or_default();
        *sum = sum.checked_add(amount.u128()).ok_or(OVERFLOW)?;
    }
    let wanted: Vec<Coin> = due
        .iter()
        .map(|(denom, sum)| money::coin(denom, *sum))
        .collect();
    money::exactly(&wanted, funds)
}
