//! Causes: people pledge an action *if enough others do*; the pledge binds only when it can work,
//! and a stake can stand behind it.
//!
//! `contract.rs` only dispatches; `execute/` and `query/` have a file for each message; `action.rs`
//! is the one place that derives phase and committed set from what is stored; the arithmetic is in
//! `muster-mechanism`, keys and records are in `muster-schema`.
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

mod action;
mod address;
mod bonus;
mod books;
mod choice;
mod coins;
mod confirm;
pub mod contract;
mod deposit;
mod execute;
mod fund;
mod gate;
mod money;
#[cfg(not(target_arch = "wasm32"))]
pub mod native;
mod outcome;
mod overlay;
mod payout;
mod people;
mod pledgers;
mod query;
mod records;
mod requirements;
mod signer;
mod store;
mod validate;

#[cfg(not(feature = "library"))]
muster_door::open!(crate::contract);
