//! What a watcher is told, whatever the protocol: a snapshot, whole causes as they change,
//! heartbeats. The broadcast is only a doorbell: a lost word costs a look, never a change, because
//! a cause is sent whenever its `changed_height` is above the cursor.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{self, Stream};
use tokio::sync::broadcast::{self, error::RecvError};
use tokio_util::sync::CancellationToken;

use super::limits::StreamSlot;
use super::page::MAX_SIZE;
use super::source::{Source, Unavailable};
use crate::read::types::{Cause, Change, View};

/// What an item of a stream is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The state as the stream starts.
    Snapshot,
    /// A whole cause after a change.
    Delta,
    /// Nothing happened.
    Heartbeat,
}

/// One item of a stream.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// None in a heartbeat.
    pub cause: Option<Cause>,
    /// As of when; its height is the cursor.
    pub view: View,
}

/// What is watched, and how.
pub struct Watch {
    /// Where answers come from.
    pub source: Arc<dyn Source>,
    /// One cause, or all of them.
    pub cause: Option<u64>,
    /// The last cursor that the watcher saw.
    pub cursor: Option<u64>,
    /// Between heartbeats.
    pub heartbeat: Duration,
    /// Ends every stream when the server stops.
    pub shutdown: CancellationToken,
    /// The watcher's place among its own streams.
    pub slot: StreamSlot,
}

struct State {
    watch: Watch,
    changes: broadcast::Receiver<Change>,
    cursor: u64,
    queue: VecDeque<Item>,
    started: bool,
    ended: bool,
}

/// The items, until the server stops or the read model fails.
pub fn items(watch: Watch) -> impl Stream<Item = Result<Item, Unavailable>> + Send {
    // Subscribed before the first read: what is committed between the two is told twice at worst.
    let changes = watch.source.changes();
    let state = State {
        changes,
        cursor: watch.cursor.unwrap_or(0),
        watch,
        queue: VecDeque::new(),
        started: false,
        ended: false,
    };
    stream::unfold(state, |mut s| async move {
        if s.ended {
            return None;
        }
        match s.next().await {
            Ok(Some(item)) => Some((Ok(item), s)),
            Ok(None) => None,
            Err(e) => {
                s.ended = true;
                Some((Err(e), s))
            }
        }
    })
}

impl State {
    async fn next(&mut self) -> Result<Option<Item>, Unavailable> {
        if !self.started {
            self.started = true;
            self.start().await?;
        }
        loop {
            if let Some(item) = self.queue.pop_front() {
                return Ok(Some(item));
            }
            let heartbeat = self.watch.heartbeat;
            tokio::select! {
                () = self.watch.shutdown.cancelled() => return Ok(None),
                word = self.changes.recv() => match word {
                    Ok(change) => self.on_change(&change.causes).await?,
                    Err(RecvError::Lagged(_)) => self.catch_up().await?,
                    Err(RecvError::Closed) => return Ok(None),
                },
                () = tokio::time::sleep(heartbeat) => {
                    let view = self.watch.source.view().await?;
                    self.cursor = self.cursor.max(view.height);
                    return Ok(Some(Item { kind: Kind::Heartbeat, cause: None, view }));
                }
            }
        }
    }

    async fn start(&mut self) -> Result<(), Unavailable> {
        let view = self.watch.source.view().await?;
        // A cursor from the future belongs to another chain: begin anew.
        let resumes = self.watch.cursor.is_some_and(|c| c <= view.height);
        if resumes {
            return self.catch_up().await;
        }
        self.cursor = view.height;
        let cause = match self.watch.cause {
            Some(id) => self.watch.source.cause(id).await?,
            None => None,
        };
        let kind = if cause.is_some() { Kind::Snapshot } else { Kind::Heartbeat };
        self.queue.push_back(Item { kind, cause, view });
        Ok(())
    }

    async fn on_change(&mut self, causes: &[u64]) -> Result<(), Unavailable> {
        let ids: Vec<u64> = match self.watch.cause {
            Some(id) if causes.contains(&id) => vec![id],
            Some(_) => return Ok(()),
            None => causes.to_vec(),
        };
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            found.extend(self.watch.source.cause(id).await?);
        }
        self.tell(found).await
    }

    /// Everything above the cursor.
    async fn catch_up(&mut self) -> Result<(), Unavailable> {
        let mut found = Vec::new();
        if let Some(id) = self.watch.cause {
            found.extend(self.watch.source.cause(id).await?);
        } else {
            let mut after = 0;
            loop {
                let page = self.watch.source.causes(after, MAX_SIZE).await?;
                let Some(last) = page.last() else { break };
                after = last.id;
                found.extend(page.into_iter().filter(|c| c.changed_height > self.cursor));
            }
        }
        self.tell(found).await
    }

    async fn tell(&mut self, causes: Vec<Cause>) -> Result<(), Unavailable> {
        let view = self.watch.source.view().await?;
        for cause in causes.into_iter().filter(|c| c.changed_height > self.cursor) {
            let view = View { height: view.height.max(cause.changed_height), ..view.clone() };
            self.queue.push_back(Item { kind: Kind::Delta, cause: Some(cause), view });
        }
        if let Some(last) = self.queue.back() {
            self.cursor = self.cursor.max(last.view.height);
        }
        Ok(())
    }
}
