//! The messages and answers as tables of names, for the contract's own JSON (`crate::json`).
//! `tests/json/` compares each with what `serde` makes of it.

use super::{
    ActionCoins, ActionResponse, AlternativeResponse, Answer, Attested, BallotResponse, BonusTerms,
    BucketResponse, CancelRule, CauseResponse, CausesResponse, ChallengeResponse, ChallengeStatus,
    ClaimableResponse, ClassResponse, CoinTerms, CoinsReturned, Config, ConfirmingResponse,
    CreateCause, Credential, CurveResponse, Deliberation, DeliberationResponse, DepositsResponse,
    Document, Does, Electorate, Evidence, ExecuteMsg, ForfeitsTo, Fulfilment, FundResponse, Gate,
    InstantiateMsg, IssuedClaim, IssuerKey, Judge, MigrateMsg, NewAction, Outcome, OutcomeBy,
    OutcomeResponse, OutcomeTerms, OwedByAction, OwedByCause, Place, PledgeCoins, PledgeResponse,
    PledgeStatus, PledgesResponse, ProposalResponse, Proposals, ProposalsResponse, QueryMsg,
    Registered, RegistryEntry, RegistryResponse, Relation, ReleaseTerms, Requirement, Schedule,
    SequenceResponse, Signed, SolvencyResponse, StakeRule, StakeTerms, StandingResponse, Statement,
    Totals, Unit, Vote, WindowFloors,
};
use crate::json::{json_object, json_tagged, json_words};

json_object!(read InstantiateMsg { owner, treasury, fee_bps, floors });
json_object!(read MigrateMsg {});
json_object!(read write WindowFloors { report, hold, lock, confirm });

json_tagged!(read ExecuteMsg {
    CreateCause = "create_cause" (cause),
    Pledge = "pledge" { action, needs_others: default, referrer, credentials: spared },
    PledgeCoins = "pledge_coins" { action, total_at_least: default, credentials: spared },
    Release = "release" { action },
    Withdraw = "withdraw" { action },
    PledgeBundle = "pledge_bundle" { cause, needs_others },
    WithdrawBundle = "withdraw_bundle" { cause },
    Activate = "activate" { action },
    Confirm = "confirm" { action },
    CheckIn = "check_in" { action, evidence },
    AlreadyDid = "already_did" { action },
    Relay = "relay" { items },
    Void = "void" { sequence },
    Attest = "attest" { action, statements },
    AttestOutcome = "attest_outcome" { action, answer },
    StateSaving = "state_saving" { action, person, currency, saved, paid, evidence },
    Challenge = "challenge" { action, person },
    Settle = "settle" { action },
    Claim = "claim" { action, person },
    ClaimForfeits = "claim_forfeits" { action },
    CancelCause = "cancel_cause" { cause },
    SponsorBonus = "sponsor_bonus" { action },
    ClaimBonus = "claim_bonus" { action },
    ClaimReward = "claim_reward" { action, person },
    Say = "say" { cause, words },
    Rate = "rate" { cause, person, vote },
    Support = "support" { cause },
    SweepFund = "sweep_fund" { cause, denom },
    Propose = "propose" { cause, action },
    Second = "second" { cause, proposal },
    Score = "score" { cause, scores },
    SpendFund = "spend_fund" { cause, to, denom, amount, memo },
    ClaimFees = "claim_fees" { denom },
    UpdateConfig = "update_config" { fee_bps, treasury },
    ProposeOwner = "propose_owner" { owner },
    AcceptOwner = "accept_owner" {},
    RenounceOwner = "renounce_owner" {},
});
json_object!(read write Credential { nullifier, expires, signature });
json_object!(read Signed { key, signature, sequence, expires, does });
json_tagged!(read write Does {
    Pledge = "pledge" { action, needs_others: default, referrer: spared, credentials: spared },
    Withdraw = "withdraw" { action },
    PledgeBundle = "pledge_bundle" { cause, needs_others },
    WithdrawBundle = "withdraw_bundle" { cause },
    Confirm = "confirm" { action },
    CheckIn = "check_in" { action, evidence: spared },
    AlreadyDid = "already_did" { action },
    Rate = "rate" { cause, person, vote },
    Score = "score" { cause, scores },
    Void = "void" {},
});
json_object!(read write Evidence { uri, sha256 });
json_object!(read Statement { person, outcome });
json_words!(Vote { Up = "up", Down = "down", None = "none" });
json_words!(Outcome { Did = "did", Didnt = "didnt", Excused = "excused" });

json_object!(read write CreateCause {
    title,
    summary,
    language,
    text,
    place: spared,
    tags: spared,
    harm_note: spared,
    relation: spared,
    fund_to: spared,
    bundle: spared,
    deliberation: spared,
    cancel,
    actions,
});
json_object!(read write Place {
    label,
    country,
    latitude: spared,
    longitude: spared,
});
json_tagged!(read write Relation {
    Follows = "follows" { cause },
    ForkOf = "fork_of" { cause },
    CounterTo = "counter_to" { cause },
});
json_object!(read write Deliberation { alternatives, proposals: spared, score_until });
json_object!(read write Proposals { places, until });
json_words!(CancelRule {
    UntilFirstPledge = "until_first_pledge",
    UntilLock = "until_lock",
    Never = "never",
});
json_object!(read write NewAction {
    label,
    description,
    unit: spared,
    goal,
    max: spared,
    gate: spared,
    schedule,
    requires: spared,
    counterpart: spared,
    lock: default,
    confirm_window: spared,
    act_window,
    report_window,
    stake: spared,
    bonus: spared,
    fulfilment,
    forfeits_to: spared,
    outcome: spared,
    saving: spared,
});
json_object!(read write Gate {
    people: spared,
    attested: spared,
    only: spared,
    communities: spared,
    list: spared,
    least_kept: spared,
});
json_object!(read write Attested {
    one_person,
    also: spared,
    scope: spared,
});
json_object!(read write IssuedClaim { issuer, claim });
json_tagged!(read write IssuerKey {
    Secp256k1 = "secp256k1" (key),
    Ed25519 = "ed25519" (key),
});
json_words!(Registered { Person = "person", Organisation = "organisation" });
json_tagged!(read write Unit { People = "people" {}, Coins = "coins" (terms) });
json_object!(read write CoinTerms {
    denom,
    min,
    beneficiary,
    release: spared,
    document: spared,
});
json_tagged!(read write ReleaseTerms {
    OnActivation = "on_activation" {},
    OnSuccess = "on_success" {},
    Tranches = "tranches" { parts },
});
json_object!(read write Document { uri, sha256, bps, recipient });
json_object!(read write BonusTerms { sponsor, per_pledge, before });
json_tagged!(read write Requirement {
    Own = "own" (place),
    Action = "action" (number),
});
json_tagged!(read write Schedule {
    AtClose = "at_close" { pledge_until },
    AtTrigger = "at_trigger" { hold, pledge_until },
    Rolling = "rolling" { pledge_until },
});
json_object!(read write StakeTerms { rule, coin });
json_words!(StakeRule { Optional = "optional", Required = "required" });
json_tagged!(read write Fulfilment {
    Honor = "honor" {},
    Attested = "attested" { attestors, quorum },
    Challengeable = "challengeable" { window, judge },
    Collective = "collective" {},
});
json_object!(read write Judge { verdict, electorate });
json_tagged!(read write Electorate {
    Pledgers = "pledgers" {},
    Community = "community" { id },
    Jury = "jury" { size, community },
});
json_object!(read write OutcomeTerms { by, judge_window: spared, deposit: spared });
json_tagged!(read write OutcomeBy {
    Vote = "vote" (judge),
    Attested = "attested" { attestors, quorum },
    Of = "of" (requirement),
});
json_words!(Answer { Yes = "yes", No = "no", Unresolved = "unresolved" });
json_words!(ChallengeStatus { Pending = "pending", Stands = "stands", Fell = "fell" });
json_tagged!(read write ForfeitsTo {
    Cooperators = "cooperators" {},
    Address = "address" { address },
    Everybody = "everybody" {},
});

json_tagged!(read QueryMsg {
    Config = "config" {},
    Cause = "cause" { cause },
    Causes = "causes" { start_after, limit },
    Action = "action" { action },
    Curve = "curve" { action },
    Pledge = "pledge" { action, person },
    Pledges = "pledges" { action, start_after, limit },
    Claimable = "claimable" { action, person },
    Standing = "standing" { person },
    Fund = "fund" { cause },
    Sequence = "sequence" { person },
    Registry = "registry" { cause, start_after, limit },
    Deliberation = "deliberation" { cause },
    Proposals = "proposals" { cause, start_after, limit },
    Ballot = "ballot" { cause, person },
    Solvency = "solvency" { start_after, limit },
});
json_object!(write Config { owner, pending_owner, treasury, fee_bps, floors });
json_object!(write CauseResponse {
    id,
    creator,
    title,
    text_hash,
    definition_hash,
    created_at,
    cancel,
    cancelled,
    fee_bps,
    actions,
    fund,
});
json_object!(write FundResponse { cause, coins, to, until, ended });
json_object!(write RegistryResponse { entries, last });
json_object!(write RegistryEntry { person, words, up, down });
json_object!(write CausesResponse { causes });
json_object!(write ActionResponse {
    id,
    cause,
    label,
    goal,
    max,
    gate,
    schedule,
    lock,
    bundled,
    confirm_window,
    act_window,
    report_window,
    stake,
    fulfilment,
    forfeits_to,
    pledged,
    committed,
    confirming,
    coins,
    phase,
    active,
    activated_at,
    requires,
    waits_for,
    ready_since,
    already_did,
    checked_in,
    kept,
    broken,
    totals,
    held,
    outcome,
    challenge_until,
    deposits,
});
json_object!(write DepositsResponse { each, undecided, own, round, classes });
json_object!(write ClassResponse { kind, count, gain, loss });
json_object!(write ConfirmingResponse { from, until, confirmed, survives });
json_object!(write ActionCoins {
    min,
    beneficiary,
    document_bps,
    document_recipient,
    people,
    released,
    release,
    tranches_released,
    returned,
});
json_object!(write CoinsReturned { from, each_unit });
json_object!(write OutcomeResponse { terms, answer, asked, judge_by, answer_by });
json_object!(write Totals {
    cooperators,
    broken,
    excused,
    forfeit_each,
    keeper_each,
    share_each,
    to_address,
    fee,
    remainder,
});
json_object!(write DeliberationResponse {
    alternatives,
    propose_until,
    places_left,
    score_until,
    ballots,
    chosen,
    runner_up,
});
json_object!(write AlternativeResponse { action, score, fives, margins });
json_object!(write ProposalsResponse { proposals });
json_object!(write ProposalResponse { proposal, proposer, definition, seconders, action });
json_object!(write BallotResponse { scores });
json_object!(write CurveResponse { buckets, tips_with });
json_object!(write BucketResponse { threshold, pledges });
json_words!(PledgeStatus {
    Standing = "standing",
    Bound = "bound",
    Released = "released",
    Claimed = "claimed",
});
json_object!(write PledgeResponse {
    action,
    person,
    needs_others,
    coins,
    staked,
    confirmed,
    checked_in,
    outcome,
    referrer,
    challenge,
    status,
});
json_object!(write PledgeCoins { amount, units, total_at_least });
json_object!(write ChallengeResponse { status, challenger });
json_object!(write PledgesResponse { pledges });
json_object!(write ClaimableResponse { coins, claimable_at });
json_object!(write SequenceResponse { next });
json_object!(write StandingResponse { kept, broken, unreported, referred_kept });
json_object!(write SolvencyResponse { actions, causes, fees, last });
json_object!(write OwedByAction { action, owed });
json_object!(write OwedByCause { cause, owed });
