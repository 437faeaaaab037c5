//! Answers, as of the block in which they are asked.

mod action;
mod cause;
mod pledge;
mod solvency;

use cosmwasm_std::{Binary, Deps, Env, to_json_binary};
use muster_schema::causes::{Config as ConfigResponse, Error, QueryMsg, StandingResponse, limits};
use muster_schema::layout::Standing;
use muster_schema::layout::key::{self, tag};

use crate::records::Config;
use crate::{address, store};

pub(crate) fn answer(deps: Deps, env: &Env, msg: QueryMsg) -> Result<Binary, Error> {
    let now = env.block.time.seconds();
    Ok(match msg {
        QueryMsg::Config {} => to_json_binary(&config(deps)?),
        QueryMsg::Cause { cause } => to_json_binary(&cause::cause(deps, cause)?),
        QueryMsg::Causes { start_after, limit } => {
            to_json_binary(&cause::causes(deps, start_after, page(limit))?)
        }
        QueryMsg::Action { action } => to_json_binary(&action::action(deps, action, now)?),
        QueryMsg::Curve { action } => to_json_binary(&action::curve(deps, action, now)?),
        QueryMsg::Pledge { action, person } => {
            to_json_binary(&pledge::pledge(deps, action, &person, now)?)
        }
        QueryMsg::Pledges {
            action,
            start_after,
            limit,
        } => to_json_binary(&pledge::pledges(
            deps,
            action,
            start_after,
            page(limit),
            now,
        )?),
        QueryMsg::Claimable { action, person } => {
            to_json_binary(&pledge::claimable(deps, action, &person, now)?)
        }
        QueryMsg::Standing { person } => to_json_binary(&standing(deps, &person)?),
        QueryMsg::Solvency { start_after, limit } => {
            to_json_binary(&solvency::solvency(deps, start_after, page(limit))?)
        }
    }?)
}

/// The size of a page: at least 1, at most `MAX_PAGE`.
fn page(limit: Option<u32>) -> usize {
    let limit = limit
        .unwrap_or(limits::DEFAULT_PAGE)
        .clamp(1, limits::MAX_PAGE);
    usize::try_from(limit).unwrap_or(1)
}

fn config(deps: Deps) -> Result<ConfigResponse, Error> {
    let config = Config::load(deps.storage)?;
    Ok(ConfigResponse {
        owner: config.owner.map(Into::into),
        pending_owner: config.pending_owner.map(Into::into),
        treasury: config.treasury.into(),
        fee_bps: config.fee_bps,
        floors: config.floors,
    })
}

fn standing(deps: Deps, person: &str) -> Result<StandingResponse, Error> {
    let person = address::typed(deps.api, "person", person)?;
    let at = key::tagged(tag::STANDING, &person.canonical);
    let Standing {
        kept,
        broken,
        unreported,
    } = store::load(deps.storage, &at)?.unwrap_or_default();
    Ok(StandingResponse {
        kept,
        broken,
        unreported,
    })
}
