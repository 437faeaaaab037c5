//! Events of actions that count coins. Units are of `min`, amounts of its denom.

use cosmwasm_std::Event;

use crate::causes::Answer;

use super::codec::{DecodeError, RawEvent};
use super::judged::answer;

const ACTION: &str = "an action's number";
const UNITS: &str = "a number of units";
const AMOUNT: &str = "an amount of coins";
const TRANCHE: &str = "a tranche's number";

/// A person pledged coins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoinsPledged {
    /// The action.
    pub action: u64,
    /// Who.
    pub person: String,
    /// How many units.
    pub units: u32,
    /// The least sum of all on which they are given, in units; the attribute is left out where it
    /// is the goal, and 0 here.
    pub total_at_least: u32,
}

impl CoinsPledged {
    pub(super) fn build(&self) -> Event {
        let event = Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("person", &self.person)
            .add_attribute("units", self.units.to_string());
        if self.total_at_least > 0 {
            event.add_attribute("total_at_least", self.total_at_least.to_string())
        } else {
            event
        }
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            person: e.text("person")?,
            units: e.parse("units", UNITS)?,
            total_at_least: e.parse_opt("total_at_least", UNITS)?.unwrap_or(0),
        })
    }
}

/// Bound coins were paid to their purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Released {
    /// The action.
    pub action: u64,
    /// How many units: what was bound and not released before.
    pub units: u32,
    /// Of their coins, to the treasury.
    pub fee: u128,
    /// To whom the document names.
    pub to_document: u128,
    /// To the beneficiary.
    pub to_beneficiary: u128,
}

impl Released {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("units", self.units.to_string())
            .add_attribute("fee", self.fee.to_string())
            .add_attribute("to_document", self.to_document.to_string())
            .add_attribute("to_beneficiary", self.to_beneficiary.to_string())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            units: e.parse("units", UNITS)?,
            fee: e.parse("fee", AMOUNT)?,
            to_document: e.parse("to_document", AMOUNT)?,
            to_beneficiary: e.parse("to_beneficiary", AMOUNT)?,
        })
    }
}

/// A tranche of bound coins was paid to its purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrancheReleased {
    /// The action.
    pub action: u64,
    /// Which tranche, from 0.
    pub tranche: u8,
    /// Of its coins, to the treasury.
    pub fee: u128,
    /// To whom the document names.
    pub to_document: u128,
    /// To the beneficiary.
    pub to_beneficiary: u128,
}

impl TrancheReleased {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("tranche", self.tranche.to_string())
            .add_attribute("fee", self.fee.to_string())
            .add_attribute("to_document", self.to_document.to_string())
            .add_attribute("to_beneficiary", self.to_beneficiary.to_string())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            tranche: e.parse("tranche", TRANCHE)?,
            fee: e.parse("fee", AMOUNT)?,
            to_document: e.parse("to_document", AMOUNT)?,
            to_beneficiary: e.parse("to_beneficiary", AMOUNT)?,
        })
    }
}

/// An answer wasn't Yes: what is bound and waited for it goes back, each one's by their claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoinsReturned {
    /// The action.
    pub action: u64,
    /// The tranche with that answer, from 0: it and all later ones go back. 0 with `on_success`.
    pub from: u8,
    /// The answer.
    pub answer: Answer,
    /// For each unit.
    pub each_unit: u128,
    /// What rounding left, to the campaign fund.
    pub remainder: u128,
}

impl CoinsReturned {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("from", self.from.to_string())
            .add_attribute("answer", self.answer.as_str())
            .add_attribute("each_unit", self.each_unit.to_string())
            .add_attribute("remainder", self.remainder.to_string())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            from: e.parse("from", TRANCHE)?,
            answer: answer(e)?,
            each_unit: e.parse("each_unit", AMOUNT)?,
            remainder: e.parse("remainder", AMOUNT)?,
        })
    }
}
