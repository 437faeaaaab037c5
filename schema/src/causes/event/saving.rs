//! What attestors state about savings.

use cosmwasm_std::Event;

use super::codec::{DecodeError, RawEvent};
use super::pledge::{evidence, with_evidence};

const AMOUNT: &str = "an amount in hundredths";

/// An attestor said what a bound person saved, and paid of it. Amounts are in hundredths of the
/// currency; no coin moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavingStated {
    /// The action.
    pub action: u64,
    /// Who says so.
    pub attestor: String,
    /// Who saved.
    pub person: String,
    /// In which currency.
    pub currency: String,
    /// How much.
    pub saved: u128,
    /// The part of it that the document gives to its recipient.
    pub due: u128,
    /// What was paid of that.
    pub paid: u128,
    /// Where the evidence is and its SHA-256 in hex, if any was given.
    pub evidence: Option<(String, String)>,
}

impl SavingStated {
    pub(super) fn build(&self) -> Event {
        let event = Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("attestor", &self.attestor)
            .add_attribute("person", &self.person)
            .add_attribute("currency", &self.currency)
            .add_attribute("saved", self.saved.to_string())
            .add_attribute("due", self.due.to_string())
            .add_attribute("paid", self.paid.to_string());
        with_evidence(event, self.evidence.as_ref())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", "an action's number")?,
            attestor: e.text("attestor")?,
            person: e.text("person")?,
            currency: e.text("currency")?,
            saved: e.parse("saved", AMOUNT)?,
            due: e.parse("due", AMOUNT)?,
            paid: e.parse("paid", AMOUNT)?,
            evidence: evidence(e)?,
        })
    }
}
