//! `create_cause`: everything is checked here, because nothing of it can change afterwards.

mod check;
mod coins;
mod gate;
mod judges;
mod requires;

use cosmwasm_std::MessageInfo;
use muster_door::{DepsMut, Env, Response};
use muster_mechanism::forfeits::ForfeitsTo as ForfeitsKind;
use muster_mechanism::schedule::{Judged, Timeline};
use muster_schema::causes::{
    BonusTerms, CreateCause, Error, ForfeitsTo, Fulfilment, NewAction, StakeRule, event,
};
use muster_schema::json;
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{
    BonusRule, Cause, FulfilmentKind, Judges, Purpose, Requires, Roles, StakeKind, Tally, Terms,
    Units,
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
    let roles = new
        .actions
        .iter()
        .map(|action| {
            check::action(action, now, &config.floors)?;
            let roles = check::roles(deps.api, action, &info.sender, &env.contract)?;
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
    let parts = roles.into_iter().zip(&required).zip(&gates).zip(judged);
    for (action, ((((roles, purpose), required), gate), judged)) in
        new.actions.into_iter().zip(parts)
    {
        let number = next.action;
        next.action = number.checked_add(1).ok_or(Error::Overflow {
            what: "action numbers",
        })?;
        let mut terms = terms(id, &action, config.fee_bps, required.kind)?;
        terms.gated = gate.is_there();
        terms.bundled = bundled;
        terms.timeline.judged = judged.judged;
        terms.bonus = action.bonus.is_some();
        store_bonus(&mut deps, env, number, action.bonus.as_ref())?;
        store::save(deps.storage, &key::number(tag::TERMS, number), &terms);
        store::save(
            deps.storage,
            &key::number(tag::TALLY, number),
            &Tally::default(),
        );
        if roles != Roles::default() {
            store::save(deps.storage, &key::number(tag::ROLES, number), &roles);
        }
        gate::store(deps.storage, number, gate);
        if let Some(purpose) = purpose {
            let at = key::number(tag::PURPOSE, number);
            store::save::<Purpose>(deps.storage, &at, &purpose);
            let at = key::number(tag::UNITS, number);
            store::save(deps.storage, &at, &Units::default());
        }
        if judged.judges != Judges::default() {
            store::save(
                deps.storage,
                &key::number(tag::JUDGES, number),
                &judged.judges,
            );
        }
        let label = key::number(tag::LABEL, number);
        deps.storage.set(&label, action.label.as_bytes());
        met.extend(requires::store(deps.storage, number, required, &creator)?);
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

fn sha256(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// The terms that the hot path reads, from a definition that passed its checks.
fn terms(cause: u64, action: &NewAction, fee_bps: u16, requires: Requires) -> Result<Terms, Error> {
    let fulfilment = match &action.fulfilment {
        Fulfilment::Honor {} => FulfilmentKind::Honor,
        Fulfilment::Attested { quorum, .. } => FulfilmentKind::Attested { quorum: *quorum },
        Fulfilment::Challengeable { .. } => FulfilmentKind::Challengeable,
        Fulfilment::Collective {} => FulfilmentKind::Collective,
    };
    let (stake, stake_amount, stake_denom) = match &action.stake {
        None => (StakeKind::None, 0, String::new()),
        Some(terms) => {
            let kind = match terms.rule {
                StakeRule::Optional => StakeKind::Optional,
                StakeRule::Required => StakeKind::Required,
            };
            (
                kind,
                validate::stake(&terms.coin)?,
                terms.coin.denom.clone(),
            )
        }
    };
    Ok(Terms {
        cause,
        goal: action.goal,
        timeline: Timeline {
            schedule: action.schedule.into(),
            binding: requires.binding(),
            lock: action.lock,
            confirm: action.confirm_window.unwrap_or(0),
            act_window: action.act_window,
            report_window: action.report_window,
            judged: Judged::default(), // the caller's
        },
        requires,
        gated: false,
        bundled: false, // the caller knows
        coins: action.coins().is_some(),
        bonus: false,
        fulfilment,
        fee_bps,
        stake,
        stake_amount,
        stake_denom,
        forfeits_to: match action.forfeits_to {
            None | Some(ForfeitsTo::Cooperators {}) => ForfeitsKind::Cooperators,
            Some(ForfeitsTo::Address { .. }) => ForfeitsKind::Address,
            Some(ForfeitsTo::Everybody {}) => ForfeitsKind::Everybody,
        },
    })
}
