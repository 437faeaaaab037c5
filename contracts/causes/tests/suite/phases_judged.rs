//! Phase × message where check-ins can be challenged and an answer about the whole is awaited.

use cosmwasm_std::coins;
use muster_schema::causes::limits::VERDICT_TIME;
use muster_schema::causes::{
    Answer, ExecuteMsg, ForfeitsTo, Fulfilment, NewAction, OutcomeBy, OutcomeTerms, StakeRule,
};

use crate::common::*;
use crate::deposit::{D, deposited};
use crate::stand_in::{JUDGE, JURY, challengeable, vote};

const S: u128 = 100;
const REPORTED: u64 = OPEN + ACT + REPORT;
const WINDOW: u64 = 150;

fn attested(s: &mut Suite) -> Option<OutcomeTerms> {
    let attestors = vec![s.who("judge").to_string()];
    let by = OutcomeBy::Attested {
        attestors,
        quorum: 1,
    };
    let judge_window = Some(JUDGE);
    Some(OutcomeTerms {
        by,
        judge_window,
        deposit: None,
    })
}

/// What a pledge brings.
fn attached(kind: &str) -> u128 {
    if kind == "voted" { S + D } else { S }
}

/// "in" is bound and checked in as soon as may be, "dan" didn't; whoever challenges has asked.
fn in_phase(kind: &str, phase: &str) -> (Suite, u64) {
    let mut s = Suite::new();
    let verdict = s.verdict();
    let address = s.who("charity").to_string();
    let goal = if phase == "failed" { 9 } else { 2 };
    let staked = an_action().goal(goal).lock(100).staked(
        StakeRule::Required,
        S,
        ForfeitsTo::Address { address },
    );
    let action = match kind {
        "singly" => NewAction {
            outcome: attested(&mut s),
            ..challengeable(staked, &verdict, WINDOW)
        },
        "voted" => deposited(&mut s, &verdict, staked),
        _ => NewAction {
            fulfilment: Fulfilment::Collective {},
            outcome: vote(&verdict, JURY),
            ..staked
        },
    };
    let a = s.start(action);
    for (name, needs) in [("in", 0), ("dan", 0), ("out", 50)] {
        s.stake(name, a, needs, attached(kind)).unwrap();
    }
    if phase != "failed" && phase != "cancelled" && kind == "singly" {
        s.at(OPEN).check_in("in", a).unwrap();
    }
    s.asks(&verdict, a, Some("in"));
    match phase {
        "acting" | "failed" => s.at(OPEN),
        "reporting" => s.at(OPEN + ACT),
        "challenged" => s.at(REPORTED),
        "judging" => s.at(REPORTED + WINDOW),
        "settled" => s.at(REPORTED + JUDGE + VERDICT_TIME),
        "cancelled" => {
            s.at(0)
                .send("creator", ExecuteMsg::CancelCause { cause: 1 })
                .unwrap();
            &mut s
        }
        other => panic!("{other} can't be reached"),
    };
    let shown = match phase {
        "challenged" => "judging",
        other => other,
    };
    assert_eq!(s.phase(a), shown);
    (s, a)
}

fn outcome(kind: &str, phase: &str, by: &str, message: &str) -> String {
    let (mut s, a) = in_phase(kind, phase);
    let person = s.who("in").to_string();
    let msg = match message {
        "challenge" => ExecuteMsg::Challenge { action: a, person },
        "answer" => ExecuteMsg::AttestOutcome {
            action: a,
            answer: Answer::No,
        },
        "check_in" => ExecuteMsg::CheckIn {
            action: a,
            evidence: None,
        },
        "withdraw" => ExecuteMsg::Withdraw { action: a },
        "settle" => ExecuteMsg::Settle { action: a },
        "claim" => ExecuteMsg::Claim {
            action: a,
            person: None,
        },
        "claim_reward" => ExecuteMsg::ClaimReward {
            action: a,
            person: None,
        },
        "pledge" => ExecuteMsg::Pledge {
            action: a,
            needs_others: 0,
            credentials: vec![],
            referrer: None,
        },
        other => panic!("{other}"),
    };
    let funds = if message == "pledge" {
        coins(attached(kind), DENOM)
    } else {
        vec![]
    };
    let result = s.send_with(by, &msg, &funds);
    result.map_or_else(
        |said| {
            let code = said.split(": ").find(|part| {
                [
                    "wrong_phase",
                    "bound",
                    "not_judged_so",
                    "no_question",
                    "not_bound",
                    "nothing_due",
                ]
                .contains(part)
            });
            code.map_or_else(|| said.clone(), str::to_owned)
        },
        |_| "ok".to_owned(),
    )
}

#[test]
fn every_pair_works_or_says_why_not_where_something_is_judged() {
    let phases = [
        "acting",
        "reporting",
        "challenged",
        "judging",
        "settled",
        "failed",
        "cancelled",
    ];
    // Columns in the order of `phases`; · stands for wrong_phase.
    let table = [
        ("singly", "new", "pledge", "· · · · · · ·"),
        ("singly", "new", "challenge", "ok ok ok · · · ·"),
        ("singly", "judge", "answer", "ok ok ok ok · · ·"),
        ("singly", "dan", "check_in", "ok ok · · · · ·"),
        (
            "singly",
            "in",
            "withdraw",
            "bound bound bound bound bound ok ok",
        ),
        ("singly", "out", "withdraw", "ok ok ok ok ok ok ok"),
        ("singly", "new", "settle", "· · · ok ok · ·"),
        ("singly", "in", "claim", "· · · ok ok ok ok"),
        ("singly", "out", "claim", "ok ok ok ok ok ok ok"),
        (
            "together",
            "new",
            "challenge",
            "not_judged_so not_judged_so not_judged_so not_judged_so not_judged_so not_judged_so \
             not_judged_so",
        ),
        (
            "together",
            "judge",
            "answer",
            "not_judged_so not_judged_so not_judged_so not_judged_so not_judged_so not_judged_so \
             not_judged_so",
        ),
        (
            "together",
            "in",
            "check_in",
            "not_judged_so not_judged_so not_judged_so not_judged_so not_judged_so not_judged_so \
             not_judged_so",
        ),
        (
            "together",
            "in",
            "withdraw",
            "bound bound bound bound bound ok ok",
        ),
        ("together", "new", "settle", "· · · · ok · ·"),
        ("together", "in", "claim", "· · · · ok ok ok"),
        ("together", "out", "claim", "ok ok ok ok ok ok ok"),
        ("voted", "new", "pledge", "· · · · · · ·"),
        ("voted", "dan", "check_in", "ok ok · · · · ·"),
        (
            "voted",
            "in",
            "withdraw",
            "bound bound bound bound bound ok ok",
        ),
        ("voted", "out", "withdraw", "ok ok ok ok ok ok ok"),
        ("voted", "new", "settle", "· · · · ok · ·"),
        ("voted", "in", "claim", "· · · · ok ok ok"),
        ("voted", "out", "claim", "ok ok ok ok ok ok ok"),
        ("voted", "new", "claim_reward", "· · · · nothing_due · ·"),
    ];
    for (kind, by, message, row) in table {
        for (phase, expected) in phases.iter().zip(row.split_whitespace()) {
            // Attestors are awaited for the judge window, a verdict for 90 days more.
            let expected = if expected == "·" {
                "wrong_phase"
            } else {
                expected
            };
            assert_eq!(
                outcome(kind, phase, by, message),
                expected,
                "{by} sends {message} while {phase}, {kind}"
            );
        }
    }
}
