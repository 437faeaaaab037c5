//! Proposals of further alternatives: who makes and seconds them, and what they may be.

use muster_schema::causes::event::CausesEvent;
use muster_schema::causes::{
    ForfeitsTo, NewAction, ProposalsResponse, QueryMsg, Requirement, Schedule, StakeRule,
};

use crate::common::*;
use crate::deliberation::*;

fn all_second(s: &mut Suite, proposal: u32) {
    for name in ["bob", "cas", "dan", "eve", "fay"] {
        s.second(name, 1, proposal).unwrap();
    }
}

#[test]
fn five_seconders_make_a_proposal_an_alternative_that_can_win() {
    let mut s = Suite::new();
    let a = with_members(&mut s, 2);
    let later = s.start(an_action());
    assert_eq!(later, a + 4, "two numbers are kept");
    refused(s.pledge("ann", a + 2, 0), "empty_place");
    s.propose("ann", 1, an_action().goal(2)).unwrap();
    for name in ["bob", "cas", "dan", "eve"] {
        s.second(name, 1, 1).unwrap();
    }
    assert_eq!(standing(&s).alternatives.len(), 2);
    let sent = s.second("fay", 1, 1).unwrap();
    assert!(matches!(&events(&sent)[..], [CausesEvent::Seconded(e)] if e.action == Some(a + 2)));
    let now = standing(&s);
    assert_eq!((now.alternatives.len(), now.places_left), (3, 1));
    let page: ProposalsResponse = s.query(&QueryMsg::Proposals {
        cause: 1,
        start_after: None,
        limit: None,
    });
    assert_eq!((page.proposals.len(), page.proposals[0].seconders), (1, 5));
    assert_eq!(page.proposals[0].action, Some(a + 2));
    s.pledge("gus", a + 2, 0).unwrap();
    refused(s.score("gus", 1, &[0, 0, 5]), "not_deliberating");
    s.at(SCORING).score("gus", 1, &[0, 0, 5]).unwrap();
    s.pledge("hal", a + 2, 0).unwrap();
    s.at(CHOICE);
    assert_eq!(
        phases(&s, &[a, a + 1, a + 2]),
        ["dropped", "dropped", "pledging"]
    );
    s.at(OPEN);
    assert_eq!(
        (s.phase(a + 2), s.action(a + 2).committed),
        ("acting".into(), 2)
    );
    for name in ["gus", "hal"] {
        s.check_in(name, a + 2).unwrap();
    }
    s.at(OPEN + ACT + REPORT);
    for name in ["gus", "hal"] {
        s.claim(name, a + 2, name).unwrap();
        assert_eq!(s.gain(name), 0);
    }
}

#[test]
fn strangers_fill_at_most_half_of_the_places() {
    let mut s = Suite::new();
    let pair = || vec![an_action(), an_action()];
    refused(s.create(between(pair(), 2, 3)), "out_of_range");
    with_members(&mut s, 1);
    s.propose("ann", 1, an_action()).unwrap();
    s.propose("ann", 1, an_action()).unwrap();
    all_second(&mut s, 2);
    refused(s.second("bob", 1, 1), "not_deliberating");
    refused(s.propose("ann", 1, an_action()), "not_deliberating");
    let nine = vec![an_action(); 9];
    refused(s.create(between(nine.clone(), 9, 8)), "out_of_range");
    s.create(between(nine, 9, 7)).unwrap();
}

#[test]
fn who_may_propose_and_second_and_until_when() {
    let mut s = Suite::new();
    with_members(&mut s, 1);
    refused(s.propose("gus", 1, an_action()), "not_member");
    refused(s.second("ann", 1, 1), "unknown_proposal");
    s.propose("ann", 1, an_action()).unwrap();
    refused(s.second("gus", 1, 1), "not_member");
    refused(s.second("ann", 1, 1), "role_conflict");
    s.second("bob", 1, 1).unwrap();
    refused(s.second("bob", 1, 1), "already_seconded");
    s.at(SCORING);
    refused(s.second("cas", 1, 1), "not_deliberating");
    refused(s.propose("ann", 1, an_action()), "not_deliberating");
    // Not seconded in time, it never becomes one.
    assert_eq!(standing(&s).alternatives.len(), 2);
    s.at(CHOICE);
    assert_eq!(standing(&s).chosen, Some(1));
    let b = s.start(an_action());
    refused(s.propose("ann", 2, an_action()), "not_deliberating");
    s.pledge("ann", b, 0).unwrap();
    refused(s.score("ann", 2, &[5]), "not_deliberating");
    refused(s.score("ann", 9, &[5]), "unknown_cause");
}

#[test]
fn a_proposal_is_checked_like_an_action_of_the_definition() {
    let mut s = Suite::new();
    with_members(&mut s, 1);
    let mut bad = |action: NewAction, code| refused(s.propose("ann", 1, action), code);
    bad(an_action().goal(0), "out_of_range");
    bad(
        an_action().requires(&[Requirement::Own(0)]),
        "contradiction",
    );
    let early = |at| {
        an_action().schedule(Schedule::AtClose {
            pledge_until: START + at,
        })
    };
    bad(an_action().confirm(100), "contradiction");
    bad(early(CHOICE + 4), "out_of_range");
    bad(early(CHOICE + 100).lock(96), "out_of_range");
    bad(an_action().goal(1).lock(OPEN), "out_of_range");
    s.propose("ann", 1, early(CHOICE + 100).lock(95)).unwrap();
}

#[test]
fn a_proposal_pays_neither_the_creator_nor_the_proposer() {
    let mut s = Suite::new();
    s.create(between(vec![staked(an_action())], 1, 1)).unwrap();
    s.stake("ann", 1, 0, STAKE).unwrap();
    for whose in ["creator", "ann"] {
        let address = s.who(whose).to_string();
        let to = ForfeitsTo::Address { address };
        let paid = an_action().staked(StakeRule::Required, STAKE, to);
        refused(s.propose("ann", 1, paid), "role_conflict");
    }
}

#[test]
fn attack_a_free_proposal_among_staked_ones_lets_no_crowd_of_wallets_vote() {
    let mut s = Suite::new();
    let mixed = vec![staked(an_action()), an_action()];
    refused(s.create(between(mixed, 2, 0)), "contradiction");
    s.create(between(vec![staked(an_action())], 1, 1)).unwrap();
    s.stake("ann", 1, 0, STAKE).unwrap();
    refused(s.propose("ann", 1, an_action()), "contradiction");
    let to = || ForfeitsTo::Everybody {};
    for (rule, amount) in [
        (StakeRule::Optional, STAKE),
        (StakeRule::Required, STAKE - 1),
    ] {
        let cheap = an_action().staked(rule, amount, to());
        refused(s.propose("ann", 1, cheap), "contradiction");
    }
    s.propose("ann", 1, staked(an_action())).unwrap();
}
