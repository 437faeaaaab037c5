//! `settle`: fixes an action's totals. O(1), whatever the size of the crowd.

use cosmwasm_std::{MessageInfo, Storage};
use muster_door::{DepsMut, Env, Response};
use muster_mechanism::forfeits::Forfeits;
use muster_schema::causes::{Error, event};
use muster_schema::layout::Settled;
use muster_schema::layout::key::{self, tag};

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
    if !pays || action.tally.settled.is_some() {
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

/// How the stakes of a settled action fell, with the amounts that follow. Fixes it, with the event
/// that says so, if nobody has. The caller writes the tally.
pub(crate) fn fix_totals(
    storage: &mut dyn Storage,
    action: &mut Action,
) -> Result<(Settled, Forfeits, Option<event::Settled>), Error> {
    if let Some(counts) = action.tally.settled {
        return Ok((counts, books::forfeits(&action.terms, &counts)?, None));
    }
    let deeds = action.deeds();
    let counts = books::counts(&action.terms, &deeds, action.answer())?;
    let f = books::forfeits(&action.terms, &counts)?;
    for in_a_class in [counts.cooperators, counts.broken, counts.excused] {
        action.tally.staked = books::fewer_stakes(action.tally.staked, in_a_class)?;
    }
    action.tally.settled = Some(counts);
    let denom = action.terms.stake_denom.as_bytes();
    store::add_amount(storage, &key::tagged(tag::FEES, denom), f.fee)?;
    let fund = key::number_and(tag::FUND, action.terms.cause, denom);
    store::add_amount(storage, &fund, f.remainder)?;
    store::add_amount(
        storage,
        &key::number(tag::FORFEITS, action.id),
        f.to_address,
    )?;
    let event = event::Settled {
        action: action.id,
        cooperators: counts.cooperators,
        broken: counts.broken,
        excused: books::excused(&deeds, counts.cooperators, counts.broken)?,
        forfeit_each: f.forfeit_each,
        keeper_each: f.keeper_each,
        share_each: f.share_each,
        to_address: f.to_address,
        fee: f.fee,
        remainder: f.remainder,
    };
    Ok((counts, f, Some(event)))
}
