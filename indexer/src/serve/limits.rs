//! How much one client may ask: requests a second, streams at a time, bytes in a body.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::problem::Problem;

/// The numbers, all of them for the operator to choose.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Requests a second and client, in the long run.
    pub per_second: NonZeroU32,
    /// Requests of a client at once.
    pub burst: NonZeroU32,
    /// Open streams of a client.
    pub streams: usize,
    /// Bytes in a body.
    pub body: usize,
    /// For one answer; streams are exempt.
    pub timeout: Duration,
    /// How long `min_height` waits at most.
    pub wait: Duration,
    /// Between heartbeats of a stream.
    pub heartbeat: Duration,
    /// Seconds behind the chain at which `/ready` says no.
    pub ready_lag: u64,
    /// Peers whose `x-forwarded-for` names the client.
    pub trusted_proxies: Vec<IpAddr>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            per_second: NonZeroU32::MIN.saturating_add(49),
            burst: NonZeroU32::MIN.saturating_add(199),
            streams: 64,
            body: 256 * 1024,
            timeout: Duration::from_secs(20),
            wait: Duration::from_secs(5),
            heartbeat: Duration::from_secs(15),
            ready_lag: 30,
            trusted_proxies: Vec::new(),
        }
    }
}

/// Keeps count of every client.
#[derive(Clone)]
pub struct Clients {
    rate: Arc<DefaultKeyedRateLimiter<IpAddr>>,
    streams: Arc<Mutex<HashMap<IpAddr, usize>>>,
    limits: Arc<Limits>,
}

impl Clients {
    /// Nobody has asked yet.
    #[must_use]
    pub fn new(limits: Arc<Limits>) -> Self {
        let quota = Quota::per_second(limits.per_second).allow_burst(limits.burst);
        Self {
            rate: Arc::new(RateLimiter::keyed(quota)),
            streams: Arc::default(),
            limits,
        }
    }

    /// Forgets clients that have been quiet, so that memory follows the present ones.
    pub fn forget_quiet(&self) {
        self.rate.retain_recent();
        self.rate.shrink_to_fit();
    }

    fn check(&self, client: IpAddr) -> Result<(), Problem> {
        self.rate.check_key(&client).map_err(|until| {
            let wait = until.wait_time_from(DefaultClock::default().now());
            let allowed = self.limits.per_second;
            Problem::too_many(
                format!("more than {allowed} requests a second from one client"),
                wait.as_secs().saturating_add(1),
            )
        })
    }

    /// A place for one more stream, given back when it is dropped.
    pub fn stream(&self, client: IpAddr) -> Result<StreamSlot, Problem> {
        let allowed = self.limits.streams;
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        let open = streams.entry(client).or_default();
        if *open >= allowed {
            return Err(Problem::too_many(
                format!("found {open} open streams of one client, allowed are {allowed}"),
                5,
            ));
        }
        *open += 1;
        metrics::gauge!("muster_streams").increment(1.0);
        Ok(StreamSlot {
            client,
            streams: Arc::clone(&self.streams),
        })
    }
}

/// One open stream of one client.
pub struct StreamSlot {
    client: IpAddr,
    streams: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl Drop for StreamSlot {
    fn drop(&mut self) {
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = streams.get_mut(&self.client) {
            *open = open.saturating_sub(1);
            if *open == 0 {
                streams.remove(&self.client);
            }
        }
        metrics::gauge!("muster_streams").decrement(1.0);
    }
}

/// Who asks, once the proxies are seen through.
#[derive(Clone, Copy, Debug)]
pub struct Client(pub IpAddr);

fn client_of(request: &Request, trusted: &[IpAddr]) -> IpAddr {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    if !trusted.contains(&peer) {
        return peer;
    }
    // The last entry is the one that our own proxy wrote; those before are the client's word.
    request
        .headers()
        .get("x-forwarded-for")
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.rsplit(',').next())
        .and_then(|v| v.trim().parse().ok())
        .unwrap_or(peer)
}

/// Middleware: names the client and counts the request. Assets and probes are not counted.
pub async fn count(State(clients): State<Clients>, mut request: Request, next: Next) -> Response {
    let client = client_of(&request, &clients.limits.trusted_proxies);
    request.extensions_mut().insert(Client(client));
    let path = request.uri().path();
    let free = path.starts_with("/assets/") || matches!(path, "/live" | "/ready" | "/metrics");
    if !free && let Err(problem) = clients.check(client) {
        metrics::counter!("muster_http_throttled").increment(1);
        return problem.into_response();
    }
    next.run(request).await
}
