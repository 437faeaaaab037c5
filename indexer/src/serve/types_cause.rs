//! Causes and actions in JSON.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::judging::Judging;
use super::saving::Saving;
use super::types::Coin;

/// A stated aim with its actions.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Cause {
    /// Its number.
    pub id: u64,
    /// Who started it.
    pub creator: String,
    /// Its name.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// BCP 47 tag.
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
    /// `until_first_pledge`, `until_lock` or `never`.
    pub cancel: String,
    /// Whether that happened.
    pub cancelled: bool,
    /// The block that created it.
    pub created_height: u64,
    /// Its time, Unix seconds.
    pub created_at: u64,
    /// The fee on forfeits, hundredths of a percent.
    pub fee_bps: u16,
    /// What it has to do with an earlier cause.
    pub relation: Option<Related>,
    /// Later causes that name this one; the newest first, at most a hundred.
    pub related: Vec<Related>,
    /// The campaign fund.
    pub fund: Vec<Coin>,
    /// Who gets what is left of it at its end; without it the cause takes no gifts.
    pub fund_to: Option<String>,
    /// Its end as far as it is known, Unix seconds; sooner once all actions have ended.
    pub fund_until: Option<u64>,
    /// Gifts, spends and what went out after its end; the newest first, at most twenty.
    pub fund_moves: Vec<FundMove>,
    /// What pledgers say about their influence; the best rated first, at most twenty.
    pub registry: Vec<RegistryEntry>,
    /// The choice between alternatives, if there is one.
    pub deliberation: Option<super::types_deliberation::Deliberation>,
    /// The last block that changed anything of it, time included.
    pub changed_height: u64,
    /// In the order of the definition; proposals that became alternatives behind them.
    pub actions: Vec<Action>,
}

/// A sponsor's refund bonus. Amounts are in the denom of the stakes, or of the coins.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Bonus {
    /// Who puts it in, and gets back what isn't paid.
    pub sponsor: String,
    /// At most so much to each.
    pub per_pledge: String,
    /// Only pledges made before this second count. Unix seconds.
    pub before: u64,
    /// What the sponsor put in.
    pub fund: String,
    /// Pledges that may come to it, or could when it closed.
    pub eligible: u32,
    /// What each of the eligible gets if too few are in, by what is known; or got.
    pub each: String,
    /// What waits to go back to the sponsor.
    pub rest: String,
}

/// What a pledger says about their influence over the problem.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
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
    /// When they said it, Unix seconds.
    pub time: u64,
}

/// A line of a campaign fund's book.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct FundMove {
    /// `gift`, `spend` or `sweep`.
    pub kind: String,
    /// Who gave, or got.
    pub person: String,
    /// How much.
    pub coin: Coin,
    /// What it was spent for.
    pub memo: String,
    /// When, Unix seconds.
    pub time: u64,
}

/// A relation between two causes, told from one of them.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Related {
    /// `follows`, `fork_of` or `counter_to`: what the later cause is to the earlier one.
    pub kind: String,
    /// The other cause.
    pub cause: u64,
}

/// A place on Earth.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Place {
    /// As people say it.
    pub label: String,
    /// ISO 3166-1 alpha-2 or ISO 3166-2.
    pub country: String,
    /// Millionths of a degree.
    pub latitude: Option<i32>,
    /// Millionths of a degree.
    pub longitude: Option<i32>,
}

/// Something people pledge to do.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Action {
    /// Its number.
    pub id: u64,
    /// Its cause.
    pub cause: u64,
    /// Shown on its counter.
    pub label: String,
    /// What exactly one does.
    pub description: String,
    /// What it counts: `people` or `coins`.
    pub unit: String,
    /// The least number of people, or of units of `coins`.
    pub goal: u32,
    /// The most who may be in at once.
    pub max: Option<u32>,
    /// Who may pledge; null where everybody may.
    pub gate: Option<Gate>,
    /// Where it counts coins.
    pub coins: Option<ActionCoins>,
    /// When it activates.
    pub schedule: Schedule,
    /// Seconds before the close without withdrawals.
    pub lock: u64,
    /// Seconds to act in.
    pub act_window: u64,
    /// Seconds to report in.
    pub report_window: u64,
    /// The stake of one person.
    pub stake: Option<Coin>,
    /// Whether one may pledge only with it.
    pub stake_required: bool,
    /// `honor`, `attested`, `challengeable` or `collective`.
    pub fulfilment: String,
    /// Of `attested`.
    pub attestors: Vec<String>,
    /// Of `attested`: how many must agree; 0 otherwise.
    pub quorum: u8,
    /// `cooperators`, `address`, `everybody`, or null without a stake.
    pub forfeits_to: Option<String>,
    /// Of `address`.
    pub forfeits_address: Option<String>,
    /// Pledges that stand; units of `coins` where it counts them, as in `committed`, `tips_with` and `curve`.
    pub pledged: u32,
    /// K* as of now, active or not.
    pub committed: u32,
    /// Whether it is pledged only together with the other actions of its cause.
    pub bundled: bool,
    /// Seconds in which the committed confirm, if they must.
    pub confirm_window: Option<u64>,
    /// While it is confirming.
    pub confirming: Option<Confirming>,
    /// One of the eleven words.
    pub phase: String,
    /// Whether a committed set is bound.
    pub active: bool,
    /// Unix seconds, as all moments here.
    pub activated_at: Option<u64>,
    /// Since when K* > 0 without a break.
    pub ready_since: Option<u64>,
    /// When acting begins.
    pub act_from: Option<u64>,
    /// When reporting begins.
    pub report_from: Option<u64>,
    /// When the totals can be fixed.
    pub settled_from: Option<u64>,
    /// When time alone will next change the phase.
    pub next_boundary: Option<u64>,
    /// How many more people who need nobody beyond the goal would enlarge the committed set.
    pub tips_with: Option<u32>,
    /// How many pledges stand at each threshold, rising.
    pub curve: Vec<Bucket>,
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
    /// Whether settling has fixed the totals.
    pub totals_fixed: bool,
    /// What it fixed.
    pub totals: Option<Totals>,
    /// People who had done it before.
    pub already_did: u32,
    /// Bound people who checked in.
    pub checked_in: u32,
    /// Bound people known to have done it.
    pub kept: u32,
    /// Bound people known not to have.
    pub broken: u32,
    /// What lies here, all of it owed.
    pub held: Vec<Coin>,
    /// What it has paid.
    pub paid_out: Vec<Coin>,
    /// What is judged beyond each person's own report.
    pub judging: Option<Judging>,
    /// A percentage of what it saves institutions.
    pub saving: Option<Saving>,
}

/// A confirm window that is open.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Confirming {
    /// Unix seconds: it began.
    pub from: u64,
    /// Unix seconds: it ends.
    pub until: u64,
    /// Who has confirmed.
    pub confirmed: u32,
    /// How many of the others may stay silent, whoever they are, so that somebody is bound; null if
    /// nobody would be.
    pub survives: Option<u32>,
}

/// What an action that counts coins is about, and what became of them.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ActionCoins {
    /// One unit: every amount is a multiple of it.
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
    /// What would be, or is, bound.
    pub committed: Coin,
    /// What was released, fee and the document's part included.
    pub released: Coin,
    /// `on_activation`, `on_success` or `tranches`: when bound coins are released.
    pub release: String,
    /// The parts of what is committed, with `tranches`.
    pub tranches: Vec<Tranche>,
    /// What goes back for each unit that was bound, once that is fixed.
    pub returned_each: Option<Coin>,
}

/// A part of bound coins that an answer of its own releases.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Tranche {
    /// Of the whole, in hundredths of a percent.
    pub bps: u16,
    /// Of what is committed.
    pub amount: Coin,
    /// `waiting`, `released` or `returned`.
    pub state: String,
}

/// A contract that institutions signed elsewhere.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Document {
    /// Where it is. Shown, never fetched.
    pub uri: String,
    /// Its SHA-256, hex.
    pub sha256: String,
    /// The part of what is released, or saved, that goes to `recipient`, hundredths of a percent.
    pub bps: u16,
    /// Who gets that: of what is released an address, of what is saved words.
    pub recipient: String,
}

/// When an action activates.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Schedule {
    /// `at_close`, `at_trigger` or `rolling`.
    pub kind: String,
    /// Unix seconds; null where it waits for ever.
    pub pledge_until: Option<u64>,
    /// Seconds, of `at_trigger`.
    pub hold: Option<u64>,
}

/// Pledges with one threshold.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Bucket {
    /// max(needs_others + 1, goal).
    pub threshold: u32,
    /// How many.
    pub pledges: u32,
}

/// What settling fixed; amounts in the denom of the stake.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Totals {
    /// Bound with a stake, and kept.
    pub cooperators: u32,
    /// Bound with a stake, and broken.
    pub broken: u32,
    /// Bound with a stake, and excused.
    pub excused: u32,
    /// What each broken pledge loses.
    pub forfeit_each: String,
    /// The keeper's part of it.
    pub keeper_each: String,
    /// What each sharer gains.
    pub share_each: String,
    /// What the named address gets.
    pub to_address: String,
    /// The fee.
    pub fee: String,
    /// What rounding left for the campaign fund.
    pub remainder: String,
}

/// Who may pledge. All that is given must hold.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Gate {
    /// The contract whose records say who is registered, a member, or revoked.
    pub people: Option<String>,
    /// What issuers must have attested; the first one's issuer tells persons apart.
    pub claims: Vec<Claim>,
    /// What the attestations are made out for.
    pub scope: Option<String>,
    /// What one must be registered as: `person` or `organisation`.
    pub only: Option<String>,
    /// One must be a member of all of them.
    pub communities: Vec<u64>,
    /// Nobody else may pledge, where there is one.
    pub list: Vec<String>,
    /// The least number of kept pledges.
    pub least_kept: Option<u32>,
}

/// A claim, and who must have signed it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Claim {
    /// `secp256k1` or `ed25519`.
    pub key_type: String,
    /// The public key, hex.
    pub issuer: String,
    /// What it says of a person.
    pub claim: String,
}
