//! What an action requires: which others must be active with it, and what follows where they can't.
//!
//! Walks never leave what one action requires, directly or not, and end at active ones, which can
//! neither fail nor wait any more. `create_cause` keeps that below `MAX_CLOSURE`.

use cosmwasm_std::Storage;
use muster_mechanism::bonus;
use muster_mechanism::schedule::Phase;
use muster_schema::causes::Error;
use muster_schema::causes::limits::MAX_CLOSURE;
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Numbers, Requires};

use crate::action::Action;
use crate::store;

/// What `action` requires itself.
pub(crate) fn of(storage: &dyn Storage, action: u64) -> Result<Vec<u64>, Error> {
    let stored: Option<Numbers> = store::load(storage, &key::number(tag::REQUIRES, action))?;
    Ok(stored.unwrap_or_default().0)
}

/// When a message bound it, if one did.
pub(crate) fn bound_at(storage: &dyn Storage, action: u64) -> Result<Option<u64>, Error> {
    store::moment(storage, &key::number(tag::BOUND_AT, action), "bound_at")
}

/// The action and all that it requires, directly or not, without those that are active already;
/// each as it stands by its own schedule, the failure of what it requires not yet considered.
pub(crate) fn closure(storage: &dyn Storage, start: u64, now: u64) -> Result<Vec<Action>, Error> {
    let mut open: Vec<Action> = Vec::new();
    let mut seen = vec![start];
    let mut next = 0_usize;
    while let Some(id) = seen.get(next).copied() {
        next = next.saturating_add(1);
        let action = Action::alone(storage, id, now)?;
        if action.is_active_whatever_happens() {
            continue;
        }
        if action.terms.requires != Requires::Nothing {
            for required in of(storage, id)? {
                if !seen.contains(&required) {
                    seen.push(required);
                }
            }
        }
        open.push(action);
        if open.len() > MAX_CLOSURE {
            return Err(Error::BadRequirement {
                found: format!("{start} with more than {MAX_CLOSURE} that aren't active"),
                allowed: "at most 32 together",
            });
        }
    }
    Ok(open)
}

/// Whether something that `start` requires, directly or not, has failed, was cancelled or dropped.
pub(crate) fn has_failed(storage: &dyn Storage, start: u64, now: u64) -> Result<bool, Error> {
    let others = closure(storage, start, now)?;
    Ok(others
        .iter()
        .any(|action| action.id != start && action.phase.is_void()))
}

/// When `start` ended, if it has by `now`: settled, failed by itself or with what it requires, or
/// cancelled. Unix seconds. Never earlier once it is known.
pub(crate) fn ended_at(storage: &dyn Storage, start: u64, now: u64) -> Result<Option<u64>, Error> {
    let action = Action::load(storage, start, now)?;
    if !action.phase.is_void() {
        return action.ended_alone_at(storage);
    }
    if action.terms.requires == Requires::Nothing {
        return action.ended_alone_at(storage);
    }
    // The first of them to fail took the others along.
    let mut first = None;
    for member in closure(storage, start, now)? {
        if let Some(at) = member
            .ended_alone_at(storage)?
            .filter(|_| member.phase.is_void())
        {
            first = Some(first.map_or(at, |known: u64| known.min(at)));
        }
    }
    Ok(first)
}

/// Whether `start` failed at its close because too few were in there, and nothing that it requires,
/// directly or not, had failed by then.
pub(crate) fn missed_alone(storage: &dyn Storage, start: u64, now: u64) -> Result<bool, Error> {
    let (mut close, mut failed_at, mut others) = (None, None, Vec::new());
    for member in closure(storage, start, now)? {
        let ended = member.ended_alone_at(storage)?;
        let ended = ended.filter(|_| member.phase.is_void());
        if member.id == start {
            (close, failed_at) = (member.terms.timeline.pledge_until(), ended);
        } else {
            others.extend(ended);
        }
    }
    Ok(close.is_some_and(|close| bonus::is_due(close, failed_at, others)))
}

/// The refusal of binding `action` now, if its own schedule doesn't allow it.
pub(crate) fn allow(storage: &dyn Storage, action: &Action) -> Result<(), Error> {
    let refuse = |found, allowed| {
        Err(Error::NotReady {
            action: action.id,
            found,
            allowed,
        })
    };
    if action.waits_for_counterpart(storage) {
        return refuse("waits for its counterpart", "one that has met it");
    }
    match action.phase {
        Phase::Confirming => {
            return refuse("is confirming", "one whose confirm window has ended");
        }
        Phase::Pledging | Phase::Locked => {}
        // A void one has made what requires it void, which the caller has looked at.
        _ => return refuse("is bound by time alone", "one that a message binds"),
    }
    if !action.is_allowed(storage)? {
        return refuse(
            "isn't ready, or its schedule doesn't allow it yet",
            "one with a committed set, at its close or after its hold",
        );
    }
    if action.terms.requires == Requires::ByMessage {
        Ok(())
    } else {
        refuse(
            "is bound by time alone, and isn't yet",
            "one that is active",
        )
    }
}

/// Whether all that `start` requires, directly or not, came through the confirm window that began
/// with its own at `begun`, or was active then. It had to be one or the other.
pub(crate) fn confirmed(storage: &dyn Storage, start: u64, begun: u64) -> Result<bool, Error> {
    let mut seen = vec![start];
    let mut next = 0_usize;
    while let Some(id) = seen.get(next).copied() {
        next = next.saturating_add(1);
        if id != start {
            match came_through(storage, id, begun)? {
                CameThrough::Before => continue,
                CameThrough::With => {}
                CameThrough::Not => return Ok(false),
            }
        }
        for required in of(storage, id)? {
            if !seen.contains(&required) {
                seen.push(required);
            }
        }
    }
    Ok(true)
}

enum CameThrough {
    /// It was active when the window began.
    Before,
    /// It has a committed set among those who confirmed in that window.
    With,
    Not,
}

/// Of what is stored alone, since the members may require one another. An action that was open again
/// has no time of a message, or that of a later window; until that is stored, nobody's confirmation
/// is void and the scan finds what it found at the end.
fn came_through(storage: &dyn Storage, id: u64, begun: u64) -> Result<CameThrough, Error> {
    let member = Action::stored(storage, id)?;
    if member.terms.requires != Requires::ByMessage {
        return Ok(CameThrough::Before);
    }
    Ok(match bound_at(storage, id)? {
        // One without a window was active when what requires it was made, and a hold takes a second.
        Some(at) if at < begun => CameThrough::Before,
        Some(at) if at == begun && member.scan_confirmed(storage)?.people > 0 => CameThrough::With,
        _ => CameThrough::Not,
    })
}

/// The end of the last confirm window of what `start` requires, directly or not. What it requires
/// closes no later than it does; so one that ends after the close was the last of its action, and
/// there is a stored message, or a close, to tell when it began.
pub(crate) fn awaited_until(
    storage: &dyn Storage,
    start: u64,
    now: u64,
) -> Result<Option<u64>, Error> {
    let mut latest = None;
    let mut seen = vec![start];
    let mut next = 0_usize;
    while let Some(id) = seen.get(next).copied() {
        next = next.saturating_add(1);
        if id != start {
            let member = Action::stored(storage, id)?;
            if member.terms.requires == Requires::ByMessage {
                if let Some(at) = bound_at(storage, id)? {
                    latest = latest.max(Some(at.saturating_add(member.terms.timeline.confirm)));
                    continue; // what it requires confirmed with it, or before
                }
            } else {
                let member = Action::alone(storage, id, now)?;
                latest = latest.max(member.confirm_window()?.map(|(_, until)| until));
                if member.activated_at.is_some() {
                    continue;
                }
            }
        }
        for required in of(storage, id)? {
            if !seen.contains(&required) {
                seen.push(required);
            }
        }
    }
    Ok(latest)
}
