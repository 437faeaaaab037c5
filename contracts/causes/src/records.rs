//! The records that are read rarely, and the running numbers.

use cosmwasm_std::Storage;
use muster_schema::causes::Error;
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Cause, Config};

use crate::store;

pub(crate) fn config(storage: &dyn Storage) -> Result<Config, Error> {
    store::require(storage, &key::single(tag::CONFIG))
}

pub(crate) fn save_config(storage: &mut dyn Storage, config: &Config) {
    store::save(storage, &key::single(tag::CONFIG), config);
}

pub(crate) fn cause(storage: &dyn Storage, id: u64) -> Result<Cause, Error> {
    match store::load(storage, &key::number(tag::CAUSE, id))? {
        Some(cause) => Ok(cause),
        None => Err(Error::UnknownCause {
            found: id,
            last: Next::load(storage)?.cause.saturating_sub(1),
        }),
    }
}

/// An action's label, which only answers show.
pub(crate) fn label(storage: &dyn Storage, action: u64) -> Result<String, Error> {
    let stored = storage.get(&key::number(tag::LABEL, action));
    stored
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| store::missing("label"))
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
