//! Events of a refund bonus. What each pledge gets of it is in `Claimed`.

use cosmwasm_std::Event;

use super::codec::{DecodeError, RawEvent};

const ACTION: &str = "an action's number";
const AMOUNT: &str = "an amount of coins";

/// The sponsor put coins into an action's refund bonus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BonusSponsored {
    /// The action.
    pub action: u64,
    /// The sponsor.
    pub person: String,
    /// How much, in the stake's denom.
    pub amount: u128,
}

impl BonusSponsored {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("person", &self.person)
            .add_attribute("amount", self.amount.to_string())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            person: e.text("person")?,
            amount: e.parse("amount", AMOUNT)?,
        })
    }
}

/// What the refund bonus didn't need went back to its sponsor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BonusReturned {
    /// The action.
    pub action: u64,
    /// The sponsor.
    pub to: String,
    /// How much, in the stake's denom.
    pub amount: u128,
}

impl BonusReturned {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("to", &self.to)
            .add_attribute("amount", self.amount.to_string())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            to: e.text("to")?,
            amount: e.parse("amount", AMOUNT)?,
        })
    }
}
