//! Answers, as of the block in which they are asked.

mod action;
mod cause;
mod deliberation;
mod gate;
mod judged;
mod pledge;
mod registry;
mod solvency;

use muster_door::{Deps, Env};
use muster_schema::causes::{
    Config as ConfigResponse, Error, QueryMsg, SequenceResponse, StandingResponse, limits,
};
use muster_schema::json::to_json;
use muster_schema::layout::Standing;
use muster_schema::layout::key::{self, tag};

use crate::{address, execute, records, store};

pub(crate) fn answer(deps: Deps, env: &Env, msg: QueryMsg) -> Result<String, Error> {
    let now = env.now;
    Ok(match msg {
        QueryMsg::Config {} => to_json(&config(deps)?),
        QueryMsg::Cause { cause } => to_json(&cause::cause(deps, cause)?),
        QueryMsg::Causes { start_after, limit } => {
            to_json(&cause::causes(deps, start_after, page(limit))?)
        }
        QueryMsg::Action { action } => to_json(&action::action(deps, env, action)?),
        QueryMsg::Curve { action } => to_json(&action::curve(deps, action, now)?),
        QueryMsg::Pledge { action, person } => {
            to_json(&pledge::pledge(deps, env, action, &person)?)
        }
        QueryMsg::Pledges {
            action,
            start_after,
            limit,
        } => to_json(&pledge::pledges(
            deps,
            action,
            start_after,
            page(limit),
            env,
        )?),
        QueryMsg::Claimable { action, person } => {
            to_json(&pledge::claimable(deps, env, action, &person)?)
        }
        QueryMsg::Sequence { person } => to_json(&sequence(deps, &person)?),
        QueryMsg::Standing { person } => to_json(&standing(deps, &person)?),
        QueryMsg::Fund { cause } => to_json(&cause::fund_of(deps, cause, now)?),
        QueryMsg::Registry {
            cause,
            start_after,
            limit,
        } => to_json(&registry::registry(deps, cause, start_after, page(limit))?),
        QueryMsg::Deliberation { cause } => to_json(&deliberation::deliberation(deps, cause, now)?),
        QueryMsg::Proposals {
            cause,
            start_after,
            limit,
        } => to_json(&deliberation::proposals(
            deps,
            cause,
            start_after,
            page(limit),
        )?),
        QueryMsg::Ballot { cause, person } => to_json(&deliberation::ballot(deps, cause, &person)?),
        QueryMsg::Solvency { start_after, limit } => {
            to_json(&solvency::solvency(deps, start_after, page(limit))?)
        }
    })
}

/// The size of a page: at least 1, at most `MAX_PAGE`.
fn page(limit: Option<u32>) -> usize {
    let limit = limit
        .unwrap_or(limits::DEFAULT_PAGE)
        .clamp(1, limits::MAX_PAGE);
    usize::try_from(limit).unwrap_or(1)
}

fn config(deps: Deps) -> Result<ConfigResponse, Error> {
    let config = records::config(deps.storage)?;
    Ok(ConfigResponse {
        owner: config.owner,
        pending_owner: config.pending_owner,
        treasury: config.treasury,
        fee_bps: config.fee_bps,
        floors: config.floors,
    })
}

fn sequence(deps: Deps, person: &str) -> Result<SequenceResponse, Error> {
    let person = address::typed(deps.api, "person", person)?;
    let last = execute::relay::last(deps.storage, &person)?;
    let next = last.map_or(0, |last| last.saturating_add(1));
    Ok(SequenceResponse { next })
}

fn standing(deps: Deps, person: &str) -> Result<StandingResponse, Error> {
    let person = address::typed(deps.api, "person", person)?;
    let at = key::tagged(tag::STANDING, &person.canonical);
    let Standing {
        kept,
        broken,
        unreported,
        referred_kept,
    } = store::load(deps.storage, &at)?.unwrap_or_default();
    Ok(StandingResponse {
        kept,
        broken,
        unreported,
        referred_kept,
    })
}
