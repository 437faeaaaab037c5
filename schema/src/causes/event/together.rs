//! Events of actions that require one another.

use cosmwasm_std::Event;

use super::codec::{DecodeError, RawEvent};

const ACTION: &str = "an action's number";
const COUNT: &str = "a number of people";

/// A message bound an action together with what it requires. One event for each that became
/// active.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activated {
    /// The action.
    pub action: u64,
    /// Unix seconds: the block's time.
    pub at: u64,
    /// K*; of a `rolling` action as of now.
    pub committed: u32,
    /// How many of them have a stake.
    pub staked: u32,
}

impl Activated {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("at", self.at.to_string())
            .add_attribute("committed", self.committed.to_string())
            .add_attribute("staked", self.staked.to_string())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            at: e.parse("at", "Unix seconds")?,
            committed: e.parse("committed", COUNT)?,
            staked: e.parse("staked", COUNT)?,
        })
    }
}

/// The counterpart that an action waited for created one that requires it: from now on it requires
/// that one too, and takes pledges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterpartMet {
    /// The action that waited.
    pub action: u64,
    /// The counterpart's action.
    pub requires: u64,
}

impl CounterpartMet {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("requires", self.requires.to_string())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            requires: e.parse("requires", ACTION)?,
        })
    }
}
