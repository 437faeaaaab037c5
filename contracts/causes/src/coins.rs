//! Coins for a purpose: units of an action that counts them. They lie in its tally as stakes do.

use cosmwasm_std::{Coin, Storage};
use muster_schema::causes::Error;
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Purpose, Terms};

use crate::action::Action;
use crate::{bonus, money, payout, store};

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

/// How many units were paid to the beneficiary; none where nothing says so.
pub(crate) fn released(storage: &dyn Storage, action: u64) -> Result<u32, Error> {
    store::count(storage, &key::number(tag::RELEASED, action), "released")
}

pub(crate) fn save_released(storage: &mut dyn Storage, action: u64, units: u32) {
    storage.set(&key::number(tag::RELEASED, action), &units.to_be_bytes());
}

/// So many units in coins.
pub(crate) fn amount(terms: &Terms, units: u32) -> Result<u128, Error> {
    let product = terms.stake_amount.checked_mul(u128::from(units));
    product.ok_or(Error::Overflow {
        what: "an amount of coins",
    })
}

/// What an action still owes, whether back or to its purpose: the units that lie here, and what is
/// left of those that an answer releases; with its refund bonus.
pub(crate) fn held(storage: &dyn Storage, action: &Action) -> Result<Coin, Error> {
    let held = amount(&action.terms, action.tally.staked)?;
    let bound = payout::stored(storage, action.id)?.map_or(0, |payout| payout.left);
    let bonus = bonus::owed(storage, action)?;
    let all = held
        .checked_add(bound)
        .and_then(|all| all.checked_add(bonus));
    let all = all.ok_or(Error::Overflow {
        what: "an amount of coins",
    })?;
    Ok(money::coin(&action.terms.stake_denom, all))
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
