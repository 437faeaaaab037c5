//! Words, votes and referrers in the random histories.

use std::collections::BTreeMap;

use muster_schema::causes::{ExecuteMsg, QueryMsg, RegistryResponse, StandingResponse, Vote};

use super::reference::Reference;
use super::{ACTORS, Random};
use crate::common::*;

/// Everybody's words by cause and person, with who thinks what of them.
#[derive(Default)]
pub(crate) struct Registry {
    words: BTreeMap<(u64, String), (String, BTreeMap<String, Vote>)>,
}

/// Somebody says something, takes it back, or votes.
pub(super) fn step(s: &mut Suite, r: &mut Random, model: &mut Reference, name: &str) -> bool {
    let cause = 1 + r.below(model.funds.count());
    let other = format!("p{}", r.below(ACTORS as u64));
    let pledged = model.has_pledged(cause, name);
    let at = |who: &str| (cause, who.to_owned());
    if r.below(3) == 0 {
        let words = ["", "I teach", "I print", "I vote"][r.below(4) as usize].to_owned();
        let before = model.registry.words.contains_key(&at(name));
        let say = ExecuteMsg::Say {
            cause,
            words: words.clone(),
        };
        let taken = s.send(name, say).is_ok();
        let allowed = if words.is_empty() { before } else { pledged };
        assert_eq!(taken, allowed, "{name} says {words:?}");
        if taken && words.is_empty() {
            model.registry.words.remove(&at(name));
        } else if taken {
            let entry = (words, BTreeMap::new());
            model.registry.words.insert(at(name), entry);
        }
        return taken;
    }
    let vote = [Vote::Up, Vote::Down, Vote::None][r.below(3) as usize];
    let rate = ExecuteMsg::Rate {
        cause,
        person: s.who(&other).to_string(),
        vote,
    };
    let taken = s.send(name, rate).is_ok();
    let entry = model.registry.words.get_mut(&at(&other));
    let before = entry
        .as_ref()
        .map(|e| e.1.get(name).copied().unwrap_or(Vote::None));
    let allowed = pledged && other != name && before.is_some_and(|before| before != vote);
    assert_eq!(taken, allowed, "{name} votes {vote:?} on {other}");
    if let (true, Some(entry)) = (taken, entry) {
        entry.1.insert(name.to_owned(), vote);
    }
    taken
}

/// Every registry and every standing is what the lists say.
pub(super) fn compare(s: &mut Suite, model: &Reference) {
    for cause in 1..=model.funds.count() {
        let page: RegistryResponse = s.query(&QueryMsg::Registry {
            cause,
            start_after: None,
            limit: Some(100),
        });
        let found: BTreeMap<String, (String, usize, usize)> = page
            .entries
            .into_iter()
            .map(|e| (e.person, (e.words, e.up as usize, e.down as usize)))
            .collect();
        let mut expected = BTreeMap::new();
        for ((of, person), (words, votes)) in &model.registry.words {
            if *of == cause {
                let count = |vote| votes.values().filter(|v| **v == vote).count();
                let entry = (words.clone(), count(Vote::Up), count(Vote::Down));
                expected.insert(s.who(person).to_string(), entry);
            }
        }
        assert_eq!(found, expected, "registry of {cause}");
    }
    for i in 0..ACTORS {
        let name = format!("p{i}");
        let person = s.who(&name).to_string();
        let standing: StandingResponse = s.query(&QueryMsg::Standing { person });
        assert_eq!(standing.referred_kept, model.referred_kept(&name), "{name}");
    }
}
