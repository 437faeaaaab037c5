//! The indexer over a chain that a test wrote.

mod binary;
mod bonuses;
mod coins;
mod confirm;
mod deliberation;
mod deposits;
mod failover;
mod follow;
mod following;
mod grpc;
mod grpc_web;
mod home;
mod judged;
mod limits;
mod node;
mod parity;
mod proofs;
mod relations;
mod relay;
mod savings;
mod schedules;
mod server;
mod snapshots;
mod solvency;
mod together;
