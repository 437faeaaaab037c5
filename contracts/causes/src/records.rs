//! The records that are read rarely, in JSON, and the running numbers.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Addr, Storage};
use muster_schema::causes::{CancelRule, Error, ForfeitsTo, Fulfilment, WindowFloors};
use muster_schema::layout::key::{self, tag};

use crate::store;

/// The configuration.
#[cw_serde]
pub(crate) struct Config {
    pub owner: Option<Addr>,
    pub pending_owner: Option<Addr>,
    pub treasury: Addr,
    pub fee_bps: u16,
    pub floors: WindowFloors,
}

impl Config {
    pub(crate) fn load(storage: &dyn Storage) -> Result<Self, Error> {
        store::require_json(storage, &key::single(tag::CONFIG), "config")
    }

    pub(crate) fn save(&self, storage: &mut dyn Storage) -> Result<(), Error> {
        store::save_json(storage, &key::single(tag::CONFIG), self)
    }
}

/// A cause.
#[cw_serde]
pub(crate) struct Cause {
    pub creator: Addr,
    pub title: String,
    pub text_hash: String,
    pub definition_hash: String,
    pub created_at: u64,
    pub cancel: CancelRule,
    pub cancelled: bool,
    pub fee_bps: u16,
    pub first_action: u64,
    pub actions: u8,
}

impl Cause {
    pub(crate) fn load(storage: &dyn Storage, id: u64) -> Result<Self, Error> {
        match store::load_json(storage, &key::number(tag::CAUSE, id))? {
            Some(cause) => Ok(cause),
            None => Err(Error::UnknownCause {
                found: id,
                last: Next::load(storage)?.cause.saturating_sub(1),
            }),
        }
    }

    pub(crate) fn save(&self, storage: &mut dyn Storage, id: u64) -> Result<(), Error> {
        store::save_json(storage, &key::number(tag::CAUSE, id), self)
    }

    /// The numbers of its actions.
    pub(crate) fn action_ids(&self) -> impl Iterator<Item = u64> + use<> {
        self.first_action..self.first_action.saturating_add(u64::from(self.actions))
    }
}

/// What of an action only queries and payouts read.
#[cw_serde]
pub(crate) struct ActionInfo {
    pub label: String,
    pub fulfilment: Fulfilment,
    pub forfeits_to: Option<ForfeitsTo>,
}

impl ActionInfo {
    pub(crate) fn load(storage: &dyn Storage, id: u64) -> Result<Self, Error> {
        store::require_json(storage, &key::number(tag::ACTION, id), "action")
    }

    pub(crate) fn save(&self, storage: &mut dyn Storage, id: u64) -> Result<(), Error> {
        store::save_json(storage, &key::number(tag::ACTION, id), self)
    }
}

/// The next numbers to give out.
#[derive(Clone, Copy)]
pub(crate) struct Next {
    pub cause: u64,
    pub action: u64,
}

impl Next {
    pub(crate) fn load(storage: &dyn Storage) -> Result<Self, Error> {
        let key = key::single(tag::NEXT);
        match storage.get(&key) {
            None => Ok(Self {
                cause: 1,
                action: 1,
            }),
            Some(bytes) => {
                let both = store::decode_amount(&bytes)?;
                let cause = u64::try_from(both >> 64).unwrap_or(u64::MAX);
                let action = u64::try_from(both & u128::from(u64::MAX)).unwrap_or(u64::MAX);
                Ok(Self { cause, action })
            }
        }
    }

    pub(crate) fn save(self, storage: &mut dyn Storage) {
        let both = (u128::from(self.cause) << 64) | u128::from(self.action);
        store::set_amount(storage, &key::single(tag::NEXT), both);
    }
}
