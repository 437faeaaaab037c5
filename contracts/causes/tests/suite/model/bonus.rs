//! Refund bonuses in the random histories.

use cosmwasm_std::coins;
use muster_schema::causes::{BonusTerms, ExecuteMsg, NewAction, Requirement};

use super::Random;
use super::reference::Reference;
use crate::common::*;

/// Gives an action that may have one a bonus, now and then or for sure.
pub(super) fn some(s: &mut Suite, r: &mut Random, action: &mut NewAction, sure: bool) {
    let now = s.now();
    let Some(close) = action.schedule.pledge_until() else {
        return;
    };
    if action.lock < 20 && r.below(2) == 0 {
        action.lock = 20;
    }
    let own = |required: &Requirement| matches!(required, Requirement::Own(_));
    let alone = action.requires.iter().all(own) && action.confirm_window.is_none();
    let deposit = action.outcome.as_ref().and_then(|o| o.deposit.as_ref());
    if deposit.is_some()
        || (action.stake.is_none() && action.unit.is_none())
        || !alone
        || action.lock < 20
        || !(sure || r.below(2) == 0)
    {
        return;
    }
    let missed = if action.requires.is_empty() {
        r.below(3) == 0
    } else {
        r.below(4) > 0
    };
    if missed {
        // It fails, and the bonus is paid.
        action.goal = if action.unit.is_none() { 12 } else { 60 };
        action.max = None;
        action.gate = None;
    }
    action.bonus = Some(BonusTerms {
        sponsor: s.who("sponsor").to_string(),
        per_pledge: (1 + u128::from(r.below(40))).into(),
        before: now + 1 + r.below(close - now).max(r.below(close - now)),
    });
}

/// The sponsor puts something in.
pub(super) fn sponsor(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let now = s.now();
    let Some(action) = model.action_for(r, |a| a.has_bonus() && a.is_open(now)) else {
        return false;
    };
    let known = &model.actions[action as usize - 1];
    let (has, denom) = (known.has_bonus(), known.denom.clone());
    let amount = 1 + u128::from(r.below(100));
    let give = ExecuteMsg::SponsorBonus { action };
    let funds = coins(amount, denom.clone().unwrap_or(DENOM.into()));
    let taken = s.send_with("sponsor", &give, &funds).is_ok();
    let open = model.is_open(now, action);
    assert_eq!(taken, has && open, "bonus of {action}");
    if let (true, Some(denom)) = (taken, denom) {
        model.give("sponsor", &denom, amount);
        model.actions[action as usize - 1].bonus_fund += amount;
    }
    taken
}

/// Anybody sends back what isn't needed.
pub(super) fn step(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let now = s.now();
    let rest =
        |a: &mut super::reference::Action| a.has_bonus() && a.bonus_left() && !a.is_open(now);
    let Some(action) = model.action_for(r, rest) else {
        return false;
    };
    end(s, model, action)
}

/// What a bonus doesn't need goes back.
pub(super) fn end(s: &mut Suite, model: &mut Reference, action: u64) -> bool {
    let due = model.bonus_rest(s.now(), action);
    let taken = s.send("keeper", ExecuteMsg::ClaimBonus { action }).is_ok();
    assert_eq!(taken, due > 0, "rest of the bonus of {action}: {due}");
    if let (true, Some(denom)) = (taken, model.actions[action as usize - 1].denom.clone()) {
        model.receive("sponsor", &denom, due);
        model.actions[action as usize - 1].bonus_returned += due;
        model
            .counts
            .one("what a refund bonus didn't need went back");
    }
    taken
}

/// The sponsor has what the reference says.
pub(super) fn compare(s: &mut Suite, model: &Reference) {
    let sponsor = s.who("sponsor");
    for denom in [DENOM, EURO] {
        let expected = PURSE as i128 + model.gain("sponsor", denom);
        assert_eq!(s.balance(&sponsor, denom) as i128, expected);
    }
}
