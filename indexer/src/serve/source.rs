//! What serving needs of the read model, and nothing more.

use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::broadcast;

use crate::read::types::{Cause, Change, Person, Pledge, Status, View};

/// The read model could not answer; the caller sees 503 and the log says why.
#[derive(Debug, thiserror::Error)]
#[error("the read model does not answer: {0}")]
pub struct Unavailable(pub String);

/// What a read comes to.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, Unavailable>>;

/// Pledges of one page, and where the next begins.
#[derive(Clone, Debug, Default)]
pub struct PledgePage {
    /// In the order of the key.
    pub pledges: Vec<Pledge>,
    /// The key to go on after; `None` on the last page.
    pub next: Option<String>,
}

/// The read side of the indexer.
pub trait Source: Send + Sync + 'static {
    /// The indexed block.
    fn view(&self) -> Answer<'_, View>;
    /// How the indexer stands.
    fn status(&self) -> Answer<'_, Status>;
    /// One cause with its actions.
    fn cause(&self, id: u64) -> Answer<'_, Option<Cause>>;
    /// Up to `limit` causes with numbers above `after`, rising.
    fn causes(&self, after: u64, limit: u32) -> Answer<'_, Vec<Cause>>;
    /// A page of a cause's pledges; `after` is a key that an earlier page gave.
    fn pledges(&self, cause: u64, after: Option<String>, limit: u32) -> Answer<'_, PledgePage>;
    /// Everything of one address.
    fn person(&self, address: String) -> Answer<'_, Person>;
    /// A word at each committed batch.
    fn changes(&self) -> broadcast::Receiver<Change>;
    /// Waits until `height` is indexed or `bound` has passed.
    fn wait_for(&self, height: u64, bound: Duration) -> BoxFuture<'_, ()>;
}
