//! `challenge`: a question at a verdict contract whether one checked-in person did it, shown here.
//!
//! The stake and share of that person wait, and nothing else does: the check-in counts as standing
//! in the totals whatever the answer. Once it falls, that one stake and share go elsewhere.

use cosmwasm_std::Storage;
use muster_door::{Deps, DepsMut, Env, Payment, Response};
use muster_mechanism::challenge;
use muster_mechanism::forfeits::ForfeitsTo;
use muster_schema::causes::limits::VERDICT_TIME;
use muster_schema::causes::{Answer, ChallengeStatus, Error, event};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::verdict::{Part, Question, Status};
use muster_schema::layout::{Challenge, FulfilmentKind, Verdict};

use super::claim;
use crate::action::Action;
use crate::address::{self, Person};
use crate::books::Due;
use crate::{money, outcome, store};

const WHEN: &str = "from activation until the challenge window ends";
const ASK: &str = "one asked at the action's verdict contract, with a bond, about this person";

pub(crate) fn challenge(
    deps: DepsMut,
    env: &Env,
    id: u64,
    person: &str,
) -> Result<Response, Error> {
    let mut action = Action::load(deps.storage, id, env.now)?;
    let person = address::typed(deps.api, "person", person)?;
    let verdict = verdict_of(deps.storage, &action)?;
    let until = action
        .activated_at
        .map(|at| action.terms.timeline.windows(at).stakes_from);
    if until.is_none_or(|until| env.now >= until) {
        return Err(action.wrong_phase(WHEN));
    }
    let pledge = claim::standing_pledge(deps.storage, id, &person)?;
    if !action.binds(deps.storage, &pledge)? {
        return Err(Error::NotBound {
            action: id,
            person: person.address.into(),
        });
    }
    if !pledge.checked_in {
        return Err(Error::NoQuestion {
            found: "a person who didn't check in",
            allowed: "one who did",
        });
    }
    if of(deps.storage, id, &person)?.is_some() {
        return Err(Error::AlreadyDone {
            what: "challenge",
            action: id,
            person: person.address.into(),
        });
    }
    let this = address::sender(deps.api, &env.contract)?;
    let question = asked(deps.as_ref(), &this, &verdict, id, &person)?;
    let no_question = |found| Error::NoQuestion {
        found,
        allowed: ASK,
    };
    let question = question.ok_or_else(|| no_question("no question that holds"))?;
    if question.asked_at > env.now {
        return Err(no_question("a question from the future"));
    }
    // Payments go to this address one day: it must be one, and not this contract.
    let challenger = address::written(deps.api, "challenger", &question.asker)?;
    if question.asker == this.canonical {
        return Err(Error::RoleConflict {
            person: challenger.into(),
            found: "contract itself",
            wanted: "challenger",
        });
    }
    let record = Challenge {
        status: ChallengeStatus::Pending,
        challenger: question.asker,
    };
    let at = key::number_and(tag::CHALLENGE, id, &person.canonical);
    store::save(deps.storage, &at, &record);
    let bound = action.store_deeds(deps.storage)?;
    Ok(Response::new()
        .add_events(bound)
        .add_event(event::Challenged {
            action: id,
            person: person.address.into(),
            challenger: challenger.into(),
        }))
}

fn verdict_of(storage: &dyn Storage, action: &Action) -> Result<Verdict, Error> {
    let judge = outcome::judges(storage, action.id)?.challenges;
    judge.ok_or(Error::NotJudgedSo {
        action: action.id,
        found: "without a judge of challenges",
        allowed: "a challengeable one",
    })
}

fn asked(
    deps: Deps,
    this: &Person,
    verdict: &Verdict,
    action: u64,
    person: &Person,
) -> Result<Option<Question>, Error> {
    let part = Part::Person(&person.canonical);
    outcome::question(deps, &this.canonical, verdict, action, part)
}

/// The challenge of a check-in, if there is one. Only challengeable actions are looked at.
pub(crate) fn of(
    storage: &dyn Storage,
    action: u64,
    person: &Person,
) -> Result<Option<Challenge>, Error> {
    let at = key::number_and(tag::CHALLENGE, action, &person.canonical);
    store::load(storage, &at)
}

/// The challenge of a pledge, as of now, and from when it stands without an answer.
pub(crate) fn status(
    deps: Deps,
    env: &Env,
    action: &Action,
    person: &Person,
) -> Result<Option<(Challenge, u64)>, Error> {
    if action.terms.fulfilment != FulfilmentKind::Challengeable {
        return Ok(None);
    }
    let Some(mut challenge) = of(deps.storage, action.id, person)? else {
        return Ok(None);
    };
    let until = action.activated_at.map_or(u64::MAX, |at| {
        let windows = action.terms.timeline.windows(at);
        windows.stakes_from.saturating_add(VERDICT_TIME)
    });
    if challenge.status == ChallengeStatus::Pending {
        let this = address::sender(deps.api, &env.contract)?;
        let verdict = verdict_of(deps.storage, action)?;
        let question = asked(deps, &this, &verdict, action.id, person)?;
        challenge.status = answered(question.as_ref(), until, env.now);
    }
    Ok(Some((challenge, until)))
}

/// It falls only by a final No before `until`.
fn answered(question: Option<&Question>, until: u64, now: u64) -> ChallengeStatus {
    let answer = question.and_then(|q| match q.status {
        Status::Final(answer) if q.final_at <= now && q.final_at < until => Some(answer),
        _ => None,
    });
    match answer {
        Some(Answer::No) => ChallengeStatus::Fell,
        Some(Answer::Yes | Answer::Unresolved) => ChallengeStatus::Stands,
        None if now >= until => ChallengeStatus::Stands,
        None => ChallengeStatus::Pending,
    }
}

/// How a challenge ended, for the claim of that pledge.
pub(crate) struct Ended {
    challenge: Challenge,
    /// The jurors' fee, if it was paid in the stake's denom.
    jurors_fee: u128,
}

impl Ended {
    /// Whether the check-in fell.
    pub(crate) fn fell(&self) -> bool {
        self.challenge.status == ChallengeStatus::Fell
    }
}

/// How the challenge of a bound pledge ended, if there was one. Refuses while it is pending.
pub(crate) fn ended(
    deps: Deps,
    env: &Env,
    action: &Action,
    person: &Person,
) -> Result<Option<Ended>, Error> {
    let Some((challenge, until)) = status(deps, env, action, person)? else {
        return Ok(None);
    };
    if challenge.status == ChallengeStatus::Pending {
        return Err(Error::ChallengePending {
            action: action.id,
            person: person.address.to_string(),
            until,
        });
    }
    let mut jurors_fee = 0;
    if challenge.status == ChallengeStatus::Fell {
        let this = address::sender(deps.api, &env.contract)?;
        let verdict = verdict_of(deps.storage, action)?;
        let question = asked(deps, &this, &verdict, action.id, person)?;
        let paid = question.filter(|q| q.fee_denom == action.terms.stake_denom);
        jurors_fee = paid.map_or(0, |q| q.jurors_fee);
    }
    Ok(Some(Ended {
        challenge,
        jurors_fee,
    }))
}

/// Stores how it ended, and divides what a fallen check-in would have been paid (`due`).
pub(crate) fn end(
    deps: &mut DepsMut,
    action: &Action,
    person: &Person,
    ended: &Ended,
    due: Due,
) -> Result<(event::ChallengeEnded, Option<Payment>), Error> {
    let at = key::number_and(tag::CHALLENGE, action.id, &person.canonical);
    store::save(deps.storage, &at, &ended.challenge);
    let mut event = event::ChallengeEnded {
        action: action.id,
        person: person.address.to_string(),
        status: ended.challenge.status,
        to_challenger: 0,
        fund: 0,
        to_address: 0,
    };
    if !ended.fell() {
        return Ok((event, None));
    }
    let split = challenge::fallen(due.stake, due.share, ended.jurors_fee);
    let split = split.ok_or(Error::Overflow {
        what: "an amount of coins",
    })?;
    let denom = &action.terms.stake_denom;
    if action.terms.forfeits_to == ForfeitsTo::Address {
        let forfeits = key::number(tag::FORFEITS, action.id);
        store::add_amount(deps.storage, &forfeits, split.rest)?;
        event.to_address = split.rest;
    } else {
        let fund = key::number_and(tag::FUND, action.terms.cause, denom.as_bytes());
        store::add_amount(deps.storage, &fund, split.rest)?;
        event.fund = split.rest;
    }
    event.to_challenger = split.to_challenger;
    let challenger = address::written(deps.api, "challenger", &ended.challenge.challenger)?;
    Ok((event, money::pay(&challenger, denom, split.to_challenger)))
}
