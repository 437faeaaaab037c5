//! What the actions of new causes require of one another, in the random histories.

use muster_schema::causes::{NewAction, Requirement, Schedule};

use super::Random;
use crate::common::*;

/// A mutual deal with another cause: now and then one is offered, and answered.
pub(super) fn deal(
    s: &mut Suite,
    r: &mut Random,
    actions: &mut [NewAction],
    answered: Option<u64>,
    theirs: bool,
) {
    let trigger = Schedule::AtTrigger {
        hold: 5 + r.below(20),
        pledge_until: None,
    };
    match answered {
        Some(waiting) if theirs => {
            let first = &mut actions[0];
            (first.schedule, first.lock, first.max) = (trigger, 0, None);
            (first.bonus, first.confirm_window) = (None, None);
            first.requires = vec![Requirement::Action(waiting)];
        }
        None if actions.len() == 1 && r.below(2) == 0 => {
            let first = &mut actions[0];
            if first.bonus.is_some() || first.max.is_some() {
                return;
            }
            (first.schedule, first.lock) = (trigger, 0);
            (first.confirm_window, first.goal) = (None, first.goal.min(2));
            first.counterpart = Some(s.who("theirs").to_string());
        }
        _ => {}
    }
}

/// One schedule and a small goal for all make most requirements possible.
pub(super) fn schedule(r: &mut Random, in_ring: bool, actions: &mut [NewAction]) {
    if in_ring || r.below(8) == 0 {
        return ring(r, actions);
    }
    if r.below(2) > 0 {
        return;
    }
    let schedule = actions[0].schedule;
    for action in actions {
        action.schedule = schedule;
        action.lock = 0;
        action.max = None;
        action.goal = action.goal.min(2);
    }
}

/// Roles with one close that require some of the others of their cause: beside a bonus.
pub(super) fn own_roles(r: &mut Random, actions: &mut [NewAction]) {
    let (mut schedule, count) = (actions[0].schedule, actions.len());
    if let (0, Some(pledge_until)) = (r.below(2), schedule.pledge_until()) {
        schedule = Schedule::AtTrigger {
            hold: 5 + r.below(20),
            pledge_until: Some(pledge_until),
        };
    }
    for (i, action) in actions.iter_mut().enumerate() {
        (action.schedule, action.goal) = (schedule, action.goal.min(2));
        if i + 1 < count || (count > 1 && r.below(4) == 0) {
            action.requires = vec![Requirement::Own(((i + 1) % count) as u8)];
        }
    }
}

/// Roles that require one another in a ring.
fn ring(r: &mut Random, actions: &mut [NewAction]) {
    let hold = 5 + r.below(20);
    let count = actions.len();
    for (i, action) in actions.iter_mut().enumerate() {
        action.schedule = Schedule::AtTrigger {
            hold,
            pledge_until: None,
        };
        (action.lock, action.max) = (0, None);
        action.goal = action.goal.min(1 + r.below(2) as u32);
        if count > 1 {
            action.requires = vec![Requirement::Own(((i + 1) % count) as u8)];
        }
    }
}

pub(super) fn require(r: &mut Random, first: u64, actions: &mut [NewAction]) {
    let count = actions.len() as u64;
    for (i, action) in actions.iter_mut().enumerate() {
        if r.below(2) == 0 {
            let required = if r.below(3) == 0 && first > 1 {
                Requirement::Action(1 + r.below(first - 1))
            } else {
                Requirement::Own(r.below(count) as u8)
            };
            let itself = Requirement::Own(i as u8);
            if required != itself && !action.requires.contains(&required) {
                action.requires.push(required);
            }
        }
    }
}
