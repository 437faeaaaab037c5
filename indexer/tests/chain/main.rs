//! The indexer over a chain that a test wrote.

mod follow;
mod home;
mod node;
mod snapshots;
