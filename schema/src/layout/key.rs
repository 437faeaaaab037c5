//! Every storage key of the `causes` contract.

/// Tag of each kind of record. Unique; a test checks it.
pub mod tag {
    /// [`super::super::Config`].
    pub const CONFIG: u8 = 0x01;
    /// The next numbers: cause u64, action u64.
    pub const NEXT: u8 = 0x02;
    /// (cause) [`super::super::Cause`].
    pub const CAUSE: u8 = 0x03;
    /// (action) its label.
    pub const LABEL: u8 = 0x04;
    /// (action) [`super::super::Terms`].
    pub const TERMS: u8 = 0x05;
    /// (action) [`super::super::Tally`].
    pub const TALLY: u8 = 0x06;
    /// (action, threshold) [`super::super::Bucket`].
    pub const BUCKET: u8 = 0x07;
    /// (action, person) [`super::super::Pledge`].
    pub const PLEDGE: u8 = 0x08;
    /// (action) [`super::super::Deeds`].
    pub const DEEDS: u8 = 0x09;
    /// (action) [`super::super::Roles`]; only where it has any.
    pub const ROLES: u8 = 0x0c;
    /// (action, person) [`super::super::Statements`].
    pub const STATEMENTS: u8 = 0x0d;
    /// (action, person) empty-handed early movers; the value is one byte.
    pub const ALREADY_DID: u8 = 0x0e;
    /// (action) how many there are: u32.
    pub const ALREADY_DID_COUNT: u8 = 0x0f;
    /// (person) [`super::super::Standing`].
    pub const STANDING: u8 = 0x10;
    /// (cause, denom) u128 in the campaign fund.
    pub const FUND: u8 = 0x11;
    /// (denom) u128 of fees that wait for the treasury.
    pub const FEES: u8 = 0x12;
    /// (action) u128 that waits for the address in `forfeits_to`.
    pub const FORFEITS: u8 = 0x13;

    /// (action) [`super::super::Numbers`] of what it requires; only where it does.
    pub const REQUIRES: u8 = 0x14;
    /// (action) u64: when a message bound it.
    pub const BOUND_AT: u8 = 0x15;
    /// (action) the canonical address of the counterpart that it waits for.
    pub const COUNTERPART: u8 = 0x16;
    /// (action) [`super::super::Purpose`]; only where it counts coins.
    pub const PURPOSE: u8 = 0x19;
    /// (action) u32: units that were paid to the beneficiary; only where any were.
    pub const RELEASED: u8 = 0x1a;

    /// (action) [`super::super::Payout`]; only where an answer releases its coins.
    pub const PAYOUT: u8 = 0x1e;
    /// (action) [`super::super::Confirm`]; only where it has a confirm window.
    pub const CONFIRM: u8 = 0x1c;
    /// (action, epoch, threshold) [`super::super::Bucket`]: of every epoch but the first.
    pub const EPOCH_BUCKET: u8 = 0x1d;
    /// (action) [`super::super::Gate`]; only where it has a gate or a cap.
    pub const GATE: u8 = 0x30;
    /// (action, person) on the gate's list; the value is one byte.
    pub const LISTED: u8 = 0x31;
    /// (action, nullifier) who pledged under it: a canonical address.
    pub const NULLIFIER: u8 = 0x32;
    /// (action, person) [`super::super::Admission`]; only where attestations were asked for.
    pub const ADMISSION: u8 = 0x33;
    /// (person) u64: what the person signed counts if its sequence is above this.
    pub const SEQUENCE: u8 = 0x17;

    /// (cause) [`super::super::Choice`]; only where it deliberates.
    pub const CHOICE: u8 = 0x34;
    /// (cause) [`super::super::Standings`], from the first ballot on.
    pub const STANDINGS: u8 = 0x35;
    /// (cause, person) [`super::super::Ballot`].
    pub const BALLOT: u8 = 0x36;
    /// (cause, proposal) [`super::super::Proposal`].
    pub const PROPOSAL: u8 = 0x37;
    /// (cause, proposal) the JSON of its action.
    pub const PROPOSED: u8 = 0x38;
    /// (cause, proposal, person) who seconds it; the value is one byte.
    pub const SECONDED: u8 = 0x39;

    /// (cause) the canonical address that gets what is left of its campaign fund; only where named.
    pub const FUND_TO: u8 = 0x41;
    /// (cause) u64: when it was cancelled.
    pub const CANCELLED_AT: u8 = 0x42;
    /// (cause, person) [`super::super::Words`].
    pub const WORDS: u8 = 0x43;
    /// (cause, person, voter) [`super::super::Rated`].
    pub const RATED: u8 = 0x44;
    /// (action, person) the canonical address of who brought that person here.
    pub const REFERRER: u8 = 0x45;
    /// (action) [`super::super::BonusRule`]; only where it has one.
    pub const BONUS: u8 = 0x46;
    /// (action) [`super::super::BonusPurse`].
    pub const BONUS_PURSE: u8 = 0x47;
    /// (action, person) pledges that may come to the bonus; the value is one byte.
    pub const EARLY: u8 = 0x48;

    /// (action) u128: which part of a saving is due, in hundredths of a percent; only where one is.
    pub const SAVING: u8 = 0x49;

    /// (action) [`super::super::Judges`]; only where it has any.
    pub const JUDGES: u8 = 0x3a;
    /// (action) [`super::super::Answered`].
    pub const ANSWER: u8 = 0x3b;
    /// (action) [`super::super::OutcomeStatements`].
    pub const OUTCOME_STATEMENTS: u8 = 0x3c;
    /// (action, person) [`super::super::Challenge`].
    pub const CHALLENGE: u8 = 0x3d;
    /// (action) [`super::super::Deposits`]; only where it takes any.
    pub const DEPOSITS: u8 = 0x3e;
    /// (action) [`super::super::Classes`], once there is an answer.
    pub const CLASSES: u8 = 0x3f;
    /// (action, person) claimants without a deposit that were paid; the value is one byte.
    pub const REWARDED: u8 = 0x40;

    /// All of them.
    pub const ALL: &[u8] = &[
        CONFIG,
        NEXT,
        CAUSE,
        LABEL,
        TERMS,
        TALLY,
        BUCKET,
        PLEDGE,
        DEEDS,
        ROLES,
        STATEMENTS,
        ALREADY_DID,
        ALREADY_DID_COUNT,
        STANDING,
        FUND,
        FEES,
        FORFEITS,
        REQUIRES,
        BOUND_AT,
        COUNTERPART,
        SEQUENCE,
        CONFIRM,
        EPOCH_BUCKET,
        FUND_TO,
        CANCELLED_AT,
        GATE,
        LISTED,
        NULLIFIER,
        ADMISSION,
        WORDS,
        RATED,
        REFERRER,
        PURPOSE,
        RELEASED,
        PAYOUT,
        JUDGES,
        ANSWER,
        OUTCOME_STATEMENTS,
        CHALLENGE,
        DEPOSITS,
        CLASSES,
        REWARDED,
        BONUS,
        BONUS_PURSE,
        EARLY,
        SAVING,
        CHOICE,
        STANDINGS,
        BALLOT,
        PROPOSAL,
        PROPOSED,
        SECONDED,
    ];
}

/// The key of a record that there is one of.
pub fn single(tag: u8) -> [u8; 1] {
    [tag]
}

/// The key of a record by cause or action.
pub fn number(tag: u8, id: u64) -> [u8; 9] {
    let mut key = [0; 9];
    let (head, tail) = key.split_at_mut(1);
    head.copy_from_slice(&[tag]);
    tail.copy_from_slice(&id.to_be_bytes());
    key
}

/// The key of an action's bucket at one threshold.
pub fn bucket(action: u64, threshold: u32) -> [u8; 13] {
    let mut key = [0; 13];
    let (head, tail) = key.split_at_mut(9);
    head.copy_from_slice(&number(tag::BUCKET, action));
    tail.copy_from_slice(&threshold.to_be_bytes());
    key
}

/// What the keys of an action's buckets begin with that count the pledges of one epoch (see
/// [`super::Confirm`]). The first epoch's have a tag of their own, which every action has.
pub fn buckets_of(action: u64, epoch: u32) -> Vec<u8> {
    if epoch == 0 {
        number(tag::BUCKET, action).to_vec()
    } else {
        number_and(tag::EPOCH_BUCKET, action, &epoch.to_be_bytes())
    }
}

/// The key of a record by action or cause and person or denom, which comes last.
pub fn number_and(tag: u8, id: u64, rest: &[u8]) -> Vec<u8> {
    let mut key = Vec::with_capacity(9usize.saturating_add(rest.len()));
    key.extend_from_slice(&number(tag, id));
    key.extend_from_slice(rest);
    key
}

/// The key of a record by person or denom alone.
pub fn tagged(tag: u8, rest: &[u8]) -> Vec<u8> {
    let mut key = Vec::with_capacity(1usize.saturating_add(rest.len()));
    key.push(tag);
    key.extend_from_slice(rest);
    key
}

/// The key of a pledge; `person` is canonical.
pub fn pledge(action: u64, person: &[u8]) -> Vec<u8> {
    number_and(tag::PLEDGE, action, person)
}

/// The key of one person's vote on another's words. The length before the first address keeps the
/// two apart.
pub fn rated(cause: u64, person: &[u8], voter: &[u8]) -> Vec<u8> {
    let mut key = number_and(tag::RATED, cause, &[]);
    key.push(u8::try_from(person.len()).unwrap_or(u8::MAX));
    key.extend_from_slice(person);
    key.extend_from_slice(voter);
    key
}

/// The key of a record by cause and proposal, and perhaps a person, who comes last.
pub fn proposal(tag: u8, cause: u64, proposal: u32, person: &[u8]) -> Vec<u8> {
    let mut key = number_and(tag, cause, &proposal.to_be_bytes());
    key.extend_from_slice(person);
    key
}
