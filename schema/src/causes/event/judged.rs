//! Events of what is judged: an action as a whole, and challenged check-ins.

use cosmwasm_std::Event;

use super::codec::{DecodeError, RawEvent};
use crate::causes::{Answer, ChallengeStatus};

const ACTION: &str = "an action's number";
const AMOUNT: &str = "an amount of coins";
const ANSWERS: &str = "yes, no or unresolved";

pub(super) fn answer(e: &RawEvent<'_>) -> Result<Answer, DecodeError> {
    let word = e.text("answer")?;
    Answer::from_word(&word).ok_or_else(|| e.bad("answer", &word, ANSWERS))
}

/// The answer about an action as a whole was stored, for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The action.
    pub action: u64,
    /// What.
    pub answer: Answer,
}

impl Answered {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("answer", self.answer.as_str())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            answer: answer(e)?,
        })
    }
}

/// An attestor said whether an action as a whole succeeded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeAttested {
    /// The action.
    pub action: u64,
    /// Who says so.
    pub attestor: String,
    /// What.
    pub answer: Answer,
}

impl OutcomeAttested {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("attestor", &self.attestor)
            .add_attribute("answer", self.answer.as_str())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            attestor: e.text("attestor")?,
            answer: answer(e)?,
        })
    }
}

/// Somebody asked a verdict contract whether one person did it, and showed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenged {
    /// The action.
    pub action: u64,
    /// Who checked in.
    pub person: String,
    /// Who asked, with a bond.
    pub challenger: String,
}

impl Challenged {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("person", &self.person)
            .add_attribute("challenger", &self.challenger)
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            person: e.text("person")?,
            challenger: e.text("challenger")?,
        })
    }
}

/// The claim of a challenged check-in found what became of it. Zero amounts leave their attribute
/// out; all are zero where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChallengeEnded {
    /// The action.
    pub action: u64,
    /// Who checked in.
    pub person: String,
    /// `stands` or `fell`.
    pub status: ChallengeStatus,
    /// Of the fallen stake, to the challenger.
    pub to_challenger: u128,
    /// Of the fallen stake and the share, to the campaign fund.
    pub fund: u128,
    /// Or to the address in `forfeits_to`, which claims it.
    pub to_address: u128,
}

impl ChallengeEnded {
    pub(super) fn build(&self) -> Event {
        let mut event = Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("person", &self.person)
            .add_attribute("status", self.status.as_str());
        let amounts = [
            ("to_challenger", self.to_challenger),
            ("fund", self.fund),
            ("to_address", self.to_address),
        ];
        for (key, amount) in amounts {
            if amount > 0 {
                event = event.add_attribute(key, amount.to_string());
            }
        }
        event
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        let amount = |key| Ok(e.parse_opt(key, AMOUNT)?.unwrap_or(0));
        let word = e.text("status")?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            person: e.text("person")?,
            status: ChallengeStatus::from_word(&word)
                .ok_or_else(|| e.bad("status", &word, "pending, stands or fell"))?,
            to_challenger: amount("to_challenger")?,
            fund: amount("fund")?,
            to_address: amount("to_address")?,
        })
    }
}
