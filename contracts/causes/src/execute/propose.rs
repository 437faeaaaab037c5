//! `propose` and `second`: more alternatives, by members. A proposal is text until enough of them
//! second it; with the last of them it takes one of the places, under the next number.

use muster_door::{DepsMut, Env, Response};
use muster_mechanism::schedule::Judged;
use muster_schema::causes::{Error, NewAction, event, limits};
use muster_schema::json;
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Proposal, Requires, Terms};

use super::create_cause::{self, alternatives, check};
use crate::address::Person;
use crate::choice::Deliberating;
use crate::{records, store};

const OVERFLOW: Error = Error::Overflow { what: "proposals" };

pub(crate) fn propose(
    deps: DepsMut,
    env: &Env,
    person: &Person,
    cause: u64,
    action: &NewAction,
) -> Result<Response, Error> {
    let mut choice = open(&deps, env, cause)?;
    choice.require_member(deps.storage, person)?;
    let floors = records::config(deps.storage)?.floors;
    check::action(action, env.now, &floors)?;
    alternatives::one(action, choice.choice.score_until, &floors)?;
    if action.gate.is_some() {
        return Err(Error::Contradiction {
            found: "a proposal with a gate of its own",
            allowed: "one without, like what it would be chosen from",
        });
    }
    // Else a free one would give everybody with a wallet a ballot on all of them.
    let first: Terms = store::require(deps.storage, &key::number(tag::TERMS, choice.action(0)))?;
    if create_cause::stake(action)? != (first.stake, first.stake_amount, first.stake_denom) {
        return Err(Error::Contradiction {
            found: alternatives::DIFFERENT_STAKES,
            allowed: alternatives::ONE_STAKE,
        });
    }
    let others = [
        (choice.cause.creator.as_str(), "creator"),
        (person.address.as_str(), "proposer"),
    ];
    check::roles(deps.api, action, &others, &env.contract)?;

    let number = choice.choice.proposals.checked_add(1).ok_or(OVERFLOW)?;
    choice.choice.proposals = number;
    choice.store(deps.storage);
    let proposal = Proposal {
        proposer: person.canonical.clone(),
        ..Proposal::default()
    };
    let definition = event::Proposed::definition_json(action);
    let at = key::proposal(tag::PROPOSAL, cause, number, &[]);
    store::save(deps.storage, &at, &proposal);
    let at = key::proposal(tag::PROPOSED, cause, number, &[]);
    deps.storage.set(&at, definition.as_bytes());
    Ok(Response::new().add_event(event::Proposed {
        cause,
        proposal: number,
        person: person.address.to_string(),
        definition,
    }))
}

pub(crate) fn second(
    mut deps: DepsMut,
    env: &Env,
    person: &Person,
    cause: u64,
    number: u32,
) -> Result<Response, Error> {
    let mut choice = open(&deps, env, cause)?;
    let at = key::proposal(tag::PROPOSAL, cause, number, &[]);
    let Some(mut proposal) = store::load::<Proposal>(deps.storage, &at)? else {
        return Err(Error::UnknownProposal {
            cause,
            found: number,
            last: choice.choice.proposals,
        });
    };
    choice.require_member(deps.storage, person)?;
    if proposal.proposer == person.canonical {
        return Err(Error::RoleConflict {
            person: person.address.to_string(),
            found: "proposer",
            wanted: "seconder",
        });
    }
    let seconded = key::proposal(tag::SECONDED, cause, number, &person.canonical);
    if deps.storage.get(&seconded).is_some() {
        return Err(Error::AlreadySeconded {
            proposal: number,
            person: person.address.to_string(),
        });
    }
    if proposal.action.is_some() {
        return Err(choice.refusal("has that proposal as an alternative", "one that isn't yet"));
    }
    deps.storage.set(&seconded, &[1]);
    proposal.seconders = proposal.seconders.checked_add(1).ok_or(OVERFLOW)?;
    if proposal.seconders >= limits::SECONDERS {
        proposal.action = Some(become_alternative(&mut deps, env, &mut choice, number)?);
    }
    store::save(deps.storage, &at, &proposal);
    Ok(Response::new().add_event(event::Seconded {
        cause,
        proposal: number,
        person: person.address.to_string(),
        action: proposal.action,
    }))
}

/// The deliberation of `cause`, if it takes proposals now and has a place left for one.
fn open(deps: &DepsMut, env: &Env, cause: u64) -> Result<Deliberating, Error> {
    let choice = Deliberating::load(deps.storage, cause)?;
    let Some(until) = choice.choice.score_from else {
        return Err(choice.refusal("takes no proposals", "one that does"));
    };
    choice.within(None, until, env.now, "until the proposals end")?;
    if choice.choice.added >= choice.choice.places {
        return Err(choice.refusal("has no place left", "one with a place for a proposal"));
    }
    Ok(choice)
}

/// Gives a proposal the next of the reserved numbers.
fn become_alternative(
    deps: &mut DepsMut,
    env: &Env,
    choice: &mut Deliberating,
    number: u32,
) -> Result<u64, Error> {
    let at = key::proposal(tag::PROPOSED, choice.id, number, &[]);
    let stored = deps.storage.get(&at).unwrap_or_default();
    let action: NewAction = json::from_json(&stored).map_err(|_| store::missing("proposed"))?;
    // It passed every check when it was proposed, and the choice, by which they count, is the same.
    let roles = check::roles(deps.api, &action, &[], &env.contract)?;
    let place = choice.choice.alternatives();
    choice.choice.added = choice.choice.added.checked_add(1).ok_or(OVERFLOW)?;
    choice.store(deps.storage);
    choice.cause.actions = choice.cause.actions.checked_add(1).ok_or(OVERFLOW)?;
    let cause = key::number(tag::CAUSE, choice.id);
    store::save(deps.storage, &cause, &choice.cause);
    let new = create_cause::Place {
        cause: choice.id,
        number: choice.action(place),
        fee_bps: choice.cause.fee_bps,
        requires: Requires::Nothing,
        chosen_at: Some(choice.choice.score_until),
        gated: false,
        bundled: false,
        judged: Judged::default(), // no alternative has an outcome or challenges
    };
    create_cause::store_action(deps.storage, &new, &action, &roles)?;
    Ok(new.number)
}
