//! The indexer over a chain that a test wrote.

mod failover;
mod follow;
mod home;
mod node;
mod proofs;
mod snapshots;
