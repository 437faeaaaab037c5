//! A check-in that fell to a challenge: where that one stake goes.
//!
//! The challenger, whose bond paid the jurors, gets the jurors' fee back, up to half of the stake,
//! and a quarter of the stake, floored; the rest of the stake, and the share that was held apart,
//! go to the campaign fund or the address named in `forfeits_to`.
//! `stake + share = to_challenger + rest`.

/// Where a fallen stake goes. Coins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fallen {
    /// The jurors' fee and a quarter of the stake.
    pub to_challenger: u128,
    /// To the campaign fund or the named address.
    pub rest: u128,
}

/// Splits it; `None` beyond 2^128.
#[must_use]
pub fn fallen(stake: u128, share: u128, jurors_fee: u128) -> Option<Fallen> {
    let half = stake.checked_div(2)?;
    let quarter = stake.checked_div(4)?;
    let to_challenger = jurors_fee.min(half).checked_add(quarter)?;
    let rest = stake.checked_add(share)?.checked_sub(to_challenger)?;
    Some(Fallen {
        to_challenger,
        rest,
    })
}
