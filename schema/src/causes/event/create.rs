//! Events of a cause as a whole.

use cosmwasm_std::{Event, from_json};

use super::codec::{DecodeError, RawEvent};
use crate::causes::CreateCause;
use crate::json::to_json;

/// A cause was created, with all its actions.
#[derive(Clone, Debug, PartialEq)]
pub struct CauseCreated {
    /// Its number.
    pub cause: u64,
    /// Who started it.
    pub creator: String,
    /// The number of its first action; the others follow.
    pub first_action: u64,
    /// Frozen, in hundredths of a percent.
    pub fee_bps: u16,
    /// SHA-256 of the text, hex.
    pub text_hash: String,
    /// Everything that was said at creation: the JSON of [`CreateCause`].
    pub definition: String,
}

impl CauseCreated {
    /// The definition, parsed.
    pub fn parse_definition(&self) -> Result<CreateCause, DecodeError> {
        from_json(self.definition.as_bytes()).map_err(|_| DecodeError::Bad {
            kind: Self::TYPE.to_owned(),
            key: "definition",
            found: self.definition.chars().take(80).collect(),
            allowed: "the JSON of CreateCause",
        })
    }

    /// The canonical JSON of a definition, over which `definition_hash` is taken.
    pub fn definition_json(definition: &CreateCause) -> String {
        to_json(definition)
    }

    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("cause", self.cause.to_string())
            .add_attribute("creator", &self.creator)
            .add_attribute("first_action", self.first_action.to_string())
            .add_attribute("fee_bps", self.fee_bps.to_string())
            .add_attribute("text_hash", &self.text_hash)
            .add_attribute("definition", &self.definition)
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            cause: e.parse("cause", "a cause's number")?,
            creator: e.text("creator")?,
            first_action: e.parse("first_action", "an action's number")?,
            fee_bps: e.parse("fee_bps", "hundredths of a percent")?,
            text_hash: e.text("text_hash")?,
            definition: e.text("definition")?,
        })
    }
}

/// A cause was cancelled by its creator, with all its actions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CauseCancelled {
    /// The cause.
    pub cause: u64,
}

impl CauseCancelled {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE).add_attribute("cause", self.cause.to_string())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            cause: e.parse("cause", "a cause's number")?,
        })
    }
}
