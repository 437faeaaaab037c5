//! Where people bring what they signed, and ask what became of it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, State as Of};
use axum::http::{Method, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use muster_schema::causes::Signed;
use muster_schema::causes::limits::MAX_RELAYED;
use serde::Deserialize;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tower_http::cors::{Any, CorsLayer};

use super::item::{self, Place};
use super::queue::{Fate, Queue, State as Where};
use crate::error::Error;
use crate::serve::bound_time;
use crate::serve::extract::{Body, Params, Segment};
use crate::serve::limits::{self, Clients, Limits};
use crate::serve::problem::Problem;

/// What the handlers use.
#[derive(Clone)]
pub(super) struct State {
    pub(super) sponsor: String,
    pub(super) place: Arc<Place>,
    pub(super) queue: Queue,
    pub(super) news: Arc<Notify>,
    pub(super) clients: Clients,
    pub(super) limits: Arc<Limits>,
}

/// What is brought: the `items` of the contract's `relay`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Brought {
    items: Vec<Signed>,
}

/// How an item is asked for.
#[derive(Debug, Deserialize)]
struct Asked {
    /// Seconds to wait for its end, within bounds.
    #[serde(default)]
    wait: u64,
}

/// Between looks, where no news come.
const LOOK: Duration = Duration::from_millis(500);

fn router(state: State) -> Router {
    // Any page may bring what people signed: it can do nothing but what they signed.
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers([header::CONTENT_TYPE])
        .expose_headers([header::RETRY_AFTER]);
    let bounded = middleware::from_fn_with_state(state.limits.timeout, bound_time);
    Router::new()
        .route("/v1/relay", post(bring).get(about))
        .route("/v1/relay/{id}", get(fate))
        .route("/live", get(async || "ok\n"))
        .fallback(async || Problem::not_found("nothing is here"))
        .layer(bounded)
        .layer(cors)
        .layer(DefaultBodyLimit::max(state.limits.body))
        .layer(middleware::from_fn_with_state(
            state.clients.clone(),
            limits::count,
        ))
        .with_state(state)
}

/// Serves until `stop`.
pub(super) async fn serve(
    listener: TcpListener,
    state: State,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let clients = state.clients.clone();
    let app = router(state).into_make_service_with_connect_info::<SocketAddr>();
    let ending = stop.clone();
    let server = axum::serve(listener, app)
        .with_graceful_shutdown(async move { ending.cancelled().await })
        .into_future();
    let late = async {
        stop.cancelled().await;
        tokio::time::sleep(Duration::from_secs(3)).await;
    };
    let sweep = async {
        loop {
            tokio::time::sleep(Duration::from_secs(60)).await;
            clients.forget_quiet();
        }
    };
    tokio::select! {
        done = server => done,
        () = late => Ok(()),
        () = sweep => Ok(()),
    }
}

/// Who sponsors what, and how much of it today.
async fn about(Of(state): Of<State>) -> Result<Response, Problem> {
    let left = state.queue.left(super::now()).await.map_err(broken)?;
    Ok(Json(json!({
        "sponsor": state.sponsor,
        "chain_id": state.place.chain_id,
        "contract": state.place.contract,
        "left_today": left,
    }))
    .into_response())
}

/// Takes items, each singly: 202 with what became of each, in their order.
async fn bring(Of(state): Of<State>, Body(brought): Body<Brought>) -> Result<Response, Problem> {
    let found = brought.items.len();
    if found == 0 || found > MAX_RELAYED {
        return Err(Problem::bad_request(format!(
            "found {found} items, allowed are 1 to {MAX_RELAYED}"
        )));
    }
    let now = super::now();
    let checks: Vec<_> = brought
        .items
        .iter()
        .map(|item| item::check(&state.place, now, item))
        .collect();
    let good: Vec<_> = checks
        .iter()
        .filter_map(|c| c.as_ref().ok().cloned())
        .collect();
    let mut taken = state
        .queue
        .take(&good, now)
        .await
        .map_err(broken)?
        .into_iter();
    let fates: Vec<Fate> = checks
        .into_iter()
        .filter_map(|check| match check {
            Ok(_) => taken.next(),
            Err(refusal) => Some(Fate::refused(&refusal.to_string())),
        })
        .collect();
    Ok((StatusCode::ACCEPTED, Json(json!({ "items": fates }))).into_response())
}

/// What became of an item; with `wait`, once that is final.
async fn fate(
    Of(state): Of<State>,
    Segment(id): Segment,
    Params(asked): Params<Asked>,
) -> Result<Json<Fate>, Problem> {
    let end = Instant::now() + Duration::from_secs(asked.wait).min(state.limits.wait);
    loop {
        let found = state.queue.fate(&id).await.map_err(broken)?;
        let fate = found.ok_or_else(|| Problem::not_found("no item of that id was taken here"))?;
        let is_final = matches!(fate.state, Where::Landed | Where::Refused);
        if is_final || Instant::now() >= end {
            return Ok(Json(fate));
        }
        let _ = tokio::time::timeout(LOOK, state.news.notified()).await;
    }
}

fn broken(e: Error) -> Problem {
    tracing::error!(error = %e, "the queue doesn't answer");
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "the queue does not answer; try again",
    )
}
