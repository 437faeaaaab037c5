//! Actions that bind together: of those that would, which can.
//!
//! An action can bind only if it is ready itself and all that it requires binds with it or has
//! bound before. Taking away what can't, and what requires it, until nothing changes leaves the
//! largest set that can (the greatest fixed point of a monotone operator, as in
//! [`crate::committed`]); the order in which they are taken away doesn't matter.
//!
//! Sets are bits: bit i is member i.

/// The most actions that bind in one message.
pub const MAX_MEMBERS: usize = 32;

/// The largest subset of `ready` in which each member's requirements are members too.
/// `requires(i)` gives the members that i requires; what has bound before is left out of it.
#[must_use]
pub fn binding(ready: u32, requires: impl Fn(usize) -> u32) -> u32 {
    let mut set = ready;
    loop {
        let mut next = set;
        for i in members(set) {
            if requires(i) & !set != 0 {
                next &= !bit(i);
            }
        }
        if next == set {
            return set;
        }
        set = next;
    }
}

/// The members that `start` requires, directly or not, `start` included.
#[must_use]
pub fn reach(start: usize, requires: impl Fn(usize) -> u32) -> u32 {
    let mut seen = bit(start);
    loop {
        let next = members(seen).fold(seen, |set, i| set | requires(i));
        if next == seen {
            return seen;
        }
        seen = next;
    }
}

/// The members in a set, rising.
pub fn members(set: u32) -> impl Iterator<Item = usize> {
    (0..MAX_MEMBERS).filter(move |i| set & bit(*i) != 0)
}

/// The set of one member; empty beyond [`MAX_MEMBERS`].
#[must_use]
pub const fn bit(i: usize) -> u32 {
    if i < MAX_MEMBERS {
        1_u32.wrapping_shl(i as u32)
    } else {
        0
    }
}
