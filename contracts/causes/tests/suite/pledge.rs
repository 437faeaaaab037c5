//! `pledge`.

use cosmwasm_std::{coin, coins};
use cw_multi_test::{BankSudo, SudoMsg};
use muster_schema::causes::{ExecuteMsg, ForfeitsTo, PledgeStatus, Schedule, StakeRule};

use crate::common::*;

#[test]
fn five_who_arrive_one_by_one_commit_0_2_2_4_5() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    let mut seen = vec![];
    for (name, needs) in [("a", 1), ("b", 1), ("c", 3), ("d", 3), ("e", 3)] {
        s.pledge(name, a, needs).unwrap();
        seen.push(s.action(a).committed);
    }
    assert_eq!(seen, [0, 2, 2, 4, 5]);
    assert_eq!(s.action(a).pledged, 5);
    assert!(!s.action(a).active);
    s.at(OPEN);
    assert_eq!((s.action(a).committed, s.action(a).active), (5, true));
}

#[test]
fn one_person_pledges_once_and_only_while_it_is_open() {
    let mut s = Suite::new();
    let a = s.start(an_action().lock(100));
    s.pledge("ann", a, 0).unwrap();
    refused(s.pledge("ann", a, 3), "already_pledged");
    s.at(OPEN - 100);
    assert_eq!(s.phase(a), "locked");
    s.pledge("bob", a, 0).unwrap();
    s.at(OPEN - 1).pledge("cas", a, 0).unwrap();
    refused(s.at(OPEN).pledge("dan", a, 0), "wrong_phase");
    refused(s.pledge("dan", 99, 0), "unknown_action");
    refused(s.pledge("dan", 0, 0), "unknown_action");
}

#[test]
fn a_threshold_off_the_grid_is_refused_with_its_neighbours() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    let said = s.pledge("ann", a, 1_234).unwrap_err();
    assert!(
        said.contains("off_grid: needs_others is 1234, allowed next to it are 1200 and 1300"),
        "{said}"
    );
    let said = s.pledge("ann", a, 990_001).unwrap_err();
    assert!(said.contains("at most 990000"), "{said}");
    s.pledge("ann", a, 990_000).unwrap();
}

#[test]
fn exactly_the_stake_is_taken() {
    let mut s = Suite::new();
    let to = ForfeitsTo::Everybody {};
    let a = s.start(an_action().staked(StakeRule::Required, 100, to.clone()));
    let msg = ExecuteMsg::Pledge {
        action: a,
        needs_others: 0,
        credentials: vec![],
        referrer: None,
    };
    for funds in [
        vec![],
        coins(99, DENOM),
        coins(101, DENOM),
        coins(100, EURO),
        vec![coin(100, EURO), coin(100, DENOM)],
    ] {
        refused(s.send_with("ann", &msg, &funds), "wrong_coins");
    }
    s.send_with("ann", &msg, &coins(100, DENOM)).unwrap();
    assert_eq!(s.gain("ann"), -100);

    let a = s.start(an_action().staked(StakeRule::Optional, 100, to));
    s.pledge("ann", a, 0).unwrap();
    let said = s.stake("bob", a, 0, 50).unwrap_err();
    let expected = "wrong_coins: found 50umust, allowed is 100umust or nothing";
    assert!(said.contains(expected), "{said}");
    s.stake("bob", a, 0, 100).unwrap();
    assert!(!s.pledge_of("ann", a).staked && s.pledge_of("bob", a).staked);

    let a = s.start(an_action());
    refused(s.stake("ann", a, 0, 100), "unexpected_coins");
}

#[test]
fn a_refusal_shows_the_coins_that_were_found_and_of_many_the_first() {
    let mut s = Suite::new();
    let a = s.start(an_action().staked(StakeRule::Required, 100, ForfeitsTo::Everybody {}));
    let kinds: Vec<_> = (1..6).map(|i| coin(i, format!("dust{i}"))).collect();
    let to_address = s.who("ann").to_string();
    let amount = kinds.clone();
    s.app
        .sudo(SudoMsg::Bank(BankSudo::Mint { to_address, amount }))
        .unwrap();
    let msg = ExecuteMsg::Pledge {
        action: a,
        needs_others: 0,
        credentials: vec![],
        referrer: None,
    };
    for (count, shown) in [
        (0, "found none, "),
        (1, "found 1dust1, "),
        (4, "found 1dust1, 2dust2, 3dust3, 4dust4, "),
        (5, "found 1dust1, 2dust2, 3dust3, 4dust4 and more, "),
    ] {
        let said = s.send_with("ann", &msg, &kinds[..count]).unwrap_err();
        assert!(said.contains(shown), "{said}");
    }
}

/// Whoever asks for no more than the goal costs no record besides the pledge's own.
#[test]
fn a_condition_up_to_the_goal_is_counted_nowhere_else() {
    let mut s = Suite::new();
    let people = s.start(an_action().goal(5));
    let action = an_action().coins(&mut s, 10).goal(5);
    let coins = s.start(action);
    let mut last = s.app.dump_wasm_raw(&s.contract).len();
    for (name, condition, records) in [("low", 0, 1), ("at", 4, 1), ("above", 5, 2)] {
        s.pledge(name, people, condition).unwrap();
        let now = s.app.dump_wasm_raw(&s.contract).len();
        assert_eq!(now - last, records, "{name}");
        last = now;
    }
    for (name, condition, records) in [("low", 0, 1), ("at", 5, 1), ("above", 6, 2)] {
        s.give(name, coins, 10, condition).unwrap();
        let now = s.app.dump_wasm_raw(&s.contract).len();
        assert_eq!(now - last, records, "{name} in coins");
        last = now;
    }
}

#[test]
fn nobody_with_a_role_pledges_where_there_is_no_stake_or_only_the_own_word_counts() {
    let mut s = Suite::new();
    let attested = an_action().attested(&mut s, &["judge"], 1);
    let a = s.start(attested);
    refused(s.pledge("judge", a, 0), "role_conflict");
    s.pledge("ann", a, 0).unwrap();
    let address = s.who("charity").to_string();
    let honor = an_action().staked(StakeRule::Optional, 5, ForfeitsTo::Address { address });
    let a = s.start(honor);
    refused(s.pledge("charity", a, 0), "role_conflict");
    refused(s.stake("charity", a, 0, 5), "role_conflict");
    s.pledge("ann", a, 0).unwrap();
}

#[test]
fn attestors_and_the_address_in_forfeits_to_do_not_pledge_but_the_creator_may() {
    let mut s = Suite::new();
    let address = s.who("charity").to_string();
    let action = an_action().attested(&mut s, &["judge"], 1).staked(
        StakeRule::Optional,
        5,
        ForfeitsTo::Address { address },
    );
    let a = s.start(action);
    refused(s.pledge("judge", a, 0), "role_conflict");
    refused(s.pledge("charity", a, 0), "role_conflict");
    s.pledge("creator", a, 0).unwrap();
}

#[test]
fn a_trigger_waits_for_its_hold_and_a_break_starts_it_anew() {
    let mut s = Suite::new();
    let schedule = Schedule::AtTrigger {
        hold: 60,
        pledge_until: None,
    };
    let a = s.start(an_action().goal(2).schedule(schedule));
    s.pledge("a", a, 0).unwrap();
    assert_eq!(s.action(a).ready_since, None);
    s.at(10).pledge("b", a, 0).unwrap();
    assert_eq!(s.action(a).ready_since, Some(START + 10));
    s.at(40).withdraw("b", a).unwrap();
    assert_eq!(s.action(a).ready_since, None);
    s.at(100).pledge("b", a, 0).unwrap();
    s.at(159).pledge("c", a, 1).unwrap();
    assert_eq!((s.phase(a), s.action(a).committed), ("pledging".into(), 3));
    s.at(160);
    assert_eq!(
        (s.phase(a), s.action(a).activated_at),
        ("acting".into(), Some(START + 160))
    );
    refused(s.pledge("d", a, 0), "wrong_phase");
    refused(s.withdraw("c", a), "bound");
}

#[test]
fn a_trigger_that_is_ready_at_its_close_does_not_wait_for_its_hold() {
    let mut s = Suite::new();
    let schedule = Schedule::AtTrigger {
        hold: 60,
        pledge_until: Some(START + 100),
    };
    let a = s.start(an_action().schedule(schedule));
    s.at(90).pledge("a", a, 0).unwrap();
    s.at(100);
    assert_eq!(
        (s.phase(a), s.action(a).activated_at),
        ("acting".into(), Some(START + 100))
    );
    let b = s.start(an_action().schedule(Schedule::AtTrigger {
        hold: 60,
        pledge_until: Some(START + 200),
    }));
    s.pledge("a", b, 1).unwrap();
    s.at(200);
    assert_eq!(s.phase(b), "failed");
}

#[test]
fn rolling_binds_at_once_and_takes_in_whoever_fits_until_the_close() {
    let mut s = Suite::new();
    let schedule = Schedule::Rolling {
        pledge_until: START + OPEN,
    };
    let a = s.start(an_action().goal(2).schedule(schedule));
    s.pledge("a", a, 0).unwrap();
    s.pledge("c", a, 3).unwrap();
    assert!(!s.action(a).active);
    s.at(10).pledge("b", a, 0).unwrap();
    assert_eq!(
        (s.action(a).committed, s.action(a).activated_at),
        (2, Some(START + 10))
    );
    assert_eq!(s.pledge_of("a", a).status, PledgeStatus::Bound);
    assert_eq!(s.pledge_of("c", a).status, PledgeStatus::Standing);
    refused(s.withdraw("a", a), "bound");
    s.check_in("a", a).unwrap();
    refused(s.check_in("c", a), "not_bound");
    s.at(20).pledge("d", a, 0).unwrap();
    assert_eq!((s.action(a).committed, s.phase(a)), (4, "pledging".into()));
    s.check_in("c", a).unwrap();
    s.at(OPEN);
    assert_eq!((s.phase(a), s.action(a).checked_in), ("acting".into(), 2));
    assert_eq!(s.at(OPEN + ACT).phase(a), "reporting");
}

#[test]
fn already_did_is_counted_beside_the_pledges_once() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    s.send("ann", ExecuteMsg::AlreadyDid { action: a }).unwrap();
    refused(
        s.send("ann", ExecuteMsg::AlreadyDid { action: a }),
        "already_done",
    );
    s.pledge("bob", a, 0).unwrap();
    refused(
        s.send("bob", ExecuteMsg::AlreadyDid { action: a }),
        "already_pledged",
    );
    assert_eq!((s.action(a).already_did, s.action(a).pledged), (1, 1));
    refused(
        s.at(OPEN).send("cas", ExecuteMsg::AlreadyDid { action: a }),
        "wrong_phase",
    );
}
