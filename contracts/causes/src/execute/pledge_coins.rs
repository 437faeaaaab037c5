//! `pledge_coins`: all-or-nothing money for a named purpose. The same scan as for people, with units
//! for people.

use cosmwasm_std::Coin;
use muster_door::{DepsMut, Env, Response};
use muster_mechanism::grid;
use muster_schema::causes::{Credential, Error, event};
use muster_schema::layout::{Pledge, Purpose, key};

use super::admit::{self, Asking};
use super::{counterpart, pledge};
use crate::action::Action;
use crate::address::Person;
use crate::{bonus, coins, money, store};

/// What a pledge of coins says.
#[derive(Clone, Copy)]
pub(crate) struct Offer<'a> {
    pub action: u64,
    pub total_at_least: u32,
    /// What the action's gate asks to be attested.
    pub credentials: &'a [Credential],
}

pub(crate) fn pledge_coins(
    mut deps: DepsMut,
    env: &Env,
    person: &Person,
    funds: &[Coin],
    offer: Offer<'_>,
) -> Result<Response, Error> {
    let Offer {
        action: id,
        total_at_least,
        credentials,
    } = offer;
    let mut action = Action::load(deps.storage, id, env.now)?;
    if !action.terms.coins {
        return Err(coins::wrong_unit(&action));
    }
    if !action.takes_pledges() {
        return Err(action.wrong_phase(pledge::WHEN));
    }
    if action.waits_for_counterpart(deps.storage) {
        return Err(counterpart::missing(deps.as_ref(), id)?);
    }
    check_condition(total_at_least, action.terms.goal)?;
    let purpose = coins::purpose(deps.storage, id)?;
    let units = money::units_attached(&action.terms, funds)?;
    refuse_roles(&purpose, person)?;
    pledge::refuse_roles(deps.storage, &action, person)?;

    let at = key::pledge(id, &person.canonical);
    if deps.storage.get(&at).is_some() {
        return Err(Error::AlreadyPledged {
            action: id,
            person: person.address.to_string(),
        });
    }
    let promise = Pledge {
        // Own coins are among those that come together: t = total_at_least. The goal asks for itself.
        needs_others: if total_at_least > action.terms.goal {
            total_at_least.saturating_sub(1)
        } else {
            0
        },
        units,
        ..Pledge::default()
    };
    let threshold = action.threshold(&promise);
    let admitted = if action.terms.gated || !credentials.is_empty() {
        let asking = Asking {
            person,
            threshold,
            weight: units,
            credentials,
        };
        admit::admit(&mut deps, env, &action, asking)?
    } else {
        None
    };
    store::save(deps.storage, &at, &promise);
    bonus::note(deps.storage, &action, person, &promise, env.now)?;
    if threshold > action.terms.goal {
        let at = action.bucket_at(promise.epoch, threshold);
        pledge::count_in_bucket(deps.storage, &at, units, false)?;
    }
    let tally = &mut action.tally;
    tally.people = pledge::one_more(tally.people)?;
    tally.pledged = coins::more(tally.pledged, units)?;
    tally.staked = coins::more(tally.staked, units)?;
    tally.ever_pledged = true;
    pledge::note_readiness(deps.storage, &mut action, env.now)?;
    action.store_tally(deps.storage);

    let event = event::CoinsPledged {
        action: id,
        person: person.address.to_string(),
        units,
        total_at_least,
    };
    Ok(Response::new().add_event(event).add_events(admitted))
}

/// 0, the goal, or a point of the grid above it.
fn check_condition(total_at_least: u32, goal: u32) -> Result<(), Error> {
    if total_at_least == 0 || total_at_least == goal {
        return Ok(());
    }
    if total_at_least < goal {
        return Err(Error::OutOfRange {
            field: "total_at_least",
            found: total_at_least.into(),
            least: goal.into(),
            most: goal.max(grid::MAX_NEEDS_OTHERS).into(),
        });
    }
    grid::check_needs_others(total_at_least).map_err(|e| pledge::off_grid("total_at_least", e))
}

/// Whoever gains from it doesn't pledge there.
fn refuse_roles(purpose: &Purpose, person: &Person) -> Result<(), Error> {
    let found = if purpose.beneficiary == person.canonical {
        "beneficiary"
    } else if purpose.recipient.as_ref() == Some(&person.canonical) {
        "recipient in document"
    } else {
        return Ok(());
    };
    Err(Error::RoleConflict {
        person: person.address.to_string(),
        found,
        wanted: "pledger",
    })
}
