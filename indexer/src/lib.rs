//! Follows the chain, keeps the read model, and serves it.

pub mod attest;
pub mod chain;
pub mod cli;
pub mod config;
pub mod error;
pub mod follow;
pub mod pages;
pub mod read;
pub mod serve;
pub mod solvency;
pub mod sponsor;
pub mod store;
pub mod views;
