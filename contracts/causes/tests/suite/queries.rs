//! The reads of a wallet and an indexer.

use muster_schema::causes::{
    CausesResponse, CurveResponse, PledgeResponse, PledgesResponse, QueryMsg, SolvencyResponse,
};

use crate::common::*;

#[test]
fn pledges_come_in_pages_that_neither_skip_nor_repeat() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    let b = s.start(an_action());
    for i in 0..7 {
        s.pledge(&format!("p{i}"), a, i).unwrap();
        s.pledge(&format!("p{i}"), b, 0).unwrap();
    }
    let (mut seen, mut start_after) = (vec![], None);
    loop {
        let page: PledgesResponse = s.query(&QueryMsg::Pledges {
            action: a,
            start_after,
            limit: Some(3),
        });
        assert!(page.pledges.len() <= 3);
        match page.pledges.last() {
            None => break,
            Some(last) => start_after = Some(last.person.clone()),
        }
        seen.extend(page.pledges.into_iter().map(|p| p.person));
    }
    let all = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((all, seen.len()), (7, 7));
    assert_eq!(s.action(a).label, an_action().label);
    let page: PledgesResponse = s.query(&QueryMsg::Pledges {
        action: a,
        start_after: None,
        limit: Some(0),
    });
    assert_eq!(page.pledges.len(), 1, "a page is coerced to at least one");
}

#[test]
fn the_curve_names_every_threshold_and_how_many_tip_it() {
    let mut s = Suite::new();
    let a = s.start(an_action().goal(3));
    for (name, needs) in [("a", 0), ("b", 9), ("c", 4)] {
        s.pledge(name, a, needs).unwrap();
    }
    let curve: CurveResponse = s.query(&QueryMsg::Curve { action: a });
    let all: Vec<_> = curve
        .buckets
        .iter()
        .map(|b| (b.threshold, b.pledges))
        .collect();
    assert_eq!(all, [(3, 1), (5, 1), (10, 1)]);
    assert_eq!(
        curve.tips_with,
        Some(2),
        "two more make three, and the goal is met"
    );
}

#[test]
fn unknown_numbers_and_bad_addresses_are_said() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    let nobody = s.who("nobody").to_string();
    let ask = |msg: QueryMsg| s.try_query::<PledgeResponse>(&msg);
    refused(ask(QueryMsg::Action { action: 2 }), "unknown_action");
    refused(ask(QueryMsg::Cause { cause: 2 }), "unknown_cause");
    refused(
        ask(QueryMsg::Pledge {
            action: a,
            person: nobody,
        }),
        "no_pledge",
    );
    refused(
        ask(QueryMsg::Pledge {
            action: a,
            person: "x".into(),
        }),
        "bad_address",
    );
    refused(
        ask(QueryMsg::Standing {
            person: "y".repeat(500),
        }),
        "bad_address",
    );
}

#[test]
fn one_account_in_another_case_is_the_same_account() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    s.pledge("ann", a, 0).unwrap();
    let person = s.who("ann").to_string().to_uppercase();
    let pledge: PledgeResponse = s.query(&QueryMsg::Pledge { action: a, person });
    assert_eq!(pledge.person, s.who("ann").to_string());
}

#[test]
fn causes_and_solvency_end() {
    let mut s = Suite::new();
    for _ in 0..5 {
        s.start(an_action());
    }
    let page: CausesResponse = s.query(&QueryMsg::Causes {
        start_after: Some(3),
        limit: None,
    });
    assert_eq!(page.causes.iter().map(|c| c.id).collect::<Vec<_>>(), [4, 5]);
    let page: SolvencyResponse = s.query(&QueryMsg::Solvency {
        start_after: Some(5),
        limit: None,
    });
    assert_eq!((page.last, page.actions.len()), (None, 0));
}
