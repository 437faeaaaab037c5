//! The pure arithmetic of Muster. No chain, no storage, no I/O: the contracts pay with it and the
//! indexer recomputes with the same code what they paid.
//!
//! * [`grid`]: which personal thresholds may be asked for.
//! * [`committed`]: the largest set of pledgers in which everybody's condition holds.
//! * [`schedule`]: when an action activates and which phase it is in.
//! * [`forfeits`]: who loses what and who gets it.
//!
//! Times are Unix seconds, coins are in the smallest unit of their denom, counts are people.
#![no_std]
#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

#[cfg(test)]
extern crate std;

pub mod committed;
pub mod forfeits;
pub mod grid;
pub mod schedule;
