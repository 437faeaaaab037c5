//! The JSON of messages and answers for whoever pays for each byte of code: the contracts.
//!
//! The types are `serde` types too, and everybody else reads and writes them with `serde_json`.
//! In a contract that costs most of its size: a visitor for each type, numbers with a fraction,
//! sentences for errors nobody makes. Here one function reads every object, through references to
//! the places that it fills, and a type is a table of names (`causes/json.rs`).
//!
//! What is read and written is what `serde_json` reads and writes for the same types, byte for
//! byte (`tests/json/` compares the two on generated and on broken messages), but stricter: an
//! object never comes as a list of its values, and a word never as an object.

mod bytes;
mod chain;
mod read;
mod scalar;
mod string;
pub(crate) mod table;
mod write;

pub use bytes::{base64, from_base64, hex};
pub use read::{BadJson, Empty, Read, Reader, Strictness, from_json};
pub use table::{Field, Rule};
pub use write::{Write, Writer, to_json};

pub(crate) use table::{json_object, json_tagged, json_words};
