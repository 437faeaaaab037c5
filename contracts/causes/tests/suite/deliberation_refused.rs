//! What a deliberation can't be, or be combined with.

use muster_schema::causes::{
    BonusTerms, CreateCause, Deliberation, Electorate, ForfeitsTo, Fulfilment, NewAction,
    Proposals, Requirement, StakeRule,
};

use crate::common::*;
use crate::deliberation::*;
use crate::stand_in::{challengeable, vote};

#[test]
fn attack_nothing_binds_an_alternative_before_the_choice_by_requiring_it() {
    let mut s = Suite::new();
    let a = s
        .create(between(vec![rolling(), trigger(5)], 2, 0))
        .unwrap();
    let needs = |on| trigger(5).requires(&[Requirement::Action(on)]);
    let (b, c) = (s.start(needs(a)), s.start(needs(a + 1)));
    for on in [a, a + 1, b, c] {
        s.pledge("ann", on, 0).unwrap();
    }
    s.score("ann", 1, &[0, 5]).unwrap();
    s.at(CHOICE - 1);
    for on in [a, a + 1, b, c] {
        refused(s.activate("eve", on), "not_ready");
    }
    s.at(CHOICE);
    assert_eq!(phases(&s, &[a, b]), ["dropped", "failed"]);
    refused(s.activate("eve", b), "wrong_phase");
    s.at(CHOICE + 4);
    refused(s.activate("eve", c), "not_ready");
    s.at(CHOICE + 5);
    s.activate("eve", c).unwrap();
    assert_eq!(phases(&s, &[a + 1, c]), ["acting"; 2]);
    s.withdraw("ann", a).unwrap();
    s.withdraw("ann", b).unwrap();
}

#[test]
fn combinations_that_are_refused() {
    let mut s = Suite::new();
    let verdict = s.verdict();
    let required = staked(an_action());
    let collective = NewAction {
        fulfilment: Fulfilment::Collective {},
        ..an_action()
    };
    let sponsor = s.who("sponsor").to_string();
    let all = [
        challengeable(required.clone(), &verdict, 100),
        NewAction {
            outcome: vote(&verdict, Electorate::Pledgers {}),
            ..an_action()
        },
        collective,
        NewAction {
            bonus: Some(BonusTerms {
                sponsor,
                per_pledge: 1u128.into(),
                before: START + 10,
            }),
            lock: 100,
            ..required
        },
        an_action().coins(&mut s, 5),
        an_action().confirm(100),
        NewAction {
            counterpart: Some(s.who("them").to_string()),
            ..an_action()
        },
        rolling()
            .staked(StakeRule::Required, 1, ForfeitsTo::Everybody {})
            .max(9),
    ];
    with_members(&mut s, 1);
    for action in all {
        let pair = vec![action.clone(), action.clone()];
        refused(s.create(between(pair, 2, 0)), "contradiction");
        refused(s.propose("ann", 1, action), "contradiction");
    }
    let bundle = CreateCause {
        bundle: true,
        ..between(vec![an_action(), an_action()], 2, 0)
    };
    refused(s.create(bundle), "contradiction");
}

#[test]
fn what_a_deliberation_must_be() {
    let mut s = Suite::new();
    let pair = || vec![an_action(), an_action()];
    let mut bad = |cause: CreateCause, code| refused(s.create(cause), code);
    bad(between(pair(), 1, 0), "out_of_range");
    bad(between(pair(), 3, 0), "out_of_range");
    let at = |score_until: u64, until: Option<u64>| {
        let proposals = until.map(|until| Proposals { places: 1, until });
        let deliberation = Some(Deliberation {
            alternatives: 2,
            proposals,
            score_until,
        });
        CreateCause {
            deliberation,
            ..a_cause(pair())
        }
    };
    bad(at(START + 4, None), "out_of_range");
    bad(at(START + OPEN - 4, None), "out_of_range");
    bad(at(START + 100, Some(START + 4)), "out_of_range");
    bad(at(START + 100, Some(START + 96)), "out_of_range");
    bad(at(u64::MAX, None), "out_of_range");
    let requires = vec![an_action().requires(&[Requirement::Own(1)]), an_action()];
    bad(between(requires, 2, 0), "contradiction");
    s.create(at(START + 100, Some(START + 95))).unwrap();
    s.create(between(vec![an_action()], 1, 1)).unwrap();
}
