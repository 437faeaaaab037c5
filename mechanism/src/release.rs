//! Coins pledged for a named purpose: what a release pays, and what goes back.
//!
//! An action in coins counts units of `min`: a pledge of u units is u·min coins, and the committed
//! set of K* units holds K*·min. That is released at once or in tranches, each a part of the whole
//! in hundredths of a percent. A tranche is floored, the last takes what the earlier ones left, so
//! that the tranches sum to the whole. Of what is released go the fee and the part that institutions
//! agreed on in a document, both floored; the beneficiary gets all the rest. What isn't released
//! goes back by the unit, floored; what that leaves goes to the campaign fund.
//!
//! `released = fee + to_document + to_beneficiary` and `back = each_unit·units + remainder`.

use crate::part;

/// The most tranches of one action.
pub const MAX_TRANCHES: usize = 8;

/// Where the coins of one release go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Release {
    /// To the treasury.
    pub fee: u128,
    /// To the recipient named in the document.
    pub to_document: u128,
    /// To the beneficiary.
    pub to_beneficiary: u128,
}

/// What goes back to the pledgers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refund {
    /// For each unit of a pledge.
    pub each_unit: u128,
    /// To the campaign fund.
    pub remainder: u128,
}

/// The coins of tranche `index` out of `total`. `parts` are hundredths of a percent that sum to
/// 10,000. `None` where they don't, or where there is no such tranche.
#[must_use]
pub fn tranche(total: u128, parts: &[u16], index: usize) -> Option<u128> {
    let sum: u128 = parts.iter().map(|p| u128::from(*p)).sum();
    let last = parts.len().checked_sub(1)?;
    if sum != part::BPS || index > last {
        return None;
    }
    if index < last {
        return part::bps(total, *parts.get(index)?);
    }
    let mut left = total;
    for bps in parts.iter().take(last) {
        left = left.checked_sub(part::bps(total, *bps)?)?;
    }
    Some(left)
}

/// The coins of tranche `from` and all later ones.
#[must_use]
pub fn from_tranche(total: u128, parts: &[u16], from: usize) -> Option<u128> {
    (from..parts.len()).try_fold(0_u128, |sum, i| sum.checked_add(tranche(total, parts, i)?))
}

/// Splits a release. `None` where fee and document together exceed the whole.
#[must_use]
pub fn release(amount: u128, fee_bps: u16, document_bps: u16) -> Option<Release> {
    let fee = part::bps(amount, fee_bps)?;
    let to_document = part::bps(amount, document_bps)?;
    let to_beneficiary = amount.checked_sub(fee)?.checked_sub(to_document)?;
    Some(Release {
        fee,
        to_document,
        to_beneficiary,
    })
}

/// Returns `back` to `units`. Where there are none, all of it is remainder.
#[must_use]
pub const fn refund(back: u128, units: u32) -> Refund {
    match (
        back.checked_div(units as u128),
        back.checked_rem(units as u128),
    ) {
        (Some(each_unit), Some(remainder)) => Refund {
            each_unit,
            remainder,
        },
        _ => Refund {
            each_unit: 0,
            remainder: back,
        },
    }
}
