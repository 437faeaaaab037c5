//! Deliberations in the random histories.

use muster_schema::causes::{
    Deliberation, ForfeitsTo, Fulfilment, NewAction, Proposals, Schedule, StakeTerms,
};

use super::reference::Reference;
use super::{ACTORS, Random, pledge, some_action};
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

/// Somebody proposes, seconds or scores where that may make sense.
pub(super) fn step(s: &mut Suite, r: &mut Random, model: &mut Reference, name: &str) -> bool {
    let which = r.below(8);
    let Some(open) = model.deliberating(s.now(), which) else {
        return false;
    };
    let (cause, count) = (open.cause, open.alternatives.len());
    let proposals = open.proposals.len() as u64;
    if !model.is_member(cause, name) {
        let action = model.alternative(cause, r.below(count as u64));
        return pledge(s, r, model, name, action);
    }
    match r.below(8) {
        0 => {
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
            let taken = s.propose(name, cause, action.clone()).is_ok();
            if taken {
                model.propose(cause, name, action);
            }
            taken
        }
        1..=4 if proposals > 0 => {
            let proposal = 1 + r.below(proposals.min(2));
            let mut taken = false;
            // Some at once, or none would ever have enough of them in time.
            for _ in 0..5 {
                let name = format!("p{}", r.below(ACTORS as u64));
                if !model.is_member(cause, &name) {
                    let action = model.alternative(cause, r.below(count as u64));
                    pledge(s, r, model, &name, action);
                }
                if s.second(&name, cause, proposal as u32).is_ok() {
                    model.second(cause, proposal as usize, &name);
                    taken = true;
                }
            }
            taken
        }
        _ => {
            let scores: Vec<u8> = (0..count).map(|_| r.below(6) as u8).collect();
            let taken = s.score(name, cause, &scores).is_ok();
            if taken {
                model.score(s.now(), cause, name, scores);
            }
            taken
        }
    }
}
