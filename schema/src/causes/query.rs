//! What the contract can be asked, and its answers. Everything that time decides is answered as
//! of the block in which the question is asked.

use cosmwasm_schema::{QueryResponses, cw_serde};
use cosmwasm_std::{Coin, Uint128};

use super::action::{ForfeitsTo, Fulfilment, NewAction, Schedule, StakeTerms};
use super::cause::CancelRule;
use super::coins::ReleaseTerms;
use super::execute::Outcome;
use super::gate::Gate;
#[allow(unused_imports)] // only the schema generator names it
use super::instantiate::Config;
use super::judged::{Answer, ChallengeStatus, OutcomeTerms};

/// The contract's queries. Pages hold 30 entries by default and 100 at most.
#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// The configuration.
    #[returns(Config)]
    Config {},
    /// One cause.
    #[returns(CauseResponse)]
    Cause {
        /// The cause.
        cause: u64,
    },
    /// Causes by number.
    #[returns(CausesResponse)]
    Causes {
        /// The last number of the page before.
        #[serde(default)]
        start_after: Option<u64>,
        /// Entries on the page.
        #[serde(default)]
        limit: Option<u32>,
    },
    /// One action, with its committed set and phase as of now.
    #[returns(ActionResponse)]
    Action {
        /// The action.
        action: u64,
    },
    /// Everybody's thresholds: how many pledges stand at each.
    #[returns(CurveResponse)]
    Curve {
        /// The action.
        action: u64,
    },
    /// One person's pledge.
    #[returns(PledgeResponse)]
    Pledge {
        /// The action.
        action: u64,
        /// Whose.
        person: String,
    },
    /// The pledges of an action, in the order of their canonical addresses.
    #[returns(PledgesResponse)]
    Pledges {
        /// The action.
        action: u64,
        /// The last person of the page before.
        #[serde(default)]
        start_after: Option<String>,
        /// Entries on the page.
        #[serde(default)]
        limit: Option<u32>,
    },
    /// What a person may claim in an action now.
    #[returns(ClaimableResponse)]
    Claimable {
        /// The action.
        action: u64,
        /// Whose.
        person: String,
    },
    /// Which sequence a person's next signature may have.
    #[returns(SequenceResponse)]
    Sequence {
        /// Whose.
        person: String,
    },
    /// A person's standing.
    #[returns(StandingResponse)]
    Standing {
        /// Whose.
        person: String,
    },
    /// A cause's campaign fund.
    #[returns(FundResponse)]
    Fund {
        /// The cause.
        cause: u64,
    },
    /// What pledgers of a cause say about their influence, in the order of canonical addresses.
    #[returns(RegistryResponse)]
    Registry {
        /// The cause.
        cause: u64,
        /// The `last` of the page before.
        #[serde(default)]
        start_after: Option<String>,
        /// Entries looked at.
        #[serde(default)]
        limit: Option<u32>,
    },
    /// The choice between a cause's alternatives, with the sums of all ballots.
    #[returns(DeliberationResponse)]
    Deliberation {
        /// The cause.
        cause: u64,
    },
    /// The proposals of a cause by number, at most 30 on a page.
    #[returns(ProposalsResponse)]
    Proposals {
        /// The cause.
        cause: u64,
        /// The last number of the page before.
        #[serde(default)]
        start_after: Option<u32>,
        /// Entries on the page.
        #[serde(default)]
        limit: Option<u32>,
    },
    /// A member's scores.
    #[returns(BallotResponse)]
    Ballot {
        /// The cause.
        cause: u64,
        /// Whose.
        person: String,
    },
    /// What is owed by actions and, beside each first action of a cause, by its campaign fund: page
    /// over the actions. `fees` come with the first page (`start_after` left out).
    #[returns(SolvencyResponse)]
    Solvency {
        /// The last action of the page before.
        #[serde(default)]
        start_after: Option<u64>,
        /// Actions on the page.
        #[serde(default)]
        limit: Option<u32>,
    },
}

/// One cause.
#[cw_serde]
pub struct CauseResponse {
    /// Its number.
    pub id: u64,
    /// Who started it.
    pub creator: String,
    /// See `CreateCause`.
    pub title: String,
    /// SHA-256 of the text, hex.
    pub text_hash: String,
    /// SHA-256 of the `definition` in the `cause_created` event, hex: the whole of it.
    pub definition_hash: String,
    /// Unix seconds.
    pub created_at: u64,
    /// See `CreateCause`.
    pub cancel: CancelRule,
    /// Whether it was cancelled.
    pub cancelled: bool,
    /// Frozen at creation, in hundredths of a percent.
    pub fee_bps: u16,
    /// The numbers of its actions.
    pub actions: Vec<u64>,
    /// Its campaign fund.
    pub fund: Vec<Coin>,
}

/// A campaign fund.
#[cw_serde]
pub struct FundResponse {
    /// Whose.
    pub cause: u64,
    /// What lies in it.
    pub coins: Vec<Coin>,
    /// Who gets what is left at its end; without it the cause takes no gifts and has no end.
    pub to: Option<String>,
    /// Unix seconds of its end, as far as it is known: it comes sooner once all actions have ended.
    pub until: Option<u64>,
    /// Whether it is over: only `sweep_fund` moves anything then.
    pub ended: bool,
}

/// A page of a cause's registry. Words that were taken back are left out, so it may be shorter
/// than asked.
#[cw_serde]
pub struct RegistryResponse {
    /// In the order of canonical addresses.
    pub entries: Vec<RegistryEntry>,
    /// The last person that was looked at; `None` when there are no more.
    pub last: Option<String>,
}

/// One person's words.
#[cw_serde]
pub struct RegistryEntry {
    /// Whose.
    pub person: String,
    /// About their influence over the problem.
    pub words: String,
    /// Votes for these words.
    pub up: u32,
    /// Votes against them.
    pub down: u32,
}

/// A page of causes.
#[cw_serde]
pub struct CausesResponse {
    /// In the order of their numbers.
    pub causes: Vec<CauseResponse>,
}

/// One action.
#[cw_serde]
pub struct ActionResponse {
    /// Its number.
    pub id: u64,
    /// Its cause.
    pub cause: u64,
    /// See `NewAction`.
    pub label: String,
    /// See `NewAction`.
    pub goal: u32,
    /// See `NewAction`.
    pub max: Option<u32>,
    /// See `NewAction`.
    pub gate: Option<Gate>,
    /// See `NewAction`.
    pub schedule: Schedule,
    /// See `NewAction`.
    pub lock: u64,
    /// Whether it is pledged only together with the other actions of its cause.
    pub bundled: bool,
    /// See `NewAction`.
    pub confirm_window: Option<u64>,
    /// See `NewAction`.
    pub act_window: u64,
    /// See `NewAction`.
    pub report_window: u64,
    /// See `NewAction`.
    pub stake: Option<StakeTerms>,
    /// See `NewAction`.
    pub fulfilment: Fulfilment,
    /// See `NewAction`.
    pub forfeits_to: Option<ForfeitsTo>,
    /// Pledges that stand; units of `min` where it counts coins.
    pub pledged: u32,
    /// K*: of the standing pledges now, or fixed by the activation. Units of `min` where it counts
    /// coins.
    pub committed: u32,
    /// While it is confirming.
    pub confirming: Option<ConfirmingResponse>,
    /// Where it counts coins.
    pub coins: Option<ActionCoins>,
    /// As of now, one of the eleven words.
    pub phase: String,
    /// Whether a committed set is bound.
    pub active: bool,
    /// Unix seconds, once it has activated.
    pub activated_at: Option<u64>,
    /// The actions that must be active with it.
    pub requires: Vec<u64>,
    /// Whose answer it waits for before it takes pledges.
    pub waits_for: Option<String>,
    /// Since when K* > 0 without a break (`at_trigger`, `rolling`). Unix seconds.
    pub ready_since: Option<u64>,
    /// People who say they had done it before.
    pub already_did: u32,
    /// Bound people who checked in.
    pub checked_in: u32,
    /// Bound people who are known to have done it.
    pub kept: u32,
    /// Bound people who are known not to have done it (before settling, under `attested` only).
    pub broken: u32,
    /// The totals, once `settle` has fixed them.
    pub totals: Option<Totals>,
    /// What the action still holds, all of it owed.
    pub held: Option<Coin>,
    /// Who says whether it succeeded as a whole, and what they said.
    pub outcome: Option<OutcomeResponse>,
    /// Until when check-ins can be challenged, once it is active. Unix seconds.
    pub challenge_until: Option<u64>,
    /// Where a vote is backed by deposits.
    pub deposits: Option<DepositsResponse>,
}

/// Where the deposits of an action are.
#[cw_serde]
pub struct DepositsResponse {
    /// One person's.
    pub each: Coin,
    /// Those that no answer decided on: of all standing pledges, or of pledges that aren't bound.
    pub undecided: u32,
    /// Of the bound, those that come back whole since nothing was decided, and weren't yet.
    pub own: u32,
    /// In which round the classes voted; 0 before the answer.
    pub round: u8,
    /// What the answer made of those of the bound.
    pub classes: Vec<ClassResponse>,
}

/// Those who stand alike in a vote.
#[cw_serde]
pub struct ClassResponse {
    /// `yes`, `no`, `too_early`, `unanswerable`, `unopened`, `absent`, `denounced`; and of those
    /// without a deposit `denouncer` and `appellant`.
    pub kind: String,
    /// How many of them weren't paid yet.
    pub count: u32,
    /// What each gains.
    pub gain: Uint128,
    /// What each loses.
    pub loss: Uint128,
}

/// What is known of an action as a whole.
#[cw_serde]
pub struct OutcomeResponse {
    /// Who says so; `of` names an action by its number.
    pub terms: OutcomeTerms,
    /// The answer, once it is final.
    pub answer: Option<Answer>,
    /// Whether the question was asked at the verdict contract.
    pub asked: bool,
    /// Until when it can be asked or attested, once the action is active. Unix seconds.
    pub judge_by: Option<u64>,
    /// From when a missing answer is Unresolved, once the action is active. Unix seconds.
    pub answer_by: Option<u64>,
}

/// A confirm window that is open.
#[cw_serde]
#[derive(Copy)]
pub struct ConfirmingResponse {
    /// Unix seconds: it began.
    pub from: u64,
    /// Unix seconds: it ends, and those who didn't confirm are free.
    pub until: u64,
    /// Pledges that are confirmed.
    pub confirmed: u32,
    /// How many of the others may stay silent, whoever they are, so that somebody is bound here.
    pub survives: Option<u32>,
}

/// What an action that counts coins is about, and what became of them.
#[cw_serde]
pub struct ActionCoins {
    /// One unit: goal, thresholds, `pledged` and `committed` count in it.
    pub min: Coin,
    /// Who gets what is bound.
    pub beneficiary: String,
    /// The part of it that goes to `document_recipient`, in hundredths of a percent.
    pub document_bps: u16,
    /// Who gets that.
    pub document_recipient: Option<String>,
    /// How many people stand behind `pledged`.
    pub people: u32,
    /// Units that were released, but for those in tranches.
    pub released: u32,
    /// When they are released.
    pub release: ReleaseTerms,
    /// How many tranches were released.
    pub tranches_released: u8,
    /// What goes back to those who were bound, once somebody claimed it.
    pub returned: Option<CoinsReturned>,
}

/// What goes back to those who were bound, because an answer wasn't Yes.
#[cw_serde]
#[derive(Copy)]
pub struct CoinsReturned {
    /// The tranche with that answer, from 0: it and all later ones go back. 0 with `on_success`.
    pub from: u8,
    /// For each unit of `min`.
    pub each_unit: Uint128,
}

/// What `settle` fixed. Amounts are in the stake's denom.
#[cw_serde]
pub struct Totals {
    /// Bound people with a stake who kept it (C).
    pub cooperators: u32,
    /// Bound people with a stake who broke it (B).
    pub broken: u32,
    /// Bound people with a stake who are excused.
    pub excused: u32,
    /// What each broken pledge loses (f).
    pub forfeit_each: Uint128,
    /// What the first to send a broken pledge's claim earns, out of `forfeit_each`.
    pub keeper_each: Uint128,
    /// What each sharer gains.
    pub share_each: Uint128,
    /// What the named address gets.
    pub to_address: Uint128,
    /// The fee.
    pub fee: Uint128,
    /// What rounding left, now in the campaign fund.
    pub remainder: Uint128,
}

/// Everybody's thresholds.
#[cw_serde]
pub struct CurveResponse {
    /// Rising; the first is the goal if anybody stands there.
    pub buckets: Vec<BucketResponse>,
    /// How many more pledges that need nobody beyond the goal would enlarge the committed set; units
    /// of `min` where the action counts coins.
    pub tips_with: Option<u32>,
}

/// The choice between alternatives.
#[cw_serde]
pub struct DeliberationResponse {
    /// The alternatives in their order, which is that of a ballot.
    pub alternatives: Vec<AlternativeResponse>,
    /// Members propose until then; `None` where they don't. Unix seconds.
    pub propose_until: Option<u64>,
    /// How many proposals may still become alternatives.
    pub places_left: u8,
    /// Members score until then. Unix seconds.
    pub score_until: u64,
    /// Ballots that stand.
    pub ballots: u32,
    /// The action that was chosen; `None` before the choice, and in a cancelled cause.
    pub chosen: Option<u64>,
    /// The one that it had in the runoff against it.
    pub runner_up: Option<u64>,
}

/// An alternative.
#[cw_serde]
pub struct AlternativeResponse {
    /// Its action.
    pub action: u64,
    /// The sum of its scores.
    pub score: u64,
    /// Ballots that give it the highest score.
    pub fives: u32,
    /// For each alternative in their order: ballots that prefer this one to it, less those that
    /// prefer it.
    pub margins: Vec<i32>,
}

/// A page of proposals.
#[cw_serde]
pub struct ProposalsResponse {
    /// In the order of their numbers.
    pub proposals: Vec<ProposalResponse>,
}

/// One proposal.
#[cw_serde]
pub struct ProposalResponse {
    /// Its number in the cause.
    pub proposal: u32,
    /// Who proposed it.
    pub proposer: String,
    /// What one would do.
    pub definition: NewAction,
    /// How many second it.
    pub seconders: u8,
    /// The action that it has become.
    pub action: Option<u64>,
}

/// A member's ballot.
#[cw_serde]
pub struct BallotResponse {
    /// 0–5 for each alternative, in their order; `None` without a ballot that stands.
    pub scores: Option<Vec<u8>>,
}

/// One threshold.
#[cw_serde]
pub struct BucketResponse {
    /// t = max(needs_others + 1, goal), or total_at_least.
    pub threshold: u32,
    /// Pledges with it, or units of `min`.
    pub pledges: u32,
}

/// Where one pledge is in its life.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum PledgeStatus {
    /// Not bound, and free to leave outside a lock.
    Standing,
    /// Bound: its condition holds.
    Bound,
    /// The action failed, was cancelled or activated without it: its coins are its own.
    Released,
    /// Everything was paid.
    Claimed,
}

/// One pledge.
#[cw_serde]
pub struct PledgeResponse {
    /// The action.
    pub action: u64,
    /// Whose.
    pub person: String,
    /// The personal threshold.
    pub needs_others: u32,
    /// Where the action counts coins, what was pledged and on which condition.
    pub coins: Option<PledgeCoins>,
    /// Whether a stake was given with it.
    pub staked: bool,
    /// Whether it is confirmed, in the window that is open or by which it was bound.
    pub confirmed: bool,
    /// Whether the person checked in.
    pub checked_in: bool,
    /// The final outcome, if there is one yet.
    pub outcome: Option<Outcome>,
    /// Who brought the person here, as they said.
    pub referrer: Option<String>,
    /// The challenge of the check-in, if there is one.
    pub challenge: Option<ChallengeResponse>,
    /// As of now.
    pub status: PledgeStatus,
}

/// A pledge of coins.
#[cw_serde]
pub struct PledgeCoins {
    /// What was pledged.
    pub amount: Coin,
    /// The same in units of `min`.
    pub units: u32,
    /// The least sum of all, in units, on which it is given.
    pub total_at_least: u32,
}

/// A challenged check-in.
#[cw_serde]
pub struct ChallengeResponse {
    /// What became of it.
    pub status: ChallengeStatus,
    /// Who asked the verdict contract, with a bond.
    pub challenger: String,
}

/// A page of pledges.
#[cw_serde]
pub struct PledgesResponse {
    /// In the order of canonical addresses.
    pub pledges: Vec<PledgeResponse>,
}

/// What a person may claim in an action now.
#[cw_serde]
pub struct ClaimableResponse {
    /// What `claim` would send to the person now; `None` where it would be refused.
    pub coins: Option<Vec<Coin>>,
    /// Unix seconds from which it may be claimed, where time alone stands between.
    pub claimable_at: Option<u64>,
}

/// Which sequence counts next.
#[cw_serde]
#[derive(Copy)]
pub struct SequenceResponse {
    /// The least, by what was voided and withdrawn and by whatever else was sent for the person.
    /// A pledge that stands keeps its own: it bars lower ones on its action only.
    pub next: u64,
}

/// A person's standing, from attested actions with at least ten bound persons.
#[cw_serde]
#[derive(Copy)]
pub struct StandingResponse {
    /// Attested to have done it.
    pub kept: u32,
    /// Attested not to have done it.
    pub broken: u32,
    /// Nobody said, or no quorum agreed.
    pub unreported: u32,
    /// Pledges attested to be kept whose person named this one as referrer.
    pub referred_kept: u32,
}

/// What is owed.
#[cw_serde]
pub struct SolvencyResponse {
    /// By action, those that hold anything. The page ends at action `last`.
    pub actions: Vec<OwedByAction>,
    /// Campaign funds of the causes whose first action is on the page.
    pub causes: Vec<OwedByCause>,
    /// Fees that wait for the treasury, with the first page.
    pub fees: Vec<Coin>,
    /// The last action that was looked at; `None` when there are no more.
    pub last: Option<u64>,
}

/// What one action owes.
#[cw_serde]
pub struct OwedByAction {
    /// The action.
    pub action: u64,
    /// The sum over everybody.
    pub owed: Coin,
}

/// What one campaign fund holds.
#[cw_serde]
pub struct OwedByCause {
    /// The cause.
    pub cause: u64,
    /// The coins of one denom.
    pub owed: Coin,
}
