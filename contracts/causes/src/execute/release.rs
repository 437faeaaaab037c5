//! `release`: bound coins go to their purpose. O(1), whatever the size of the crowd, but for the
//! scan of a `rolling` action that is still open.

use cosmwasm_std::Addr;
use muster_door::{DepsMut, Env, Response};
use muster_mechanism::release as split;
use muster_schema::causes::{Error, event};
use muster_schema::layout::key::{self, tag};

use crate::action::Action;
use crate::{address, coins, money, store};

pub(crate) fn release(deps: DepsMut, env: &Env, id: u64) -> Result<Response, Error> {
    let mut action = Action::load(deps.storage, id, env.now)?;
    if !action.terms.coins {
        return Err(coins::wrong_unit(&action));
    }
    if action.activated_at.is_none() {
        return Err(action.wrong_phase("one in which it is active"));
    }
    let purpose = coins::purpose(deps.storage, id)?;
    let to = address::written(deps.api, "beneficiary", &purpose.beneficiary)?;
    let mut units = coins::units(deps.storage, id)?;
    // Of a `rolling` action later joiners' coins are released too.
    let due = coins::fewer(action.commit(deps.storage)?, units.released)?;
    if due == 0 {
        return Err(Error::NothingDue {
            who: to.into(),
            found: "0".to_owned(),
        });
    }
    let bound = action.store_deeds(deps.storage)?;
    units.held = coins::fewer(units.held, due)?;
    units.released = coins::more(units.released, due)?;
    coins::save_units(deps.storage, id, &units);

    let amount = coins::amount(&purpose, due)?;
    let parts = split::release(amount, action.terms.fee_bps, purpose.document_bps);
    let parts = parts.ok_or(Error::Overflow {
        what: "an amount of coins",
    })?;
    let fees = key::tagged(tag::FEES, purpose.denom.as_bytes());
    store::add_amount(deps.storage, &fees, parts.fee)?;
    let recipient = purpose.recipient.as_deref();
    let recipient: Option<Addr> = recipient
        .map(|canonical| address::written(deps.api, "document.recipient", canonical))
        .transpose()?;
    let to_document = recipient.and_then(|r| money::pay(&r, &purpose.denom, parts.to_document));
    let to_beneficiary = money::pay(&to, &purpose.denom, parts.to_beneficiary);
    Ok(Response::new()
        .add_events(bound)
        .add_event(event::Released {
            action: id,
            units: due,
            fee: parts.fee,
            to_document: parts.to_document,
            to_beneficiary: parts.to_beneficiary,
        })
        .pay(to_document.into_iter().chain(to_beneficiary)))
}
