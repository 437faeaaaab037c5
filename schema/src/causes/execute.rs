//! What the contract can be asked to do.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{HexBinary, Uint128};

use super::action::NewAction;
use super::cause::CreateCause;
use super::gate::Credential;
use super::judged::Answer;
use super::relay::Signed;

/// The contract's messages. Coins may be attached to `pledge` (exactly stake and deposit), `pledge_coins`
/// (what is pledged), `support` and `sponsor_bonus` only.
#[cw_serde]
pub enum ExecuteMsg {
    /// Starts a cause. Open to everybody.
    CreateCause(Box<CreateCause>),
    /// Promises to do an action if at least `needs_others` other people are in.
    /// Attach exactly the stake (where it is optional, or not) and the deposit.
    Pledge {
        /// The action.
        action: u64,
        /// On the grid: 0–100 by 1, then two significant digits, at most 990,000.
        #[serde(default)]
        needs_others: u32,
        /// What the action's gate asks to be attested: one for each claim, in the gate's order.
        /// None where it asks nothing.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        credentials: Vec<Credential>,
        /// Who brought the person here: somebody else with a pledge on this cause.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        referrer: Option<String>,
    },
    /// Gives coins for a purpose if enough come together: those that are attached, a multiple of
    /// `min`. On an action that counts coins.
    PledgeCoins {
        /// The action.
        action: u64,
        /// Only if so many units of `min` come together in all, these included: the goal, where it
        /// is 0 or left out, or above it on the grid of `needs_others`.
        #[serde(default)]
        total_at_least: u32,
        /// As in `pledge`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        credentials: Vec<Credential>,
    },
    /// Pays what is bound in an action that counts coins, and wasn't paid yet, to its beneficiary;
    /// of that the fee, and what its document says. Open to everybody.
    Release {
        /// The action.
        action: u64,
    },
    /// Takes a pledge back that isn't bound; its coins return in the same transaction.
    Withdraw {
        /// The action.
        action: u64,
    },
    /// Promises all actions of a cause that is pledged as a bundle. Attach exactly the sum of their
    /// stakes.
    PledgeBundle {
        /// The cause.
        cause: u64,
        /// For each of its actions, in their order: see `pledge`.
        needs_others: Vec<u32>,
    },
    /// Takes all pledges of a bundle back, while none of them is bound; the stakes return in the same
    /// transaction.
    WithdrawBundle {
        /// The cause.
        cause: u64,
    },
    /// Binds an action together with all that it requires and that isn't active yet, or begins their
    /// confirm window: all or none, and none before its own schedule allows it. Open to everybody.
    Activate {
        /// The action.
        action: u64,
    },
    /// "I am still in", by a pledger, while the action is confirming. Final. Whoever stays silent
    /// isn't bound.
    Confirm {
        /// The action.
        action: u64,
    },
    /// "I did it", by a bound person, from activation until the report window ends.
    CheckIn {
        /// The action.
        action: u64,
        /// Where a picture or document is, if any.
        #[serde(default)]
        evidence: Option<Evidence>,
    },
    /// "I have already done it": counted beside the pledges, no obligation.
    AlreadyDid {
        /// The action.
        action: u64,
    },
    /// Does what others signed and handed over, so that they need neither coins nor an account: see
    /// [`super::relay`]. What is refused of it is said in an event, and the rest lands. Open to
    /// everybody.
    Relay {
        /// 1–100, in the order in which they are done.
        items: Vec<Signed>,
    },
    /// Whatever the sender signed up to `sequence` and nobody sent yet is worth nothing from now on.
    Void {
        /// At most 2^48 − 1.
        sequence: u64,
    },
    /// An attestor's statements about bound persons. A person's outcome is final when the quorum
    /// agrees; until then an attestor may restate.
    Attest {
        /// The action.
        action: u64,
        /// 1–50, each person once.
        statements: Vec<Statement>,
    },
    /// An attestor's word about an action as a whole, from activation until `judge_window` ends. It
    /// is final when the quorum agrees; until then an attestor may restate.
    AttestOutcome {
        /// The action.
        action: u64,
        /// What.
        answer: Answer,
    },
    /// An attestor's word about what a bound person (an institution) saved by an action, and paid of
    /// that to whom its `saving` names; from activation on. The last word of an attestor about a
    /// person in a currency counts. Nothing is paid here.
    StateSaving {
        /// The action.
        action: u64,
        /// Who saved.
        person: String,
        /// In which currency: 1–16 of A–Z and 0–9, like EUR.
        currency: String,
        /// In hundredths of the currency, whatever its own smallest unit is: 12000000 is 120,000 USD.
        saved: Uint128,
        /// What was paid of what is due, in the same.
        paid: Uint128,
        /// Where a receipt is, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<Evidence>,
    },
    /// Shows that a verdict contract was asked, with a bond, whether one checked-in person did it.
    /// Once for each check-in, until the challenge window ends. Open to everybody.
    Challenge {
        /// The action.
        action: u64,
        /// Who checked in.
        person: String,
    },
    /// Fixes an action's totals once its last window has ended, and stores the answer about it once
    /// there is one. Open to everybody.
    Settle {
        /// The action.
        action: u64,
    },
    /// Pays one pledge everything that is due to it. Open to everybody; only the owner is paid.
    Claim {
        /// The action.
        action: u64,
        /// Whose pledge; the sender's where it is left out.
        #[serde(default)]
        person: Option<String>,
    },
    /// Pays what an action's forfeits brought to the address named in `forfeits_to`. Open to
    /// everybody.
    ClaimForfeits {
        /// The action.
        action: u64,
    },
    /// Cancels a cause, as far as its cancel rule allows. By its creator.
    CancelCause {
        /// The cause.
        cause: u64,
    },
    /// Puts coins of the stakes' denom, or of what is pledged, into an action's refund bonus. By the
    /// sponsor that it names, while it takes pledges; attach them.
    SponsorBonus {
        /// The action.
        action: u64,
    },
    /// Pays the sponsor what the refund bonus didn't need, once the action has activated or ended.
    /// Open to everybody.
    ClaimBonus {
        /// The action.
        action: u64,
    },
    /// Pays somebody who showed a sealed ballot, or was right to appeal, what the vote on an action
    /// gives them out of the deposits that others lost. Open to everybody; only the owner is paid.
    ClaimReward {
        /// The action.
        action: u64,
        /// Whose; the sender's where it is left out.
        #[serde(default)]
        person: Option<String>,
    },
    /// Words about one's own influence over the problem, in the cause's registry. By whoever has a
    /// pledge on it. New words replace the old ones and begin without votes.
    Say {
        /// The cause.
        cause: u64,
        /// Up to 140 bytes; none take the old ones back.
        words: String,
    },
    /// Votes a person's words up or down, or takes the vote back. By others who have a pledge on
    /// the cause; one vote each, which may be changed.
    Rate {
        /// The cause.
        cause: u64,
        /// Whose words.
        person: String,
        /// What one thinks of them.
        vote: Vote,
    },
    /// A gift to a cause's campaign fund: attach coins of one denom. Not refunded. Open to everybody
    /// until the fund's end, where the cause named an address for what is left then.
    Support {
        /// The cause.
        cause: u64,
    },
    /// Pays what lies in a campaign fund that is over to the address named at its creation. Open to
    /// everybody.
    SweepFund {
        /// The cause.
        cause: u64,
        /// Of which coin.
        denom: String,
    },
    /// Proposes another alternative, while the cause takes proposals. By a member: whoever has a
    /// pledge that stands on one of the alternatives.
    Propose {
        /// The cause.
        cause: u64,
        /// What one would do; like an alternative of the definition.
        action: Box<NewAction>,
    },
    /// Seconds a proposal, which is an alternative as soon as five members did. By a member.
    Second {
        /// The cause.
        cause: u64,
        /// The proposal's number.
        proposal: u32,
    },
    /// Scores the alternatives, or scores them anew. By a member; the ballot stands as long as a
    /// pledge of theirs does on one of them.
    Score {
        /// The cause.
        cause: u64,
        /// 0–5 for each alternative, in their order.
        scores: Vec<u8>,
    },
    /// Spends from a cause's campaign fund, in the open. By its creator, until its end.
    SpendFund {
        /// The cause.
        cause: u64,
        /// Who gets it.
        to: String,
        /// Of which coin.
        denom: String,
        /// How much.
        amount: Uint128,
        /// What for: 1–280 bytes.
        memo: String,
    },
    /// Pays the fees of one denom to the treasury. Open to everybody.
    ClaimFees {
        /// Of which coin.
        denom: String,
    },
    /// Changes the fee of new causes or the treasury. By the owner.
    UpdateConfig {
        /// See `InstantiateMsg`.
        #[serde(default)]
        fee_bps: Option<u16>,
        /// See `InstantiateMsg`.
        #[serde(default)]
        treasury: Option<String>,
    },
    /// Proposes a new owner, or takes the proposal back. By the owner.
    ProposeOwner {
        /// The proposed one; `None` takes a standing proposal back.
        owner: Option<String>,
    },
    /// Takes the ownership over. By the proposed owner.
    AcceptOwner {},
    /// Gives the ownership up for good. By the owner.
    RenounceOwner {},
}

/// Evidence that is kept elsewhere: the page shows its address and never fetches it.
#[cw_serde]
pub struct Evidence {
    /// 1–256 bytes.
    pub uri: String,
    /// SHA-256 of what is there.
    pub sha256: HexBinary,
}

/// One attestor's word about one person.
#[cw_serde]
pub struct Statement {
    /// The person.
    pub person: String,
    /// What happened.
    pub outcome: Outcome,
}

/// A vote on somebody's words.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum Vote {
    /// They help.
    Up,
    /// They don't.
    Down,
    /// No vote.
    None,
}

impl Vote {
    /// The word in events and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::None => "none",
        }
    }

    /// The vote with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Up, Self::Down, Self::None]
            .into_iter()
            .find(|v| v.as_str() == word)
    }
}

/// What became of one person's bound pledge.
#[cw_serde]
#[derive(Copy, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// They did it.
    Did,
    /// They didn't.
    Didnt,
    /// They couldn't, and it isn't held against them.
    Excused,
}

impl Outcome {
    /// The word in events and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Did => "did",
            Self::Didnt => "didnt",
            Self::Excused => "excused",
        }
    }

    /// The outcome with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Did, Self::Didnt, Self::Excused]
            .into_iter()
            .find(|o| o.as_str() == word)
    }
}
