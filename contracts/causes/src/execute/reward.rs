//! `claim_reward`: what a vote gives to those who have no deposit in it: whoever showed a sealed
//! ballot, or was right to appeal.

use cosmwasm_std::MessageInfo;
use muster_door::{DepsMut, Env, Response};
use muster_schema::causes::{Error, event};
use muster_schema::layout::key::{self, tag};

use super::payouts::nothing;
use crate::action::Action;
use crate::{address, deposit, money, outcome};

pub(crate) fn claim(
    mut deps: DepsMut,
    env: &Env,
    info: &MessageInfo,
    id: u64,
    person: Option<String>,
) -> Result<Response, Error> {
    let mut action = Action::load(deps.storage, id, env.now)?;
    if action.terms.deposit == 0 {
        return Err(Error::NotJudgedSo {
            action: id,
            found: "without deposits",
            allowed: "one whose vote deposits stand behind",
        });
    }
    let person = match person {
        Some(text) => address::typed(deps.api, "person", &text)?,
        None => address::sender(deps.api, &info.sender)?,
    };
    address::refuse_this_contract(env, &person.address)?;
    let paid = key::number_and(tag::REWARDED, id, &person.canonical);
    if deps.storage.get(&paid).is_some() {
        return Err(Error::AlreadyDone {
            what: "claim_reward",
            action: id,
            person: person.address.into(),
        });
    }
    let this = address::sender(deps.api, &env.contract)?.canonical;
    let answered = outcome::fix(&mut deps, &this, &mut action, env.now)?;
    let bound = action.store_deeds(deps.storage)?;
    let Some(classes) = deposit::stored(deps.storage, id)? else {
        return Err(action.wrong_phase("settled, by an answer"));
    };
    let amount = deposit::take_reward(&mut deps, &this, &action, &person, classes)?;
    if amount == 0 {
        return Err(nothing(person.address.into()));
    }
    deps.storage.set(&paid, &[1]);
    let payment = money::pay(&person.address, &action.terms.stake_denom, amount);
    Ok(Response::new()
        .add_events(bound)
        .add_events(answered)
        .add_event(event::RewardClaimed {
            action: id,
            to: person.address.into(),
            amount,
        })
        .pay(payment))
}
