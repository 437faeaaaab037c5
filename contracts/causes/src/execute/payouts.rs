//! What goes to others than pledgers: named addresses and the treasury.

use cosmwasm_std::Addr;
use muster_door::{DepsMut, Env, Response};
use muster_schema::causes::{Error, event};
use muster_schema::layout::Roles;
use muster_schema::layout::key::{self, tag};

use crate::action::Action;
use crate::{address, money, records, store, validate};

/// Pays what an action's forfeits brought to the address that its definition names.
pub(crate) fn claim_forfeits(deps: DepsMut, env: &Env, id: u64) -> Result<Response, Error> {
    let action = Action::load(deps.storage, id, env.now)?;
    let at = key::number(tag::FORFEITS, id);
    let amount = store::amount(deps.storage, &at)?;
    let roles = store::load::<Roles>(deps.storage, &key::number(tag::ROLES, id))?;
    let to = match roles.and_then(|roles| roles.forfeits_to) {
        Some(to) if amount > 0 => address::written(deps.api, "forfeits_to", &to)?,
        _ => return Err(nothing("the address in forfeits_to".to_owned())),
    };
    store::set_amount(deps.storage, &at, 0);
    Ok(Response::new()
        .add_event(event::ForfeitsClaimed {
            action: id,
            to: to.to_string(),
            amount,
        })
        .pay(money::pay(&to, &action.terms.stake_denom, amount)))
}

/// Pays the fees of one denom to the treasury.
pub(crate) fn claim_fees(deps: DepsMut, denom: &str) -> Result<Response, Error> {
    validate::denom(denom)?;
    let treasury = Addr::unchecked(records::config(deps.storage)?.treasury);
    let at = key::tagged(tag::FEES, denom.as_bytes());
    let amount = store::amount(deps.storage, &at)?;
    if amount == 0 {
        return Err(nothing(treasury.into()));
    }
    store::set_amount(deps.storage, &at, 0);
    let event = event::FeesClaimed {
        to: treasury.to_string(),
        denom: denom.to_owned(),
        amount,
    };
    Ok(Response::new()
        .add_event(event)
        .pay(money::pay(&treasury, denom, amount)))
}

pub(super) fn nothing(who: String) -> Error {
    Error::NothingDue {
        who,
        found: "0".to_owned(),
    }
}
