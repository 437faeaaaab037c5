//! `withdraw`: whoever isn't bound leaves in one message, with the stake.

use cosmwasm_std::Storage;
use muster_door::{DepsMut, Env, Response};
use muster_mechanism::schedule::{Phase, Schedule};
use muster_schema::causes::{Error, event};
use muster_schema::layout::key;
use muster_schema::layout::{Bucket, Pledge};

use super::{claim, relay};
use crate::action::Action;
use crate::address::Person;
use crate::{confirm, gate, money, store};

pub(crate) fn withdraw(
    deps: DepsMut,
    env: &Env,
    person: &Person,
    id: u64,
) -> Result<Response, Error> {
    let mut action = Action::load(deps.storage, id, env.now)?;
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
    uncount_in_bucket(deps.storage, &action, &pledge)?;
    gate::free(deps.storage, &action, person)?;
    action.tally.pledged = one_less(action.tally.pledged)?;
    if pledge.staked {
        action.tally.staked = one_less(action.tally.staked)?;
    }
    // Of an active `rolling` action nobody who was in falls out.
    let counts_readiness = !matches!(action.terms.timeline.schedule, Schedule::AtClose { .. });
    let waits = counts_readiness && action.activated_at.is_none();
    if waits && action.tally.ready_since.is_some() && action.scan(deps.storage)?.people == 0 {
        action.tally.ready_since = None;
    }
    action.store_tally(deps.storage);
    let bound = action.store_deeds(deps.storage)?;

    let back = if pledge.staked {
        action.terms.stake_amount
    } else {
        0
    };
    Ok(Response::new()
        .add_events(reopened)
        .add_events(bound)
        .add_event(event::Withdrawn {
            action: id,
            person: person.address.to_string(),
        })
        .pay(money::pay(&person.address, &action.terms.stake_denom, back)))
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
    bucket.pledges = one_less(bucket.pledges)?;
    if pledge.staked {
        bucket.staked = one_less(bucket.staked)?;
    }
    if bucket.pledges == 0 {
        storage.remove(&at);
    } else {
        store::save(storage, &at, &bucket);
    }
    Ok(())
}

fn one_less(count: u32) -> Result<u32, Error> {
    count.checked_sub(1).ok_or(Error::Overflow {
        what: "a number of people",
    })
}
