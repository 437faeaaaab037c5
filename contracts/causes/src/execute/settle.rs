//! `settle`: fixes an action's totals. O(1), whatever the size of the crowd.

use cosmwasm_std::{MessageInfo, Storage};
use muster_door::{DepsMut, Env, Response};
use muster_schema::causes::{Error, event};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Purse, Totals};

use crate::action::Action;
use crate::{address, books, coins, outcome, store};

pub(crate) fn settle(
    deps: DepsMut,
    env: &Env,
    info: &MessageInfo,
    id: u64,
) -> Result<Response, Error> {
    let mut deps = deps;
    let now = env.now;
    let mut action = Action::load(deps.storage, id, now)?;
    coins::refuse(&action)?;
    let this = address::sender(deps.api, &env.contract)?;
    let answered = outcome::fix(&mut deps, &this.canonical, &mut action, now)?;
    let pays = outcome::pays(&action, now);
    if !pays && answered.is_empty() {
        return Err(action.wrong_phase("settled"));
    }
    if !pays || totals_of(deps.storage, id)?.is_some() {
        // All that was left to fix is the answer about the action as a whole.
        if !answered.is_empty() {
            let bound = action.store_deeds(deps.storage)?;
            return Ok(Response::new().add_events(bound).add_events(answered));
        }
        let person = info.sender.to_string();
        return Err(Error::AlreadyDone {
            what: "settle",
            action: id,
            person,
        });
    }
    let bound = action.store_deeds(deps.storage)?;
    let (_, _, settled) = fix_totals(deps.storage, &mut action)?;
    action.store_tally(deps.storage);
    Ok(Response::new()
        .add_events(bound)
        .add_events(answered)
        .add_events(settled))
}

/// The totals, if they are fixed.
pub(crate) fn totals_of(storage: &dyn Storage, action: u64) -> Result<Option<Totals>, Error> {
    store::load(storage, &key::number(tag::TOTALS, action))
}

/// The totals of a settled action and the purse that its claims draw from. Fixes them, with the
/// event that says so, if nobody has. The caller writes the tally.
pub(crate) fn fix_totals(
    storage: &mut dyn Storage,
    action: &mut Action,
) -> Result<(Totals, Purse, Option<event::Settled>), Error> {
    if let Some(totals) = totals_of(storage, action.id)? {
        let purse = store::require(storage, &key::number(tag::PURSE, action.id))?;
        return Ok((totals, purse, None));
    }
    let deeds = action.deeds();
    let answer = outcome::of(storage, action)?;
    let totals = books::totals(&action.terms, &deeds, answer)?;
    let purse = Purse {
        kept: totals.cooperators,
        broken: totals.broken,
        excused: totals.excused,
    };
    action.tally.staked = action
        .tally
        .staked
        .checked_sub(deeds.staked)
        .ok_or(Error::Overflow {
            what: "a number of stakes",
        })?;
    let f = totals.forfeits;
    let denom = action.terms.stake_denom.as_bytes();
    store::add_amount(storage, &key::tagged(tag::FEES, denom), f.fee)?;
    let fund = key::number_and(tag::FUND, action.terms.cause, denom);
    store::add_amount(storage, &fund, f.remainder)?;
    store::add_amount(
        storage,
        &key::number(tag::FORFEITS, action.id),
        f.to_address,
    )?;
    store::save(storage, &key::number(tag::TOTALS, action.id), &totals);
    store::save(storage, &key::number(tag::PURSE, action.id), &purse);
    let event = event::Settled {
        action: action.id,
        cooperators: totals.cooperators,
        broken: totals.broken,
        excused: totals.excused,
        forfeit_each: f.forfeit_each,
        keeper_each: f.keeper_each,
        share_each: f.share_each,
        to_address: f.to_address,
        fee: f.fee,
        remainder: f.remainder,
    };
    Ok((totals, purse, Some(event)))
}
