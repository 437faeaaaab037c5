//! What goes to others than pledgers: named addresses, campaign funds, the treasury.

use cosmwasm_std::{Addr, MessageInfo};
use muster_door::{DepsMut, Env, Response};
use muster_schema::causes::{Error, event, limits};
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

/// What `spend_fund` was asked for.
pub(crate) struct Spend {
    pub cause: u64,
    pub to: String,
    pub denom: String,
    pub amount: u128,
    pub memo: String,
}

/// Spends from a campaign fund, in the open.
pub(crate) fn spend_fund(
    deps: DepsMut,
    env: &Env,
    info: &MessageInfo,
    spend: Spend,
) -> Result<Response, Error> {
    let Spend {
        cause: id,
        to,
        denom,
        amount,
        memo,
    } = spend;
    let cause = records::cause(deps.storage, id)?;
    if info.sender.as_str() != cause.creator {
        return Err(Error::Unauthorized {
            found: info.sender.to_string(),
            allowed: cause.creator,
        });
    }
    validate::denom(&denom)?;
    validate::line("memo", &memo, 1, limits::MAX_MEMO)?;
    let to = address::typed(deps.api, "to", &to)?.address;
    refuse_this_contract(env, &to)?;
    let at = key::number_and(tag::FUND, id, denom.as_bytes());
    let has = store::amount(deps.storage, &at)?;
    if amount == 0 {
        return Err(nothing(to.into()));
    }
    let left = has.checked_sub(amount).ok_or_else(|| Error::NotEnough {
        found: format!("{amount}{denom}"),
        allowed: format!("{has}{denom}"),
    })?;
    store::set_amount(deps.storage, &at, left);
    let payment = money::pay(&to, &denom, amount);
    let event = event::FundSpent {
        cause: id,
        to: to.into(),
        denom,
        amount,
        memo,
    };
    Ok(Response::new().add_event(event).pay(payment))
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

/// Coins sent to the contract itself would leave its books and stay in it for ever.
pub(super) fn refuse_this_contract(env: &Env, to: &Addr) -> Result<(), Error> {
    if *to == env.contract {
        return Err(Error::RoleConflict {
            person: to.to_string(),
            found: "contract itself",
            wanted: "recipient",
        });
    }
    Ok(())
}

fn nothing(who: String) -> Error {
    Error::NothingDue {
        who,
        found: "0".to_owned(),
    }
}
