//! What is owed, page by page: the sum over the pages is what the contract must hold.

use muster_door::Deps;
use muster_schema::causes::{Error, OwedByAction, OwedByCause, SolvencyResponse};
use muster_schema::layout::key::{self, tag};

use super::action::held;
use super::cause::{coins, fund};
use crate::action::Action;
use crate::records::{self, Next};

/// Denoms of waiting fees that one answer lists.
const MAX_FEE_DENOMS: usize = 100;

pub(super) fn solvency(
    deps: Deps,
    start_after: Option<u64>,
    limit: usize,
) -> Result<SolvencyResponse, Error> {
    let first = start_after.unwrap_or(0).saturating_add(1);
    let end = Next::load(deps.storage)?.action;
    let (mut actions, mut causes, mut last) = (Vec::new(), Vec::new(), None);
    for id in (first..end).take(limit) {
        last = Some(id);
        // What is owed doesn't depend on the time, so no scan is needed: any `now` will do.
        let action = match Action::load(deps.storage, id, 0) {
            Err(Error::EmptyPlace { .. }) => continue,
            found => found?,
        };
        if let Some(owed) = held(deps.storage, &action)?.filter(|c| !c.amount.is_zero()) {
            actions.push(OwedByAction { action: id, owed });
        }
        let cause = action.terms.cause;
        if records::cause(deps.storage, cause)?.first_action == id {
            let fund = fund(deps.storage, cause)?;
            causes.extend(fund.into_iter().map(|owed| OwedByCause { cause, owed }));
        }
    }
    let fees = if start_after.is_none() {
        coins(deps.storage, &key::single(tag::FEES), MAX_FEE_DENOMS)?
    } else {
        Vec::new()
    };
    Ok(SolvencyResponse {
        actions,
        causes,
        fees,
        last,
    })
}
