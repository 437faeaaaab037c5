//! `migrate`: only from an older version of this very contract.

use cosmwasm_std::{DepsMut, Response};
use cw2::{get_contract_version, set_contract_version};
use muster_schema::causes::Error;

use crate::contract::{CONTRACT, VERSION};

pub(crate) fn migrate(deps: DepsMut) -> Result<Response, Error> {
    let stored = get_contract_version(deps.storage)?;
    let older = parts(&stored.version)
        .zip(parts(VERSION))
        .is_some_and(|(from, to)| from < to);
    if stored.contract != CONTRACT || !older {
        return Err(Error::BadMigration {
            found: format!("{} {}", stored.contract, stored.version),
            allowed: format!("{CONTRACT} older than {VERSION}"),
        });
    }
    set_contract_version(deps.storage, CONTRACT, VERSION)?;
    Ok(Response::new())
}

/// The numbers of a version `major.minor.patch`.
fn parts(version: &str) -> Option<[u32; 3]> {
    let mut numbers = version.split('.').map(str::parse);
    let mut next = || numbers.next()?.ok();
    let all = [next()?, next()?, next()?];
    numbers.next().is_none().then_some(all)
}
