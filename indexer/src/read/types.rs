//! What the reader answers with. Everything that time decides holds as of [`View::time`].
//! Times are Unix seconds, windows are seconds, amounts are in the smallest unit of their denom.

mod pages;
mod saving;
mod status;

pub use pages::{CausePage, PledgePage, Stamp};
pub use saving::{Saving, SavingStatement, SavingSum};
pub use status::{Change, Progress, Solvency, Status};

use cosmwasm_std::Coin;
pub use muster_mechanism::schedule::Phase;
pub use muster_schema::causes::{
    Answer, CancelRule, ChallengeStatus, Document, Electorate, ForfeitsTo, Fulfilment, Gate, Judge,
    Outcome, OutcomeBy, Place, Schedule, StakeTerms, event::Settled,
};

/// As of which block an answer is true.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The chain.
    pub chain_id: String,
    /// The indexed block.
    pub height: u64,
    /// Its time.
    pub time: u64,
}

/// A cause with its actions.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// Its number.
    pub id: u64,
    /// Who started it.
    pub creator: String,
    /// Its name.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// BCP 47.
    pub language: String,
    /// The frozen text.
    pub text: String,
    /// SHA-256 of the text, hex.
    pub text_hash: String,
    /// SHA-256 of the whole definition, hex.
    pub definition_hash: String,
    /// Where it is about.
    pub place: Option<Place>,
    /// What it is about.
    pub tags: Vec<String>,
    /// Who is outside the circle, and what it does to them.
    pub harm_note: String,
    /// Until when its creator may cancel.
    pub cancel: CancelRule,
    /// Whether that happened.
    pub cancelled: bool,
    /// The block that created it.
    pub created_height: u64,
    /// That block's time.
    pub created_at: u64,
    /// The fee, hundredths of a percent.
    pub fee_bps: u16,
    /// What it has to do with an earlier cause.
    pub relation: Option<Related>,
    /// Later causes that name this one; the newest first, at most a hundred.
    pub related: Vec<Related>,
    /// The campaign fund.
    pub fund: Vec<Coin>,
    /// Who gets what is left of it at its end; without it the cause takes no gifts.
    pub fund_to: Option<String>,
    /// Its end as far as it is known; sooner once all actions have ended.
    pub fund_until: Option<u64>,
    /// Gifts, spends and what went out after its end; the newest first, at most twenty.
    pub fund_moves: Vec<FundMove>,
    /// What pledgers say about their influence; the best rated first, at most twenty.
    pub registry: Vec<RegistryEntry>,
    /// The choice between alternatives, if there is one.
    pub deliberation: Option<Deliberation>,
    /// The last block that changed anything of it, time included.
    pub changed_height: u64,
    /// In the order of the definition; proposals that became alternatives behind them.
    pub actions: Vec<Action>,
}

/// What a pledger says about their influence over the problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryEntry {
    /// Whose words.
    pub person: String,
    /// What they say.
    pub words: String,
    /// Votes for them.
    pub up: u32,
    /// Votes against them.
    pub down: u32,
    /// The actions of this cause that the person pledged to and didn't withdraw from.
    pub actions: Vec<u64>,
    /// When they said it.
    pub time: u64,
}

/// The choice between alternatives as of the indexed block's time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deliberation {
    /// In the order of a ballot.
    pub alternatives: Vec<Alternative>,
    /// Members propose until then; `None` where they don't.
    pub propose_until: Option<u64>,
    /// How many proposals may still become alternatives.
    pub places_left: u8,
    /// Members score until then.
    pub score_until: u64,
    /// Ballots that stand.
    pub ballots: u32,
    /// The action that was chosen.
    pub chosen: Option<u64>,
    /// The one that it had in the runoff against it.
    pub runner_up: Option<u64>,
    /// The most seconded first, at most twenty.
    pub proposals: Vec<Proposal>,
}

/// One of several alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Its action.
    pub action: u64,
    /// The sum of its scores.
    pub score: u64,
    /// Ballots that give it five.
    pub fives: u32,
    /// For each alternative: ballots that prefer this one, less those that prefer it.
    pub margins: Vec<i32>,
}

/// A proposed alternative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Its number in the cause.
    pub proposal: u32,
    /// Whose it is.
    pub person: String,
    /// Shown on its counter.
    pub label: String,
    /// The whole action, as the event has it.
    pub definition: String,
    /// How many second it.
    pub seconders: u32,
    /// The action that it has become.
    pub action: Option<u64>,
    /// When.
    pub time: u64,
}

/// A person's scores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// The cause.
    pub cause: u64,
    /// 0–5 for each alternative, in their order.
    pub scores: Vec<u8>,
}

/// A proposal that a person seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seconded {
    /// The cause.
    pub cause: u64,
    /// The proposal's number in it.
    pub proposal: u32,
}

/// A line of a campaign fund's book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundMove {
    /// `gift`, `spend` or `sweep`.
    pub kind: String,
    /// Who gave, or got.
    pub person: String,
    /// How much.
    pub coin: Coin,
    /// What it was spent for.
    pub memo: String,
    /// When.
    pub time: u64,
}

/// A relation between two causes, told from one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// `follows`, `fork_of` or `counter_to`: what the later cause is to the earlier one.
    pub kind: String,
    /// The other cause.
    pub cause: u64,
}

/// A sponsor's refund bonus. Amounts are in the denom of the stakes, or of the coins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bonus {
    /// Who puts it in, and gets back what isn't paid.
    pub sponsor: String,
    /// At most so much to each.
    pub per_pledge: u128,
    /// Only pledges made before this second count.
    pub before: u64,
    /// What the sponsor put in.
    pub fund: u128,
    /// Pledges that may come to it, or could when it closed.
    pub eligible: u32,
    /// What each of the eligible gets if too few are in, by what is known; or got.
    pub each: u128,
    /// What waits to go back to the sponsor.
    pub rest: u128,
}

/// An action as of the indexed block's time.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// Its number.
    pub id: u64,
    /// Its cause.
    pub cause: u64,
    /// Shown on its counter.
    pub label: String,
    /// What exactly one does.
    pub description: String,
    /// The least number of people, or of units of `coins`.
    pub goal: u32,
    /// The most who may be in at once.
    pub max: Option<u32>,
    /// Who may pledge.
    pub gate: Option<Gate>,
    /// Where it counts coins.
    pub coins: Option<ActionCoins>,
    /// When it may activate.
    pub schedule: Schedule,
    /// Seconds before the close without withdrawals.
    pub lock: u64,
    /// Whether it is pledged only together with the other actions of its cause.
    pub bundled: bool,
    /// Seconds in which the committed confirm, if they must.
    pub confirm_window: Option<u64>,
    /// Seconds to act in.
    pub act_window: u64,
    /// Seconds to report in.
    pub report_window: u64,
    /// What each puts behind a pledge.
    pub stake: Option<StakeTerms>,
    /// Who says whether a person did it.
    pub fulfilment: Fulfilment,
    /// Where forfeits go.
    pub forfeits_to: Option<ForfeitsTo>,
    /// Pledges that stand, or stood when it ended; units where it counts coins.
    pub pledged: u32,
    /// K* as of now, active or not; 0 where it failed or was cancelled.
    pub committed: u32,
    /// While it is confirming.
    pub confirming: Option<Confirming>,
    /// As of now.
    pub phase: Phase,
    /// Whether a committed set is bound.
    pub active: bool,
    /// Since when.
    pub activated_at: Option<u64>,
    /// Since when K* > 0 without a break (`at_trigger`, `rolling`).
    pub ready_since: Option<u64>,
    /// One of several alternatives: when one of them is chosen. Unix seconds.
    pub chosen_at: Option<u64>,
    /// Whether that choice hasn't fallen yet.
    pub undecided: bool,
    /// When acting begins, once known.
    pub act_from: Option<u64>,
    /// When reporting begins.
    pub report_from: Option<u64>,
    /// When the totals can be fixed.
    pub settled_from: Option<u64>,
    /// How many more (people, or units of coins), who need nobody beyond the goal, enlarge the committed set.
    pub tips_with: Option<u32>,
    /// (threshold, pledges), rising; the first is the goal where anybody stands there.
    pub curve: Vec<(u32, u32)>,
    /// The actions that must be active with it.
    pub requires: Vec<u64>,
    /// Whose answer it waits for before it takes pledges.
    pub waits_for: Option<String>,
    /// A sponsor's refund bonus.
    pub bonus: Option<Bonus>,
    /// Whether it takes pledges now.
    pub takes_pledges: bool,
    /// Whether a message, and not time alone, makes it active.
    pub by_message: bool,
    /// Until when that message is awaited, of one that closes.
    pub grace_until: Option<u64>,
    /// Whether that message would be taken now.
    pub can_activate: bool,
    /// Whether `settle` has fixed the totals.
    pub totals_fixed: bool,
    /// What it fixed.
    pub totals: Option<Settled>,
    /// People who had done it before.
    pub already_did: u32,
    /// Bound people who checked in.
    pub checked_in: u32,
    /// Bound people known to have done it.
    pub kept: u32,
    /// Bound people known not to have.
    pub broken: u32,
    /// Coins that lie here for this action.
    pub held: Vec<Coin>,
    /// Coins that have left to pledgers, keepers and the named address.
    pub paid_out: Vec<Coin>,
    /// What is judged beyond each person's own report.
    pub judging: Option<Judging>,
    /// A percentage of what it saves institutions.
    pub saving: Option<Saving>,
    /// The next second at which time alone changes the phase.
    pub next_boundary: Option<u64>,
}

impl Action {
    /// Until when reports are taken, once it is known.
    #[must_use]
    pub fn reports_until(&self) -> Option<u64> {
        self.report_from
            .map(|from| from.saturating_add(self.report_window))
    }
}

/// A confirm window that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confirming {
    /// It began.
    pub from: u64,
    /// It ends.
    pub until: u64,
    /// Who has confirmed.
    pub confirmed: u32,
    /// How many of the others may stay silent, whoever they are, so that somebody is bound.
    pub survives: Option<u32>,
}

/// What an action that counts coins is about, and what became of them.
#[derive(Clone, Debug, PartialEq)]
pub struct ActionCoins {
    /// One unit.
    pub min: Coin,
    /// Who gets what is bound.
    pub beneficiary: String,
    /// What institutions agreed on.
    pub document: Option<Document>,
    /// How many people stand behind what is pledged.
    pub people: u32,
    /// Units that were released.
    pub released_units: u32,
    /// The goal, in coins.
    pub goal: Coin,
    /// What is pledged.
    pub pledged: Coin,
    /// K*.
    pub committed: Coin,
    /// What was released, fee and the document's part included.
    pub released: Coin,
    /// When they are released.
    pub release: Release,
    /// The parts of what is bound, where they are released in tranches.
    pub tranches: Vec<Tranche>,
    /// What goes back for each unit that was bound, once that is fixed.
    pub returned_each: Option<Coin>,
}

/// When bound coins are released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// Once the action is active.
    OnActivation,
    /// Once the answer about it is Yes.
    OnSuccess,
    /// Each once the answer about it is Yes.
    Tranches,
}

impl Release {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OnActivation => "on_activation",
            Self::OnSuccess => "on_success",
            Self::Tranches => "tranches",
        }
    }
}

/// A part of bound coins.
#[derive(Clone, Debug, PartialEq)]
pub struct Tranche {
    /// Of the whole, in hundredths of a percent.
    pub bps: u16,
    /// Of what is committed.
    pub amount: Coin,
    /// Where it is.
    pub state: TrancheState,
}

/// Where a tranche is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrancheState {
    /// It waits for its answer, or for what is before it.
    Waiting,
    /// It went to its purpose.
    Released,
    /// It goes back.
    Returned,
}

impl TrancheState {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Released => "released",
            Self::Returned => "returned",
        }
    }
}

impl ActionCoins {
    /// Whether everything that is bound went to its purpose.
    #[must_use]
    pub fn is_released(&self, committed: u32) -> bool {
        if self.tranches.is_empty() {
            return self.released_units >= committed;
        }
        let released = |t: &Tranche| t.state == TrancheState::Released;
        self.tranches.iter().all(released)
    }

    /// So many units in coins.
    #[must_use]
    pub fn amount(&self, units: u32) -> Coin {
        let amount = self.min.amount.saturating_mul(units.into());
        Coin {
            denom: self.min.denom.clone(),
            amount,
        }
    }
}

/// A pledge of coins.
#[derive(Clone, Debug, PartialEq)]
pub struct PledgeCoins {
    /// What was pledged.
    pub amount: Coin,
    /// The same in units.
    pub units: u32,
    /// The least sum of all, in units, on which it is given.
    pub total_at_least: u32,
}

/// What is judged of an action.
#[derive(Clone, Debug, PartialEq)]
pub struct Judging {
    /// When reporting ends and judging begins, once known.
    pub judge_from: Option<u64>,
    /// From when claims are paid at the latest.
    pub pays_from: Option<u64>,
    /// Who judges challenged check-ins.
    pub challenges: Option<Judge>,
    /// Until when they can be challenged.
    pub challenge_until: Option<u64>,
    /// Seconds after the report window in which they can.
    pub challenge_window: Option<u64>,
    /// Who says whether it succeeded as a whole.
    pub outcome: Option<OutcomeBy>,
    /// The action whose answer counts for it.
    pub of: Option<u64>,
    /// Until when the question can be asked, or attestors are heard.
    pub judge_by: Option<u64>,
    /// Seconds after the report window in which it can.
    pub judge_window: Option<u64>,
    /// From when a missing answer is Unresolved.
    pub answer_by: Option<u64>,
    /// Seconds after the report window until then.
    pub answer_window: Option<u64>,
    /// What attestors said.
    pub said: Vec<(String, Answer)>,
    /// What was answered for good.
    pub answer: Option<Answer>,
    /// Where deposits stand behind the vote.
    pub deposits: Option<Deposits>,
}

/// Deposits behind a vote.
#[derive(Clone, Debug, PartialEq)]
pub struct Deposits {
    /// One person's, with every pledge.
    pub each: Coin,
    /// Whether an answer has decided on those of the bound.
    pub settled: bool,
    /// Of those, the ones that go back whole and didn't yet.
    pub own: u32,
    /// What the answer made of the others.
    pub classes: Vec<VoteClass>,
    /// What of the losses the campaign fund got.
    pub remainder: u128,
    /// What of them still waits for whoever showed a sealed ballot, or was right to appeal.
    pub rewards: u128,
}

/// Those who stand alike in a vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoteClass {
    /// `yes`, `no`, `too_early`, `unanswerable`, `unopened`, `absent` or `denounced`.
    pub kind: String,
    /// How many of them weren't paid yet.
    pub count: u32,
    /// What each gains.
    pub gain: u128,
    /// What each loses.
    pub loss: u128,
}

/// Where a pledge is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PledgeState {
    /// Not bound; the action is open.
    Standing,
    /// Its condition holds; no final report yet.
    Bound,
    /// Bound, and done.
    Kept,
    /// Bound, and not done.
    Broken,
    /// Bound, and neither is held against the person.
    Excused,
    /// The action ended without it: its coins are its own.
    Released,
    /// Everything was paid.
    Claimed,
    /// Taken back.
    Withdrawn,
}

impl PledgeState {
    /// The word in answers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standing => "standing",
            Self::Bound => "bound",
            Self::Kept => "kept",
            Self::Broken => "broken",
            Self::Excused => "excused",
            Self::Released => "released",
            Self::Claimed => "claimed",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A person's pledge on an action.
#[derive(Clone, Debug, PartialEq)]
pub struct Pledge {
    /// The action.
    pub action: u64,
    /// Its cause.
    pub cause: u64,
    /// Whose.
    pub address: String,
    /// The personal threshold.
    pub needs_others: u32,
    /// Where the action counts coins.
    pub coins: Option<PledgeCoins>,
    /// Whether a stake was given.
    pub staked: bool,
    /// That stake.
    pub stake: Option<Coin>,
    /// Confirmed, in the window that is open or by which it was bound.
    pub confirmed: bool,
    /// "I did it".
    pub checked_in: bool,
    /// Final, by the attestors' quorum.
    pub outcome: Option<Outcome>,
    /// Who brought the person here, as they said.
    pub referrer: Option<String>,
    /// Of the check-in.
    pub challenge: Option<ChallengeStatus>,
    /// Who brought it before a jury.
    pub challenger: Option<String>,
    /// As of now.
    pub status: PledgeState,
    /// What a claim sends to the person now; `None` where it would be refused.
    pub claimable: Option<Vec<Coin>>,
    /// From when, where time alone stands between.
    pub claimable_at: Option<u64>,
    /// What was paid.
    pub paid: Vec<Coin>,
    /// Address and SHA-256 of the evidence. Shown, never fetched.
    pub evidence: Option<(String, String)>,
    /// The block of the pledge.
    pub height: u64,
    /// That block's time.
    pub time: u64,
    /// Until when the attestations that let it in hold.
    pub attested_until: Option<u64>,
    /// Who sent it, where the person only signed it.
    pub sponsor: Option<String>,
}

/// From attested actions with at least ten bound people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Attested to have done it.
    pub kept: u32,
    /// Attested not to have.
    pub broken: u32,
    /// Claimed without an outcome.
    pub unreported: u32,
    /// Bound in such an action that isn't claimed and has no outcome.
    pub pending: u32,
    /// Pledges attested to be kept whose person named this one as referrer.
    pub referred_kept: u32,
}

/// A person.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// The address.
    pub address: String,
    /// All of them, withdrawn ones too.
    pub pledges: Vec<Pledge>,
    /// The sum of what may be claimed now.
    pub claimable: Vec<Coin>,
    /// The standing.
    pub standing: Standing,
    /// Actions whose attestor this is.
    pub attests: Vec<u64>,
    /// Causes that this person started.
    pub created: Vec<u64>,
    /// Their ballots that stand, by cause.
    pub ballots: Vec<Ballot>,
    /// Proposals that they second, by cause.
    pub seconded: Vec<Seconded>,
}
