//! `support`, `spend_fund` and `sweep_fund`: a cause's campaign fund, until its end and after it.

use cosmwasm_std::MessageInfo;
use muster_door::{DepsMut, Env, Response};
use muster_schema::causes::{Error, event, limits};
use muster_schema::layout::key::{self, tag};

use super::payouts::nothing;
use crate::{address, fund, money, records, store, validate};

/// Takes a gift: coins of one denom, not refunded.
pub(crate) fn support(
    deps: DepsMut,
    env: &Env,
    info: &MessageInfo,
    id: u64,
) -> Result<Response, Error> {
    let (denom, amount) = money::gift_attached(&info.funds)?;
    let cause = records::cause(deps.storage, id)?;
    let refuse = |found, allowed| {
        Err(Error::FundClosed {
            cause: id,
            found,
            allowed,
        })
    };
    if cause.cancelled {
        return refuse("belongs to a cancelled cause", "one that goes on");
    }
    if fund::heir(deps.storage, id).is_none() {
        return refuse(
            "names nobody for what is left at its end",
            "one with fund_to",
        );
    }
    if fund::is_over(deps.storage, id, &cause, env.now)? {
        return refuse("is over", "one before its end");
    }
    let at = key::number_and(tag::FUND, id, denom.as_bytes());
    let has = store::amount(deps.storage, &at)?;
    if has == 0 {
        fund::check_room(deps.storage, id, &cause, denom)?;
    }
    let sum = has.saturating_add(amount);
    if sum > limits::MAX_FUND {
        return Err(Error::WrongCoins {
            found: format!("{amount}{denom} beside {has}"),
            allowed: format!("at most {} in a fund", limits::MAX_FUND),
        });
    }
    store::set_amount(deps.storage, &at, sum);
    Ok(Response::new().add_event(event::Supported {
        cause: id,
        person: info.sender.to_string(),
        denom: denom.to_owned(),
        amount,
    }))
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
    if fund::is_over(deps.storage, id, &cause, env.now)? {
        return Err(Error::FundClosed {
            cause: id,
            found: "is over",
            allowed: "spent from before its end, swept after it",
        });
    }
    validate::denom(&denom)?;
    validate::line("memo", &memo, 1, limits::MAX_MEMO)?;
    let to = address::typed(deps.api, "to", &to)?.address;
    address::refuse_this_contract(env, &to)?;
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

/// Pays what lies in a fund that is over to the address that the cause named.
pub(crate) fn sweep_fund(
    deps: DepsMut,
    env: &Env,
    id: u64,
    denom: String,
) -> Result<Response, Error> {
    let cause = records::cause(deps.storage, id)?;
    validate::denom(&denom)?;
    let over = fund::is_over(deps.storage, id, &cause, env.now)?;
    let heir = match fund::heir(deps.storage, id) {
        Some(heir) if over => address::written(deps.api, "fund_to", &heir)?,
        Some(_) => return Err(not_over(id, "isn't over")),
        None => return Err(not_over(id, "names nobody for what is left at its end")),
    };
    let at = key::number_and(tag::FUND, id, denom.as_bytes());
    let amount = store::amount(deps.storage, &at)?;
    if amount == 0 {
        return Err(nothing(heir.into()));
    }
    store::set_amount(deps.storage, &at, 0);
    let payment = money::pay(&heir, &denom, amount);
    let event = event::FundSwept {
        cause: id,
        to: heir.into(),
        denom,
        amount,
    };
    Ok(Response::new().add_event(event).pay(payment))
}

fn not_over(cause: u64, found: &'static str) -> Error {
    Error::FundClosed {
        cause,
        found,
        allowed: "one after its end, which named an address",
    }
}
