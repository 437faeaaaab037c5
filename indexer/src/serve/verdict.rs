//! How what is judged stands at the contract itself: it reads the verdict contract's record, which
//! no event tells of, and says what would count now.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use muster_schema::causes::{ActionResponse, ClaimableResponse, PledgeResponse};
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
        "answer": outcome.and_then(|o| o.answer).map(muster_schema::causes::Answer::as_str),
        "challenge": null,
        "claimable": null,
    });
    if !params.person.is_empty() {
        let person = &params.person;
        extract::address(&state.chain.bech32_prefix, person)?;
        let about = json!({ "action": action, "person": person });
        let pledge: PledgeResponse = ask(&state, json!({ "pledge": about })).await?;
        let due: ClaimableResponse = ask(&state, json!({ "claimable": about })).await?;
        answer["challenge"] = json!(pledge.challenge.map(|c| c.status.as_str()));
        answer["claimable"] = json!(due.coins);
    }
    Ok(Json(answer).into_response())
}

async fn ask<T: DeserializeOwned>(state: &ServeState, question: Value) -> Result<T, Problem> {
    let contract = state.chain.contracts["causes"]["address"].as_str();
    let ask = wire::SmartRequest {
        address: contract.unwrap_or_default().to_owned(),
        query: question.to_string().into_bytes(),
    };
    let path = "/cosmwasm.wasm.v1.Query/SmartContractState";
    let answer = state.node.abci(path, &ask.encode_to_vec()).await?;
    let bytes = answer.map_err(|_| Problem::not_found("the contract has no such thing"))?;
    let unreadable = || Problem::new(StatusCode::BAD_GATEWAY, "the node's answer is none");
    let found = wire::SmartResponse::decode(&*bytes).map_err(|_| unreadable())?;
    serde_json::from_slice(&found.data).map_err(|_| unreadable())
}
