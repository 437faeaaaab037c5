//! Events of what was signed by one and sent by another.

use cosmwasm_std::Event;

use super::codec::{DecodeError, RawEvent};

/// A batch was sent; the events of what landed of it follow, and a [`RelayRefused`] for each item
/// that didn't.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relayed {
    /// Who sent and paid for it.
    pub sponsor: String,
    /// How many items landed.
    pub landed: u32,
    /// How many were refused.
    pub refused: u32,
}

impl Relayed {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("sponsor", &self.sponsor)
            .add_attribute("landed", self.landed.to_string())
            .add_attribute("refused", self.refused.to_string())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            sponsor: e.text("sponsor")?,
            landed: e.parse("landed", "a number of items")?,
            refused: e.parse("refused", "a number of items")?,
        })
    }
}

/// One item of a batch was refused, and changed nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelayRefused {
    /// Which, counted from 0.
    pub index: u32,
    /// Whose it would have been by its key; left out where that is none.
    pub person: Option<String>,
    /// The word of the [`crate::causes::Error`].
    pub code: String,
    /// Its sentence.
    pub reason: String,
}

impl RelayRefused {
    pub(super) fn build(&self) -> Event {
        let event = Event::new(Self::TYPE).add_attribute("index", self.index.to_string());
        let event = match &self.person {
            Some(person) => event.add_attribute("person", person),
            None => event,
        };
        event
            .add_attribute("code", &self.code)
            .add_attribute("reason", &self.reason)
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            index: e.parse("index", "a place in the batch")?,
            person: e.find("person").map(str::to_owned),
            code: e.text("code")?,
            reason: e.text("reason")?,
        })
    }
}

/// What a person signed up to `sequence` and nobody sent is worth nothing any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voided {
    /// Who.
    pub person: String,
    /// The sequence.
    pub sequence: u64,
}

impl Voided {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("person", &self.person)
            .add_attribute("sequence", self.sequence.to_string())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            person: e.text("person")?,
            sequence: e.parse("sequence", "a sequence")?,
        })
    }
}
