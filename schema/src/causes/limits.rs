//! Every bound of the `causes` contract, each with its reason. Lengths are UTF-8 bytes.

/// A title fits a list entry and a share text.
pub const MAX_TITLE: usize = 120;
/// A summary fits a card on the home page.
pub const MAX_SUMMARY: usize = 500;
/// The text is hashed and emitted, never stored; eight kilobytes keep `create_cause` affordable.
pub const MAX_TEXT: usize = 8_192;
/// "Who is outside the circle, and what does it do to them?"
pub const MAX_HARM_NOTE: usize = 1_000;
/// A BCP 47 language tag.
pub const MAX_LANGUAGE: usize = 35;
/// A place's name as people say it.
pub const MAX_PLACE_LABEL: usize = 120;
/// Tags a cause may carry, and the length of one.
pub const MAX_TAGS: usize = 8;
/// See [`MAX_TAGS`].
pub const MAX_TAG: usize = 32;
/// Actions a cause may have: cancelling walks over all of them in one message.
pub const MAX_ACTIONS: usize = 16;
/// Actions that one may require: each costs whoever binds it some reads.
pub const MAX_REQUIRES: usize = 8;
/// Actions that can bind in one message: what one requires, directly or not, that isn't active.
pub const MAX_CLOSURE: usize = muster_mechanism::closure::MAX_MEMBERS;
/// Members who must second a proposal before it is an alternative.
pub const SECONDERS: u8 = 5;
/// How long an action that requires others waits, after its close, for the message that binds them.
pub const GRACE: u64 = 7 * 24 * 3_600;
/// How long after the report window the question about an action must be asked, by default.
pub const JUDGE_WINDOW: u64 = 30 * 24 * 3_600;
/// How long a verdict may take after the last moment at which it could be asked: then the answer is
/// Unresolved, and a challenged check-in stands.
pub const VERDICT_TIME: u64 = 90 * 24 * 3_600;
/// The smallest jury.
pub const MIN_JURY: u32 = 3;
/// The largest jury.
pub const MAX_JURY: u32 = 1_001;
/// An action's label, shown on its counter.
pub const MAX_LABEL: usize = 80;
/// What exactly one does, and what an outsider could see of it.
pub const MAX_DESCRIPTION: usize = 1_000;
/// Attestors of an action: one byte each in the record that every statement rewrites.
pub const MAX_ATTESTORS: usize = 15;
/// Statements in one `attest`: about 15,000 gas each, so a full batch stays far below a block.
pub const MAX_STATEMENTS: usize = 50;
/// Communities of which a gate asks all: one raw read of a foreign contract each.
pub const MAX_COMMUNITIES: usize = 4;
/// Addresses on a gate's list: one record each, which the creator pays.
pub const MAX_LIST: usize = 100;
/// Claims that a gate asks for beside the first: one signature in every pledge each.
pub const MAX_ALSO: usize = 3;
/// What an issuer attests, as people read it.
pub const MAX_CLAIM: usize = 64;
/// What attestations are made out for.
pub const MAX_SCOPE: usize = 64;
/// The most kept pledges a gate may ask for: far above what anybody can keep.
pub const MAX_LEAST_KEPT: u32 = 1_000_000;
/// How far ahead an attestation may expire: an issuer vouches again, or not, within 90 days.
pub const MAX_ATTESTED: u64 = 90 * 24 * 3_600;
/// The largest goal, far above any crowd that a chain could hold, and safe in every product.
pub const MAX_GOAL: u32 = 1_000_000_000;
/// The fee's ceiling, in hundredths of a percent: 5 % of what is forfeited.
pub const MAX_FEE_BPS: u16 = 500;
/// The longest window or lock: ten years.
pub const MAX_WINDOW: u64 = 10 * 366 * 24 * 3_600;
/// The latest moment an action may close, counted from its creation: a hundred years.
pub const MAX_HORIZON: u64 = 100 * 366 * 24 * 3_600;
/// The largest stake, so that a billion of them still fit 2^128.
pub const MAX_STAKE: u128 = u128::MAX >> 32;
/// The most units of `min` in one pledge of coins.
pub const MAX_UNITS: u32 = 1_000_000;
/// The part of released coins that a document may give to somebody, in hundredths of a percent.
pub const MAX_DOCUMENT_BPS: u16 = 2_000;
/// Who gets a part of what institutions save, in words.
pub const MAX_RECIPIENT: usize = 120;
/// The name of a currency in which somebody saved: of A–Z and 0–9, so that each has one spelling.
pub const MAX_CURRENCY: usize = 16;
/// The largest saving, in hundredths of its currency, so that a billion of them still fit 2^128.
pub const MAX_SAVED: u128 = u128::MAX >> 32;
/// The most tranches of one action: each may cost a claim the read of a foreign record.
pub const MAX_TRANCHES: usize = 8;
const _: () = assert!(MAX_TRANCHES == muster_mechanism::release::MAX_TRANCHES);
/// The bank module's longest denom.
pub const MAX_DENOM: usize = 128;
/// Coins of one kind that a campaign fund holds by gifts: half of the range, so that what actions
/// leave to it always fits.
pub const MAX_FUND: u128 = u128::MAX >> 1;
/// Kinds of coins that gifts may bring into one campaign fund; those of the cause's own stakes come
/// on top, so that nobody can crowd them out.
pub const MAX_FUND_DENOMS: usize = 16;
/// A memo on a spend from a campaign fund.
pub const MAX_MEMO: usize = 280;
/// Words about one's influence over the problem: one line of a list.
pub const MAX_WORDS: usize = 140;
/// The address on the web of evidence or a document; it is shown, never fetched.
pub const MAX_EVIDENCE_URI: usize = 256;
/// What one `relay` sends of others': about 10,000 gas a pledge, so a full batch is far below a block.
pub const MAX_RELAYED: usize = 100;
/// How long a signature may lie unsent, so that nobody can hoard them: 48 hours.
pub const MAX_VALIDITY: u64 = 48 * 3_600;
/// The largest sequence: six bytes in a pledge's record, and exact in every JSON reader.
pub const MAX_SEQUENCE: u64 = (1 << 48) - 1;
/// Page size when a query names none.
pub const DEFAULT_PAGE: u32 = 30;
/// Largest page: a page of the dearest entry stays well below a smart query's 3,000,000 gas.
pub const MAX_PAGE: u32 = 100;
