//! What is known of an action when its phase is asked for.

use crate::confirm::Confirmed;

/// What is known of an action besides its timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its cause was cancelled.
    pub cancelled: bool,
    /// Since when K* > 0 without a break; kept for `at_trigger` and `rolling`.
    pub ready_since: Option<u64>,
    /// When a message bound it, or began its confirm window.
    pub bound_at: Option<u64>,
    /// Since when something that it requires has failed: it has failed too, unless it was active.
    pub void_from: Option<u64>,
    /// When the answer about the action as a whole was stored.
    pub answered_at: Option<u64>,
    /// One of several alternatives: when the choice falls. It isn't ready before.
    pub chosen_at: Option<u64>,
    /// The choice, which falls at `chosen_at`, is another.
    pub lost: bool,
    /// What those come to who confirmed; asked only once the window has ended.
    pub confirmed: Confirmed,
    /// The end of the last confirm window of what it requires, from which grace counts if that is
    /// after its close.
    pub awaited_until: Option<u64>,
}

impl Facts {
    /// Since when it has been ready, as far as that counts: not before the choice.
    pub(crate) const fn ready(&self) -> Option<u64> {
        match (self.ready_since, self.chosen_at) {
            (Some(since), Some(chosen)) if chosen > since => Some(chosen),
            (since, _) => since,
        }
    }

    /// Whether it has lost by `now`.
    pub(crate) const fn is_dropped(&self, now: u64) -> bool {
        match self.chosen_at {
            Some(chosen) => self.lost && now >= chosen,
            None => false,
        }
    }
}
