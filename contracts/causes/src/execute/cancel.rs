//! `cancel_cause`: as far as the cause's own rule allows, and never once somebody is bound.

use cosmwasm_std::MessageInfo;
use muster_door::{DepsMut, Env, Response};
use muster_mechanism::schedule::Phase;
use muster_schema::causes::{CancelRule, Error, event};
use muster_schema::layout::key::{self, tag};

use crate::action::Action;
use crate::{bonus, records, store};

pub(crate) fn cancel_cause(
    deps: DepsMut,
    env: &Env,
    info: &MessageInfo,
    id: u64,
) -> Result<Response, Error> {
    let mut cause = records::cause(deps.storage, id)?;
    if info.sender.as_str() != cause.creator {
        return Err(Error::Unauthorized {
            found: info.sender.to_string(),
            allowed: cause.creator,
        });
    }
    let allowed = match cause.cancel {
        CancelRule::UntilFirstPledge => "until the first pledge",
        CancelRule::UntilLock => "until the first lock or close",
        CancelRule::Never => "never",
    };
    let refuse = |found| Error::NotCancellable {
        cause: id,
        found,
        allowed,
    };
    if cause.cancelled {
        return Err(refuse("is cancelled"));
    }
    if cause.cancel == CancelRule::Never {
        return Err(refuse("can't be"));
    }
    let now = env.now;
    let mut open = Vec::new();
    for number in cause.action_ids() {
        let action = Action::load(deps.storage, number, now)?;
        if action.activated_at.is_some() {
            return Err(refuse("has an action that is active"));
        }
        if action.phase == Phase::Confirming {
            return Err(refuse("has an action that is confirming"));
        }
        let purse = bonus::purse(deps.storage, number)?;
        if action.phase.is_open() && purse.fund > 0 && purse.eligible > 0 {
            return Err(refuse("has a pledge that could come to a bonus"));
        }
        match cause.cancel {
            CancelRule::UntilFirstPledge if action.tally.ever_pledged => {
                return Err(refuse("has a first pledge"));
            }
            CancelRule::UntilLock if is_past_lock(&action, now) => {
                return Err(refuse("has an action that is locked or closed"));
            }
            _ if action.phase.is_open() => open.push(action),
            _ => {}
        }
    }
    if open.is_empty() {
        return Err(refuse("has no action that is open"));
    }
    let mut reopened = Vec::new();
    for mut action in open {
        reopened.extend(action.store_reopening(deps.storage));
        action.tally.cancelled = true;
        action.store_tally(deps.storage);
    }
    cause.cancelled = true;
    let at = key::number(tag::CANCELLED_AT, id);
    deps.storage.set(&at, &now.to_be_bytes());
    store::save(deps.storage, &key::number(tag::CAUSE, id), &cause);
    Ok(Response::new()
        .add_events(reopened)
        .add_event(event::CauseCancelled { cause: id }))
}

fn is_past_lock(action: &Action, now: u64) -> bool {
    let timeline = &action.terms.timeline;
    let end = timeline.locked_from().or(timeline.pledge_until());
    end.is_some_and(|end| now >= end)
}
