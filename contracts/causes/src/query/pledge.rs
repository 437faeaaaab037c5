//! Pledges, and what may be claimed for them.

use cosmwasm_std::{Coin, Order};
use muster_door::{Deps, Env};
use muster_schema::causes::{
    Answer, ChallengeResponse, ChallengeStatus, ClaimableResponse, Error, PledgeCoins,
    PledgeResponse, PledgeStatus, PledgesResponse,
};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Layout, Pledge, Purpose, ReleaseRule};

use crate::action::Action;
use crate::address::{self, Person};
use crate::execute::{attest, challenge};
use crate::payout::{self, Books};
use crate::{bonus, books, coins, deposit, money, outcome, store};

pub(super) fn pledge(
    deps: Deps,
    env: &Env,
    id: u64,
    person: &str,
) -> Result<PledgeResponse, Error> {
    let mut action = Action::load(deps.storage, id, env.now)?;
    let person = address::typed(deps.api, "person", person)?;
    let pledge =
        store::load(deps.storage, &key::pledge(id, &person.canonical))?.ok_or_else(|| {
            Error::NoPledge {
                action: id,
                person: person.address.to_string(),
            }
        })?;
    response(deps, env, &mut action, person, pledge)
}

pub(super) fn pledges(
    deps: Deps,
    id: u64,
    start_after: Option<String>,
    limit: usize,
    env: &Env,
) -> Result<PledgesResponse, Error> {
    let mut action = Action::load(deps.storage, id, env.now)?;
    let prefix = key::number(tag::PLEDGE, id);
    let start = match start_after {
        None => prefix.to_vec(),
        Some(text) => {
            let mut after = key::pledge(
                id,
                &address::typed(deps.api, "start_after", &text)?.canonical,
            );
            after.push(0); // the least key behind that person's
            after
        }
    };
    let end = store::end_of(&prefix);
    let range = deps
        .storage
        .range(Some(&start), Some(&end), Order::Ascending)
        .take(limit);
    let pledges = range
        .map(|(key, value)| {
            let canonical = key.get(prefix.len()..).unwrap_or_default();
            let address = address::written(deps.api, "pledge", canonical)?;
            let canonical = canonical.to_vec();
            let person = Person { canonical, address };
            response(deps, env, &mut action, person, Pledge::decode(&value)?)
        })
        .collect::<Result<_, Error>>()?;
    Ok(PledgesResponse { pledges })
}

fn response(
    deps: Deps,
    env: &Env,
    action: &mut Action,
    person: Person,
    pledge: Pledge,
) -> Result<PledgeResponse, Error> {
    let status = if pledge.claimed {
        PledgeStatus::Claimed
    } else if action.binds(deps.storage, &pledge)? {
        PledgeStatus::Bound
    } else if action.is_left_behind(&pledge) {
        PledgeStatus::Released
    } else if action.phase.is_undecided() {
        PledgeStatus::Standing
    } else {
        PledgeStatus::Released
    };
    let challenge = if pledge.checked_in {
        challenge::status(deps, env, action, &person)?
    } else {
        None
    };
    let challenge = challenge
        .map(|(challenge, _)| {
            Ok::<_, Error>(ChallengeResponse {
                status: challenge.status,
                challenger: address::written(deps.api, "challenger", &challenge.challenger)?.into(),
            })
        })
        .transpose()?;
    let referrer = attest::referrer_of(deps.storage, action.id, &person.canonical, &pledge)
        .map(|by| address::written(deps.api, "referrer", &by))
        .transpose()?;
    let given = if action.terms.coins {
        let amount = coins::amount(&action.terms, pledge.units)?;
        Some(PledgeCoins {
            amount: money::coin(&action.terms.stake_denom, amount),
            units: pledge.units,
            total_at_least: action.threshold(&pledge),
        })
    } else {
        None
    };
    Ok(PledgeResponse {
        action: action.id,
        person: person.address.into(),
        referrer: referrer.map(Into::into),
        needs_others: if action.terms.coins {
            0
        } else {
            pledge.needs_others
        },
        coins: given,
        staked: pledge.staked,
        confirmed: action.is_confirmed(&pledge),
        checked_in: pledge.checked_in,
        outcome: pledge.outcome,
        challenge,
        status,
    })
}

/// What goes back of so many units that are bound, as of now.
fn bound_back(
    deps: Deps,
    env: &Env,
    action: &mut Action,
    purpose: Purpose,
    units: u32,
) -> Result<u128, Error> {
    if purpose.release == ReleaseRule::OnActivation || action.deeds().is_final == 0 {
        return Ok(0);
    }
    let mut books = Books::load(deps.storage, action, purpose)?;
    if books.payout.from.is_none() {
        match payout::first_denied(deps, env, action, &books) {
            Ok(Some((from, _))) => drop(books.give_back(from)?),
            Ok(None) | Err(Error::WrongPhase { .. }) => return Ok(0),
            Err(other) => return Err(other),
        }
    }
    books.back(units)
}

pub(super) fn claimable(
    deps: Deps,
    env: &Env,
    id: u64,
    person: &str,
) -> Result<ClaimableResponse, Error> {
    let now = env.now;
    let mut action = Action::load(deps.storage, id, now)?;
    let person = address::typed(deps.api, "person", person)?;
    let pledge: Pledge = store::load(deps.storage, &key::pledge(id, &person.canonical))?
        .ok_or_else(|| Error::NoPledge {
            action: id,
            person: person.address.to_string(),
        })?;
    let nothing = |claimable_at| {
        Ok(ClaimableResponse {
            coins: None,
            claimable_at,
        })
    };
    let waits = action.phase.is_undecided() && !action.is_left_behind(&pledge);
    if pledge.claimed || waits {
        return nothing(None);
    }
    let binds = action.binds(deps.storage, &pledge)?;
    if !binds {
        let due = coins::amount(&action.terms, pledge.stakes())?
            .saturating_add(bonus::due(deps.storage, &action, &person)?)
            .saturating_add(action.terms.deposit);
        return Ok(pays(&action, due));
    }
    if action.terms.coins {
        let purpose = coins::purpose(deps.storage, id)?;
        let back = bound_back(deps, env, &mut action, purpose, pledge.units)?;
        return if back > 0 {
            Ok(pays(&action, back))
        } else {
            nothing(None)
        };
    }
    let answer = outcome::found_or_stored(deps, env, &mut action)?;
    let challenge = challenge::status(deps, env, &action, &person)?;
    let due = if !outcome::pays(&action, now) {
        return nothing(outcome::pays_from(&action));
    } else if let Some((challenge, until)) = &challenge
        && challenge.status == ChallengeStatus::Pending
    {
        return nothing(Some(*until));
    } else if pledge.staked && challenge.is_none_or(|(c, _)| c.status == ChallengeStatus::Stands) {
        let counts = match action.tally.settled {
            Some(counts) => counts,
            None => books::counts(&action.terms, &action.deeds(), answer)?,
        };
        let forfeits = books::forfeits(&action.terms, &counts)?;
        let class = books::class(action.terms.fulfilment, &pledge, answer);
        let due = books::due(&action.terms, &forfeits, class)?;
        due.stake.saturating_add(due.share)
    } else {
        0 // or it fell: the stake goes elsewhere
    };
    let deposited = deposited(deps, env, &action, &person, answer)?;
    Ok(pays(&action, due.saturating_add(deposited)))
}

/// So much now, in the action's coin.
fn pays(action: &Action, due: u128) -> ClaimableResponse {
    let coins: Vec<Coin> = if due > 0 {
        vec![money::coin(&action.terms.stake_denom, due)]
    } else {
        vec![]
    };
    ClaimableResponse {
        coins: Some(coins),
        claimable_at: None,
    }
}

/// What a bound pledge would be paid of deposits, its own and others'.
fn deposited(
    deps: Deps,
    env: &Env,
    action: &Action,
    person: &Person,
    answer: Option<Answer>,
) -> Result<u128, Error> {
    if action.terms.deposit == 0 {
        return Ok(0);
    }
    let this = address::sender(deps.api, &env.contract)?.canonical;
    let mut classes = match deposit::stored(deps.storage, action.id)? {
        Some(classes) => classes,
        None => {
            let answer = answer.unwrap_or(Answer::Unresolved);
            deposit::settled(deps, &this, action, answer)?.0
        }
    };
    let paid = deposit::draw(deps, &this, action, person, &mut classes)?;
    Ok(paid.own.saturating_add(paid.gain))
}
