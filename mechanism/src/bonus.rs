//! The refund bonus of a sponsor (dominant assurance, Tabarrok 1998): where the goal is missed,
//! those who pledged early get something for having been ready.
//!
//! Each eligible pledge gets `min(per_pledge, ⌊fund / eligible⌋)`; the rest returns to the sponsor.
//! `fund = each·eligible + to_sponsor`, exactly.

/// What becomes of a bonus fund. Coins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bonus {
    /// To each eligible pledge.
    pub each: u128,
    /// Back to the sponsor.
    pub to_sponsor: u128,
}

/// Splits `fund` among `eligible` pledges, at most `per_pledge` each.
#[must_use]
pub const fn split(fund: u128, per_pledge: u128, eligible: u32) -> Bonus {
    let share = match fund.checked_div(eligible as u128) {
        Some(share) => share,
        None => {
            return Bonus {
                each: 0,
                to_sponsor: fund,
            };
        }
    };
    let each = if share < per_pledge {
        share
    } else {
        per_pledge
    };
    // each ≤ ⌊fund / eligible⌋, so neither can be out of range.
    let paid = each.saturating_mul(eligible as u128);
    Bonus {
        each,
        to_sponsor: fund.saturating_sub(paid),
    }
}

/// Whether a bonus is paid out: too few were in at `close`, so that its action `failed_at` that
/// second by itself, and nothing that it requires `others_failed_at` it or before.
///
/// What fails later changes nothing: whoever was ready has their part from the close on.
pub fn is_due(
    close: u64,
    failed_at: Option<u64>,
    others_failed_at: impl IntoIterator<Item = u64>,
) -> bool {
    failed_at == Some(close) && others_failed_at.into_iter().all(|at| at > close)
}
