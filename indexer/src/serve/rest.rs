//! `/v1`: causes, pledges, people, status.

use std::fmt::Write as _;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::IntoParams;

use super::ServeState;
use super::extract::{self, Params, Segment};
use super::page;
use super::problem::Problem;
use super::types::{CauseAnswer, CausesAnswer, PersonAnswer, PledgesAnswer, StatusAnswer};
use crate::read::types::{Cause, CausePage, Stamp, View};

/// Height of the last indexed block.
pub(super) const INDEXED_HEIGHT: HeaderName = HeaderName::from_static("x-indexed-height");

/// How a list is paged.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ListParams {
    /// 30 unless told; brought into 1 to 100.
    page_size: Option<i64>,
    /// From the page before.
    #[serde(default)]
    page_token: String,
    /// Wait, within bounds, until this height is indexed.
    #[serde(default)]
    min_height: u64,
}

/// How one thing is read.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ReadParams {
    /// Wait, within bounds, until this height is indexed.
    #[serde(default)]
    min_height: u64,
}

/// Waits as asked, so that the read that follows sees one's own write.
pub(crate) async fn wait(state: &ServeState, min_height: u64) -> Result<(), Problem> {
    if min_height > 0 && state.source.view().await?.height < min_height {
        state.source.wait_for(min_height, state.limits.wait).await;
    }
    Ok(())
}

/// A weak ETag over what can change in an answer. Heights alone would repeat on another chain, and
/// another version of this program may say other things of the same rows.
fn etag(chain: &str, scope: &str, stamps: impl IntoIterator<Item = Stamp>) -> String {
    let mut text = format!("{} {chain} {scope}", env!("CARGO_PKG_VERSION"));
    for s in stamps {
        // Infallible into a String.
        let _ = write!(
            text,
            " {} {} {}",
            s.cause, s.changed_height, s.definition_hash
        );
    }
    let digest = hex::encode(Sha256::digest(text.as_bytes()));
    format!("W/\"{}\"", digest.get(..24).unwrap_or(&digest))
}

fn matches(headers: &HeaderMap, tag: &str) -> bool {
    let strong = tag.trim_start_matches("W/");
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .any(|list| {
            list.split(',')
                .map(str::trim)
                .any(|t| t == "*" || t.trim_start_matches("W/") == strong)
        })
}

fn answer(view: &View, tag: Option<&str>, headers: &HeaderMap, body: impl Serialize) -> Response {
    let mut response = match tag {
        Some(tag) if matches(headers, tag) => StatusCode::NOT_MODIFIED.into_response(),
        _ => Json(body).into_response(),
    };
    let out = response.headers_mut();
    out.insert(INDEXED_HEIGHT, HeaderValue::from(view.height));
    if let Some(tag) = tag.and_then(|t| HeaderValue::from_str(t).ok()) {
        out.insert(header::ETAG, tag);
    }
    response
}

fn no_cause(id: u64) -> Problem {
    Problem::not_found(format!("there is no cause {id}"))
}

/// Causes by number.
#[utoipa::path(get, path = "/v1/causes", params(ListParams), responses(
    (status = 200, body = CausesAnswer), (status = 304),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list_causes(
    State(state): State<ServeState>,
    Params(params): Params<ListParams>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let size = page::size(params.page_size);
    let after = after_cause(&params.page_token)?;
    wait(&state, params.min_height).await?;
    let (view, page) = state.source.causes(after, size).await?;
    let next = next_causes(&page);
    let stamps = page.causes.iter().map(Cause::stamp);
    let tag = etag(&view.chain_id, &format!("causes {next}"), stamps);
    let body = CausesAnswer {
        causes: page.causes.into_iter().map(Into::into).collect(),
        next_page_token: next,
        view: view.clone().into(),
    };
    Ok(answer(&view, Some(&tag), &headers, body))
}

/// The cause that a token goes on after.
pub(super) fn after_cause(token: &str) -> Result<u64, Problem> {
    match page::key("causes", token)? {
        None => Ok(0),
        Some(key) => key
            .parse()
            .map_err(|_| Problem::bad_request("page_token: not a number")),
    }
}

/// The token of the page behind this one; empty where it is the last.
pub(super) fn next_causes(page: &CausePage) -> String {
    page.next
        .map_or_else(String::new, |id| page::token("causes", &id.to_string()))
}

/// One cause.
#[utoipa::path(get, path = "/v1/causes/{id}", params(("id" = u64, Path), ReadParams), responses(
    (status = 200, body = CauseAnswer), (status = 304),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_cause(
    State(state): State<ServeState>,
    id: Segment,
    Params(params): Params<ReadParams>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let id = id.number()?;
    wait(&state, params.min_height).await?;
    let (view, cause) = state.source.cause(id).await?;
    let cause = cause.ok_or_else(|| no_cause(id))?;
    let tag = etag(&view.chain_id, "cause", [cause.stamp()]);
    let body = CauseAnswer {
        cause: cause.into(),
        view: view.clone().into(),
    };
    Ok(answer(&view, Some(&tag), &headers, body))
}

/// The pledges to the actions of a cause.
#[utoipa::path(get, path = "/v1/causes/{id}/pledges", params(("id" = u64, Path), ListParams),
    responses((status = 200, body = PledgesAnswer), (status = 304),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list_pledges(
    State(state): State<ServeState>,
    id: Segment,
    Params(params): Params<ListParams>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let id = id.number()?;
    let filter = format!("pledges/{id}");
    let size = page::size(params.page_size);
    let after = page::key(&filter, &params.page_token)?;
    wait(&state, params.min_height).await?;
    let (view, found) = state.source.pledges(id, after, size).await?;
    let found = found.ok_or_else(|| no_cause(id))?;
    let scope = format!("pledges {size} {}", params.page_token);
    let tag = etag(&view.chain_id, &scope, [found.stamp]);
    let body = PledgesAnswer {
        pledges: found.pledges.into_iter().map(Into::into).collect(),
        next_page_token: found
            .next
            .map_or_else(String::new, |key| page::token(&filter, &key)),
        view: view.clone().into(),
    };
    Ok(answer(&view, Some(&tag), &headers, body))
}

/// What one address pledged, owes and may claim.
#[utoipa::path(get, path = "/v1/people/{address}", params(("address" = String, Path), ReadParams),
    responses((status = 200, body = PersonAnswer),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_person(
    State(state): State<ServeState>,
    Segment(address): Segment,
    Params(params): Params<ReadParams>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    extract::address(&state.chain.bech32_prefix, &address)?;
    wait(&state, params.min_height).await?;
    let (view, person) = state.source.person(address).await?;
    let body = PersonAnswer::new(person, view.clone());
    Ok(answer(&view, None, &headers, body))
}

/// How the indexer stands.
#[utoipa::path(get, path = "/v1/status", responses((status = 200, body = StatusAnswer),
    (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_status(
    State(state): State<ServeState>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (view, status) = state.source.status().await?;
    Ok(answer(&view, None, &headers, StatusAnswer::from(status)))
}
