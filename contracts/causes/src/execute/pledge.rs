//! `pledge`: the hot path. Two records read, one looked for, two written; a threshold above the
//! goal reads and writes a bucket more.

use cosmwasm_std::{Coin, Storage};
use muster_door::{Addresses, DepsMut, Env, Response};
use muster_mechanism::grid;
use muster_mechanism::schedule::Schedule;
use muster_schema::causes::{Credential, Error, event};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Bucket, FulfilmentKind, OutcomeJudge, Pledge, Roles, StakeKind};

use super::admit::{self, Asking};
use super::{bundle, counterpart};
use crate::action::Action;
use crate::address::{self, Person};
use crate::{bonus, coins, deposit, money, outcome, pledgers, records, store};

/// When one may pledge.
pub(super) const WHEN: &str = "pledging, or locked before the close";

/// What a pledge says.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub action: u64,
    pub needs_others: u32,
    pub referrer: Option<&'a str>,
    /// What the action's gate asks to be attested.
    pub credentials: &'a [Credential],
}

pub(crate) fn pledge(
    deps: DepsMut,
    env: &Env,
    person: &Person,
    funds: &[Coin],
    asked: Asked<'_>,
) -> Result<Response, Error> {
    let action = Action::load(deps.storage, asked.action, env.now)?;
    if action.terms.bundled {
        return Err(bundle::only_together(&action, "pledge_bundle"));
    }
    pledge_to(deps, env, person, funds, action, asked)
}

/// A pledge to one action, whether or not it is of a bundle.
pub(crate) fn pledge_to(
    mut deps: DepsMut,
    env: &Env,
    person: &Person,
    funds: &[Coin],
    mut action: Action,
    asked: Asked<'_>,
) -> Result<Response, Error> {
    let Asked {
        action: id,
        needs_others,
        referrer,
        credentials,
    } = asked;
    let now = env.now;
    coins::refuse(&action)?;
    if !action.takes_pledges() {
        return Err(action.wrong_phase(WHEN));
    }
    if action.waits_for_counterpart(deps.storage) {
        return Err(counterpart::missing(deps.as_ref(), id)?);
    }
    grid::check_needs_others(needs_others).map_err(|e| off_grid("needs_others", e))?;
    let staked = money::stake_attached(&action.terms, funds)?;
    refuse_roles(deps.storage, &action, person)?;

    let at = key::pledge(id, &person.canonical);
    if deps.storage.get(&at).is_some() {
        return Err(Error::AlreadyPledged {
            action: id,
            person: person.address.to_string(),
        });
    }
    let referrer = referrer
        .map(|text| refer(deps.storage, deps.api, &action, person, text))
        .transpose()?;
    let reopened = action.store_reopening(deps.storage);
    let pledge = Pledge {
        needs_others,
        staked,
        referred: referrer.is_some(),
        epoch: action.confirm.epoch,
        ..Pledge::default()
    };
    let threshold = action.threshold(&pledge);
    let admitted = if action.terms.gated || !credentials.is_empty() {
        let asking = Asking {
            person,
            threshold,
            weight: 1,
            credentials,
        };
        admit::admit(&mut deps, env, &action, asking)?
    } else {
        None // the common case reads nothing for it
    };
    store::save(deps.storage, &at, &pledge);
    bonus::note(deps.storage, &action, person, &pledge, now)?;
    deposit::put(deps.storage, &action)?;

    if threshold > action.terms.goal {
        let at = action.bucket_at(pledge.epoch, threshold);
        count_in_bucket(deps.storage, &at, 1, staked)?;
    }
    let tally = &mut action.tally;
    tally.pledged = one_more(tally.pledged)?;
    tally.staked = if staked {
        one_more(tally.staked)?
    } else {
        tally.staked
    };
    tally.ever_pledged = true;
    note_readiness(deps.storage, &mut action, now)?;
    action.store_tally(deps.storage);

    let event = event::Pledged {
        action: id,
        person: person.address.to_string(),
        needs_others,
        staked,
        referrer,
    };
    Ok(Response::new()
        .add_events(reopened)
        .add_event(event)
        .add_events(admitted))
}

/// Notes who brought the person here: somebody else with a pledge on the cause.
fn refer(
    storage: &mut dyn Storage,
    api: &dyn Addresses,
    action: &Action,
    person: &Person,
    text: &str,
) -> Result<String, Error> {
    let referrer = address::typed(api, "referrer", text)?;
    if referrer.canonical == person.canonical {
        return Err(Error::RoleConflict {
            person: referrer.address.into(),
            found: "pledger",
            wanted: "referrer",
        });
    }
    let id = action.terms.cause;
    let cause = records::cause(storage, id)?;
    pledgers::require(storage, id, &cause, &referrer)?;
    let at = key::number_and(tag::REFERRER, action.id, &person.canonical);
    storage.set(&at, &referrer.canonical);
    Ok(referrer.address.into())
}

/// Attestors judge and the address in `forfeits_to` gains: neither pledges there.
pub(super) fn refuse_roles(
    storage: &dyn Storage,
    action: &Action,
    person: &Person,
) -> Result<(), Error> {
    let terms = &action.terms;
    let judged = terms.timeline.judged.answer_window > 0;
    if terms.fulfilment == FulfilmentKind::Honor && terms.stake == StakeKind::None && !judged {
        return Ok(()); // nobody has a role here, and the common case reads nothing for it
    }
    let conflict = |found| Error::RoleConflict {
        person: person.address.to_string(),
        found,
        wanted: "pledger",
    };
    if judged {
        match outcome::judges(storage, action.id)?.outcome {
            Some(OutcomeJudge::Attested { attestors, .. })
                if attestors.contains(&person.canonical) =>
            {
                return Err(conflict("attestor"));
            }
            _ => {}
        }
    }
    let Some(roles) = store::load::<Roles>(storage, &key::number(tag::ROLES, action.id))? else {
        return Ok(());
    };
    let found = if roles.attestors.contains(&person.canonical) {
        "attestor"
    } else if roles.forfeits_to.as_ref() == Some(&person.canonical) {
        "address in forfeits_to"
    } else {
        return Ok(());
    };
    Err(conflict(found))
}

/// Keeps `ready_since` where time counts from it: scans only when there are enough for the goal
/// and none were committed yet.
pub(super) fn note_readiness(
    storage: &dyn Storage,
    action: &mut Action,
    now: u64,
) -> Result<(), Error> {
    let counts_readiness = !matches!(action.terms.timeline.schedule, Schedule::AtClose { .. });
    let could_start =
        action.tally.ready_since.is_none() && action.tally.pledged >= action.terms.goal;
    if counts_readiness && could_start && action.scan(storage)?.people > 0 {
        action.tally.ready_since = Some(now);
    }
    Ok(())
}

/// Counts in the bucket at a threshold above the goal. `weight`: 1, or the units of a pledge of coins.
pub(crate) fn count_in_bucket(
    storage: &mut dyn Storage,
    at: &[u8],
    weight: u32,
    staked: bool,
) -> Result<(), Error> {
    let mut bucket: Bucket = store::load(storage, at)?.unwrap_or_default();
    bucket.pledges = bucket.pledges.checked_add(weight).ok_or(OVERFLOW)?;
    bucket.staked = if staked {
        one_more(bucket.staked)?
    } else {
        bucket.staked
    };
    store::save(storage, at, &bucket);
    Ok(())
}

pub(crate) fn one_more(count: u32) -> Result<u32, Error> {
    count.checked_add(1).ok_or(OVERFLOW)
}

const OVERFLOW: Error = Error::Overflow {
    what: "a number of people",
};

pub(super) fn off_grid(field: &'static str, e: grid::OffGrid) -> Error {
    let nearest = match e.above {
        Some(above) => format!("{} and {above}", e.below),
        None => format!("at most {}", e.below),
    };
    Error::OffGrid {
        field,
        found: e.found,
        nearest,
    }
}
