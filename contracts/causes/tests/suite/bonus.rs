//! The refund bonus: where too few pledge, those who were ready early get something for it.

use cosmwasm_std::{coin, coins};
use cw_multi_test::{AppResponse, BankSudo, SudoMsg};
use muster_schema::causes::limits::MAX_FUND;
use muster_schema::causes::{
    BonusTerms, CancelRule, ClaimableResponse, CreateCause, ExecuteMsg, ForfeitsTo, NewAction,
    QueryMsg, Requirement, Schedule, StakeRule,
};

use crate::common::*;

const S: u128 = 100;
const LOCK: u64 = 100;
const END: u64 = OPEN + ACT + REPORT;

/// Goal 5, a stake, 10 to each who pledges in the first 500 seconds.
pub(crate) fn with_bonus(s: &mut Suite) -> NewAction {
    let bonus = Some(BonusTerms {
        sponsor: s.who("sponsor").to_string(),
        per_pledge: 10u128.into(),
        before: START + 500,
    });
    let action =
        an_action()
            .goal(5)
            .lock(LOCK)
            .staked(StakeRule::Optional, S, ForfeitsTo::Everybody {});
    NewAction { bonus, ..action }
}

fn sponsored(s: &mut Suite, fund: u128) -> u64 {
    let action = with_bonus(s);
    let a = s.start(action);
    give(s, "sponsor", a, fund).unwrap();
    a
}

pub(crate) fn give(
    s: &mut Suite,
    by: &str,
    action: u64,
    amount: u128,
) -> Result<AppResponse, String> {
    let msg = ExecuteMsg::SponsorBonus { action };
    s.send_with(by, &msg, &coins(amount, DENOM))
}

pub(crate) fn back(s: &mut Suite, action: u64) -> Result<AppResponse, String> {
    s.send("stranger", ExecuteMsg::ClaimBonus { action })
}

#[test]
fn who_was_ready_early_is_paid_where_the_goal_is_missed_and_the_rest_goes_back() {
    let mut s = Suite::new();
    let a = sponsored(&mut s, 95);
    s.stake("ann", a, 0, S).unwrap();
    s.stake("bob", a, 4, S).unwrap(); // still at the goal
    s.stake("high", a, 5, S).unwrap(); // asks for more than the goal
    s.pledge("bare", a, 0).unwrap(); // without a stake
    s.at(499).stake("cas", a, 0, S).unwrap();
    assert_eq!(s.action(a).held, Some(coin(4 * S + 95, DENOM)));
    refused(back(&mut s, a), "wrong_phase");
    s.at(500).withdraw("bare", a).unwrap();
    s.at(OPEN);
    assert_eq!(s.phase(a), "failed");
    for (name, expected) in [("ann", S + 10), ("high", S)] {
        let person = s.who(name).to_string();
        let due: ClaimableResponse = s.query(&QueryMsg::Claimable { action: a, person });
        assert_eq!(due.coins, Some(coins(expected, DENOM)), "{name}");
    }
    // `withdraw` pays what `claim` does, whoever sends it.
    s.withdraw("ann", a).unwrap();
    s.claim("stranger", a, "bob").unwrap();
    s.withdraw("high", a).unwrap();
    back(&mut s, a).unwrap();
    s.claim("cas", a, "cas").unwrap();
    for (name, gain) in [
        ("ann", 10),
        ("bob", 10),
        ("cas", 10),
        ("high", 0),
        ("sponsor", -30),
    ] {
        assert_eq!(s.gain(name), gain, "{name}");
    }
    refused(back(&mut s, a), "nothing_due");
    refused(s.claim("ann", a, "ann"), "already_done");
    assert_eq!(s.owed(DENOM), 0);
}

#[test]
fn a_small_fund_is_shared_equally_and_rounding_returns() {
    let mut s = Suite::new();
    let a = sponsored(&mut s, 11);
    for name in ["ann", "bob", "cas"] {
        s.stake(name, a, 0, S).unwrap();
    }
    s.at(OPEN);
    back(&mut s, a).unwrap();
    for name in ["ann", "bob", "cas"] {
        s.withdraw(name, a).unwrap();
        assert_eq!(s.gain(name), 3);
    }
    assert_eq!((s.gain("sponsor"), s.owed(DENOM)), (-9, 0));
}

#[test]
fn where_it_comes_about_everything_returns_to_the_sponsor() {
    let mut s = Suite::new();
    let a = sponsored(&mut s, 50);
    for name in ["a", "b", "c", "d", "e"] {
        s.stake(name, a, 0, S).unwrap();
        s.at(1);
    }
    s.at(OPEN);
    for name in ["a", "b", "c", "d", "e"] {
        s.check_in(name, a).unwrap();
    }
    back(&mut s, a).unwrap();
    assert_eq!(s.gain("sponsor"), 0);
    s.at(END).claim("a", a, "a").unwrap();
    assert_eq!((s.gain("a"), s.owed(DENOM)), (0, 4 * S));
}

#[test]
fn nobody_cancels_for_the_bonus() {
    let mut s = Suite::new();
    let action = with_bonus(&mut s);
    let cause = CreateCause {
        cancel: CancelRule::UntilLock,
        ..a_cause(vec![action])
    };
    let a = s.create(cause).unwrap();
    let cancel = ExecuteMsg::CancelCause { cause: 1 };
    give(&mut s, "sponsor", a, 50).unwrap();
    s.stake("ann", a, 0, S).unwrap();
    refused(s.send("creator", cancel.clone()), "not_cancellable");
    // Where nothing was put in, nobody could come to it.
    let action = with_bonus(&mut s);
    let empty = s.start(action);
    s.stake("ann", empty, 0, S).unwrap();
    s.send("creator", ExecuteMsg::CancelCause { cause: 2 })
        .unwrap();
    s.withdraw("ann", empty).unwrap();
    // Nobody stands who could come to it: what was put in returns.
    s.withdraw("ann", a).unwrap();
    s.stake("high", a, 20, S).unwrap();
    s.send("creator", cancel).unwrap();
    back(&mut s, a).unwrap();
    s.withdraw("high", a).unwrap();
    assert_eq!(
        (s.gain("sponsor"), s.gain("high"), s.owed(DENOM)),
        (0, 0, 0)
    );
}

#[test]
fn nobody_leaves_in_the_last_second_for_the_bonus() {
    let mut s = Suite::new();
    let a = sponsored(&mut s, 50);
    for name in ["a", "b", "c", "d", "e"] {
        s.stake(name, a, 0, S).unwrap();
    }
    for second in [OPEN - LOCK, OPEN - 1] {
        refused(s.at(second).withdraw("e", a), "wrong_phase");
    }
    s.at(OPEN);
    refused(s.withdraw("e", a), "bound");
    assert_eq!(s.action(a).committed, 5);
}

#[test]
fn who_leaves_before_the_lock_has_left_the_bonus_too_and_may_come_back_in_time() {
    let mut s = Suite::new();
    let a = sponsored(&mut s, 50);
    for name in ["ann", "bob"] {
        s.stake(name, a, 0, S).unwrap();
        s.withdraw(name, a).unwrap();
    }
    s.stake("ann", a, 0, S).unwrap();
    s.at(500).stake("bob", a, 0, S).unwrap(); // too late
    s.at(OPEN);
    s.withdraw("ann", a).unwrap();
    s.withdraw("bob", a).unwrap();
    assert_eq!((s.gain("ann"), s.gain("bob")), (10, 0));
    back(&mut s, a).unwrap();
    assert_eq!(s.owed(DENOM), 0);
}

/// What their other wallets do nobody can know: the page says who put the coins in.
#[test]
fn the_creator_and_the_sponsor_come_to_no_bonus_with_the_wallets_that_are_known() {
    let mut s = Suite::new();
    let a = sponsored(&mut s, 50);
    for name in ["creator", "sponsor", "other"] {
        s.stake(name, a, 0, S).unwrap();
    }
    s.at(OPEN);
    for name in ["creator", "sponsor", "other"] {
        s.withdraw(name, a).unwrap();
    }
    assert_eq!((s.gain("creator"), s.gain("other")), (0, 10));
    back(&mut s, a).unwrap();
    assert_eq!((s.gain("sponsor"), s.owed(DENOM)), (-10, 0));
}

#[test]
fn only_the_sponsor_puts_in_and_only_the_stakes_coin_and_while_it_is_open() {
    let mut s = Suite::new();
    let a = sponsored(&mut s, 20);
    give(&mut s, "sponsor", a, 30).unwrap();
    refused(give(&mut s, "ann", a, 30), "unauthorized");
    let euro = ExecuteMsg::SponsorBonus { action: a };
    refused(
        s.send_with("sponsor", &euro, &coins(5, EURO)),
        "wrong_coins",
    );
    refused(s.send("sponsor", euro), "wrong_coins");
    let plain = s.start(an_action());
    refused(give(&mut s, "sponsor", plain, 5), "contradiction");
    refused(back(&mut s, plain), "contradiction");
    s.at(OPEN);
    refused(give(&mut s, "sponsor", a, 5), "wrong_phase");
    back(&mut s, a).unwrap();
    assert_eq!(s.gain("sponsor"), 0);
}

#[test]
fn what_is_put_in_has_a_bound_that_no_sum_overflows() {
    let mut s = Suite::new();
    let a = sponsored(&mut s, 50);
    let to_address = s.who("sponsor").to_string();
    let amount = coins(MAX_FUND, DENOM);
    s.app
        .sudo(SudoMsg::Bank(BankSudo::Mint { to_address, amount }))
        .unwrap();
    refused(give(&mut s, "sponsor", a, MAX_FUND - 49), "wrong_coins");
    give(&mut s, "sponsor", a, MAX_FUND - 50).unwrap();
    refused(give(&mut s, "sponsor", a, 1), "wrong_coins");
    assert_eq!(s.owed(DENOM), MAX_FUND);
}

#[test]
fn what_a_bonus_needs() {
    let mut s = Suite::new();
    let other = s.start(an_action());
    let good = with_bonus(&mut s);
    let bad = [
        NewAction {
            stake: None,
            forfeits_to: None,
            ..good.clone()
        },
        NewAction {
            confirm_window: Some(100),
            ..good.clone()
        },
        good.clone().lock(0).schedule(Schedule::AtTrigger {
            hold: 10,
            pledge_until: None,
        }),
        // Of another cause, somebody else decides.
        good.clone().requires(&[Requirement::Action(other)]),
        good.clone()
            .requires(&[Requirement::Own(1), Requirement::Action(other)]),
    ];
    for action in bad {
        let cause = a_cause(vec![action, an_action()]);
        refused(s.create(cause), "contradiction");
    }
    refused(
        s.create(a_cause(vec![good.clone().lock(0)])),
        "out_of_range",
    );
    let terms = good.bonus.clone().unwrap();
    let changed = |terms| {
        let bonus = Some(terms);
        a_cause(vec![NewAction {
            bonus,
            ..good.clone()
        }])
    };
    let late = BonusTerms {
        before: START + OPEN + 1,
        ..terms.clone()
    };
    refused(s.create(changed(late)), "out_of_range");
    let nothing = BonusTerms {
        per_pledge: 0u128.into(),
        ..terms.clone()
    };
    refused(s.create(changed(nothing)), "wrong_coins");
    let nobody = BonusTerms {
        sponsor: "nobody".into(),
        ..terms
    };
    refused(s.create(changed(nobody)), "bad_address");
}
