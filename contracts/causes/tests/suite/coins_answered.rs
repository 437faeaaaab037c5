//! Coins that an answer releases: on success, or tranche by tranche. What isn't released goes back.

use cosmwasm_std::{Addr, Coin, Uint128, coin};
use muster_schema::causes::event::{CausesEvent, CoinsReturned, Released};
use muster_schema::causes::limits::VERDICT_TIME;
use muster_schema::causes::{
    Answer, ClaimableResponse, Electorate, ExecuteMsg, FundResponse, NewAction, OutcomeBy,
    OutcomeTerms, QueryMsg, ReleaseTerms, Requirement, Schedule, Unit,
};
use muster_schema::layout::Layout;
use muster_schema::layout::verdict::{Part, Question, Status};

use crate::coins_refused::assert_cell;
use crate::common::*;
use crate::stand_in::{JUDGE, JURY, Taken, vote};

pub(crate) use crate::coins::MIN;
pub(crate) const END: u64 = OPEN + ACT + REPORT;
pub(crate) const JUDGE_BY: u64 = END + JUDGE;
pub(crate) const DEADLINE: u64 = JUDGE_BY + VERDICT_TIME;
/// 5 units by ann, 2 by bob; eve wants more than comes together.
pub(crate) const BOUND: u128 = 7 * MIN;

pub(crate) fn released(
    s: &mut Suite,
    release: ReleaseTerms,
    outcome: Option<OutcomeTerms>,
) -> NewAction {
    let mut action = an_action().coins(s, MIN).goal(7);
    if let Some(Unit::Coins(terms)) = &mut action.unit {
        terms.release = Some(release);
    }
    NewAction {
        act_window: ACT,
        report_window: REPORT,
        outcome,
        ..action
    }
}

pub(crate) fn on_success(s: &mut Suite) -> (Addr, u64) {
    let v = s.verdict();
    let action = released(s, ReleaseTerms::OnSuccess {}, vote(&v, JURY));
    let a = s.start(action);
    given(s, a);
    (v, a)
}

pub(crate) fn tranches(s: &mut Suite, parts: &[u16]) -> (Addr, u64) {
    let v = s.verdict();
    let parts = parts.to_vec();
    let action = released(s, ReleaseTerms::Tranches { parts }, vote(&v, JURY));
    let a = s.start(action);
    given(s, a);
    (v, a)
}

pub(crate) fn given(s: &mut Suite, a: u64) {
    s.give("ann", a, 5 * MIN, 0).unwrap();
    s.give("bob", a, 2 * MIN, 0).unwrap();
    s.give("eve", a, MIN, 900).unwrap();
    s.at(OPEN);
}

pub(crate) fn release(s: &mut Suite, a: u64) -> Taken {
    s.send("zoe", ExecuteMsg::Release { action: a })
}

/// What a verdict contract says about a tranche, as if it were asked at `asked_at`.
pub(crate) fn about(s: &mut Suite, v: &Addr, a: u64, tranche: u8, asked_at: u64, status: Status) {
    let final_at = match status {
        Status::Asked => 0,
        _ => s.now(),
    };
    let question = Question {
        status,
        asked_at: START + asked_at,
        final_at,
        electorate: JURY,
        jurors_fee: 0,
        fee_denom: String::new(),
        asker: vec![1; 20],
        classes: vec![],
        round: 1,
    };
    s.put(v, a, Part::Tranche(tranche), question.encode());
}

pub(crate) fn says(s: &mut Suite, v: &Addr, a: u64, tranche: u8, answer: Answer) {
    about(s, v, a, tranche, OPEN, Status::Final(answer));
}

pub(crate) fn gains(s: &mut Suite) -> [i128; 4] {
    ["ann", "bob", "eve", "farmer"].map(|name| s.gain(name))
}

pub(crate) fn fund(s: &Suite) -> Vec<Coin> {
    let found: FundResponse = s.query(&QueryMsg::Fund { cause: 1 });
    found.coins
}

pub(crate) fn held(s: &Suite, a: u64) -> u128 {
    let held = s.action(a).held.unwrap().amount;
    Uint128::try_from(held).unwrap().u128()
}

#[test]
fn on_success_a_yes_releases_all_of_it() {
    let mut s = Suite::with_fee(200);
    let (v, a) = on_success(&mut s);
    assert_eq!(s.phase(a), "acting");
    refused(release(&mut s, a), "wrong_phase");
    // Whoever isn't bound waits for no answer.
    s.withdraw("eve", a).unwrap();
    s.at(END).asks(&v, a, None);
    assert_eq!(s.phase(a), "judging");
    refused(release(&mut s, a), "wrong_phase");
    refused(s.claim("ann", a, "ann"), "wrong_phase");
    s.at(END + 50).answers(&v, a, None, END, Answer::Yes);
    refused(s.claim("ann", a, "ann"), "nothing_due");
    let said = events(&release(&mut s, a).unwrap());
    let paid = Released {
        action: a,
        units: 7,
        fee: 70,
        to_document: 0,
        to_beneficiary: 3_430,
    };
    assert!(said.contains(&CausesEvent::Released(paid)), "{said:?}");
    assert!(said.iter().any(|e| matches!(e, CausesEvent::Answered(_))));
    assert_eq!(gains(&mut s), [-2_500, -1_000, 0, 3_430]);
    assert_eq!((s.phase(a).as_str(), held(&s, a)), ("settled", 0));
    assert_eq!(s.action(a).coins.unwrap().released, 7);
    // It is stored: what the verdict contract says later changes nothing.
    s.answers(&v, a, None, END, Answer::No);
    refused(release(&mut s, a), "nothing_due");
    refused(s.claim("ann", a, "ann"), "nothing_due");
}

#[test]
fn on_success_whatever_is_not_a_yes_gives_every_coin_back_without_a_fee() {
    for answer in [Some(Answer::No), Some(Answer::Unresolved), None] {
        let mut s = Suite::with_fee(500);
        let (v, a) = on_success(&mut s);
        if let Some(answer) = answer {
            s.at(END).asks(&v, a, None);
            s.at(END + 9).answers(&v, a, None, END, answer);
        } else {
            refused(s.at(JUDGE_BY - 1).claim("x", a, "ann"), "wrong_phase");
            s.at(JUDGE_BY); // nobody asked
        }
        refused(release(&mut s, a), "nothing_due");
        let person = s.who("ann").to_string();
        let due: ClaimableResponse = s.query(&QueryMsg::Claimable { action: a, person });
        assert_eq!(due.coins, Some(vec![coin(5 * MIN, DENOM)]));
        let said = events(&s.claim("stranger", a, "ann").unwrap());
        let back = CoinsReturned {
            action: a,
            from: 0,
            answer: answer.unwrap_or(Answer::Unresolved),
            each_unit: MIN,
            remainder: 0,
        };
        assert!(said.contains(&CausesEvent::CoinsReturned(back)), "{said:?}");
        let paid = |e: &CausesEvent| matches!(e, CausesEvent::Claimed(e) if e.coins == 5 * MIN);
        assert!(said.iter().any(paid), "{said:?}");
        refused(s.claim("ann", a, "ann"), "already_done");
        // A Yes that comes too late is none.
        s.answers(&v, a, None, END, Answer::Yes);
        refused(release(&mut s, a), "nothing_due");
        s.claim("bob", a, "bob").unwrap();
        s.claim("eve", a, "eve").unwrap();
        assert_eq!((gains(&mut s), held(&s, a)), ([0; 4], 0));
        assert_eq!(s.gain("stranger"), 0);
    }
}

/// Attack: a verdict that is asked and never answered, to keep the coins here.
#[test]
fn an_answer_that_is_never_final_keeps_nothing() {
    let mut s = Suite::new();
    let (v, a) = on_success(&mut s);
    s.at(END).asks(&v, a, None);
    refused(s.at(DEADLINE - 1).claim("ann", a, "ann"), "wrong_phase");
    for name in ["ann", "bob", "eve"] {
        s.at(DEADLINE).claim("x", a, name).unwrap();
    }
    assert_eq!((gains(&mut s), held(&s, a)), ([0; 4], 0));
}

#[test]
fn of_a_rolling_one_nothing_is_released_before_it_closes() {
    let mut s = Suite::new();
    let v = s.verdict();
    let pledge_until = START + OPEN;
    let action = released(&mut s, ReleaseTerms::OnSuccess {}, vote(&v, JURY))
        .schedule(Schedule::Rolling { pledge_until });
    let a = s.start(action);
    s.give("ann", a, 7 * MIN, 0).unwrap();
    refused(release(&mut s, a), "wrong_phase");
    refused(s.claim("ann", a, "ann"), "wrong_phase");
    refused(s.withdraw("ann", a), "bound");
    s.give("bob", a, 2 * MIN, 0).unwrap();
    s.at(END).asks(&v, a, None);
    s.answers(&v, a, None, END, Answer::Yes);
    release(&mut s, a).unwrap();
    assert_eq!((s.gain("farmer"), held(&s, a)), (9 * MIN as i128, 0));
}

fn attestors(s: &mut Suite, names: &[&str]) -> Option<OutcomeTerms> {
    let attestors = names.iter().map(|name| s.who(name).to_string()).collect();
    Some(OutcomeTerms {
        by: OutcomeBy::Attested {
            attestors,
            quorum: 2,
        },
        judge_window: Some(JUDGE),
        deposit: None,
    })
}

#[test]
fn attestors_may_release_on_success_once_the_windows_have_ended() {
    let mut s = Suite::new();
    let outcome = attestors(&mut s, &["j1", "j2", "j3"]);
    let action = released(&mut s, ReleaseTerms::OnSuccess {}, outcome);
    let a = s.start(action);
    refused(s.give("j1", a, MIN, 0), "role_conflict");
    given(&mut s, a);
    for by in ["j1", "j2"] {
        let answer = Answer::Yes;
        s.send(by, ExecuteMsg::AttestOutcome { action: a, answer })
            .unwrap();
    }
    refused(release(&mut s, a), "wrong_phase");
    refused(s.claim("x", a, "ann"), "wrong_phase");
    s.at(END);
    release(&mut s, a).unwrap();
    assert_eq!(s.gain("farmer"), BOUND as i128);
}

/// Attack: attestors who say nothing, or who are split in two halves, so that nobody is paid.
#[test]
fn silent_attestors_give_the_coins_back() {
    let mut s = Suite::new();
    let outcome = attestors(&mut s, &["j1", "j2", "j3"]);
    let action = released(&mut s, ReleaseTerms::OnSuccess {}, outcome);
    let a = s.start(action);
    given(&mut s, a);
    for (by, answer) in [("j1", Answer::Yes), ("j2", Answer::No)] {
        s.send(by, ExecuteMsg::AttestOutcome { action: a, answer })
            .unwrap();
    }
    refused(s.at(JUDGE_BY - 1).claim("x", a, "ann"), "wrong_phase");
    for name in ["ann", "bob", "eve"] {
        s.at(JUDGE_BY).claim("x", a, name).unwrap();
    }
    assert_eq!((gains(&mut s), held(&s, a)), ([0; 4], 0));
}

#[test]
fn coins_are_released_by_the_answer_about_the_work_that_they_pay() {
    let mut s = Suite::new();
    let v = s.verdict();
    let work = NewAction {
        outcome: vote(&v, JURY),
        ..an_action()
    };
    let of = Some(OutcomeTerms {
        by: OutcomeBy::Of(Requirement::Own(0)),
        judge_window: None,
        deposit: None,
    });
    let pay = released(&mut s, ReleaseTerms::OnSuccess {}, of).requires(&[Requirement::Own(0)]);
    let work = s.create(a_cause(vec![work, pay])).unwrap();
    s.pledge("worker", work, 0).unwrap();
    given(&mut s, work + 1);
    s.at(END).asks(&v, work, None);
    refused(release(&mut s, work + 1), "wrong_phase");
    s.answers(&v, work, None, END, Answer::Yes);
    release(&mut s, work + 1).unwrap();
    assert_eq!(s.gain("farmer"), BOUND as i128);
}

#[test]
fn a_release_and_an_outcome_that_make_no_sense_are_refused_at_creation() {
    let mut s = Suite::new();
    let v = s.verdict();
    let jury = || vote(&v, JURY);
    let refuse = |s: &mut Suite, action: NewAction, code| {
        refused(s.create(a_cause(vec![action])), code);
    };
    let in_two = || ReleaseTerms::Tranches {
        parts: vec![5_000, 5_000],
    };
    for release in [ReleaseTerms::OnSuccess {}, in_two()] {
        let without = released(&mut s, release, None);
        refuse(&mut s, without, "contradiction");
    }
    let on_activation = released(&mut s, ReleaseTerms::OnActivation {}, jury());
    refuse(&mut s, on_activation.clone(), "contradiction");
    let no_windows = NewAction {
        act_window: 0,
        report_window: 0,
        ..on_activation
    };
    refuse(&mut s, no_windows, "contradiction");
    for parts in [
        vec![10_000],
        vec![5_000, 4_999],
        vec![5_000, 5_001],
        vec![10_000, 0],
        vec![
            1_112, 1_111, 1_111, 1_111, 1_111, 1_111, 1_111, 1_111, 1_111,
        ],
        vec![],
    ] {
        let bad = released(&mut s, ReleaseTerms::Tranches { parts }, jury());
        refuse(&mut s, bad, "out_of_range");
    }
    let pledgers = released(&mut s, in_two(), vote(&v, Electorate::Pledgers {}));
    refuse(&mut s, pledgers, "contradiction");
    let named = attestors(&mut s, &["j1", "j2"]);
    let by_attestors = released(&mut s, in_two(), named);
    refuse(&mut s, by_attestors, "contradiction");
    let paid = attestors(&mut s, &["j1", "farmer"]);
    let judge_and_party = released(&mut s, ReleaseTerms::OnSuccess {}, paid);
    refuse(&mut s, judge_and_party, "role_conflict");
    let windowless = NewAction {
        act_window: 0,
        ..released(&mut s, ReleaseTerms::OnSuccess {}, jury())
    };
    refuse(&mut s, windowless, "out_of_range");
    // Nobody is asked about the whole of what is released in tranches.
    let of = Some(OutcomeTerms {
        by: OutcomeBy::Of(Requirement::Own(0)),
        judge_window: None,
        deposit: None,
    });
    let first = released(&mut s, in_two(), jury());
    let second = released(&mut s, ReleaseTerms::OnSuccess {}, of).requires(&[Requirement::Own(0)]);
    refused(s.create(a_cause(vec![first, second])), "contradiction");
}

/// Phase × message for coins that an answer releases: "ann" is bound where anybody is.
#[test]
fn every_pair_works_or_says_why_not() {
    let phases = ["pledging", "acting", "judging", "yes", "no", "failed"];
    // Columns in the order of `phases`; · stands for wrong_phase.
    let table = [
        ("new", "pledge_coins", "ok · · · · ·"),
        ("new", "release", "· · · ok nothing_due ·"),
        ("ann", "claim", "· · · nothing_due ok ok"),
        ("eve", "claim", "· ok ok ok ok ok"),
        ("ann", "withdraw", "ok bound bound bound bound ok"),
        ("eve", "withdraw", "ok ok ok ok ok ok"),
        (
            "ann",
            "settle",
            "wrong_unit wrong_unit wrong_unit wrong_unit wrong_unit wrong_unit",
        ),
    ];
    for (by, message, row) in table {
        for (phase, expected) in phases.iter().zip(row.split_whitespace()) {
            for whole in [true, false] {
                let mut s = Suite::new();
                let v = s.verdict();
                let release = if whole {
                    ReleaseTerms::OnSuccess {}
                } else {
                    ReleaseTerms::Tranches {
                        parts: vec![4_000, 6_000],
                    }
                };
                let mut action = released(&mut s, release, vote(&v, JURY));
                action.goal = if *phase == "failed" { 99 } else { 7 };
                let a = s.start(action);
                s.give("ann", a, 7 * MIN, 0).unwrap();
                s.give("eve", a, MIN, 900).unwrap();
                match *phase {
                    "pledging" => {}
                    "acting" | "failed" => drop(s.at(OPEN)),
                    _ => drop(s.at(END)),
                }
                let answer = match *phase {
                    "yes" => Some(Answer::Yes),
                    "no" => Some(Answer::No),
                    _ => None,
                };
                if let Some(answer) = answer {
                    s.asks(&v, a, None);
                    s.answers(&v, a, None, END, answer);
                    says(&mut s, &v, a, 0, answer);
                    says(&mut s, &v, a, 1, answer);
                }
                assert_cell(&mut s, a, (by, message, phase), expected);
            }
        }
    }
}
