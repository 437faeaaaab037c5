//! The records of a people contract, read raw. Whatever they hold may be hostile: a missing one
//! means "no", and one of another form is refused.

use muster_door::Deps;
use muster_schema::causes::{Error, IssuerKey, Registered};
use muster_schema::layout::people::{self, Kind, Since};
use muster_schema::layout::{ContractVersion, Layout};

/// Refuses what can't be a people contract, before anybody depends on it: every contract of ours
/// says which it is.
pub(crate) fn require(deps: Deps, contract: &str) -> Result<(), Error> {
    let version = deps.others.record(contract, ContractVersion::KEY);
    match version.map(|bytes| ContractVersion::decode(&bytes)) {
        Some(Ok(_)) => Ok(()),
        _ => Err(Error::BadAnswer {
            contract: contract.to_owned(),
            found: "no version".to_owned(),
            allowed: "a contract that says which one it is",
        }),
    }
}

/// What an address is registered as; `address` is canonical.
pub(crate) fn kind(
    deps: Deps,
    contract: &str,
    address: &[u8],
) -> Result<Option<Registered>, Error> {
    let kind: Option<Kind> = read(deps, contract, &people::kind_key(address))?;
    Ok(kind.map(|Kind(kind)| kind))
}

/// Whether an address is a member as of `now`; `address` is canonical.
pub(crate) fn is_member(
    deps: Deps,
    contract: &str,
    community: u64,
    address: &[u8],
    now: u64,
) -> Result<bool, Error> {
    let since: Option<Since> = read(deps, contract, &people::member_key(community, address))?;
    Ok(since.is_some_and(|Since(since)| since <= now))
}

/// Whether an issuer took an attestation back, at whatever time.
pub(crate) fn is_revoked(
    deps: Deps,
    contract: &str,
    issuer: &IssuerKey,
    digest: &[u8; 32],
) -> Result<bool, Error> {
    let since: Option<Since> = read(deps, contract, &people::revoked_key(issuer, digest))?;
    Ok(since.is_some())
}

fn read<T: Layout>(deps: Deps, contract: &str, key: &[u8]) -> Result<Option<T>, Error> {
    let bytes = deps.others.record(contract, key);
    let record = bytes.map(|bytes| T::decode(&bytes)).transpose();
    record.map_err(|e| Error::BadAnswer {
        contract: contract.to_owned(),
        found: format!("{} with {} bytes, or such a value", e.record, e.found),
        allowed: "a record of its layout, or none",
    })
}
