//! From the queue to the chain: one transaction at a time, whose end is known before the next.

use std::sync::Arc;
use std::time::Duration;

use muster_schema::causes::event::{CausesEvent, RawEvent};
use muster_schema::causes::limits::MAX_RELAYED;
use prost::Message as _;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::item::Place;
use super::key::Key;
use super::queue::{Queue, Refusals, Transaction, Waiting};
use super::tx::{self, Account, Call, Price, Trial};
use crate::chain::ChainEvent;
use crate::error::{Error, Result};
use crate::serve::node::{Node, wire};

/// Blocks within which a transaction must land.
const BLOCKS: u64 = 20;
/// Gas that a trial may use; it decides nothing else.
const TRIAL_GAS: u64 = 20_000_000;
/// Between looks at the node.
const LOOK: Duration = Duration::from_millis(300);
/// Looks between two broadcasts of the same bytes.
const LOOKS: u32 = 10;
/// After a failure.
const REST: Duration = Duration::from_secs(3);

pub(super) struct Sender {
    pub(super) key: Key,
    pub(super) node: Node,
    pub(super) price: Price,
    pub(super) place: Arc<Place>,
    pub(super) queue: Queue,
    /// Something was taken, or became final.
    pub(super) news: Arc<Notify>,
    pub(super) every: Duration,
}

impl Sender {
    /// Sends until `stop`.
    pub(super) async fn run(&self, stop: &CancellationToken) {
        loop {
            let pause = match self.turn().await {
                Ok(()) => self.every,
                Err(e) => {
                    tracing::warn!(error = %e, "not sent; tried again");
                    metrics::counter!("muster_sponsor_failures_total").increment(1);
                    REST.max(self.every)
                }
            };
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// What was under way first, then up to a hundred of the oldest.
    async fn turn(&self) -> Result<()> {
        if let Some(tx) = self.queue.under_way().await? {
            return self.follow(&tx).await;
        }
        let most = u32::try_from(MAX_RELAYED).unwrap_or(1);
        let waiting = self.queue.waiting(super::now(), most).await?;
        if waiting.is_empty() {
            return Ok(());
        }
        let account = self.account().await?;
        let last_height = self
            .node
            .latest()
            .await
            .map_err(node)?
            .saturating_add(BLOCKS);
        let Some((items, gas)) = self.tried(account, waiting).await? else {
            return Ok(());
        };
        let bytes = self.signed(account, &items, gas, last_height);
        let tx = Transaction {
            hash: tx::hash(&bytes),
            bytes,
            last_height,
        };
        self.queue.start(&tx, &items).await?;
        self.follow(&tx).await
    }

    /// What of `items` the contract would take, and the gas for it; the others are refused.
    async fn tried(
        &self,
        account: Account,
        mut items: Vec<Waiting>,
    ) -> Result<Option<(Vec<Waiting>, u64)>> {
        while !items.is_empty() {
            let bytes = self.signed(account, &items, TRIAL_GAS, 0);
            let trial = self.simulate(bytes).await?;
            let refused = refusals(&self.place.contract, &trial.events);
            if refused.is_empty() {
                // A fifth more: what others do meanwhile can make a scan longer.
                return Ok(Some((items, trial.gas.saturating_add(trial.gas / 5))));
            }
            let mut rest = Vec::with_capacity(items.len());
            for (place, item) in (0_u32..).zip(items) {
                match refused.get(&place) {
                    Some((code, reason)) => self.queue.refuse(&item.id, code, reason).await?,
                    None => rest.push(item),
                }
            }
            self.news.notify_waiters();
            items = rest;
        }
        Ok(None)
    }

    fn signed(&self, account: Account, items: &[Waiting], gas: u64, last_height: u64) -> Vec<u8> {
        let bodies: Vec<&str> = items.iter().map(|item| item.body.as_str()).collect();
        let call = Call {
            chain_id: &self.place.chain_id,
            contract: &self.place.contract,
            msg: &format!("{{\"relay\":{{\"items\":[{}]}}}}", bodies.join(",")),
            last_height,
            gas,
        };
        tx::signed(&self.key, account, call, &self.price)
    }

    /// Broadcasts until it is in a block, or can't be in one any more.
    async fn follow(&self, tx: &Transaction) -> Result<()> {
        let hash = hex::decode(&tx.hash).unwrap_or_default(); // we wrote it
        for look in 0_u32.. {
            if let Some((found, events)) = self.node.outcome(&hash).await.map_err(node)? {
                if found.code != 0 {
                    tracing::warn!(tx = tx.hash, log = found.raw_log, "a batch failed");
                    self.queue.fell(&tx.hash).await?;
                    return Err(Error::Node(format!("{}: {}", tx.hash, found.raw_log)));
                }
                let refused = refusals(&self.place.contract, &events);
                self.queue.landed(&tx.hash, found.height, &refused).await?;
                metrics::counter!("muster_sponsor_gas_total").increment(found.gas_used);
                tracing::info!(
                    tx = tx.hash,
                    height = found.height,
                    gas = found.gas_used,
                    "landed"
                );
                self.news.notify_waiters();
                return Ok(());
            }
            // The look came after the last block that may hold it.
            let latest = self.node.latest().await.map_err(node)?;
            if latest > tx.last_height.saturating_add(1) {
                self.queue.fell(&tx.hash).await?;
                return Err(Error::Node(format!("{} is in no block", tx.hash)));
            }
            if look % LOOKS == 0
                && let Err(said) = self.node.broadcast(&tx.bytes).await.map_err(node)?
                && !said.contains("already exists in cache")
            {
                tracing::warn!(tx = tx.hash, said, "the node doesn't take a batch");
            }
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }

    async fn account(&self) -> Result<Account> {
        let address = self.key.address.clone();
        let ask = wire::AddressRequest { address }.encode_to_vec();
        let path = "/cosmos.auth.v1beta1.Query/Account";
        let answer = self.node.abci(path, &ask).await.map_err(node)?;
        let bytes = answer.map_err(|said| {
            Error::Node(format!(
                "the sponsor {} has no account, send it coins: {said}",
                self.key.address
            ))
        })?;
        let account = wire::AccountResponse::decode(&*bytes)
            .ok()
            .and_then(|a| a.account)
            .and_then(|any| wire::BaseAccount::decode(&*any.value).ok())
            .ok_or_else(|| Error::Node("the account could not be read".to_owned()))?;
        Ok(Account {
            number: account.account_number,
            sequence: account.sequence,
        })
    }

    async fn simulate(&self, tx_bytes: Vec<u8>) -> Result<Trial> {
        let ask = wire::SimulateRequest { tx_bytes }.encode_to_vec();
        let path = "/cosmos.tx.v1beta1.Service/Simulate";
        let answer = self.node.abci(path, &ask).await.map_err(node)?;
        let bytes = answer.map_err(|said| Error::Node(format!("a trial: {said}")))?;
        tx::trial(&bytes).ok_or_else(|| Error::Node("a trial could not be read".to_owned()))
    }
}

fn node(e: crate::serve::problem::Problem) -> Error {
    Error::Node(e.detail)
}

/// The refusals that the contract itself emitted.
fn refusals(contract: &str, events: &[ChainEvent]) -> Refusals {
    let ours = events.iter().filter(|event| {
        let by = |a: &crate::chain::Attribute| a.key == "_contract_address" && a.value == contract;
        event.attributes.iter().any(by)
    });
    let refused = ours.filter_map(|event| {
        let attributes: Vec<_> = event
            .attributes
            .iter()
            .map(|a| (a.key.as_str(), a.value.as_str()))
            .collect();
        let raw = RawEvent {
            kind: &event.kind,
            attributes: &attributes,
        };
        match CausesEvent::decode(&raw) {
            Ok(Some(CausesEvent::RelayRefused(e))) => Some((e.index, (e.code, e.reason))),
            _ => None,
        }
    });
    refused.collect()
}
