//! `activate`: binds an action together with what it requires, or begins their confirm window. All
//! or none.

use muster_door::{DepsMut, Env, Response};
use muster_schema::causes::Error;
use muster_schema::layout::Requires;

use crate::action::Action;
use crate::requirements;

pub(crate) fn activate(deps: DepsMut, env: &Env, id: u64) -> Result<Response, Error> {
    let now = env.now;
    let asked = Action::load(deps.storage, id, now)?;
    if asked.activated_at.is_some() || !asked.phase.is_open() {
        return Err(asked.wrong_phase("open, and not active"));
    }
    if asked.terms.requires != Requires::ByMessage {
        return Err(Error::NotReady {
            action: id,
            found: "is bound by time alone",
            allowed: "one that a message binds",
        });
    }
    let mut together = requirements::closure(deps.storage, id, now)?;
    for action in &together {
        requirements::allow(deps.storage, action)?;
    }
    let mut response = Response::new();
    for action in &mut together {
        response = response.add_events(action.store_reopening(deps.storage));
        response = if action.has_confirm_window() {
            response.add_event(action.begin_confirming(deps.storage))
        } else {
            response.add_event(action.bind(deps.storage, now)?)
        };
    }
    Ok(response)
}
