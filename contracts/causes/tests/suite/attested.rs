//! Attested persons: what a credential is worth, and what it isn't.

use cosmwasm_std::{HexBinary, coins};
use muster_schema::causes::limits::MAX_ATTESTED;
use muster_schema::causes::{Credential, ExecuteMsg, ForfeitsTo, Gate, Schedule, StakeRule};
use muster_schema::layout::people::revoked_key;

use crate::common::*;
use crate::issuer::*;
use crate::people::People;

#[test]
fn attested_persons_pledge_with_signatures_of_either_kind() {
    for issuer in [Issuer::secp256k1(5), Issuer::ed25519(6)] {
        let mut s = Suite::new();
        let a = s.start(an_action().goal(2).gate(issuer.gate()));
        assert_eq!(s.action(a).gate, Some(issuer.gate()));
        refused(s.pledge("ann", a, 0), "not_admitted");
        for (name, person) in [("ann", 1), ("bob", 2)] {
            let word = Word::of(&mut s, name, person, a);
            let said = s.pledge_as(name, a, &[issuer.sign(&word)]).unwrap();
            let admitted = events(&said)
                .into_iter()
                .find_map(|e| match e {
                    muster_schema::causes::event::CausesEvent::Admitted(e) => Some(e),
                    _ => None,
                })
                .unwrap();
            assert_eq!(admitted.nullifier, HexBinary::from([person; 32]).to_hex());
            assert_eq!(admitted.expires, word.expires);
        }
        s.at(OPEN);
        assert_eq!(s.action(a).committed, 2);
    }
}

#[test]
fn whoever_was_silent_in_a_confirm_window_frees_the_nullifier_on_leaving() {
    let mut s = Suite::new();
    let issuer = Issuer::ed25519(4);
    let trigger = Schedule::AtTrigger {
        hold: 5,
        pledge_until: Some(START + OPEN),
    };
    let a = s.start(
        an_action()
            .schedule(trigger)
            .confirm(50)
            .gate(issuer.gate()),
    );
    let word = Word::of(&mut s, "ann", 1, a);
    s.pledge_as("ann", a, &[issuer.sign(&word)]).unwrap();
    s.at(55); // nobody confirmed: it is open again, without the silent
    let mut word = Word::of(&mut s, "ann2", 1, a);
    word.expires += 100;
    let again = issuer.sign(&word);
    refused(
        s.pledge_as("ann2", a, std::slice::from_ref(&again)),
        "same_person",
    );
    s.withdraw("ann", a).unwrap();
    s.pledge_as("ann2", a, &[again]).unwrap();
}

#[test]
fn credentials_where_nobody_asks_are_refused() {
    let mut s = Suite::new();
    let (open, issuer) = (s.start(an_action()), Issuer::ed25519(1));
    let word = Word::of(&mut s, "ann", 1, open);
    refused(
        s.pledge_as("ann", open, &[issuer.sign(&word)]),
        "not_admitted",
    );
    let list = vec![s.who("ann").to_string()];
    let gate = Gate { list, ..no_gate() };
    let listed = s.start(an_action().gate(gate));
    let word = Word::of(&mut s, "ann", 1, listed);
    refused(
        s.pledge_as("ann", listed, &[issuer.sign(&word)]),
        "not_admitted",
    );
    let coins_for = an_action().coins(&mut s, 10);
    let action = s.start(coins_for);
    let word = Word::of(&mut s, "ann", 1, action);
    let msg = ExecuteMsg::PledgeCoins {
        action,
        total_at_least: 0,
        credentials: vec![issuer.sign(&word)],
    };
    refused(s.send_with("ann", &msg, &coins(10, DENOM)), "not_admitted");
}

/// Attack: one person with two wallets and one nullifier.
#[test]
fn one_person_with_two_wallets_pledges_once() {
    let mut s = Suite::new();
    let issuer = Issuer::secp256k1(5);
    let a = s.start(an_action().gate(issuer.gate()));
    let (first, second) = (
        Word::of(&mut s, "ann", 1, a),
        Word::of(&mut s, "ann2", 1, a),
    );
    s.pledge_as("ann", a, &[issuer.sign(&first)]).unwrap();
    refused(
        s.pledge_as("ann2", a, &[issuer.sign(&second)]),
        "same_person",
    );
    refused(
        s.pledge_as("ann", a, &[issuer.sign(&first)]),
        "already_pledged",
    );
    // Withdrawing frees it, for whichever wallet.
    s.withdraw("ann", a).unwrap();
    s.pledge_as("ann2", a, &[issuer.sign(&second)]).unwrap();
    refused(s.pledge_as("ann", a, &[issuer.sign(&first)]), "same_person");
    assert_eq!(s.action(a).pledged, 1);
}

/// Attack: an attestation for another action, whose nullifier is another, would let a person in
/// twice. The same of one for another chain or contract, of another's, or with a word altered.
#[test]
fn an_attestation_holds_where_and_of_whom_it_says() {
    for issuer in [Issuer::secp256k1(5), Issuer::ed25519(5)] {
        let mut s = Suite::new();
        let a = s.start(an_action().gate(issuer.gate()));
        let other = s.start(an_action().gate(issuer.gate()));
        let good = Word::of(&mut s, "ann", 1, a);
        let elsewhere = Word::of(&mut s, "ann", 1, other);
        let bobs = Word::of(&mut s, "bob", 1, a);
        let signed = |change: &dyn Fn(&mut Word)| {
            let mut word = good.clone();
            change(&mut word);
            issuer.sign(&word)
        };
        let altered = |change: &dyn Fn(&mut Credential)| {
            let mut credential = issuer.sign(&good);
            change(&mut credential);
            credential
        };
        let (wrong_issuer, other_kind) = (Issuer::secp256k1(9), Issuer::ed25519(9));
        let bad = [
            issuer.sign(&elsewhere),
            issuer.sign(&bobs),
            signed(&|w| w.chain_id.push('2')),
            signed(&|w| w.contract = w.subject.clone()),
            signed(&|w| w.claim = "adult".into()),
            signed(&|w| w.scope = String::new()),
            wrong_issuer.sign(&good),
            other_kind.sign(&good),
            altered(&|c| c.nullifier = HexBinary::from([2; 32])),
            altered(&|c| c.expires += 1),
            altered(&|c| c.signature = HexBinary::from([0; 64])),
            altered(&|c| c.signature = HexBinary::from([0; 63])),
            altered(&|c| c.nullifier = HexBinary::from([1; 31])),
        ];
        for credential in bad {
            refused(s.pledge_as("ann", a, &[credential]), "bad_credential");
        }
        let good = issuer.sign(&good);
        refused(
            s.pledge_as("ann", a, &[good.clone(), good.clone()]),
            "not_admitted",
        );
        s.pledge_as("ann", a, &[good]).unwrap();
    }
}

#[test]
fn an_attestation_expires_and_leaves_old_pledges_standing() {
    let mut s = Suite::new();
    let issuer = Issuer::ed25519(3);
    let a = s.start(an_action().goal(2).gate(issuer.gate()));
    let word = |s: &mut Suite, name, person, expires| {
        let mut word = Word::of(s, name, person, a);
        word.expires = expires;
        issuer.sign(&word)
    };
    let now = s.now();
    let far = word(&mut s, "ann", 1, now + MAX_ATTESTED + 1);
    refused(s.pledge_as("ann", a, &[far]), "bad_credential");
    let longest = word(&mut s, "ann", 1, now + MAX_ATTESTED);
    s.pledge_as("ann", a, &[longest]).unwrap();
    let (short, over) = (
        word(&mut s, "bob", 2, now + 10),
        word(&mut s, "cleo", 3, now + 10),
    );
    s.at(9).pledge_as("bob", a, &[short]).unwrap();
    refused(s.at(10).pledge_as("cleo", a, &[over]), "bad_credential");
    s.at(OPEN);
    assert_eq!(s.action(a).committed, 2);
}

#[test]
fn more_claims_of_other_issuers_and_a_scope_of_several_actions() {
    let mut s = Suite::new();
    let (first, second) = (Issuer::secp256k1(5), Issuer::ed25519(6));
    let mut gate = first.gate();
    let attested = gate.attested.as_mut().unwrap();
    attested.also = vec![second.claim("resident:NL-NH")];
    attested.scope = Some("amsterdam-2026".into());
    let a = s.start(an_action().gate(gate.clone()));
    let b = s.start(an_action().gate(gate.clone()));
    assert_eq!(s.action(b).gate, Some(gate));
    let mut word = Word::of(&mut s, "ann", 1, a);
    word.scope = "amsterdam-2026".into();
    let mut lives = word.clone();
    lives.claim = "resident:NL-NH".into();
    lives.nullifier = [8; 32];
    lives.expires -= 1;
    let (one, two) = (first.sign(&word), second.sign(&lives));
    refused(
        s.pledge_as("ann", a, std::slice::from_ref(&one)),
        "not_admitted",
    );
    refused(
        s.pledge_as("ann", a, &[two.clone(), one.clone()]),
        "bad_credential",
    );
    for action in [a, b] {
        s.pledge_as("ann", action, &[one.clone(), two.clone()])
            .unwrap();
    }
    // The second issuer's nullifier tells nobody apart.
    let (mut bob, mut there) = (word, lives);
    bob.subject = s.who("bob").to_string();
    there.subject.clone_from(&bob.subject);
    bob.nullifier = [2; 32];
    s.pledge_as("bob", a, &[first.sign(&bob), second.sign(&there)])
        .unwrap();
}

#[test]
fn a_revoked_attestation_lets_nobody_in_any_more() {
    let mut s = Suite::new();
    let people = People::new(&mut s);
    let issuer = Issuer::secp256k1(5);
    let mut gate = issuer.gate();
    gate.people = Some(people.0.to_string());
    let a = s.start(an_action().goal(2).gate(gate));
    let (ann, bob) = (Word::of(&mut s, "ann", 1, a), Word::of(&mut s, "bob", 2, a));
    s.pledge_as("ann", a, &[issuer.sign(&ann)]).unwrap();
    for word in [&ann, &bob] {
        people.revoke(&mut s, &issuer.key(), &word.attestation().digest());
    }
    refused(
        s.pledge_as("bob", a, &[issuer.sign(&bob)]),
        "bad_credential",
    );
    // Another issuer's revocation is nothing here, and nonsense is no revocation but a refusal.
    let mut anew = bob.clone();
    anew.expires += 1;
    let digest = anew.attestation().digest();
    people.revoke(&mut s, &Issuer::ed25519(5).key(), &digest);
    let at = revoked_key(&issuer.key(), &digest);
    people.put(&mut s, at.clone(), Some(vec![1, 2, 3]));
    refused(s.pledge_as("bob", a, &[issuer.sign(&anew)]), "bad_answer");
    people.put(&mut s, at, None);
    s.pledge_as("bob", a, &[issuer.sign(&anew)]).unwrap();
    s.at(OPEN);
    assert_eq!(s.action(a).committed, 2, "old ones stand");
}

#[test]
fn coins_come_back_whatever_the_gate_would_say_now() {
    let mut s = Suite::new();
    let issuer = Issuer::ed25519(6);
    let staked = an_action().goal(3).gate(issuer.gate()).staked(
        StakeRule::Required,
        70,
        ForfeitsTo::Everybody {},
    );
    let a = s.start(staked);
    let word = Word::of(&mut s, "ann", 1, a);
    let msg = muster_schema::causes::ExecuteMsg::Pledge {
        action: a,
        needs_others: 0,
        referrer: None,
        credentials: vec![issuer.sign(&word)],
    };
    s.send_with("ann", &msg, &coins(70, DENOM)).unwrap();
    s.at(OPEN); // the attestation expired, the goal was missed
    s.withdraw("ann", a).unwrap();
    assert_eq!(s.gain("ann"), 0);
}
