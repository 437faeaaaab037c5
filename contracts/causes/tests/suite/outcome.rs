//! The outcome: whether an action as a whole succeeded, and stakes that depend on it.

use cosmwasm_std::Addr;
use muster_schema::causes::event::CausesEvent;
use muster_schema::causes::limits::VERDICT_TIME;
use muster_schema::causes::{
    Answer, Electorate, ExecuteMsg, ForfeitsTo, Fulfilment, NewAction, OutcomeBy, OutcomeTerms,
    Requirement, StakeRule,
};
use muster_schema::layout::verdict::{Part, Question, Status};

use crate::common::*;
use crate::stand_in::{JUDGE, JURY, Says, Taken, greedy, vote};

const S: u128 = 10_000;
const END: u64 = OPEN + ACT + REPORT;
const JUDGE_BY: u64 = END + JUDGE;
const DEADLINE: u64 = JUDGE_BY + VERDICT_TIME;

fn collective(s: &mut Suite, outcome: Option<OutcomeTerms>) -> NewAction {
    let address = s.who("charity").to_string();
    NewAction {
        fulfilment: Fulfilment::Collective {},
        outcome,
        ..an_action().staked(StakeRule::Optional, S, ForfeitsTo::Address { address })
    }
}

/// Three bound, of whom "c" has no stake, and "out" outside.
fn started(s: &mut Suite) -> (Addr, u64) {
    let v = s.verdict();
    let outcome = vote(&v, JURY);
    let action = collective(s, outcome).goal(3);
    let a = s.start(action);
    pledged(s, a);
    (v, a)
}

fn pledged(s: &mut Suite, a: u64) {
    for (name, needs) in [("a", 0), ("b", 0), ("out", 50)] {
        s.stake(name, a, needs, S).unwrap();
    }
    s.pledge("c", a, 0).unwrap();
    s.at(OPEN);
}

fn gains(s: &mut Suite) -> [i128; 5] {
    ["a", "b", "c", "out", "charity"].map(|name| s.gain(name))
}

fn claim_all(s: &mut Suite, a: u64) {
    for name in ["a", "b", "c", "out"] {
        s.claim("x", a, name).unwrap();
    }
    let _ = s.send("x", ExecuteMsg::ClaimForfeits { action: a });
}

fn answered(response: &cw_multi_test::AppResponse) -> Option<Answer> {
    let pick = |e| match e {
        CausesEvent::Answered(e) => Some(e.answer),
        _ => None,
    };
    events(response).into_iter().find_map(pick)
}

#[test]
fn all_stakes_stand_or_fall_together() {
    let s = S as i128;
    for (answer, expected) in [
        (Answer::Yes, [0, 0, 0, 0, 0]),
        (Answer::Unresolved, [0, 0, 0, 0, 0]),
        (Answer::No, [-s, -s, 0, 0, 2 * s - 2 * s / 50]),
    ] {
        let mut s = Suite::with_fee(200);
        let (v, a) = started(&mut s);
        refused(s.check_in("a", a), "not_judged_so");
        // Whoever isn't bound waits for nothing.
        assert_eq!(s.phase(a), "acting");
        s.withdraw("out", a).unwrap();
        s.at(END + 5).asks(&v, a, None);
        assert_eq!(s.phase(a), "judging");
        refused(s.claim("a", a, "a"), "wrong_phase");
        refused(s.settle("x", a), "wrong_phase");
        s.at(END + 100).answers(&v, a, None, END + 5, answer);
        assert_eq!(s.action(a).outcome.unwrap().answer, Some(answer));
        let settled = s.settle("x", a).unwrap();
        assert_eq!(answered(&settled), Some(answer));
        assert_eq!(s.phase(a), "settled");
        refused(s.settle("x", a), "already_done");
        // Stored once: what the verdict contract says later changes nothing.
        s.answers(&v, a, None, END + 5, Answer::Unresolved);
        for name in ["a", "b", "c"] {
            s.claim("x", a, name).unwrap();
        }
        let _ = s.send("x", ExecuteMsg::ClaimForfeits { action: a });
        assert_eq!(gains(&mut s), expected, "{answer:?}");
        assert!(s.action(a).held.unwrap().amount.is_zero());
        assert_eq!(s.gain("x"), 0, "nobody keeps a reserve");
    }
}

#[test]
fn a_claim_reads_the_verdict_on_the_way() {
    let mut s = Suite::new();
    let (v, a) = started(&mut s);
    s.at(END).asks(&v, a, None);
    s.answers(&v, a, None, END, Answer::No);
    let claimed = s.claim("x", a, "a").unwrap();
    assert_eq!(answered(&claimed), Some(Answer::No));
    assert_eq!(s.phase(a), "settled");
    claim_all_but_a(&mut s, a);
    assert_eq!(gains(&mut s)[4], 2 * S as i128);
}

fn claim_all_but_a(s: &mut Suite, a: u64) {
    for name in ["b", "c", "out"] {
        s.claim("x", a, name).unwrap();
    }
    s.send("x", ExecuteMsg::ClaimForfeits { action: a })
        .unwrap();
}

#[test]
fn an_answer_that_never_comes_gives_everybody_the_own_stake_back() {
    // Never asked: from judge_by on. Asked in vain: 90 days later.
    for (is_asked, from) in [(false, JUDGE_BY), (true, DEADLINE)] {
        let mut s = Suite::new();
        let (v, a) = started(&mut s);
        if is_asked {
            s.at(JUDGE_BY - 1).asks(&v, a, None);
        }
        s.at(from - 1);
        assert_eq!(s.phase(a), "judging");
        refused(s.claim("x", a, "a"), "wrong_phase");
        s.at(from);
        claim_all(&mut s, a);
        assert_eq!(gains(&mut s), [0; 5]);
        assert_eq!(s.owed(DENOM), 0);
    }
    // By time alone, too.
    let mut s = Suite::new();
    let (_, a) = started(&mut s);
    s.at(DEADLINE);
    assert_eq!(s.phase(a), "settled");
}

/// Attack: an answer that is there before the reports are in, to be paid at once.
#[test]
fn nothing_is_decided_before_the_report_window_ends() {
    let mut s = Suite::new();
    let (v, a) = started(&mut s);
    for (second, phase) in [(OPEN, "acting"), (END - 1, "reporting")] {
        s.at(second).says(&v, a, None, no(OPEN, second, |_| {}));
        assert_eq!(s.phase(a), phase);
        refused(s.settle("x", a), "wrong_phase");
        refused(s.claim("x", a, "a"), "wrong_phase");
        assert_eq!(s.action(a).outcome.unwrap().answer, None);
    }
    // Asked too soon, it is none.
    s.at(END);
    claim_all(&mut s, a);
    assert_eq!(gains(&mut s), [0; 5]);
}

/// What a claim gets from an answer that must not count, at the second it is given.
fn hostile(at: u64, says: impl FnOnce(&Suite) -> Says) -> [i128; 5] {
    let mut s = Suite::new();
    let (v, a) = started(&mut s);
    s.at(at);
    let says = says(&s);
    s.says(&v, a, None, says);
    claim_all(&mut s, a);
    assert_eq!(
        s.action(a).outcome.unwrap().answer,
        Some(Answer::Unresolved)
    );
    gains(&mut s)
}

fn no(asked_at: u64, final_at: u64, edit: fn(&mut Question)) -> Says {
    Says {
        status: Status::Final(Answer::No),
        asked_at: START + asked_at,
        final_at: START + final_at,
        edit,
    }
}

#[test]
fn an_answer_that_pays_more_than_was_lost_is_unresolved() {
    assert_eq!(hostile(END + 9, |_| no(END, END + 9, greedy)), [0; 5]);
}

#[test]
fn an_answer_of_others_or_asked_out_of_time_is_unresolved() {
    let of_pledgers: fn(&mut Question) = |q| q.electorate = Electorate::Pledgers {};
    // Of others it is as if nobody had been asked.
    assert_eq!(hostile(JUDGE_BY, |_| no(END, END + 9, of_pledgers)), [0; 5]);
    let keep: fn(&mut Question) = |_| {};
    assert_eq!(
        hostile(END, |_| no(END - 1, END, keep)),
        [0; 5],
        "too early"
    );
    assert_eq!(
        hostile(JUDGE_BY + 1, |_| no(JUDGE_BY, JUDGE_BY, keep)),
        [0; 5]
    );
    assert_eq!(
        hostile(END, |_| no(END + 1, END + 2, keep)),
        [0; 5],
        "to come"
    );
    assert_eq!(
        hostile(DEADLINE, |_| no(END, DEADLINE, keep)),
        [0; 5],
        "late"
    );
}

#[test]
fn a_missing_or_broken_verdict_contract_blocks_no_refund() {
    for record in [vec![], vec![1, 2, 2], vec![0xff; 50_000]] {
        let mut s = Suite::new();
        let (v, a) = started(&mut s);
        s.put(&v, a, Part::Whole, record);
        s.withdraw("out", a).unwrap();
        refused(s.at(JUDGE_BY - 1).claim("x", a, "a"), "wrong_phase");
        s.at(JUDGE_BY).claim("x", a, "a").unwrap();
        s.claim("x", a, "b").unwrap();
        assert_eq!(gains(&mut s), [0; 5]);
    }
    // Not even a contract.
    let mut s = Suite::new();
    let nobody = s.who("nobody");
    let action = collective(&mut s, vote(&nobody, JURY)).goal(3);
    let a = s.start(action);
    pledged(&mut s, a);
    s.at(JUDGE_BY);
    claim_all(&mut s, a);
    assert_eq!(gains(&mut s), [0; 5]);
}

#[test]
fn an_answer_that_can_be_appealed_is_none_yet() {
    let mut s = Suite::new();
    let (v, a) = started(&mut s);
    let says = Says {
        status: Status::Answered(Answer::No),
        asked_at: START + END,
        final_at: START + END + 50,
        edit: |_| {},
    };
    s.at(END).says(&v, a, None, says);
    assert_eq!(s.phase(a), "appealing");
    let outcome = s.action(a).outcome.unwrap();
    assert!(outcome.asked && outcome.answer.is_none());
    assert_eq!(outcome.judge_by, Some(START + JUDGE_BY));
    assert_eq!(outcome.answer_by, Some(START + DEADLINE));
    refused(s.at(END + 60).claim("x", a, "a"), "wrong_phase");
    s.answers(&v, a, None, END, Answer::Yes);
    s.claim("x", a, "a").unwrap();
    assert_eq!(s.gain("a"), 0);
}

#[test]
fn stakes_that_are_judged_singly_do_not_wait_for_the_answer() {
    let mut s = Suite::new();
    let v = s.verdict();
    let action = NewAction {
        outcome: vote(&v, Electorate::Pledgers {}),
        ..an_action().staked(StakeRule::Required, S, ForfeitsTo::Everybody {})
    };
    let a = s.start(action);
    s.stake("a", a, 0, S).unwrap();
    s.at(OPEN).check_in("a", a).unwrap();
    refused(s.at(END - 1).claim("a", a, "a"), "wrong_phase");
    s.at(END).claim("a", a, "a").unwrap();
    assert_eq!((s.gain("a"), s.phase(a).as_str()), (0, "judging"));
}

#[test]
fn settle_fixes_what_is_final_and_stores_the_answer_when_there_is_one() {
    let mut s = Suite::new();
    let v = s.verdict();
    let action = NewAction {
        outcome: vote(&v, JURY),
        ..an_action().staked(StakeRule::Required, S, ForfeitsTo::Everybody {})
    };
    let a = s.start(action);
    s.stake("a", a, 0, S).unwrap();
    // A question that is open keeps no report window open.
    refused(s.at(END).check_in("a", a), "wrong_phase");
    s.settle("x", a).unwrap();
    assert!(s.action(a).totals.is_some());
    refused(s.settle("x", a), "already_done");
    s.at(END + 9).asks(&v, a, None);
    s.answers(&v, a, None, END + 9, Answer::Yes);
    assert_eq!(answered(&s.settle("x", a).unwrap()), Some(Answer::Yes));
    assert_eq!(s.phase(a), "settled");
    refused(s.settle("x", a), "already_done");
}

fn attest(s: &mut Suite, by: &str, action: u64, answer: Answer) -> Taken {
    s.send(by, ExecuteMsg::AttestOutcome { action, answer })
}

fn attested(s: &mut Suite) -> OutcomeTerms {
    OutcomeTerms {
        by: OutcomeBy::Attested {
            attestors: ["j1", "j2", "j3"].map(|j| s.who(j).to_string()).to_vec(),
            quorum: 2,
        },
        judge_window: Some(JUDGE),
        deposit: None,
    }
}

#[test]
fn attestors_answer_when_their_quorum_agrees() {
    let mut s = Suite::new();
    let outcome = attested(&mut s);
    let action = collective(&mut s, Some(outcome)).goal(3);
    let a = s.start(action);
    refused(s.stake("j1", a, 0, S), "role_conflict");
    refused(attest(&mut s, "j1", a, Answer::No), "wrong_phase");
    pledged(&mut s, a);
    refused(attest(&mut s, "a", a, Answer::Yes), "unauthorized");
    for (by, answer) in [("j1", Answer::Yes), ("j2", Answer::No), ("j1", Answer::No)] {
        let said = attest(&mut s, by, a, answer).unwrap();
        let is_last = (by, answer) == ("j1", Answer::No);
        assert_eq!(
            answered(&said),
            is_last.then_some(Answer::No),
            "two halves decide nothing"
        );
    }
    refused(attest(&mut s, "j3", a, Answer::Yes), "already_done");
    // Known before the report window ends, which it doesn't shorten.
    assert_eq!(s.phase(a), "acting");
    refused(s.at(END - 1).claim("x", a, "a"), "wrong_phase");
    s.at(END);
    claim_all(&mut s, a);
    let s_ = S as i128;
    assert_eq!(gains(&mut s), [-s_, -s_, 0, 0, 2 * s_]);
}

#[test]
fn silent_attestors_of_an_outcome_and_two_halves_cost_nobody() {
    let mut s = Suite::new();
    let outcome = attested(&mut s);
    let action = collective(&mut s, Some(outcome)).goal(3);
    let a = s.start(action);
    pledged(&mut s, a);
    attest(&mut s, "j1", a, Answer::No).unwrap();
    attest(&mut s, "j2", a, Answer::Yes).unwrap();
    s.at(JUDGE_BY - 1);
    attest(&mut s, "j2", a, Answer::Unresolved).unwrap();
    refused(s.claim("x", a, "a"), "wrong_phase");
    s.at(JUDGE_BY);
    refused(attest(&mut s, "j2", a, Answer::No), "wrong_phase");
    assert_eq!(s.phase(a), "settled");
    claim_all(&mut s, a);
    assert_eq!(gains(&mut s), [0; 5]);
}

#[test]
fn the_answer_about_a_required_action_is_taken() {
    let mut s = Suite::new();
    let v = s.verdict();
    let first = NewAction {
        outcome: vote(&v, JURY),
        ..an_action()
    };
    let of = OutcomeTerms {
        by: OutcomeBy::Of(Requirement::Own(0)),
        judge_window: None,
        deposit: None,
    };
    let second = collective(&mut s, Some(of))
        .goal(3)
        .requires(&[Requirement::Own(0)]);
    let a = s.create(a_cause(vec![first, second])).unwrap();
    s.pledge("doer", a, 0).unwrap();
    pledged(&mut s, a + 1);
    s.at(END).asks(&v, a, None);
    refused(s.claim("x", a + 1, "a"), "wrong_phase");
    s.answers(&v, a, None, END, Answer::No);
    claim_all(&mut s, a + 1);
    let s_ = S as i128;
    assert_eq!(gains(&mut s), [-s_, -s_, 0, 0, 2 * s_]);
    assert_eq!(s.phase(a + 1), "settled");
    let outcome = s.action(a + 1).outcome.unwrap();
    assert_eq!(outcome.terms.by, OutcomeBy::Of(Requirement::Action(a)));
    assert_eq!(outcome.answer_by, Some(START + DEADLINE));
}

#[test]
fn a_definition_that_makes_no_sense_is_refused() {
    let mut s = Suite::new();
    let v = s.verdict();
    let create = |s: &mut Suite, actions: &[NewAction]| s.create(a_cause(actions.to_vec()));
    let refuse = |s: &mut Suite, action: NewAction, code| refused(create(s, &[action]), code);
    let without = collective(&mut s, None);
    refuse(&mut s, without, "contradiction");
    let own_judges = collective(&mut s, vote(&v, Electorate::Pledgers {}));
    refuse(&mut s, own_judges.clone(), "contradiction");
    let free = NewAction {
        stake: None,
        forfeits_to: None,
        ..own_judges
    };
    create(&mut s, &[free]).unwrap();
    for to in [ForfeitsTo::Everybody {}, ForfeitsTo::Cooperators {}] {
        let action = collective(&mut s, vote(&v, JURY));
        let action = NewAction {
            forfeits_to: Some(to),
            ..action
        };
        refuse(&mut s, action, "contradiction");
    }
    let judged = |judge_window, by| NewAction {
        outcome: Some(OutcomeTerms {
            by,
            judge_window,
            deposit: None,
        }),
        ..an_action()
    };
    let by = || vote(&v, JURY).unwrap().by;
    refuse(&mut s, judged(Some(9), by()), "out_of_range");
    let of = |i| OutcomeBy::Of(Requirement::Own(i));
    refuse(&mut s, judged(None, of(0)), "contradiction");
    let requires = |action: NewAction, i| action.requires(&[Requirement::Own(i)]);
    let plain = an_action();
    let later = requires(judged(None, of(0)), 0);
    refused(create(&mut s, &[plain, later.clone()]), "contradiction");
    let windowed = requires(judged(Some(JUDGE), of(0)), 0);
    let first = judged(None, by());
    refused(create(&mut s, &[first.clone(), windowed]), "contradiction");
    let third = requires(judged(None, of(1)), 1);
    refused(
        create(&mut s, &[first.clone(), later.clone(), third]),
        "contradiction",
    );
    create(&mut s, &[first, later]).unwrap();
    for (names, quorum, code) in [
        (vec!["j1", "creator"], 2, "role_conflict"),
        (vec!["j1", "charity"], 2, "role_conflict"),
        (vec!["j1", "j1"], 2, "role_conflict"),
        (vec!["j1", "j2"], 1, "out_of_range"),
        (vec![], 1, "out_of_range"),
    ] {
        let attestors = names.iter().map(|n| s.who(n).to_string()).collect();
        let by = OutcomeBy::Attested { attestors, quorum };
        let action = collective(
            &mut s,
            Some(OutcomeTerms {
                by,
                judge_window: None,
                deposit: None,
            }),
        );
        refuse(&mut s, action, code);
    }
}
