//! `check_in`: "I did it".

use muster_door::{DepsMut, Env, Response};
use muster_schema::causes::{Error, Evidence, event, limits};
use muster_schema::json;
use muster_schema::layout::FulfilmentKind;
use muster_schema::layout::key;

use super::claim;
use crate::action::Action;
use crate::address::Person;
use crate::{coins, store, validate};

/// Who may report, and when: said once for check-ins and statements.
pub(crate) const REPORTS: &str = "from activation until the report window ends";

pub(crate) fn check_in(
    deps: DepsMut,
    env: &Env,
    person: &Person,
    id: u64,
    evidence: Option<Evidence>,
) -> Result<Response, Error> {
    let mut action = Action::load(deps.storage, id, env.now)?;
    coins::refuse(&action)?;
    if action.terms.fulfilment == FulfilmentKind::Collective {
        return Err(Error::NotJudgedSo {
            action: id,
            found: "collective",
            allowed: "one where each person is judged",
        });
    }
    if !action.takes_reports() {
        return Err(action.wrong_phase(REPORTS));
    }
    let evidence = evidence.map(checked).transpose()?;
    let mut pledge = claim::standing_pledge(deps.storage, id, person)?;
    if !action.binds(deps.storage, &pledge)? {
        return Err(Error::NotBound {
            action: id,
            person: person.address.to_string(),
        });
    }
    if pledge.checked_in {
        let person = person.address.to_string();
        return Err(Error::AlreadyDone {
            what: "check-in",
            action: id,
            person,
        });
    }
    pledge.checked_in = true;
    store::save(deps.storage, &key::pledge(id, &person.canonical), &pledge);
    action.update_deeds(|deeds| {
        deeds.checked_in = deeds.checked_in.checked_add(1)?;
        let stakes = u32::from(pledge.staked);
        deeds.checked_in_staked = deeds.checked_in_staked.checked_add(stakes)?;
        Some(())
    })?;
    let bound = action.store_deeds(deps.storage)?;
    let event = event::CheckedIn {
        action: id,
        person: person.address.to_string(),
        evidence,
    };
    Ok(Response::new().add_events(bound).add_event(event))
}

pub(super) fn checked(evidence: Evidence) -> Result<(String, String), Error> {
    validate::line("evidence.uri", &evidence.uri, 1, limits::MAX_EVIDENCE_URI)?;
    validate::range(
        "evidence.sha256 bytes",
        evidence.sha256.len() as i128,
        32,
        32,
    )?;
    Ok((evidence.uri, json::hex(&evidence.sha256)))
}
