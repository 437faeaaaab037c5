//! For pages that hand what somebody signed to a sponsor: they talk to their own origin only, so
//! this server hands it on. It can neither change nor add anything.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use muster_schema::causes::SequenceResponse;
use prost::Message as _;
use serde_json::{Value, json};

use super::ServeState;
use super::extract::{self, Body, Segment};
use super::node::wire;
use super::problem::Problem;

/// The least sequence that the next signature of an address may have.
pub(super) async fn sequence(
    State(state): State<ServeState>,
    Segment(address): Segment,
) -> Result<Response, Problem> {
    extract::address(&state.chain.bech32_prefix, &address)?;
    let contract = state.chain.contracts["causes"]["address"].as_str();
    let contract = contract.unwrap_or_default();
    let question = json!({ "sequence": { "person": address } });
    let ask = wire::SmartRequest {
        address: contract.to_owned(),
        query: question.to_string().into_bytes(),
    };
    let path = "/cosmwasm.wasm.v1.Query/SmartContractState";
    let answer = state.node.abci(path, &ask.encode_to_vec()).await?;
    let bytes = answer.map_err(Problem::bad_request)?;
    let unreadable = |_| Problem::new(StatusCode::BAD_GATEWAY, "the node's answer is none");
    let found = wire::SmartResponse::decode(&*bytes).map_err(|_| unreadable(()))?;
    let found: SequenceResponse =
        serde_json::from_slice(&found.data).map_err(|_| unreadable(()))?;
    Ok(Json(found).into_response())
}

/// Hands an item to the sponsor at this place of `sponsors`.
pub(super) async fn hand_over(
    State(state): State<ServeState>,
    Segment(place): Segment,
    Body(item): Body<Value>,
) -> Result<Response, Problem> {
    let url = format!("{}/v1/relay", of(&state, &place)?);
    pass_on(state.node.elsewhere(&url, Some(&item)).await)
}

/// What became of an item there.
pub(super) async fn find(
    State(state): State<ServeState>,
    Path((place, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    if id.len() != 64 || !id.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Problem::bad_request(
            "an item's name has 64 hexadecimal digits",
        ));
    }
    // Sponsors that can wait do: a page that follows an item asks less often.
    let url = format!("{}/v1/relay/{id}?wait=4", of(&state, &place)?);
    pass_on(state.node.elsewhere(&url, None).await)
}

fn of<'a>(state: &'a ServeState, place: &str) -> Result<&'a str, Problem> {
    let place: Option<usize> = place.parse().ok();
    let found = place.and_then(|place| state.chain.sponsors.get(place));
    found
        .map(|url| url.trim_end_matches('/'))
        .ok_or_else(|| Problem::not_found("this server knows no such sponsor"))
}

/// The sponsor's own words.
fn pass_on(answer: Option<(StatusCode, Bytes)>) -> Result<Response, Problem> {
    let (status, body) = answer
        .ok_or_else(|| Problem::new(StatusCode::BAD_GATEWAY, "the sponsor does not answer"))?;
    let kind = if status.is_success() {
        "application/json"
    } else {
        "application/problem+json"
    };
    let kind = HeaderValue::from_static(kind);
    Ok((status, [(header::CONTENT_TYPE, kind)], body).into_response())
}
