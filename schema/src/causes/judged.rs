//! Who judges: a person's check-in that somebody challenges, or an action as a whole.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Coin;

use super::action::Requirement;

/// A verdict contract, and whom it must ask.
#[cw_serde]
pub struct Judge {
    /// The contract. Its records are read, none of its code runs: see `layout::verdict`.
    pub verdict: String,
    /// Whom it asks. An answer by others doesn't count.
    pub electorate: Electorate,
}

/// Whom a verdict contract asks.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum Electorate {
    /// All bound pledgers of the action.
    Pledgers {},
    /// The members of a community since before the question was asked.
    Community {
        /// Its number.
        id: u64,
    },
    /// Persons drawn by lot who have no part in the matter.
    Jury {
        /// How many: at least 3.
        size: u32,
        /// Of which community.
        community: u64,
    },
}

/// Who says whether an action as a whole succeeded.
#[cw_serde]
pub struct OutcomeTerms {
    /// Who.
    pub by: OutcomeBy,
    /// Seconds after the report window in which the question must be asked, or attestors must have
    /// agreed. 30 days where it is left out. Not given with `of`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judge_window: Option<u64>,
    /// Coins behind an honest vote, one amount for all, with every pledge; in the stake's denom. Only
    /// of a vote of the pledgers, behind a gate that makes persons costly: attested persons, a list,
    /// or organisations. Not beside a bonus, nor where coins are counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deposit: Option<Coin>,
}

/// Who says whether an action as a whole succeeded.
#[cw_serde]
pub enum OutcomeBy {
    /// A verdict. One that isn't final 90 days after `judge_window` is Unresolved.
    Vote(Judge),
    /// Named attestors.
    Attested {
        /// 1–15 addresses, none of them the creator or the address in `forfeits_to`; they can't
        /// pledge here.
        attestors: Vec<String>,
        /// How many must agree: more than half of them.
        quorum: u8,
    },
    /// The answer about another action: one of those that this one requires, with an outcome that
    /// is voted on or attested.
    Of(Requirement),
}

/// What a verdict or attestors say about an action as a whole.
#[cw_serde]
#[derive(Copy, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// It succeeded.
    Yes,
    /// It didn't.
    No,
    /// Nobody can say, or nobody said in time.
    Unresolved,
}

impl Answer {
    /// The word in events and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unresolved => "unresolved",
        }
    }

    /// The answer with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Yes, Self::No, Self::Unresolved]
            .into_iter()
            .find(|a| a.as_str() == word)
    }
}

/// What became of a challenge.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum ChallengeStatus {
    /// The verdict is awaited.
    Pending,
    /// The check-in stands.
    Stands,
    /// The check-in fell.
    Fell,
}

impl ChallengeStatus {
    /// The word in events and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Stands => "stands",
            Self::Fell => "fell",
        }
    }

    /// The status with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Pending, Self::Stands, Self::Fell]
            .into_iter()
            .find(|s| s.as_str() == word)
    }
}
