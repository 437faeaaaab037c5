//! `create_cause`: everything is checked here, because nothing of it can change afterwards.

pub(super) mod alternatives;
pub(super) mod check;
mod coins;
mod deposit;
mod gate;
mod judges;
mod requires;

use cosmwasm_std::{MessageInfo, Storage};
use muster_door::{DepsMut, Env, Response};
use muster_mechanism::forfeits::ForfeitsTo as ForfeitsKind;
use muster_mechanism::schedule::{Judged, Timeline};
use muster_schema::causes::{
    BonusTerms, CreateCause, Deliberation, Error, ForfeitsTo, Fulfilment, NewAction, StakeRule,
    event,
};
use muster_schema::json;
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{
    BonusRule, Cause, Choice, FulfilmentKind, Judges, Purpose, Requires, Roles, StakeKind, Tally,
    Terms,
};
use sha2::{Digest, Sha256};

use crate::records::{self, Next};
use crate::{address, store, validate};

pub(crate) fn create_cause(
    mut deps: DepsMut,
    env: &Env,
    info: &MessageInfo,
    new: CreateCause,
) -> Result<Response, Error> {
    let now = env.now;
    let config = records::config(deps.storage)?;
    check::cause(&new)?;
    alternatives::all(&new, now, &config.floors)?;
    let roles = new
        .actions
        .iter()
        .map(|action| {
            check::action(action, now, &config.floors)?;
            let others = [(info.sender.as_str(), "creator")];
            let roles = check::roles(deps.api, action, &others, &env.contract)?;
            Ok((roles, coins::purpose(deps.api, action, &env.contract)?))
        })
        .collect::<Result<Vec<_>, Error>>()?;

    let gates = new
        .actions
        .iter()
        .zip(&roles)
        .map(|(action, (roles, _))| gate::resolve(&deps, env, action, roles, &config.floors))
        .collect::<Result<Vec<_>, Error>>()?;

    let mut next = Next::load(deps.storage)?;
    let (id, first_action) = (next.cause, next.action);
    check::relation(new.relation, id)?;
    let creator = address::sender(deps.api, &info.sender)?;
    let required = requires::resolve(&deps, env, &creator, &new.actions, &gates, first_action)?;
    if let Some(text) = &new.fund_to {
        let heir = address::typed(deps.api, "fund_to", text)?;
        address::refuse_this_contract(env, &heir.address)?;
        let at = key::number(tag::FUND_TO, id);
        deps.storage.set(&at, &heir.canonical);
    }
    let judged = judges::all(
        &judges::Context {
            deps: deps.as_ref(),
            creator: &info.sender,
            contract: &env.contract,
            floors: &config.floors,
            actions: &new.actions,
            first: first_action,
            now,
        },
        &roles,
    )?;
    let definition = event::CauseCreated::definition_json(&new);
    let deliberation = new.deliberation;
    let cause = Cause {
        creator: info.sender.to_string(),
        title: new.title,
        text_hash: sha256(&new.text),
        definition_hash: sha256(&definition),
        created_at: now,
        cancel: new.cancel,
        cancelled: false,
        fee_bps: config.fee_bps,
        first_action,
        actions: u8::try_from(new.actions.len()).unwrap_or(u8::MAX), // at most MAX_ACTIONS
    };
    store::save(deps.storage, &key::number(tag::CAUSE, id), &cause);
    let bundled = new.bundle;
    let mut met = Vec::new();
    let parts = roles.iter().zip(&required).zip(&gates).zip(&judged);
    for (i, (action, ((((roles, purpose), required), gate), judged))) in
        (0_u8..).zip(new.actions.iter().zip(parts))
    {
        let number = next.action;
        next.action = number.checked_add(1).ok_or(Error::Overflow {
            what: "action numbers",
        })?;
        store_bonus(&mut deps, env, number, action.bonus.as_ref())?;
        let alternative = deliberation.filter(|d| i < d.alternatives);
        let place = Place {
            cause: id,
            number,
            fee_bps: config.fee_bps,
            requires: required.kind,
            chosen_at: alternative.map(|d| d.score_until),
            gated: gate.is_there(),
            bundled,
            judged: judged.judged,
        };
        store_action(deps.storage, &place, action, roles)?;
        gate::store(deps.storage, number, gate);
        if let Some(purpose) = purpose {
            let at = key::number(tag::PURPOSE, number);
            store::save::<Purpose>(deps.storage, &at, purpose);
        }
        if judged.judges != Judges::default() {
            store::save(
                deps.storage,
                &key::number(tag::JUDGES, number),
                &judged.judges,
            );
        }
        met.extend(requires::store(deps.storage, number, required, &creator)?);
    }
    if let Some(deliberation) = deliberation {
        let choice = choice(&deliberation, cause.actions);
        store::save(deps.storage, &key::number(tag::CHOICE, id), &choice);
        // Kept for proposals, so that the numbers of a cause's actions stay together.
        next.action = next
            .action
            .checked_add(choice.places.into())
            .ok_or(Error::Overflow {
                what: "action numbers",
            })?;
    }
    next.cause = id.checked_add(1).ok_or(Error::Overflow {
        what: "cause numbers",
    })?;
    next.save(deps.storage);
    for (number, required) in cause.action_ids().zip(&required) {
        if required.kind != Requires::Nothing {
            requires::bound(deps.storage, number, now)?;
        }
    }

    Ok(Response::new()
        .add_event(created(id, &cause, definition))
        .add_events(met))
}

/// A bonus's terms in a record of their own, which only pledges on that action read.
fn store_bonus(
    deps: &mut DepsMut,
    env: &Env,
    action: u64,
    bonus: Option<&BonusTerms>,
) -> Result<(), Error> {
    let Some(terms) = bonus else {
        return Ok(());
    };
    let sponsor = address::typed(deps.api, "bonus.sponsor", &terms.sponsor)?;
    address::refuse_this_contract(env, &sponsor.address)?;
    let rule = BonusRule {
        per_pledge: terms.per_pledge.u128(),
        before: terms.before,
        sponsor: sponsor.canonical,
    };
    store::save(deps.storage, &key::number(tag::BONUS, action), &rule);
    Ok(())
}

fn created(id: u64, cause: &Cause, definition: String) -> event::CauseCreated {
    event::CauseCreated {
        cause: id,
        creator: cause.creator.clone(),
        first_action: cause.first_action,
        fee_bps: cause.fee_bps,
        text_hash: json::hex(&cause.text_hash),
        definition,
    }
}

fn choice(deliberation: &Deliberation, actions: u8) -> Choice {
    Choice {
        listed: deliberation.alternatives,
        actions,
        places: deliberation.proposals.map_or(0, |p| p.places),
        score_from: deliberation.score_from(),
        score_until: deliberation.score_until,
        ..Choice::default()
    }
}

/// Where a new action goes, and what it has from its cause.
pub(super) struct Place {
    pub cause: u64,
    pub number: u64,
    pub fee_bps: u16,
    pub requires: Requires,
    pub chosen_at: Option<u64>,
    pub gated: bool,
    pub bundled: bool,
    pub judged: Judged,
}

/// Stores an action that passed its checks.
pub(super) fn store_action(
    storage: &mut dyn Storage,
    place: &Place,
    action: &NewAction,
    roles: &Roles,
) -> Result<(), Error> {
    let number = place.number;
    let terms = terms(place, action)?;
    store::save(storage, &key::number(tag::TERMS, number), &terms);
    let tally = key::number(tag::TALLY, number);
    store::save(storage, &tally, &Tally::default());
    if *roles != Roles::default() {
        store::save(storage, &key::number(tag::ROLES, number), roles);
    }
    coins::store_saving(storage, number, action);
    let label = key::number(tag::LABEL, number);
    storage.set(&label, action.label.as_bytes());
    Ok(())
}

fn sha256(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// Whether an action takes stakes, one person's, and its denom.
pub(super) fn stake(action: &NewAction) -> Result<(StakeKind, u128, String), Error> {
    let Some(terms) = &action.stake else {
        return Ok((StakeKind::None, 0, String::new()));
    };
    let kind = match terms.rule {
        StakeRule::Optional => StakeKind::Optional,
        StakeRule::Required => StakeKind::Required,
    };
    let amount = validate::stake(&terms.coin)?;
    Ok((kind, amount, terms.coin.denom.clone()))
}

/// The terms that the hot path reads, from a definition that passed its checks.
fn terms(place: &Place, action: &NewAction) -> Result<Terms, Error> {
    let (requires, fee_bps) = (place.requires, place.fee_bps);
    let fulfilment = match &action.fulfilment {
        Fulfilment::Honor {} => FulfilmentKind::Honor,
        Fulfilment::Attested { quorum, .. } => FulfilmentKind::Attested { quorum: *quorum },
        Fulfilment::Challengeable { .. } => FulfilmentKind::Challengeable,
        Fulfilment::Collective {} => FulfilmentKind::Collective,
    };
    let (stake, stake_amount, stake_denom) = stake(action)?;
    let outcome = action.outcome.as_ref();
    let (stake_amount, stake_denom) = match action.coins() {
        None => (stake_amount, stake_denom),
        Some(coins) => (coins.min.u128(), coins.denom.clone()),
    };
    let (deposit, denom) = match outcome.and_then(|outcome| outcome.deposit.as_ref()) {
        None => (0, stake_denom),
        Some(coin) => (validate::stake(coin)?, coin.denom.clone()),
    };
    Ok(Terms {
        cause: place.cause,
        chosen_at: place.chosen_at,
        goal: action.goal,
        timeline: Timeline {
            schedule: action.schedule.into(),
            binding: requires.binding(),
            lock: action.lock,
            confirm: action.confirm_window.unwrap_or(0),
            act_window: action.act_window,
            report_window: action.report_window,
            judged: place.judged,
        },
        requires,
        bundled: place.bundled,
        coins: action.coins().is_some(),
        bonus: action.bonus.is_some(),
        gated: place.gated,
        fulfilment,
        fee_bps,
        stake,
        stake_amount,
        deposit,
        stake_denom: denom,
        forfeits_to: match action.forfeits_to {
            None | Some(ForfeitsTo::Cooperators {}) => ForfeitsKind::Cooperators,
            Some(ForfeitsTo::Address { .. }) => ForfeitsKind::Address,
            Some(ForfeitsTo::Everybody {}) => ForfeitsKind::Everybody,
        },
    })
}
