//! One file for each message.

pub(crate) mod activate;
pub(crate) mod admit;
pub(crate) mod already_did;
pub(crate) mod attest;
pub(crate) mod attest_outcome;
pub(crate) mod bonus;
pub(crate) mod bundle;
pub(crate) mod cancel;
pub(crate) mod challenge;
pub(crate) mod check_in;
pub(crate) mod claim;
pub(crate) mod config;
pub(crate) mod confirm;
pub(crate) mod counterpart;
pub(crate) mod create_cause;
pub(crate) mod fund;
pub(crate) mod migrate;
pub(crate) mod payouts;
pub(crate) mod pledge;
pub(crate) mod pledge_coins;
pub(crate) mod registry;
pub(crate) mod relay;
pub(crate) mod release;
pub(crate) mod settle;
pub(crate) mod withdraw;
