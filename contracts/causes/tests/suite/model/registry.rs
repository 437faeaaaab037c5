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
pub(super) fn step(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let (mut cause, mut other, name) = (1 + r.below(model.funds.count()), r.name(), r.name());
    let name = &name;
    if let Some(words) = model.some_words(r).filter(|_| r.below(2) == 0) {
        (cause, other) = words;
    }
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
    let allowed = model.may_rate(cause, name, &other, vote);
    assert_eq!(taken, allowed, "{name} votes {vote:?} on {other}");
    if taken {
        model.rate(cause, name, &other, vote);
    }
    taken
}

impl Reference {
    /// Somebody else with a pledge on the cause, about words that are there, and something new.
    pub(super) fn may_rate(&self, cause: u64, name: &str, other: &str, vote: Vote) -> bool {
        let entry = self.registry.words.get(&(cause, other.to_owned()));
        let before = entry.map(|e| e.1.get(name).copied().unwrap_or(Vote::None));
        let changes = before.is_some_and(|before| before != vote);
        changes && other != name && self.has_pledged(cause, name)
    }

    pub(super) fn rate(&mut self, cause: u64, name: &str, other: &str, vote: Vote) {
        let entry = self.registry.words.get_mut(&(cause, other.to_owned()));
        entry.expect("words").1.insert(name.to_owned(), vote);
    }

    /// Somebody's words on a cause, if there are any.
    pub(super) fn some_words(&self, r: &mut Random) -> Option<(u64, String)> {
        let all: Vec<&(u64, String)> = self.registry.words.keys().collect();
        (!all.is_empty()).then(|| (*r.one_of(&all)).clone())
    }
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
