//! REST, gRPC, streams and the chain forward: one router on one port.

pub mod cidr;
pub mod extract;
mod fill_cause;
mod fill_gate;
pub mod forward;
pub mod grpc;
mod grpc_convert;
mod grpc_deliberation;
mod grpc_fund;
mod health;
pub mod judging;
pub mod limits;
pub mod node;
pub mod openapi;
pub mod page;
pub mod problem;
mod relay;
pub(crate) mod rest;
pub mod saving;
pub mod source;
mod sse;
pub mod types;
pub mod types_cause;
pub mod types_deliberation;
mod verdict;
pub mod watch;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower_http::cors::{Any, CorsLayer};

use self::forward::ChainInfo;
use self::limits::{Clients, Limits};
use self::node::Node;
use self::problem::Problem;
use self::source::Source;

/// For connections to finish after the word to stop.
const GRACE: Duration = Duration::from_secs(3);

/// What every handler may use.
#[derive(Clone)]
pub struct ServeState {
    /// The read model.
    pub source: Arc<dyn Source>,
    /// Where the island's calls go.
    pub node: Node,
    /// What a wallet needs to know.
    pub chain: Arc<ChainInfo>,
    /// The numbers.
    pub limits: Arc<Limits>,
    /// Who asked how often.
    pub clients: Clients,
    /// Renders `/metrics`; none in a process that records none.
    pub metrics: Option<PrometheusHandle>,
    /// Ends the streams.
    pub shutdown: CancellationToken,
}

/// Everything but the pages, without the layers that hold for both.
fn api(state: ServeState) -> Router {
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD])
        .allow_headers([
            header::IF_NONE_MATCH,
            HeaderName::from_static("last-event-id"),
        ])
        .expose_headers([header::ETAG, header::RETRY_AFTER, rest::INDEXED_HEIGHT]);
    let answers = Router::new()
        .route("/v1/causes", get(rest::list_causes))
        .route("/v1/causes/{id}", get(rest::get_cause))
        .route("/v1/causes/{id}/pledges", get(rest::list_pledges))
        .route("/v1/people/{address}", get(rest::get_person))
        .route("/v1/status", get(rest::get_status))
        .route("/v1/openapi.json", get(openapi::get));
    let others = Router::new()
        .route("/chain/info", get(forward::info))
        .route("/chain/accounts/{address}", get(forward::account))
        .route("/chain/balances/{address}", get(forward::balances))
        .route("/chain/simulate", post(forward::simulate))
        .route("/chain/broadcast", post(forward::broadcast))
        .route("/chain/txs/{hash}", get(forward::transaction))
        .route("/chain/sequence/{address}", get(relay::sequence))
        .route("/chain/verdicts/{action}", get(verdict::verdict))
        .route("/chain/relay/{sponsor}", post(relay::hand_over))
        .route("/chain/relay/{sponsor}/{id}", get(relay::find))
        .route("/ready", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route("/live", get(health::live));
    let bounded = middleware::from_fn_with_state(state.limits.timeout, bound_time);
    let streams = Router::new()
        .route("/v1/events", get(sse::all_events))
        .route("/v1/causes/{id}/events", get(sse::cause_events));
    // Only public reads are open to other origins: the rest is for pages of this one.
    answers
        .layer(bounded.clone())
        .merge(streams)
        .layer(cors)
        .merge(others.layer(bounded))
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(state.limits.body))
        .layer(middleware::from_fn_with_state(state.clone(), stamp))
        .with_state(state)
}

/// REST, gRPC, streams, probes and whatever `pages` adds, behind the limits. `pages` brings the
/// answer for addresses where there is nothing.
pub fn router(state: ServeState, pages: Router) -> Router {
    let clients = state.clients.clone();
    let stamped = middleware::from_fn_with_state(state.clone(), stamp);
    let grpc = grpc::router(&state).layer(stamped);
    api(state)
        .merge(grpc)
        .merge(pages)
        .layer(middleware::from_fn_with_state(clients, limits::count))
        .layer(middleware::from_fn(secure))
}

/// Serves until `state.shutdown`, then gives connections a moment to finish.
pub async fn serve(listener: TcpListener, state: ServeState, pages: Router) -> std::io::Result<()> {
    let shutdown = state.shutdown.clone();
    let clients = state.clients.clone();
    let app = router(state, pages).into_make_service_with_connect_info::<SocketAddr>();
    let stop = shutdown.clone();
    let server = axum::serve(listener, app)
        .with_graceful_shutdown(async move { stop.cancelled().await })
        .into_future();
    let late = async {
        shutdown.cancelled().await;
        tokio::time::sleep(GRACE).await;
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

/// Binds, or says in one line why not.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address)
        .await
        .map_err(|e| match e.kind() {
            std::io::ErrorKind::AddrInUse => {
                format!(
                    "port {} of {} is in use by another program",
                    address.port(),
                    address.ip()
                )
            }
            _ => format!("can't listen on {address}: {e}"),
        })
}

async fn wrong_method() -> Problem {
    Problem::new(
        axum::http::StatusCode::METHOD_NOT_ALLOWED,
        "not with this method",
    )
}

/// An answer in time, or 504.
pub(crate) async fn bound_time(
    axum::extract::State(bound): axum::extract::State<Duration>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    tokio::time::timeout(bound, next.run(request))
        .await
        .map_err(|_| {
            Problem::new(
                axum::http::StatusCode::GATEWAY_TIMEOUT,
                "no answer in time; try again",
            )
        })
}

/// Height on every answer that has none of its own yet, errors too.
async fn stamp(
    axum::extract::State(state): axum::extract::State<ServeState>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    if !response.headers().contains_key(rest::INDEXED_HEIGHT)
        && let Ok(view) = state.source.view().await
    {
        response
            .headers_mut()
            .insert(rest::INDEXED_HEIGHT, view.height.into());
    }
    if !response.headers().contains_key(header::CACHE_CONTROL) {
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    metrics::counter!("muster_http_answers", "status" => response.status().as_str().to_owned())
        .increment(1);
    response
}

/// Headers that harm nobody and stop a browser from guessing. Pages bring their own policy.
async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(
        "x-content-type-options",
        HeaderValue::from_static("nosniff"),
    );
    headers.insert("referrer-policy", HeaderValue::from_static("same-origin"));
    headers
        .entry("x-frame-options")
        .or_insert(HeaderValue::from_static("DENY"));
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(
            "default-src 'none'; frame-ancestors 'none'",
        ));
    response
}
