//! Alternatives in the reference: ballots as a list, counted anew each time it is asked.

use muster_schema::causes::{Deliberation, NewAction};

use super::Reference;

/// The choice between some of a cause's actions.
pub(crate) struct Choice {
    pub(crate) cause: u64,
    terms: Deliberation,
    /// Their numbers.
    pub(crate) alternatives: Vec<u64>,
    /// Numbers that nobody has filled yet.
    places: Vec<u64>,
    pub(crate) proposals: Vec<Proposal>,
    ballots: Vec<(String, Vec<u8>)>,
    decided: bool,
}

pub(crate) struct Proposal {
    action: NewAction,
    by: String,
    seconders: Vec<String>,
}

/// Scores, then a runoff; ties by match-ups, then fives, then order, in the words of the rule.
fn winner(n: usize, ballots: &[(String, Vec<u8>)]) -> usize {
    let ballots: Vec<&[u8]> = ballots.iter().map(|(_, b)| b.as_slice()).collect();
    let sum = |a: usize| ballots.iter().map(|b| u64::from(b[a])).sum::<u64>();
    let fives = |a: usize| ballots.iter().filter(|b| b[a] == 5).count();
    let prefer = |a: usize, b: usize| ballots.iter().filter(|x| x[a] > x[b]).count();
    let mut finalists: Vec<usize> = vec![];
    while finalists.len() < n.min(2) {
        let needed = 2 - finalists.len();
        let mut left: Vec<usize> = (0..n).filter(|a| !finalists.contains(a)).collect();
        let best = left.iter().map(|a| sum(*a)).max().unwrap();
        left.retain(|a| sum(*a) == best);
        while left.len() > needed {
            let lost = |a: usize| {
                left.iter()
                    .filter(|b| prefer(**b, a) > prefer(a, **b))
                    .count()
            };
            let most = left.iter().map(|a| lost(*a)).max().unwrap();
            let kept: Vec<usize> = left.iter().copied().filter(|a| lost(*a) < most).collect();
            if kept.is_empty() {
                break;
            }
            left = kept;
        }
        if left.len() > needed {
            left.sort_by_key(|a| (usize::MAX - fives(*a), *a));
            let both = needed == 2 && fives(left[1]) > fives(left[2]);
            left.truncate(if both { 2 } else { 1 });
        }
        finalists.extend(left);
    }
    let stronger = |a: usize| (sum(a), fives(a), usize::MAX - a);
    match finalists[..] {
        [a, b] if prefer(a, b) == prefer(b, a) => {
            if stronger(a) > stronger(b) {
                a
            } else {
                b
            }
        }
        [a, b] if prefer(b, a) > prefer(a, b) => b,
        _ => finalists[0],
    }
}

impl Reference {
    /// The actions that are alternatives, and the places kept for more.
    pub(crate) fn deliberate(&mut self, cause: u64, first: u64, terms: Deliberation) {
        let alternatives: Vec<u64> = (first..).take(terms.alternatives.into()).collect();
        for id in &alternatives {
            self.of(*id).chosen_at = Some(terms.score_until);
        }
        let mut places = vec![];
        for _ in 0..terms.proposals.map_or(0, |p| p.places) {
            let like = self.of(first).terms.clone();
            self.start_one(cause, &like, true);
            let place = self.actions.last_mut().expect("just pushed");
            (place.empty, place.chosen_at) = (true, Some(terms.score_until));
            places.push(self.actions.len() as u64);
        }
        self.choices.push(Choice {
            cause,
            terms,
            alternatives,
            places,
            proposals: vec![],
            ballots: vec![],
            decided: false,
        });
    }

    /// One of the deliberations that are going on.
    pub(crate) fn deliberating(&self, now: u64, which: u64) -> Option<&Choice> {
        let open: Vec<&Choice> = self
            .choices
            .iter()
            .filter(|c| now < c.terms.score_until)
            .collect();
        open.get(which as usize % open.len().max(1)).copied()
    }

    /// A cause that takes proposals and has a place left for one.
    pub(crate) fn proposing(&self, now: u64, which: u64) -> Option<u64> {
        let takes = |c: &&Choice| {
            let open = c.terms.proposals.is_some_and(|p| now < p.until);
            open && !c.places.is_empty()
        };
        let open: Vec<&Choice> = self.choices.iter().filter(takes).collect();
        let found = open.get(which as usize % open.len().max(1));
        found.map(|c| c.cause)
    }

    pub(crate) fn proposals(&mut self, cause: u64) -> u64 {
        self.choice(cause).proposals.len() as u64
    }

    pub(crate) fn alternative(&mut self, cause: u64, i: u64) -> u64 {
        let all = &self.choice(cause).alternatives;
        all[i as usize % all.len()]
    }

    fn choice(&mut self, cause: u64) -> &mut Choice {
        let found = self.choices.iter_mut().find(|c| c.cause == cause);
        found.expect("a deliberation")
    }

    pub(crate) fn members(&mut self, cause: u64) -> Vec<String> {
        let all = self.choice(cause).alternatives.clone();
        let pledges = all.into_iter().flat_map(|id| self.of(id).pledges.clone());
        let standing = pledges.filter(|p| !p.claimed);
        standing.map(|p| p.name).collect()
    }

    pub(crate) fn is_member(&mut self, cause: u64, name: &str) -> bool {
        let alternatives = self.choice(cause).alternatives.clone();
        alternatives.iter().any(|id| {
            let pledges = &self.of(*id).pledges;
            pledges.iter().any(|p| p.name == name && !p.claimed)
        })
    }

    pub(crate) fn propose(&mut self, cause: u64, name: &str, action: NewAction) {
        assert!(self.is_member(cause, name));
        self.choice(cause).proposals.push(Proposal {
            action,
            by: name.into(),
            seconders: vec![],
        });
    }

    pub(crate) fn second(&mut self, cause: u64, proposal: usize, name: &str) {
        assert!(self.is_member(cause, name));
        let choice = self.choice(cause);
        let of = &mut choice.proposals[proposal - 1];
        assert!(of.by != name && !of.seconders.iter().any(|s| s == name));
        of.seconders.push(name.into());
        if of.seconders.len() == 5 {
            let (terms, id) = (of.action.clone(), choice.places.remove(0));
            choice.alternatives.push(id);
            let place = self.of(id);
            place.denom = terms.stake.as_ref().map(|s| s.coin.denom.clone());
            (place.terms, place.empty) = (terms, false);
            self.counts.one("a proposal became an alternative");
        }
    }

    pub(crate) fn score(&mut self, now: u64, cause: u64, name: &str, scores: Vec<u8>) {
        assert!(self.is_member(cause, name));
        let choice = self.choice(cause);
        assert!(now < choice.terms.score_until);
        assert!(choice.terms.proposals.is_none_or(|p| now >= p.until));
        choice.ballots.retain(|(who, _)| who != name);
        choice.ballots.push((name.into(), scores));
        self.counts.one("a ballot");
    }

    /// A pledge was taken back: the ballot goes with the last one.
    pub(super) fn unscore(&mut self, now: u64, action: u64, name: &str) {
        let cause = self.of(action).cause;
        let open = |c: &&Choice| c.cause == cause && now < c.terms.score_until;
        if self.choices.iter().any(|c| open(&c)) && !self.is_member(cause, name) {
            self.choice(cause).ballots.retain(|(who, _)| who != name);
        }
    }

    /// What has lost by `now`.
    pub(super) fn decide(&mut self, now: u64) {
        let mut lost = vec![];
        for choice in &mut self.choices {
            if choice.decided || now < choice.terms.score_until {
                continue;
            }
            choice.decided = true;
            let chosen = winner(choice.alternatives.len(), &choice.ballots);
            let ids = choice.alternatives.iter().enumerate();
            lost.extend(ids.filter(|(i, _)| *i != chosen).map(|(_, id)| *id));
        }
        self.counts
            .many("an alternative was dropped", lost.len() as u64);
        for id in lost {
            self.of(id).dropped = true;
        }
    }
}
