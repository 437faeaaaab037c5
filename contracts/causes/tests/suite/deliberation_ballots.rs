//! Who scores the alternatives, and what a ballot counts.

use muster_schema::causes::event::CausesEvent;
use muster_schema::causes::{BallotResponse, ExecuteMsg, Gate, NewAction, QueryMsg};

use crate::common::*;
use crate::deliberation::*;
use crate::issuer::{Issuer, no_gate};

#[test]
fn only_who_has_a_pledge_on_an_alternative_scores_and_the_ballot_leaves_with_it() {
    let mut s = Suite::new();
    let a = s
        .create(between(vec![an_action(), an_action(), an_action()], 2, 0))
        .unwrap();
    refused(s.score("eve", 1, &[5, 0]), "not_member");
    // The third action is no alternative.
    s.pledge("eve", a + 2, 0).unwrap();
    refused(s.score("eve", 1, &[5, 0]), "not_member");
    s.pledge("eve", a, 0).unwrap();
    s.pledge("eve", a + 1, 0).unwrap();
    s.score("eve", 1, &[0, 5]).unwrap();
    let sent = s.score("eve", 1, &[0, 4]).unwrap();
    assert!(matches!(&events(&sent)[..], [CausesEvent::Scored(e)] if e.scores == [0, 4]));
    let now = standing(&s);
    assert_eq!(
        (
            now.ballots,
            now.alternatives[1].score,
            now.alternatives[1].fives
        ),
        (1, 4, 0)
    );
    // One pledge of two gone, the ballot stands; with the last it goes.
    s.withdraw("eve", a).unwrap();
    assert_eq!(standing(&s).ballots, 1);
    let sent = s.withdraw("eve", a + 1).unwrap();
    assert!(matches!(events(&sent)[..], [_, CausesEvent::Unscored(_)]));
    let now = standing(&s);
    assert_eq!((now.ballots, now.alternatives[1].score), (0, 0));
    let person = s.who("eve").to_string();
    let ballot: BallotResponse = s.query(&QueryMsg::Ballot { cause: 1, person });
    assert_eq!(ballot.scores, None);
}

#[test]
fn a_stake_that_goes_from_wallet_to_wallet_counts_once() {
    let mut s = Suite::new();
    let pair = vec![staked(an_action()), staked(an_action())];
    let a = s.create(between(pair, 2, 0)).unwrap();
    for i in 0..5 {
        let wallet = format!("sybil{i}");
        s.stake(&wallet, a, 0, STAKE).unwrap();
        s.score(&wallet, 1, &[5, 0]).unwrap();
        s.withdraw(&wallet, a).unwrap();
    }
    for name in ["ann", "bob"] {
        s.stake(name, a + 1, 0, STAKE).unwrap();
        s.score(name, 1, &[0, 1]).unwrap();
    }
    assert_eq!(standing(&s).ballots, 2);
    s.at(CHOICE);
    assert_eq!(standing(&s).chosen, Some(a + 1));
}

#[test]
fn who_leaves_after_the_choice_does_not_change_it() {
    let mut s = Suite::new();
    let a = chosen(&mut s, || staked(an_action()));
    s.at(CHOICE);
    for (name, on) in [("bob", a + 1), ("cas", a + 1), ("ann", a)] {
        s.withdraw(name, on).unwrap();
    }
    let after = standing(&s);
    assert_eq!((after.ballots, after.chosen), (3, Some(a + 1)));
    refused(s.score("bob", 1, &[5, 0, 0]), "not_deliberating");
}

#[test]
fn with_no_ballot_the_first_alternative_has_it() {
    let mut s = Suite::new();
    let a = s
        .create(between(vec![an_action(), an_action()], 2, 0))
        .unwrap();
    s.pledge("ann", a + 1, 0).unwrap();
    s.at(CHOICE);
    assert_eq!(phases(&s, &[a, a + 1]), ["pledging", "dropped"]);
}

#[test]
fn a_ballot_scores_every_alternative_from_nought_to_five() {
    let mut s = Suite::new();
    with_members(&mut s, 0);
    for bad in [&[][..], &[1], &[1, 2, 3], &[0, 6]] {
        refused(s.score("ann", 1, bad), "out_of_range");
    }
    s.score("ann", 1, &[0, 0]).unwrap();
    let funds = [cosmwasm_std::coin(1, DENOM)];
    let (cause, scores) = (1, vec![0, 0]);
    let with_coins = s.send_with("ann", &ExecuteMsg::Score { cause, scores }, &funds);
    refused(with_coins, "unexpected_coins");
}

#[test]
fn alternatives_have_one_gate_and_whom_it_admits_scores() {
    let mut s = Suite::new();
    let list = |s: &mut Suite, names: &[&str]| Gate {
        list: names.iter().map(|n| s.who(n).to_string()).collect(),
        ..no_gate()
    };
    let gated = |gate: &Gate| NewAction {
        gate: Some(gate.clone()),
        ..an_action()
    };
    let ours = list(&mut s, &["ann", "bob"]);
    let theirs = list(&mut s, &["eve"]);
    let mixed = vec![gated(&ours), gated(&theirs)];
    refused(s.create(between(mixed, 2, 0)), "contradiction");
    let open = vec![gated(&ours), an_action()];
    refused(s.create(between(open, 2, 0)), "contradiction");
    let both = || vec![gated(&ours), gated(&ours)];
    refused(s.create(between(both(), 2, 1)), "contradiction");
    let a = s.create(between(both(), 2, 0)).unwrap();
    refused(s.pledge("eve", a, 0), "not_admitted");
    refused(s.score("eve", 1, &[5, 0]), "not_member");
    s.pledge("bob", a + 1, 0).unwrap();
    s.score("bob", 1, &[0, 5]).unwrap();
    s.at(CHOICE);
    assert_eq!(standing(&s).chosen, Some(a + 1));
    // A gate of its own would let others in beside.
    let mut s = Suite::new();
    with_members(&mut s, 1);
    let mine = list(&mut s, &["ann"]);
    refused(s.propose("ann", 1, gated(&mine)), "contradiction");
}

#[test]
fn a_credential_for_each_alternative_would_be_a_ballot_for_each() {
    let mut s = Suite::new();
    let issuer = Issuer::ed25519(1);
    let attested = NewAction {
        gate: Some(issuer.gate()),
        ..an_action()
    };
    let pair = vec![attested.clone(), attested];
    refused(s.create(between(pair, 2, 0)), "contradiction");
}
