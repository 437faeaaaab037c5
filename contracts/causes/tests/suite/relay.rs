//! `relay` and `void`: what one signs and another sends.

use k256::ecdsa::Signature;
use muster_schema::causes::event::CausesEvent;
use muster_schema::causes::limits::{MAX_RELAYED, MAX_SEQUENCE, MAX_VALIDITY};
use muster_schema::causes::{
    CreateCause, Deliberation, Does, Evidence, ExecuteMsg, ForfeitsTo, QueryMsg, Schedule,
    SequenceResponse, Signed, StakeRule,
};
use muster_schema::json::{base64, from_base64};

use crate::common::*;
use crate::signing::*;

fn pledge(action: u64) -> Does {
    Does::Pledge {
        action,
        needs_others: 0,
        referrer: None,
        credentials: vec![],
    }
}

/// Sends a batch. For each item "ok" or the word of its refusal; the events of what landed are as
/// many as the batch says.
#[track_caller]
fn outcomes(s: &mut Suite, items: Vec<Signed>) -> Vec<String> {
    let mut words = vec!["ok".to_owned(); items.len()];
    let response = s.relay(items).unwrap();
    let mut said = None;
    for event in events(&response) {
        match event {
            CausesEvent::Relayed(batch) => {
                assert_eq!(batch.sponsor, s.who("sponsor").to_string());
                said = Some((batch.landed, batch.refused));
            }
            CausesEvent::RelayRefused(e) => {
                assert!(e.reason.contains("allowed"), "{}", e.reason);
                words[e.index as usize] = e.code;
            }
            _ => {}
        }
    }
    let refused = words.iter().filter(|w| *w != "ok").count();
    assert_eq!(said, Some(((words.len() - refused) as u32, refused as u32)));
    words
}

/// The wrong one is refused and says so; the good ones around it land, whoever sends it.
#[track_caller]
fn refused_alone(s: &mut Suite, wrong: Signed, code: &str) {
    let a = s.start(an_action());
    let ann = s.sign("ann", 1 << 40, pledge(a));
    let bob = s.sign("bob", 1 << 40, pledge(a));
    assert_eq!(outcomes(s, vec![ann, wrong, bob]), ["ok", code, "ok"]);
    assert_eq!(s.action(a).pledged, 2);
}

fn next(s: &mut Suite, name: &str) -> u64 {
    let person = s.who(name).to_string();
    let found: SequenceResponse = s.query(&QueryMsg::Sequence { person });
    found.next
}

#[test]
fn a_signed_pledge_is_the_signers_own() {
    let mut s = Suite::new();
    let a = s.start(an_action().goal(2));
    let does = Does::Pledge {
        action: a,
        needs_others: 3,
        referrer: None,
        credentials: vec![],
    };
    let item = s.sign("ann", 7, does);
    let response = s.relay(vec![item]).unwrap();
    let ann = s.who("ann").to_string();
    assert!(
        events(&response).iter().any(
            |e| matches!(e, CausesEvent::Pledged(e) if e.person == ann && e.needs_others == 3)
        )
    );
    assert_eq!(s.pledge_of("ann", a).needs_others, 3);
    s.withdraw("ann", a).unwrap();
    refused(s.withdraw("sponsor", a), "no_pledge");
}

#[test]
fn everything_of_ones_own_that_needs_no_coins() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    let b = s.start(an_action());
    let evidence = Some(Evidence {
        uri: "https://example.org/\"quoted\"\\é".into(),
        sha256: vec![7; 32].into(),
    });
    let items = vec![
        s.sign("ann", 0, pledge(a)),
        s.sign("bob", 0, pledge(a)),
        s.sign("cas", 0, Does::AlreadyDid { action: a }),
        s.sign("ann", 1, pledge(b)),
        s.sign("ann", 2, Does::Withdraw { action: b }),
    ];
    assert_eq!(outcomes(&mut s, items), ["ok"; 5]);
    assert_eq!((s.action(a).pledged, s.action(a).already_did), (2, 1));
    assert_eq!(s.action(b).pledged, 0);
    s.at(OPEN);
    let check_in = Does::CheckIn {
        action: a,
        evidence,
    };
    let items = vec![s.sign("ann", 3, check_in), s.sign("bob", 1, Does::Void {})];
    assert_eq!(outcomes(&mut s, items), ["ok"; 2]);
    assert!(s.pledge_of("ann", a).checked_in);
    assert_eq!((next(&mut s, "ann"), next(&mut s, "bob")), (4, 2));
    assert_eq!(next(&mut s, "dan"), 0);
}

#[test]
fn a_ballot_is_signed_and_signed_anew_and_never_sent_twice() {
    let mut s = Suite::new();
    let cause = CreateCause {
        deliberation: Some(Deliberation {
            alternatives: 2,
            proposals: None,
            score_until: START + 500,
        }),
        ..a_cause(vec![an_action(), an_action()])
    };
    let a = s.create(cause).unwrap();
    let score = |scores: [u8; 2]| Does::Score {
        cause: 1,
        scores: scores.to_vec(),
    };
    let first = s.sign("ann", 1, score([5, 0]));
    let items = vec![
        s.sign("ann", 0, pledge(a)),
        first.clone(),
        s.sign("bob", 0, score([5, 0])),
        s.sign("ann", 2, score([0, 1])),
        first,
    ];
    assert_eq!(
        outcomes(&mut s, items),
        ["ok", "ok", "not_member", "ok", "stale_sequence"]
    );
    s.at(500);
    assert_eq!(s.phase(a), "dropped");
}

#[test]
fn a_stake_returns_to_its_owner_and_not_to_the_sponsor() {
    let mut s = Suite::new();
    let to = ForfeitsTo::Everybody {};
    let a = s.start(an_action().staked(StakeRule::Optional, 100, to));
    s.stake("ann", a, 0, 100).unwrap();
    let item = s.sign("ann", 1, Does::Withdraw { action: a });
    assert_eq!(outcomes(&mut s, vec![item]), ["ok"]);
    assert_eq!((s.gain("ann"), s.gain("sponsor")), (0, 0));
}

#[test]
fn confirmations_can_be_signed_and_a_left_behind_pledge_leaves_its_sequence() {
    let mut s = Suite::new();
    let schedule = Schedule::AtTrigger {
        hold: 10,
        pledge_until: None,
    };
    let a = s.start(an_action().goal(2).confirm(100).schedule(schedule));
    let names = ["ann", "bob", "eve"];
    let items = names.map(|name| s.sign(name, 5, pledge(a)));
    let hoarded = items[2].clone();
    assert_eq!(outcomes(&mut s, items.to_vec()), ["ok"; 3]);
    s.at(10);
    assert_eq!(s.phase(a), "confirming");
    let confirm = Does::Confirm { action: a };
    let early = s.sign("ann", 5, confirm.clone());
    assert_eq!(outcomes(&mut s, vec![early]), ["stale_sequence"]);
    let item = s.sign("ann", 6, confirm);
    assert_eq!(outcomes(&mut s, vec![item]), ["ok"]);
    // Only one confirmed: it is open again, without the silent.
    s.at(110);
    assert_eq!(s.phase(a), "pledging");
    s.withdraw("eve", a).unwrap();
    refused_alone(&mut s, hoarded, "stale_sequence");
}

#[test]
fn a_pledge_that_needs_a_stake_cannot_be_signed() {
    let mut s = Suite::new();
    let to = ForfeitsTo::Everybody {};
    let a = s.start(an_action().staked(StakeRule::Required, 100, to));
    let item = s.sign("eve", 1, pledge(a));
    refused_alone(&mut s, item, "wrong_coins");
}

#[test]
fn a_replay_is_refused_while_the_pledge_stands_and_after_it_was_withdrawn() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    let item = s.sign("eve", 5, pledge(a));
    assert_eq!(outcomes(&mut s, vec![item.clone()]), ["ok"]);
    refused_alone(&mut s, item.clone(), "already_pledged");
    s.withdraw("eve", a).unwrap();
    refused_alone(&mut s, item, "stale_sequence");
    assert_eq!(next(&mut s, "eve"), 6);
    let later = s.sign("eve", 6, pledge(a));
    assert_eq!(outcomes(&mut s, vec![later]), ["ok"]);
}

#[test]
fn the_same_twice_in_one_batch_lands_once() {
    let mut s = Suite::new();
    let (a, b) = (s.start(an_action()), s.start(an_action()));
    let item = s.sign("ann", 5, pledge(a));
    let other = s.sign("bob", 5, Does::AlreadyDid { action: b });
    let void = s.sign("cas", 5, Does::Void {});
    let items = vec![item.clone(), item, other.clone(), other, void.clone(), void];
    let expected = [
        "ok",
        "already_pledged",
        "ok",
        "stale_sequence",
        "ok",
        "stale_sequence",
    ];
    assert_eq!(outcomes(&mut s, items), expected);
    assert_eq!((s.action(a).pledged, s.action(b).already_did), (1, 1));
}

#[test]
fn a_signature_is_good_for_48_hours_at_most_and_not_a_second_longer_than_it_says() {
    let mut s = Suite::new();
    let schedule = Schedule::AtClose {
        pledge_until: START + 400_000,
    };
    let a = s.start(an_action().schedule(schedule));
    let now = s.now();
    let eve = s.who("eve");
    let until = |s: &Suite, expires: u64| {
        let mut draft = s.draft(5, pledge(a));
        draft.expires = expires;
        draft.sign(&eve, &key("eve"))
    };
    for (expires, code) in [
        (0, "expired"),
        (now, "expired"),
        (now + MAX_VALIDITY + 1, "expired"),
        (u64::MAX, "expired"),
        (now + MAX_VALIDITY, "ok"),
    ] {
        let item = until(&s, expires);
        assert_eq!(outcomes(&mut s, vec![item]), [code], "{expires}");
    }
    s.withdraw("eve", a).unwrap();
    let mut draft = s.draft(6, pledge(a));
    draft.expires = now + 10;
    let item = draft.sign(&eve, &key("eve"));
    s.at(10);
    refused_alone(&mut s, item.clone(), "expired");
    s.at(9);
    assert_eq!(outcomes(&mut s, vec![item]), ["ok"]);
}

#[test]
fn a_signature_for_another_chain_is_refused() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    let mut draft = s.draft(5, pledge(a));
    draft.chain = "another-1".into();
    let item = draft.sign(&s.who("eve"), &key("eve"));
    refused_alone(&mut s, item, "bad_signature");
}

#[test]
fn a_signature_for_another_contract_is_refused() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    let mut draft = s.draft(5, pledge(a));
    draft.contract = s.who("another").to_string();
    let item = draft.sign(&s.who("eve"), &key("eve"));
    refused_alone(&mut s, item, "bad_signature");
}

#[test]
fn a_signature_by_another_key_is_refused() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    // Eve signs that she is Bob, with his key beside it, with hers, and with none.
    let mut as_bob = s.draft(5, pledge(a)).sign(&s.who("bob"), &key("eve"));
    refused_alone(&mut s, as_bob.clone(), "bad_signature");
    as_bob.key = base64(&public(&key("bob")));
    refused_alone(&mut s, as_bob.clone(), "bad_signature");
    let long = key("eve").verifying_key().to_encoded_point(false);
    let no_point = [[2; 1].as_slice(), &[0xff; 32]].concat();
    for wrong in [
        base64(long.as_bytes()),
        base64(&no_point),
        base64(&[0; 33]),
        String::new(),
        "not base64".into(),
    ] {
        as_bob.key = wrong;
        refused_alone(&mut s, as_bob.clone(), "bad_signature");
    }
}

#[test]
fn an_altered_field_is_refused() {
    let mut s = Suite::new();
    let (a, b) = (s.start(an_action()), s.start(an_action()));
    let good = s.sign("eve", 5, pledge(a));
    let with = |change: &dyn Fn(&mut Signed)| {
        let mut item = good.clone();
        change(&mut item);
        item
    };
    let altered = [
        with(&|i| i.sequence = 6),
        with(&|i| i.expires += 1),
        with(&|i| i.does = pledge(b)),
        with(&|i| i.does = Does::Withdraw { action: a }),
        with(&|i| {
            i.does = Does::Pledge {
                action: a,
                needs_others: 1,
                referrer: None,
                credentials: vec![],
            }
        }),
        with(&|i| i.does = Does::Void {}),
    ];
    s.pledge("eve", b, 0).unwrap();
    for item in altered {
        refused_alone(&mut s, item, "bad_signature");
    }
    assert_eq!(outcomes(&mut s, vec![good]), ["ok"]);
}

#[test]
fn a_signature_of_another_form_is_refused() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    let good = s.sign("eve", 5, pledge(a));
    let bytes = from_base64(&good.signature).unwrap();
    let (r, low) = Signature::from_slice(&bytes).unwrap().split_scalars();
    let high = Signature::from_scalars(r, -*low).unwrap().to_bytes();
    for wrong in [
        base64(&high),
        base64(&bytes[..63]),
        base64(&[bytes.as_slice(), &[0]].concat()),
        base64(&[0; 64]),
        String::new(),
        "?".into(),
    ] {
        let item = Signed {
            signature: wrong,
            ..good.clone()
        };
        refused_alone(&mut s, item, "bad_signature");
    }
    assert_eq!(outcomes(&mut s, vec![good]), ["ok"]);
}

#[test]
fn a_sequence_beyond_what_is_stored_is_refused() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    let item = s.sign("eve", MAX_SEQUENCE + 1, pledge(a));
    refused_alone(&mut s, item, "stale_sequence");
    let void = ExecuteMsg::Void {
        sequence: MAX_SEQUENCE + 1,
    };
    refused(s.send("eve", void), "out_of_range");
    let item = s.sign("eve", MAX_SEQUENCE, pledge(a));
    assert_eq!(outcomes(&mut s, vec![item]), ["ok"]);
    s.withdraw("eve", a).unwrap();
    assert_eq!(next(&mut s, "eve"), MAX_SEQUENCE + 1);
}

#[test]
fn a_sponsor_hoarding_signed_pledges_is_left_with_nothing_by_void() {
    let mut s = Suite::new();
    let (a, b) = (s.start(an_action()), s.start(an_action().lock(OPEN / 2)));
    let hoard = [
        s.sign("eve", 5, pledge(a)),
        s.sign("eve", 7, pledge(b)),
        s.sign("eve", 8, Does::Withdraw { action: b }),
    ];
    // Her own message, without the sponsor.
    s.send("eve", ExecuteMsg::Void { sequence: 6 }).unwrap();
    refused_alone(&mut s, hoard[0].clone(), "stale_sequence");
    assert_eq!(outcomes(&mut s, vec![hoard[1].clone()]), ["ok"]);
    // While nothing can be withdrawn, another sponsor takes a signed one.
    s.at(OPEN / 2);
    refused(s.withdraw("eve", b), "wrong_phase");
    let void = s.sign("eve", 9, Does::Void {});
    assert_eq!(outcomes(&mut s, vec![void]), ["ok"]);
    refused_alone(&mut s, hoard[2].clone(), "stale_sequence");
    // Voiding less than is void already takes nothing back.
    s.send("eve", ExecuteMsg::Void { sequence: 3 }).unwrap();
    assert_eq!(next(&mut s, "eve"), 10);
}

#[test]
fn a_hoarded_withdrawal_cannot_take_a_later_pledge() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    let first = s.sign("eve", 5, pledge(a));
    let hoarded = s.sign("eve", 7, Does::Withdraw { action: a });
    assert_eq!(outcomes(&mut s, vec![first]), ["ok"]);
    s.withdraw("eve", a).unwrap();
    let again = s.sign("eve", 9, pledge(a));
    assert_eq!(outcomes(&mut s, vec![again]), ["ok"]);
    refused_alone(&mut s, hoarded, "stale_sequence");
}

#[test]
fn pledges_to_two_actions_through_two_sponsors_do_not_cancel_one_another() {
    let mut s = Suite::new();
    let (a, b) = (s.start(an_action()), s.start(an_action()));
    let first = s.sign("ann", 5, pledge(a));
    let second = s.sign("ann", 6, pledge(b));
    assert_eq!(outcomes(&mut s, vec![second]), ["ok"]);
    assert_eq!(outcomes(&mut s, vec![first]), ["ok"]);
}

#[test]
fn any_other_deed_cancels_what_was_signed_before_it() {
    let mut s = Suite::new();
    let (a, b) = (s.start(an_action()), s.start(an_action()));
    let earlier = s.sign("ann", 5, pledge(a));
    let did = s.sign("ann", 6, Does::AlreadyDid { action: b });
    assert_eq!(outcomes(&mut s, vec![did]), ["ok"]);
    refused_alone(&mut s, earlier, "stale_sequence");
}

#[test]
fn what_is_refused_uses_nothing_up() {
    let mut s = Suite::new();
    let a = s.start(an_action().goal(2));
    let check_in = Does::CheckIn {
        action: a,
        evidence: None,
    };
    let item = s.sign("ann", 5, check_in);
    s.pledge("ann", a, 0).unwrap();
    s.pledge("bob", a, 0).unwrap();
    assert_eq!(outcomes(&mut s, vec![item.clone()]), ["wrong_phase"]);
    s.at(OPEN);
    assert_eq!(outcomes(&mut s, vec![item]), ["ok"]);
}

#[test]
fn a_batch_has_at_least_one_item_and_at_most_a_hundred_and_takes_no_coins() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    let item = s.sign("ann", 5, pledge(a));
    refused(s.relay(vec![]), "out_of_range");
    refused(s.relay(vec![item.clone(); MAX_RELAYED + 1]), "out_of_range");
    let items = vec![item; MAX_RELAYED];
    let msg = ExecuteMsg::Relay {
        items: items.clone(),
    };
    let coins = cosmwasm_std::coins(1, DENOM);
    refused(s.send_with("sponsor", &msg, &coins), "unexpected_coins");
    let words = outcomes(&mut s, items);
    assert_eq!(words.iter().filter(|w| *w == "ok").count(), 1);
}

#[test]
fn a_batch_that_crosses_the_trigger_counts_as_messages_one_by_one_would() {
    let mut s = Suite::new();
    let schedule = Schedule::AtTrigger {
        hold: 10,
        pledge_until: None,
    };
    let a = s.start(an_action().goal(3).schedule(schedule));
    let needs = |needs_others: u32| Does::Pledge {
        action: a,
        needs_others,
        referrer: None,
        credentials: vec![],
    };
    let items = vec![
        s.sign("ann", 1, needs(3)),
        s.sign("bob", 1, needs(3)),
        s.sign("cas", 1, needs(0)),
        s.sign("dan", 1, needs(0)),
    ];
    assert_eq!(outcomes(&mut s, items), ["ok"; 4]);
    assert_eq!(s.action(a).ready_since, Some(s.now()));
    let items = vec![
        s.sign("dan", 2, Does::Withdraw { action: a }),
        s.sign("eve", 1, needs(9)),
    ];
    assert_eq!(outcomes(&mut s, items), ["ok"; 2]);
    assert_eq!(s.action(a).ready_since, None);
    assert_eq!((s.action(a).pledged, s.action(a).committed), (4, 0));
}

/// Three milestones without stakes, all of which are pledged at once.
fn milestones(s: &mut Suite) -> u64 {
    let cause = muster_schema::causes::CreateCause {
        bundle: true,
        ..a_cause(vec![an_action(), an_action().goal(2), an_action().goal(3)])
    };
    s.create(cause).unwrap()
}

#[test]
fn a_bundle_can_be_signed_and_taken_back_and_nobody_sends_it_again() {
    let mut s = Suite::new();
    let a = milestones(&mut s);
    let all = |needs: &[u32]| Does::PledgeBundle {
        cause: 1,
        needs_others: needs.to_vec(),
    };
    let back = Does::WithdrawBundle { cause: 1 };
    let old = s.sign("ann", 3, back.clone());
    let (first, second) = (
        s.sign("ann", 5, all(&[0, 1, 2])),
        s.sign("bob", 1, all(&[0, 0, 0])),
    );
    let short = s.sign("cas", 1, all(&[0, 0]));
    let items = vec![first.clone(), second, short];
    assert_eq!(outcomes(&mut s, items), ["ok", "ok", "out_of_range"]);
    assert_eq!(s.pledge_of("ann", a + 2).needs_others, 2);
    // What she signed before her pledges can't take them back, nor be sent twice.
    assert_eq!(
        outcomes(&mut s, vec![old, first.clone()]),
        ["stale_sequence", "already_pledged"]
    );
    let leave = s.sign("ann", 6, back);
    assert_eq!(outcomes(&mut s, vec![leave.clone()]), ["ok"]);
    assert_eq!((s.action(a).pledged, s.action(a + 2).pledged), (1, 1));
    assert_eq!(outcomes(&mut s, vec![leave, first]), ["stale_sequence"; 2]);
    assert_eq!(next(&mut s, "ann"), 7);
}

#[test]
fn a_bundle_with_stakes_cannot_be_signed() {
    let mut s = Suite::new();
    let stake = |a: muster_schema::causes::NewAction| {
        a.staked(StakeRule::Required, 100, ForfeitsTo::Everybody {})
    };
    let cause = muster_schema::causes::CreateCause {
        bundle: true,
        ..a_cause(vec![an_action(), stake(an_action())])
    };
    let a = s.create(cause).unwrap();
    let does = Does::PledgeBundle {
        cause: 1,
        needs_others: vec![0, 0],
    };
    let item = s.sign("ann", 1, does);
    refused_alone(&mut s, item, "wrong_coins");
    assert_eq!((s.action(a).pledged, s.action(a + 1).pledged), (0, 0));
}
