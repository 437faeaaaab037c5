//! `muster sponsor`: takes what people signed, and pays for sending it.
//!
//! An item is checked as the contract would check it, then lies in a queue that outlives the
//! process. Up to a hundred go into one transaction. Before it is sent it is tried on the node, and
//! what the contract would refuse is refused here, so that the sponsor pays for no refusal.

mod api;
mod item;
mod key;
mod queue;
mod send;
mod tx;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::config::Deployment;
use crate::error::{Error, Result};
use crate::serve;
use crate::serve::limits::{Clients, Limits};
use crate::serve::node::Node;
use item::Place;
use key::Key;
use queue::{Daily, Queue};
use send::Sender;

/// What a sponsor is told at its start.
#[derive(Debug)]
pub struct Options {
    /// The deployment file.
    pub deployment: PathBuf,
    /// The file with the key, mode 0600.
    pub key: PathBuf,
    /// Where the queue lies.
    pub db: String,
    /// Where people bring what they signed.
    pub listen: SocketAddr,
    /// Items that are taken of one signer in a day (UTC).
    pub per_signer: u32,
    /// Items that are taken in a day.
    pub per_day: u32,
    /// How long an item waits for company.
    pub every: Duration,
    /// Of requests.
    pub limits: Limits,
}

/// Serves and sends until `stop`.
///
/// # Errors
/// One line for the person at the terminal.
pub async fn run(options: Options, stop: CancellationToken) -> Result<()> {
    let deployment = Deployment::load(&options.deployment)?;
    let key = Key::load(&options.key, &deployment.bech32_prefix)?;
    let daily = Daily {
        per_signer: options.per_signer,
        per_day: options.per_day,
    };
    let queue = Queue::open(&options.db, daily).await?;
    let place = Arc::new(Place {
        chain_id: deployment.chain_id.clone(),
        contract: deployment.contracts.causes.address.clone(),
        prefix: deployment.bech32_prefix.clone(),
    });
    let limits = Arc::new(options.limits);
    let news = Arc::new(Notify::new());
    let state = api::State {
        sponsor: key.address.clone(),
        place: place.clone(),
        queue: queue.clone(),
        news: news.clone(),
        clients: Clients::new(limits.clone()),
        limits,
    };
    let listener = serve::bind(options.listen).await.map_err(Error::Config)?;
    tracing::info!(sponsor = %key.address, listen = %options.listen, "sponsoring");
    let sender = Sender {
        key,
        node: Node::new(deployment.rpc.clone())?,
        price: tx::Price::parse(&deployment.gas_price, &deployment.fee_denom)?,
        place,
        queue,
        news,
        every: options.every,
    };
    let serving = async {
        let served = api::serve(listener, state, stop.clone()).await;
        stop.cancel();
        served
    };
    let sending = async {
        sender.run(&stop).await;
        stop.cancel();
    };
    let (served, ()) = tokio::join!(serving, sending);
    served.map_err(Error::from)
}

/// Unix seconds.
fn now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |d| d.as_secs())
}
