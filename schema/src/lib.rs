//! Every message, event, error and record that crosses a boundary of Muster, said once.
//!
//! * [`attestation`]: the bytes that an issuer signs about a person.
//! * [`causes`]: what the `causes` contract takes, answers, refuses and emits.
//! * [`json`]: the contracts' own JSON, because `serde` makes most of a contract's size.
//! * [`layout`]: the raw storage keys and fixed-byte records that other contracts, proofs and the
//!   indexer read without asking the contract.
//!
//! Times are Unix seconds, windows are lengths in seconds and half-open, amounts of coins are in
//! the smallest unit of their denom, counts are persons.
pub mod attestation;
pub mod causes;
pub mod json;
pub mod layout;
