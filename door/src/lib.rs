//! The door between a contract and its chain.
//!
//! `cosmwasm-std` has one too (`entry_point`). It reads and writes everything with `serde_json`,
//! and every contract carries that: 141 kB before the first line of its own, of which floating
//! point numbers, backtraces and their symbol names are a third. This door does the same work with
//! the JSON of `muster_schema::json`. Types that contracts share with their tests (`Storage`,
//! `Addr`, `Coin`, `Event`, `MessageInfo`) stay those of `cosmwasm-std`.
//!
//! * `chain`: in a contract, the calls to and from the virtual machine. The only unsafe code.
//! * `host`: in tests, the same types over those of `cosmwasm-std`.
//! * `text`: what crosses the door, as JSON.
#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

#[cfg(target_arch = "wasm32")]
pub mod chain;
#[cfg(not(target_arch = "wasm32"))]
pub mod host;
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))] // `chain` alone uses it
mod text;

use cosmwasm_std::{Addr, Coin, Event, Storage};

/// What a question may use.
#[derive(Clone, Copy)]
pub struct Deps<'a> {
    /// The contract's own records.
    pub storage: &'a dyn Storage,
    /// The chain's addresses.
    pub api: &'a dyn Addresses,
    /// What other contracts have stored.
    pub others: &'a dyn Others,
}

/// What a message may use.
pub struct DepsMut<'a> {
    /// The contract's own records.
    pub storage: &'a mut dyn Storage,
    /// The chain's addresses.
    pub api: &'a dyn Addresses,
    /// What other contracts have stored.
    pub others: &'a dyn Others,
}

impl DepsMut<'_> {
    /// The same, for reading.
    pub fn as_ref(&self) -> Deps<'_> {
        Deps {
            storage: self.storage,
            api: self.api,
            others: self.others,
        }
    }
}

/// The two forms of an address, and whether the holder of a key signed.
pub trait Addresses {
    /// The bytes of a written address; `None` where it isn't one of this chain.
    fn canonical(&self, written: &str) -> Option<Vec<u8>>;

    /// The written form of the bytes; `None` where they aren't an address.
    fn written(&self, canonical: &[u8]) -> Option<String>;

    /// Whether `signature` (r and s, 64 bytes) over the SHA-256 `hash` is by the secp256k1 `key` (33
    /// or 65 bytes). Whatever has another form isn't. A high s is taken too: the same signature has
    /// two forms, so nothing may be told apart by its bytes.
    fn secp256k1(&self, hash: &[u8; 32], signature: &[u8], key: &[u8]) -> bool;

    /// Whether `signature` (64 bytes) over `message` is by the ed25519 `key` (32 bytes). Whatever has
    /// another form isn't.
    fn ed25519(&self, message: &[u8], signature: &[u8], key: &[u8]) -> bool;
}

/// Whether signature and key have the form of [`Addresses::secp256k1`]; the virtual machine ends the
/// message where they are longer.
fn is_secp256k1(signature: &[u8], key: &[u8]) -> bool {
    signature.len() == 64 && (key.len() == 33 || key.len() == 65)
}

/// Whether signature and key have the form of [`Addresses::ed25519`].
fn is_ed25519(signature: &[u8], key: &[u8]) -> bool {
    signature.len() == 64 && key.len() == 32
}

/// The longest record of another contract that is looked at, in bytes: none of a known layout is
/// longer, and nobody but its writer should pay for more.
pub const MAX_RECORD: usize = muster_schema::layout::verdict::MAX_RECORD;

/// The records of other contracts, as bytes. Reading one runs no code of theirs, so they can
/// neither refuse nor call back; what they wrote is theirs, and nothing about it can be trusted.
pub trait Others {
    /// What `contract` has stored under `key`; `None` where there is no such record or contract. No
    /// record is empty: one above [`MAX_RECORD`] comes as nothing but that it is there.
    fn record(&self, contract: &str, key: &[u8]) -> Option<Vec<u8>>;
}

/// Where and when a message or question is handled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Env {
    /// The block's time in Unix seconds.
    pub now: u64,
    /// Which chain it is.
    pub chain_id: String,
    /// The contract's own address.
    pub contract: Addr,
}

/// A payment from the contract to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Who gets it.
    pub to: Addr,
    /// What, and more than zero of it: the bank refuses zero amounts.
    pub coin: Coin,
}

/// What a message does beyond the contract's own records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Response {
    /// In the order in which they are emitted.
    pub events: Vec<Event>,
    /// In the order in which they are sent; a failed one undoes the message.
    pub payments: Vec<Payment>,
}

impl Response {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// With one more event.
    pub fn add_event(mut self, event: impl Into<Event>) -> Self {
        self.events.push(event.into());
        self
    }

    /// With more events.
    pub fn add_events(mut self, events: impl IntoIterator<Item = impl Into<Event>>) -> Self {
        self.events.extend(events.into_iter().map(Into::into));
        self
    }

    /// With more payments.
    pub fn pay(mut self, payments: impl IntoIterator<Item = Payment>) -> Self {
        self.payments.extend(payments);
        self
    }
}

/// Exports a contract's `instantiate`, `execute`, `query` and `migrate` to the virtual machine. Each
/// takes its typed message; `query` answers with JSON.
#[macro_export]
macro_rules! open {
    ($contract:path) => {
        #[cfg(target_arch = "wasm32")]
        mod door {
            use $contract as contract;
            use $crate::chain;

            #[unsafe(no_mangle)]
            extern "C" fn instantiate(env: u32, info: u32, msg: u32) -> u32 {
                chain::message(env, Some(info), msg, &|deps, env, info, msg| {
                    contract::instantiate(deps, env, info, chain::read(msg)?).map_err(chain::say)
                })
            }

            #[unsafe(no_mangle)]
            extern "C" fn execute(env: u32, info: u32, msg: u32) -> u32 {
                chain::message(env, Some(info), msg, &|deps, env, info, msg| {
                    contract::execute(deps, env, info, chain::read(msg)?).map_err(chain::say)
                })
            }

            #[unsafe(no_mangle)]
            extern "C" fn migrate(env: u32, msg: u32) -> u32 {
                chain::message(env, None, msg, &|deps, env, _, msg| {
                    contract::migrate(deps, env, chain::read(msg)?).map_err(chain::say)
                })
            }

            #[unsafe(no_mangle)]
            extern "C" fn query(env: u32, msg: u32) -> u32 {
                chain::question(env, msg, &|deps, env, msg| {
                    contract::query(deps, env, chain::read(msg)?).map_err(chain::say)
                })
            }
        }
    };
}
