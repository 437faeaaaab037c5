//! Events of settlement and payment. Amounts are in the smallest unit of `denom`.

use cosmwasm_std::Event;

use super::codec::{DecodeError, RawEvent};

const ACTION: &str = "an action's number";
const COUNT: &str = "a number of people";
const AMOUNT: &str = "an amount of coins";

/// An action's totals were fixed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// The action.
    pub action: u64,
    /// C.
    pub cooperators: u32,
    /// B.
    pub broken: u32,
    /// Bound with a stake, neither kept nor broken.
    pub excused: u32,
    /// f.
    pub forfeit_each: u128,
    /// The keeper's part of each f.
    pub keeper_each: u128,
    /// What each sharer gains.
    pub share_each: u128,
    /// What the named address gets.
    pub to_address: u128,
    /// To the treasury.
    pub fee: u128,
    /// To the campaign fund.
    pub remainder: u128,
}

impl Settled {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("cooperators", self.cooperators.to_string())
            .add_attribute("broken", self.broken.to_string())
            .add_attribute("excused", self.excused.to_string())
            .add_attribute("forfeit_each", self.forfeit_each.to_string())
            .add_attribute("keeper_each", self.keeper_each.to_string())
            .add_attribute("share_each", self.share_each.to_string())
            .add_attribute("to_address", self.to_address.to_string())
            .add_attribute("fee", self.fee.to_string())
            .add_attribute("remainder", self.remainder.to_string())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            action: e.parse("action", ACTION)?,
            cooperators: e.parse("cooperators", COUNT)?,
            broken: e.parse("broken", COUNT)?,
            excused: e.parse("excused", COUNT)?,
            forfeit_each: e.parse("forfeit_each", AMOUNT)?,
            keeper_each: e.parse("keeper_each", AMOUNT)?,
            share_each: e.parse("share_each", AMOUNT)?,
            to_address: e.parse("to_address", AMOUNT)?,
            fee: e.parse("fee", AMOUNT)?,
            remainder: e.parse("remainder", AMOUNT)?,
        })
    }
}

/// One pledge was paid all that was due to it. Zero amounts leave their attribute out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claimed {
    /// The action.
    pub action: u64,
    /// Whose pledge.
    pub person: String,
    /// Who sent the message; the attribute is left out where it is the person.
    pub by: Option<String>,
    /// Of the own stake, to the person.
    pub stake: u128,
    /// Of others' forfeits, to the person.
    pub share: u128,
    /// The keeper's part, to `by`.
    pub keeper: u128,
    /// The keeper's part, to the campaign fund, where the person sent it.
    pub fund: u128,
    /// Of coins pledged for a purpose, back to the person.
    pub coins: u128,
    /// Of the sponsor's refund bonus, to the person.
    pub bonus: u128,
    /// Of the own deposit, to the person.
    pub deposit: u128,
    /// Of others' deposits, to the person.
    pub gain: u128,
}

impl Claimed {
    pub(super) fn build(&self) -> Event {
        let mut event = Event::new(Self::TYPE)
            .add_attribute("action", self.action.to_string())
            .add_attribute("person", &self.person);
        if let Some(by) = &self.by {
            event = event.add_attribute("by", by);
        }
        let amounts = [
            ("stake", self.stake),
            ("share", self.share),
            ("keeper", self.keeper),
            ("fund", self.fund),
            ("coins", self.coins),
            ("bonus", self.bonus),
            ("deposit", self.deposit),
            ("gain", self.gain),
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
        Ok(Self {
            action: e.parse("action", ACTION)?,
            person: e.text("person")?,
            by: e.find("by").map(str::to_owned),
            stake: amount("stake")?,
            share: amount("share")?,
            keeper: amount("keeper")?,
            fund: amount("fund")?,
            coins: amount("coins")?,
            bonus: amount("bonus")?,
            deposit: amount("deposit")?,
            gain: amount("gain")?,
        })
    }
}

/// The address named in `forfeits_to` was paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForfeitsClaimed {
    /// The action.
    pub action: u64,
    /// Who was paid.
    pub to: String,
    /// How much, in the stake's denom.
    pub amount: u128,
}

impl ForfeitsClaimed {
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

/// Fees went to the treasury.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeesClaimed {
    /// The treasury.
    pub to: String,
    /// Of which coin.
    pub denom: String,
    /// How much.
    pub amount: u128,
}

impl FeesClaimed {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("to", &self.to)
            .add_attribute("denom", &self.denom)
            .add_attribute("amount", self.amount.to_string())
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            to: e.text("to")?,
            denom: e.text("denom")?,
            amount: e.parse("amount", AMOUNT)?,
        })
    }
}
