//! `challenge`: check-ins that anyone may bring before a jury.

use cosmwasm_std::{Addr, Uint128};
use muster_schema::causes::event::CausesEvent;
use muster_schema::causes::limits::VERDICT_TIME;
use muster_schema::causes::{
    Answer, CauseResponse, ChallengeStatus, ClaimableResponse, Electorate, ExecuteMsg, ForfeitsTo,
    Fulfilment, NewAction, QueryMsg, StakeRule, StandingResponse,
};
use muster_schema::layout::verdict::{Part, Status};

use crate::common::*;
use crate::stand_in::{FEE, JURY, Says, challengeable, judge};

const S: u128 = 10_000;
const WINDOW: u64 = 400;
const REPORTED: u64 = OPEN + ACT + REPORT;
const END: u64 = REPORTED + WINDOW;
const DEADLINE: u64 = END + VERDICT_TIME;

/// Bound people who all acted, of whom `liars` did so in words only.
fn started(s: &mut Suite, to: ForfeitsTo, people: &[&str]) -> (Addr, u64) {
    let verdict = s.verdict();
    let action = an_action().staked(StakeRule::Required, S, to);
    let a = s.start(challengeable(action, &verdict, WINDOW));
    for name in people {
        s.stake(name, a, 0, S).unwrap();
    }
    s.at(OPEN);
    (verdict, a)
}

fn fund(s: &Suite) -> u128 {
    let cause: CauseResponse = s.query(&QueryMsg::Cause { cause: 1 });
    let amounts = cause
        .fund
        .iter()
        .map(|c| Uint128::try_from(c.amount).unwrap().u128());
    amounts.sum()
}

fn status(s: &mut Suite, name: &str, action: u64) -> Option<ChallengeStatus> {
    s.pledge_of(name, action).challenge.map(|c| c.status)
}

fn claimable(s: &mut Suite, action: u64, name: &str) -> ClaimableResponse {
    let person = s.who(name).to_string();
    s.query(&QueryMsg::Claimable { action, person })
}

#[test]
fn a_check_in_that_falls_pays_the_challenger_and_the_rest_goes_to_the_fund() {
    let mut s = Suite::new();
    let (v, a) = started(&mut s, ForfeitsTo::Cooperators {}, &["a", "liar", "e"]);
    s.check_in("a", a).unwrap();
    s.check_in("liar", a).unwrap();
    s.at(REPORTED);
    assert_eq!(s.phase(a), "judging");
    assert_eq!(s.action(a).challenge_until, Some(START + END));
    refused(s.claim("a", a, "a"), "wrong_phase");
    s.asks(&v, a, Some("liar"));
    let shown = s.challenge("challenger", a, "liar").unwrap();
    let challenger = s.who("challenger").to_string();
    assert!(
        events(&shown)
            .iter()
            .any(|e| matches!(e, CausesEvent::Challenged(c) if c.challenger == challenger))
    );
    assert_eq!(status(&mut s, "liar", a), Some(ChallengeStatus::Pending));
    s.at(END).settle("x", a).unwrap();
    // It counts as standing: two share what e forfeits, 9,900 after the keeper's reserve.
    let totals = s.action(a).totals.unwrap();
    assert_eq!((totals.cooperators, totals.broken), (2, 1));
    s.claim("a", a, "a").unwrap();
    s.claim("keeper", a, "e").unwrap();
    assert_eq!(
        (s.gain("a"), s.gain("e"), s.gain("keeper")),
        (4_950, -10_000, 100)
    );
    refused(s.claim("x", a, "liar"), "challenge_pending");
    assert_eq!(
        claimable(&mut s, a, "liar").claimable_at,
        Some(START + DEADLINE)
    );
    s.at(END + 1_000)
        .answers(&v, a, Some("liar"), REPORTED, Answer::No);
    assert_eq!(status(&mut s, "liar", a), Some(ChallengeStatus::Fell));
    assert_eq!(claimable(&mut s, a, "liar").coins, Some(vec![]));
    s.claim("x", a, "liar").unwrap();
    let reward = (S / 4 + FEE) as i128;
    assert_eq!(
        (s.gain("liar"), s.gain("challenger"), s.gain("x")),
        (-10_000, reward, 0)
    );
    assert_eq!(fund(&s), S + 4_950 - S / 4 - FEE);
    refused(s.claim("x", a, "liar"), "already_done");
    assert_eq!(status(&mut s, "liar", a), Some(ChallengeStatus::Fell));
    assert!(s.action(a).held.unwrap().amount.is_zero());
}

#[test]
fn the_jurors_fee_is_paid_up_to_half_a_stake_and_only_in_its_denom() {
    for (denom, fee, reward) in [
        (DENOM, 4_000, 6_500),
        (DENOM, 5_001, 7_500),
        (DENOM, u128::MAX, 7_500),
        (EURO, 4_000, 2_500),
    ] {
        let mut s = Suite::new();
        let address = s.who("charity").to_string();
        let (v, a) = started(&mut s, ForfeitsTo::Address { address }, &["liar"]);
        s.check_in("liar", a).unwrap();
        let says = |status, final_at| Says {
            status,
            asked_at: START + OPEN,
            final_at,
            edit: match (denom, fee) {
                (EURO, _) => |q| (q.fee_denom, q.jurors_fee) = (EURO.into(), 4_000),
                (_, 4_000) => |q| q.jurors_fee = 4_000,
                (_, 5_001) => |q| q.jurors_fee = 5_001,
                _ => |q| q.jurors_fee = u128::MAX,
            },
        };
        s.says(&v, a, Some("liar"), says(Status::Asked, 0));
        s.challenge("x", a, "liar").unwrap();
        let now = s.at(END).now();
        s.says(&v, a, Some("liar"), says(Status::Final(Answer::No), now));
        s.claim("liar", a, "liar").unwrap();
        assert_eq!(s.gain("challenger"), reward, "{fee}{denom}");
        s.send("x", ExecuteMsg::ClaimForfeits { action: a })
            .unwrap();
        assert_eq!(s.gain("charity"), 10_000 - reward);
        assert_eq!(s.owed(DENOM), 0);
    }
}

#[test]
fn it_falls_only_by_a_final_no_in_time() {
    let last = DEADLINE - 1;
    for (case, status, final_at, at, stands) in [
        ("yes", Status::Final(Answer::Yes), END, END, true),
        (
            "unresolved",
            Status::Final(Answer::Unresolved),
            END,
            END,
            true,
        ),
        (
            "the last second",
            Status::Final(Answer::No),
            last,
            last,
            false,
        ),
        (
            "found later",
            Status::Final(Answer::No),
            last,
            DEADLINE + 9,
            false,
        ),
        (
            "too late",
            Status::Final(Answer::No),
            DEADLINE,
            DEADLINE,
            true,
        ),
        (
            "open to appeal",
            Status::Answered(Answer::No),
            END + 5,
            DEADLINE,
            true,
        ),
        ("no answer", Status::Asked, 0, DEADLINE, true),
    ] {
        let mut s = Suite::new();
        let (v, a) = started(&mut s, ForfeitsTo::Everybody {}, &["p"]);
        s.check_in("p", a).unwrap();
        s.asks(&v, a, Some("p"));
        s.challenge("x", a, "p").unwrap();
        let says = Says {
            status,
            asked_at: START + OPEN,
            final_at: if final_at == 0 { 0 } else { START + final_at },
            edit: |_| {},
        };
        s.says(&v, a, Some("p"), says);
        if !matches!(status, Status::Final(_)) {
            refused(s.at(DEADLINE - 1).claim("x", a, "p"), "challenge_pending");
        } else if at > END {
            refused(
                s.at(at.min(final_at) - 1).claim("x", a, "p"),
                "challenge_pending",
            );
        }
        s.at(at).claim("x", a, "p").unwrap();
        assert_eq!(s.gain("p") == 0, stands, "{case}");
    }
}

#[test]
fn a_verdict_contract_that_vanishes_or_talks_nonsense_keeps_nobodys_stake() {
    for nonsense in [vec![], vec![0; 10], vec![0xff; 100_000]] {
        let mut s = Suite::new();
        let (v, a) = started(&mut s, ForfeitsTo::Everybody {}, &["p", "q"]);
        for name in ["p", "q"] {
            s.check_in(name, a).unwrap();
        }
        s.asks(&v, a, Some("p"));
        s.challenge("x", a, "p").unwrap();
        let p = s.who("p");
        let canonical = s.canonical_of(&p);
        s.put(&v, a, Part::Person(&canonical), nonsense);
        s.at(END).claim("q", a, "q").unwrap();
        refused(s.claim("p", a, "p"), "challenge_pending");
        s.at(DEADLINE).claim("p", a, "p").unwrap();
        assert_eq!((s.gain("p"), s.gain("q"), s.owed(DENOM)), (0, 0, 0));
    }
}

#[test]
fn a_friends_weak_challenge_shields_nobody() {
    let mut s = Suite::new();
    let (v, a) = started(&mut s, ForfeitsTo::Everybody {}, &["liar"]);
    s.check_in("liar", a).unwrap();
    s.asks(&v, a, Some("liar"));
    s.challenge("friend", a, "liar").unwrap();
    // One for each check-in; but the question is the verdict contract's, where anyone may add
    // evidence and appeal: its last answer counts, whoever asked.
    refused(s.challenge("x", a, "liar"), "already_done");
    let first = Says {
        status: Status::Answered(Answer::Yes),
        asked_at: START + OPEN,
        final_at: START + END + 100,
        edit: |_| {},
    };
    s.says(&v, a, Some("liar"), first);
    refused(s.at(END + 50).claim("liar", a, "liar"), "challenge_pending");
    s.answers(&v, a, Some("liar"), OPEN, Answer::No);
    s.claim("liar", a, "liar").unwrap();
    assert_eq!(s.gain("liar"), -(S as i128));
}

#[test]
fn a_challenge_after_the_claim_comes_too_late() {
    let mut s = Suite::new();
    let (v, a) = started(&mut s, ForfeitsTo::Everybody {}, &["p"]);
    s.check_in("p", a).unwrap();
    refused(s.at(END - 1).claim("p", a, "p"), "wrong_phase");
    s.at(END).claim("p", a, "p").unwrap();
    s.asks(&v, a, Some("p"));
    refused(s.challenge("x", a, "p"), "wrong_phase");
    assert_eq!((s.gain("p"), s.owed(DENOM)), (0, 0));
}

#[test]
fn a_stranger_who_claims_at_the_worst_moment_takes_nothing_and_loses_nobody_anything() {
    let mut s = Suite::new();
    let (v, a) = started(&mut s, ForfeitsTo::Cooperators {}, &["p", "q", "e"]);
    for name in ["p", "q"] {
        s.check_in(name, a).unwrap();
    }
    s.asks(&v, a, Some("p"));
    s.challenge("x", a, "p").unwrap();
    // A No that is open to appeal is no answer yet, however often somebody claims.
    let says = Says {
        status: Status::Answered(Answer::No),
        asked_at: START + OPEN,
        final_at: START + END + 100,
        edit: |_| {},
    };
    s.says(&v, a, Some("p"), says);
    refused(s.at(END).claim("stranger", a, "p"), "challenge_pending");
    s.claim("stranger", a, "q").unwrap();
    s.at(END + 50).answers(&v, a, Some("p"), OPEN, Answer::Yes);
    s.claim("stranger", a, "p").unwrap();
    assert_eq!(
        (s.gain("p"), s.gain("q"), s.gain("stranger")),
        (4_950, 4_950, 0)
    );
}

#[test]
fn only_a_checked_in_person_only_once_only_with_a_question_that_holds() {
    let mut s = Suite::new();
    let (v, a) = started(&mut s, ForfeitsTo::Everybody {}, &["p", "q"]);
    refused(s.challenge("x", a, "nobody"), "no_pledge");
    refused(s.challenge("x", a, "q"), "no_question");
    s.check_in("p", a).unwrap();
    refused(s.challenge("x", a, "p"), "no_question");
    let says = |edit: fn(&mut muster_schema::layout::verdict::Question), asked_at| Says {
        status: Status::Asked,
        asked_at,
        final_at: 0,
        edit,
    };
    s.says(
        &v,
        a,
        Some("p"),
        says(|q| q.electorate = Electorate::Pledgers {}, START),
    );
    refused(s.challenge("x", a, "p"), "no_question");
    s.says(&v, a, Some("p"), says(|_| {}, START + OPEN + 1));
    refused(s.challenge("x", a, "p"), "no_question");
    s.says(&v, a, Some("p"), says(|q| q.asker = vec![], START));
    refused(s.challenge("x", a, "p"), "bad_address");
    s.asks(&v, a, Some("q"));
    refused(s.challenge("x", a, "q"), "no_question");
    s.asks(&v, a, Some("p"));
    s.challenge("x", a, "p").unwrap();
    refused(s.challenge("y", a, "p"), "already_done");
    // Until the window ends, half-open.
    s.check_in("q", a).unwrap();
    let held = s.at(END).challenge("x", a, "q");
    refused(held, "wrong_phase");
    s.at(END - 1).challenge("x", a, "q").unwrap();
    let honor = s.start(NewAction {
        schedule: muster_schema::causes::Schedule::AtClose {
            pledge_until: START + 9 * OPEN,
        },
        ..an_action()
    });
    refused(s.challenge("x", honor, "p"), "not_judged_so");
}

#[test]
fn a_definition_that_makes_no_sense_is_refused() {
    let mut s = Suite::new();
    let v = s.verdict();
    let staked = |rule| an_action().staked(rule, S, ForfeitsTo::Everybody {});
    let create = |s: &mut Suite, action| s.create(a_cause(vec![action]));
    let without = challengeable(an_action(), &v, WINDOW);
    refused(create(&mut s, without), "contradiction");
    let optional = challengeable(staked(StakeRule::Optional), &v, WINDOW);
    refused(create(&mut s, optional), "contradiction");
    let short = challengeable(staked(StakeRule::Required), &v, 9);
    refused(create(&mut s, short), "out_of_range");
    let this = s.contract.clone();
    let itself = challengeable(staked(StakeRule::Required), &this, WINDOW);
    refused(create(&mut s, itself), "role_conflict");
    for (electorate, code) in [
        (Electorate::Pledgers {}, "contradiction"),
        (
            Electorate::Jury {
                size: 2,
                community: 1,
            },
            "out_of_range",
        ),
        (
            Electorate::Jury {
                size: 1_002,
                community: 1,
            },
            "out_of_range",
        ),
    ] {
        let judge = judge(&v, electorate);
        let action = NewAction {
            fulfilment: Fulfilment::Challengeable {
                window: WINDOW,
                judge,
            },
            ..staked(StakeRule::Required)
        };
        refused(create(&mut s, action), code);
    }
    let a = create(
        &mut s,
        challengeable(staked(StakeRule::Required), &v, WINDOW),
    )
    .unwrap();
    let expected = Fulfilment::Challengeable {
        window: WINDOW,
        judge: judge(&v, JURY),
    };
    assert_eq!(s.action(a).fulfilment, expected);
}

#[test]
fn standing_counts_what_stood_what_fell_and_who_never_checked_in() {
    let mut s = Suite::new();
    let names: Vec<String> = (0..10).map(|i| format!("p{i}")).collect();
    let people: Vec<&str> = names.iter().map(String::as_str).collect();
    let (v, a) = started(&mut s, ForfeitsTo::Everybody {}, &people);
    for name in ["p0", "p1", "p2"] {
        s.check_in(name, a).unwrap();
    }
    for (name, answer) in [("p1", Answer::No), ("p2", Answer::Yes)] {
        s.asks(&v, a, Some(name));
        s.challenge("x", a, name).unwrap();
        s.answers(&v, a, Some(name), OPEN, answer);
    }
    s.at(END);
    for (name, kept, broken) in [("p0", 1, 0), ("p1", 0, 1), ("p2", 1, 0), ("p3", 0, 1)] {
        s.claim("x", a, name).unwrap();
        let person = s.who(name).to_string();
        let standing: StandingResponse = s.query(&QueryMsg::Standing { person });
        assert_eq!((standing.kept, standing.broken), (kept, broken), "{name}");
        assert_eq!(standing.unreported, 0);
    }
}

#[test]
fn a_check_in_that_stands_counts_for_who_brought_the_person() {
    let mut s = Suite::new();
    let verdict = s.verdict();
    let action = an_action().staked(StakeRule::Required, S, ForfeitsTo::Everybody {});
    let a = s.start(challengeable(action, &verdict, WINDOW));
    for i in 0..8 {
        s.stake(&format!("p{i}"), a, 0, S).unwrap();
    }
    let by = s.who("p0").to_string();
    for name in ["kept", "silent"] {
        let msg = ExecuteMsg::Pledge {
            action: a,
            needs_others: 0,
            referrer: Some(by.clone()),
            credentials: vec![],
        };
        s.send_with(name, &msg, &cosmwasm_std::coins(S, DENOM))
            .unwrap();
    }
    s.at(OPEN).check_in("kept", a).unwrap();
    s.at(END);
    for name in ["kept", "silent"] {
        s.claim("x", a, name).unwrap();
    }
    let standing: StandingResponse = s.query(&QueryMsg::Standing { person: by });
    assert_eq!((standing.referred_kept, standing.kept), (1, 0));
}
