//! Deliberations in the random histories.

use muster_schema::causes::{
    Deliberation, ForfeitsTo, Fulfilment, NewAction, Proposals, Schedule, StakeTerms,
};

use super::Random;
use super::actions::some_action;
use super::pledges::pledge;
use super::reference::Reference;
use crate::common::*;

pub(super) fn some_deliberation(s: &Suite, r: &mut Random, alternatives: u8) -> Deliberation {
    let until = s.now() + 40 + r.below(40);
    let proposals = (alternatives < 2 || r.below(2) == 0).then_some(Proposals { places: 1, until });
    Deliberation {
        alternatives,
        proposals,
        score_until: until + 20 + r.below(60),
    }
}

/// Gives it that stake, judged by itself: alternatives have one, and no judges.
pub(super) fn stake(action: &mut NewAction, stake: &Option<StakeTerms>) {
    let others = matches!(
        action.fulfilment,
        Fulfilment::Challengeable { .. } | Fulfilment::Collective {}
    );
    if others {
        action.fulfilment = Fulfilment::Honor {};
    }
    if others || action.stake != *stake {
        action.forfeits_to = stake.as_ref().map(|_| ForfeitsTo::Everybody {});
    }
    action.stake.clone_from(stake);
    (action.outcome, action.bonus) = (None, None);
}

/// Somebody scores the alternatives, or pledges so that they can later.
pub(super) fn score(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let (name, which) = (r.name(), r.below(8));
    let Some(open) = model.deliberating(s.now(), which) else {
        return false;
    };
    let (cause, count) = (open.cause, open.alternatives.len());
    if !model.is_member(cause, &name) && r.below(8) > 0 {
        return join(s, r, model, cause, &name);
    }
    let scores: Vec<u8> = (0..count).map(|_| r.below(6) as u8).collect();
    let taken = s.score(&name, cause, &scores).is_ok();
    if taken {
        model.score(s.now(), cause, &name, scores);
    }
    taken
}

fn join(s: &mut Suite, r: &mut Random, model: &mut Reference, cause: u64, name: &str) -> bool {
    let which = r.below(8);
    let action = model.alternative(cause, which);
    pledge(s, r, model, name, action)
}

/// Somebody proposes an alternative.
pub(super) fn propose(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let Some(cause) = model.proposing(s.now(), r.below(8)) else {
        return false;
    };
    let name = r.name();
    if !model.is_member(cause, &name) && r.below(8) > 0 {
        join(s, r, model, cause, &name);
    }
    let mut action = some_action(s, r);
    (action.gate, action.max) = (None, None);
    if action.unit.take().is_some() {
        (action.act_window, action.report_window) = (20, 30);
    }
    action.confirm_window = None;
    let first = model.alternative(cause, 0);
    let like = model.actions[first as usize - 1].terms.stake.clone();
    stake(&mut action, &like);
    if let Schedule::AtClose { pledge_until } | Schedule::Rolling { pledge_until } =
        &mut action.schedule
    {
        *pledge_until += 200;
    }
    let taken = s.propose(&name, cause, action.clone()).is_ok();
    if taken {
        model.propose(cause, &name, action);
    }
    taken
}

/// Some second a proposal at once, or none would ever have enough of them in time.
pub(super) fn second(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let Some(cause) = model.proposing(s.now(), r.below(8)) else {
        return false;
    };
    let proposals = model.proposals(cause);
    if proposals == 0 {
        return false;
    }
    let proposal = 1 + r.below(proposals.min(2));
    let mut any = false;
    for _ in 0..6 {
        let name = r.name();
        if !model.is_member(cause, &name) {
            join(s, r, model, cause, &name);
        }
        if s.second(&name, cause, proposal as u32).is_ok() {
            model.second(cause, proposal as usize, &name);
            any = true;
        }
    }
    any
}
