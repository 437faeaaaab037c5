//! Events of deposits behind a vote. What each pledge gets of them is in `Claimed`.

use cosmwasm_std::Event;
use muster_mechanism::answer::Class;

use super::codec::{DecodeError, RawEvent};
use crate::layout::verdict::ClassKind;

const ACTION: &str = "an action's number";
const COUNT: &str = "a number of people";
const AMOUNT: &str = "an amount of coins";
const CLASS: &str = "how many, what each gains and what each loses";

/// What the answer about an action made of the deposits of the bound. One attribute for each class;
/// zeros leave theirs out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DepositsSettled {
    /// The action.
    pub action: u64,
    /// Deposits that go back whole, since nothing was decided; then there are no classes.
    pub own: u32,
    /// In the order of their codes.
    pub classes: Vec<(ClassKind, Class)>,
    /// Of what was lost, to the campaign fund.
    pub remainder: u128,
}

impl DepositsSettled {
    pub(super) fn build(&self) -> Event {
        let mut event = Event::new(Self::TYPE).add_attribute("action", self.action.to_string());
        if self.own > 0 {
            event = event.add_attribute("own", self.own.to_string());
        }
        for (kind, class) in &self.classes {
            let Class { count, gain, loss } = class;
            event = event.add_attribute(kind.as_str(), format!("{count} {gain} {loss}"));
        }
        if self.remainder > 0 {
            event = event.add_attribute("remainder", self.remainder.to_string());
        }
        event
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        let mut classes = Vec::new();
        for kind in ClassKind::ALL {
            if let Some(text) = e.find(kind.as_str()) {
                let class = class(text).ok_or_else(|| e.bad(kind.as_str(), text, CLASS))?;
                classes.push((kind, class));
            }
        }
        Ok(Self {
            action: e.parse("action", ACTION)?,
            own: e.parse_opt("own", COUNT)?.unwrap_or(0),
            classes,
            remainder: e.parse_opt("remainder", AMOUNT)?.unwrap_or(0),
        })
    }
}

fn class(text: &str) -> Option<Class> {
    let mut numbers = text.split(' ');
    let class = Class {
        count: numbers.next()?.parse().ok()?,
        gain: numbers.next()?.parse().ok()?,
        loss: numbers.next()?.parse().ok()?,
    };
    numbers.next().is_none().then_some(class)
}

/// Somebody who showed sealed ballots, or was right to appeal, was paid out of what others lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RewardClaimed {
    /// The action.
    pub action: u64,
    /// Who was paid.
    pub to: String,
    /// How much, in the deposit's denom.
    pub amount: u128,
}

impl RewardClaimed {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("to", &self.to)
            .add_attribute("amount", self.amount.to_string())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            to: e.text("to")?,
            amount: e.parse("amount", AMOUNT)?,
        })
    }
}
