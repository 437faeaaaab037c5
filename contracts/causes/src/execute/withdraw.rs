//! `withdraw`: whoever isn't bound leaves in one message, with the stake.

use cosmwasm_std::Storage;
use muster_door::{DepsMut, Env, Response};
use muster_mechanism::schedule::{Phase, Schedule};
use muster_schema::causes::{Error, event};
use muster_schema::layout::key;
use muster_schema::layout::{Bucket, Pledge};

use super::{bundle, claim, relay};
use crate::action::Action;
use crate::address::Person;
use crate::{bonus, choice, coins, confirm, deposit, gate, money, store};

pub(crate) fn withdraw(
    deps: DepsMut,
    env: &Env,
    person: &Person,
    id: u64,
) -> Result<Response, Error> {
    let action = Action::load(deps.storage, id, env.now)?;
    if action.terms.bundled && action.phase == Phase::Pledging {
        bundle::may_leave_alone(deps.storage, env.now, person, &action)?;
    }
    withdraw_from(deps, person, action)
}

/// A withdrawal from one action, whether or not it is of a bundle.
pub(crate) fn withdraw_from(
    deps: DepsMut,
    person: &Person,
    mut action: Action,
) -> Result<Response, Error> {
    let id = action.id;
    let at = key::pledge(id, &person.canonical);
    let pledge = claim::standing_pledge(deps.storage, id, person)?;
    if action.is_left_behind(&pledge) {
        return confirm::release_left_behind(deps, action, person, &pledge);
    }
    if action.binds(deps.storage, &pledge)? {
        return Err(Error::Bound {
            action: id,
            person: person.address.to_string(),
        });
    }
    match action.phase {
        Phase::Pledging => {}
        Phase::Locked | Phase::Confirming => {
            return Err(action.wrong_phase("pledging, or any phase after it ended without you"));
        }
        // Ended without this pledge: what `claim` does for anybody.
        _ => return claim::release(deps, action, person, pledge, None),
    }

    let reopened = action.store_reopening(deps.storage);
    deps.storage.remove(&at);
    relay::keep_sequence(deps.storage, person, &pledge)?;
    gate::free(deps.storage, &action, person)?;
    bonus::forget(deps.storage, &action, person)?;
    uncount_in_bucket(deps.storage, &action, &pledge)?;
    let tally = &mut action.tally;
    tally.pledged = less(tally.pledged, pledge.weight())?;
    tally.staked = less(tally.staked, pledge.stakes())?;
    if action.terms.coins {
        tally.people = less(tally.people, 1)?;
    }
    // Of an active `rolling` action nobody who was in falls out.
    let counts_readiness = !matches!(action.terms.timeline.schedule, Schedule::AtClose { .. });
    let waits = counts_readiness && action.activated_at.is_none();
    if waits && action.tally.ready_since.is_some() && action.scan(deps.storage)?.people == 0 {
        action.tally.ready_since = None;
    }
    action.store_tally(deps.storage);
    let unscored = match action.terms.chosen_at {
        Some(chosen) if action.now < chosen => {
            choice::leave(deps.storage, action.terms.cause, person)?
        }
        _ => None,
    };
    let bound = action.store_deeds(deps.storage)?;

    let given = coins::amount(&action.terms, pledge.stakes())?;
    let deposit = deposit::take_back(deps.storage, &action)?;
    let back = given.saturating_add(deposit); // together below 2^97
    Ok(Response::new()
        .add_events(reopened)
        .add_events(bound)
        .add_event(event::Withdrawn {
            action: id,
            person: person.address.to_string(),
        })
        .pay(money::pay(&person.address, &action.terms.stake_denom, back))
        .add_events(unscored))
}

fn uncount_in_bucket(
    storage: &mut dyn Storage,
    action: &Action,
    pledge: &Pledge,
) -> Result<(), Error> {
    let threshold = action.threshold(pledge);
    if threshold <= action.terms.goal {
        return Ok(());
    }
    let at = action.bucket_at(action.confirm.epoch, threshold);
    let mut bucket: Bucket = store::require(storage, &at)?;
    bucket.pledges = less(bucket.pledges, pledge.weight())?;
    if pledge.staked {
        bucket.staked = less(bucket.staked, 1)?;
    }
    if bucket.pledges == 0 {
        storage.remove(&at);
    } else {
        store::save(storage, &at, &bucket);
    }
    Ok(())
}

fn less(count: u32, by: u32) -> Result<u32, Error> {
    count.checked_sub(by).ok_or(Error::Overflow {
        what: "a number of people",
    })
}
