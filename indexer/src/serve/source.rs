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
    /// Up to `limit` causes with numbers below `before`, falling.
    fn newest(&self, before: Option<u64>, limit: u32) -> Answer<'_, (View, Vec<Cause>)>;
    /// The cause that an action belongs to.
    fn cause_of(&self, action: u64) -> Answer<'_, Option<u64>>;
    /// A page of a cause's pledges; `after` is a key that an earlier page gave.
    fn pledges(&self, cause: u64, after: Option<String>, limit: u32) -> Answer<'_, PledgePage>;
    /// Everything of one address.
    fn person(&self, address: String) -> Answer<'_, Person>;
    /// A word at each committed batch.
    fn changes(&self) -> broadcast::Receiver<Change>;
    /// Waits until `height` is indexed or `bound` has passed.
    fn wait_for(&self, height: u64, bound: Duration) -> BoxFuture<'_, ()>;
}

impl From<crate::error::Error> for Unavailable {
    fn from(e: crate::error::Error) -> Self {
        Self(e.to_string())
    }
}

impl Source for crate::read::Reader {
    fn view(&self) -> Answer<'_, View> {
        Box::pin(async { Ok(Self::view(self).await?) })
    }

    fn status(&self) -> Answer<'_, Status> {
        Box::pin(async { Ok(Self::status(self).await?) })
    }

    fn cause(&self, id: u64) -> Answer<'_, Option<Cause>> {
        // The store's numbers are signed; nothing has a number above theirs.
        let known = id > 0 && i64::try_from(id).is_ok();
        Box::pin(async move {
            if known {
                Ok(Self::cause(self, id).await?.1)
            } else {
                Ok(None)
            }
        })
    }

    fn causes(&self, after: u64, limit: u32) -> Answer<'_, Vec<Cause>> {
        let known = i64::try_from(after).is_ok();
        Box::pin(async move {
            if known {
                Ok(Self::causes(self, after, limit).await?.1)
            } else {
                Ok(Vec::new())
            }
        })
    }

    fn newest(&self, before: Option<u64>, limit: u32) -> Answer<'_, (View, Vec<Cause>)> {
        Box::pin(async move { Ok(Self::newest(self, before, limit).await?) })
    }

    fn cause_of(&self, action: u64) -> Answer<'_, Option<u64>> {
        let known = i64::try_from(action).is_ok();
        Box::pin(async move {
            if known {
                Ok(Self::cause_of(self, action).await?)
            } else {
                Ok(None)
            }
        })
    }

    fn pledges(&self, cause: u64, after: Option<String>, limit: u32) -> Answer<'_, PledgePage> {
        let after = after.as_deref().map(|key| {
            let (action, person) = key.split_once(' ').unwrap_or((key, ""));
            let action = action
                .parse::<u64>()
                .unwrap_or(u64::MAX)
                .min(i64::MAX.unsigned_abs());
            (action, person.to_owned())
        });
        Box::pin(async move {
            let pledges = Self::pledges(self, cause, after, limit).await?.1;
            let mut next = None;
            if let Some(last) = pledges.last().filter(|_| pledges.len() >= limit as usize) {
                let key = (last.action, last.address.clone());
                if !Self::pledges(self, cause, Some(key), 1).await?.1.is_empty() {
                    next = Some(format!("{} {}", last.action, last.address));
                }
            }
            Ok(PledgePage { pledges, next })
        })
    }

    fn person(&self, address: String) -> Answer<'_, Person> {
        Box::pin(async move { Ok(Self::person(self, &address).await?.1) })
    }

    fn changes(&self) -> broadcast::Receiver<Change> {
        Self::changes(self)
    }

    fn wait_for(&self, height: u64, bound: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            Self::wait_for(self, height, bound).await;
        })
    }
}
