//! `claim`: one claim pays one pledge everything. Anybody may send it; only the owner is paid.

use cosmwasm_std::{Addr, MessageInfo, Storage};
use muster_door::{DepsMut, Env, Payment, Response};
use muster_schema::causes::{Error, event};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{FulfilmentKind, Pledge, Settled, Standing};

use super::{attest, challenge, settle, take_back};
use crate::action::Action;
use crate::address::{self, Person};
use crate::books::{self, Class, Due};
use crate::{bonus, coins, confirm, deposit, money, outcome, store};

const WHEN: &str = "settled, failed, cancelled or dropped; or activated without the person";
/// The person of a claim, and who sent it where that is somebody else.
pub(super) type Of<'a> = (&'a Person, Option<Addr>);

pub(crate) fn claim(
    deps: DepsMut,
    env: &Env,
    info: &MessageInfo,
    id: u64,
    person: Option<String>,
) -> Result<Response, Error> {
    let mut action = Action::load(deps.storage, id, env.now)?;
    let person = match person {
        Some(text) => address::typed(deps.api, "person", &text)?,
        None => address::sender(deps.api, &info.sender)?,
    };
    let by = (person.address != info.sender).then(|| info.sender.clone());
    let pledge = standing_pledge(deps.storage, id, &person)?;
    if action.is_left_behind(&pledge) {
        return confirm::release_left_behind(deps, action, &person, &pledge);
    }
    if action.phase.is_undecided() {
        return Err(action.wrong_phase(WHEN));
    }
    if !action.binds(deps.storage, &pledge)? {
        return release(deps, action, &person, pledge, by);
    }
    if action.terms.coins {
        return take_back::bound(deps, env, action, (&person, by), pledge);
    }
    let mut deps = deps;
    let mut answered = vec![];
    let mut deposits = deposit::Paid::default();
    if outcome::decides_coins(&action) {
        let this = address::sender(deps.api, &env.contract)?.canonical;
        answered = outcome::fix(&mut deps, &this, &mut action, env.now)?;
        if outcome::pays(&action, env.now) {
            deposits = deposit::take(&mut deps, &this, &action, &person)?;
        }
    }
    if !outcome::pays(&action, env.now) {
        return Err(action.wrong_phase(WHEN));
    }
    let ended = challenge::ended(deps.as_ref(), env, &action, &person)?;
    let response = pay_bound(
        deps,
        action,
        (&person, by),
        pledge,
        ended.as_ref(),
        deposits,
    )?;
    Ok(Response::new()
        .add_events(answered)
        .add_events(response.events)
        .pay(response.payments))
}

/// The pledge of `person` on an action, if nothing was paid for it yet.
pub(crate) fn standing_pledge(
    storage: &dyn Storage,
    action: u64,
    person: &Person,
) -> Result<Pledge, Error> {
    let who = || person.address.to_string();
    let pledge: Pledge = store::load(storage, &key::pledge(action, &person.canonical))?
        .ok_or_else(|| Error::NoPledge {
            action,
            person: who(),
        })?;
    if pledge.claimed {
        return Err(Error::AlreadyDone {
            what: "claim",
            action,
            person: who(),
        });
    }
    Ok(pledge)
}

/// Pays back a pledge that was never bound, once its action ended without it.
pub(crate) fn release(
    deps: DepsMut,
    mut action: Action,
    person: &Person,
    pledge: Pledge,
    by: Option<Addr>,
) -> Result<Response, Error> {
    let reopened = action.store_reopening(deps.storage);
    let bound = action.store_deeds(deps.storage)?;
    mark_claimed(deps.storage, action.id, person, pledge);
    let mut due = Due::default();
    let back = coins::amount(&action.terms, pledge.stakes())?;
    if action.terms.coins {
        due.coins = back;
    } else {
        due.stake = back;
    }
    if back > 0 {
        action.tally.staked = coins::fewer(action.tally.staked, pledge.stakes())?;
        action.store_tally(deps.storage);
    }
    due.deposit = deposit::take_back(deps.storage, &action)?;
    due.bonus = bonus::take(deps.storage, &action, person)?;
    Ok(Response::new()
        .add_events(reopened)
        .add_events(bound)
        .add_event(claimed(&action, person, by.as_ref(), due))
        .pay(payments(&action, person, by.as_ref(), due)))
}

fn pay_bound(
    mut deps: DepsMut,
    mut action: Action,
    (person, by): Of<'_>,
    pledge: Pledge,
    ended: Option<&challenge::Ended>,
    deposits: deposit::Paid,
) -> Result<Response, Error> {
    let bound = action.store_deeds(deps.storage)?;
    let (mut counts, forfeits, settled) = settle::fix_totals(deps.storage, &mut action)?;
    mark_claimed(deps.storage, action.id, person, pledge);
    let fell = ended.is_some_and(challenge::Ended::fell);
    note_standing(deps.storage, &action, person, &pledge, fell)?;
    let class = books::class(action.terms.fulfilment, &pledge, action.answer());
    let mut due = if pledge.staked {
        take_stake(&mut action.tally.staked, &mut counts, class)?;
        books::due(&action.terms, &forfeits, class)?
    } else {
        Due::default()
    };
    action.tally.settled = Some(counts);
    if pledge.staked || settled.is_some() {
        action.store_tally(deps.storage);
    }
    let mut response = Response::new().add_events(bound).add_events(settled);
    if let Some(ended) = ended {
        let (event, payment) = challenge::end(&mut deps, &action, person, ended, due)?;
        response = response.add_event(event).pay(payment);
        if fell {
            due = Due::default();
        }
    }
    (due.deposit, due.gain) = (deposits.own, deposits.gain);
    if by.is_none() {
        // Nobody else had to send it: the keeper's part is the cause's.
        let denom = action.terms.stake_denom.as_bytes();
        let fund = key::number_and(tag::FUND, action.terms.cause, denom);
        store::add_amount(deps.storage, &fund, due.keeper)?;
    }
    Ok(response
        .add_event(claimed(&action, person, by.as_ref(), due))
        .pay(payments(&action, person, by.as_ref(), due)))
}

/// What the person's standing gains once a pledge is final. Attestors who said nothing, or reached
/// no quorum: *unreported*. Of a challengeable action a check-in that stands is *kept*, one that
/// fell and none at all are *broken*.
fn note_standing(
    storage: &mut dyn Storage,
    action: &Action,
    person: &Person,
    pledge: &Pledge,
    fell: bool,
) -> Result<(), Error> {
    let stands = pledge.checked_in && !fell;
    let which: fn(&mut Standing) -> Option<&mut u32> = match action.terms.fulfilment {
        FulfilmentKind::Attested { .. } if pledge.outcome.is_none() => |s| Some(&mut s.unreported),
        FulfilmentKind::Challengeable if stands => |s| Some(&mut s.kept),
        FulfilmentKind::Challengeable => |s| Some(&mut s.broken),
        _ => return Ok(()), // written before, or nobody is judged by others
    };
    if action.known(storage)?.committed < attest::LEAST_FOR_STANDING {
        return Ok(());
    }
    if action.terms.fulfilment == FulfilmentKind::Challengeable && stands {
        attest::credit_referrer(storage, action.id, person, pledge)?;
    }
    attest::update_standing(storage, &person.canonical, which)
}

pub(super) fn mark_claimed(
    storage: &mut dyn Storage,
    action: u64,
    person: &Person,
    pledge: Pledge,
) {
    let claimed = Pledge {
        claimed: true,
        ..pledge
    };
    store::save(storage, &key::pledge(action, &person.canonical), &claimed);
}

/// Takes a stake from where its class is counted.
fn take_stake(staked: &mut u32, counts: &mut Settled, class: Class) -> Result<(), Error> {
    let left = match class {
        Class::Kept => &mut counts.left.kept,
        Class::Broken => &mut counts.left.broken,
        Class::Excused if counts.excused > 0 => &mut counts.left.excused,
        Class::Excused => staked,
    };
    *left = books::fewer_stakes(*left, 1)?;
    Ok(())
}

/// The coins of one claim: to the person, and to the keeper who sent it.
fn payments(
    action: &Action,
    person: &Person,
    by: Option<&Addr>,
    due: Due,
) -> impl Iterator<Item = Payment> {
    let denom = &action.terms.stake_denom;
    let own = due
        .stake
        .saturating_add(due.coins)
        .saturating_add(due.share)
        .saturating_add(due.bonus)
        .saturating_add(due.deposit)
        .saturating_add(due.gain); // all are parts of what lies here
    let to_person = money::pay(&person.address, denom, own);
    let to_keeper = by.and_then(|keeper| money::pay(keeper, denom, due.keeper));
    to_person.into_iter().chain(to_keeper)
}

pub(super) fn claimed(
    action: &Action,
    person: &Person,
    by: Option<&Addr>,
    due: Due,
) -> event::Claimed {
    let (keeper, fund) = if by.is_some() {
        (due.keeper, 0)
    } else {
        (0, due.keeper)
    };
    event::Claimed {
        action: action.id,
        person: person.address.to_string(),
        by: by.map(ToString::to_string),
        stake: due.stake,
        share: due.share,
        keeper,
        fund,
        coins: due.coins,
        bonus: due.bonus,
        deposit: due.deposit,
        gain: due.gain,
    }
}
