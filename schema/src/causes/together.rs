//! What makes an action active that requires others: the one rule, for the contract and the
//! indexer.

use muster_mechanism::closure;

use super::action::{NewAction, Requirement, Schedule};
use crate::layout::Requires;

/// How the action at `place` binds. Time alone binds it with what it requires if it and all that it
/// requires, directly or not, are `at_close` and of this cause; else a message does.
pub fn requires(actions: &[NewAction], place: usize) -> Requires {
    let Some(action) = actions.get(place) else {
        return Requires::Nothing;
    };
    if action.requires.is_empty() && action.counterpart.is_none() {
        return Requires::Nothing;
    }
    let reach = closure::reach(place, |i| actions.get(i).map_or(0, own));
    let all_close_here = closure::members(reach).all(|i| actions.get(i).is_some_and(closes_here));
    if all_close_here {
        Requires::InCause
    } else {
        Requires::ByMessage
    }
}

/// What it requires of its own cause, as a set of places.
fn own(action: &NewAction) -> u32 {
    action.requires.iter().fold(0, |set, r| match r {
        Requirement::Own(i) => set | closure::bit(usize::from(*i)),
        Requirement::Action(_) => set,
    })
}

fn closes_here(action: &NewAction) -> bool {
    matches!(action.schedule, Schedule::AtClose { .. })
        && action.counterpart.is_none()
        && action
            .requires
            .iter()
            .all(|r| matches!(r, Requirement::Own(_)))
}
