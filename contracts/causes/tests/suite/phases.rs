//! Phase × message: every pair either works or gives its typed error.

use cosmwasm_std::coins;
use muster_schema::causes::event::CausesEvent;
use muster_schema::causes::{
    BonusTerms, CreateCause, Credential, Deliberation, Does, ExecuteMsg, ForfeitsTo, NewAction,
    Outcome, Proposals, Schedule, StakeRule, Statement, Vote,
};

use crate::common::*;
use crate::saving::document;

const STAKE: u128 = 100;
/// Where there are alternatives: proposing, scoring from here on, and the choice.
const DELIBERATION: [&str; 3] = ["proposing", "scoring", "dropped"];
const SCORING: u64 = 100;
const CHOICE: u64 = 500;
const END: u64 = OPEN + ACT + REPORT;

fn proposal() -> NewAction {
    an_action().staked(StakeRule::Optional, STAKE, ForfeitsTo::Everybody {})
}

/// An action with "in" and "dan" bound (or as near to it as the phase allows) and "out" outside.
fn in_phase(phase: &str) -> (Suite, u64) {
    let mut s = Suite::new();
    let goal = if phase == "failed" { 9 } else { 2 };
    let schedule = match phase {
        "rolling" => Schedule::Rolling {
            pledge_until: START + OPEN,
        },
        _ => Schedule::AtClose {
            pledge_until: START + OPEN,
        },
    };
    let mut action = an_action()
        .goal(goal)
        .lock(100)
        .schedule(schedule)
        .staked(StakeRule::Optional, STAKE, ForfeitsTo::Cooperators {})
        .attested(&mut s, &["judge"], 1);
    action.saving = document();
    let deliberates = DELIBERATION.contains(&phase);
    if phase == "confirming" {
        action = action.confirm(100);
    } else if !deliberates {
        action.bonus = Some(BonusTerms {
            sponsor: s.who("sponsor").into(),
            per_pledge: 1u128.into(),
            before: START + OPEN,
        });
    }
    let actions = if deliberates {
        vec![proposal().lock(100), action]
    } else {
        vec![action]
    };
    let cause = CreateCause {
        fund_to: Some(s.who("heir").into()),
        deliberation: deliberates.then_some(Deliberation {
            alternatives: 2,
            proposals: Some(Proposals {
                places: 2,
                until: START + SCORING,
            }),
            score_until: START + CHOICE,
        }),
        ..a_cause(actions)
    };
    let a = s.create(cause).unwrap() + u64::from(deliberates);
    let gift = ExecuteMsg::Support { cause: 1 };
    s.send_with("in", &gift, &coins(5, DENOM)).unwrap();
    for (name, needs) in [("in", 0), ("dan", 0), ("out", 50)] {
        s.stake(name, a, needs, STAKE).unwrap();
    }
    // Where the creator is to be able to cancel, nobody has put anything in.
    if !deliberates && !matches!(phase, "confirming" | "pledging" | "cancelled") {
        let bonus = ExecuteMsg::SponsorBonus { action: a };
        s.send_with("sponsor", &bonus, &coins(5, DENOM)).unwrap();
    }
    let words = "I lead the union".into();
    s.send("in", ExecuteMsg::Say { cause: 1, words }).unwrap();
    match phase {
        "pledging" | "rolling" => &mut s,
        "proposing" | "scoring" | "dropped" => {
            s.propose("dan", 1, proposal()).unwrap();
            s.at(match phase {
                "proposing" => 0,
                "scoring" => SCORING,
                _ => CHOICE, // nobody scored: the first has it
            })
        }
        "locked" => s.at(OPEN - 100),
        "acting" | "failed" | "confirming" => s.at(OPEN),
        "reporting" => s.at(OPEN + ACT),
        "settled" => s.at(END),
        "cancelled" => {
            s.send("creator", ExecuteMsg::CancelCause { cause: 1 })
                .unwrap();
            &mut s
        }
        other => panic!("{other} can't be reached"),
    };
    let shown = match phase {
        "rolling" | "proposing" | "scoring" => "pledging",
        _ => phase,
    };
    assert_eq!(s.phase(a), shown);
    (s, a)
}

/// The outcome of a message: "ok" or the code of its refusal.
fn outcome(phase: &str, by: &str, message: &str) -> String {
    let (mut s, a) = in_phase(phase);
    let msg = match message {
        "pledge" => ExecuteMsg::Pledge {
            action: a,
            needs_others: 0,
            referrer: None,
            credentials: vec![],
        },
        // A credential where no gate asks for one.
        "credential" => ExecuteMsg::Pledge {
            action: a,
            needs_others: 0,
            referrer: None,
            credentials: vec![Credential {
                nullifier: vec![1; 32].into(),
                expires: START + 1,
                signature: vec![2; 64].into(),
            }],
        },
        "withdraw" => ExecuteMsg::Withdraw { action: a },
        "check_in" => ExecuteMsg::CheckIn {
            action: a,
            evidence: None,
        },
        "already_did" => ExecuteMsg::AlreadyDid { action: a },
        "pledge_bundle" => ExecuteMsg::PledgeBundle {
            cause: 1,
            needs_others: vec![0],
        },
        "withdraw_bundle" => ExecuteMsg::WithdrawBundle { cause: 1 },
        "activate" => ExecuteMsg::Activate { action: a },
        "relay" => {
            let does = Does::Pledge {
                action: a,
                needs_others: 0,
                referrer: None,
                credentials: vec![],
            };
            let items = vec![s.sign(by, 1, does)];
            return match events(&s.relay(items).unwrap()).pop() {
                Some(CausesEvent::RelayRefused(refused)) => refused.code,
                _ => "ok".into(),
            };
        }
        "void" => ExecuteMsg::Void { sequence: 1 },
        "confirm" => ExecuteMsg::Confirm { action: a },
        "attest" => {
            let statements = vec![Statement {
                person: s.who("in").into(),
                outcome: Outcome::Did,
            }];
            ExecuteMsg::Attest {
                action: a,
                statements,
            }
        }
        "state_saving" | "state_saving of out" => {
            let of = if message == "state_saving" {
                "in"
            } else {
                "out"
            };
            ExecuteMsg::StateSaving {
                action: a,
                person: s.who(of).into(),
                currency: "EUR".into(),
                saved: 100u128.into(),
                paid: 5u128.into(),
                evidence: None,
            }
        }
        "settle" => ExecuteMsg::Settle { action: a },
        "claim" => ExecuteMsg::Claim {
            action: a,
            person: None,
        },
        "cancel" => ExecuteMsg::CancelCause { cause: 1 },
        "claim_bonus" => ExecuteMsg::ClaimBonus { action: a },
        "sponsor_bonus" => ExecuteMsg::SponsorBonus { action: a },
        "say" => ExecuteMsg::Say {
            cause: 1,
            words: "I teach".into(),
        },
        "rate" => ExecuteMsg::Rate {
            cause: 1,
            person: s.who("in").into(),
            vote: Vote::Up,
        },
        "propose" => ExecuteMsg::Propose {
            cause: 1,
            action: Box::new(proposal()),
        },
        "second" => ExecuteMsg::Second {
            cause: 1,
            proposal: 1,
        },
        "score" => ExecuteMsg::Score {
            cause: 1,
            scores: vec![5, 0],
        },
        "support" => ExecuteMsg::Support { cause: 1 },
        "sweep_fund" => ExecuteMsg::SweepFund {
            cause: 1,
            denom: DENOM.into(),
        },
        "spend_fund" => ExecuteMsg::SpendFund {
            cause: 1,
            to: s.who("printer").into(),
            denom: DENOM.into(),
            amount: 5u128.into(),
            memo: "posters".into(),
        },
        other => panic!("{other}"),
    };
    let funds = if matches!(
        message,
        "pledge" | "credential" | "support" | "sponsor_bonus"
    ) {
        coins(STAKE, DENOM)
    } else {
        vec![]
    };
    match s.send_with(by, &msg, &funds) {
        Ok(_) => "ok".into(),
        Err(said) => {
            let codes = [
                "wrong_phase",
                "bundled",
                "not_bound",
                "not_ready",
                "bound",
                "no_pledge",
                "not_admitted",
                "not_cancellable",
                "not_deliberating",
                "not_member",
                "fund_closed",
                "nothing_due",
                "contradiction",
                "not_a_pledger",
            ];
            let code = codes
                .into_iter()
                .find(|code| said.contains(&format!("{code}: ")));
            code.map_or(said, str::to_owned)
        }
    }
}

#[test]
fn every_pair_works_or_says_why_not() {
    let phases = [
        "pledging",
        "rolling",
        "locked",
        "confirming",
        "acting",
        "reporting",
        "settled",
        "failed",
        "cancelled",
    ];
    // Columns in the order of `phases`; · stands for wrong_phase, - for not_deliberating.
    let table = [
        ("new", "pledge", "ok ok ok · · · · · ·"),
        (
            "new",
            "credential",
            "not_admitted not_admitted not_admitted · · · · · ·",
        ),
        ("new", "already_did", "ok ok ok · · · · · ·"),
        ("new", "relay", "ok ok ok · · · · · ·"),
        ("new", "void", "ok ok ok ok ok ok ok ok ok"),
        // It is no bundle.
        (
            "new",
            "pledge_bundle",
            "bundled bundled bundled bundled bundled bundled bundled bundled bundled",
        ),
        (
            "in",
            "withdraw_bundle",
            "bundled bundled bundled bundled bundled bundled bundled bundled bundled",
        ),
        // It requires nothing: time alone binds it.
        ("new", "activate", "not_ready · not_ready · · · · · ·"),
        ("out", "withdraw", "ok ok · · ok ok ok ok ok"),
        ("in", "withdraw", "ok bound · · bound bound bound ok ok"),
        ("in", "confirm", "· · · ok · · · · ·"),
        ("new", "confirm", "· · · no_pledge · · · · ·"),
        ("in", "check_in", "· ok · · ok ok · · ·"),
        (
            "out",
            "check_in",
            "· not_bound · · not_bound not_bound · · ·",
        ),
        ("judge", "attest", "· ok · · ok ok · · ·"),
        ("judge", "state_saving", "· ok · · ok ok ok · ·"),
        (
            "judge",
            "state_saving of out",
            "· not_bound · · not_bound not_bound not_bound · ·",
        ),
        ("new", "settle", "· · · · · · ok · ·"),
        ("in", "claim", "· · · · · · ok ok ok"),
        ("out", "claim", "· · · · ok ok ok ok ok"),
        (
            "new",
            "claim",
            "no_pledge no_pledge no_pledge no_pledge no_pledge no_pledge no_pledge no_pledge \
             no_pledge",
        ),
        (
            "sponsor",
            "sponsor_bonus",
            "ok ok ok contradiction · · · · ·",
        ),
        (
            "new",
            "claim_bonus",
            "· ok · contradiction ok ok ok ok nothing_due",
        ),
        // Words and votes have no phase.
        ("in", "say", "ok ok ok ok ok ok ok ok ok"),
        ("out", "rate", "ok ok ok ok ok ok ok ok ok"),
        (
            "new",
            "say",
            "not_a_pledger not_a_pledger not_a_pledger not_a_pledger not_a_pledger not_a_pledger \
             not_a_pledger not_a_pledger not_a_pledger",
        ),
        (
            "new",
            "rate",
            "not_a_pledger not_a_pledger not_a_pledger not_a_pledger not_a_pledger not_a_pledger \
             not_a_pledger not_a_pledger not_a_pledger",
        ),
        ("new", "support", "ok ok ok ok ok ok ok ok fund_closed"),
        ("creator", "spend_fund", "ok ok ok ok ok ok ok ok ok"),
        (
            "new",
            "sweep_fund",
            "fund_closed fund_closed fund_closed fund_closed fund_closed fund_closed fund_closed \
             fund_closed fund_closed",
        ),
        (
            "creator",
            "cancel",
            "ok not_cancellable not_cancellable not_cancellable not_cancellable not_cancellable \
             not_cancellable not_cancellable not_cancellable",
        ),
    ];
    check(&phases, &table);
    for message in ["propose", "second", "score"] {
        for phase in phases {
            assert_eq!(outcome(phase, "in", message), "not_deliberating");
        }
    }
}

/// What becomes of the messages while alternatives are proposed and scored, and after that.
#[test]
fn every_pair_of_a_deliberation_too() {
    let table = [
        ("new", "pledge", "ok ok ·"),
        ("new", "already_did", "ok ok ·"),
        ("new", "relay", "ok ok ·"),
        ("new", "void", "ok ok ok"),
        ("new", "activate", "not_ready not_ready ·"),
        ("out", "withdraw", "ok ok ok"),
        ("in", "withdraw", "ok ok ok"),
        ("in", "confirm", "· · ·"),
        ("in", "check_in", "· · ·"),
        ("judge", "attest", "· · ·"),
        ("judge", "state_saving", "· · ·"),
        ("new", "settle", "· · ·"),
        ("in", "claim", "· · ok"),
        ("new", "claim", "no_pledge no_pledge no_pledge"),
        ("new", "support", "ok ok ok"),
        ("creator", "spend_fund", "ok ok ok"),
        ("creator", "cancel", "ok ok ok"),
        ("in", "propose", "ok - -"),
        ("new", "propose", "not_member - -"),
        ("in", "second", "ok - -"),
        ("new", "second", "not_member - -"),
        ("in", "score", "- ok -"),
        ("new", "score", "- not_member -"),
    ];
    check(&DELIBERATION, &table);
}

fn check(phases: &[&str], table: &[(&str, &str, &str)]) {
    for (by, message, row) in table {
        for (phase, expected) in phases.iter().zip(row.split_whitespace()) {
            let expected = match expected {
                "·" => "wrong_phase",
                "-" => "not_deliberating",
                other => other,
            };
            assert_eq!(
                outcome(phase, by, message),
                expected,
                "{by} sends {message} while {phase}"
            );
        }
    }
}

#[test]
fn windows_are_half_open() {
    let (mut s, a) = in_phase("acting");
    for (second, phase) in [
        (OPEN, "acting"),
        (OPEN + ACT - 1, "acting"),
        (OPEN + ACT, "reporting"),
        (END - 1, "reporting"),
        (END, "settled"),
    ] {
        assert_eq!(s.at(second).phase(a), phase, "at {second}");
    }
}
