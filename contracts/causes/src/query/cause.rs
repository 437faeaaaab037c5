//! Causes.

use cosmwasm_std::{Coin, Order, Storage};
use muster_door::Deps;
use muster_schema::causes::{CauseResponse, CausesResponse, Error, FundResponse};
use muster_schema::json;
use muster_schema::layout::key::{self, tag};

use crate::records::{self, Next};
use crate::{address, fund as rule, money, store};

pub(super) fn cause(deps: Deps, id: u64) -> Result<CauseResponse, Error> {
    let cause = records::cause(deps.storage, id)?;
    Ok(CauseResponse {
        id,
        actions: cause.action_ids().collect(),
        creator: cause.creator,
        title: cause.title,
        text_hash: json::hex(&cause.text_hash),
        definition_hash: json::hex(&cause.definition_hash),
        created_at: cause.created_at,
        cancel: cause.cancel,
        cancelled: cause.cancelled,
        fee_bps: cause.fee_bps,
        fund: fund(deps.storage, id)?,
    })
}

pub(super) fn causes(
    deps: Deps,
    start_after: Option<u64>,
    limit: usize,
) -> Result<CausesResponse, Error> {
    let first = start_after.unwrap_or(0).saturating_add(1);
    let end = Next::load(deps.storage)?.cause;
    let causes = (first..end)
        .take(limit)
        .map(|id| cause(deps, id))
        .collect::<Result<_, Error>>()?;
    Ok(CausesResponse { causes })
}

/// The campaign fund of a cause, with its end.
pub(super) fn fund_of(deps: Deps, id: u64, now: u64) -> Result<FundResponse, Error> {
    let cause = records::cause(deps.storage, id)?;
    let to = rule::heir(deps.storage, id)
        .map(|heir| address::written(deps.api, "fund_to", &heir))
        .transpose()?;
    let until = rule::until(deps.storage, id, &cause, now)?;
    Ok(FundResponse {
        cause: id,
        coins: fund(deps.storage, id)?,
        to: to.map(Into::into),
        until,
        ended: until.is_some_and(|end| now >= end),
    })
}

/// What lies in a campaign fund: gifts of at most `MAX_FUND_DENOMS` kinds, and one denom for each
/// of its actions.
pub(super) fn fund(storage: &dyn Storage, cause: u64) -> Result<Vec<Coin>, Error> {
    coins(storage, &key::number(tag::FUND, cause), usize::MAX)
}

/// The amounts stored by denom under a prefix.
pub(super) fn coins(storage: &dyn Storage, prefix: &[u8], most: usize) -> Result<Vec<Coin>, Error> {
    store::under(storage, prefix, Order::Ascending)
        .take(most)
        .map(|(denom, amount)| {
            let found = denom.len();
            let denom = String::from_utf8(denom).map_err(|_| Error::CorruptRecord {
                record: "denom",
                found,
                allowed: 3,
            })?;
            Ok(money::coin(&denom, store::decode_amount(&amount)?))
        })
        .collect()
}
