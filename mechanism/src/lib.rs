//! The pure arithmetic of Muster. No chain, no storage, no I/O: the contracts pay with it and the
//! indexer recomputes with the same code what they paid.
//!
//! * [`grid`]: which personal thresholds may be asked for.
//! * [`committed`]: the largest set of pledgers in which everybody's condition holds.
//! * [`schedule`]: when an action activates and which phase it is in.
//! * [`confirm`]: the window before anybody is bound in which the committed say it again.
//! * [`closure`]: which actions that require each other can bind together.
//! * [`forfeits`]: who loses what and who gets it.
//! * [`answer`]: whether a verdict takes no more than was lost.
//! * [`challenge`]: where a stake goes that fell to a challenge.
//! * [`release`]: what coins for a purpose pay, and what goes back.
//! * [`fund`]: when a campaign fund is over.
//! * [`deposit`]: what becomes of the deposits behind a vote.
//! * [`bonus`]: what those get who were ready where the goal was missed.
//! * [`saving`]: what is due of what institutions save.
//! * [`star`]: which of several alternatives is chosen.
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

pub mod answer;
pub mod bonus;
pub mod challenge;
pub mod closure;
pub mod committed;
pub mod confirm;
pub mod deposit;
mod facts;
pub mod forfeits;
pub mod fund;
pub mod grid;
pub mod part;
pub mod phase;
pub mod release;
pub mod saving;
pub mod schedule;
pub mod star;
