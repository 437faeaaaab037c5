//! Storage keys and records of fixed bytes.
//!
//! Every key is one tag byte and parts of fixed width (numbers big-endian, a canonical address
//! always last), so no key is a prefix of another kind's. Records are big-endian fixed bytes,
//! because a byte written costs about 30 gas and every pledger pays it. The tags stay below
//! `0x60`, so they can't meet `cw2`'s `contract_info`.
//!
//! A record that is missing means what its type says (`Deeds`: not fixed yet); a record of another
//! length is corrupt and never read as zero.

mod bonus;
mod bytes;
mod choice;
mod coins;
mod cold;
mod confirm;
mod deeds;
mod deposit;
mod gate;
mod judges;
pub mod key;
mod numbers;
pub mod people;
mod pledge;
mod roles;
mod tally;
mod terms;
pub mod verdict;
mod version;
mod voters;
mod words;

pub use bonus::{BonusPurse, BonusRule};
pub use bytes::{Bytes, Layout, LayoutError};
pub use choice::{Ballot, Choice, Proposal, Standings};
pub use coins::{Payout, Purpose, ReleaseRule};
pub use cold::{Cause, Config};
pub use confirm::Confirm;
pub use deeds::{Deeds, Purse, Standing};
pub use deposit::{Classes, Deposits};
pub use gate::{Admission, Gate};
pub use judges::{Answered, Challenge, Judges, OutcomeJudge, OutcomeStatements, Verdict};
pub use numbers::Numbers;
pub use pledge::{Bucket, Pledge, Statements};
pub use roles::Roles;
pub use tally::{Settled, Tally};
pub use terms::{FulfilmentKind, Requires, StakeKind, Terms};
pub use version::ContractVersion;
pub use words::{Rated, Words};
