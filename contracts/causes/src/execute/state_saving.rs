//! `state_saving`: attestors say what an institution saved, and paid of it. Nothing is paid here.

use cosmwasm_std::{MessageInfo, Storage, Uint128};
use muster_door::{DepsMut, Env, Response};
use muster_mechanism::saving;
use muster_schema::causes::{Error, Evidence, event, limits};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{OutcomeJudge, Pledge};

use super::{attest, check_in};
use crate::action::Action;
use crate::address::{self, Person};
use crate::{outcome, store, validate};

/// What an attestor says.
pub(crate) struct Stated {
    pub action: u64,
    pub person: String,
    pub currency: String,
    pub saved: Uint128,
    pub paid: Uint128,
    pub evidence: Option<Evidence>,
}

pub(crate) fn state_saving(
    deps: DepsMut,
    env: &Env,
    info: &MessageInfo,
    stated: Stated,
) -> Result<Response, Error> {
    let id = stated.action;
    let mut action = Action::load(deps.storage, id, env.now)?;
    let bps = store::amount(deps.storage, &key::number(tag::SAVING, id))?;
    if bps == 0 {
        return Err(Error::NotJudgedSo {
            action: id,
            found: "without a percentage of a saving",
            allowed: "one with a document about it",
        });
    }
    let attestor = address::sender(deps.api, &info.sender)?;
    require_attestor(deps.storage, &action, &attestor)?;
    if action.activated_at.is_none() {
        return Err(action.wrong_phase("from activation on"));
    }
    validate::currency(&stated.currency)?;
    let saved = amount("saved", stated.saved)?;
    let paid = amount("paid", stated.paid)?;
    let evidence = stated.evidence.map(check_in::checked).transpose()?;
    let person = address::typed(deps.api, "person", &stated.person)?;
    // Whoever claimed since did save all the same.
    let at = key::pledge(id, &person.canonical);
    let person = person.address.to_string();
    let Some(pledge) = store::load::<Pledge>(deps.storage, &at)? else {
        return Err(Error::NoPledge { action: id, person });
    };
    if !action.binds(deps.storage, &pledge)? {
        return Err(Error::NotBound { action: id, person });
    }
    let due = saving::due(saved, bps).ok_or(Error::Overflow { what: "a saving" })?;
    let bound = action.store_deeds(deps.storage)?;
    Ok(Response::new()
        .add_events(bound)
        .add_event(event::SavingStated {
            action: id,
            attestor: attestor.address.into(),
            person,
            currency: stated.currency,
            saved,
            due,
            paid,
            evidence,
        }))
}

/// Refuses whoever is no attestor: of what each did, or of the outcome.
fn require_attestor(storage: &dyn Storage, action: &Action, person: &Person) -> Result<(), Error> {
    let Err(refusal) = attest::attestor_of(storage, action, person) else {
        return Ok(());
    };
    match outcome::judges(storage, action.id)?.outcome {
        Some(OutcomeJudge::Attested { attestors, .. }) if attestors.contains(&person.canonical) => {
            Ok(())
        }
        _ => Err(refusal),
    }
}

fn amount(field: &'static str, amount: Uint128) -> Result<u128, Error> {
    let amount = amount.u128();
    let found = i128::try_from(amount).unwrap_or(i128::MAX);
    let most = i128::try_from(limits::MAX_SAVED).unwrap_or(i128::MAX);
    validate::range(field, found, 0, most)?;
    Ok(amount)
}
