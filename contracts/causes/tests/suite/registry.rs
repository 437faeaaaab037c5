//! `say`, `rate` and referrers: a cause's registry, and who brought whom.

use muster_schema::causes::{
    Does, ExecuteMsg, QueryMsg, RegistryEntry, RegistryResponse, StandingResponse, Vote,
};

use crate::common::*;
use cw_multi_test::AppResponse;

const END: u64 = OPEN + ACT + REPORT;

fn say(s: &mut Suite, name: &str, words: &str) -> Result<AppResponse, String> {
    let words = words.to_owned();
    s.send(name, ExecuteMsg::Say { cause: 1, words })
}

fn rate(s: &mut Suite, by: &str, of: &str, vote: Vote) -> Result<AppResponse, String> {
    let person = s.who(of).to_string();
    let cause = 1;
    s.send(
        by,
        ExecuteMsg::Rate {
            cause,
            person,
            vote,
        },
    )
}

fn refer(s: &mut Suite, name: &str, action: u64, by: &str) -> Result<AppResponse, String> {
    let referrer = Some(s.who(by).to_string());
    let msg = ExecuteMsg::Pledge {
        action,
        needs_others: 0,
        referrer,
        credentials: vec![],
    };
    s.send(name, msg)
}

fn registry(s: &Suite) -> Vec<RegistryEntry> {
    let found: RegistryResponse = s.query(&QueryMsg::Registry {
        cause: 1,
        start_after: None,
        limit: None,
    });
    found.entries
}

/// The words of somebody with the votes on them.
fn words(s: &mut Suite, name: &str) -> Option<(String, u32, u32)> {
    let person = s.who(name).to_string();
    let entry = registry(s).into_iter().find(|e| e.person == person)?;
    Some((entry.words, entry.up, entry.down))
}

fn standing(s: &mut Suite, name: &str) -> StandingResponse {
    let person = s.who(name).to_string();
    s.query(&QueryMsg::Standing { person })
}

#[test]
fn words_stand_once_and_others_vote_once_and_change_their_mind() {
    let mut s = Suite::new();
    let a = s.create(a_cause(vec![an_action(), an_action()])).unwrap();
    s.pledge("ann", a, 0).unwrap();
    s.pledge("bob", a + 1, 0).unwrap(); // whichever action it is
    s.pledge("cas", a, 0).unwrap();
    say(&mut s, "ann", "I edit the journal").unwrap();
    rate(&mut s, "bob", "ann", Vote::Up).unwrap();
    rate(&mut s, "cas", "ann", Vote::Down).unwrap();
    let is = |up, down| Some(("I edit the journal".to_owned(), up, down));
    assert_eq!(words(&mut s, "ann"), is(1, 1));
    refused(rate(&mut s, "bob", "ann", Vote::Up), "duplicate");
    rate(&mut s, "bob", "ann", Vote::Down).unwrap();
    assert_eq!(words(&mut s, "ann"), is(0, 2));
    rate(&mut s, "cas", "ann", Vote::None).unwrap();
    assert_eq!(words(&mut s, "ann"), is(0, 1));
    refused(rate(&mut s, "cas", "ann", Vote::None), "duplicate");
    refused(rate(&mut s, "bob", "cas", Vote::Up), "no_words");
}

#[test]
fn a_vote_for_words_is_no_vote_for_those_that_replace_them() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    for name in ["ann", "bob"] {
        s.pledge(name, a, 0).unwrap();
    }
    say(&mut s, "ann", "I teach").unwrap();
    rate(&mut s, "bob", "ann", Vote::Up).unwrap();
    say(&mut s, "ann", "Buy my soap").unwrap();
    assert_eq!(words(&mut s, "ann"), Some(("Buy my soap".into(), 0, 0)));
    // Who voted before votes anew, and has one vote.
    rate(&mut s, "bob", "ann", Vote::Down).unwrap();
    assert_eq!(words(&mut s, "ann"), Some(("Buy my soap".into(), 0, 1)));
    say(&mut s, "ann", "").unwrap();
    assert_eq!(words(&mut s, "ann"), None);
    refused(say(&mut s, "ann", ""), "no_words");
    refused(rate(&mut s, "bob", "ann", Vote::Up), "no_words");
    say(&mut s, "ann", "I teach").unwrap();
    assert_eq!(words(&mut s, "ann"), Some(("I teach".into(), 0, 0)));
}

#[test]
fn only_pledgers_speak_and_vote_and_nobody_for_themselves() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    s.pledge("ann", a, 0).unwrap();
    refused(say(&mut s, "mallory", "I am the king"), "not_a_pledger");
    say(&mut s, "ann", "I teach").unwrap();
    refused(rate(&mut s, "mallory", "ann", Vote::Down), "not_a_pledger");
    refused(rate(&mut s, "ann", "ann", Vote::Up), "role_conflict");
    // Whoever withdrew has no part any more, but may take their own words back.
    s.pledge("bob", a, 0).unwrap();
    say(&mut s, "bob", "I sing").unwrap();
    s.withdraw("bob", a).unwrap();
    refused(rate(&mut s, "bob", "ann", Vote::Up), "not_a_pledger");
    refused(say(&mut s, "bob", "I sing well"), "not_a_pledger");
    say(&mut s, "bob", "").unwrap();
    assert_eq!(words(&mut s, "bob"), None);
    let unknown = ExecuteMsg::Say {
        cause: 2,
        words: "x".into(),
    };
    refused(s.send("ann", unknown), "unknown_cause");
}

#[test]
fn words_are_one_short_line() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    s.pledge("ann", a, 0).unwrap();
    say(&mut s, "ann", &"é".repeat(70)).unwrap();
    refused(say(&mut s, "ann", &"é".repeat(71)), "text_length");
    refused(say(&mut s, "ann", "two\nlines"), "text_form");
    refused(say(&mut s, "ann", " outer"), "text_form");
}

#[test]
fn the_registry_comes_in_pages_that_neither_skip_nor_repeat() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    let names: Vec<String> = (0..7).map(|i| format!("p{i}")).collect();
    for name in &names {
        s.pledge(name, a, 0).unwrap();
        say(&mut s, name, name).unwrap();
    }
    say(&mut s, "p3", "").unwrap();
    let (mut seen, mut start_after) = (Vec::new(), None);
    loop {
        let page: RegistryResponse = s.query(&QueryMsg::Registry {
            cause: 1,
            start_after,
            limit: Some(2),
        });
        seen.extend(page.entries.into_iter().map(|e| e.words));
        start_after = match page.last {
            None => break,
            last => last,
        };
    }
    seen.sort();
    assert_eq!(seen, ["p0", "p1", "p2", "p4", "p5", "p6"]);
}

#[test]
fn a_referrer_is_somebody_else_with_a_pledge_on_the_cause() {
    let mut s = Suite::new();
    let a = s.create(a_cause(vec![an_action(), an_action()])).unwrap();
    let other = s.start(an_action());
    s.pledge("ann", a, 0).unwrap();
    refused(refer(&mut s, "bob", a, "bob"), "role_conflict"); // self-referral
    refused(refer(&mut s, "bob", a, "mallory"), "not_a_pledger");
    refused(refer(&mut s, "bob", other, "ann"), "not_a_pledger"); // of another cause
    refer(&mut s, "bob", a + 1, "ann").unwrap();
    let ann = s.who("ann").to_string();
    assert_eq!(s.pledge_of("bob", a + 1).referrer, Some(ann));
    // A new pledge without one isn't the old one's.
    s.withdraw("bob", a + 1).unwrap();
    s.pledge("bob", a + 1, 0).unwrap();
    assert_eq!(s.pledge_of("bob", a + 1).referrer, None);
    // Nor can the first two vouch for one another once they are in.
    refused(refer(&mut s, "ann", a, "bob"), "already_pledged");
}

#[test]
fn who_brought_people_that_kept_their_word_has_it_in_their_standing() {
    let mut s = Suite::new();
    let action = an_action().attested(&mut s, &["judge"], 1);
    let a = s.start(action);
    s.pledge("ann", a, 0).unwrap();
    for i in 0..9 {
        refer(&mut s, &format!("p{i}"), a, "ann").unwrap();
    }
    s.at(OPEN);
    let said = [
        ("p0", Outcome::Did),
        ("p1", Outcome::Didnt),
        ("p2", Outcome::Excused),
        ("p3", Outcome::Did),
        ("p5", Outcome::Did),
        ("ann", Outcome::Did),
    ];
    s.attest("judge", a, &said).unwrap();
    // A final outcome counts once, and silence never.
    s.attest("judge", a, &[("p0", Outcome::Did)]).unwrap();
    s.at(END).claim("p4", a, "p4").unwrap();
    let found = standing(&mut s, "ann");
    assert_eq!((found.referred_kept, found.kept), (3, 1));
    assert_eq!(standing(&mut s, "p0").referred_kept, 0);
}

#[test]
fn below_ten_bound_nobody_gains_by_referring() {
    let mut s = Suite::new();
    let action = an_action().attested(&mut s, &["judge"], 1);
    let a = s.start(action);
    s.pledge("ann", a, 0).unwrap();
    for i in 0..8 {
        refer(&mut s, &format!("p{i}"), a, "ann").unwrap();
    }
    s.at(OPEN)
        .attest("judge", a, &[("p0", Outcome::Did)])
        .unwrap();
    assert_eq!(standing(&mut s, "ann").referred_kept, 0);
}

#[test]
fn votes_and_referrers_can_be_signed_and_sent_by_a_sponsor() {
    let mut s = Suite::new();
    let a = s.start(an_action());
    s.pledge("ann", a, 0).unwrap();
    say(&mut s, "ann", "I teach").unwrap();
    let ann = s.who("ann").to_string();
    let pledge = Does::Pledge {
        action: a,
        needs_others: 0,
        referrer: Some(ann.clone()),
        credentials: vec![],
    };
    let rate = |vote| Does::Rate {
        cause: 1,
        person: ann.clone(),
        vote,
    };
    let items = vec![
        s.sign("mallory", 1, rate(Vote::Down)), // no pledger: refused alone
        s.sign("bob", 1, pledge),
        s.sign("bob", 2, rate(Vote::Up)),
    ];
    s.relay(items).unwrap();
    assert_eq!(words(&mut s, "ann"), Some(("I teach".into(), 1, 0)));
    assert_eq!(s.pledge_of("bob", a).referrer, Some(ann.clone()));
    // Sent once: nobody can bring an old vote back.
    let again = vec![
        s.sign("bob", 3, rate(Vote::Down)),
        s.sign("bob", 2, rate(Vote::Up)),
    ];
    s.relay(again).unwrap();
    assert_eq!(words(&mut s, "ann"), Some(("I teach".into(), 0, 1)));
}
