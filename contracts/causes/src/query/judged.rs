//! Who judges an action, and how far that is.

use cosmwasm_std::Coin;
use muster_door::{Deps, Env};
use muster_mechanism::answer::Class;
use muster_mechanism::schedule::Phase;
use muster_schema::causes::{
    Answer, ClassResponse, DepositsResponse, Error, Judge, OutcomeBy, OutcomeResponse,
    OutcomeTerms, Requirement,
};
use muster_schema::layout::verdict::{ClassKind, Part, Question, Status};
use muster_schema::layout::{OutcomeJudge, Verdict};

use crate::action::Action;
use crate::{address, deposit, money, outcome};

fn judge(deps: Deps, verdict: &Verdict) -> Result<Judge, Error> {
    Ok(Judge {
        verdict: address::written(deps.api, "verdict", &verdict.contract)?.into(),
        electorate: verdict.electorate,
    })
}

/// The judge of challenged check-ins.
pub(super) fn challenge_judge(deps: Deps, action: u64) -> Result<Judge, Error> {
    match outcome::judges(deps.storage, action)?.challenges {
        Some(verdict) => judge(deps, &verdict),
        None => Err(crate::store::missing("judges")),
    }
}

/// Until when check-ins can be challenged.
pub(super) fn challenge_until(action: &Action) -> Option<u64> {
    let timeline = &action.terms.timeline;
    let windows = action.activated_at.map(|at| timeline.windows(at));
    windows
        .filter(|_| timeline.judged.challenge_window > 0)
        .map(|windows| windows.stakes_from)
}

/// The question about an action as a whole.
fn question(deps: Deps, env: &Env, action: &Action) -> Result<Option<Question>, Error> {
    match outcome::judges(deps.storage, action.id)?.outcome {
        Some(OutcomeJudge::Vote(verdict)) => {
            let this = address::sender(deps.api, &env.contract)?;
            outcome::question(deps, &this.canonical, &verdict, action.id, Part::Whole)
        }
        _ => Ok(None),
    }
}

/// The phase as people see it: while an answer is awaited, the verdict contract says whether there
/// is one that can be appealed.
pub(super) fn phase(deps: Deps, env: &Env, action: &Action) -> Result<Phase, Error> {
    if action.phase != Phase::Judging || action.terms.timeline.judged.answer_window == 0 {
        return Ok(action.phase);
    }
    Ok(match question(deps, env, action)?.map(|q| q.status) {
        Some(Status::Answered(_)) => Phase::Appealing,
        _ => Phase::Judging,
    })
}

/// Who says whether an action succeeded, and what they said.
pub(super) fn outcome(
    deps: Deps,
    env: &Env,
    action: &Action,
    answer: Option<Answer>,
) -> Result<Option<OutcomeResponse>, Error> {
    let judges = outcome::judges(deps.storage, action.id)?;
    let by = match &judges.outcome {
        None => return Ok(None),
        Some(OutcomeJudge::Vote(verdict)) => OutcomeBy::Vote(judge(deps, verdict)?),
        Some(OutcomeJudge::Attested { attestors, quorum }) => OutcomeBy::Attested {
            attestors: attestors
                .iter()
                .map(|a| Ok(address::written(deps.api, "attestor", a)?.into()))
                .collect::<Result<_, Error>>()?,
            quorum: *quorum,
        },
        Some(OutcomeJudge::Of(id)) => OutcomeBy::Of(Requirement::Action(*id)),
    };
    let timeline = &action.terms.timeline;
    let judge_from = action
        .activated_at
        .map(|at| timeline.windows(at).judge_from);
    let judge_window = Some(judges.judge_window).filter(|window| *window > 0);
    let after = |seconds: u64| judge_from.map(|from| from.saturating_add(seconds));
    Ok(Some(OutcomeResponse {
        terms: OutcomeTerms {
            by,
            judge_window,
            deposit: deposit_of(action),
        },
        answer,
        asked: question(deps, env, action)?.is_some(),
        judge_by: judge_window.and_then(after),
        answer_by: after(timeline.judged.answer_window),
    }))
}

/// The deposit that every pledge brings.
fn deposit_of(action: &Action) -> Option<Coin> {
    let terms = &action.terms;
    (terms.deposit > 0).then(|| money::coin(&terms.stake_denom, terms.deposit))
}

/// Where the deposits of an action are.
pub(super) fn deposits(deps: Deps, action: &Action) -> Result<Option<DepositsResponse>, Error> {
    let Some(each) = deposit_of(action) else {
        return Ok(None);
    };
    let found = deposit::stored(deps.storage, action.id)?.unwrap_or_default();
    let class = |(kind, class): &(ClassKind, Class)| ClassResponse {
        kind: kind.as_str().to_owned(),
        count: class.count,
        gain: class.gain.into(),
        loss: class.loss.into(),
    };
    Ok(Some(DepositsResponse {
        each,
        undecided: deposit::undecided(deps.storage, action.id)?,
        own: found.own,
        round: found.round,
        classes: found.classes.iter().map(class).collect(),
    }))
}
