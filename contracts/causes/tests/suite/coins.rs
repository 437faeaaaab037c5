//! Coins for a named purpose: all or nothing, and back to the last one where it is nothing.

use cosmwasm_std::{coin, coins};
use muster_schema::causes::event::{CausesEvent, Released};
use muster_schema::causes::{
    ClaimableResponse, CurveResponse, Document, ExecuteMsg, Gate, NewAction, QueryMsg, Requirement,
    Schedule, Unit,
};

use crate::common::*;
use crate::issuer::no_gate;

pub(crate) const MIN: u128 = 500;

pub(crate) fn land(s: &mut Suite, goal: u32) -> u64 {
    let action = an_action().coins(s, MIN).goal(goal);
    s.start(action)
}

pub(crate) fn release(s: &mut Suite, by: &str, action: u64) -> Result<Vec<CausesEvent>, String> {
    let response = s.send(by, ExecuteMsg::Release { action })?;
    Ok(events(&response))
}

pub(crate) fn with_document(s: &mut Suite, bps: u16, recipient: &str) -> NewAction {
    let recipient = s.who(recipient).into();
    let mut action = an_action().coins(s, MIN);
    if let Some(Unit::Coins(terms)) = &mut action.unit {
        terms.document = Some(Document {
            uri: "https://example.org/contract.pdf".into(),
            sha256: vec![7; 32].into(),
            bps,
            recipient,
        });
    }
    action
}

#[test]
fn land_bought_at_five_hundred_each() {
    let mut s = Suite::with_fee(200);
    let a = land(&mut s, 100);
    s.give("ann", a, 20 * MIN, 0).unwrap();
    s.give("bob", a, 30 * MIN, 100).unwrap();
    s.give("cid", a, 40 * MIN, 120).unwrap();
    let curve: CurveResponse = s.query(&QueryMsg::Curve { action: a });
    assert_eq!(curve.tips_with, Some(30), "units of 500");
    let thresholds: Vec<_> = curve
        .buckets
        .iter()
        .map(|b| (b.threshold, b.pledges))
        .collect();
    assert_eq!(thresholds, [(100, 50), (120, 40)]);
    assert_eq!(s.action(a).committed, 0);
    s.give("dan", a, 30 * MIN, 0).unwrap();
    s.give("eve", a, MIN, 990_000).unwrap();
    let found = s.action(a);
    assert_eq!((found.committed, found.pledged), (120, 121));
    let kept = found.coins.unwrap();
    assert_eq!(
        (kept.people, kept.released, kept.min),
        (5, 0, coin(MIN, DENOM))
    );
    let mine = s.pledge_of("cid", a).coins.unwrap();
    assert_eq!(mine.amount, coin(40 * MIN, DENOM));
    assert_eq!((mine.units, mine.total_at_least), (40, 120));

    refused(release(&mut s, "zoe", a), "wrong_phase");
    s.at(OPEN);
    assert_eq!(s.phase(a), "settled");
    let said = release(&mut s, "zoe", a).unwrap();
    assert!(matches!(said[0], CausesEvent::Bound(_)));
    let paid = Released {
        action: a,
        units: 120,
        fee: 1_200,
        to_document: 0,
        to_beneficiary: 58_800,
    };
    assert_eq!(said[1], CausesEvent::Released(paid));
    assert_eq!(s.gain("farmer"), 58_800);
    refused(release(&mut s, "zoe", a), "nothing_due");
    // Whoever wanted more than came together has everything back, whoever sends it.
    s.claim("zoe", a, "eve").unwrap();
    assert_eq!(s.gain("eve"), 0);
    refused(s.claim("zoe", a, "eve"), "already_done");
    refused(s.claim("ann", a, "ann"), "nothing_due");
    refused(s.withdraw("ann", a), "bound");
    assert_eq!(s.action(a).held.unwrap(), coin(0, DENOM));
    s.send(
        "zoe",
        ExecuteMsg::ClaimFees {
            denom: DENOM.into(),
        },
    )
    .unwrap();
    assert_eq!(s.gain("treasury"), 1_200);
}

#[test]
fn a_goal_that_is_missed_gives_everything_back_at_once() {
    let mut s = Suite::with_fee(500);
    let a = land(&mut s, 10);
    s.give("ann", a, 4 * MIN, 0).unwrap();
    s.give("bob", a, 5 * MIN, 0).unwrap();
    s.at(OPEN);
    assert_eq!(s.phase(a), "failed");
    refused(release(&mut s, "farmer", a), "wrong_phase");
    let person = s.who("ann").to_string();
    let due: ClaimableResponse = s.query(&QueryMsg::Claimable { action: a, person });
    assert_eq!(due.coins, Some(coins(4 * MIN, DENOM)));
    let said = events(&s.claim("zoe", a, "ann").unwrap());
    let back = |e: &CausesEvent| matches!(e, CausesEvent::Claimed(e) if e.coins == 4 * MIN);
    assert!(said.iter().any(back), "{said:?}");
    s.withdraw("bob", a).unwrap();
    assert_eq!((s.gain("ann"), s.gain("bob"), s.gain("farmer")), (0, 0, 0));
}

#[test]
fn a_cancelled_one_too() {
    let mut s = Suite::new();
    let a = land(&mut s, 10);
    s.give("ann", a, 10 * MIN, 0).unwrap();
    s.send("creator", ExecuteMsg::CancelCause { cause: 1 })
        .unwrap();
    refused(release(&mut s, "farmer", a), "wrong_phase");
    s.withdraw("ann", a).unwrap();
    assert_eq!(s.gain("ann"), 0);
}

#[test]
fn a_hard_cap_is_never_exceeded_by_a_unit() {
    let mut s = Suite::new();
    let action = an_action().coins(&mut s, MIN).goal(8).max(10).lock(100);
    let a = s.start(action.clone());
    s.give("ann", a, 8 * MIN, 10).unwrap();
    refused(s.give("bob", a, 3 * MIN, 0), "full");
    refused(s.give("bob", a, MIN, 20), "beyond_max");
    s.give("bob", a, 2 * MIN, 0).unwrap();
    refused(s.give("cid", a, MIN, 0), "full");
    s.at(OPEN);
    release(&mut s, "zoe", a).unwrap();
    assert_eq!(s.gain("farmer"), 10 * MIN as i128);
    let bad = NewAction { lock: 0, ..action };
    refused(s.create(a_cause(vec![bad])), "out_of_range");
}

#[test]
fn a_gate_lets_in_whom_it_names() {
    let mut s = Suite::new();
    let list = vec![s.who("ann").to_string()];
    // The goal is of units: one person may reach it alone.
    let mut action = an_action().coins(&mut s, MIN).goal(5);
    action.gate = Some(Gate { list, ..no_gate() });
    let a = s.start(action);
    refused(s.give("bob", a, MIN, 0), "not_admitted");
    s.give("ann", a, 5 * MIN, 0).unwrap();
    assert_eq!(s.at(OPEN).action(a).committed, 5);
}

#[test]
fn leaving_in_time_takes_the_coins_along_and_not_after_the_lock() {
    let mut s = Suite::new();
    let action = an_action().coins(&mut s, MIN).goal(3).lock(100);
    let a = s.start(action);
    s.give("ann", a, 3 * MIN, 40).unwrap();
    s.give("bob", a, 3 * MIN, 0).unwrap();
    s.withdraw("ann", a).unwrap();
    let curve: CurveResponse = s.query(&QueryMsg::Curve { action: a });
    assert_eq!(curve.buckets.len(), 1, "no bucket stays");
    let found = s.action(a);
    assert_eq!((found.pledged, found.coins.unwrap().people), (3, 1));
    s.give("ann", a, MIN, 0).unwrap();
    s.at(OPEN - 100);
    refused(s.withdraw("ann", a), "wrong_phase");
    s.give("cid", a, MIN, 0).unwrap();
    s.at(OPEN);
    release(&mut s, "zoe", a).unwrap();
    assert_eq!(s.gain("farmer"), 5 * MIN as i128);
}

#[test]
fn own_coins_count_towards_the_own_condition() {
    let mut s = Suite::new();
    let a = land(&mut s, 1);
    s.give("ann", a, 40 * MIN, 40).unwrap();
    assert_eq!(s.action(a).committed, 40);
    s.withdraw("ann", a).unwrap();
    s.give("ann", a, 40 * MIN, 41).unwrap();
    assert_eq!(s.action(a).committed, 0);
}

#[test]
fn later_joiners_of_a_rolling_one_are_released_too() {
    let mut s = Suite::new();
    let action = an_action()
        .coins(&mut s, MIN)
        .goal(4)
        .schedule(Schedule::Rolling {
            pledge_until: START + OPEN,
        });
    let a = s.start(action);
    s.give("ann", a, 3 * MIN, 0).unwrap();
    s.give("cid", a, 2 * MIN, 8).unwrap();
    assert_eq!(
        s.action(a).committed,
        0,
        "3 of the 5 units stand at the goal of 4"
    );
    s.give("bob", a, MIN, 0).unwrap();
    release(&mut s, "zoe", a).unwrap();
    assert_eq!(s.gain("farmer"), 4 * MIN as i128);
    refused(s.withdraw("ann", a), "bound");
    s.withdraw("cid", a).unwrap();
    s.give("cid", a, 2 * MIN, 8).unwrap();
    s.give("dan", a, 2 * MIN, 0).unwrap();
    assert_eq!(s.action(a).committed, 8);
    release(&mut s, "zoe", a).unwrap();
    assert_eq!(s.gain("farmer"), 8 * MIN as i128);
    s.give("eve", a, MIN, 90).unwrap();
    refused(release(&mut s, "zoe", a), "nothing_due");
    s.at(OPEN);
    refused(release(&mut s, "zoe", a), "nothing_due");
    s.withdraw("eve", a).unwrap();
    let left = s.action(a);
    assert_eq!(left.held.unwrap(), coin(0, DENOM));
    assert_eq!(left.coins.unwrap().released, 8);
}

/// Attack: a creator cancels after a release, so that some were paid out and others refunded.
#[test]
fn cancel_after_a_release_is_refused() {
    let mut s = Suite::new();
    let action = an_action()
        .coins(&mut s, MIN)
        .goal(2)
        .schedule(Schedule::Rolling {
            pledge_until: START + OPEN,
        });
    let a = s.start(action);
    s.give("ann", a, 2 * MIN, 0).unwrap();
    release(&mut s, "zoe", a).unwrap();
    let cancel = ExecuteMsg::CancelCause { cause: 1 };
    refused(s.send("creator", cancel), "not_cancellable");
}

#[test]
fn a_document_gives_its_part_to_whom_it_names() {
    let mut s = Suite::with_fee(500);
    let action = with_document(&mut s, 2_000, "broker").goal(3);
    let a = s.start(action);
    refused(s.give("broker", a, MIN, 0), "role_conflict");
    s.give("ann", a, 3 * MIN, 0).unwrap();
    s.at(OPEN);
    release(&mut s, "zoe", a).unwrap();
    assert_eq!((s.gain("broker"), s.gain("farmer")), (300, 1_125));
    let said = s.action(a).coins.unwrap();
    let broker = s.who("broker").to_string();
    assert_eq!(
        (said.document_bps, said.document_recipient),
        (2_000, Some(broker))
    );
}

#[test]
fn coins_bind_with_the_deeds_they_pay_for() {
    let mut s = Suite::new();
    let trigger = Schedule::AtTrigger {
        hold: 5,
        pledge_until: None,
    };
    let work = an_action()
        .goal(2)
        .schedule(trigger)
        .requires(&[Requirement::Own(1)]);
    let pay = an_action().coins(&mut s, MIN).goal(2).schedule(trigger);
    let pay = pay.requires(&[Requirement::Own(0)]);
    let work = s.create(a_cause(vec![work, pay])).unwrap();
    let pay = work + 1;
    s.give("ann", pay, 2 * MIN, 0).unwrap();
    s.pledge("bob", work, 0).unwrap();
    s.at(10);
    refused(s.activate("zoe", pay), "not_ready");
    refused(release(&mut s, "zoe", pay), "wrong_phase");
    s.pledge("cid", work, 0).unwrap();
    s.at(20);
    s.activate("zoe", pay).unwrap();
    assert_eq!(
        (s.phase(work), s.phase(pay)),
        ("acting".into(), "settled".into())
    );
    release(&mut s, "zoe", pay).unwrap();
    assert_eq!(s.gain("farmer"), 2 * MIN as i128);
}
