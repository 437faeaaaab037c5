//! `attest_outcome`: attestors say whether an action as a whole succeeded.

use cosmwasm_std::MessageInfo;
use muster_door::{DepsMut, Env, Response};
use muster_schema::causes::{Answer, Error, event};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{OutcomeJudge, OutcomeStatements};

use crate::action::Action;
use crate::{address, outcome, store};

const WHEN: &str = "from activation until judge_window ends";

pub(crate) fn attest_outcome(
    deps: DepsMut,
    env: &Env,
    info: &MessageInfo,
    id: u64,
    answer: Answer,
) -> Result<Response, Error> {
    let mut action = Action::load(deps.storage, id, env.now)?;
    let attestor = address::sender(deps.api, &info.sender)?;
    let judges = outcome::judges(deps.storage, id)?;
    let Some(OutcomeJudge::Attested { attestors, quorum }) = judges.outcome else {
        return Err(Error::NotJudgedSo {
            action: id,
            found: "without attestors of its outcome",
            allowed: "one whose outcome is attested",
        });
    };
    let Some(place) = attestors.iter().position(|a| *a == attestor.canonical) else {
        return Err(Error::Unauthorized {
            found: attestor.address.into(),
            allowed: "an attestor of this action's outcome".to_owned(),
        });
    };
    let until = action.activated_at.map(|at| {
        let windows = action.terms.timeline.windows(at);
        windows.judge_from.saturating_add(judges.judge_window)
    });
    if until.is_none_or(|until| env.now >= until) {
        return Err(action.wrong_phase(WHEN));
    }
    if outcome::stored(deps.storage, id)?.is_some() {
        return Err(Error::AlreadyDone {
            what: "answer",
            action: id,
            person: attestor.address.into(),
        });
    }
    let at = key::number(tag::OUTCOME_STATEMENTS, id);
    let mut all: OutcomeStatements = store::load(deps.storage, &at)?
        .unwrap_or_else(|| OutcomeStatements(vec![None; attestors.len()]));
    if let Some(mine) = all.0.get_mut(place) {
        *mine = Some(answer);
    }
    store::save(deps.storage, &at, &all);
    let said = event::OutcomeAttested {
        action: id,
        attestor: attestor.address.into(),
        answer,
    };
    let agree = all.0.iter().filter(|a| **a == Some(answer)).count();
    let is_final = agree >= usize::from(quorum);
    let bound = action.store_deeds(deps.storage)?;
    if is_final {
        outcome::store(deps.storage, &mut action, answer, env.now);
    }
    let answered = is_final.then_some(event::Answered { action: id, answer });
    Ok(Response::new()
        .add_events(bound)
        .add_event(said)
        .add_events(answered))
}
