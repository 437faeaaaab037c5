//! `check_in`.

use cosmwasm_std::HexBinary;
use muster_schema::causes::event::CausesEvent;
use muster_schema::causes::{Evidence, ExecuteMsg};

use crate::common::*;

#[test]
fn from_activation_until_the_report_window_ends_once_by_the_bound() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    for name in ["ann", "bob", "cas"] {
        s.pledge(name, a, 0).unwrap();
    }
    s.pledge("out", a, 9).unwrap();
    refused(s.at(OPEN - 1).check_in("ann", a), "wrong_phase");
    let response = s.at(OPEN).check_in("ann", a).unwrap();
    let bound = events(&response).into_iter().find_map(|e| match e {
        CausesEvent::Bound(b) => Some((b.at, b.committed)),
        _ => None,
    });
    assert_eq!(
        bound,
        Some((START + OPEN, 3)),
        "the first message stores K*"
    );
    refused(s.check_in("ann", a), "already_done");
    refused(s.check_in("out", a), "not_bound");
    refused(s.check_in("stranger", a), "no_pledge");
    let response = s.at(OPEN + ACT + REPORT - 1).check_in("bob", a).unwrap();
    assert_eq!(events(&response).len(), 1, "K* is stored once");
    refused(s.at(OPEN + ACT + REPORT).check_in("cas", a), "wrong_phase");
    assert_eq!(s.action(a).checked_in, 2);
}

#[test]
fn evidence_is_an_address_and_a_hash() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    s.pledge("ann", a, 0).unwrap();
    s.at(OPEN);
    let mut send = |uri: &str, bytes: usize| {
        let evidence = Some(Evidence {
            uri: uri.into(),
            sha256: HexBinary::from(vec![7; bytes]),
        });
        s.send(
            "ann",
            ExecuteMsg::CheckIn {
                action: a,
                evidence,
            },
        )
    };
    refused(send("", 32), "text_length");
    refused(send(&"x".repeat(257), 32), "text_length");
    refused(send(" https://a.example", 32), "text_form");
    refused(send("https://a.example", 31), "out_of_range");
    let response = send("https://a.example", 32).unwrap();
    let evidence = events(&response).into_iter().find_map(|e| match e {
        CausesEvent::CheckedIn(c) => c.evidence,
        _ => None,
    });
    assert_eq!(
        evidence,
        Some(("https://a.example".into(), "07".repeat(32)))
    );
}
