//! Coins for a purpose: where the units of an action lie that counts them.

use cosmwasm_std::{Coin, Storage};
use muster_schema::causes::Error;
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Given, Purpose, Units};

use crate::action::Action;
use crate::address::Person;
use crate::{money, payout, store};

/// The refusal of an action that counts people by a message about coins, or the other way round.
pub(crate) fn wrong_unit(action: &Action) -> Error {
    let (found, allowed) = if action.terms.coins {
        ("coins", "people")
    } else {
        ("people", "coins")
    };
    Error::WrongUnit {
        action: action.id,
        found,
        allowed,
    }
}

/// Refuses an action that counts coins: what the message is about has no meaning there.
pub(crate) fn refuse(action: &Action) -> Result<(), Error> {
    if action.terms.coins {
        return Err(wrong_unit(action));
    }
    Ok(())
}

pub(crate) fn purpose(storage: &dyn Storage, action: u64) -> Result<Purpose, Error> {
    store::require(storage, &key::number(tag::PURPOSE, action))
}

pub(crate) fn units(storage: &dyn Storage, action: u64) -> Result<Units, Error> {
    store::require(storage, &key::number(tag::UNITS, action))
}

pub(crate) fn save_units(storage: &mut dyn Storage, action: u64, units: &Units) {
    store::save(storage, &key::number(tag::UNITS, action), units);
}

/// Where it is written what a person gave.
pub(crate) fn given_at(action: u64, canonical: &[u8]) -> Vec<u8> {
    key::number_and(tag::GIVEN, action, canonical)
}

/// How many units the pledge of somebody on an action is of.
pub(crate) fn given(storage: &dyn Storage, action: u64, canonical: &[u8]) -> Result<u32, Error> {
    let Given(units) = store::require(storage, &given_at(action, canonical))?;
    Ok(units)
}

/// So many units in coins.
pub(crate) fn amount(purpose: &Purpose, units: u32) -> Result<u128, Error> {
    let product = purpose.min.checked_mul(u128::from(units));
    product.ok_or(Error::Overflow {
        what: "an amount of coins",
    })
}

/// What an action still owes, whether back or to its purpose: the units that lie here, and what is
/// left of those that an answer releases.
pub(crate) fn held(storage: &dyn Storage, action: u64) -> Result<Coin, Error> {
    let purpose = purpose(storage, action)?;
    let held = amount(&purpose, units(storage, action)?.held)?;
    let bound = payout::stored(storage, action)?.map_or(0, |payout| payout.left);
    let all = held.checked_add(bound).ok_or(Error::Overflow {
        what: "an amount of coins",
    })?;
    Ok(money::coin(&purpose.denom, all))
}

/// Takes what a person who isn't bound gave out of the books. `leaves`: the pledge no longer stands,
/// rather than having stood until the end. `None` where the action counts people.
pub(crate) fn take_back(
    storage: &mut dyn Storage,
    action: &Action,
    person: &Person,
    leaves: bool,
) -> Result<Option<Back>, Error> {
    if !action.terms.coins {
        return Ok(None);
    }
    let purpose = purpose(storage, action.id)?;
    let mut all = units(storage, action.id)?;
    let units = given(storage, action.id, &person.canonical)?;
    all.held = fewer(all.held, units)?;
    if leaves {
        all.people = fewer(all.people, 1)?;
        storage.remove(&given_at(action.id, &person.canonical));
    }
    save_units(storage, action.id, &all);
    Ok(Some(Back {
        units,
        amount: amount(&purpose, units)?,
        denom: purpose.denom,
    }))
}

/// What goes back to somebody.
pub(crate) struct Back {
    pub units: u32,
    pub amount: u128,
    pub denom: String,
}

pub(crate) fn more(units: u32, by: u32) -> Result<u32, Error> {
    units.checked_add(by).ok_or(OVERFLOW)
}

pub(crate) fn fewer(units: u32, by: u32) -> Result<u32, Error> {
    units.checked_sub(by).ok_or(OVERFLOW)
}

const OVERFLOW: Error = Error::Overflow {
    what: "a number of units",
};
