//! The flags of `muster sponsor`, each with its variable in the environment.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::limits::LimitArgs;
use crate::sponsor::Options;

#[derive(Args, Debug)]
pub(super) struct SponsorArgs {
    /// The file that scripts/deploy writes.
    #[arg(long, env = "MUSTER_DEPLOYMENT")]
    deployment: PathBuf,
    /// The file with the key that pays: 64 hexadecimal digits, mode 0600.
    #[arg(long, env = "MUSTER_SPONSOR_KEY")]
    key: PathBuf,
    /// Where the queue is kept.
    #[arg(long, env = "MUSTER_SPONSOR_DB", default_value = "sqlite://sponsor.db")]
    db: String,
    /// Where to listen; loopback unless told otherwise.
    #[arg(long, env = "MUSTER_SPONSOR_LISTEN", default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// Items that are taken of one signer in a day (UTC).
    #[arg(long, env = "MUSTER_SPONSOR_PER_SIGNER", default_value_t = 20)]
    per_signer: u32,
    /// Items that are taken in a day (UTC).
    #[arg(long, env = "MUSTER_SPONSOR_PER_DAY", default_value_t = 10_000)]
    per_day: u32,
    /// Milliseconds that an item waits for company.
    #[arg(long, env = "MUSTER_SPONSOR_EVERY", default_value_t = 2_000,
        value_parser = clap::value_parser!(u64).range(100..))]
    every: u64,
    #[command(flatten)]
    limits: LimitArgs,
}

impl From<SponsorArgs> for Options {
    fn from(a: SponsorArgs) -> Self {
        Self {
            deployment: a.deployment,
            key: a.key,
            db: a.db,
            listen: a.listen,
            per_signer: a.per_signer,
            per_day: a.per_day,
            every: Duration::from_millis(a.every),
            limits: a.limits.into(),
        }
    }
}
