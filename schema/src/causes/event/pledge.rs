//! Events of pledges and deeds.

use cosmwasm_std::Event;

use super::codec::{DecodeError, RawEvent};
use crate::causes::Outcome;

const ACTION: &str = "an action's number";
const COUNT: &str = "a number of people";

/// A person pledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pledged {
    /// The action.
    pub action: u64,
    /// Who.
    pub person: String,
    /// The personal threshold; the attribute is left out at 0.
    pub needs_others: u32,
    /// Whether the stake came with it; the attribute is left out where not.
    pub staked: bool,
    /// Who brought them here, as they say; the attribute is left out where nobody did.
    pub referrer: Option<String>,
}

impl Pledged {
    pub(super) fn build(&self) -> Event {
        let mut event = Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("person", &self.person);
        if self.needs_others > 0 {
            event = event.add_attribute("needs_others", self.needs_others.to_string());
        }
        if self.staked {
            event = event.add_attribute("staked", "true");
        }
        if let Some(referrer) = &self.referrer {
            event = event.add_attribute("referrer", referrer);
        }
        event
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            person: e.text("person")?,
            needs_others: e.parse_opt("needs_others", COUNT)?.unwrap_or(0),
            staked: e.parse_opt("staked", "true")?.unwrap_or(false),
            referrer: e.find("referrer").map(str::to_owned),
        })
    }
}

/// A person took a pledge back that wasn't bound; the stake, if any, went back with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// The action.
    pub action: u64,
    /// Who.
    pub person: String,
}

impl Withdrawn {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("person", &self.person)
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            person: e.text("person")?,
        })
    }
}

/// An action's committed set was stored by the first message after its activation. It was bound
/// since `at` already: this is a fact for checking, nothing waits for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The action.
    pub action: u64,
    /// Unix seconds at which it activated.
    pub at: u64,
    /// K*.
    pub committed: u32,
    /// How many of them have a stake.
    pub staked: u32,
}

impl Bound {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("at", self.at.to_string())
            .add_attribute("committed", self.committed.to_string())
            .add_attribute("staked", self.staked.to_string())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            at: e.parse("at", "Unix seconds")?,
            committed: e.parse("committed", COUNT)?,
            staked: e.parse("staked", COUNT)?,
        })
    }
}

/// Says where evidence is, if there is any: its address and its SHA-256 in hex.
pub(super) fn with_evidence(event: Event, evidence: Option<&(String, String)>) -> Event {
    match evidence {
        None => event,
        Some((uri, sha256)) => event
            .add_attribute("evidence_sha256", sha256)
            .add_attribute("evidence_uri", uri),
    }
}

/// Where it is.
pub(super) fn evidence(e: &RawEvent<'_>) -> Result<Option<(String, String)>, DecodeError> {
    match e.find("evidence_uri") {
        None => Ok(None),
        Some(uri) => Ok(Some((uri.to_owned(), e.text("evidence_sha256")?))),
    }
}

/// A bound person says they did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedIn {
    /// The action.
    pub action: u64,
    /// Who.
    pub person: String,
    /// Where the evidence is and its SHA-256 in hex, if any was given.
    pub evidence: Option<(String, String)>,
}

impl CheckedIn {
    pub(super) fn build(&self) -> Event {
        let event = Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("person", &self.person);
        with_evidence(event, self.evidence.as_ref())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            person: e.text("person")?,
            evidence: evidence(e)?,
        })
    }
}

/// Somebody had done it before, without obligation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlreadyDid {
    /// The action.
    pub action: u64,
    /// Who.
    pub person: String,
}

impl AlreadyDid {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("person", &self.person)
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            person: e.text("person")?,
        })
    }
}

/// An attestor said what one bound person did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attested {
    /// The action.
    pub action: u64,
    /// Who says so.
    pub attestor: String,
    /// Of whom.
    pub person: String,
    /// What.
    pub outcome: Outcome,
    /// Whether the quorum agrees with this statement, which makes the outcome final.
    pub is_final: bool,
}

impl Attested {
    pub(super) fn build(&self) -> Event {
        let event = Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("attestor", &self.attestor)
            .add_attribute("person", &self.person)
            .add_attribute("outcome", self.outcome.as_str());
        if self.is_final {
            event.add_attribute("final", "true")
        } else {
            event
        }
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        let word = e.text("outcome")?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            attestor: e.text("attestor")?,
            person: e.text("person")?,
            outcome: Outcome::from_word(&word)
                .ok_or_else(|| e.bad("outcome", &word, "did, didnt or excused"))?,
            is_final: e.parse_opt("final", "true")?.unwrap_or(false),
        })
    }
}
