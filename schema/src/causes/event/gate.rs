//! Events of gates.

use cosmwasm_std::Event;

use super::codec::{DecodeError, RawEvent};

/// A person's pledge was let in by attestations. Comes with the event of the pledge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// The action.
    pub action: u64,
    /// Who.
    pub person: String,
    /// The person at the issuer that tells persons apart, hex.
    pub nullifier: String,
    /// Unix seconds: when the first of the attestations expires. The pledge stands beyond it.
    pub expires: u64,
}

impl Admitted {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("person", &self.person)
            .add_attribute("nullifier", &self.nullifier)
            .add_attribute("expires", self.expires.to_string())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", "an action's number")?,
            person: e.text("person")?,
            nullifier: e.text("nullifier")?,
            expires: e.parse("expires", "Unix seconds")?,
        })
    }
}
