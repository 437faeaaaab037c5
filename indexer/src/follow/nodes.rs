//! The nodes of a deployment: one is followed, the others stand by.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Notify;
use tokio::task::AbortHandle;

use crate::chain::{Client, NodeStatus, doorbell};
use crate::config::Deployment;
use crate::error::{Error, Kind, Result};

/// How long all nodes may be away at the start.
const FIRST_CONTACT: Duration = Duration::from_secs(10);
/// Between two rounds at the start.
const ROUND: Duration = Duration::from_millis(500);
/// The first wait after a failure; it doubles up to [`LONGEST`].
const SHORTEST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(5);
/// Without a new block for so long, another node is asked whether it has more.
const STALLED: Duration = Duration::from_secs(20);

/// Which node is followed, and how the last attempts went.
#[derive(Debug)]
pub(super) struct Nodes {
    clients: Vec<Client>,
    at: usize,
    /// The history at the cursor was compared with that of the node which is followed.
    pub(super) is_checked: bool,
    /// Nodes that answered and can't be followed, since the last success.
    refused: BTreeSet<usize>,
    failures: u32,
    progress: Instant,
    ringing: Option<AbortHandle>,
}

impl Nodes {
    /// The first node that answers; it must be of the chain and have the contract.
    pub(super) async fn reach(deployment: &Deployment) -> Result<Self> {
        let clients: Vec<Client> = deployment
            .rpc
            .iter()
            .map(|url| Client::new(url))
            .collect::<Result<_>>()?;
        let started = Instant::now();
        let mut why = String::new();
        while started.elapsed() < FIRST_CONTACT {
            for (at, client) in clients.iter().enumerate() {
                let probe = tokio::time::timeout(FIRST_CONTACT / 2, probe(client, deployment));
                match probe.await {
                    Ok(Ok(())) => return Ok(Self::new(clients, at)),
                    Ok(Err(e)) if e.kind() == Kind::Transient => why = e.to_string(),
                    Ok(Err(e)) => return Err(e),
                    Err(_) => "no answer".clone_into(&mut why),
                }
            }
            tokio::time::sleep(ROUND).await;
        }
        Err(Error::Unreachable {
            url: deployment.rpc.join(", "),
            within: FIRST_CONTACT,
            why,
        })
    }

    fn new(clients: Vec<Client>, at: usize) -> Self {
        Self {
            clients,
            at,
            is_checked: false,
            refused: BTreeSet::new(),
            failures: 0,
            progress: Instant::now(),
            ringing: None,
        }
    }

    /// The node that is followed.
    pub(super) fn current(&self) -> &Client {
        // `at` is always below the length, and the list is never empty.
        &self.clients[self.at]
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.clients.len()
    }

    /// It answered as it should.
    pub(super) fn did_well(&mut self) {
        self.failures = 0;
        self.refused.clear();
    }

    /// It gave a new block.
    pub(super) fn made_progress(&mut self) {
        self.did_well();
        self.progress = Instant::now();
    }

    /// Nothing new: where that lasts, another node may know more.
    pub(super) fn was_idle(&mut self, bell: &Arc<Notify>) {
        if self.len() > 1 && self.progress.elapsed() > STALLED {
            self.progress = Instant::now();
            self.switch("no new block from it", bell);
        }
    }

    /// Takes the next node after `e`. How long to wait before it is asked, or the error where no
    /// node can help.
    pub(super) fn failed(&mut self, e: Error, bell: &Arc<Notify>) -> Result<Duration> {
        if e.is_of_one_node() {
            self.refused.insert(self.at);
            if self.refused.len() == self.len() {
                return Err(e);
            }
        } else if e.kind() == Kind::Fatal {
            return Err(e);
        }
        let round = self.failures / u32::try_from(self.len()).unwrap_or(1);
        self.failures = self.failures.saturating_add(1);
        tracing::warn!(node = self.current().url(), error = %e, "asking again");
        self.switch(&e.to_string(), bell);
        let wait = SHORTEST.saturating_mul(1 << round.min(10)).min(LONGEST);
        Ok(jittered(wait))
    }

    fn switch(&mut self, why: &str, bell: &Arc<Notify>) {
        if self.len() > 1 {
            self.at = (self.at + 1) % self.len();
            self.is_checked = false;
            tracing::info!(node = self.current().url(), why, "following another node");
            metrics::counter!("muster_node_switches_total").increment(1);
            self.ring(bell);
        }
    }

    /// Puts the doorbell up at the node that is followed.
    pub(super) fn ring(&mut self, bell: &Arc<Notify>) {
        self.silence();
        let ring = doorbell::ring(self.current().url().to_owned(), bell.clone());
        self.ringing = Some(tokio::spawn(ring).abort_handle());
    }

    /// Takes the doorbell down.
    pub(super) fn silence(&mut self) {
        if let Some(ringing) = self.ringing.take() {
            ringing.abort();
        }
    }
}

impl Drop for Nodes {
    fn drop(&mut self) {
        self.silence();
    }
}

async fn probe(client: &Client, deployment: &Deployment) -> Result<()> {
    let status = client.status().await?;
    check_chain(&status, &deployment.chain_id)?;
    client
        .check_contract(&deployment.contracts.causes.address)
        .await
}

/// Refuses a node of another chain.
pub(super) fn check_chain(status: &NodeStatus, allowed: &str) -> Result<()> {
    if status.chain_id == allowed {
        Ok(())
    } else {
        Err(Error::WrongChain {
            found: status.chain_id.clone(),
            allowed: allowed.to_owned(),
        })
    }
}

/// Between a half and the whole, so that many indexers don't come back to a node at once.
fn jittered(wait: Duration) -> Duration {
    let random = RandomState::new().build_hasher().finish() % 1_000;
    wait / 2 + wait.mul_f64(random as f64 / 2_000.0)
}
