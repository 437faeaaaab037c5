//! `withdraw`.

use muster_schema::causes::{ExecuteMsg, ForfeitsTo, PledgeStatus, StakeRule};

use crate::common::*;

fn staked(s: &mut Suite, goal: u32) -> u64 {
    s.start(an_action().goal(goal).lock(100).staked(
        StakeRule::Optional,
        100,
        ForfeitsTo::Everybody {},
    ))
}

#[test]
fn coins_come_back_in_the_same_transaction_until_the_lock() {
    let mut s = Suite::new();
    let a = staked(&mut s, 2);
    s.stake("ann", a, 5, 100).unwrap();
    s.at(OPEN - 101).withdraw("ann", a).unwrap();
    assert_eq!((s.gain("ann"), s.action(a).pledged), (0, 0));
    refused(s.withdraw("ann", a), "no_pledge");
    // Changing one's threshold is withdrawing and pledging.
    s.stake("ann", a, 7, 100).unwrap();
    refused(s.at(OPEN - 100).withdraw("ann", a), "wrong_phase");
    s.at(OPEN);
    assert_eq!(s.phase(a), "failed");
    s.withdraw("ann", a).unwrap();
    assert_eq!(s.gain("ann"), 0);
    refused(s.withdraw("ann", a), "already_done");
    refused(s.claim("ann", a, "ann"), "already_done");
}

#[test]
fn whoever_is_outside_the_committed_set_gets_the_stake_back_and_whoever_is_in_stays() {
    let mut s = Suite::new();
    let a = staked(&mut s, 1);
    s.stake("ann", a, 0, 100).unwrap();
    s.stake("bob", a, 20, 100).unwrap();
    s.pledge("cas", a, 30).unwrap();
    s.at(OPEN);
    assert_eq!(s.pledge_of("bob", a).status, PledgeStatus::Released);
    refused(s.withdraw("ann", a), "bound");
    s.withdraw("bob", a).unwrap();
    s.withdraw("cas", a).unwrap();
    assert_eq!((s.gain("bob"), s.action(a).committed), (0, 1));
    assert_eq!(s.pledge_of("bob", a).status, PledgeStatus::Claimed);
}

#[test]
fn no_coins_may_be_attached() {
    let mut s = Suite::new();
    let a = staked(&mut s, 1);
    s.pledge("ann", a, 0).unwrap();
    let coins = cosmwasm_std::coins(1, DENOM);
    refused(
        s.send_with("ann", &ExecuteMsg::Withdraw { action: a }, &coins),
        "unexpected_coins",
    );
}

#[test]
fn a_bucket_that_empties_leaves_no_trace() {
    let mut s = Suite::new();
    let a = staked(&mut s, 1);
    let before = s.app.dump_wasm_raw(&s.contract).len();
    s.stake("ann", a, 5, 100).unwrap();
    s.stake("bob", a, 5, 100).unwrap();
    s.withdraw("ann", a).unwrap();
    s.withdraw("bob", a).unwrap();
    assert_eq!(s.app.dump_wasm_raw(&s.contract).len(), before);
}
