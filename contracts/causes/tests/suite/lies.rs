//! Attacks on who says what was done: liars under `honor`, attestors who are silent or split.

use muster_schema::causes::{ForfeitsTo, StakeRule};

use crate::common::*;
use Outcome::{Did, Didnt};

const S: u128 = 10_000;
const END: u64 = OPEN + ACT + REPORT;

fn bound(s: &mut Suite, action: muster_schema::causes::NewAction, people: &[&str]) -> u64 {
    let a = s.start(action);
    for name in people {
        s.stake(name, a, 0, S).unwrap();
    }
    s.at(OPEN);
    a
}

/// A liar keeps the own stake and nothing more: no coin of those who were honest about having
/// failed reaches whoever says "I did it" for saying so.
#[test]
fn liars_under_honor_earn_nothing_by_their_word() {
    let mut s = Suite::new();
    let staked = |to| an_action().staked(StakeRule::Required, S, to);
    let to_liars = staked(ForfeitsTo::Cooperators {});
    refused(s.create(a_cause(vec![to_liars])), "contradiction");

    let charity = s.who("charity").to_string();
    let action = staked(ForfeitsTo::Address { address: charity });
    let a = bound(&mut s, action, &["liar", "honest"]);
    s.check_in("liar", a).unwrap();
    s.at(END);
    for name in ["liar", "honest"] {
        s.claim("x", a, name).unwrap();
    }
    assert_eq!([s.gain("liar"), s.gain("honest")], [0, -(S as i128)]);

    // Where everybody shares, whoever says nothing gets as much of it as the liar.
    let mut s = Suite::new();
    let action = staked(ForfeitsTo::Everybody {});
    let a = bound(&mut s, action, &["liar", "honest"]);
    s.check_in("liar", a).unwrap();
    s.at(END);
    for name in ["liar", "honest"] {
        s.claim("x", a, name).unwrap();
    }
    let share = s.gain("liar");
    assert_eq!(s.gain("honest"), share - S as i128);
    assert_eq!(share, (S as i128 - S as i128 / 100) / 2);
}

#[test]
fn silent_attestors_keep_nobodys_coins() {
    let mut s = Suite::new();
    let action = an_action()
        .staked(StakeRule::Required, S, ForfeitsTo::Cooperators {})
        .attested(&mut s, &["j1", "j2", "j3"], 2);
    let a = bound(&mut s, action, &["a", "b"]);
    s.check_in("a", a).unwrap();
    s.at(END - 1).attest("j1", a, &[("b", Didnt)]).unwrap();
    s.at(END);
    refused(s.attest("j2", a, &[("b", Didnt)]), "wrong_phase");
    for name in ["a", "b"] {
        s.claim("x", a, name).unwrap();
        assert_eq!(s.gain(name), 0, "one word alone counts for nothing");
    }
    assert_eq!(s.owed(DENOM), 0);
}

/// Two halves can't each reach a quorum, so they can't take turns in forfeiting and paying.
#[test]
fn attestors_split_in_two_halves_excuse_everybody() {
    let mut s = Suite::new();
    let judges = ["j1", "j2", "j3", "j4"];
    let staked = an_action().staked(StakeRule::Required, S, ForfeitsTo::Cooperators {});
    let half = staked.clone().attested(&mut s, &judges, 2);
    refused(s.create(a_cause(vec![half])), "out_of_range");
    let action = staked.attested(&mut s, &judges, 3);
    let a = bound(&mut s, action, &["a", "b"]);
    for (judge, of_a, of_b) in [
        ("j1", Did, Didnt),
        ("j2", Did, Didnt),
        ("j3", Didnt, Did),
        ("j4", Didnt, Did),
    ] {
        s.attest(judge, a, &[("a", of_a), ("b", of_b)]).unwrap();
    }
    s.at(END);
    for name in ["a", "b"] {
        assert_eq!(s.pledge_of(name, a).outcome, None);
        s.claim("x", a, name).unwrap();
        assert_eq!(s.gain(name), 0);
    }
    assert_eq!(s.owed(DENOM), 0);
}
