//! A campaign fund's rules: whether it is over, and who gets what is left.

use cosmwasm_std::{Order, Storage};
use muster_mechanism::fund as rule;
use muster_schema::causes::{Error, limits};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Cause, Terms};

use crate::{requirements, store};

/// Who gets what is left, canonical; `None` where the cause named nobody: its fund never ends.
pub(crate) fn heir(storage: &dyn Storage, cause: u64) -> Option<Vec<u8>> {
    storage.get(&key::number(tag::FUND_TO, cause))
}

/// The second from which the fund is over, as far as it is known at `now`; `None`: never.
///
/// It looks at each action of the cause, at most [`limits::MAX_ACTIONS`], and at what they require.
pub(crate) fn until(
    storage: &dyn Storage,
    id: u64,
    cause: &Cause,
    now: u64,
) -> Result<Option<u64>, Error> {
    if heir(storage, id).is_none() {
        return Ok(None);
    }
    let mut ends = Vec::new();
    for action in cause.action_ids() {
        let end = requirements::ended_at(storage, action, now)?;
        ends.push(end);
        if end.is_none() {
            break; // one that goes on says it all
        }
    }
    Ok(Some(rule::until(cause.created_at, ends)))
}

/// Whether the fund is over at `now`.
pub(crate) fn is_over(
    storage: &dyn Storage,
    id: u64,
    cause: &Cause,
    now: u64,
) -> Result<bool, Error> {
    // No action can have ended a year ago before a year has passed.
    if now < cause.created_at.saturating_add(rule::REST) {
        return Ok(false);
    }
    Ok(until(storage, id, cause, now)?.is_some_and(|end| now >= end))
}

/// Refuses a gift of a kind of coin that the fund has no place for: it lists what it holds. The
/// denoms of the cause's own stakes always have one.
pub(crate) fn check_room(
    storage: &dyn Storage,
    id: u64,
    cause: &Cause,
    denom: &str,
) -> Result<(), Error> {
    let prefix = key::number(tag::FUND, id);
    let kinds = store::under(storage, &prefix, Order::Ascending)
        .take(limits::MAX_FUND_DENOMS)
        .count();
    if kinds < limits::MAX_FUND_DENOMS {
        return Ok(());
    }
    for action in cause.action_ids() {
        let terms: Terms = store::require(storage, &key::number(tag::TERMS, action))?;
        if terms.stake_denom == denom {
            return Ok(());
        }
    }
    Err(Error::OutOfRange {
        field: "denoms in the fund",
        found: (kinds as i128).saturating_add(1),
        least: 0,
        most: limits::MAX_FUND_DENOMS as i128,
    })
}
