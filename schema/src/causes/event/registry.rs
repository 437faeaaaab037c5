//! Events of a cause's registry.

use cosmwasm_std::Event;

use super::codec::{DecodeError, RawEvent};
use crate::causes::Vote;

const CAUSE: &str = "a cause's number";

/// A pledger said something about their influence; votes on what they said before are void.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The cause.
    pub cause: u64,
    /// Who.
    pub person: String,
    /// What; the attribute is left out where they took their words back.
    pub words: Option<String>,
}

impl Said {
    pub(super) fn build(&self) -> Event {
        let event = Event::new(Self::TYPE)
            .add_attribute("cause", self.cause.to_string())
            .add_attribute("person", &self.person);
        match &self.words {
            Some(words) => event.add_attribute("words", words),
            None => event,
        }
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            cause: e.parse("cause", CAUSE)?,
            person: e.text("person")?,
            words: e.find("words").map(str::to_owned),
        })
    }
}

/// A pledger's vote on another's words, in place of their last one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rated {
    /// The cause.
    pub cause: u64,
    /// Whose words.
    pub person: String,
    /// Who votes.
    pub by: String,
    /// How.
    pub vote: Vote,
}

impl Rated {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("cause", self.cause.to_string())
            .add_attribute("person", &self.person)
            .add_attribute("by", &self.by)
            .add_attribute("vote", self.vote.as_str())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        let word = e.text("vote")?;
        Ok(Self {
            cause: e.parse("cause", CAUSE)?,
            person: e.text("person")?,
            by: e.text("by")?,
            vote: Vote::from_word(&word).ok_or_else(|| e.bad("vote", &word, "up, down or none"))?,
        })
    }
}
