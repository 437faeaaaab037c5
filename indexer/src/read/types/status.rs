//! The indexer itself.

/// Coins of one denom: what the contract has, and what it owes, at one height.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solvency {
    /// The denom.
    pub denom: String,
    /// In the bank as of `height`; `None` before the first look.
    pub held: Option<u128>,
    /// By the books as of `height`.
    pub owed: u128,
    /// The indexed block of the last look into the bank.
    pub height: u64,
}

/// How far the indexer is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The chain.
    pub chain_id: String,
    /// The last indexed block.
    pub indexed_height: u64,
    /// Its time.
    pub indexed_time: u64,
    /// The node's last block.
    pub node_height: u64,
    /// Of the indexed block behind the clock while blocks are missing; 0 at the head.
    pub lag_seconds: u64,
}

/// Where the indexer stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// The chain.
    pub chain_id: String,
    /// The last indexed block.
    pub indexed_height: u64,
    /// Its time.
    pub indexed_time: u64,
    /// As in [`Progress`].
    pub node_height: u64,
    /// As in [`Progress`].
    pub lag_seconds: u64,
    /// SHA-256 over raw and view rows as of `state_hash_height`, hex; empty before the first.
    pub state_hash: String,
    /// The indexed height, or of a large database one of the heights before it.
    pub state_hash_height: u64,
    /// By denom.
    pub solvency: Vec<Solvency>,
}

/// A committed batch changed these causes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The indexed block.
    pub height: u64,
    /// Its time.
    pub time: u64,
    /// Their numbers, rising.
    pub causes: Vec<u64>,
}
