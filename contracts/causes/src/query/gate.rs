//! Who may pledge an action, as its definition said it.

use cosmwasm_std::{Order, Storage};
use muster_door::Deps;
use muster_schema::causes::{Attested, Error, Gate as Definition};
use muster_schema::layout::Gate;
use muster_schema::layout::key::{self, tag};

use crate::action::Action;
use crate::{address, gate, store};

/// Its cap and its gate, if it has any.
pub(super) fn definition(
    deps: Deps,
    action: &Action,
) -> Result<(Option<u32>, Option<Definition>), Error> {
    let Some(found) = gate::of(deps.storage, action)? else {
        return Ok((None, None));
    };
    let max = found.max;
    let bare = Gate {
        max,
        ..Gate::default()
    };
    if found == bare {
        return Ok((max, None));
    }
    let Gate {
        list,
        least_kept,
        only,
        people,
        communities,
        claims,
        scope,
        ..
    } = found;
    let mut claims = claims.into_iter();
    let attested = claims.next().map(|one_person| Attested {
        one_person,
        also: claims.collect(),
        scope,
    });
    let list = if list > 0 {
        listed(deps, deps.storage, action.id)?
    } else {
        Vec::new()
    };
    let gate = Definition {
        people,
        attested,
        only,
        communities,
        list,
        least_kept: Some(least_kept).filter(|least| *least > 0),
    };
    Ok((max, Some(gate)))
}

/// The addresses of its list, in the order of their canonical forms.
fn listed(deps: Deps, storage: &dyn Storage, action: u64) -> Result<Vec<String>, Error> {
    store::under(storage, &key::number(tag::LISTED, action), Order::Ascending)
        .map(|(canonical, _)| Ok(address::written(deps.api, "list", &canonical)?.into()))
        .collect()
}
