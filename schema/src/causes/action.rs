//! What an action consists of.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Coin, Uint128};
use muster_mechanism::schedule;

use super::coins::{CoinTerms, Document};
use super::gate::Gate;
use super::judged::{Judge, OutcomeTerms};

/// Something people pledge to do, counted in people or in coins.
#[cw_serde]
pub struct NewAction {
    /// 1–80 bytes, shown on the counter.
    pub label: String,
    /// 1–1,000 bytes: what exactly one does, and what an outsider could see of it.
    pub description: String,
    /// What is counted: people, where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The least number of people, or of units of `min`, at which it may activate; 1 = personal
    /// thresholds alone decide.
    pub goal: u32,
    /// The most people, or units, that may be in at once; not below the goal. Needs a gate, a stake or coins, so that
    /// nobody fills it with wallets, and a lock before a close that is at least the deployment's
    /// floor (of a `rolling` action without requirements nobody can leave once it is ready).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
    /// Who may pledge; everybody where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<Gate>,
    /// When it closes or triggers.
    pub schedule: Schedule,
    /// Up to 8 actions that must be active with it, each once. None of them may close later than
    /// this one does, unless it is active already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<Requirement>,
    /// For a mutual deal with another cause: who must first create an action there that requires
    /// this one. Until then this one takes no pledges, and then it requires that one too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterpart: Option<String>,
    /// Seconds before `pledge_until` in which nobody may withdraw (pledging goes on). 0 = none.
    #[serde(default)]
    pub lock: u64,
    /// Seconds in which the committed must confirm before anybody is bound; left out: nobody need.
    /// Not with `rolling`. What it requires has the same, or is active already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirm_window: Option<u64>,
    /// Seconds to act in, from activation (of a `rolling` action from its close).
    pub act_window: u64,
    /// Seconds to report in, after the act window.
    pub report_window: u64,
    /// Coins behind the deed, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stake: Option<StakeTerms>,
    /// A sponsor's refund bonus. Needs a stake or coins, and a lock before a close that is at least the
    /// deployment's floor; not beside actions of other causes, a counterpart or a confirm window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bonus: Option<BonusTerms>,
    /// Who says whether a person did it.
    pub fulfilment: Fulfilment,
    /// Where forfeited stakes go. Given exactly when there is a stake.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forfeits_to: Option<ForfeitsTo>,
    /// Who says whether the action as a whole succeeded, if anybody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<OutcomeTerms>,
    /// A contract that institutions signed elsewhere, by which they pay a part of what the action
    /// saves them to somebody; attestors, which it must have, state who saved and paid how much. Not
    /// on an action that counts coins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saving: Option<Document>,
}

/// What is counted.
#[cw_serde]
pub enum Unit {
    /// Each pledge is one.
    People {},
    /// All-or-nothing money for a named purpose. The deed is the payment itself, so there is no
    /// stake and nothing to check in. Both windows are 0 where it is released on activation; else
    /// they are the beneficiary's, before the action is judged.
    Coins(CoinTerms),
}

/// A refund bonus (dominant assurance): where too few pledge, those who were ready early get
/// something for it out of what a sponsor put in.
#[cw_serde]
pub struct BonusTerms {
    /// Who puts the coins in, and gets back what isn't paid.
    pub sponsor: String,
    /// At most so much to each, in the denom of the stakes or of the coins.
    pub per_pledge: Uint128,
    /// Unix seconds: only pledges made before it count; not after the close.
    pub before: u64,
}

/// An action that must be active with another.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum Requirement {
    /// One of the same cause, by its place in the list, from 0.
    Own(u8),
    /// One that exists already, by its number.
    Action(u64),
}

/// When an action activates. Times are Unix seconds.
#[cw_serde]
#[derive(Copy)]
pub enum Schedule {
    /// One wave, final at `pledge_until`.
    AtClose {
        /// The close.
        pledge_until: u64,
    },
    /// One wave, once it has been ready without a break for `hold` seconds, or at `pledge_until`
    /// if it is ready then.
    AtTrigger {
        /// Seconds.
        hold: u64,
        /// The close, if any.
        #[serde(default)]
        pledge_until: Option<u64>,
    },
    /// Bound from the moment it is ready; later pledgers join until the close.
    Rolling {
        /// The close.
        pledge_until: u64,
    },
}

impl NewAction {
    /// What its coins are for, if it counts coins.
    pub fn coins(&self) -> Option<&CoinTerms> {
        match &self.unit {
            Some(Unit::Coins(terms)) => Some(terms),
            Some(Unit::People {}) | None => None,
        }
    }
}

impl Schedule {
    /// The moment after which nobody can pledge, if there is one.
    pub fn pledge_until(&self) -> Option<u64> {
        match *self {
            Self::AtClose { pledge_until } | Self::Rolling { pledge_until } => Some(pledge_until),
            Self::AtTrigger { pledge_until, .. } => pledge_until,
        }
    }
}

impl From<Schedule> for schedule::Schedule {
    fn from(value: Schedule) -> Self {
        match value {
            Schedule::AtClose { pledge_until } => Self::AtClose { pledge_until },
            Schedule::AtTrigger { hold, pledge_until } => Self::AtTrigger { hold, pledge_until },
            Schedule::Rolling { pledge_until } => Self::Rolling { pledge_until },
        }
    }
}

impl From<schedule::Schedule> for Schedule {
    fn from(value: schedule::Schedule) -> Self {
        match value {
            schedule::Schedule::AtClose { pledge_until } => Self::AtClose { pledge_until },
            schedule::Schedule::AtTrigger { hold, pledge_until } => {
                Self::AtTrigger { hold, pledge_until }
            }
            schedule::Schedule::Rolling { pledge_until } => Self::Rolling { pledge_until },
        }
    }
}

/// Coins behind one's own deed, one amount for all.
#[cw_serde]
pub struct StakeTerms {
    /// Whether one may pledge without.
    pub rule: StakeRule,
    /// The stake of one person.
    pub coin: Coin,
}

/// Whether one may pledge without a stake.
#[cw_serde]
#[derive(Copy)]
pub enum StakeRule {
    /// With or without.
    Optional,
    /// Only with.
    Required,
}

/// Who says whether a bound person did it.
#[cw_serde]
pub enum Fulfilment {
    /// The person's own check-in counts.
    Honor {},
    /// Named attestors decide, from activation until the report window ends.
    Attested {
        /// 1–15 addresses, none of them the creator or the address in `forfeits_to`; they can't
        /// pledge here.
        attestors: Vec<String>,
        /// How many must agree: more than half of them.
        quorum: u8,
    },
    /// The person's own check-in counts unless it falls to a challenge. Only with a required stake.
    Challengeable {
        /// Seconds after the report window in which check-ins can be challenged.
        window: u64,
        /// Who judges a challenged check-in: not the pledgers.
        judge: Judge,
    },
    /// Nobody is judged singly: there are no check-ins, and all stakes stand or fall with the
    /// `outcome`, which the action must have. A stake only where the pledgers don't judge it and
    /// forfeits go to an address.
    Collective {},
}

/// Where forfeited stakes go.
#[cw_serde]
pub enum ForfeitsTo {
    /// Equal parts to those with a stake who did it. Only where others check: paying people for an
    /// unchecked "I did it" pays liars.
    Cooperators {},
    /// A named address, which is neither the creator nor an attestor and can't pledge here.
    Address {
        /// The address.
        address: String,
    },
    /// Equal parts to everybody who was bound with a stake.
    Everybody {},
}
