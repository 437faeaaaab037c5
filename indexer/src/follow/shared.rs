//! What the follower tells everybody else in this process.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{broadcast, watch};

use crate::read::types::Change;
use crate::store::Cursor;

/// Changes that a slow listener may fall behind before it must take a new snapshot.
const BACKLOG: usize = 1_024;

/// Heights, balances and changes.
#[derive(Debug)]
pub struct Shared {
    node: AtomicU64,
    indexed: watch::Sender<u64>,
    changes: broadcast::Sender<Change>,
    denoms: Vec<String>,
    books: Mutex<Option<Arc<Books>>>,
}

/// What the contract held and owed at one height, by denom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Books {
    /// The indexed block.
    pub height: u64,
    /// (held, owed).
    pub coins: BTreeMap<String, (u128, u128)>,
}

impl Shared {
    /// Before the first block. `denoms` are those whose solvency is watched.
    #[must_use]
    pub fn new(denoms: impl IntoIterator<Item = String>) -> Self {
        Self {
            node: AtomicU64::new(0),
            indexed: watch::Sender::new(0),
            changes: broadcast::Sender::new(BACKLOG),
            denoms: denoms.into_iter().collect(),
            books: Mutex::default(),
        }
    }

    pub(super) fn node_at(&self, height: u64) {
        self.node.store(height, Ordering::Relaxed);
        metrics::gauge!("muster_node_height").set(height as f64);
        let lag = height.saturating_sub(*self.indexed.borrow());
        metrics::gauge!("muster_lag_blocks").set(lag as f64);
    }

    pub(super) fn stand_at(&self, cursor: &Cursor) {
        metrics::gauge!("muster_indexed_height").set(cursor.height as f64);
        metrics::gauge!("muster_indexed_time_seconds").set(cursor.time as f64);
        self.indexed.send_replace(cursor.height);
    }

    pub(super) fn tell(&self, cursor: &Cursor, causes: BTreeSet<u64>) {
        // Nobody listening is no error.
        let _ = self.changes.send(Change {
            height: cursor.height,
            time: cursor.time,
            causes: causes.into_iter().collect(),
        });
    }

    pub(crate) fn compared(&self, books: Books) {
        *self.books.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(books));
    }

    /// Denoms that are looked at even where nothing is owed in them.
    #[must_use]
    pub fn denoms(&self) -> &[String] {
        &self.denoms
    }

    /// The last comparison with the bank.
    #[must_use]
    pub fn books(&self) -> Option<Arc<Books>> {
        self.books
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The node's last block.
    #[must_use]
    pub fn node_height(&self) -> u64 {
        self.node.load(Ordering::Relaxed)
    }

    /// Whether nothing is left to index.
    #[must_use]
    pub fn is_caught_up(&self) -> bool {
        *self.indexed.borrow() >= self.node_height()
    }

    /// Follows the indexed height.
    #[must_use]
    pub fn heights(&self) -> watch::Receiver<u64> {
        self.indexed.subscribe()
    }

    /// Every committed batch from now on.
    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }
}
