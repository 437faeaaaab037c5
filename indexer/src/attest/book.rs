//! What an issuer has signed and taken back: one JSON object a line, in a file that nobody else may
//! read, since it says who is who.

use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::key;
use crate::error::{Error, Result};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Entry {
    Signed(Signed),
    Revoked {
        /// Of the attestation, hex.
        digest: String,
        /// Unix seconds.
        at: u64,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Signed {
    /// How the issuer knows them: never leaves this file.
    pub(super) person: String,
    pub(super) digest: String,
    /// Unix seconds.
    pub(super) at: u64,
    #[serde(flatten)]
    pub(super) word: Word,
}

/// What the person gets, and pastes where they pledge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Word {
    pub(super) key_type: String,
    pub(super) issuer: String,
    pub(super) subject: String,
    pub(super) claim: String,
    pub(super) scope: String,
    pub(super) nullifier: String,
    pub(super) expires: u64,
    pub(super) signature: String,
}

pub(super) fn append(path: &Path, entry: &Entry) -> Result<()> {
    let mut file = key::private(path, true)?;
    key::refuse_open(path)?;
    let line = serde_json::to_string(entry).map_err(|e| Error::Config(e.to_string()))?;
    writeln!(file, "{line}")?;
    file.sync_all()?;
    Ok(())
}

/// All lines; none where there is no book yet.
pub(super) fn read(path: &Path) -> Result<Vec<Entry>> {
    if !path.exists() {
        return Ok(vec![]);
    }
    key::refuse_open(path)?;
    let text = std::fs::read_to_string(path)?;
    let line = |(n, line): (usize, &str)| {
        serde_json::from_str(line)
            .map_err(|e| Error::Config(format!("{}, line {}: {e}", path.display(), n + 1)))
    };
    text.lines().enumerate().map(line).collect()
}

/// Whether a line takes this one back.
pub(super) fn is_revoked(book: &[Entry], signed: &Signed) -> bool {
    let takes_back =
        |e: &Entry| matches!(e, Entry::Revoked { digest, .. } if *digest == signed.digest);
    book.iter().any(takes_back)
}
