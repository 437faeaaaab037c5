//! A percentage of what institutions save: attestors state what it came to, and no coin moves.

use cosmwasm_std::{Uint128, coin, coins};
use cw_multi_test::AppResponse;
use muster_schema::causes::event::{CausesEvent, SavingStated};
use muster_schema::causes::{
    CreateCause, Deliberation, Document, Evidence, ExecuteMsg, ForfeitsTo, Fulfilment, NewAction,
    OutcomeBy, OutcomeTerms, Proposals, Schedule, StakeRule,
};

use crate::coins::with_document;
use crate::common::*;

pub(crate) fn document() -> Option<Document> {
    Some(Document {
        uri: "https://example.org/consortium.pdf".into(),
        sha256: vec![7; 32].into(),
        bps: 500,
        recipient: "the free journal".into(),
    })
}

/// Five percent of what each saves, as "anna" and "ben" attest.
fn leaving(s: &mut Suite) -> NewAction {
    NewAction {
        saving: document(),
        ..an_action().attested(s, &["anna", "ben"], 2)
    }
}

fn outcome_of(s: &mut Suite, attestor: &str) -> Option<OutcomeTerms> {
    let attestors = vec![s.who(attestor).to_string()];
    let by = OutcomeBy::Attested {
        attestors,
        quorum: 1,
    };
    Some(OutcomeTerms {
        by,
        judge_window: Some(20),
        deposit: None,
    })
}

fn said(s: &mut Suite, action: u64, person: &str) -> ExecuteMsg {
    ExecuteMsg::StateSaving {
        action,
        person: s.who(person).into(),
        currency: "USD".into(),
        saved: Uint128::new(12_000_000),
        paid: Uint128::new(600_000),
        evidence: None,
    }
}

fn state(s: &mut Suite, by: &str, action: u64, person: &str) -> Result<AppResponse, String> {
    let msg = said(s, action, person);
    s.send(by, msg)
}

/// Whether that was taken, and said nothing but itself.
fn stated(response: &AppResponse) -> SavingStated {
    match &events(response)[..] {
        [CausesEvent::SavingStated(e)] | [CausesEvent::Bound(_), CausesEvent::SavingStated(e)] => {
            e.clone()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_library_saved_120_000_and_paid_the_6_000_that_were_due() {
    let mut s = Suite::new();
    let action = leaving(&mut s).goal(2);
    let a = s.start(action);
    for library in ["utrecht", "gent"] {
        s.pledge(library, a, 0).unwrap();
    }
    s.at(OPEN);
    let evidence = Some(Evidence {
        uri: "https://example.org/receipt.pdf".into(),
        sha256: vec![9; 32].into(),
    });
    let mut msg = said(&mut s, a, "utrecht");
    if let ExecuteMsg::StateSaving { evidence: none, .. } = &mut msg {
        *none = evidence;
    }
    let found = stated(&s.send("anna", msg).unwrap());
    let expected = SavingStated {
        action: a,
        attestor: s.who("anna").into(),
        person: s.who("utrecht").into(),
        currency: "USD".into(),
        saved: 12_000_000,
        due: 600_000,
        paid: 600_000,
        evidence: Some(("https://example.org/receipt.pdf".into(), "09".repeat(32))),
    };
    assert_eq!(found, expected);
    // The other attestor may say otherwise, and anybody may say it anew.
    for by in ["ben", "anna", "anna"] {
        state(&mut s, by, a, "utrecht").unwrap();
    }
    // Long after everything was claimed the savings go on.
    s.at(OPEN + ACT + REPORT)
        .claim("utrecht", a, "utrecht")
        .unwrap();
    s.at(40_000_000);
    state(&mut s, "ben", a, "utrecht").unwrap();
    state(&mut s, "ben", a, "gent").unwrap();
}

/// Attack: attestors state whatever they like about what lies here.
#[test]
fn nothing_is_taken_from_escrow_whatever_attestors_state() {
    let mut s = Suite::with_fee(500);
    let action = leaving(&mut s).staked(StakeRule::Required, 1_000, ForfeitsTo::Everybody {});
    let a = s.start(action);
    s.stake("gent", a, 0, 1_000).unwrap();
    s.at(OPEN);
    let before = s.app.dump_wasm_raw(&s.contract);
    for (saved, paid) in [
        (0, 0),
        (u128::MAX >> 32, u128::MAX >> 32),
        (1, u128::MAX >> 32),
    ] {
        let msg = ExecuteMsg::StateSaving {
            action: a,
            person: s.who("gent").into(),
            currency: DENOM.to_ascii_uppercase(),
            saved: Uint128::new(saved),
            paid: Uint128::new(paid),
            evidence: None,
        };
        let sent = s.send("anna", msg).unwrap();
        assert_eq!(stated(&sent).due, saved / 20);
        assert_eq!(s.owed(DENOM), 1_000);
    }
    // But for the committed set, which the first message after a close stores, nothing is kept.
    let after = s.app.dump_wasm_raw(&s.contract);
    assert_eq!(after.len(), before.len() + 1);
    s.attest("anna", a, &[("gent", Outcome::Did)]).unwrap();
    s.attest("ben", a, &[("gent", Outcome::Did)]).unwrap();
    s.at(OPEN + ACT + REPORT).claim("gent", a, "gent").unwrap();
    assert_eq!((s.gain("gent"), s.owed(DENOM)), (0, 0));
}

#[test]
fn only_attestors_only_about_the_bound_and_from_activation_on() {
    let mut s = Suite::new();
    let action = NewAction {
        outcome: outcome_of(&mut s, "cleo"),
        ..leaving(&mut s).goal(2)
    };
    let a = s.start(action);
    for library in ["utrecht", "gent"] {
        s.pledge(library, a, 0).unwrap();
    }
    s.pledge("outside", a, 9).unwrap();
    refused(state(&mut s, "anna", a, "gent"), "wrong_phase");
    refused(state(&mut s, "anna", a + 1, "gent"), "unknown_action");
    s.at(OPEN - 1);
    refused(state(&mut s, "anna", a, "gent"), "wrong_phase");
    s.at(OPEN);
    for by in ["gent", "utrecht", "creator", "stranger"] {
        refused(state(&mut s, by, a, "gent"), "unauthorized");
    }
    refused(state(&mut s, "anna", a, "outside"), "not_bound");
    refused(state(&mut s, "anna", a, "stranger"), "no_pledge");
    refused(state(&mut s, "anna", a, "anna"), "no_pledge");
    s.withdraw("outside", a).unwrap();
    refused(state(&mut s, "anna", a, "outside"), "not_bound");
    let msg = said(&mut s, a, "gent");
    let with_coins = s.send_with("anna", &msg, &coins(1, DENOM));
    refused(with_coins, "unexpected_coins");
    // Those who attest each deed, and those who attest the outcome.
    for by in ["anna", "ben", "cleo"] {
        state(&mut s, by, a, "gent").unwrap();
    }
    let plain = an_action()
        .attested(&mut s, &["anna"], 1)
        .schedule(Schedule::AtClose {
            pledge_until: s.now() + 10,
        });
    let plain = s.start(plain);
    s.pledge("gent", plain, 0).unwrap();
    s.at(OPEN + 10);
    refused(state(&mut s, "anna", plain, "gent"), "not_judged_so");
    // An attestor of another action is none here.
    let action = NewAction {
        saving: document(),
        ..an_action()
            .attested(&mut s, &["dora"], 1)
            .schedule(Schedule::AtClose {
                pledge_until: s.now() + 10,
            })
    };
    let other = s.start(action);
    s.pledge("gent", other, 0).unwrap();
    s.at(OPEN + 20);
    refused(state(&mut s, "anna", other, "gent"), "unauthorized");
    state(&mut s, "dora", other, "gent").unwrap();
}

#[test]
fn what_never_was_active_saved_nobody_anything() {
    let mut s = Suite::new();
    let action = leaving(&mut s).goal(2);
    let a = s.start(action);
    s.pledge("gent", a, 0).unwrap();
    s.at(OPEN);
    refused(state(&mut s, "anna", a, "gent"), "wrong_phase");
    s.claim("gent", a, "gent").unwrap();
    refused(state(&mut s, "anna", a, "gent"), "wrong_phase");
}

#[test]
fn whoever_was_silent_in_the_confirm_window_is_not_bound() {
    let mut s = Suite::new();
    let action = leaving(&mut s).confirm(100);
    let a = s.start(action);
    for library in ["utrecht", "gent"] {
        s.pledge(library, a, 0).unwrap();
    }
    s.at(OPEN).confirm("utrecht", a).unwrap();
    refused(state(&mut s, "anna", a, "utrecht"), "wrong_phase");
    s.at(OPEN + 100);
    state(&mut s, "anna", a, "utrecht").unwrap();
    refused(state(&mut s, "anna", a, "gent"), "not_bound");
    s.claim("gent", a, "gent").unwrap();
    refused(state(&mut s, "anna", a, "gent"), "not_bound");
}

#[test]
fn of_a_rolling_action_everybody_who_is_in_by_then() {
    let mut s = Suite::new();
    let pledge_until = START + OPEN;
    let action = leaving(&mut s)
        .goal(2)
        .schedule(Schedule::Rolling { pledge_until });
    let a = s.start(action);
    s.pledge("utrecht", a, 0).unwrap();
    s.at(5);
    refused(state(&mut s, "anna", a, "utrecht"), "wrong_phase");
    s.pledge("gent", a, 0).unwrap();
    state(&mut s, "anna", a, "utrecht").unwrap();
    s.pledge("lund", a, 3).unwrap();
    refused(state(&mut s, "anna", a, "lund"), "not_bound");
    s.pledge("basel", a, 0).unwrap();
    state(&mut s, "anna", a, "lund").unwrap();
}

#[test]
fn currencies_amounts_and_evidence_are_bounded() {
    let mut s = Suite::new();
    let action = leaving(&mut s);
    let a = s.start(action);
    s.pledge("gent", a, 0).unwrap();
    s.at(OPEN);
    let person = s.who("gent").to_string();
    let msg = |person: &str, currency: &str, saved, paid, evidence| ExecuteMsg::StateSaving {
        action: a,
        person: person.to_owned(),
        currency: currency.to_owned(),
        saved: Uint128::new(saved),
        paid: Uint128::new(paid),
        evidence,
    };
    for (currency, code) in [
        ("", "text_length"),
        ("ABCDEFGHIJKLMNOPQ", "text_length"),
        (" EUR", "text_form"),
        ("EUR\n", "text_form"),
        ("E UR", "text_form"),
        ("eur", "text_form"),
        ("€", "text_form"),
        ("EU\u{200b}R", "text_form"),
        ("<b>", "text_form"),
    ] {
        refused(s.send("anna", msg(&person, currency, 1, 1, None)), code);
    }
    let most = u128::MAX >> 32;
    for (saved, paid) in [(most + 1, 0), (0, most + 1), (u128::MAX, u128::MAX)] {
        let result = s.send("anna", msg(&person, "EUR", saved, paid, None));
        refused(result, "out_of_range");
    }
    for (uri, bytes, code) in [
        ("", 32, "text_length"),
        ("https://a\tb", 32, "text_form"),
        ("https://example.org", 31, "out_of_range"),
    ] {
        let evidence = Some(Evidence {
            uri: uri.into(),
            sha256: vec![1; bytes].into(),
        });
        refused(s.send("anna", msg(&person, "EUR", 1, 1, evidence)), code);
    }
    refused(
        s.send("anna", msg("gent", "EUR", 1, 1, None)),
        "bad_address",
    );
    for currency in ["X", "ABCDEFGHIJKLMNOP", "EUR2"] {
        let sent = s.send("anna", msg(&person, currency, most, most, None));
        assert_eq!(stated(&sent.unwrap()).due, most / 20);
    }
}

#[test]
fn needs_attestors_a_document_and_people() {
    let mut s = Suite::new();
    let bad = NewAction {
        saving: document(),
        ..an_action()
    };
    refused(s.create(a_cause(vec![bad])), "contradiction");
    let collective = |outcome| NewAction {
        fulfilment: Fulfilment::Collective {},
        outcome,
        saving: document(),
        ..an_action()
    };
    refused(s.create(a_cause(vec![collective(None)])), "contradiction");
    let outcome = outcome_of(&mut s, "cleo");
    s.create(a_cause(vec![collective(outcome.clone())]))
        .unwrap();
    // Coins have a document of their own, of what is released.
    let coins = NewAction {
        saving: document(),
        ..with_document(&mut s, 1, "broker")
    };
    refused(s.create(a_cause(vec![coins])), "contradiction");
    let with = |change: &dyn Fn(&mut Document)| {
        let mut saving = document();
        saving.as_mut().map(change);
        NewAction {
            saving,
            outcome: outcome.clone(),
            ..an_action()
        }
    };
    for (bad, code) in [
        (with(&|d| d.bps = 0), "out_of_range"),
        (with(&|d| d.bps = 2_001), "out_of_range"),
        (with(&|d| d.sha256 = vec![7; 33].into()), "out_of_range"),
        (with(&|d| d.uri = String::new()), "text_length"),
        (with(&|d| d.uri = "u".repeat(257)), "text_length"),
        (with(&|d| d.uri = "https://a\nb".into()), "text_form"),
        (with(&|d| d.recipient = String::new()), "text_length"),
        (with(&|d| d.recipient = "r".repeat(121)), "text_length"),
        (with(&|d| d.recipient = " the journal".into()), "text_form"),
        (with(&|d| d.recipient = "a\nb".into()), "text_form"),
    ] {
        refused(s.create(a_cause(vec![bad])), code);
    }
    let good = s.create(a_cause(vec![with(&|d| d.bps = 2_000)])).unwrap();
    s.pledge("gent", good, 0).unwrap();
    s.at(OPEN);
    let sent = state(&mut s, "cleo", good, "gent").unwrap();
    assert_eq!(stated(&sent).due, 2_400_000);
}

#[test]
fn actions_of_a_bundle_save_each_by_itself() {
    let mut s = Suite::new();
    let stays = NewAction {
        saving: None,
        ..leaving(&mut s)
    };
    let leaves = leaving(&mut s);
    let cause = CreateCause {
        bundle: true,
        ..a_cause(vec![leaves, stays])
    };
    let a = s.create(cause).unwrap();
    let all = ExecuteMsg::PledgeBundle {
        cause: 1,
        needs_others: vec![0, 0],
    };
    s.send("gent", all).unwrap();
    s.at(OPEN);
    state(&mut s, "anna", a, "gent").unwrap();
    refused(state(&mut s, "anna", a + 1, "gent"), "not_judged_so");
}

/// Which journal to leave: also one that a member proposed.
#[test]
fn alternatives_and_proposals_may_have_one_too() {
    let mut s = Suite::new();
    let listed = leaving(&mut s);
    let cause = CreateCause {
        deliberation: Some(Deliberation {
            alternatives: 1,
            proposals: Some(Proposals {
                places: 1,
                until: START + 100,
            }),
            score_until: START + 500,
        }),
        ..a_cause(vec![listed])
    };
    let a = s.create(cause).unwrap();
    for name in ["p0", "p1", "p2", "p3", "p4", "p5"] {
        s.pledge(name, a, 0).unwrap();
    }
    let bad = NewAction {
        saving: document(),
        ..an_action()
    };
    refused(s.propose("p0", 1, bad), "contradiction");
    let other = leaving(&mut s);
    s.propose("p0", 1, other).unwrap();
    for name in ["p1", "p2", "p3", "p4", "p5"] {
        s.second(name, 1, 1).unwrap();
    }
    for name in ["p0", "p1"] {
        s.pledge(name, a + 1, 0).unwrap();
        s.at(100).score(name, 1, &[0, 5]).unwrap();
        s.at(50);
    }
    s.at(OPEN);
    assert_eq!(
        (s.phase(a), s.phase(a + 1)),
        ("dropped".into(), "acting".into())
    );
    refused(state(&mut s, "anna", a, "p0"), "wrong_phase");
    state(&mut s, "anna", a + 1, "p0").unwrap();
}

/// The statement of a saving is of no coin, and a stake in another coin stays where it is.
#[test]
fn a_saving_beside_a_stake_of_another_coin() {
    let mut s = Suite::new();
    let mut action = leaving(&mut s).staked(StakeRule::Optional, 1, ForfeitsTo::Everybody {});
    if let Some(stake) = &mut action.stake {
        stake.coin = coin(7, EURO);
    }
    let a = s.start(action);
    let pledge = ExecuteMsg::Pledge {
        action: a,
        needs_others: 0,
        referrer: None,
        credentials: vec![],
    };
    s.send_with("gent", &pledge, &coins(7, EURO)).unwrap();
    s.at(OPEN);
    state(&mut s, "ben", a, "gent").unwrap();
    assert_eq!(s.owed(EURO), 7);
}
