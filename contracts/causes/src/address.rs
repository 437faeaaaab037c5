//! Addresses at the door: whatever case they come in, one account is one canonical address.

use cosmwasm_std::{Addr, Api};
use muster_schema::causes::Error;

/// An address of this chain in its canonical and its written form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    pub canonical: Vec<u8>,
    pub address: Addr,
}

/// The longest address that is looked at: a `length` beyond it can't be one.
const MAX_ADDRESS: usize = 128;

/// An address that somebody typed.
pub(crate) fn typed(api: &dyn Api, field: &'static str, text: &str) -> Result<Person, Error> {
    let bad = || Error::BadAddress {
        field,
        found: text.chars().take(MAX_ADDRESS).collect(),
    };
    if text.is_empty() || text.len() > MAX_ADDRESS {
        return Err(bad());
    }
    let canonical = api.addr_canonicalize(text).map_err(|_| bad())?;
    let address = api.addr_humanize(&canonical).map_err(|_| bad())?;
    Ok(Person {
        canonical: canonical.to_vec(),
        address,
    })
}

/// An address that the chain vouches for.
pub(crate) fn sender(api: &dyn Api, address: &Addr) -> Result<Person, Error> {
    let canonical = api.addr_canonicalize(address.as_str())?;
    Ok(Person {
        canonical: canonical.to_vec(),
        address: address.clone(),
    })
}
