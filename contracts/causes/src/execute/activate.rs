//! `activate`: binds an action together with what it requires. All or none.

use muster_door::{DepsMut, Env, Response};
use muster_schema::causes::{Error, event};
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
    let mut events: Vec<event::Activated> = Vec::with_capacity(together.len());
    for action in &mut together {
        events.push(action.bind(deps.storage, now)?);
    }
    Ok(Response::new().add_events(events))
}
