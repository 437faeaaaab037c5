//! `migrate`: only from an older version of this very contract.

use cosmwasm_std::Storage;
use muster_door::{DepsMut, Response};
use muster_schema::causes::Error;
use muster_schema::layout::ContractVersion;

use crate::contract::{CONTRACT, VERSION};
use crate::store;

pub(crate) fn migrate(deps: DepsMut) -> Result<Response, Error> {
    let stored: ContractVersion = store::require(deps.storage, ContractVersion::KEY)?;
    let older = parts(&stored.version)
        .zip(parts(VERSION))
        .is_some_and(|(from, to)| from < to);
    if stored.contract != CONTRACT || !older {
        return Err(Error::BadMigration {
            found: format!("{} {}", stored.contract, stored.version),
            allowed: format!("{CONTRACT} older than {VERSION}"),
        });
    }
    mark(deps.storage);
    Ok(Response::new())
}

/// Notes which contract and version this is.
pub(crate) fn mark(storage: &mut dyn Storage) {
    let this = ContractVersion {
        contract: CONTRACT.to_owned(),
        version: VERSION.to_owned(),
    };
    store::save(storage, ContractVersion::KEY, &this);
}

/// The numbers of a version `major.minor.patch`.
fn parts(version: &str) -> Option<[u32; 3]> {
    let mut numbers = version.split('.').map(str::parse);
    let mut next = || numbers.next()?.ok();
    let all = [next()?, next()?, next()?];
    numbers.next().is_none().then_some(all)
}
