//! `settle`, `claim` and the payouts: where each coin goes.

use cosmwasm_std::Uint128;
use muster_schema::causes::event::CausesEvent;
use muster_schema::causes::{
    CauseResponse, ClaimableResponse, ExecuteMsg, ForfeitsTo, QueryMsg, StakeRule,
};

use crate::common::*;
use Outcome::{Did, Didnt, Excused};

const S: u128 = 10_000;
const END: u64 = OPEN + ACT + REPORT;

fn honor(s: &mut Suite, to: ForfeitsTo, people: &[&str]) -> u64 {
    let a = s.start(an_action().staked(StakeRule::Required, S, to));
    for name in people {
        s.stake(name, a, 0, S).unwrap();
    }
    s.at(OPEN);
    a
}

fn attested(s: &mut Suite, to: ForfeitsTo, people: &[&str]) -> u64 {
    let action = an_action()
        .staked(StakeRule::Optional, S, to)
        .attested(s, &["judge"], 1);
    let a = s.start(action);
    for name in people {
        s.stake(name, a, 0, S).unwrap();
    }
    s.at(OPEN);
    a
}

fn fund(s: &Suite, cause: u64) -> u128 {
    let cause: CauseResponse = s.query(&QueryMsg::Cause { cause });
    cause
        .fund
        .iter()
        .map(|c| Uint128::try_from(c.amount).unwrap().u128())
        .sum()
}

#[test]
fn five_leave_the_journal_and_one_does_not() {
    let mut s = Suite::with_fee(200);
    let people = ["a", "b", "c", "d", "e"];
    let a = attested(&mut s, ForfeitsTo::Cooperators {}, &people);
    s.attest(
        "judge",
        a,
        &[("a", Did), ("b", Did), ("c", Did), ("d", Did), ("e", Didnt)],
    )
    .unwrap();
    refused(s.at(END - 1).claim("a", a, "a"), "wrong_phase");
    refused(s.send("x", ExecuteMsg::Settle { action: a }), "wrong_phase");
    s.at(END)
        .send("x", ExecuteMsg::Settle { action: a })
        .unwrap();
    refused(
        s.send("x", ExecuteMsg::Settle { action: a }),
        "already_done",
    );
    let totals = s.action(a).totals.unwrap();
    // f = S; reserve 100; fee 2 % of 9,900 = 198; the rest by four.
    assert_eq!((totals.cooperators, totals.broken), (4, 1));
    assert_eq!(
        (
            totals.fee.u128(),
            totals.share_each.u128(),
            totals.remainder.u128()
        ),
        (198, 2_425, 2)
    );
    for name in ["a", "b", "c", "d"] {
        s.claim("stranger", a, name).unwrap();
        assert_eq!(s.gain(name), 2_425, "{name}");
    }
    assert_eq!(s.gain("stranger"), 0, "only a broken pledge pays a keeper");
    s.claim("stranger", a, "e").unwrap();
    assert_eq!((s.gain("e"), s.gain("stranger")), (-10_000, 100));
    assert_eq!(fund(&s, 1), 2);
    s.send(
        "x",
        ExecuteMsg::ClaimFees {
            denom: DENOM.into(),
        },
    )
    .unwrap();
    assert_eq!(s.gain("treasury"), 198);
    refused(
        s.send(
            "x",
            ExecuteMsg::ClaimFees {
                denom: DENOM.into(),
            },
        ),
        "nothing_due",
    );
    let (to, denom) = (s.who("printer").to_string(), DENOM.to_string());
    let spend = |amount: u128| ExecuteMsg::SpendFund {
        cause: 1,
        to: to.clone(),
        denom: denom.clone(),
        amount: amount.into(),
        memo: "Paper".into(),
    };
    let this = s.contract.to_string();
    let (cause, amount, memo) = (1, 1u128.into(), "x".to_string());
    let to_itself = ExecuteMsg::SpendFund {
        cause,
        to: this,
        denom: denom.clone(),
        amount,
        memo,
    };
    refused(s.send("creator", to_itself), "role_conflict");
    refused(s.send("stranger", spend(1)), "unauthorized");
    refused(s.send("creator", spend(3)), "not_enough");
    refused(s.send("creator", spend(0)), "nothing_due");
    s.send("creator", spend(2)).unwrap();
    assert_eq!((s.gain("printer"), s.owed(DENOM)), (2, 0));
}

#[test]
fn the_first_claim_fixes_the_totals_and_a_broken_one_that_claims_itself_earns_nothing() {
    let mut s = Suite::new();
    let a = attested(&mut s, ForfeitsTo::Cooperators {}, &["a", "e"]);
    s.attest("judge", a, &[("a", Did), ("e", Didnt)]).unwrap();
    s.at(END).claim("e", a, "e").unwrap();
    assert!(s.action(a).totals.is_some());
    assert_eq!((s.gain("e"), fund(&s, 1)), (-10_000, 100));
    s.claim("a", a, "a").unwrap();
    assert_eq!(s.gain("a"), 9_900);
    refused(s.claim("a", a, "a"), "already_done");
    assert_eq!(s.owed(DENOM), 100, "the campaign fund");
}

#[test]
fn silent_attestors_and_excuses_cost_nobody() {
    let mut s = Suite::new();
    let a = attested(&mut s, ForfeitsTo::Cooperators {}, &["a", "b", "c"]);
    s.attest("judge", a, &[("a", Excused)]).unwrap();
    s.check_in("b", a).unwrap();
    s.at(END);
    for name in ["a", "b", "c"] {
        s.claim(name, a, name).unwrap();
        assert_eq!(s.gain(name), 0);
    }
    assert_eq!(s.owed(DENOM), 0);
}

#[test]
fn nobody_shares_more_than_one_stake_and_the_rest_of_a_forfeit_goes_back() {
    let mut s = Suite::new();
    let a = attested(&mut s, ForfeitsTo::Cooperators {}, &["a", "b", "c", "d"]);
    s.attest(
        "judge",
        a,
        &[("a", Did), ("b", Didnt), ("c", Didnt), ("d", Didnt)],
    )
    .unwrap();
    s.at(END);
    for name in ["a", "b", "c", "d"] {
        s.claim("keeper", a, name).unwrap();
    }
    // f = 3,333, of which 33 go to the keeper; 3 × 3,300 to the only cooperator.
    assert_eq!(
        (s.gain("a"), s.gain("b"), s.gain("keeper")),
        (9_900, -3_333, 99)
    );
    assert_eq!(s.owed(DENOM), 0);
}

#[test]
fn under_honor_a_missing_check_in_forfeits_to_the_named_address() {
    let mut s = Suite::new();
    let address = s.who("charity").to_string();
    let a = honor(&mut s, ForfeitsTo::Address { address }, &["a", "b"]);
    s.check_in("a", a).unwrap();
    s.at(END);
    refused(
        s.send("x", ExecuteMsg::ClaimForfeits { action: a }),
        "nothing_due",
    );
    s.claim("a", a, "a").unwrap();
    assert_eq!(s.gain("a"), 0);
    s.send("x", ExecuteMsg::ClaimForfeits { action: a })
        .unwrap();
    assert_eq!(s.gain("charity"), 9_900);
    refused(
        s.send("x", ExecuteMsg::ClaimForfeits { action: a }),
        "nothing_due",
    );
    s.claim("x", a, "b").unwrap();
    assert_eq!((s.gain("b"), s.gain("x"), s.owed(DENOM)), (-10_000, 100, 0));
}

#[test]
fn everybody_shares_what_was_forfeited() {
    let mut s = Suite::new();
    let a = honor(&mut s, ForfeitsTo::Everybody {}, &["a", "b", "c"]);
    s.check_in("a", a).unwrap();
    s.check_in("b", a).unwrap();
    s.at(END);
    for name in ["a", "b", "c"] {
        s.claim("x", a, name).unwrap();
    }
    assert_eq!(
        (s.gain("a"), s.gain("b"), s.gain("c"), s.gain("x")),
        (3_300, 3_300, -6_700, 100)
    );
}

/// Whom attestors excused, or said nothing of, is in neither class: the stake is back in any case, and
/// a share comes with it where everybody has one.
#[test]
fn the_excused_share_only_where_everybody_does() {
    for (to, shares) in [
        (ForfeitsTo::Everybody {}, [2_475, -7_525, 2_475, 2_475]),
        (ForfeitsTo::Cooperators {}, [9_900, -10_000, 0, 0]),
    ] {
        let mut s = Suite::new();
        let a = attested(&mut s, to, &["kept", "broke", "excused", "silent"]);
        let said = [("kept", Did), ("broke", Didnt), ("excused", Excused)];
        s.attest("judge", a, &said).unwrap();
        let settle = ExecuteMsg::Settle { action: a };
        let said = events(&s.at(END).send("x", settle).unwrap());
        let settled = |e: &CausesEvent| match e {
            CausesEvent::Settled(e) => (e.cooperators, e.broken, e.excused) == (1, 1, 2),
            _ => false,
        };
        assert!(said.iter().any(settled), "{said:?}");
        assert_eq!(s.action(a).totals.unwrap().excused, 2);
        for (name, share) in ["kept", "broke", "excused", "silent"].iter().zip(shares) {
            s.claim("keeper", a, name).unwrap();
            assert_eq!(s.gain(name), share, "{name}");
        }
        assert_eq!((s.gain("keeper"), s.owed(DENOM)), (100, 0));
    }
}

#[test]
fn where_nobody_kept_it_nobody_loses() {
    let mut s = Suite::new();
    let a = honor(&mut s, ForfeitsTo::Everybody {}, &["a", "b"]);
    s.at(END);
    for name in ["a", "b"] {
        s.claim(name, a, name).unwrap();
        assert_eq!(s.gain(name), 0);
    }
}

#[test]
fn unstaked_check_ins_do_not_dilute_the_shares() {
    let mut s = Suite::new();
    let action = an_action()
        .staked(StakeRule::Optional, S, ForfeitsTo::Cooperators {})
        .attested(&mut s, &["judge"], 1);
    let a = s.start(action);
    s.stake("a", a, 0, S).unwrap();
    s.stake("b", a, 0, S).unwrap();
    s.pledge("c", a, 0).unwrap();
    s.at(OPEN)
        .attest("judge", a, &[("a", Did), ("b", Didnt), ("c", Did)])
        .unwrap();
    s.at(END);
    for name in ["a", "b", "c"] {
        s.claim("x", a, name).unwrap();
    }
    assert_eq!((s.gain("a"), s.gain("b"), s.gain("c")), (9_900, -10_000, 0));
}

#[test]
fn a_missed_goal_pays_everybody_back_whoever_sends_it() {
    let mut s = Suite::new();
    let a = s.start(
        an_action()
            .goal(5)
            .staked(StakeRule::Required, S, ForfeitsTo::Everybody {}),
    );
    for name in ["a", "b"] {
        s.stake(name, a, 0, S).unwrap();
    }
    refused(s.claim("x", a, "a"), "wrong_phase");
    s.at(OPEN).claim("x", a, "a").unwrap();
    s.withdraw("b", a).unwrap();
    assert_eq!(
        (s.gain("a"), s.gain("b"), s.gain("x"), s.owed(DENOM)),
        (0, 0, 0, 0)
    );
    refused(
        s.at(END).send("x", ExecuteMsg::Settle { action: a }),
        "wrong_phase",
    );
    refused(s.claim("x", a, "nobody"), "no_pledge");
}

#[test]
fn claimable_says_what_claim_then_pays() {
    let mut s = Suite::new();
    let a = attested(&mut s, ForfeitsTo::Cooperators {}, &["a", "e"]);
    let ask = |s: &mut Suite, name: &str| -> ClaimableResponse {
        let person = s.who(name).to_string();
        s.query(&QueryMsg::Claimable { action: a, person })
    };
    s.attest("judge", a, &[("a", Did), ("e", Didnt)]).unwrap();
    let before = ask(&mut s, "a");
    assert_eq!(
        (before.coins, before.claimable_at),
        (None, Some(START + END))
    );
    s.at(END);
    assert_eq!(
        ask(&mut s, "a").coins,
        Some(cosmwasm_std::coins(19_900, DENOM))
    );
    assert_eq!(ask(&mut s, "e").coins, Some(vec![]));
    s.claim("a", a, "a").unwrap();
    assert_eq!((s.gain("a"), ask(&mut s, "a").coins), (9_900, None));
}
