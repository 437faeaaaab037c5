//! Events of a choice between alternatives.

use cosmwasm_std::{Event, from_json};

use super::codec::{DecodeError, RawEvent};
use crate::causes::NewAction;
use crate::json::to_json;

const CAUSE: &str = "a cause's number";
const PROPOSAL: &str = "a proposal's number";

/// A member proposed another alternative.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    /// The cause.
    pub cause: u64,
    /// The proposal's number in it, from 1.
    pub proposal: u32,
    /// Who.
    pub person: String,
    /// The action: the JSON of [`NewAction`].
    pub definition: String,
}

impl Proposed {
    /// The action, parsed.
    pub fn parse_definition(&self) -> Result<NewAction, DecodeError> {
        from_json(self.definition.as_bytes()).map_err(|_| DecodeError::Bad {
            kind: Self::TYPE.to_owned(),
            key: "definition",
            found: self.definition.chars().take(80).collect(),
            allowed: "the JSON of NewAction",
        })
    }

    /// The JSON of an action.
    pub fn definition_json(action: &NewAction) -> String {
        to_json(action)
    }

    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("cause", self.cause.to_string())
            .add_attribute("proposal", self.proposal.to_string())
            .add_attribute("person", &self.person)
            .add_attribute("definition", &self.definition)
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            cause: e.parse("cause", CAUSE)?,
            proposal: e.parse("proposal", PROPOSAL)?,
            person: e.text("person")?,
            definition: e.text("definition")?,
        })
    }
}

/// A member seconded a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seconded {
    /// The cause.
    pub cause: u64,
    /// The proposal.
    pub proposal: u32,
    /// Who.
    pub person: String,
    /// The action that it became with this one; the attribute is left out before.
    pub action: Option<u64>,
}

impl Seconded {
    pub(super) fn build(&self) -> Event {
        let event = Event::new(Self::TYPE)
            .add_attribute("cause", self.cause.to_string())
            .add_attribute("proposal", self.proposal.to_string())
            .add_attribute("person", &self.person);
        match self.action {
            None => event,
            Some(action) => event.add_attribute("action", action.to_string()),
        }
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            cause: e.parse("cause", CAUSE)?,
            proposal: e.parse("proposal", PROPOSAL)?,
            person: e.text("person")?,
            action: e.parse_opt("action", "an action's number")?,
        })
    }
}

/// A member scored the alternatives, for the first time or anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    /// The cause.
    pub cause: u64,
    /// Who.
    pub person: String,
    /// One digit for each alternative, in their order.
    pub scores: Vec<u8>,
}

impl Scored {
    pub(super) fn build(&self) -> Event {
        let digits: String = self
            .scores
            .iter()
            .filter_map(|score| char::from_digit((*score).into(), 10))
            .collect();
        Event::new(Self::TYPE)
            .add_attribute("cause", self.cause.to_string())
            .add_attribute("person", &self.person)
            .add_attribute("scores", digits)
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        let digits = e.text("scores")?;
        let digit = |c: char| c.to_digit(10).and_then(|d| u8::try_from(d).ok());
        let scores = digits.chars().map(digit).collect::<Option<Vec<u8>>>();
        let scores = scores.filter(|all| !all.is_empty());
        Ok(Self {
            cause: e.parse("cause", CAUSE)?,
            person: e.text("person")?,
            scores: scores.ok_or_else(|| e.bad("scores", &digits, "digits"))?,
        })
    }
}

/// A person's ballot left the count, with their last pledge on one of the alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unscored {
    /// The cause.
    pub cause: u64,
    /// Whose.
    pub person: String,
}

impl Unscored {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("cause", self.cause.to_string())
            .add_attribute("person", &self.person)
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            cause: e.parse("cause", CAUSE)?,
            person: e.text("person")?,
        })
    }
}
