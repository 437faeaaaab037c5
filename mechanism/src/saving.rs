//! A percentage of what institutions save by an action: their contract says it, attestors state
//! what it came to, and no coin of it is ever here.

use crate::part::{BPS, part};

/// What is due of a saving: `⌊saved · bps / 10,000⌋`, rounded for whoever owes it. `None` above
/// the whole.
#[must_use]
pub fn due(saved: u128, bps: u128) -> Option<u128> {
    part(saved, bps, BPS)
}
