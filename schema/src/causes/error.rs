//! Every refusal of the `causes` contract. Each says what was found and what was allowed, and
//! begins with a stable word before a colon, by which pages find a sentence for people.

use thiserror::Error;

/// Why a message or query was refused. A refused message changes nothing.
#[derive(Error, Debug)]
pub enum Error {
    /// A stored record doesn't decode.
    #[error("corrupt_record: {record} has {found} bytes, allowed is {allowed}")]
    CorruptRecord {
        /// Which kind of record.
        record: &'static str,
        /// Its length.
        found: usize,
        /// The length it must have.
        allowed: usize,
    },
    /// The sender may not do this.
    #[error("unauthorized: sent by {found}, allowed is {allowed}")]
    Unauthorized {
        /// The sender.
        found: String,
        /// Who may.
        allowed: String,
    },
    /// This message takes no coins.
    #[error("unexpected_coins: found {found}, allowed are none")]
    UnexpectedCoins {
        /// What was attached.
        found: String,
    },
    /// Not exactly the stake was attached.
    #[error("wrong_coins: found {found}, allowed is {allowed}")]
    WrongCoins {
        /// What was attached.
        found: String,
        /// What must be.
        allowed: String,
    },
    /// There is no such cause.
    #[error("unknown_cause: found {found}, allowed are 1 to {last}")]
    UnknownCause {
        /// The number.
        found: u64,
        /// The last number there is.
        last: u64,
    },
    /// There is no such action.
    #[error("unknown_action: found {found}, allowed are 1 to {last}")]
    UnknownAction {
        /// The number.
        found: u64,
        /// The last number there is.
        last: u64,
    },
    /// A number that is kept for a proposal, and no action yet.
    #[error("empty_place: action {found} is a place for a proposal, allowed are filled ones")]
    EmptyPlace {
        /// The number.
        found: u64,
    },
    /// There is no such proposal.
    #[error("unknown_proposal: found {found} of cause {cause}, allowed are 1 to {last}")]
    UnknownProposal {
        /// The cause.
        cause: u64,
        /// The number.
        found: u32,
        /// The last number there is.
        last: u32,
    },
    /// It isn't the time to propose, second or score.
    #[error("not_deliberating: cause {cause} {found}, allowed is {allowed}")]
    NotDeliberating {
        /// The cause.
        cause: u64,
        /// What it is.
        found: &'static str,
        /// What it must be.
        allowed: &'static str,
    },
    /// Only members propose, second and score.
    #[error(
        "not_member: {person} has found no place in cause {cause}, allowed are people with a \
         pledge that stands on one of the alternatives"
    )]
    NotMember {
        /// The cause.
        cause: u64,
        /// Who.
        person: String,
    },
    /// A second time.
    #[error("already_seconded: {person} has seconded proposal {proposal}, allowed is once")]
    AlreadySeconded {
        /// The proposal.
        proposal: u32,
        /// Who.
        person: String,
    },
    /// The person has no pledge there.
    #[error("no_pledge: {person} has none on action {action}, allowed is one that stands")]
    NoPledge {
        /// The action.
        action: u64,
        /// Who.
        person: String,
    },
    /// One person pledges once per action.
    #[error("already_pledged: {person} has a pledge on action {action}, allowed is one")]
    AlreadyPledged {
        /// The action.
        action: u64,
        /// Who.
        person: String,
    },
    /// There is no question that would challenge a check-in.
    #[error("no_question: found {found}, allowed is {allowed}")]
    NoQuestion {
        /// What is there.
        found: &'static str,
        /// What would do.
        allowed: &'static str,
    },
    /// A challenged check-in pays nothing before the answer.
    #[error(
        "challenge_pending: found {person} on action {action}, allowed is from the answer on, or from {until}"
    )]
    ChallengePending {
        /// The action.
        action: u64,
        /// Whose check-in.
        person: String,
        /// Unix seconds: when it stands without an answer.
        until: u64,
    },
    /// The action isn't judged in this way.
    #[error("not_judged_so: action {action} is found {found}, allowed is {allowed}")]
    NotJudgedSo {
        /// The action.
        action: u64,
        /// How it is judged.
        found: &'static str,
        /// What the message needs.
        allowed: &'static str,
    },
    /// A second time.
    #[error("already_done: found a second {what} by {person} on action {action}, allowed is one")]
    AlreadyDone {
        /// What was done before: a check-in, claim, statement …
        what: &'static str,
        /// The action.
        action: u64,
        /// Whose.
        person: String,
    },
    /// The action's phase doesn't allow it.
    #[error("wrong_phase: action {action} is {found}, allowed is {allowed}")]
    WrongPhase {
        /// The action.
        action: u64,
        /// The phase as of now.
        found: &'static str,
        /// The phases that allow it.
        allowed: &'static str,
    },
    /// What an action requires can't be.
    #[error("bad_requirement: action {found}, allowed is {allowed}")]
    BadRequirement {
        /// Which, and what it is.
        found: String,
        /// What may be required.
        allowed: &'static str,
    },
    /// Something that must bind together can't yet.
    #[error("not_ready: action {action} {found}, allowed is {allowed}")]
    NotReady {
        /// The action that holds it up.
        action: u64,
        /// What it is.
        found: &'static str,
        /// What it must be.
        allowed: &'static str,
    },
    /// It waits for a counterpart's action.
    #[error("no_counterpart: action {action} waits for {found}, allowed once they require it")]
    NoCounterpart {
        /// The action.
        action: u64,
        /// Who must create one that requires it.
        found: String,
    },
    /// As many are in as may be.
    #[error("full: action {action} has {found} pledges, allowed are {allowed}")]
    Full {
        /// The action.
        action: u64,
        /// Pledges that stand.
        found: u32,
        /// The cap.
        allowed: u32,
    },
    /// A threshold that the cap makes impossible.
    #[error(
        "beyond_max: found a threshold of {found} people on action {action}, allowed are {allowed}"
    )]
    BeyondMax {
        /// The action.
        action: u64,
        /// The size at which the pledge would bind.
        found: u32,
        /// The cap.
        allowed: u32,
    },
    /// The action's gate asks for something that the person lacks.
    #[error("not_admitted: {person} {found}, allowed on action {action} is {allowed}")]
    NotAdmitted {
        /// The action.
        action: u64,
        /// Who.
        person: String,
        /// What they are or have.
        found: String,
        /// What the gate asks for.
        allowed: String,
    },
    /// An attestation that doesn't hold here.
    #[error("bad_credential: number {number} {found}, allowed is {allowed}")]
    BadCredential {
        /// Its place in the message, from 0.
        number: usize,
        /// What is wrong with it.
        found: String,
        /// What would hold.
        allowed: String,
    },
    /// One person, under two addresses.
    #[error("same_person: found a second pledge of {found} on action {action}, allowed is one")]
    SamePerson {
        /// The action.
        action: u64,
        /// The nullifier, and under which address its pledge stands.
        found: String,
    },
    /// Another contract's record isn't what its layout says.
    #[error("bad_answer: {contract} answers {found}, allowed is {allowed}")]
    BadAnswer {
        /// Which contract.
        contract: String,
        /// What it answered.
        found: String,
        /// What it may.
        allowed: &'static str,
    },
    /// What is pledged together and what isn't.
    #[error("bundled: cause {cause} {found}, allowed is {allowed}")]
    Bundled {
        /// The cause.
        cause: u64,
        /// What it is.
        found: &'static str,
        /// The message for that.
        allowed: &'static str,
    },
    /// A bound pledge can't be withdrawn.
    #[error("bound: {person} is bound by action {action}, allowed are pledges that aren't")]
    Bound {
        /// The action.
        action: u64,
        /// Who.
        person: String,
    },
    /// Only a bound pledge can be reported.
    #[error("not_bound: {person} isn't bound by action {action}, allowed are bound pledges")]
    NotBound {
        /// The action.
        action: u64,
        /// Who.
        person: String,
    },
    /// The action counts something else.
    #[error("wrong_unit: action {action} counts {found}, allowed is one that counts {allowed}")]
    WrongUnit {
        /// The action.
        action: u64,
        /// What it counts.
        found: &'static str,
        /// What this message is for.
        allowed: &'static str,
    },
    /// A personal threshold off the grid.
    #[error("off_grid: {field} is {found}, allowed next to it are {nearest}")]
    OffGrid {
        /// Which.
        field: &'static str,
        /// What was asked for.
        found: u32,
        /// The nearest on the grid: "1200 and 1300", or the largest.
        nearest: String,
    },
    /// A text is too short or too long.
    #[error("text_length: {field} has {found} bytes, allowed are {least} to {most}")]
    TextLength {
        /// Which.
        field: &'static str,
        /// Its length.
        found: usize,
        /// At least.
        least: usize,
        /// At most.
        most: usize,
    },
    /// A text has characters that it may not have.
    #[error("text_form: {field} is {found:?}, allowed is {allowed}")]
    TextForm {
        /// Which.
        field: &'static str,
        /// The text, or its beginning.
        found: String,
        /// What it must look like.
        allowed: &'static str,
    },
    /// A number is outside its range.
    #[error("out_of_range: {field} is {found}, allowed are {least} to {most}")]
    OutOfRange {
        /// Which.
        field: &'static str,
        /// The number.
        found: i128,
        /// At least.
        least: i128,
        /// At most.
        most: i128,
    },
    /// Two fields contradict one another.
    #[error("contradiction: found {found}, allowed is {allowed}")]
    Contradiction {
        /// What was found.
        found: &'static str,
        /// What is allowed.
        allowed: &'static str,
    },
    /// An item was given twice.
    #[error("duplicate: {field} names {found} twice, allowed is once")]
    Duplicate {
        /// Which list.
        field: &'static str,
        /// The item.
        found: String,
    },
    /// An address doesn't validate.
    #[error("bad_address: {field} is {found:?}, allowed is an address of this chain")]
    BadAddress {
        /// Which.
        field: &'static str,
        /// What was given.
        found: String,
    },
    /// One address in two roles that exclude one another.
    #[error("role_conflict: {person} is the {found}, allowed is somebody else as {wanted}")]
    RoleConflict {
        /// Who.
        person: String,
        /// The role they have.
        found: &'static str,
        /// The role they can't have beside it.
        wanted: &'static str,
    },
    /// The cause can't be cancelled (any more).
    #[error("not_cancellable: cause {cause} {found}, allowed is {allowed}")]
    NotCancellable {
        /// The cause.
        cause: u64,
        /// Why not.
        found: &'static str,
        /// The cancel rule.
        allowed: &'static str,
    },
    /// The campaign fund takes no gifts, or can't be spent from (any more), or isn't over yet.
    #[error("fund_closed: the fund of cause {cause} {found}, allowed is {allowed}")]
    FundClosed {
        /// The cause.
        cause: u64,
        /// What it is.
        found: &'static str,
        /// What it must be.
        allowed: &'static str,
    },
    /// The signature isn't by this key over what the message says, for this chain and contract.
    #[error("bad_signature: found {found}, allowed is {allowed}")]
    BadSignature {
        /// What it is.
        found: &'static str,
        /// What it must be.
        allowed: &'static str,
    },
    /// Signed for too long ago, or for too far ahead.
    #[error("expired: signed until {found}, allowed are {least} to {most}")]
    Expired {
        /// Unix seconds until which it was to be sent.
        found: u64,
        /// At least.
        least: u64,
        /// At most.
        most: u64,
    },
    /// It was sent before, or a later one has cancelled it.
    #[error("stale_sequence: found {found}, allowed are {least} to {most}")]
    StaleSequence {
        /// The number.
        found: u64,
        /// The least that counts.
        least: u64,
        /// At most.
        most: u64,
    },
    /// Only who has a pledge on a cause has a part in it.
    #[error("not_a_pledger: {person} has no pledge on cause {cause}, allowed are those who have")]
    NotAPledger {
        /// The cause.
        cause: u64,
        /// Who.
        person: String,
    },
    /// The person said nothing there.
    #[error("no_words: found none of {person} on cause {cause}, allowed are some that stand")]
    NoWords {
        /// The cause.
        cause: u64,
        /// Who.
        person: String,
    },
    /// There is nothing to pay.
    #[error("nothing_due: found {found} due to {who}, allowed is more")]
    NothingDue {
        /// Who would be paid.
        who: String,
        /// What is there.
        found: String,
    },
    /// More was asked for than there is.
    #[error("not_enough: found {found}, allowed is at most {allowed}")]
    NotEnough {
        /// What was asked for.
        found: String,
        /// What is there.
        allowed: String,
    },
    /// A number left the range that it is stored in.
    #[error("overflow: {what} found beyond its range, allowed is less")]
    Overflow {
        /// Which number.
        what: &'static str,
    },
    /// A migration from another contract or from a version that isn't older.
    #[error("bad_migration: found {found}, allowed is {allowed}")]
    BadMigration {
        /// What is stored.
        found: String,
        /// What may be migrated.
        allowed: String,
    },
}
