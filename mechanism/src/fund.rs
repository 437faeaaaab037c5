//! When a cause's campaign fund ends: what lies in it then, and what comes later, goes to the address
//! that the cause named at its creation.
//!
//! A year after the last of its actions ended, and ten years after its creation at the latest. As
//! long as one of them goes on, only the ten years count.

/// Seconds for which the creator can still spend after the last action ended: a year.
pub const REST: u64 = 365 * 24 * 3_600;
/// Seconds after its creation at which a fund ends whatever its actions do: ten years.
pub const LIFE: u64 = 10 * REST;

/// The second from which the fund is over. `ends`: when each action ended, `None` for one that
/// hasn't. It only moves forward in time as actions end, never behind one that it has passed.
#[must_use]
pub fn until(created_at: u64, ends: impl IntoIterator<Item = Option<u64>>) -> u64 {
    let latest = created_at.saturating_add(LIFE);
    let mut last = created_at;
    for end in ends {
        match end {
            None => return latest,
            Some(end) => last = last.max(end),
        }
    }
    latest.min(last.saturating_add(REST))
}
