//! What an action in coins refuses, in which phase, and from whom.

use cosmwasm_std::{Uint128, coin, coins};
use muster_schema::causes::{ExecuteMsg, ForfeitsTo, NewAction, Schedule, StakeRule, Unit};

use crate::coins::{MIN, land, release, with_document};
use crate::common::*;

/// Attack: dust below `min`, to fill records or to unsettle the count.
#[test]
fn dust_below_min_is_refused() {
    let mut s = Suite::new();
    let a = land(&mut s, 10);
    for amount in [1, MIN - 1, MIN + 1, 2 * MIN - 1, MIN * 1_000_001] {
        refused(s.give("ann", a, amount, 0), "wrong_coins");
    }
    let msg = ExecuteMsg::PledgeCoins {
        action: a,
        total_at_least: 0,
        credentials: vec![],
    };
    for funds in [
        vec![],
        coins(MIN, EURO),
        vec![coin(MIN, EURO), coin(MIN, DENOM)],
    ] {
        refused(s.send_with("ann", &msg, &funds), "wrong_coins");
    }
    s.give("ann", a, MIN * 1_000_000, 0).unwrap();
    refused(s.give("ann", a, MIN, 0), "already_pledged");
}

#[test]
fn a_condition_is_the_goal_or_above_it_on_the_grid() {
    let mut s = Suite::new();
    let a = land(&mut s, 1_234);
    s.give("goal", a, MIN, 1_234).unwrap(); // which isn't on the grid
    refused(s.give("ann", a, MIN, 1_000), "out_of_range");
    let said = s.give("ann", a, MIN, 1_250).unwrap_err();
    assert!(
        said.contains("off_grid: total_at_least is 1250, allowed next to it are 1200 and 1300")
    );
    refused(s.give("ann", a, MIN, 1_000_000), "off_grid");
    s.give("ann", a, MIN, 1_300).unwrap();
    assert_eq!(s.pledge_of("ann", a).coins.unwrap().total_at_least, 1_300);
    assert_eq!(s.pledge_of("goal", a).coins.unwrap().total_at_least, 1_234);
}

#[test]
fn whoever_gains_does_not_pledge_and_the_creator_may_gain() {
    let mut s = Suite::new();
    let a = land(&mut s, 2);
    refused(s.give("farmer", a, 2 * MIN, 0), "role_conflict");
    s.give("creator", a, MIN, 0).unwrap();
    let mut action = an_action().coins(&mut s, MIN);
    if let Some(Unit::Coins(terms)) = &mut action.unit {
        terms.beneficiary = s.who("creator").to_string().to_uppercase();
    }
    let b = s.start(action);
    refused(s.give("creator", b, MIN, 0), "role_conflict");
}

#[test]
fn each_message_is_for_one_unit() {
    let mut s = Suite::new();
    let (people, a) = (s.start(an_action()), land(&mut s, 1));
    refused(s.give("ann", people, MIN, 0), "wrong_unit");
    refused(release(&mut s, "ann", people), "wrong_unit");
    refused(s.pledge("ann", a, 0), "wrong_unit");
    refused(s.stake("ann", a, 0, MIN), "wrong_unit");
    refused(
        s.send("ann", ExecuteMsg::AlreadyDid { action: a }),
        "wrong_unit",
    );
    s.give("ann", a, MIN, 0).unwrap();
    s.at(OPEN);
    refused(s.check_in("ann", a), "wrong_unit");
    refused(
        s.send("ann", ExecuteMsg::Settle { action: a }),
        "wrong_unit",
    );
    refused(s.attest("ann", a, &[("ann", Outcome::Did)]), "unauthorized");
}

#[test]
fn what_makes_no_sense_beside_coins_is_refused_at_creation() {
    let mut s = Suite::new();
    let good = an_action().coins(&mut s, MIN);
    let staked = good
        .clone()
        .staked(StakeRule::Optional, 7, ForfeitsTo::Everybody {});
    let attested = good.clone().attested(&mut s, &["judge"], 1);
    for bad in [
        staked,
        attested,
        NewAction {
            confirm_window: Some(15),
            ..good.clone()
        },
        NewAction {
            act_window: 1,
            ..good.clone()
        },
        NewAction {
            report_window: 10,
            ..good.clone()
        },
    ] {
        refused(s.create(a_cause(vec![bad])), "contradiction");
    }
    let mut with = |change: &dyn Fn(&mut muster_schema::causes::CoinTerms), code| {
        let mut bad = good.clone();
        if let Some(Unit::Coins(terms)) = &mut bad.unit {
            change(terms);
        }
        refused(s.create(a_cause(vec![bad])), code);
    };
    with(&|t| t.min = Uint128::zero(), "wrong_coins");
    with(&|t| t.min = Uint128::new(1 << 96), "wrong_coins");
    with(&|t| t.denom = "1".into(), "text_form");
    with(&|t| t.beneficiary = "nobody".into(), "bad_address");
    let here = s.contract.to_string();
    let mut bad = good.clone();
    if let Some(Unit::Coins(terms)) = &mut bad.unit {
        terms.beneficiary = here;
    }
    refused(s.create(a_cause(vec![bad])), "role_conflict");
    for (bps, recipient, code) in [
        (0, "broker", "out_of_range"),
        (2_001, "broker", "out_of_range"),
        (1, "farmer", "role_conflict"),
    ] {
        let bad = with_document(&mut s, bps, recipient);
        refused(s.create(a_cause(vec![bad])), code);
    }
    let mut bad = with_document(&mut s, 1, "broker");
    if let Some(Unit::Coins(terms)) = &mut bad.unit {
        terms.document.as_mut().unwrap().sha256 = vec![1; 31].into();
    }
    refused(s.create(a_cause(vec![bad])), "out_of_range");
    let people = NewAction {
        unit: Some(Unit::People {}),
        ..an_action()
    };
    let a = s.start(people);
    assert_eq!(s.action(a).coins, None);
}

/// Attack: a stranger releases at the worst moment. Nothing but what is bound goes, and only to the
/// beneficiary.
#[test]
fn a_strangers_release_pays_only_the_beneficiary_what_is_bound() {
    let mut s = Suite::new();
    let a = land(&mut s, 2);
    s.give("ann", a, 2 * MIN, 0).unwrap();
    s.give("bob", a, 3 * MIN, 50).unwrap();
    s.at(OPEN);
    release(&mut s, "mallory", a).unwrap();
    assert_eq!((s.gain("mallory"), s.gain("farmer")), (0, 2 * MIN as i128));
    assert_eq!(s.action(a).held.unwrap(), coin(3 * MIN, DENOM));
    s.claim("mallory", a, "bob").unwrap();
    assert_eq!((s.gain("bob"), s.gain("mallory")), (0, 0));
}

/// Phase × message for an action that counts coins: "in" is bound where anybody is.
#[test]
fn every_pair_works_or_says_why_not() {
    let phases = [
        "pledging",
        "rolling",
        "locked",
        "settled",
        "failed",
        "cancelled",
    ];
    // Columns in the order of `phases`; · stands for wrong_phase.
    let table = [
        ("new", "pledge_coins", "ok ok ok · · ·"),
        ("new", "release", "· ok · ok · ·"),
        ("out", "withdraw", "ok ok · ok ok ok"),
        ("in", "withdraw", "ok bound · bound ok ok"),
        ("in", "claim", "· · · nothing_due ok ok"),
        ("out", "claim", "· · · ok ok ok"),
        (
            "in",
            "check_in",
            "wrong_unit wrong_unit wrong_unit wrong_unit wrong_unit wrong_unit",
        ),
        (
            "new",
            "settle",
            "wrong_unit wrong_unit wrong_unit wrong_unit wrong_unit wrong_unit",
        ),
    ];
    for (by, message, row) in table {
        for (phase, expected) in phases.iter().zip(row.split_whitespace()) {
            let mut s = Suite::new();
            let mut action = an_action().coins(&mut s, MIN).lock(100);
            action.goal = if *phase == "failed" { 9 } else { 2 };
            if *phase == "rolling" {
                let pledge_until = START + OPEN;
                action.schedule = Schedule::Rolling { pledge_until };
            }
            let a = s.start(action);
            s.give("in", a, 2 * MIN, 0).unwrap();
            s.give("out", a, 2 * MIN, 90).unwrap();
            match *phase {
                "locked" => drop(s.at(OPEN - 100)),
                "settled" | "failed" => drop(s.at(OPEN)),
                "cancelled" => {
                    s.send("creator", ExecuteMsg::CancelCause { cause: 1 })
                        .unwrap();
                }
                _ => {}
            }
            assert_cell(&mut s, a, (by, message, phase), expected);
        }
    }
}

/// One cell of a table of phases: what `by` hears to a message about action `a`, which asks for units
/// of `MIN`. `·` stands for `wrong_phase`.
pub(crate) fn assert_cell(
    s: &mut Suite,
    a: u64,
    (by, message, phase): (&str, &str, &str),
    expected: &str,
) {
    let result = match message {
        "pledge_coins" => s.give(by, a, MIN, 0),
        "release" => s.send(by, ExecuteMsg::Release { action: a }),
        "withdraw" => s.withdraw(by, a),
        "claim" => s.claim(by, a, by),
        "check_in" => s.check_in(by, a),
        "settle" => s.send(by, ExecuteMsg::Settle { action: a }),
        other => panic!("no message of the tables: {other}"),
    };
    let expected = if expected == "·" {
        "wrong_phase"
    } else {
        expected
    };
    match result {
        Ok(_) => assert_eq!("ok", expected, "{by} sends {message} while {phase}"),
        Err(said) => assert!(
            said.contains(&format!("{expected}: ")),
            "{by} sends {message} while {phase}: {said}"
        ),
    }
}
