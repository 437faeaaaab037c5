//! Gates: who may pledge, and what can't be got past them.

use cosmwasm_std::HexBinary;
use muster_schema::causes::limits::MAX_LIST;
use muster_schema::causes::{ForfeitsTo, Gate, Registered, Requirement, Schedule, StakeRule};
use muster_schema::layout::people::{kind_key, member_key};

use crate::common::*;
use crate::issuer::*;
use crate::people::People;

fn list(s: &mut Suite, names: &[&str]) -> Gate {
    let list = names.iter().map(|n| s.who(n).to_string()).collect();
    Gate { list, ..no_gate() }
}

#[test]
fn a_list_lets_in_whom_it_names_and_one_person_alone_can_be_it() {
    let mut s = Suite::new();
    let gate = list(&mut s, &["ann", "bob"]);
    let a = s.start(an_action().goal(2).gate(gate.clone()));
    s.pledge("ann", a, 0).unwrap();
    refused(s.pledge("eve", a, 0), "not_admitted");
    s.pledge("bob", a, 0).unwrap();
    let mut shown = s.action(a).gate.unwrap();
    shown.list.sort();
    let mut said = gate;
    said.list.sort();
    assert_eq!(shown, said);
    let gate = list(&mut s, &["ann"]);
    let hers = s.start(an_action().gate(gate));
    refused(s.pledge("bob", hers, 0), "not_admitted");
    s.pledge("ann", hers, 0).unwrap();
    s.at(OPEN);
    assert_eq!(s.phase(hers), "acting");
}

#[test]
fn a_list_is_checked_at_creation() {
    let mut s = Suite::new();
    let with = |list: Vec<String>| an_action().gate(Gate { list, ..no_gate() });
    let ann = s.who("ann").to_string();
    let many: Vec<_> = (0..=MAX_LIST)
        .map(|i| s.who(&format!("p{i}")).to_string())
        .collect();
    let twice = vec![ann.clone(), ann.to_uppercase()];
    let bad = [
        (with(twice), "duplicate"),
        (with(vec!["nobody".into()]), "bad_address"),
        (with(many.clone()), "out_of_range"),
        (with(vec![]), "contradiction"),
        (with(vec![ann.clone()]).goal(2), "out_of_range"),
        (
            with(vec![ann]).attested(&mut s, &["ann"], 1),
            "role_conflict",
        ),
    ];
    for (action, code) in bad {
        refused(s.create(a_cause(vec![action])), code);
    }
    let a = s.start(with(many[..MAX_LIST].to_vec()).goal(100));
    s.pledge("p99", a, 99).unwrap();
    assert_eq!(s.action(a).gate.unwrap().list.len(), MAX_LIST);
}

#[test]
fn a_deal_has_one_single_person_at_most() {
    let mut s = Suite::new();
    let (one, two) = (list(&mut s, &["ann"]), list(&mut s, &["ann", "bob"]));
    let trigger = Schedule::AtTrigger {
        hold: 5,
        pledge_until: None,
    };
    let first = |s: &mut Suite, gate: &Gate| {
        let mut waits = an_action().schedule(trigger).gate(gate.clone());
        waits.counterpart = Some(s.who("boss").to_string());
        s.start(waits)
    };
    let hers = first(&mut s, &one);
    let answer = |a| {
        an_action()
            .schedule(trigger)
            .requires(&[Requirement::Action(a)])
    };
    let send = |s: &mut Suite, action| {
        let cause = Box::new(a_cause(vec![action]));
        let msg = muster_schema::causes::ExecuteMsg::CreateCause(cause);
        s.send("boss", msg)
    };
    let bosses = list(&mut s, &["boss"]);
    refused(
        send(&mut s, answer(hers).gate(bosses.clone())),
        "bad_requirement",
    );
    send(&mut s, answer(hers)).unwrap();
    let theirs = first(&mut s, &two);
    send(&mut s, answer(theirs).gate(bosses)).unwrap();
}

#[test]
fn the_least_standing_is_the_contracts_own_record() {
    let mut s = Suite::new();
    let names: Vec<String> = (0..10).map(|i| format!("p{i}")).collect();
    let deed = an_action().goal(10).attested(&mut s, &["judge"], 1);
    let past = s.start(deed);
    for name in &names {
        s.pledge(name, past, 0).unwrap();
    }
    s.at(OPEN);
    let said = [("p0", Outcome::Did), ("p1", Outcome::Didnt)];
    s.attest("judge", past, &said).unwrap();
    let gate = Gate {
        least_kept: Some(1),
        ..no_gate()
    };
    let later = Schedule::AtClose {
        pledge_until: START + 2 * OPEN,
    };
    let a = s.start(an_action().schedule(later).gate(gate.clone()));
    s.pledge("p0", a, 0).unwrap();
    refused(s.pledge("p1", a, 0), "not_admitted");
    refused(s.pledge("p2", a, 0), "not_admitted");
    assert_eq!(s.action(a).gate, Some(gate));
    let none = Gate {
        least_kept: Some(0),
        ..no_gate()
    };
    refused(
        s.create(a_cause(vec![an_action().gate(none)])),
        "out_of_range",
    );
}

#[test]
fn organisations_only_and_all_of_the_communities() {
    let mut s = Suite::new();
    let people = People::new(&mut s);
    let gate = Gate {
        people: Some(people.0.to_string()),
        only: Some(Registered::Organisation),
        communities: vec![3, 7],
        ..no_gate()
    };
    let a = s.start(an_action().gate(gate.clone()));
    assert_eq!(s.action(a).gate, Some(gate));
    refused(s.pledge("union", a, 0), "not_admitted");
    people.register(&mut s, "union", Registered::Person);
    people.join(&mut s, "union", 3);
    people.join(&mut s, "union", 7);
    refused(s.pledge("union", a, 0), "not_admitted");
    people.register(&mut s, "union", Registered::Organisation);
    s.pledge("union", a, 0).unwrap();
    people.register(&mut s, "guild", Registered::Organisation);
    people.join(&mut s, "guild", 3);
    refused(s.pledge("guild", a, 0), "not_admitted");
    // What one is no more later undoes nothing.
    let key = kind_key(&s.canonical("union"));
    people.put(&mut s, key, None);
    s.at(OPEN);
    s.check_in("union", a).unwrap();
}

#[test]
fn a_malicious_people_contract_refuses_pledges_and_nothing_else() {
    let mut s = Suite::new();
    let people = People::new(&mut s);
    let gate = Gate {
        people: Some(people.0.to_string()),
        only: Some(Registered::Person),
        communities: vec![1],
        ..no_gate()
    };
    let staked =
        an_action()
            .goal(2)
            .gate(gate)
            .staked(StakeRule::Required, 50, ForfeitsTo::Everybody {});
    let a = s.start(staked);
    for name in ["ann", "bob"] {
        people.register(&mut s, name, Registered::Person);
        people.join(&mut s, name, 1);
        s.stake(name, a, 0, 50).unwrap();
    }
    let kind = kind_key(&s.canonical("cleo"));
    let member = member_key(1, &s.canonical("cleo"));
    for nonsense in [vec![0], vec![3], vec![1, 1], vec![b'"'; 100_000]] {
        people.put(&mut s, kind.clone(), Some(nonsense));
        refused(s.stake("cleo", a, 0, 50), "bad_answer");
    }
    people.put(&mut s, kind, Some(vec![1]));
    for nonsense in [vec![1], vec![9; 7], vec![9; 9]] {
        people.put(&mut s, member.clone(), Some(nonsense));
        refused(s.stake("cleo", a, 0, 50), "bad_answer");
    }
    people.put(&mut s, member.clone(), Some(u64::MAX.to_be_bytes().into()));
    refused(s.stake("cleo", a, 0, 50), "not_admitted"); // not a member yet
    // It turns to nonsense for those who are in: they leave with their coins all the same.
    let hers = kind_key(&s.canonical("ann"));
    people.put(&mut s, hers, Some(vec![255; 77]));
    s.withdraw("ann", a).unwrap();
    s.at(OPEN);
    s.claim("anybody", a, "bob").unwrap();
    assert_eq!((s.gain("ann"), s.gain("bob")), (0, 0));
}

#[test]
fn a_people_contract_is_asked_for_where_it_is_needed_and_must_be_one() {
    let mut s = Suite::new();
    let people = People::new(&mut s).0.to_string();
    let of = |people: Option<&str>, communities: &[u64]| Gate {
        people: people.map(str::to_owned),
        communities: communities.to_vec(),
        ..no_gate()
    };
    let this = s.contract.to_string();
    let nobody = s.who("ann").to_string();
    let bad = [
        (of(None, &[1]), "contradiction"),
        (of(Some(&people), &[]), "contradiction"),
        (of(Some(&people), &[1, 2, 3, 4, 5]), "out_of_range"),
        (of(Some(&people), &[1, 1]), "duplicate"),
        (of(Some(&this), &[1]), "role_conflict"),
        (of(Some(&nobody), &[1]), "bad_answer"),
        (of(Some("x"), &[1]), "bad_address"),
    ];
    for (gate, code) in bad {
        refused(s.create(a_cause(vec![an_action().gate(gate)])), code);
    }
    s.start(an_action().gate(of(Some(&people), &[1, 2, 3, 4])));
}

#[test]
fn claims_keys_and_scopes_are_checked_at_creation() {
    let mut s = Suite::new();
    let issuer = Issuer::secp256k1(5);
    let with = |change: &dyn Fn(&mut muster_schema::causes::Attested)| {
        let mut gate = issuer.gate();
        change(gate.attested.as_mut().unwrap());
        an_action().gate(gate)
    };
    let key = |key: &[u8]| muster_schema::causes::IssuerKey::Secp256k1(HexBinary::from(key));
    let bad = [
        (with(&|a| a.one_person.claim.clear()), "text_length"),
        (
            with(&|a| a.one_person.claim = "x".repeat(65)),
            "text_length",
        ),
        (with(&|a| a.one_person.claim = "a\nb".into()), "text_form"),
        (
            with(&|a| a.one_person.issuer = key(&[2; 32])),
            "out_of_range",
        ),
        (
            with(&|a| a.one_person.issuer = key(&[4; 33])),
            "contradiction",
        ),
        (with(&|a| a.also = vec![a.one_person.clone()]), "duplicate"),
        (
            with(&|a| a.also = vec![a.one_person.clone(); 4]),
            "out_of_range",
        ),
        (with(&|a| a.scope = Some(String::new())), "text_length"),
        (
            with(&|a| a.scope = Some("action:1".into())),
            "contradiction",
        ),
    ];
    for (action, code) in bad {
        refused(s.create(a_cause(vec![action])), code);
    }
}
