//! The answer about an action as a whole, and what verdict contracts have stored.
//!
//! Another contract's record is read as bytes, once, and the answer is stored here. It is hostile
//! until it passed: what doesn't decode, was asked of others, too early or too late, or takes more
//! than was lost is Unresolved. Nothing here is on the way to a plain refund.

use core::ops::Range;

use cosmwasm_std::{Event, Storage};
use muster_door::{Deps, DepsMut, Env};
use muster_mechanism::schedule::Phase;
use muster_schema::causes::{Answer, Error, event};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::verdict::{self, Part, Question, Status};
use muster_schema::layout::{Answered, FulfilmentKind, Judges, Layout, OutcomeJudge, Verdict};

use crate::action::Action;
use crate::{address, deposit, store};

/// Who judges an action; nobody where there is no record.
pub(crate) fn judges(storage: &dyn Storage, action: u64) -> Result<Judges, Error> {
    Ok(store::load(storage, &key::number(tag::JUDGES, action))?.unwrap_or_default())
}

/// The answer that is stored.
pub(crate) fn stored(storage: &dyn Storage, action: u64) -> Result<Option<Answered>, Error> {
    store::load(storage, &key::number(tag::ANSWER, action))
}

/// The question about a part of an action, as `verdict` has stored it; `None` where it has none
/// that is well formed and was put to those who were to be asked.
pub(crate) fn question(
    deps: Deps,
    this: &[u8],
    verdict: &Verdict,
    action: u64,
    part: Part<'_>,
) -> Result<Option<Question>, Error> {
    let contract = address::written(deps.api, "verdict", &verdict.contract)?;
    let at = verdict::key(this, action, part);
    let record = deps.others.record(contract.as_str(), &at);
    let question = record.and_then(|bytes| Question::decode(&bytes).ok());
    Ok(question.filter(|q| q.electorate == verdict.electorate))
}

/// The final answer about an action as a whole, or about a tranche of it, as of now; `None` while
/// one can still come. `this` is this contract's canonical address. Of an action without an
/// outcome, or that isn't active, there is none.
pub(crate) fn final_answer(
    deps: Deps,
    this: &[u8],
    action: &Action,
    tranche: Option<u8>,
    now: u64,
) -> Result<Option<Answer>, Error> {
    if tranche.is_none() && action.answer().is_some() {
        return Ok(action.answer());
    }
    let Some(at) = action.activated_at else {
        return Ok(None);
    };
    let windows = action.terms.timeline.windows(at);
    let judges = judges(deps.storage, action.id)?;
    if judges.tranches && tranche.is_none() {
        return Ok(None); // nobody is asked about the whole
    }
    let answered_by = windows
        .judge_from
        .saturating_add(action.terms.timeline.judged.answer_window);
    let late = (now >= answered_by).then_some(Answer::Unresolved);
    // A tranche may be asked for as soon as people act.
    let from = if tranche.is_some() {
        windows.act_from
    } else {
        windows.judge_from
    };
    let asked_in = from..windows.judge_from.saturating_add(judges.judge_window);
    match judges.outcome {
        None => Ok(None),
        Some(OutcomeJudge::Attested { .. }) => Ok(late),
        Some(OutcomeJudge::Vote(verdict)) => {
            let part = tranche.map_or(Part::Whole, Part::Tranche);
            let question = question(deps, this, &verdict, action.id, part)?;
            Ok(judged(question.as_ref(), action, &asked_in, now).or(late))
        }
        Some(OutcomeJudge::Of(other)) => {
            let other = Action::load(deps.storage, other, now)?;
            if matches!(
                self::judges(deps.storage, other.id)?.outcome,
                Some(OutcomeJudge::Of(_))
            ) {
                return Ok(late); // refused at creation
            }
            Ok(final_answer(deps, this, &other, tranche, now)?.or(late))
        }
    }
}

/// What a question that may be asked in these seconds says for good, as of now.
fn judged(
    question: Option<&Question>,
    action: &Action,
    asked_in: &Range<u64>,
    now: u64,
) -> Option<Answer> {
    let Some(question) = question else {
        return (now >= asked_in.end).then_some(Answer::Unresolved);
    };
    if matches!(question.status, Status::Final(_)) && !deposit::adds_up(action, question) {
        return Some(Answer::Unresolved);
    }
    question.said(asked_in, now)
}

/// Whether coins of this action wait for the answer about it as a whole.
pub(crate) fn decides_coins(action: &Action) -> bool {
    action.terms.fulfilment == FulfilmentKind::Collective
        || action.terms.coins
        || action.terms.deposit > 0
}

/// Whether everything that an action pays is final: it is settled, or only an answer is awaited
/// that none of its coins depend on.
pub(crate) fn pays(action: &Action, now: u64) -> bool {
    match action.phase {
        Phase::Settled => true,
        Phase::Judging => pays_from(action).is_some_and(|from| now >= from),
        _ => false,
    }
}

/// The answer about an action as a whole if it is final and not stored yet, after its report
/// window. Where coins wait for it, it ends the action: `action` is as it is with it.
pub(crate) fn found(
    deps: Deps,
    this: &[u8],
    action: &mut Action,
    now: u64,
) -> Result<Option<Answer>, Error> {
    let awaits = matches!(action.phase, Phase::Judging | Phase::Settled);
    if !awaits || action.terms.timeline.judged.answer_window == 0 || action.answer().is_some() {
        return Ok(None);
    }
    let answer = final_answer(deps, this, action, None, now)?;
    if let Some(answer) = answer {
        action.answered(Answered { answer, at: now });
    }
    Ok(answer)
}

/// Stores what [`found`] finds and what it makes of the deposits, and says so.
pub(crate) fn fix(
    deps: &mut DepsMut,
    this: &[u8],
    action: &mut Action,
    now: u64,
) -> Result<Vec<Event>, Error> {
    let Some(answer) = found(deps.as_ref(), this, action, now)? else {
        return Ok(vec![]);
    };
    let deposits = deposit::settle(deps, this, action, answer)?;
    store(deps.storage, action, answer, now);
    let answered = event::Answered {
        action: action.id,
        answer,
    };
    let mut events = vec![answered.into()];
    events.extend(deposits.map(Event::from));
    Ok(events)
}

/// Stores an answer for good, and what follows for the phase.
pub(crate) fn store(storage: &mut dyn Storage, action: &mut Action, answer: Answer, now: u64) {
    let answered = Answered { answer, at: now };
    store::save(storage, &key::number(tag::ANSWER, action.id), &answered);
    action.answered(answered);
}

/// The answer about an action as a whole, as of now: stored, or final and about to be. `action` is
/// as it is with it.
pub(crate) fn found_or_stored(
    deps: Deps,
    env: &Env,
    action: &mut Action,
) -> Result<Option<Answer>, Error> {
    if action.terms.timeline.judged.answer_window == 0 {
        return Ok(None);
    }
    if action.answer().is_some() {
        return Ok(action.answer());
    }
    let this = address::sender(deps.api, &env.contract)?;
    found(deps, &this.canonical, action, env.now)
}

/// From when an action pays by time alone, once it is active. Unix seconds.
pub(crate) fn pays_from(action: &Action) -> Option<u64> {
    let windows = action.terms.timeline.windows(action.activated_at?);
    Some(if decides_coins(action) {
        windows.settled_from
    } else {
        windows.stakes_from
    })
}
