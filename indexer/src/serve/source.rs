//! What serving needs of the read model, and nothing more.

use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::broadcast;

use crate::read::types::{Cause, CausePage, Change, Person, Pledge, Progress, Stamp, Status, View};

/// The read model could not answer; the caller sees 503 and the log says why.
#[derive(Debug, thiserror::Error)]
#[error("the read model does not answer: {0}")]
pub struct Unavailable(pub String);

/// What a read comes to.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, Unavailable>>;

/// A read of one snapshot: as of which block, and what.
pub type Read<'a, T> = Answer<'a, (View, T)>;

/// Pledges of one page, and where the next begins.
#[derive(Clone, Debug, Default)]
pub struct PledgePage {
    /// In the order of the key.
    pub pledges: Vec<Pledge>,
    /// The key to go on after; `None` on the last page.
    pub next: Option<String>,
    /// Of the cause.
    pub stamp: Stamp,
}

/// The read side of the indexer.
pub trait Source: Send + Sync + 'static {
    /// The indexed block.
    fn view(&self) -> Answer<'_, View>;
    /// How far the indexer is; cheap.
    fn progress(&self) -> Answer<'_, Progress>;
    /// How the indexer stands.
    fn status(&self) -> Read<'_, Status>;
    /// One cause with its actions.
    fn cause(&self, id: u64) -> Read<'_, Option<Cause>>;
    /// These causes in their order, or the first number that no cause has.
    fn batch(&self, ids: Vec<u64>) -> Read<'_, Result<Vec<Cause>, u64>>;
    /// Up to `limit` causes with numbers above `after`, rising.
    fn causes(&self, after: u64, limit: u32) -> Read<'_, CausePage>;
    /// Up to `limit` causes with numbers below `before`, falling.
    fn newest(&self, before: Option<u64>, limit: u32) -> Read<'_, Vec<Cause>>;
    /// The cause that an action belongs to.
    fn cause_of(&self, action: u64) -> Answer<'_, Option<u64>>;
    /// A page of a cause's pledges, `None` where there is no such cause; `after` is a key that an
    /// earlier page gave.
    fn pledges(
        &self,
        cause: u64,
        after: Option<String>,
        limit: u32,
    ) -> Read<'_, Option<PledgePage>>;
    /// A cause beside a page of its pledges.
    fn cause_with_pledges(
        &self,
        cause: u64,
        after: Option<String>,
        limit: u32,
    ) -> Read<'_, Option<(Cause, PledgePage)>>;
    /// Everything of one address.
    fn person(&self, address: String) -> Read<'_, Person>;
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

/// The key of a list of pledges as its tokens hold it.
fn key_of(text: &str) -> (u64, String) {
    let (action, person) = text.split_once(' ').unwrap_or((text, ""));
    (action.parse().unwrap_or(u64::MAX), person.to_owned())
}

impl From<crate::read::types::PledgePage> for PledgePage {
    fn from(page: crate::read::types::PledgePage) -> Self {
        Self {
            pledges: page.pledges,
            next: page
                .next
                .map(|(action, person)| format!("{action} {person}")),
            stamp: page.stamp,
        }
    }
}

impl Source for crate::read::Reader {
    fn view(&self) -> Answer<'_, View> {
        Box::pin(async { Ok(Self::view(self).await?) })
    }

    fn progress(&self) -> Answer<'_, Progress> {
        Box::pin(async { Ok(Self::progress(self).await?) })
    }

    fn status(&self) -> Read<'_, Status> {
        Box::pin(async { Ok(Self::status(self).await?) })
    }

    fn cause(&self, id: u64) -> Read<'_, Option<Cause>> {
        Box::pin(async move { Ok(Self::cause(self, id).await?) })
    }

    fn batch(&self, ids: Vec<u64>) -> Read<'_, Result<Vec<Cause>, u64>> {
        Box::pin(async move { Ok(Self::batch(self, &ids).await?) })
    }

    fn causes(&self, after: u64, limit: u32) -> Read<'_, CausePage> {
        Box::pin(async move { Ok(Self::causes(self, after, limit).await?) })
    }

    fn pledges(
        &self,
        cause: u64,
        after: Option<String>,
        limit: u32,
    ) -> Read<'_, Option<PledgePage>> {
        Box::pin(async move {
            let after = after.as_deref().map(key_of);
            let (view, page) = Self::pledges(self, cause, after, limit).await?;
            let page = page.map(|page| PledgePage {
                pledges: page.pledges,
                next: page
                    .next
                    .map(|(action, person)| format!("{action} {person}")),
                stamp: page.stamp,
            });
            Ok((view, page))
        })
    }

    fn newest(&self, before: Option<u64>, limit: u32) -> Read<'_, Vec<Cause>> {
        Box::pin(async move { Ok(Self::newest(self, before, limit).await?) })
    }

    fn cause_of(&self, action: u64) -> Answer<'_, Option<u64>> {
        Box::pin(async move { Ok(Self::cause_of(self, action).await?) })
    }

    fn cause_with_pledges(
        &self,
        cause: u64,
        after: Option<String>,
        limit: u32,
    ) -> Read<'_, Option<(Cause, PledgePage)>> {
        Box::pin(async move {
            let after = after.as_deref().map(key_of);
            let (view, found) = Self::cause_with_pledges(self, cause, after, limit).await?;
            Ok((view, found.map(|(cause, page)| (cause, page.into()))))
        })
    }

    fn person(&self, address: String) -> Read<'_, Person> {
        Box::pin(async move { Ok(Self::person(self, &address).await?) })
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
