//! What a cause consists of. Nothing of it can change after its creation.

use cosmwasm_schema::cw_serde;

use super::action::NewAction;
use super::deliberation::Deliberation;

/// A cause with its actions. Also the body of the `cause_created` event's `definition`.
#[cw_serde]
pub struct CreateCause {
    /// 1–120 bytes.
    pub title: String,
    /// 1–500 bytes.
    pub summary: String,
    /// BCP 47 tag of the language that the author writes in.
    pub language: String,
    /// 1–8,192 bytes: hashed by the contract and emitted, not stored.
    pub text: String,
    /// Where it is about, if anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Up to 8, each `a-z`, `0-9` and `-`, at most 32 bytes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Who is outside the circle, and what does it do to them? Up to 1,000 bytes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub harm_note: String,
    /// What it has to do with an earlier cause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<Relation>,
    /// Who gets what is left of the campaign fund at its end: a year after the last action ended, or
    /// ten years after the creation. Without it the cause takes no gifts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund_to: Option<String>,
    /// Whether its actions are pledged only all together: withdrawn together while none is bound and
    /// singly afterwards, each bound at its own goal. Left out: each by itself.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub bundle: bool,
    /// Which of its actions are alternatives, and when one of them is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deliberation: Option<Deliberation>,
    /// Until when the creator may cancel.
    pub cancel: CancelRule,
    /// 1–16 actions.
    pub actions: Vec<NewAction>,
}

/// What a cause has to do with an earlier one. A word of its creator: nothing follows from it but
/// that both pages show it.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum Relation {
    /// The next try, or the next step.
    Follows {
        /// The earlier cause.
        cause: u64,
    },
    /// The same aim in other terms.
    ForkOf {
        /// The earlier cause.
        cause: u64,
    },
    /// Against it.
    CounterTo {
        /// The earlier cause.
        cause: u64,
    },
}

impl Relation {
    /// The earlier cause.
    pub const fn cause(self) -> u64 {
        match self {
            Self::Follows { cause } | Self::ForkOf { cause } | Self::CounterTo { cause } => cause,
        }
    }

    /// The word in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Follows { .. } => "follows",
            Self::ForkOf { .. } => "fork_of",
            Self::CounterTo { .. } => "counter_to",
        }
    }
}

/// A place on Earth.
#[cw_serde]
pub struct Place {
    /// 1–120 bytes, as people say it.
    pub label: String,
    /// ISO 3166-1 alpha-2 code or ISO 3166-2 subdivision, e.g. `NL` or `NL-NH`.
    pub country: String,
    /// In millionths of a degree, −90,000,000 to 90,000,000. Given together with `longitude`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latitude: Option<i32>,
    /// In millionths of a degree, −180,000,000 to 180,000,000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longitude: Option<i32>,
}

/// Until when the creator may cancel a cause. Whatever it says: never once one of its actions is
/// confirming or active.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum CancelRule {
    /// Until the first pledge to any of its actions (withdrawn ones count).
    UntilFirstPledge,
    /// Until the first lock of any of its actions, or its close where there is no lock.
    UntilLock,
    /// Not at all.
    Never,
}
