//! How what is judged stands at the contract itself: it reads the verdict contract's record, which
//! no event tells of, and says what would count now.

use std::ops::Range;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cosmwasm_std::Coin;
use muster_mechanism::answer::Class;
use muster_schema::causes::{
    ActionResponse, Answer, ClaimableResponse, OutcomeBy, PledgeResponse, ReleaseTerms,
};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::verdict::{self, Claimant, ClassKind, Part, Question};
use muster_schema::layout::{Classes, Layout as _};
use prost::Message as _;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::ServeState;
use super::extract::{self, Params, Segment};
use super::node::wire;
use super::problem::Problem;

/// About whom it is asked.
#[derive(Debug, Deserialize)]
pub(super) struct VerdictParams {
    /// A person's address; nobody: about the action alone.
    #[serde(default)]
    person: String,
}

/// What the contract would take for the answer now, and for the end of one person's challenge.
pub(super) async fn verdict(
    State(state): State<ServeState>,
    id: Result<Segment, Problem>,
    Params(params): Params<VerdictParams>,
) -> Result<Response, Problem> {
    let action = id?.number()?;
    let found: ActionResponse = ask(&state, json!({ "action": { "action": action } })).await?;
    let outcome = found.outcome.as_ref();
    let mut answer = json!({
        "phase": found.phase,
        "asked": outcome.is_some_and(|o| o.asked),
        "answer": outcome.and_then(|o| o.answer).map(Answer::as_str),
        "releases": releases(&state, &found).await?,
        "challenge": null,
        "claimable": null,
        "reward": null,
    });
    if !params.person.is_empty() {
        let person = &params.person;
        let canonical = extract::canonical(&state.chain.bech32_prefix, person)?;
        let about = json!({ "action": action, "person": person });
        // Whoever has no pledge may still have a part in the vote.
        let pledge: Option<PledgeResponse> = known(ask(&state, json!({ "pledge": about })).await)?;
        let due: Option<ClaimableResponse> =
            known(ask(&state, json!({ "claimable": about })).await)?;
        let challenge = pledge.and_then(|pledge| pledge.challenge);
        answer["challenge"] = json!(challenge.map(|c| c.status.as_str()));
        answer["claimable"] = json!(due.and_then(|due| due.coins));
        answer["reward"] = json!(reward(&state, &found, &canonical).await?);
    }
    Ok(Json(answer).into_response())
}

/// None where the contract has no such thing.
fn known<T>(answer: Result<T, Problem>) -> Result<Option<T>, Problem> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(problem) if problem.status == StatusCode::NOT_FOUND.as_u16() => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// Whether the answer about the coins that are next to be released is yes.
async fn releases(state: &ServeState, found: &ActionResponse) -> Result<bool, Problem> {
    let (Some(coins), Some(outcome)) = (&found.coins, &found.outcome) else {
        return Ok(false);
    };
    let parts = match &coins.release {
        ReleaseTerms::OnActivation {} => return Ok(false),
        ReleaseTerms::OnSuccess {} => {
            let is_time = matches!(found.phase.as_str(), "judging" | "appealing" | "settled");
            let is_yes = outcome.answer == Some(Answer::Yes);
            return Ok(is_yes && is_time && coins.released == 0);
        }
        ReleaseTerms::Tranches { parts } => parts,
    };
    let next = coins.tranches_released;
    if let Some(returned) = &coins.returned {
        // All parts before the one that goes back had a yes.
        return Ok(next < returned.from);
    }
    let (OutcomeBy::Vote(judge), Some(until)) = (&outcome.terms.by, outcome.judge_by) else {
        return Ok(false);
    };
    if usize::from(next) >= parts.len() {
        return Ok(false);
    }
    // A part may be asked about as soon as people act.
    let windows = outcome.terms.judge_window.unwrap_or(0);
    let windows = windows.saturating_add(found.act_window + found.report_window);
    let key = verdict::key(&this(state)?, found.id, Part::Tranche(next));
    let record = raw(state, &judge.verdict, key).await?;
    let question = record.and_then(|bytes| Question::decode(&bytes).ok());
    let question = question.filter(|q| q.electorate == judge.electorate);
    let asked_in = until.saturating_sub(windows)..until;
    Ok(question.is_some_and(|q| is_yes(&q, &asked_in)))
}

/// Whether a question without deposits says yes for good. What was stored was stored by now.
fn is_yes(question: &Question, asked_in: &Range<u64>) -> bool {
    question.said(asked_in, u64::MAX) == Some(Answer::Yes) && question.is_covered()
}

/// What `claim_reward` would pay: of the classes that the answer left, as many heads as are the person's.
async fn reward(
    state: &ServeState,
    found: &ActionResponse,
    person: &[u8],
) -> Result<Option<Coin>, Problem> {
    let terms = found.outcome.as_ref().map(|outcome| &outcome.terms);
    let Some((OutcomeBy::Vote(judge), Some(each))) = terms.map(|t| (&t.by, &t.deposit)) else {
        return Ok(None);
    };
    let classes = raw(
        state,
        contract(state),
        key::number(tag::CLASSES, found.id).into(),
    )
    .await?;
    let Some(classes) = classes.and_then(|bytes| Classes::decode(&bytes).ok()) else {
        return Ok(None);
    };
    let paid = key::number_and(tag::REWARDED, found.id, person);
    if raw(state, contract(state), paid).await?.is_some() {
        return Ok(None);
    }
    let question = verdict::key(&this(state)?, found.id, Part::Whole);
    let at = verdict::beside(verdict::CLAIMANT_TAG, &question, person);
    let claimant = raw(state, &judge.verdict, at).await?;
    let claimant = claimant.and_then(|bytes| Claimant::decode(&bytes).ok());
    let due = claimant.map_or(0, |claimant| drawn(&classes, claimant));
    Ok((due > 0).then(|| Coin::new(due, &each.denom)))
}

fn drawn(classes: &Classes, claimant: Claimant) -> u128 {
    let of = |(kind, class): &(ClassKind, Class)| {
        let heads = match kind {
            ClassKind::Denouncer => claimant.denounced,
            ClassKind::Appellant => claimant.appealed,
            _ => 0,
        };
        class.gain.saturating_mul(heads.min(class.count).into())
    };
    classes.classes.iter().map(of).fold(0, u128::saturating_add)
}

fn contract(state: &ServeState) -> &str {
    let contract = state.chain.contracts["causes"]["address"].as_str();
    contract.unwrap_or_default()
}

/// The causes contract's canonical address.
fn this(state: &ServeState) -> Result<Vec<u8>, Problem> {
    extract::canonical(&state.chain.bech32_prefix, contract(state))
}

/// A record of a contract; none where there is none.
async fn raw(state: &ServeState, contract: &str, key: Vec<u8>) -> Result<Option<Vec<u8>>, Problem> {
    // The wasm module's question has the form of a smart one.
    let ask = wire::SmartRequest {
        address: contract.to_owned(),
        query: key,
    };
    let path = "/cosmwasm.wasm.v1.Query/RawContractState";
    let answer = state.node.abci(path, &ask.encode_to_vec()).await?;
    let found = answer
        .ok()
        .and_then(|bytes| wire::SmartResponse::decode(&*bytes).ok());
    Ok(found
        .map(|found| found.data)
        .filter(|data| !data.is_empty()))
}

async fn ask<T: DeserializeOwned>(state: &ServeState, question: Value) -> Result<T, Problem> {
    let ask = wire::SmartRequest {
        address: contract(state).to_owned(),
        query: question.to_string().into_bytes(),
    };
    let path = "/cosmwasm.wasm.v1.Query/SmartContractState";
    let answer = state.node.abci(path, &ask.encode_to_vec()).await?;
    let bytes = answer.map_err(|_| Problem::not_found("the contract has no such thing"))?;
    let unreadable = || Problem::new(StatusCode::BAD_GATEWAY, "the node's answer is none");
    let found = wire::SmartResponse::decode(&*bytes).map_err(|_| unreadable())?;
    serde_json::from_slice(&found.data).map_err(|_| unreadable())
}

#[cfg(test)]
mod tests {
    use muster_schema::causes::Electorate;
    use muster_schema::causes::limits::VERDICT_TIME;
    use muster_schema::layout::verdict::Status;

    use super::*;

    fn question(status: Status) -> Question {
        Question {
            status,
            asked_at: 10,
            final_at: 20,
            electorate: Electorate::Community { id: 7 },
            jurors_fee: 0,
            fee_denom: String::new(),
            asker: vec![1; 20],
            classes: vec![],
            round: 1,
        }
    }

    #[test]
    fn coins_are_released_by_a_final_yes_that_was_asked_in_time() {
        let yes = question(Status::Final(Answer::Yes));
        assert!(is_yes(&yes, &(10..11)));
        assert!(!is_yes(&yes, &(11..20)));
        assert!(!is_yes(&yes, &(0..10)));
        for other in [
            Status::Asked,
            Status::Answered(Answer::Yes),
            Status::Final(Answer::No),
            Status::Final(Answer::Unresolved),
        ] {
            assert!(!is_yes(&question(other), &(0..99)));
        }
        let late = Question {
            final_at: 99 + VERDICT_TIME,
            ..yes.clone()
        };
        assert!(!is_yes(&late, &(0..99)));
        let (count, gain, loss) = (1, 1, 0);
        let greedy = Question {
            classes: vec![(ClassKind::Yes, Class { count, gain, loss })],
            ..yes
        };
        assert!(!is_yes(&greedy, &(0..99)));
    }

    #[test]
    fn a_reward_is_of_no_more_heads_than_are_left() {
        let class = |count, gain| Class {
            count,
            gain,
            loss: 0,
        };
        let classes = Classes {
            classes: vec![
                (ClassKind::Yes, class(4, 18)),
                (ClassKind::Denouncer, class(1, 25)),
                (ClassKind::Appellant, class(2, 3)),
            ],
            ..Classes::default()
        };
        let due = |denounced, appealed| {
            drawn(
                &classes,
                Claimant {
                    denounced,
                    appealed,
                },
            )
        };
        assert_eq!([due(0, 0), due(1, 0), due(0, 1), due(9, 9)], [0, 25, 3, 31]);
    }
}
