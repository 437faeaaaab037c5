//! `support`, `spend_fund`, `sweep_fund`: gifts, public spends, and the end of a campaign fund.

use cosmwasm_std::{Coin, coin, coins};
use cw_multi_test::{AppResponse, BankSudo, SudoMsg};
use muster_mechanism::fund::{LIFE, REST};
use muster_schema::causes::event::{CausesEvent, Supported};
use muster_schema::causes::limits::VERDICT_TIME;
use muster_schema::causes::{
    Answer, CreateCause, ExecuteMsg, ForfeitsTo, FundResponse, NewAction, QueryMsg, Requirement,
    Schedule, StakeRule,
};

use crate::common::*;
use crate::stand_in::{JUDGE, JURY, vote};

const END: u64 = OPEN + ACT + REPORT;

fn with_fund(s: &mut Suite, actions: Vec<NewAction>) -> u64 {
    let fund_to = Some(s.who("charity").to_string());
    s.create(CreateCause {
        fund_to,
        ..a_cause(actions)
    })
    .unwrap()
}

fn give(s: &mut Suite, name: &str, coins: &[Coin]) -> Result<AppResponse, String> {
    s.send_with(name, &ExecuteMsg::Support { cause: 1 }, coins)
}

fn spend(s: &mut Suite, by: &str, amount: u128) -> Result<AppResponse, String> {
    let to = s.who("printer").to_string();
    s.send(
        by,
        ExecuteMsg::SpendFund {
            cause: 1,
            to,
            denom: DENOM.into(),
            amount: amount.into(),
            memo: "two hundred posters".into(),
        },
    )
}

fn sweep(s: &mut Suite, denom: &str) -> Result<AppResponse, String> {
    let denom = denom.into();
    s.send("stranger", ExecuteMsg::SweepFund { cause: 1, denom })
}

fn fund(s: &Suite) -> FundResponse {
    s.query(&QueryMsg::Fund { cause: 1 })
}

#[test]
fn gifts_are_spent_in_the_open_and_the_rest_has_an_heir() {
    let mut s = Suite::new();
    let a = with_fund(&mut s, vec![an_action()]);
    let said = give(&mut s, "ann", &coins(70, DENOM)).unwrap();
    let gift = Supported {
        cause: 1,
        person: s.who("ann").to_string(),
        denom: DENOM.into(),
        amount: 70,
    };
    assert_eq!(events(&said), [CausesEvent::Supported(gift)]);
    give(&mut s, "bob", &coins(30, DENOM)).unwrap();
    give(&mut s, "bob", &coins(5, EURO)).unwrap();
    assert_eq!(fund(&s).coins, [coin(5, EURO), coin(100, DENOM)]);
    assert_eq!(fund(&s).until, Some(START + LIFE));
    refused(spend(&mut s, "ann", 10), "unauthorized");
    refused(spend(&mut s, "creator", 101), "not_enough");
    spend(&mut s, "creator", 60).unwrap();
    assert_eq!(s.gain("printer"), 60);
    // Goal missed: the action ends at its close, the fund a year later.
    s.at(OPEN);
    assert_eq!(s.phase(a), "failed");
    assert_eq!(fund(&s).until, Some(START + OPEN + REST));
    s.at(OPEN + REST - 1);
    refused(sweep(&mut s, DENOM), "fund_closed");
    spend(&mut s, "creator", 1).unwrap();
    give(&mut s, "ann", &coins(1, DENOM)).unwrap();
    s.at(OPEN + REST);
    assert!(fund(&s).ended);
    refused(spend(&mut s, "creator", 1), "fund_closed");
    sweep(&mut s, DENOM).unwrap();
    sweep(&mut s, EURO).unwrap();
    assert_eq!((s.gain("charity"), fund(&s).coins), (40, vec![]));
    refused(sweep(&mut s, DENOM), "nothing_due");
}

#[test]
fn gifts_after_the_end_are_refused() {
    let mut s = Suite::new();
    with_fund(&mut s, vec![an_action()]);
    s.at(OPEN + REST);
    refused(give(&mut s, "ann", &coins(70, DENOM)), "fund_closed");
    assert_eq!(s.gain("ann"), 0);
}

#[test]
fn what_actions_leave_after_the_end_goes_to_the_heir_too() {
    let mut s = Suite::new();
    let action = an_action().staked(StakeRule::Required, 10_000, ForfeitsTo::Everybody {});
    let a = with_fund(&mut s, vec![action]);
    for name in ["ann", "bob", "cas"] {
        s.stake(name, a, 0, 10_000).unwrap();
    }
    s.at(OPEN).check_in("ann", a).unwrap();
    s.check_in("bob", a).unwrap();
    // Nobody settles for more than a year; the fund's end doesn't wait for that.
    s.at(END + REST);
    assert!(fund(&s).ended);
    s.claim("ann", a, "ann").unwrap();
    s.claim("cas", a, "cas").unwrap(); // the keeper's part is the fund's: its owner sent it
    let left = fund(&s).coins;
    assert_eq!(left, coins(100, DENOM));
    refused(spend(&mut s, "creator", 1), "fund_closed");
    sweep(&mut s, DENOM).unwrap();
    assert_eq!(s.gain("charity"), 100);
}

#[test]
fn without_an_heir_no_gifts_and_no_end() {
    let mut s = Suite::new();
    let action = an_action().staked(StakeRule::Required, 10_000, ForfeitsTo::Everybody {});
    let a = s.start(action);
    refused(give(&mut s, "ann", &coins(70, DENOM)), "fund_closed");
    for name in ["ann", "bob"] {
        s.stake(name, a, 0, 10_000).unwrap();
    }
    s.at(OPEN).check_in("ann", a).unwrap();
    s.at(END + LIFE).claim("bob", a, "bob").unwrap();
    assert_eq!((fund(&s).until, fund(&s).to), (None, None));
    refused(sweep(&mut s, DENOM), "fund_closed");
    // What rounding and keepers leave stays the creator's to spend.
    spend(&mut s, "creator", 100).unwrap();
}

#[test]
fn ten_years_end_it_whatever_still_goes_on() {
    let mut s = Suite::new();
    let forever = an_action().goal(9).schedule(Schedule::AtTrigger {
        hold: 5,
        pledge_until: None,
    });
    with_fund(&mut s, vec![an_action(), forever]);
    give(&mut s, "ann", &coins(70, DENOM)).unwrap();
    s.at(LIFE - 1);
    refused(sweep(&mut s, DENOM), "fund_closed");
    s.at(LIFE);
    sweep(&mut s, DENOM).unwrap();
    assert_eq!(s.gain("charity"), 70);
}

#[test]
fn a_cancelled_cause_takes_no_gifts_and_its_year_begins() {
    let mut s = Suite::new();
    with_fund(&mut s, vec![an_action()]);
    give(&mut s, "ann", &coins(70, DENOM)).unwrap();
    s.at(300)
        .send("creator", ExecuteMsg::CancelCause { cause: 1 })
        .unwrap();
    refused(give(&mut s, "ann", &coins(1, DENOM)), "fund_closed");
    assert_eq!(fund(&s).until, Some(START + 300 + REST));
    spend(&mut s, "creator", 20).unwrap();
    s.at(300 + REST);
    sweep(&mut s, DENOM).unwrap();
    assert_eq!(s.gain("charity"), 50);
}

#[test]
fn the_year_is_over_in_its_last_second_and_not_before() {
    let mut s = Suite::new();
    with_fund(&mut s, vec![an_action()]);
    give(&mut s, "ann", &coins(70, DENOM)).unwrap();
    // It ends in the second in which it began: no fund can be over sooner.
    s.send("creator", ExecuteMsg::CancelCause { cause: 1 })
        .unwrap();
    refused(sweep(s.at(REST - 1), DENOM), "fund_closed");
    sweep(s.at(REST), DENOM).unwrap();
    assert_eq!(s.gain("charity"), 70);
}

#[test]
fn what_fails_with_another_ended_with_it() {
    let mut s = Suite::new();
    let open_ended = an_action()
        .schedule(Schedule::AtTrigger {
            hold: 5,
            pledge_until: None,
        })
        .requires(&[Requirement::Own(0)]);
    let missed = an_action().goal(9).schedule(Schedule::AtTrigger {
        hold: 5,
        pledge_until: Some(START + OPEN),
    });
    let a = with_fund(&mut s, vec![missed, open_ended]);
    assert_eq!(fund(&s).until, Some(START + LIFE));
    s.at(OPEN);
    assert_eq!(
        (s.phase(a), s.phase(a + 1)),
        ("failed".into(), "failed".into())
    );
    assert_eq!(fund(&s).until, Some(START + OPEN + REST));
}

#[test]
fn a_settled_action_ended_with_its_last_window() {
    let mut s = Suite::new();
    let a = with_fund(&mut s, vec![an_action()]);
    s.pledge("ann", a, 0).unwrap();
    s.at(END - 1);
    assert_eq!(fund(&s).until, Some(START + LIFE));
    s.at(END);
    assert_eq!(fund(&s).until, Some(START + END + REST));
}

#[test]
fn an_action_that_waited_for_an_answer_ended_with_it() {
    for answered in [true, false] {
        let mut s = Suite::new();
        let v = s.verdict();
        let action = NewAction {
            outcome: vote(&v, JURY),
            ..an_action()
        };
        let a = with_fund(&mut s, vec![action]);
        s.pledge("ann", a, 0).unwrap();
        let end = if answered {
            END + 50
        } else {
            END + JUDGE + VERDICT_TIME
        };
        s.at(END).asks(&v, a, None);
        s.at(end - 1);
        assert_eq!(fund(&s).until, Some(START + LIFE));
        s.at(end);
        if answered {
            s.answers(&v, a, None, END, Answer::Yes);
            s.settle("x", a).unwrap();
        }
        assert_eq!(s.phase(a), "settled");
        assert_eq!(fund(&s).until, Some(START + end + REST));
    }
}

#[test]
fn a_gift_is_one_coin_of_a_bounded_amount() {
    let mut s = Suite::new();
    with_fund(&mut s, vec![an_action()]);
    refused(give(&mut s, "ann", &[]), "wrong_coins");
    let both = [coin(1, EURO), coin(1, DENOM)];
    refused(give(&mut s, "ann", &both), "wrong_coins");
    refused(
        s.send_with("ann", &ExecuteMsg::Support { cause: 2 }, &coins(1, DENOM)),
        "unknown_cause",
    );
    let most = u128::MAX >> 1;
    let to_address = s.who("ann").to_string();
    let amount = vec![coin(u128::MAX, "factory")];
    s.app
        .sudo(SudoMsg::Bank(BankSudo::Mint { to_address, amount }))
        .unwrap();
    refused(
        give(&mut s, "ann", &coins(most + 1, "factory")),
        "wrong_coins",
    );
    give(&mut s, "ann", &coins(most, "factory")).unwrap();
    refused(give(&mut s, "ann", &coins(1, "factory")), "wrong_coins");
}

#[test]
fn dust_of_many_kinds_crowds_nobody_out() {
    let mut s = Suite::new();
    let action = an_action().staked(StakeRule::Optional, 100, ForfeitsTo::Everybody {});
    with_fund(&mut s, vec![action]);
    let to_address = s.who("mallory").to_string();
    let dust: Vec<Coin> = (0..17).map(|i| coin(1, format!("dust{i:02}"))).collect();
    s.app
        .sudo(SudoMsg::Bank(BankSudo::Mint {
            to_address,
            amount: dust.clone(),
        }))
        .unwrap();
    for d in &dust[..16] {
        give(&mut s, "mallory", std::slice::from_ref(d)).unwrap();
    }
    refused(give(&mut s, "mallory", &dust[16..]), "out_of_range");
    // The coins of its own stakes always have a place; what has one grows; what is spent frees one.
    give(&mut s, "ann", &coins(5, DENOM)).unwrap();
    refused(give(&mut s, "ann", &coins(5, EURO)), "out_of_range");
    let to = s.who("printer").to_string();
    for denom in ["dust00", "dust01"] {
        let (to, denom) = (to.clone(), denom.into());
        let (amount, memo) = (1u128.into(), "dust".into());
        let msg = ExecuteMsg::SpendFund {
            cause: 1,
            to,
            denom,
            amount,
            memo,
        };
        s.send("creator", msg).unwrap();
    }
    give(&mut s, "ann", &coins(5, EURO)).unwrap();
}

#[test]
fn the_heir_is_an_address_and_not_the_contract() {
    let mut s = Suite::new();
    for (fund_to, code) in [
        ("nobody".to_owned(), "bad_address"),
        (s.contract.to_string(), "role_conflict"),
    ] {
        let cause = CreateCause {
            fund_to: Some(fund_to),
            ..a_cause(vec![an_action()])
        };
        refused(s.create(cause), code);
    }
}
