//! What can go wrong, sorted by what is done about it.

use std::time::Duration;

/// How to react to a failed call of the chain. See [`Error::kind`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The node will have it in a moment: ask again after milliseconds.
    NotYet,
    /// Ask again later.
    Transient,
    /// Asking again can't help: stop and say what to do.
    Fatal,
    /// This input will never be understood: keep it raw, raise the alarm, go on.
    Deterministic,
}

impl Kind {
    /// The word in metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotYet => "not_yet",
            Self::Transient => "transient",
            Self::Fatal => "fatal",
            Self::Deterministic => "deterministic",
        }
    }
}

/// Every error of the indexer. Each prints as one line: what was found, and what was allowed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Results of a block that is stored but not yet applied.
    #[error("not_yet: height {0} has no results yet")]
    NotYet(u64),
    /// The node didn't answer, or not in its own language.
    #[error("node_unavailable: {0}")]
    Node(String),
    /// No node answered at the start.
    #[error("node_unreachable: {url} gave no answer within {} s: {why}", within.as_secs())]
    Unreachable {
        /// Where.
        url: String,
        /// How long it was tried.
        within: Duration,
        /// The last failure.
        why: String,
    },
    /// The node is of another chain, or this database is.
    #[error("wrong_chain: found {found}, allowed is {allowed}")]
    WrongChain {
        /// What it said.
        found: String,
        /// What the deployment file says.
        allowed: String,
    },
    /// The node no longer has blocks that are needed.
    #[error(
        "pruned: the node's earliest height is {earliest}, needed is {needed}; use a node that kept it"
    )]
    Pruned {
        /// The node's.
        earliest: u64,
        /// The next to index.
        needed: u64,
    },
    /// The node has the block, but not what its transactions did.
    #[error(
        "no_results: the node no longer has the results of height {0}, or never kept them; use a node that kept them (storage.discard_abci_responses = false)"
    )]
    NoResults(u64),
    /// What a node said doesn't fit what the header stands behind.
    #[error(
        "not_proven: at height {height} the {what} is {found}, allowed is {allowed}; the node can't be trusted, use another one"
    )]
    NotProven {
        /// Where.
        height: u64,
        /// Of which part.
        what: &'static str,
        /// Computed from the node's answer.
        found: String,
        /// What the header says.
        allowed: String,
    },
    /// A block doesn't follow the one before it.
    #[error(
        "hash_mismatch: at height {height} found {found}, allowed is {allowed}; the node follows another history than this database"
    )]
    HashMismatch {
        /// Where.
        height: u64,
        /// The node's hash.
        found: String,
        /// The one that was indexed.
        allowed: String,
    },
    /// The contract of the deployment file isn't there.
    #[error("no_contract: {address} is not a contract on this chain; the node says: {said}")]
    NoContract {
        /// Of the deployment file.
        address: String,
        /// Word for word.
        said: String,
    },
    /// A file or flag that can't be used.
    #[error("bad_config: {0}")]
    Config(String),
    /// An event that its decoder or its view doesn't accept.
    #[error("bad_event: {0}")]
    Event(String),
    /// The disk is full.
    #[error(
        "disk_full: the database can't grow; nothing that was committed is lost, make room and start again"
    )]
    DiskFull,
    /// The database refused.
    #[error("database: {0}")]
    Database(sqlx::Error),
    /// Files.
    #[error("io: {0}")]
    Io(#[from] std::io::Error),
}

impl Error {
    /// What to do about it.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::NotYet(_) => Kind::NotYet,
            Self::Node(_) => Kind::Transient,
            Self::Event(_) => Kind::Deterministic,
            _ => Kind::Fatal,
        }
    }

    /// Whether another node may do better.
    #[must_use]
    pub const fn is_of_one_node(&self) -> bool {
        matches!(
            self,
            Self::Pruned { .. } | Self::NoResults(_) | Self::WrongChain { .. }
        )
    }
}

impl From<sqlx::Error> for Error {
    fn from(e: sqlx::Error) -> Self {
        // SQLITE_FULL, and SQLITE_IOERR_WRITE, which is a quota or a limit of the file's size.
        const FULL: [&str; 2] = ["13", "778"];
        match &e {
            sqlx::Error::Database(d) if d.code().is_some_and(|c| FULL.contains(&&*c)) => {
                Self::DiskFull
            }
            _ => Self::Database(e),
        }
    }
}

impl From<reqwest::Error> for Error {
    fn from(e: reqwest::Error) -> Self {
        Self::Node(e.without_url().to_string())
    }
}

/// The crate's results.
pub type Result<T, E = Error> = std::result::Result<T, E>;
