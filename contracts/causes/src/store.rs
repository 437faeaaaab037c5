//! Reading and writing records under the keys of `muster_schema::layout::key`.

use cosmwasm_std::{Order, Storage};
use muster_schema::causes::Error;
use muster_schema::layout::{Layout, LayoutError};

/// The record at `key`, if there is one. One that doesn't decode is an error, never a default.
pub(crate) fn load<T: Layout>(storage: &dyn Storage, key: &[u8]) -> Result<Option<T>, Error> {
    Ok(storage
        .get(key)
        .map(|bytes| T::decode(&bytes))
        .transpose()?)
}

/// The record at `key`, which must be there.
pub(crate) fn require<T: Layout>(storage: &dyn Storage, key: &[u8]) -> Result<T, Error> {
    load(storage, key)?.ok_or_else(|| missing(T::NAME))
}

/// Writes a record.
pub(crate) fn save<T: Layout>(storage: &mut dyn Storage, key: &[u8], record: &T) {
    storage.set(key, &record.encode());
}

/// An amount of coins; a missing one is 0 by definition of its record.
pub(crate) fn amount(storage: &dyn Storage, key: &[u8]) -> Result<u128, Error> {
    storage
        .get(key)
        .map_or(Ok(0), |bytes| decode_amount(&bytes))
}

/// Reads an amount of coins.
pub(crate) fn decode_amount(bytes: &[u8]) -> Result<u128, Error> {
    Ok(u128::from_be_bytes(fixed(bytes, "amount")?))
}

/// A count; a missing one is 0 by definition of its record.
pub(crate) fn count(storage: &dyn Storage, key: &[u8], record: &'static str) -> Result<u32, Error> {
    let bytes = storage.get(key);
    bytes.map_or(Ok(0), |bytes| {
        Ok(u32::from_be_bytes(fixed(&bytes, record)?))
    })
}

/// A moment in Unix seconds, if one is stored.
pub(crate) fn moment(
    storage: &dyn Storage,
    key: &[u8],
    record: &'static str,
) -> Result<Option<u64>, Error> {
    let bytes = storage.get(key);
    bytes
        .map(|bytes| Ok(u64::from_be_bytes(fixed(&bytes, record)?)))
        .transpose()
}

/// The bytes of a record that is one number.
fn fixed<const N: usize>(bytes: &[u8], record: &'static str) -> Result<[u8; N], Error> {
    bytes.try_into().map_err(|_| Error::CorruptRecord {
        record,
        found: bytes.len(),
        allowed: N,
    })
}

/// Writes an amount of coins, or removes it at 0.
pub(crate) fn set_amount(storage: &mut dyn Storage, key: &[u8], amount: u128) {
    if amount == 0 {
        storage.remove(key);
    } else {
        storage.set(key, &amount.to_be_bytes());
    }
}

/// Adds to an amount of coins.
pub(crate) fn add_amount(storage: &mut dyn Storage, key: &[u8], more: u128) -> Result<(), Error> {
    if more == 0 {
        return Ok(());
    }
    let sum = amount(storage, key)?
        .checked_add(more)
        .ok_or(Error::Overflow {
            what: "an amount of coins",
        })?;
    set_amount(storage, key, sum);
    Ok(())
}

/// The first key after every key that begins with `prefix`. Our prefixes begin with a tag below
/// `0x60`, so there always is one.
pub(crate) fn end_of(prefix: &[u8]) -> Vec<u8> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if let Some(next) = last.checked_add(1) {
            end.push(next);
            break;
        }
    }
    end
}

/// Everything under `prefix`, with the prefix cut off the keys.
pub(crate) fn under<'a>(
    storage: &'a dyn Storage,
    prefix: &[u8],
    order: Order,
) -> impl Iterator<Item = (Vec<u8>, Vec<u8>)> + use<'a> {
    let cut = prefix.len();
    storage
        .range(Some(prefix), Some(&end_of(prefix)), order)
        .map(move |(key, value)| (key.get(cut..).unwrap_or_default().to_vec(), value))
}

pub(crate) fn missing(record: &'static str) -> Error {
    LayoutError {
        record,
        found: 0,
        allowed: 1,
    }
    .into()
}
