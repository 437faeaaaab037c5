//! Events of confirm windows.

use cosmwasm_std::Event;

use super::codec::{DecodeError, RawEvent};

const ACTION: &str = "an action's number";
const COUNT: &str = "a number of people";
const SECONDS: &str = "Unix seconds";

/// A message began the confirm window of an action. One event for each of those that confirm as
/// one. Where time alone begins it, nothing says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmingBegun {
    /// The action.
    pub action: u64,
    /// Unix seconds: the block's time.
    pub from: u64,
    /// Unix seconds: its end.
    pub until: u64,
}

impl ConfirmingBegun {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("from", self.from.to_string())
            .add_attribute("until", self.until.to_string())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            from: e.parse("from", SECONDS)?,
            until: e.parse("until", SECONDS)?,
        })
    }
}

/// A person said once more that they are in. Final.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmed {
    /// The action.
    pub action: u64,
    /// Who.
    pub person: String,
}

impl Confirmed {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("person", &self.person)
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            person: e.text("person")?,
        })
    }
}

/// An action is open again, stored by the first message after the end of a confirm window that came
/// to nothing. It was so since `at` already: this is a fact for checking, nothing waits for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reopened {
    /// The action.
    pub action: u64,
    /// Unix seconds: the end of the window.
    pub at: u64,
    /// Pledges that were confirmed, and so still stand; each must be confirmed anew.
    pub pledged: u32,
    /// How many of them have a stake.
    pub staked: u32,
}

impl Reopened {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("at", self.at.to_string())
            .add_attribute("pledged", self.pledged.to_string())
            .add_attribute("staked", self.staked.to_string())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            at: e.parse("at", SECONDS)?,
            pledged: e.parse("pledged", COUNT)?,
            staked: e.parse("staked", COUNT)?,
        })
    }
}
