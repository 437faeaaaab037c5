//! `create_cause`: every bound, and that nothing can change afterwards.

use cosmwasm_std::coin;
use muster_schema::causes::event::CausesEvent;
use muster_schema::causes::{
    CauseResponse, CreateCause, ExecuteMsg, ForfeitsTo, Fulfilment, NewAction, Place, QueryMsg,
    Relation, Schedule, StakeRule, StakeTerms,
};

use crate::common::*;

fn bad_cause(code: &str, change: impl FnOnce(&mut CreateCause)) {
    let mut cause = a_cause(vec![an_action()]);
    change(&mut cause);
    refused(Suite::new().create(cause), code);
}

fn bad_action(code: &str, change: impl FnOnce(&mut NewAction)) {
    bad_cause(code, |c| change(&mut c.actions[0]));
}

#[test]
fn what_was_said_is_emitted_and_hashed() {
    let mut s = Suite::new();
    let cause = a_cause(vec![an_action(), an_action().goal(7)]);
    let response = s
        .send("creator", ExecuteMsg::CreateCause(Box::new(cause.clone())))
        .unwrap();
    let Some(CausesEvent::CauseCreated(e)) = events(&response).into_iter().next() else {
        panic!()
    };
    assert_eq!(e.parse_definition().unwrap(), cause);
    let stored: CauseResponse = s.query(&QueryMsg::Cause { cause: 1 });
    assert_eq!((stored.actions, stored.text_hash.len()), (vec![1, 2], 64));
    assert_eq!(stored.text_hash, e.text_hash);
    assert_eq!(s.action(2).goal, 7);
    assert_eq!(s.start(an_action()), 3);
}

#[test]
fn texts() {
    bad_cause("text_length", |c| c.title = String::new());
    bad_cause("text_length", |c| c.title = "ä".repeat(61));
    bad_cause("text_form", |c| c.title = " outer".into());
    bad_cause("text_form", |c| c.title = "two\nlines".into());
    bad_cause("text_form", |c| c.text = "bell\u{7}".into());
    bad_cause("text_length", |c| c.summary = "x".repeat(501));
    bad_cause("text_length", |c| c.text = "x".repeat(8_193));
    bad_cause("text_length", |c| c.harm_note = "x".repeat(1_001));
    bad_cause("text_form", |c| c.language = "en_US".into());
    bad_cause("text_form", |c| c.tags = vec!["Upper".into()]);
    bad_cause("duplicate", |c| c.tags = vec!["a".into(), "a".into()]);
    bad_cause("out_of_range", |c| {
        c.tags = (0..9).map(|i| format!("t{i}")).collect()
    });
    bad_action("text_length", |a| a.label = "x".repeat(81));
    bad_action("text_length", |a| a.description = String::new());
}

#[test]
fn places() {
    let place = |country: &str, latitude, longitude| {
        Some(Place {
            label: "Utrecht".into(),
            country: country.into(),
            latitude,
            longitude,
        })
    };
    bad_cause("text_form", |c| c.place = place("nl", None, None));
    bad_cause("text_form", |c| c.place = place("NL-UTRE", None, None));
    bad_cause("contradiction", |c| c.place = place("NL", Some(1), None));
    bad_cause("out_of_range", |c| {
        c.place = place("NL", Some(90_000_001), Some(0))
    });
    let cause = CreateCause {
        place: place("NL-UT", Some(52_090_000), Some(-5_120_000)),
        ..a_cause(vec![an_action()])
    };
    Suite::new().create(cause).unwrap();
}

#[test]
fn numbers_and_times() {
    bad_cause("out_of_range", |c| c.actions.clear());
    bad_cause("out_of_range", |c| c.actions = vec![an_action(); 17]);
    bad_action("out_of_range", |a| a.goal = 0);
    bad_action("out_of_range", |a| a.goal = 1_000_000_001);
    bad_action("out_of_range", |a| {
        a.schedule = Schedule::AtClose {
            pledge_until: START,
        }
    });
    bad_action("out_of_range", |a| {
        a.schedule = Schedule::AtClose {
            pledge_until: u64::MAX,
        }
    });
    bad_action("out_of_range", |a| a.lock = OPEN);
    bad_action("out_of_range", |a| a.act_window = 0);
    bad_action("out_of_range", |a| a.report_window = 9);
    bad_action("out_of_range", |a| a.report_window = u64::MAX);
    bad_action("out_of_range", |a| {
        a.schedule = Schedule::AtTrigger {
            hold: 4,
            pledge_until: None,
        };
    });
    bad_action("contradiction", |a| {
        a.schedule = Schedule::AtTrigger {
            hold: 5,
            pledge_until: None,
        };
        a.lock = 1;
    });
    let mut s = Suite::new();
    s.start(an_action().lock(OPEN - 1).schedule(Schedule::Rolling {
        pledge_until: START + OPEN,
    }));
    s.create(a_cause(vec![an_action(); 16])).unwrap();
}

#[test]
fn stakes_and_where_they_go() {
    let stake = |amount: u128, denom: &str| {
        Some(StakeTerms {
            rule: StakeRule::Required,
            coin: coin(amount, denom),
        })
    };
    let to = Some(ForfeitsTo::Everybody {});
    for (stake, code) in [
        (stake(0, DENOM), "wrong_coins"),
        (stake(u128::MAX, DENOM), "wrong_coins"),
        (stake(1, "1x"), "text_form"),
        (stake(1, "a b"), "text_form"),
    ] {
        bad_action(code, |a| (a.stake, a.forfeits_to) = (stake, to.clone()));
    }
    bad_action("contradiction", |a| a.stake = stake(1, DENOM));
    bad_action("contradiction", |a| a.forfeits_to = to);
    bad_action("contradiction", |a| {
        (a.stake, a.forfeits_to) = (stake(1, DENOM), Some(ForfeitsTo::Cooperators {}));
    });
}

#[test]
fn roles_are_distinct_and_a_quorum_is_more_than_half() {
    let mut s = Suite::new();
    let [judge, other, creator] = ["judge", "other", "creator"].map(|n| s.who(n).to_string());
    let this = s.contract.to_string();
    let mut attested = |attestors: Vec<String>, quorum: u8| {
        let fulfilment = Fulfilment::Attested { attestors, quorum };
        s.create(a_cause(vec![NewAction {
            fulfilment,
            ..an_action()
        }]))
    };
    refused(attested(vec![], 1), "out_of_range");
    refused(attested(vec![judge.clone(); 16], 9), "out_of_range");
    refused(
        attested(vec![judge.clone(), other.clone()], 1),
        "out_of_range",
    );
    refused(
        attested(vec![judge.clone(), other.clone()], 3),
        "out_of_range",
    );
    refused(
        attested(vec![judge.clone(), judge.to_uppercase()], 2),
        "role_conflict",
    );
    refused(attested(vec![creator.clone()], 1), "role_conflict");
    refused(attested(vec![this], 1), "role_conflict");
    refused(attested(vec!["cosmwasm1nope".into()], 1), "bad_address");
    attested(vec![judge.clone(), other], 2).unwrap();
    let mut s = Suite::new();
    let mut forfeits = |address: &str| {
        let to = ForfeitsTo::Address {
            address: address.into(),
        };
        let action = an_action().staked(StakeRule::Required, 1, to);
        let action = action.attested(&mut s, &["judge"], 1);
        s.create(a_cause(vec![action]))
    };
    refused(forfeits(&judge), "role_conflict");
    refused(forfeits(&creator), "role_conflict");
    refused(forfeits(""), "bad_address");
}

#[test]
fn takes_no_coins() {
    let msg = ExecuteMsg::CreateCause(Box::new(a_cause(vec![an_action()])));
    refused(
        Suite::new().send_with("creator", &msg, &[coin(1, DENOM)]),
        "unexpected_coins",
    );
}

#[test]
fn an_earlier_cause_may_be_named_and_only_an_earlier_one() {
    let mut s = Suite::new();
    s.start(an_action());
    let with = |relation| muster_schema::causes::CreateCause {
        relation: Some(relation),
        ..a_cause(vec![an_action()])
    };
    for found in [0, 2, u64::MAX] {
        refused(
            s.create(with(Relation::Follows { cause: found })),
            "unknown_cause",
        );
    }
    for (cause, relation) in [
        (1, Relation::Follows { cause: 1 }),
        (2, Relation::ForkOf { cause: 2 }),
        (3, Relation::CounterTo { cause: 3 }),
    ] {
        assert_eq!(relation.cause(), cause);
        s.create(with(relation)).unwrap();
    }
}
