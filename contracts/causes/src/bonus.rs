//! The rules of a refund bonus: who may come to it, and what each gets once the goal is missed.

use cosmwasm_std::Storage;
use muster_mechanism::bonus;
use muster_mechanism::schedule::Phase;
use muster_schema::causes::Error;
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{BonusPurse, BonusRule, Pledge, Requires};

use crate::action::Action;
use crate::address::Person;
use crate::{records, requirements, store};

const OVERFLOW: Error = Error::Overflow {
    what: "a number of people",
};

pub(crate) fn rule(storage: &dyn Storage, action: u64) -> Result<BonusRule, Error> {
    store::require(storage, &key::number(tag::BONUS, action))
}

pub(crate) fn purse(storage: &dyn Storage, action: u64) -> Result<BonusPurse, Error> {
    let at = key::number(tag::BONUS_PURSE, action);
    Ok(store::load(storage, &at)?.unwrap_or_default())
}

pub(crate) fn save(storage: &mut dyn Storage, action: u64, purse: &BonusPurse) {
    store::save(storage, &key::number(tag::BONUS_PURSE, action), purse);
}

/// Notes a pledge that may come to the bonus: with a stake or coins, early, ready at the goal, and of
/// neither the creator nor the sponsor.
pub(crate) fn note(
    storage: &mut dyn Storage,
    action: &Action,
    person: &Person,
    pledge: &Pledge,
    now: u64,
) -> Result<(), Error> {
    if !action.terms.bonus || pledge.stakes() == 0 || action.threshold(pledge) > action.terms.goal {
        return Ok(());
    }
    let rule = rule(storage, action.id)?;
    let creator = records::cause(storage, action.terms.cause)?.creator;
    if now >= rule.before || person.canonical == rule.sponsor || creator == person.address.as_str()
    {
        return Ok(());
    }
    let mut purse = purse(storage, action.id)?;
    purse.eligible = purse.eligible.checked_add(1).ok_or(OVERFLOW)?;
    save(storage, action.id, &purse);
    storage.set(&early(action.id, person), &[1]);
    Ok(())
}

/// A pledge that leaves before the close comes to nothing.
pub(crate) fn forget(
    storage: &mut dyn Storage,
    action: &Action,
    person: &Person,
) -> Result<(), Error> {
    let at = early(action.id, person);
    if !action.terms.bonus || storage.get(&at).is_none() {
        return Ok(());
    }
    storage.remove(&at);
    let mut purse = purse(storage, action.id)?;
    purse.eligible = purse.eligible.checked_sub(1).ok_or(OVERFLOW)?;
    save(storage, action.id, &purse);
    Ok(())
}

/// The purse as it stands once the goal was missed. Counts can't change after the close, and what
/// is required and fails later doesn't matter, so whichever message comes first finds the same
/// split. Nothing is due in any other end.
pub(crate) fn split(storage: &dyn Storage, action: &Action) -> Result<BonusPurse, Error> {
    let mut purse = purse(storage, action.id)?;
    if action.phase != Phase::Failed || purse.is_fixed {
        return Ok(purse);
    }
    if action.terms.requires != Requires::Nothing
        && !requirements::missed_alone(storage, action.id, action.now)?
    {
        return Ok(purse);
    }
    let rule = rule(storage, action.id)?;
    let found = bonus::split(purse.fund, rule.per_pledge, purse.eligible);
    purse.fund = found.to_sponsor;
    purse.each = found.each;
    purse.is_fixed = true;
    Ok(purse)
}

/// What a pledge that ended without being bound is due of the bonus.
pub(crate) fn due(storage: &dyn Storage, action: &Action, person: &Person) -> Result<u128, Error> {
    if !action.terms.bonus || storage.get(&early(action.id, person)).is_none() {
        return Ok(0);
    }
    Ok(split(storage, action)?.each)
}

/// Takes out what a pledge is due of the bonus.
pub(crate) fn take(
    storage: &mut dyn Storage,
    action: &Action,
    person: &Person,
) -> Result<u128, Error> {
    if !action.terms.bonus || storage.get(&early(action.id, person)).is_none() {
        return Ok(0);
    }
    let mut purse = split(storage, action)?;
    if purse.is_fixed {
        purse.eligible = purse.eligible.checked_sub(1).ok_or(OVERFLOW)?;
        save(storage, action.id, &purse);
    }
    storage.remove(&early(action.id, person));
    Ok(purse.each)
}

/// What an action still owes of its bonus.
pub(crate) fn owed(storage: &dyn Storage, action: &Action) -> Result<u128, Error> {
    if !action.terms.bonus {
        return Ok(0);
    }
    let purse = purse(storage, action.id)?;
    purse
        .each
        .checked_mul(u128::from(purse.eligible))
        .and_then(|all| all.checked_add(purse.fund))
        .ok_or(Error::Overflow {
            what: "an amount of coins",
        })
}

fn early(action: u64, person: &Person) -> Vec<u8> {
    key::number_and(tag::EARLY, action, &person.canonical)
}
