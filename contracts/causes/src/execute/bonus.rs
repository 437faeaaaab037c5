//! `sponsor_bonus` and `claim_bonus`: the sponsor's coins in and out. Pledgers get theirs with
//! `claim` or `withdraw`.

use cosmwasm_std::Coin;
use muster_door::{DepsMut, Env, Response};
use muster_schema::causes::{Error, event, limits};

use super::payouts::nothing;
use crate::action::Action;
use crate::address::{self, Person};
use crate::{bonus, money};

pub(crate) fn sponsor(
    deps: DepsMut,
    env: &Env,
    person: &Person,
    funds: &[Coin],
    id: u64,
) -> Result<Response, Error> {
    let action = Action::load(deps.storage, id, env.now)?;
    require(&action)?;
    let rule = bonus::rule(deps.storage, id)?;
    if rule.sponsor != person.canonical {
        return Err(Error::Unauthorized {
            found: person.address.to_string(),
            allowed: address::written(deps.api, "sponsor", &rule.sponsor)?.into(),
        });
    }
    if !action.takes_pledges() {
        return Err(action.wrong_phase("pledging, or locked before the close"));
    }
    let (denom, amount) = money::gift_attached(funds)?;
    let mut purse = bonus::purse(deps.storage, id)?;
    let sum = purse.fund.saturating_add(amount);
    if denom != action.terms.stake_denom || sum > limits::MAX_FUND {
        return Err(Error::WrongCoins {
            found: format!("{amount}{denom} beside {}", purse.fund),
            allowed: format!(
                "{}, at most {} in all",
                action.terms.stake_denom,
                limits::MAX_FUND
            ),
        });
    }
    purse.fund = sum;
    bonus::save(deps.storage, id, &purse);
    Ok(Response::new().add_event(event::BonusSponsored {
        action: id,
        person: person.address.to_string(),
        amount,
    }))
}

/// Pays the sponsor what the pledgers don't get.
pub(crate) fn claim(deps: DepsMut, env: &Env, id: u64) -> Result<Response, Error> {
    let action = Action::load(deps.storage, id, env.now)?;
    require(&action)?;
    if action.phase.is_open() && action.activated_at.is_none() {
        return Err(action.wrong_phase("active, settled, failed or cancelled"));
    }
    let rule = bonus::rule(deps.storage, id)?;
    let to = address::written(deps.api, "sponsor", &rule.sponsor)?;
    let mut purse = bonus::split(deps.storage, &action)?;
    let amount = purse.fund;
    if amount == 0 {
        return Err(nothing(to.into()));
    }
    purse.fund = 0;
    bonus::save(deps.storage, id, &purse);
    let payment = money::pay(&to, &action.terms.stake_denom, amount);
    Ok(Response::new()
        .add_event(event::BonusReturned {
            action: id,
            to: to.into(),
            amount,
        })
        .pay(payment))
}

fn require(action: &Action) -> Result<(), Error> {
    if action.terms.bonus {
        return Ok(());
    }
    Err(Error::Contradiction {
        found: "an action without a bonus",
        allowed: "one that names a sponsor",
    })
}
