//! Parts of an amount without a product beyond 2^128.

/// Hundredths of a percent in a whole.
pub const BPS: u128 = 10_000;

/// `⌊amount · numerator / denominator⌋` for `numerator ≤ denominator < 2^64`. `None` where that
/// doesn't hold. Exact: with `amount = q·d + r` it is `q·n + ⌊r·n / d⌋`, of which the first is at
/// most `amount` and the second below d.
#[must_use]
pub fn part(amount: u128, numerator: u128, denominator: u128) -> Option<u128> {
    if numerator > denominator || denominator > u128::from(u64::MAX) {
        return None;
    }
    let whole = amount.checked_div(denominator)?.checked_mul(numerator)?;
    let rest = amount.checked_rem(denominator)?.checked_mul(numerator)?;
    whole.checked_add(rest.checked_div(denominator)?)
}

/// `⌊amount · bps / 10,000⌋`; `None` above the whole.
#[must_use]
pub fn bps(amount: u128, bps: u16) -> Option<u128> {
    part(amount, u128::from(bps), BPS)
}
