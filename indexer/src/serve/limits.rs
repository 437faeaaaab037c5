//! How much one client may ask: requests a second, streams at a time, bytes in a body.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::cidr::Cidr;
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
    pub trusted_proxies: Vec<Cidr>,
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

fn client_of(request: &Request, trusted: &[Cidr]) -> IpAddr {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    seen_through(peer, request.headers(), trusted)
}

/// Each proxy appends whom it saw, so from the right: the first that isn't a proxy of ours. What
/// stands left of it is the client's own word.
fn seen_through(peer: IpAddr, headers: &HeaderMap, trusted: &[Cidr]) -> IpAddr {
    let is_proxy = |address: IpAddr| trusted.iter().any(|cidr| cidr.contains(address));
    let mut client = peer.to_canonical();
    if !is_proxy(client) {
        return client;
    }
    let lists = headers.get_all("x-forwarded-for");
    let lists: Vec<&str> = lists.iter().filter_map(|v| v.to_str().ok()).collect();
    for hop in lists.iter().rev().flat_map(|list| list.rsplit(',')) {
        let Ok(address) = hop.trim().parse::<IpAddr>() else {
            break;
        };
        client = address.to_canonical();
        if !is_proxy(client) {
            break;
        }
    }
    client
}

/// Whose account a request goes to: whoever has one IPv6 address has a whole network of them.
fn account(client: IpAddr) -> IpAddr {
    const HOST_BITS: u32 = 64;
    match client {
        IpAddr::V4(_) => client,
        IpAddr::V6(a) => IpAddr::V6((a.to_bits() >> HOST_BITS << HOST_BITS).into()),
    }
}

/// Middleware: names the client and counts the request. Assets and probes are not counted.
pub async fn count(State(clients): State<Clients>, mut request: Request, next: Next) -> Response {
    let client = account(client_of(&request, &clients.limits.trusted_proxies));
    request.extensions_mut().insert(Client(client));
    let path = request.uri().path();
    let free = path.starts_with("/assets/") || matches!(path, "/live" | "/ready" | "/metrics");
    if !free && let Err(problem) = clients.check(client) {
        metrics::counter!("muster_http_throttled").increment(1);
        let kind = request.headers().get(header::CONTENT_TYPE);
        let is_grpc = kind.is_some_and(|k| k.as_bytes().starts_with(b"application/grpc"));
        return if is_grpc {
            tonic::Status::from(problem).into_http()
        } else {
            problem.into_response()
        };
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forwarded_address_counts_only_from_a_trusted_proxy() {
        let trusted: Vec<Cidr> = vec!["10.0.0.0/8".parse().unwrap(), "::1".parse().unwrap()];
        for (peer, forwarded, client) in [
            ("203.0.113.1", "198.51.100.7", "203.0.113.1"),
            ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
            ("10.0.0.1", "1.1.1.1, 198.51.100.7", "198.51.100.7"),
            (
                "10.0.0.1",
                "1.1.1.1, 198.51.100.7, 10.9.9.9",
                "198.51.100.7",
            ),
            ("10.0.0.1", "1.1.1.1, nonsense", "10.0.0.1"),
            ("10.0.0.1", "", "10.0.0.1"),
            ("::1", "2001:db8::5", "2001:db8::5"),
            ("::ffff:10.0.0.1", "::ffff:198.51.100.7", "198.51.100.7"),
        ] {
            let mut headers = HeaderMap::new();
            headers.append("x-forwarded-for", forwarded.parse().unwrap());
            let found = seen_through(peer.parse().unwrap(), &headers, &trusted);
            assert_eq!(
                found,
                client.parse::<IpAddr>().unwrap(),
                "{peer} {forwarded}"
            );
        }
        let v6: IpAddr = "2001:db8:1:2:3::4".parse().unwrap();
        assert_eq!(account(v6), "2001:db8:1:2::".parse::<IpAddr>().unwrap());
    }
}
