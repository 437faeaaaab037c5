//! Events of a campaign fund.

use cosmwasm_std::Event;

use super::codec::{DecodeError, RawEvent};

const CAUSE: &str = "a cause's number";
const AMOUNT: &str = "an amount of coins";

/// Somebody gave to the campaign fund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supported {
    /// The cause.
    pub cause: u64,
    /// Who gave.
    pub person: String,
    /// Of which coin.
    pub denom: String,
    /// How much.
    pub amount: u128,
}

impl Supported {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("cause", self.cause.to_string())
            .add_attribute("person", &self.person)
            .add_attribute("denom", &self.denom)
            .add_attribute("amount", self.amount.to_string())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            cause: e.parse("cause", CAUSE)?,
            person: e.text("person")?,
            denom: e.text("denom")?,
            amount: e.parse("amount", AMOUNT)?,
        })
    }
}

/// The creator spent from the campaign fund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundSpent {
    /// The cause.
    pub cause: u64,
    /// Who was paid.
    pub to: String,
    /// Of which coin.
    pub denom: String,
    /// How much.
    pub amount: u128,
    /// What for, in the creator's words.
    pub memo: String,
}

impl FundSpent {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("cause", self.cause.to_string())
            .add_attribute("to", &self.to)
            .add_attribute("denom", &self.denom)
            .add_attribute("amount", self.amount.to_string())
            .add_attribute("memo", &self.memo)
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            cause: e.parse("cause", CAUSE)?,
            to: e.text("to")?,
            denom: e.text("denom")?,
            amount: e.parse("amount", AMOUNT)?,
            memo: e.text("memo")?,
        })
    }
}

/// What was left of a fund that is over went to the address named at the cause's creation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundSwept {
    /// The cause.
    pub cause: u64,
    /// Who was paid.
    pub to: String,
    /// Of which coin.
    pub denom: String,
    /// How much.
    pub amount: u128,
}

impl FundSwept {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("cause", self.cause.to_string())
            .add_attribute("to", &self.to)
            .add_attribute("denom", &self.denom)
            .add_attribute("amount", self.amount.to_string())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            cause: e.parse("cause", CAUSE)?,
            to: e.text("to")?,
            denom: e.text("denom")?,
            amount: e.parse("amount", AMOUNT)?,
        })
    }
}
