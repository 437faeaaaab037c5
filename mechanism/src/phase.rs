//! The phases of an action. Which one it is in, [`crate::schedule`] derives.

use core::fmt;

/// The phases of an action. They partition time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Open; a `rolling` action, bound or not.
    Pledging,
    /// The lock before the close: one may pledge, not withdraw.
    Locked,
    /// The committed confirm.
    Confirming,
    /// The bound act.
    Acting,
    /// The bound report.
    Reporting,
    /// A verdict is awaited, or check-ins can still be challenged.
    Judging,
    /// A verdict may be appealed: what its contract has stored says so, not time.
    Appealing,
    /// The last window has ended.
    Settled,
    /// It closed with K* = 0.
    Failed,
    /// Its creator cancelled it.
    Cancelled,
    /// It lost against an alternative.
    Dropped,
}

impl Phase {
    /// All of them, in their order.
    pub const ALL: [Self; 11] = [
        Self::Pledging,
        Self::Locked,
        Self::Confirming,
        Self::Acting,
        Self::Reporting,
        Self::Judging,
        Self::Appealing,
        Self::Settled,
        Self::Failed,
        Self::Cancelled,
        Self::Dropped,
    ];

    /// The word in answers and errors.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pledging => "pledging",
            Self::Locked => "locked",
            Self::Confirming => "confirming",
            Self::Acting => "acting",
            Self::Reporting => "reporting",
            Self::Judging => "judging",
            Self::Appealing => "appealing",
            Self::Settled => "settled",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Dropped => "dropped",
        }
    }

    /// Whether one may pledge in it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Pledging | Self::Locked)
    }

    /// Whether a pledge that isn't bound stays where it is: open, or confirming.
    #[must_use]
    pub const fn is_undecided(self) -> bool {
        matches!(self, Self::Pledging | Self::Locked | Self::Confirming)
    }

    /// Whether it ended without a committed set.
    #[must_use]
    pub const fn is_void(self) -> bool {
        matches!(self, Self::Failed | Self::Cancelled | Self::Dropped)
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
