//! `release`: bound coins go to their purpose. O(1), whatever the size of the crowd, but for the
//! scan of a `rolling` action that is still open.

use cosmwasm_std::Addr;
use muster_door::{Addresses, Deps, DepsMut, Env, Payment, Response};
use muster_mechanism::release as split;
use muster_schema::causes::{Answer, Error, event};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Purpose, ReleaseRule};

use crate::action::Action;
use crate::payout::{self, Books};
use crate::{address, coins, money, store};

pub(crate) fn release(deps: DepsMut, env: &Env, id: u64) -> Result<Response, Error> {
    let action = Action::load(deps.storage, id, env.now)?;
    if !action.terms.coins {
        return Err(coins::wrong_unit(&action));
    }
    if action.activated_at.is_none() {
        return Err(action.wrong_phase("one in which it is active"));
    }
    let purpose = coins::purpose(deps.storage, id)?;
    if purpose.release == ReleaseRule::OnActivation {
        bound(deps, action, &purpose)
    } else {
        part(deps, env, action, purpose)
    }
}

/// What is bound and not released yet: of a `rolling` action later joiners' coins too.
fn bound(deps: DepsMut, mut action: Action, purpose: &Purpose) -> Result<Response, Error> {
    let id = action.id;
    let before = coins::released(deps.storage, id)?;
    let due = coins::fewer(action.commit(deps.storage)?, before)?;
    if due == 0 {
        return Err(nothing_due(deps.as_ref(), purpose, "0")?);
    }
    let bound = action.store_deeds(deps.storage)?;
    action.tally.staked = coins::fewer(action.tally.staked, due)?;
    action.store_tally(deps.storage);
    coins::save_released(deps.storage, id, coins::more(before, due)?);
    let amount = coins::amount(&action.terms, due)?;
    let paid = pay(deps, &action, purpose, amount)?;
    Ok(Response::new()
        .add_events(bound)
        .add_event(released(id, due, paid.parts))
        .pay(paid.payments))
}

/// The next part, if the answer about it is Yes: all of it on success, or a tranche.
fn part(deps: DepsMut, env: &Env, mut action: Action, purpose: Purpose) -> Result<Response, Error> {
    let id = action.id;
    let mut books = Books::load(deps.storage, &action, purpose)?;
    let Some(next) = books.next() else {
        return Err(nothing_due(deps.as_ref(), &books.purpose, "0")?);
    };
    // Once it is fixed what goes back, all parts before that had a Yes.
    if books.payout.from.is_none() {
        match payout::answer(deps.as_ref(), env, &mut action, &books, next)? {
            Some(Answer::Yes) => {}
            Some(_) => {
                let found = "coins that go back to whoever gave them";
                return Err(nothing_due(deps.as_ref(), &books.purpose, found)?);
            }
            None => return Err(action.wrong_phase(payout::WHEN)),
        }
    }
    let bound = action.store_deeds(deps.storage)?;
    let amount = books.part(next)?;
    books.take(amount)?;
    books.payout.released = next.saturating_add(1); // at most MAX_TRANCHES
    books.save(deps.storage, &mut action)?;
    let answered = if books.next().is_none() {
        payout::settle(deps.storage, &mut action, Answer::Yes, env.now)?
    } else {
        None
    };
    let whole = books.purpose.release == ReleaseRule::OnSuccess;
    if whole {
        coins::save_released(deps.storage, id, books.bound);
    }
    let paid = pay(deps, &action, &books.purpose, amount)?;
    let response = Response::new().add_events(bound).add_events(answered);
    let response = if whole {
        response.add_event(released(id, books.bound, paid.parts))
    } else {
        response.add_event(event::TrancheReleased {
            action: id,
            tranche: next,
            fee: paid.parts.fee,
            to_document: paid.parts.to_document,
            to_beneficiary: paid.parts.to_beneficiary,
        })
    };
    Ok(response.pay(paid.payments))
}

/// What is paid to whom.
struct Paid {
    parts: split::Release,
    payments: Vec<Payment>,
}

/// Splits coins and books the fee. Whoever calls it has taken them out of the books.
fn pay(deps: DepsMut, action: &Action, purpose: &Purpose, amount: u128) -> Result<Paid, Error> {
    let parts = split::release(amount, action.terms.fee_bps, purpose.document_bps);
    let parts = parts.ok_or(Error::Overflow {
        what: "an amount of coins",
    })?;
    let denom = &action.terms.stake_denom;
    let fees = key::tagged(tag::FEES, denom.as_bytes());
    store::add_amount(deps.storage, &fees, parts.fee)?;
    let recipient = purpose.recipient.as_deref();
    let recipient: Option<Addr> = recipient
        .map(|canonical| address::written(deps.api, "document.recipient", canonical))
        .transpose()?;
    let to = beneficiary(deps.api, purpose)?;
    let to_document = recipient.and_then(|r| money::pay(&r, denom, parts.to_document));
    let to_beneficiary = money::pay(&to, denom, parts.to_beneficiary);
    Ok(Paid {
        parts,
        payments: to_document.into_iter().chain(to_beneficiary).collect(),
    })
}

fn beneficiary(api: &dyn Addresses, purpose: &Purpose) -> Result<Addr, Error> {
    address::written(api, "beneficiary", &purpose.beneficiary)
}

fn nothing_due(deps: Deps, purpose: &Purpose, found: &str) -> Result<Error, Error> {
    Ok(Error::NothingDue {
        who: beneficiary(deps.api, purpose)?.into(),
        found: found.to_owned(),
    })
}

fn released(action: u64, units: u32, parts: split::Release) -> event::Released {
    event::Released {
        action,
        units,
        fee: parts.fee,
        to_document: parts.to_document,
        to_beneficiary: parts.to_beneficiary,
    }
}
