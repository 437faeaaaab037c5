//! The Cosmos SDK's messages, by their field numbers.

use crate::chain::{Attribute, ChainEvent};
use prost_types::Any;

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct MsgExecuteContract {
    #[prost(string, tag = "1")]
    pub(super) sender: String,
    #[prost(string, tag = "2")]
    pub(super) contract: String,
    #[prost(bytes = "vec", tag = "3")]
    pub(super) msg: Vec<u8>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct TxBody {
    #[prost(message, repeated, tag = "1")]
    pub(super) messages: Vec<Any>,
    #[prost(uint64, tag = "3")]
    pub(super) timeout_height: u64,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct PubKey {
    #[prost(bytes = "vec", tag = "1")]
    pub(super) key: Vec<u8>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Single {
    #[prost(int32, tag = "1")]
    pub(super) mode: i32,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct ModeInfo {
    #[prost(message, optional, tag = "1")]
    pub(super) single: Option<Single>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct SignerInfo {
    #[prost(message, optional, tag = "1")]
    pub(super) public_key: Option<Any>,
    #[prost(message, optional, tag = "2")]
    pub(super) mode_info: Option<ModeInfo>,
    #[prost(uint64, tag = "3")]
    pub(super) sequence: u64,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Coin {
    #[prost(string, tag = "1")]
    pub(super) denom: String,
    #[prost(string, tag = "2")]
    pub(super) amount: String,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Fee {
    #[prost(message, repeated, tag = "1")]
    pub(super) amount: Vec<Coin>,
    #[prost(uint64, tag = "2")]
    pub(super) gas_limit: u64,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct AuthInfo {
    #[prost(message, repeated, tag = "1")]
    pub(super) signer_infos: Vec<SignerInfo>,
    #[prost(message, optional, tag = "2")]
    pub(super) fee: Option<Fee>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct SignDoc {
    #[prost(bytes = "vec", tag = "1")]
    pub(super) body_bytes: Vec<u8>,
    #[prost(bytes = "vec", tag = "2")]
    pub(super) auth_info_bytes: Vec<u8>,
    #[prost(string, tag = "3")]
    pub(super) chain_id: String,
    #[prost(uint64, tag = "4")]
    pub(super) account_number: u64,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct TxRaw {
    #[prost(bytes = "vec", tag = "1")]
    pub(super) body_bytes: Vec<u8>,
    #[prost(bytes = "vec", tag = "2")]
    pub(super) auth_info_bytes: Vec<u8>,
    #[prost(bytes = "vec", repeated, tag = "3")]
    pub(super) signatures: Vec<Vec<u8>>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct GasInfo {
    #[prost(uint64, tag = "2")]
    pub(super) gas_used: u64,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct EventAttribute {
    #[prost(string, tag = "1")]
    pub(super) key: String,
    #[prost(string, tag = "2")]
    pub(super) value: String,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Event {
    #[prost(string, tag = "1")]
    pub(super) kind: String,
    #[prost(message, repeated, tag = "2")]
    pub(super) attributes: Vec<EventAttribute>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Outcome {
    #[prost(message, repeated, tag = "3")]
    pub(super) events: Vec<Event>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct SimulateResponse {
    #[prost(message, optional, tag = "1")]
    pub(super) gas_info: Option<GasInfo>,
    #[prost(message, optional, tag = "2")]
    pub(super) result: Option<Outcome>,
}

impl From<Event> for ChainEvent {
    fn from(e: Event) -> Self {
        let attributes = e.attributes.into_iter().map(|a| Attribute {
            key: a.key,
            value: a.value,
        });
        Self {
            kind: e.kind,
            attributes: attributes.collect(),
        }
    }
}
