//! `claim`: one claim pays one pledge everything. Anybody may send it; only the owner is paid.

use cosmwasm_std::{Addr, MessageInfo, Storage};
use muster_door::{DepsMut, Env, Payment, Response};
use muster_mechanism::schedule::Phase;
use muster_schema::causes::{Error, event};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{FulfilmentKind, Pledge, Purse};

use super::{attest, settle};
use crate::action::Action;
use crate::address::{self, Person};
use crate::books::{self, Class, Due};
use crate::{coins, confirm, money, store};

const WHEN: &str = "settled, failed, cancelled or dropped; or activated without the person";

pub(crate) fn claim(
    deps: DepsMut,
    env: &Env,
    info: &MessageInfo,
    id: u64,
    person: Option<String>,
) -> Result<Response, Error> {
    let mut action = Action::load(deps.storage, id, env.now)?;
    let person = match person {
        Some(text) => address::typed(deps.api, "person", &text)?,
        None => address::sender(deps.api, &info.sender)?,
    };
    let by = (person.address != info.sender).then(|| info.sender.clone());
    let pledge = standing_pledge(deps.storage, id, &person)?;
    if action.is_left_behind(&pledge) {
        return confirm::release_left_behind(deps, action, &person, &pledge);
    }
    if action.phase.is_undecided() {
        return Err(action.wrong_phase(WHEN));
    }
    if !action.binds(deps.storage, &pledge)? {
        return release(deps, action, &person, pledge, by);
    }
    if action.terms.coins {
        return Err(Error::NothingDue {
            who: person.address.into(),
            found: "coins that are bound to their purpose".to_owned(),
        });
    }
    if action.phase != Phase::Settled {
        return Err(action.wrong_phase(WHEN));
    }
    pay_bound(deps, action, &person, pledge, by)
}

/// The pledge of `person` on an action, if nothing was paid for it yet.
pub(crate) fn standing_pledge(
    storage: &dyn Storage,
    action: u64,
    person: &Person,
) -> Result<Pledge, Error> {
    let who = || person.address.to_string();
    let pledge: Pledge = store::load(storage, &key::pledge(action, &person.canonical))?
        .ok_or_else(|| Error::NoPledge {
            action,
            person: who(),
        })?;
    if pledge.claimed {
        return Err(Error::AlreadyDone {
            what: "claim",
            action,
            person: who(),
        });
    }
    Ok(pledge)
}

/// Pays back a pledge that was never bound, once its action ended without it.
pub(crate) fn release(
    deps: DepsMut,
    mut action: Action,
    person: &Person,
    pledge: Pledge,
    by: Option<Addr>,
) -> Result<Response, Error> {
    let reopened = action.store_reopening(deps.storage);
    let bound = action.store_deeds(deps.storage)?;
    mark_claimed(deps.storage, action.id, person, pledge);
    let mut due = Due::default();
    if pledge.staked {
        due.stake = action.terms.stake_amount;
        action.tally.staked = one_less(action.tally.staked)?;
        action.store_tally(deps.storage);
    }
    let given = coins::take_back(deps.storage, &action, person, false)?;
    let paid = event::Claimed {
        coins: given.as_ref().map_or(0, |given| given.amount),
        ..claimed(&action, person, by.as_ref(), due)
    };
    let given = given.and_then(|given| money::pay(&person.address, &given.denom, given.amount));
    Ok(Response::new()
        .add_events(reopened)
        .add_events(bound)
        .add_event(paid)
        .pay(payments(&action, person, by.as_ref(), due))
        .pay(given))
}

fn pay_bound(
    deps: DepsMut,
    mut action: Action,
    person: &Person,
    pledge: Pledge,
    by: Option<Addr>,
) -> Result<Response, Error> {
    let bound = action.store_deeds(deps.storage)?;
    let (totals, purse, settled) = settle::fix_totals(deps.storage, &mut action)?;
    if settled.is_some() {
        action.store_tally(deps.storage);
    }
    mark_claimed(deps.storage, action.id, person, pledge);
    note_silence(deps.storage, &action, person, &pledge)?;
    let class = books::class(action.terms.fulfilment, &pledge);
    let due = if pledge.staked {
        take_from_purse(deps.storage, action.id, purse, class)?;
        books::due(&action.terms, &totals.forfeits, class)?
    } else {
        Due::default()
    };
    if by.is_none() {
        // Nobody else had to send it: the keeper's part is the cause's.
        let denom = action.terms.stake_denom.as_bytes();
        let fund = key::number_and(tag::FUND, action.terms.cause, denom);
        store::add_amount(deps.storage, &fund, due.keeper)?;
    }
    Ok(Response::new()
        .add_events(bound)
        .add_events(settled)
        .add_event(claimed(&action, person, by.as_ref(), due))
        .pay(payments(&action, person, by.as_ref(), due)))
}

/// Attestors who said nothing, or reached no quorum: *unreported* in the person's standing.
fn note_silence(
    storage: &mut dyn Storage,
    action: &Action,
    person: &Person,
    pledge: &Pledge,
) -> Result<(), Error> {
    let attested = matches!(action.terms.fulfilment, FulfilmentKind::Attested { .. });
    let crowd = action.deeds().committed >= attest::LEAST_FOR_STANDING;
    if attested && crowd && pledge.outcome.is_none() {
        attest::update_standing(storage, &person.canonical, |standing| {
            Some(&mut standing.unreported)
        })?;
    }
    Ok(())
}

fn mark_claimed(storage: &mut dyn Storage, action: u64, person: &Person, pledge: Pledge) {
    let claimed = Pledge {
        claimed: true,
        ..pledge
    };
    store::save(storage, &key::pledge(action, &person.canonical), &claimed);
}

fn take_from_purse(
    storage: &mut dyn Storage,
    action: u64,
    mut purse: Purse,
    class: Class,
) -> Result<(), Error> {
    let left = match class {
        Class::Kept => &mut purse.kept,
        Class::Broken => &mut purse.broken,
        Class::Excused => &mut purse.excused,
    };
    *left = one_less(*left)?;
    store::save(storage, &key::number(tag::PURSE, action), &purse);
    Ok(())
}

fn one_less(count: u32) -> Result<u32, Error> {
    count.checked_sub(1).ok_or(Error::Overflow {
        what: "a number of stakes",
    })
}

/// The coins of one claim: to the person, and to the keeper who sent it.
fn payments(
    action: &Action,
    person: &Person,
    by: Option<&Addr>,
    due: Due,
) -> impl Iterator<Item = Payment> {
    let denom = &action.terms.stake_denom;
    let own = due.stake.saturating_add(due.share); // both are parts of what lies here
    let to_person = money::pay(&person.address, denom, own);
    let to_keeper = by.and_then(|keeper| money::pay(keeper, denom, due.keeper));
    to_person.into_iter().chain(to_keeper)
}

fn claimed(action: &Action, person: &Person, by: Option<&Addr>, due: Due) -> event::Claimed {
    let (keeper, fund) = if by.is_some() {
        (due.keeper, 0)
    } else {
        (0, due.keeper)
    };
    event::Claimed {
        action: action.id,
        person: person.address.to_string(),
        by: by.map(ToString::to_string),
        stake: due.stake,
        share: due.share,
        keeper,
        fund,
        coins: 0,
    }
}
