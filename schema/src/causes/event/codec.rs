//! Reading typed fields out of an event's attributes.

use std::str::FromStr;

use thiserror::Error;

/// An event as it came, borrowed.
#[derive(Clone, Copy, Debug)]
pub struct RawEvent<'a> {
    /// The type, with or without `wasm-`.
    pub kind: &'a str,
    /// Keys and values in their order.
    pub attributes: &'a [(&'a str, &'a str)],
}

/// Why an event couldn't be decoded.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum DecodeError {
    /// An attribute is missing.
    #[error("missing_attribute: {kind} has no {key:?}, allowed is one")]
    Missing {
        /// The event's type.
        kind: String,
        /// The attribute.
        key: &'static str,
    },
    /// An attribute doesn't parse.
    #[error("bad_attribute: {kind} has {key} = {found:?}, allowed is {allowed}")]
    Bad {
        /// The event's type.
        kind: String,
        /// The attribute.
        key: &'static str,
        /// Its value, or the beginning of it.
        found: String,
        /// What it must be.
        allowed: &'static str,
    },
    /// A version that this code doesn't know.
    #[error("unknown_version: {kind} has v = {found:?}, allowed is 1")]
    Version {
        /// The event's type.
        kind: String,
        /// The version found.
        found: String,
    },
}

impl<'a> RawEvent<'a> {
    /// The attribute with this key, if there is one.
    pub fn find(&self, key: &'static str) -> Option<&'a str> {
        self.attributes
            .iter()
            .find_map(|(k, v)| (*k == key).then_some(*v))
    }

    /// The attribute with this key.
    pub fn text(&self, key: &'static str) -> Result<String, DecodeError> {
        self.find(key)
            .map(str::to_owned)
            .ok_or_else(|| DecodeError::Missing {
                kind: self.kind.to_owned(),
                key,
            })
    }

    /// A number, address or the like.
    pub fn parse<T: FromStr>(
        &self,
        key: &'static str,
        allowed: &'static str,
    ) -> Result<T, DecodeError> {
        let text = self.text(key)?;
        text.parse().map_err(|_| self.bad(key, &text, allowed))
    }

    /// Like [`Self::parse`], `None` where the attribute is missing.
    pub fn parse_opt<T: FromStr>(
        &self,
        key: &'static str,
        allowed: &'static str,
    ) -> Result<Option<T>, DecodeError> {
        match self.find(key) {
            None => Ok(None),
            Some(_) => self.parse(key, allowed).map(Some),
        }
    }

    /// Refuses every version but the first.
    pub fn version_one(&self) -> Result<(), DecodeError> {
        match self.find("v") {
            None | Some("1") => Ok(()),
            Some(found) => Err(DecodeError::Version {
                kind: self.kind.to_owned(),
                found: found.to_owned(),
            }),
        }
    }

    pub(super) fn bad(&self, key: &'static str, found: &str, allowed: &'static str) -> DecodeError {
        DecodeError::Bad {
            kind: self.kind.to_owned(),
            key,
            found: found.chars().take(80).collect(),
            allowed,
        }
    }
}
