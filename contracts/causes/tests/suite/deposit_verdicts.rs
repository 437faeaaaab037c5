//! Deposits and what a malicious or silent verdict contract can't do with them.

use cosmwasm_std::coin;
use muster_mechanism::answer::Class;
use muster_schema::causes::event::CausesEvent;
use muster_schema::causes::limits::VERDICT_TIME;
use muster_schema::causes::{Answer, Electorate, ExecuteMsg};
use muster_schema::layout::Layout;
use muster_schema::layout::verdict::{
    CLAIMANT_TAG, Claimant, ClassKind, Part, Question, Status, VOTER_TAG, Voter,
};

use crate::common::*;
use crate::stand_in::{JURY, Says, Taken};

use crate::deposit::*;

const DEADLINE: u64 = JUDGE_BY + VERDICT_TIME;

type Classes = Vec<(ClassKind, Class)>;

#[test]
fn an_answer_that_never_comes_gives_everybody_the_own_deposit_back() {
    // Never asked: from judge_by on. Asked in vain: 90 days later.
    for (is_asked, from) in [(false, JUDGE_BY), (true, DEADLINE)] {
        let mut s = Suite::new();
        let (v, a) = started(&mut s);
        if is_asked {
            s.at(JUDGE_BY - 1);
            ask(&mut s, &v, a);
        }
        s.at(from - 1);
        refused(s.claim("x", a, "a"), "wrong_phase");
        refused(s.settle("x", a), "wrong_phase");
        s.at(from);
        claim_all(&mut s, a);
        assert_eq!((gains(&mut s), s.owed(DENOM)), ([0; 6], 0));
    }
    // The contract is gone, or says what nobody can read.
    for record in [vec![], vec![1, 2, 2], vec![0xff; 50_000]] {
        let mut s = Suite::new();
        let (v, a) = started(&mut s);
        s.put(&v, a, Part::Whole, record);
        s.at(JUDGE_BY);
        claim_all(&mut s, a);
        assert_eq!(gains(&mut s), [0; 6]);
    }
}

/// What a claim gets from an answer that must not count.
fn hostile(answer: Answer, classes: Classes) {
    let mut s = Suite::new();
    let (v, a) = started(&mut s);
    s.at(END);
    ballots(&mut s, &v, a);
    let challenger = s.who("challenger");
    let question = Question {
        status: Status::Final(answer),
        asked_at: s.now(),
        final_at: s.now(),
        electorate: Electorate::Pledgers {},
        jurors_fee: 0,
        fee_denom: DENOM.into(),
        asker: s.canonical_of(&challenger),
        classes,
        round: 1,
    };
    s.put(&v, a, Part::Whole, question.encode());
    let before = s.owed(DENOM);
    let settled = s.settle("x", a).unwrap();
    assert_eq!(s.owed(DENOM), before);
    let own = events(&settled).into_iter().find_map(|e| match e {
        CausesEvent::DepositsSettled(e) => Some((e.own, e.classes, e.remainder)),
        _ => None,
    });
    assert_eq!(own, Some((5, vec![], 0)));
    let outcome = s.action(a).outcome.unwrap();
    assert_eq!(outcome.answer, Some(Answer::Unresolved));
    claim_all(&mut s, a);
    assert_eq!(gains(&mut s), [0; 6]);
}

#[test]
fn an_answer_that_pays_more_than_was_lost_is_unresolved() {
    hostile(
        Answer::Yes,
        vec![
            (ClassKind::Yes, class(4, 26, 0)),
            (ClassKind::No, class(1, 0, 100)),
        ],
    );
    hostile(Answer::No, vec![(ClassKind::Yes, class(5, 1, 0))]);
    // Claimants without a deposit are inside the check.
    hostile(
        Answer::Yes,
        vec![
            (ClassKind::Yes, class(4, 25, 0)),
            (ClassKind::No, class(1, 0, 100)),
            (ClassKind::Denouncer, class(1, 1, 0)),
        ],
    );
    // Beyond every number.
    hostile(
        Answer::Yes,
        vec![
            (ClassKind::Yes, class(4, u128::MAX, 0)),
            (ClassKind::No, class(1, 0, 100)),
        ],
    );
}

#[test]
fn an_answer_that_takes_more_than_a_deposit_is_unresolved() {
    hostile(
        Answer::Yes,
        vec![
            (ClassKind::Yes, class(4, 25, 0)),
            (ClassKind::No, class(1, 0, 101)),
        ],
    );
    hostile(
        Answer::Yes,
        vec![
            (ClassKind::Yes, class(5, 1, 0)),
            (ClassKind::Appellant, class(1, 0, 100)),
        ],
    );
}

#[test]
fn an_answer_whose_class_counts_do_not_sum_to_the_deposits_is_unresolved() {
    hostile(Answer::Yes, vec![]);
    hostile(Answer::Yes, vec![(ClassKind::Yes, class(4, 0, 0))]);
    let six = vec![
        (ClassKind::Yes, class(5, 0, 0)),
        (ClassKind::Absent, class(1, 0, 100)),
    ];
    hostile(Answer::No, six);
}

#[test]
fn an_unresolved_answer_takes_nothing_whatever_classes_it_names() {
    hostile(
        Answer::Unresolved,
        vec![
            (ClassKind::Yes, class(4, 25, 0)),
            (ClassKind::No, class(1, 0, 100)),
        ],
    );
}

#[test]
fn a_voter_whose_class_is_used_up_draws_the_poorest_class_left() {
    let mut s = Suite::new();
    let (v, a) = started(&mut s);
    s.at(END);
    // The contract says "yes" of everybody, though it counted three.
    for name in &VOTERS[..5] {
        s.voted(&v, a, name, ClassKind::Yes);
    }
    answer_with(&mut s, &v, a, Answer::Yes, honest);
    claim_all(&mut s, a);
    assert_eq!(gains(&mut s), [46, 46, 46, -100, -40, 0]);
    assert_eq!((fund(&s), s.owed(DENOM)), (2, 2));
}

#[test]
fn whoever_has_no_record_or_a_malformed_one_is_absent() {
    for broken in 0..7 {
        let mut s = Suite::new();
        let (v, a) = started(&mut s);
        s.at(END);
        for name in ["a", "b", "c"] {
            s.voted(&v, a, name, ClassKind::Yes);
        }
        let record = match broken {
            0 => vec![],
            1 => vec![1, 1],
            2 => vec![9, 1, 0],
            3 => vec![1, 1, 0, 0],
            4 => Voter {
                round: 2,
                kind: ClassKind::Yes,
            }
            .encode(), // of another round
            5 => vec![1, 1, 6], // no voter's class
            _ => vec![0xff; 50_000],
        };
        s.put_beside(&v, a, (VOTER_TAG, "d"), record);
        answer_with(&mut s, &v, a, Answer::Yes, |q| {
            q.electorate = Electorate::Pledgers {};
            q.classes = vec![
                (ClassKind::Yes, class(3, 6, 0)),
                (ClassKind::Absent, class(2, 0, 10)),
            ];
        });
        claim_all(&mut s, a);
        assert_eq!(gains(&mut s), [6, 6, 6, -10, -10, 0], "{broken}");
    }
}

#[test]
fn ballots_of_a_second_round_count_in_it() {
    let mut s = Suite::new();
    let (v, a) = started(&mut s);
    s.at(END);
    ballots(&mut s, &v, a); // of the first round: void
    for name in ["a", "b", "c", "d"] {
        let kind = if name == "a" {
            ClassKind::No
        } else {
            ClassKind::Yes
        };
        s.put_beside(&v, a, (VOTER_TAG, name), Voter { round: 2, kind }.encode());
    }
    answer_with(&mut s, &v, a, Answer::Yes, |q| {
        q.electorate = Electorate::Pledgers {};
        q.round = 2;
        q.classes = vec![
            (ClassKind::Yes, class(3, 20, 0)),
            (ClassKind::No, class(1, 0, 50)),
            (ClassKind::Absent, class(1, 0, 10)),
        ];
    });
    claim_all(&mut s, a);
    assert_eq!(gains(&mut s), [-50, 20, 20, 20, -10, 0]);
}

#[test]
fn a_claim_by_a_stranger_at_the_worst_moment_costs_nobody_anything() {
    let mut s = Suite::new();
    let (v, a) = started(&mut s);
    // Before the answer, when nothing is known of the ballots yet.
    s.at(END - 1);
    refused(s.claim("x", a, "a"), "wrong_phase");
    s.at(END);
    ask(&mut s, &v, a);
    refused(s.claim("x", a, "a"), "wrong_phase");
    // Answered and open to appeal: still not.
    let says = Says {
        status: Status::Answered(Answer::No),
        asked_at: START + END,
        final_at: START + END + 50,
        edit: honest,
    };
    s.says(&v, a, None, says);
    for second in [END + 10, END + 50, END + 60] {
        refused(s.at(second).claim("x", a, "a"), "wrong_phase");
    }
    // Final, from the first second: whoever sends it, the owner is paid what the ballot says.
    ballots(&mut s, &v, a);
    answer_with(&mut s, &v, a, Answer::Yes, honest);
    for name in ["e", "d", "c", "b", "a"] {
        s.claim("x", a, name).unwrap();
    }
    assert_eq!(
        (gains(&mut s), s.gain("x")),
        ([46, 46, 46, -40, -100, -100], 0)
    );
}

#[test]
fn an_answer_from_the_future_or_of_others_pays_nothing() {
    let mut s = Suite::new();
    let (v, a) = started(&mut s);
    s.at(END);
    ballots(&mut s, &v, a);
    let says = Says {
        status: Status::Final(Answer::Yes),
        asked_at: START + END,
        final_at: START + END + 1,
        edit: honest,
    };
    s.says(&v, a, None, says);
    refused(s.claim("x", a, "a"), "wrong_phase");
    answer_with(&mut s, &v, a, Answer::Yes, |q| {
        honest(q);
        q.electorate = JURY;
    });
    refused(s.claim("x", a, "a"), "wrong_phase");
    s.at(JUDGE_BY);
    claim_all(&mut s, a);
    assert_eq!(gains(&mut s), [0; 6]);
}

fn reward(s: &mut Suite, by: &str, a: u64, of: Option<&str>) -> Taken {
    let person = of.map(|name| s.who(name).to_string());
    s.send(by, ExecuteMsg::ClaimReward { action: a, person })
}

/// One was denounced and loses all: a quarter is the denouncer's, a quarter is shared.
fn denounced(question: &mut Question) {
    question.electorate = Electorate::Pledgers {};
    question.classes = vec![
        (ClassKind::Yes, class(4, 18, 0)),
        (ClassKind::Denounced, class(1, 0, 100)),
        (ClassKind::Denouncer, class(1, 25, 0)),
        (ClassKind::Appellant, class(2, 1, 0)),
    ];
}

#[test]
fn denouncers_and_appellants_claim_without_a_pledge_inside_what_was_lost() {
    let mut s = Suite::new();
    let plain = s.start(an_action());
    let (v, a) = started(&mut s);
    refused(reward(&mut s, "denouncer", a, None), "wrong_phase");
    s.at(END);
    for name in ["a", "b", "c", "d"] {
        s.voted(&v, a, name, ClassKind::Yes);
    }
    s.voted(&v, a, "e", ClassKind::Denounced);
    let heads = |denounced, appealed| {
        Claimant {
            denounced,
            appealed,
        }
        .encode()
    };
    s.put_beside(&v, a, (CLAIMANT_TAG, "denouncer"), heads(1, 0));
    // "b" has a pledge too, and appealed; "greedy" is said to have far more than was counted.
    s.put_beside(&v, a, (CLAIMANT_TAG, "b"), heads(0, 1));
    s.put_beside(&v, a, (CLAIMANT_TAG, "greedy"), heads(u32::MAX, u32::MAX));
    s.put_beside(&v, a, (CLAIMANT_TAG, "broken"), vec![1, 2, 3]);
    answer_with(&mut s, &v, a, Answer::Yes, denounced);
    // The first claim of any kind fixes the answer.
    reward(&mut s, "x", a, Some("denouncer")).unwrap();
    assert_eq!((s.gain("denouncer"), s.gain("x")), (25, 0));
    refused(reward(&mut s, "denouncer", a, None), "already_done");
    reward(&mut s, "b", a, None).unwrap();
    reward(&mut s, "greedy", a, None).unwrap();
    assert_eq!(s.gain("greedy"), 1, "what was left of the appellants");
    for nobody in ["broken", "x", "a"] {
        refused(reward(&mut s, nobody, a, None), "nothing_due");
    }
    claim_all(&mut s, a);
    assert_eq!(gains(&mut s), [18, 19, 18, 18, -100, 0]);
    assert_eq!(s.owed(DENOM), 1, "what rounding left");
    refused(reward(&mut s, "x", plain, None), "not_judged_so");
    let this = Some(s.contract.to_string());
    let to_itself = ExecuteMsg::ClaimReward {
        action: a,
        person: this,
    };
    refused(s.send("x", to_itself), "role_conflict");
}

#[test]
fn a_reward_that_nobody_claims_waits_and_blocks_nobody() {
    let mut s = Suite::new();
    let (v, a) = started(&mut s);
    s.at(END);
    answer_with(&mut s, &v, a, Answer::Yes, denounced);
    for name in VOTERS {
        s.claim("x", a, name).unwrap();
    }
    assert_eq!(s.action(a).held, Some(coin(27, DENOM)));
    refused(reward(&mut s, "x", a, None), "nothing_due");
    s.put_beside(
        &v,
        a,
        (CLAIMANT_TAG, "x"),
        Claimant {
            denounced: 2,
            appealed: 2,
        }
        .encode(),
    );
    reward(&mut s, "x", a, None).unwrap();
    assert_eq!((s.gain("x"), s.owed(DENOM)), (27, 1));
}
