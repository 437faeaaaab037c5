//! Following in the background of a test.

use std::sync::Arc;
use std::time::Duration;

use muster_indexer::error::Result;
use muster_indexer::follow::{Follower, Shared};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::node::Node;

/// A follower in the background, and the heights that it reached.
pub(crate) struct Following {
    pub(crate) shared: Arc<Shared>,
    pub(crate) done: JoinHandle<Result<()>>,
}

impl Following {
    pub(crate) async fn start(nodes: &[&Node], db: &str, until: u64) -> Self {
        let shared = Arc::new(Shared::new([]));
        let deployment = Node::deployment_of(nodes);
        let started = Follower::start(&deployment, db, shared.clone()).await;
        let mut follower = started.unwrap();
        let done = tokio::spawn(async move {
            let stop = CancellationToken::new();
            follower.run(Some(until), &stop).await
        });
        Self { shared, done }
    }

    pub(crate) async fn reaches(&self, height: u64) {
        let mut heights = self.shared.heights();
        let reached = heights.wait_for(|h| *h >= height);
        tokio::time::timeout(Duration::from_secs(20), reached)
            .await
            .unwrap_or_else(|_| panic!("{height} was never reached"))
            .unwrap();
    }

    pub(crate) async fn ends(self) -> Result<()> {
        let end = tokio::time::timeout(Duration::from_secs(20), self.done);
        end.await.expect("it goes on for ever").unwrap()
    }
}
