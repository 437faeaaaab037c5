//! The grid of personal thresholds: 0 to 100 by 1, beyond that two significant digits.
//!
//! The grid bounds the scan of [`crate::committed`]: there are at most 460 points up to
//! [`MAX_NEEDS_OTHERS`], so nobody can price others out by asking for many different thresholds.
//! An off-grid number is refused with its neighbours, never silently rounded: a threshold is a
//! promise, and a rounded one is another promise.

/// The largest personal threshold.
pub const MAX_NEEDS_OTHERS: u32 = 990_000;

/// A personal threshold that isn't on the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OffGrid {
    /// What was asked for.
    pub found: u32,
    /// The largest grid point below it.
    pub below: u32,
    /// The least grid point above it, if there is one.
    pub above: Option<u32>,
}

/// The distance of grid points around `n`.
const fn step(n: u32) -> u32 {
    match n {
        0..=99 => 1,
        100..=999 => 10,
        1_000..=9_999 => 100,
        10_000..=99_999 => 1_000,
        _ => 10_000,
    }
}

/// Accepts `n` if it is on the grid.
///
/// # Errors
/// [`OffGrid`] with the nearest points on both sides.
pub const fn check_needs_others(n: u32) -> Result<(), OffGrid> {
    if n > MAX_NEEDS_OTHERS {
        return Err(OffGrid {
            found: n,
            below: MAX_NEEDS_OTHERS,
            above: None,
        });
    }
    let step = step(n);
    // `step` is never 0 and `n` at most 990,000, so neither operation can fail or overflow.
    let below = match n.checked_rem(step) {
        None | Some(0) => return Ok(()),
        Some(rest) => n.saturating_sub(rest),
    };
    let above = below.saturating_add(step);
    let above = if above > MAX_NEEDS_OTHERS {
        None
    } else {
        Some(above)
    };
    Err(OffGrid {
        found: n,
        below,
        above,
    })
}

/// `t = max(needs_others + 1, goal)`: the least size of the set, this person included, in which
/// the person's condition and the action's goal both hold.
#[must_use]
pub const fn threshold(needs_others: u32, goal: u32) -> u32 {
    let own = needs_others.saturating_add(1);
    if own > goal { own } else { goal }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_has_460_points_above_zero_and_every_gap_names_its_neighbours() {
        let on: std::vec::Vec<u32> = (0..=MAX_NEEDS_OTHERS)
            .filter(|n| check_needs_others(*n).is_ok())
            .collect();
        assert_eq!(on.len(), 100 + 90 * 4 - 1 + 1); // 0–99, four decades of 90, less 1,000,000, and 0
        for pair in on.windows(2) {
            for n in pair[0] + 1..pair[1] {
                let e = check_needs_others(n).unwrap_err();
                assert_eq!((e.found, e.below, e.above), (n, pair[0], Some(pair[1])));
            }
        }
    }

    #[test]
    fn beyond_the_largest_there_is_only_below() {
        for n in [990_001, 1_000_000, u32::MAX] {
            let e = check_needs_others(n).unwrap_err();
            assert_eq!((e.below, e.above), (990_000, None));
        }
    }

    #[test]
    fn a_threshold_counts_the_person_and_is_never_below_the_goal() {
        assert_eq!(threshold(0, 1), 1);
        assert_eq!(threshold(4, 5), 5);
        assert_eq!(threshold(5, 5), 6);
        assert_eq!(threshold(u32::MAX, 1), u32::MAX);
    }
}
