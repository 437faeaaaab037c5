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

/// What all classes together have of `each`; `None` beyond 2^128.
pub(crate) fn sum<'a>(
    classes: impl IntoIterator<Item = &'a Class>,
    each: fn(&Class) -> u128,
) -> Option<u128> {
    classes.into_iter().try_fold(0_u128, |sum, class| {
        sum.checked_add(each(class).checked_mul(u128::from(class.count))?)
    })
}

/// Whether all gains together are at most all losses together. Nothing beyond 2^128 is.
#[must_use]
pub fn is_covered(classes: &[Class]) -> bool {
    match (sum(classes, |c| c.gain), sum(classes, |c| c.loss)) {
        (Some(gains), Some(losses)) => gains <= losses,
        _ => false,
    }
}
