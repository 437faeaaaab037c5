//! What the contract and the reference say is the same, now and in the end.

use muster_schema::causes::ExecuteMsg;
use muster_schema::causes::limits::GRACE;

use super::reference::Reference;
use super::{ACTORS, Random, bonus, config, deeds, deposit, funds, judged, registry};
use crate::common::*;

/// Who is paid without pledging.
const OTHERS: [&str; 7] = [
    "challenger",
    "charity",
    "chest",
    "farmer",
    "institute",
    "keeper",
    "treasury",
];

/// Committed sets and balances are what the reference says.
pub(super) fn compare(s: &mut Suite, model: &mut Reference) {
    let now = s.now();
    model.refresh(now);
    for (i, expected) in model.actions.iter_mut().enumerate() {
        if expected.empty {
            continue;
        }
        let found = s.action(i as u64 + 1);
        assert_eq!(
            found.committed,
            expected.committed(now),
            "K* of action {}",
            i + 1
        );
        assert_eq!(
            found.active,
            expected.activated_at(now).is_some(),
            "action {}",
            i + 1
        );
        assert_eq!(found.pledged, expected.pledged(), "action {}", i + 1);
    }
    funds::compare(s, model);
    let actors = (0..ACTORS).map(|i| format!("p{i}"));
    for name in actors.chain(OTHERS.map(str::to_owned)) {
        let who = s.who(&name);
        for denom in [DENOM, EURO] {
            let expected = PURSE as i128 + model.gain(&name, denom);
            assert_eq!(
                s.balance(&who, denom) as i128,
                expected,
                "{name} of {denom}"
            );
        }
    }
}

/// The end of everything: whoever may claim does, and only funds and fees are left.
pub(super) fn finish(s: &mut Suite, r: &mut Random, model: &mut Reference) {
    compare(s, model);
    judged::finish(s, r, model);
    let end = s.now() - START + GRACE + 1_000;
    s.at(end);
    for action in 1..=model.actions.len() as u64 {
        let some = action % 16 == 0; // where there is nothing, some attempts are enough
        for i in 0..ACTORS {
            let name = format!("p{i}");
            model.refresh(s.now());
            if !some && !model.has(action, &name) {
                continue;
            }
            if s.claim("keeper", action, &name).is_ok() {
                model.claim(s.now(), action, &name, "keeper");
            }
        }
        let a = &mut model.actions[action as usize - 1];
        let (empty, in_coins) = (a.empty, a.counts_coins());
        let (forfeits, bonus) = (a.forfeits > 0, a.bonus_left());
        while (in_coins || some) && s.send("keeper", ExecuteMsg::Release { action }).is_ok() {
            model.release(s.now(), action);
        }
        if empty {
            continue;
        }
        if forfeits || some {
            deeds::forfeits_of(s, model, action);
        }
        if bonus || some {
            bonus::end(s, model, action);
        }
        deposit::end(s, model, action);
        let held = s.action(action);
        let open = matches!(held.phase.as_str(), "pledging" | "locked" | "confirming");
        let left = held.held.as_ref().is_some_and(|c| !c.amount.is_zero());
        assert!(
            open || !left,
            "action {action} keeps {:?} while {}",
            held.held,
            held.phase
        );
    }
    compare(s, model);
    registry::compare(s, model);
    bonus::compare(s, model);
    funds::finish(s, model);
    config::finish(s, model);
}
