//! Lists, a page at a time.

use super::{Cause, Pledge};

/// A page of causes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CausePage {
    /// By number.
    pub causes: Vec<Cause>,
    /// The number to go on after; `None` on the last page.
    pub next: Option<u64>,
}

/// A page of a cause's pledges.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PledgePage {
    /// By action and address.
    pub pledges: Vec<Pledge>,
    /// The action and address to go on after; `None` on the last page.
    pub next: Option<(u64, String)>,
    /// Of the cause: whatever changes a pledge, time included, moves its height.
    pub stamp: Stamp,
}

/// What moves whenever anything of a cause changes, its pledges and what time alone decides too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// Its number.
    pub cause: u64,
    /// See [`Cause::changed_height`].
    pub changed_height: u64,
    /// Tells causes of two chains of the same name apart, as a local chain begun anew.
    pub definition_hash: String,
}

impl Cause {
    /// Its stamp.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        Stamp {
            cause: self.id,
            changed_height: self.changed_height,
            definition_hash: self.definition_hash.clone(),
        }
    }
}
