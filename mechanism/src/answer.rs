//! The check that a verdict takes no more than was lost.
//!
//! A verdict says, for each class of those who put coins behind it, how many they are and what each
//! of them gains or loses. It is somebody else's word: it counts only if all gains together are at
//! most all losses together. What doesn't pass decides nothing, and nobody loses.

/// Those who stand alike in a question. Coins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class {
    /// How many.
    pub count: u32,
    /// What each of them gains.
    pub gain: u128,
    /// What each of them loses.
    pub loss: u128,
}

/// Whether all gains together are at most all losses together. Nothing beyond 2^128 is.
#[must_use]
pub fn is_covered(classes: &[Class]) -> bool {
    let sum = |each: fn(&Class) -> u128| {
        classes.iter().try_fold(0_u128, |sum, class| {
            sum.checked_add(each(class).checked_mul(u128::from(class.count))?)
        })
    };
    match (sum(|c| c.gain), sum(|c| c.loss)) {
        (Some(gains), Some(losses)) => gains <= losses,
        _ => false,
    }
}
