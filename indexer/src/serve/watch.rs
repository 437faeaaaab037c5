//! What a watcher is told, whatever the protocol: a snapshot, whole causes as they change,
//! heartbeats. The broadcast is only a doorbell: a lost word costs a look, never a change, because
//! a cause is sent whenever its `changed_height` is above the cursor.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{self, Stream};
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::time::Instant;
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
    /// Give it back to resume.
    pub cursor: u64,
    /// As of when.
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
    heartbeat_at: Instant,
    started: bool,
    ended: bool,
}

/// The items, until the server stops or the read model fails.
pub fn items(watch: Watch) -> impl Stream<Item = Result<Item, Unavailable>> + Send {
    // Subscribed before the first read: what is committed between the two is told twice at worst.
    let changes = watch.source.changes();
    let state = State {
        changes,
        heartbeat_at: Instant::now() + watch.heartbeat,
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
                self.heartbeat_at = Instant::now() + self.watch.heartbeat;
                return Ok(Some(item));
            }
            tokio::select! {
                () = self.watch.shutdown.cancelled() => return Ok(None),
                word = self.changes.recv() => match word {
                    Ok(change) => self.on_change(&change).await?,
                    Err(RecvError::Lagged(_)) => self.catch_up().await?,
                    Err(RecvError::Closed) => return Ok(None),
                },
                () = tokio::time::sleep_until(self.heartbeat_at) => {
                    let view = self.watch.source.view().await?;
                    self.push(Kind::Heartbeat, None, &view);
                }
            }
        }
    }

    fn push(&mut self, kind: Kind, cause: Option<Cause>, view: &View) {
        let item = Item {
            kind,
            cause,
            cursor: self.cursor,
            view: view.clone(),
        };
        self.queue.push_back(item);
    }

    async fn start(&mut self) -> Result<(), Unavailable> {
        let (view, cause) = match self.watch.cause {
            Some(id) => self.watch.source.cause(id).await?,
            None => (self.watch.source.view().await?, None),
        };
        // A cursor from the future belongs to another chain: begin anew.
        if self.watch.cursor.is_some_and(|c| c <= view.height) {
            self.catch_up().await?;
            if self.queue.is_empty() {
                self.push(Kind::Heartbeat, None, &view);
            }
            return Ok(());
        }
        self.cursor = view.height;
        let kind = if cause.is_some() {
            Kind::Snapshot
        } else {
            Kind::Heartbeat
        };
        self.push(kind, cause, &view);
        Ok(())
    }

    async fn on_change(&mut self, change: &Change) -> Result<(), Unavailable> {
        if change.height <= self.cursor {
            return Ok(());
        }
        if let Some(id) = self.watch.cause {
            if change.causes.contains(&id) {
                self.catch_up().await?;
            }
            self.stand_at(change.height);
            return Ok(());
        }
        for &id in &change.causes {
            if let (view, Some(cause)) = self.watch.source.cause(id).await? {
                // The cursor of all but the last stays below the height: a break loses none.
                self.push(Kind::Delta, Some(cause), &view);
            }
        }
        self.stand_at(change.height);
        Ok(())
    }

    /// The cursor moves with the last of what was pushed.
    fn stand_at(&mut self, height: u64) {
        self.cursor = self.cursor.max(height);
        if let Some(last) = self.queue.back_mut() {
            last.cursor = self.cursor;
        }
    }

    /// Everything above the cursor.
    async fn catch_up(&mut self) -> Result<(), Unavailable> {
        let seen = self.cursor;
        if let Some(id) = self.watch.cause {
            let (view, cause) = self.watch.source.cause(id).await?;
            if let Some(cause) = cause.filter(|c| c.changed_height > seen) {
                self.push(Kind::Delta, Some(cause), &view);
            }
            self.stand_at(view.height);
            return Ok(());
        }
        // What changes after the first page was read is above its height, and told by its own word.
        let (mut after, mut read_at) = (0, None);
        loop {
            let (view, page) = self.watch.source.causes(after, MAX_SIZE).await?;
            let height = *read_at.get_or_insert(view.height);
            for cause in page.causes.into_iter().filter(|c| c.changed_height > seen) {
                self.push(Kind::Delta, Some(cause), &view);
            }
            match page.next {
                Some(id) => after = id,
                None => {
                    self.stand_at(height);
                    return Ok(());
                }
            }
        }
    }
}
