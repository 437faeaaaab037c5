//! Deposits behind an honest vote: what each class gets back, and which class a voter draws.
//!
//! Everybody bound put down the same deposit. A verdict says into which classes those voters fall,
//! and what each of a class gains or loses; besides there are claimants who have no deposit here
//! (whoever showed a sealed ballot, or was right to appeal). It counts only if the voters' classes
//! are exactly as many as the deposits, nobody loses more than the deposit, no claimant loses
//! anything, and all gains together are at most all losses together. Then
//! `deposits = Σ voters' payouts + Σ claimants' gains + remainder`, whatever is said later of who is
//! in which class: a class pays as many as it counts, and whoever finds theirs used up draws the
//! poorest that is left.

use crate::answer::{self, Class};

/// What is left over of the losses when `voters` and `claimants` are paid; `None` where the classes
/// don't add up to `bound` deposits of `deposit` coins.
#[must_use]
pub fn remainder(voters: &[Class], claimants: &[Class], bound: u32, deposit: u128) -> Option<u128> {
    let count = voters
        .iter()
        .try_fold(0_u32, |sum, class| sum.checked_add(class.count))?;
    let loses_own = voters.iter().all(|class| class.loss <= deposit);
    let loses_nothing = claimants.iter().all(|class| class.loss == 0);
    if count != bound || !loses_own || !loses_nothing {
        return None;
    }
    let all = || voters.iter().chain(claimants);
    let losses = answer::sum(all(), |class| class.loss)?;
    let gains = answer::sum(all(), |class| class.gain)?;
    // So that all of it can be added up where it is owed.
    deposit.checked_mul(u128::from(bound))?;
    losses.checked_sub(gains)
}

/// What one voter of a class is paid: the deposit, what the class gains, less what it loses.
#[must_use]
pub const fn payout(deposit: u128, class: &Class) -> Option<u128> {
    match deposit.checked_sub(class.loss) {
        Some(left) => left.checked_add(class.gain),
        None => None,
    }
}

/// The place of the class that a voter draws: the `wanted` one if it isn't used up, else the poorest
/// that is left, and of equally poor ones the first. `None` where all are used up. `left`: with the
/// counts of those who weren't paid yet.
#[must_use]
pub fn draw(left: &[Class], wanted: Option<usize>, deposit: u128) -> Option<usize> {
    let there = |place: &usize| left.get(*place).is_some_and(|class| class.count > 0);
    let poorest = || {
        let places = left.iter().enumerate().filter(|(_, class)| class.count > 0);
        places
            .min_by_key(|(_, class)| payout(deposit, class))
            .map(|(place, _)| place)
    };
    wanted.filter(there).or_else(poorest)
}
