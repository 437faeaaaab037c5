//! Streams for browsers: server-sent events.

use std::convert::Infallible;

use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt as _;
use serde_json::json;

use super::ServeState;
use super::extract::Segment;
use super::limits::Client;
use super::problem::Problem;
use super::rest::INDEXED_HEIGHT;
use super::types::{CauseAnswer, View};
use super::watch::{Item, Kind, Watch, items};

/// One cause: a snapshot, then the whole cause at each change.
#[utoipa::path(get, path = "/v1/causes/{id}/events", params(("id" = u64, Path)),
    responses((status = 200, body = CauseAnswer, content_type = "text/event-stream"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn cause_events(
    State(state): State<ServeState>,
    Extension(client): Extension<Client>,
    id: Segment,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let id = id.number()?;
    let (view, cause) = state.source.cause(id).await?;
    if cause.is_none() {
        return Err(Problem::not_found(format!("there is no cause {id}")));
    }
    open(&state, client, Some(id), &headers, view.height)
}

/// Every cause as it changes.
#[utoipa::path(get, path = "/v1/events",
    responses((status = 200, body = CauseAnswer, content_type = "text/event-stream"),
    (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn all_events(
    State(state): State<ServeState>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let height = state.source.view().await?.height;
    open(&state, client, None, &headers, height)
}

fn open(
    state: &ServeState,
    client: Client,
    cause: Option<u64>,
    headers: &HeaderMap,
    height: u64,
) -> Result<Response, Problem> {
    let cursor = match headers.get("last-event-id") {
        None => None,
        Some(id) => Some(
            id.to_str()
                .ok()
                .and_then(|id| id.parse().ok())
                .ok_or_else(|| {
                    Problem::bad_request("last-event-id: not one that this stream gave out")
                })?,
        ),
    };
    let watch = Watch {
        source: state.source.clone(),
        cause,
        cursor,
        heartbeat: state.limits.heartbeat,
        shutdown: state.shutdown.clone(),
        slot: state.clients.stream(client.0)?,
    };
    let events = items(watch)
        // The browser comes back by itself, with the last cursor.
        .take_while(|item| std::future::ready(item.is_ok()))
        .filter_map(|item| std::future::ready(item.ok().and_then(event)))
        .map(Ok::<_, Infallible>);
    let mut response = Sse::new(events).into_response();
    response.headers_mut().insert(INDEXED_HEIGHT, height.into());
    // Proxies must hand on each event at once.
    response.headers_mut().insert(
        "x-accel-buffering",
        axum::http::HeaderValue::from_static("no"),
    );
    Ok(response)
}

fn event(item: Item) -> Option<Event> {
    let name = match item.kind {
        Kind::Snapshot => "snapshot",
        Kind::Delta => "delta",
        Kind::Heartbeat => "heartbeat",
    };
    let cursor = item.cursor.to_string();
    let view = View::from(item.view);
    let data = match item.cause {
        Some(cause) => serde_json::to_string(&CauseAnswer {
            cause: cause.into(),
            view,
        }),
        None => serde_json::to_string(&json!({ "view": view })),
    };
    Some(Event::default().event(name).id(cursor).data(data.ok()?))
}
