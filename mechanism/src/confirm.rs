//! The confirm window: before a committed set is bound, its members say once more that they are in.
//!
//! It begins when the action would have activated, and ends [`Timeline::confirm`] later. Then K* is
//! taken among those who confirmed. What has none, and what requires it, doesn't activate: that
//! removal until nothing changes is [`crate::closure::binding`], and an action is left in exactly if
//! all that it reaches has a committed set. What was removed has failed, unless a trigger could start
//! it again: then it is open again with those who confirmed, each of whom must confirm anew.

use crate::committed::Bucket;
use crate::schedule::{Binding, Facts, Schedule, Timeline};

/// What those come to who confirmed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Confirmed {
    /// K* = 0 among them.
    #[default]
    Nobody,
    /// K* > 0, but not so in all that it requires.
    Alone,
    /// K* > 0 here and in all that it requires: it activates.
    Together,
}

impl Timeline {
    /// The second at which it would be bound, were it not for the confirm window that begins then:
    /// that of the message, or the one from which its schedule allows it.
    ///
    /// # Errors
    /// Whatever `ready_at_close` returns.
    pub fn begins_at<E>(
        &self,
        facts: Facts,
        ready_at_close: impl FnOnce() -> Result<bool, E>,
        now: u64,
    ) -> Result<Option<u64>, E> {
        match self.binding {
            Binding::Derived => self.allowed_at(facts, ready_at_close, now),
            Binding::ByMessage { .. } => Ok(facts.bound_at),
        }
    }

    /// When its confirm window ended in nothing and it was open again, if it was by `now`: only a
    /// trigger starts twice, and only while it takes pledges.
    #[must_use]
    pub fn reopened_at(&self, facts: Facts, now: u64) -> Option<u64> {
        let Schedule::AtTrigger { pledge_until, .. } = self.schedule else {
            return None;
        };
        if self.confirm == 0 || facts.confirmed == Confirmed::Together {
            return None;
        }
        let ready = || Ok::<_, core::convert::Infallible>(true); // not asked of a trigger
        let begins = self.begins_at(facts, ready, now).ok().flatten()?;
        let end = begins.saturating_add(self.confirm);
        let lasts = pledge_until.is_none_or(|close| end < close);
        (end <= now && lasts).then_some(end)
    }

    /// The facts as of `now`: those given, or what is left of them where it is open again.
    #[must_use]
    pub fn after_confirming(&self, facts: Facts, now: u64) -> Facts {
        let Some(end) = self.reopened_at(facts, now) else {
            return facts;
        };
        // One that time alone binds requires nothing that could have failed it.
        let still_ready = facts.confirmed == Confirmed::Alone
            && matches!(self.binding, Binding::ByMessage { .. });
        Facts {
            ready_since: still_ready.then_some(end),
            bound_at: None,
            confirmed: Confirmed::Nobody,
            ..facts
        }
    }
}

/// How many of those who haven't confirmed may stay silent, whoever they are, so that somebody is
/// bound. `None`: nobody would be, even if all of them confirmed.
///
/// Counts of all pledges and of the confirmed, and their buckets above the goal, descending.
///
/// Silence of s people takes at most min(s, S(k)) from F(k), where S(k) of those with `t ≤ k` are
/// silent so far, and the s with the lowest thresholds take as much from every k at once. So s are
/// survived exactly if `F(k) − min(s, S(k)) ≥ k` for some k: all of them where the confirmed alone
/// reach k, else `F(k) − k`.
#[must_use]
pub fn survives(
    goal: u32,
    (all, confirmed): (u32, u32),
    above_goal: &[Bucket],
    confirmed_above: &[Bucket],
) -> Option<u32> {
    let silent = all.saturating_sub(confirmed);
    let (mut standing, mut sure) = (all, confirmed);
    let mut sure_above = confirmed_above.iter().peekable();
    let mut most: Option<u32> = None;
    let thresholds = above_goal.iter().map(|b| (b.threshold, b.pledges));
    for (threshold, pledges) in thresholds.chain([(goal, 0)]) {
        // Of the confirmed, those above this threshold don't count for it.
        while let Some(bucket) = sure_above.next_if(|b| b.threshold > threshold) {
            sure = sure.saturating_sub(bucket.pledges);
        }
        if standing >= threshold && standing > 0 {
            let here = if sure >= threshold {
                silent
            } else {
                standing.saturating_sub(threshold)
            };
            most = most.max(Some(here));
        }
        standing = standing.saturating_sub(pledges);
    }
    most
}
