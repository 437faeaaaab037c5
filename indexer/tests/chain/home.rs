//! A folder for databases, and indexing into one.

use std::sync::Arc;

use muster_indexer::error::Error;
use muster_indexer::follow::{Follower, Shared};
use muster_indexer::store;
use tokio_util::sync::CancellationToken;

use crate::node::Node;

/// Gone with the test.
pub(crate) struct Home(std::path::PathBuf);

impl Home {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("muster-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.join(name)
    }

    pub(crate) fn db(&self, name: &str) -> String {
        format!("sqlite://{}", self.0.join(name).display())
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Indexes until this height; the state hash.
pub(crate) async fn index(node: &Node, db: &str, until: u64) -> Result<String, Error> {
    let shared = Arc::new(Shared::new([]));
    let mut follower = Follower::start(&node.deployment(), db, shared).await?;
    follower.run(Some(until), &CancellationToken::new()).await?;
    hash(db).await
}

pub(crate) async fn hash(db: &str) -> Result<String, Error> {
    store::state_hash(&mut store::open_writer(db).await?).await
}
