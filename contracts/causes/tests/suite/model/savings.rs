//! Percentages of savings in the random histories.

use muster_schema::causes::event::CausesEvent;
use muster_schema::causes::{ExecuteMsg, Fulfilment, NewAction, OutcomeBy};

use super::Random;
use super::reference::Reference;
use crate::common::*;
use crate::saving::document;

/// Most actions that have attestors, and count people, have one.
pub(super) fn some(r: &mut Random, action: &mut NewAction) {
    let judged = action.outcome.as_ref().map(|outcome| &outcome.by);
    let attested = matches!(action.fulfilment, Fulfilment::Attested { .. })
        || matches!(judged, Some(OutcomeBy::Attested { .. }));
    if attested && action.unit.is_none() && r.below(4) > 0 {
        action.saving = document();
    }
}

/// Somebody, mostly an attestor, says what somebody saved: taken exactly about whom the reference has
/// bound, in an action that has a document about it. Nothing else comes of it.
pub(super) fn step(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let now = s.now();
    let Some((action, name)) = model.pledge_for(r, |a, p| a.saves(now, p)) else {
        return false;
    };
    let by = if r.below(6) == 0 { r.name() } else { r.judge() };
    let saved = u128::from(r.below(1_000_000)) << r.below(76);
    let msg = ExecuteMsg::StateSaving {
        action,
        person: s.who(&name).to_string(),
        currency: "EUR".into(),
        saved: saved.into(),
        paid: u128::from(r.below(9)).into(),
        evidence: None,
    };
    let sent = s.send(&by, msg);
    let expected = by.starts_with('j') && model.saves(now, action, &name);
    assert_eq!(sent.is_ok(), expected, "{by} about {name} on {action}");
    match sent.map(|response| events(&response).pop()) {
        Err(_) => false,
        Ok(Some(CausesEvent::SavingStated(e))) => {
            assert_eq!(e.due, saved / 20);
            true
        }
        Ok(other) => panic!("{other:?}"),
    }
}
