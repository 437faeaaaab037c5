//! The limits as flags, each with its variable in the environment.

use std::num::NonZeroU32;
use std::time::Duration;

use clap::Args;

use crate::serve::cidr::Cidr;
use crate::serve::limits::Limits;

/// How much one client may ask, and how patient the server is.
#[derive(Args, Clone, Debug)]
pub(super) struct LimitArgs {
    /// Requests a second and client, in the long run.
    #[arg(long, env = "MUSTER_RATE", default_value_t = Limits::default().per_second)]
    rate: NonZeroU32,
    /// Requests of one client at once.
    #[arg(long, env = "MUSTER_BURST", default_value_t = Limits::default().burst)]
    burst: NonZeroU32,
    /// Open streams of one client.
    #[arg(long, env = "MUSTER_STREAMS", default_value_t = Limits::default().streams)]
    streams: usize,
    /// Bytes in a request's body.
    #[arg(long, env = "MUSTER_MAX_BODY", default_value_t = Limits::default().body)]
    max_body: usize,
    /// Seconds for one answer; streams are exempt.
    #[arg(long, env = "MUSTER_TIMEOUT", default_value_t = Limits::default().timeout.as_secs(),
        value_parser = clap::value_parser!(u64).range(1..))]
    timeout: u64,
    /// Seconds that `min_height` waits at most.
    #[arg(long, env = "MUSTER_MAX_WAIT", default_value_t = Limits::default().wait.as_secs())]
    max_wait: u64,
    /// Seconds between heartbeats of a stream.
    #[arg(long, env = "MUSTER_HEARTBEAT", default_value_t = Limits::default().heartbeat.as_secs(),
        value_parser = clap::value_parser!(u64).range(1..))]
    heartbeat: u64,
    /// Seconds behind the chain at which `/ready` says no.
    #[arg(long, env = "MUSTER_READY_LAG", default_value_t = Limits::default().ready_lag)]
    ready_lag: u64,
    /// Peers whose `x-forwarded-for` names the client: an address or CIDR, several with commas.
    /// Without it, everybody behind a proxy is throttled as one.
    #[arg(
        long,
        env = "MUSTER_TRUSTED_PROXY",
        value_name = "CIDR",
        value_delimiter = ','
    )]
    trusted_proxy: Vec<Cidr>,
}

impl From<LimitArgs> for Limits {
    fn from(a: LimitArgs) -> Self {
        Self {
            per_second: a.rate,
            burst: a.burst,
            streams: a.streams,
            body: a.max_body,
            timeout: Duration::from_secs(a.timeout),
            wait: Duration::from_secs(a.max_wait),
            heartbeat: Duration::from_secs(a.heartbeat),
            ready_lag: a.ready_lag,
            trusted_proxies: a.trusted_proxy,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        limits: LimitArgs,
    }

    fn limits(args: &[&str]) -> Result<Limits, clap::Error> {
        let args = ["muster"].iter().chain(args);
        Ok(Line::try_parse_from(args)?.limits.into())
    }

    #[test]
    fn flags_become_limits_and_none_of_them_the_defaults() {
        let plain = limits(&[]).unwrap();
        assert_eq!(format!("{plain:?}"), format!("{:?}", Limits::default()));
        let line = "--rate 3 --burst 4 --streams 5 --max-body 6 --timeout 7 --max-wait 8 \
            --heartbeat 9 --ready-lag 10 --trusted-proxy 10.0.0.0/8,::1 --trusted-proxy 192.0.2.1";
        let args: Vec<&str> = line.split_whitespace().collect();
        let set = limits(&args).unwrap();
        let numbers = [set.per_second.get(), set.burst.get()];
        assert_eq!((numbers, set.streams, set.body), ([3, 4], 5, 6));
        let seconds = [set.timeout, set.wait, set.heartbeat].map(|d| d.as_secs());
        assert_eq!((seconds, set.ready_lag), ([7, 8, 9], 10));
        assert_eq!(set.trusted_proxies.len(), 3);
        for wrong in [
            "--rate=0",
            "--timeout=0",
            "--heartbeat=0",
            "--trusted-proxy=x",
        ] {
            assert!(limits(&[wrong]).is_err(), "{wrong}");
        }
    }
}
