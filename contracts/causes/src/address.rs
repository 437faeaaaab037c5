//! Addresses at the door: whatever case they come in, one account is one canonical address.

use cosmwasm_std::Addr;
use muster_door::{Addresses, Env};
use muster_schema::causes::Error;
use muster_schema::json;

/// An address of this chain in its canonical and its written form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    pub canonical: Vec<u8>,
    pub address: Addr,
}

/// The longest address that is looked at: a `length` beyond it can't be one.
const MAX_ADDRESS: usize = 128;

/// An address that somebody typed.
pub(crate) fn typed(api: &dyn Addresses, field: &'static str, text: &str) -> Result<Person, Error> {
    let bad = || Error::BadAddress {
        field,
        found: text.chars().take(MAX_ADDRESS).collect(),
    };
    if text.is_empty() || text.len() > MAX_ADDRESS {
        return Err(bad());
    }
    let canonical = api.canonical(text).ok_or_else(bad)?;
    let address = written(api, field, &canonical)?;
    Ok(Person { canonical, address })
}

/// An address that the chain vouches for.
pub(crate) fn sender(api: &dyn Addresses, address: &Addr) -> Result<Person, Error> {
    let canonical = api.canonical(address.as_str());
    Ok(Person {
        canonical: canonical.ok_or_else(|| Error::BadAddress {
            field: "sender",
            found: address.to_string(),
        })?,
        address: address.clone(),
    })
}

/// The written form of an address out of a record.
pub(crate) fn written(
    api: &dyn Addresses,
    field: &'static str,
    canonical: &[u8],
) -> Result<Addr, Error> {
    let written = api.written(canonical).ok_or_else(|| Error::BadAddress {
        field,
        found: json::hex(canonical),
    })?;
    Ok(Addr::unchecked(written)) // the chain itself wrote it
}

/// Coins sent to the contract itself would leave its books and stay in it for ever.
pub(crate) fn refuse_this_contract(env: &Env, to: &Addr) -> Result<(), Error> {
    if *to == env.contract {
        return Err(Error::RoleConflict {
            person: to.to_string(),
            found: "contract itself",
            wanted: "recipient",
        });
    }
    Ok(())
}
