//! STAR voting: score, then automatic runoff. Each ballot scores every alternative from 0 to 5; the
//! two with the highest sums go into the runoff, which the one wins that more ballots scored
//! higher than the other.
//!
//! Source: Equal Vote Coalition, "STAR Voting" (2014) with its official tie protocol
//! (starvoting.org/ties): of those that tie in the scoring round, who lost the most match-ups
//! among the tied is taken out, again and again; two that are left take both places, else the
//! most fives decide. A tie in the runoff is broken by the sums, then by fives. They leave the rest
//! to a lot; a contract has none that nobody can steer, so here the earlier alternative has it.
//!
//! The tally is sums only, so that a ballot can be added, and taken back when somebody votes
//! anew, at a cost that doesn't grow with the crowd.

use core::cmp::{Ordering, Reverse};
use core::ops::Range;

/// The most alternatives of one choice.
pub const MAX_ALTERNATIVES: usize = 16;
/// The highest score.
pub const MAX_SCORE: u8 = 5;
/// One for each two alternatives.
pub const PAIRS: usize = MAX_ALTERNATIVES * (MAX_ALTERNATIVES - 1) / 2;

/// Why a ballot wasn't counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BallotError {
    /// It must score each alternative once.
    Length {
        /// Scores on it.
        found: usize,
        /// Alternatives.
        allowed: usize,
    },
    /// A score above [`MAX_SCORE`].
    Score {
        /// That score.
        found: u8,
    },
    /// Taken back though it wasn't in, or more than 2^31 ballots.
    Count,
}

/// The sums of all ballots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    alternatives: usize,
    /// Sum of scores.
    pub scores: [u64; MAX_ALTERNATIVES],
    /// Ballots that gave the highest score.
    pub fives: [u32; MAX_ALTERNATIVES],
    /// For i < j at [`pair`]: ballots that prefer i, less those that prefer j.
    pub margins: [i32; PAIRS],
}

/// What a tally comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elected {
    /// The winner, from 0.
    pub winner: usize,
    /// The other finalist; `None` with a single alternative.
    pub runner_up: Option<usize>,
}

/// Where the margin of i and j is kept, i < j: the pairs (0,1), (0,2), (1,2), (0,3) … in order, so
/// that an alternative more only adds pairs at the end.
#[must_use]
pub const fn pair(i: usize, j: usize) -> usize {
    j.saturating_mul(j.saturating_sub(1))
        .wrapping_div(2)
        .saturating_add(i)
}

/// Whether a ballot is added or taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// It is added.
    In,
    /// It is taken back.
    Out,
}

impl Tally {
    /// No ballots yet. More than [`MAX_ALTERNATIVES`] are taken as that many.
    #[must_use]
    pub fn new(alternatives: usize) -> Self {
        Self {
            alternatives: alternatives.min(MAX_ALTERNATIVES),
            scores: [0; MAX_ALTERNATIVES],
            fives: [0; MAX_ALTERNATIVES],
            margins: [0; PAIRS],
        }
    }

    /// How many alternatives there are.
    #[must_use]
    pub const fn alternatives(&self) -> usize {
        self.alternatives
    }

    /// Counts a ballot.
    ///
    /// # Errors
    /// [`BallotError`]; the tally is then what it was.
    pub fn count(&mut self, ballot: &[u8], way: Count) -> Result<(), BallotError> {
        if ballot.len() != self.alternatives {
            return Err(BallotError::Length {
                found: ballot.len(),
                allowed: self.alternatives,
            });
        }
        if let Some(&found) = ballot.iter().find(|s| **s > MAX_SCORE) {
            return Err(BallotError::Score { found });
        }
        let mut next = *self;
        next.apply(ballot, way).ok_or(BallotError::Count)?;
        *self = next;
        Ok(())
    }

    fn apply(&mut self, ballot: &[u8], way: Count) -> Option<()> {
        for (j, &second) in ballot.iter().enumerate() {
            let score = self.scores.get_mut(j)?;
            let fives = self.fives.get_mut(j)?;
            let five = u32::from(second == MAX_SCORE);
            (*score, *fives) = match way {
                Count::In => (
                    score.checked_add(u64::from(second))?,
                    fives.checked_add(five)?,
                ),
                Count::Out => (
                    score.checked_sub(u64::from(second))?,
                    fives.checked_sub(five)?,
                ),
            };
            for (i, &first) in ballot.iter().take(j).enumerate() {
                let margin = self.margins.get_mut(pair(i, j))?;
                let toward = match (first.cmp(&second), way) {
                    (Ordering::Equal, _) => 0,
                    (Ordering::Greater, Count::In) | (Ordering::Less, Count::Out) => 1,
                    _ => -1,
                };
                *margin = margin.checked_add(toward)?;
            }
        }
        Some(())
    }

    /// Ballots that prefer `a` to `b`, less those that prefer `b`.
    #[must_use]
    pub fn margin(&self, a: usize, b: usize) -> i32 {
        let kept = |i, j| self.margins.get(pair(i, j)).copied().unwrap_or(0);
        match a.cmp(&b) {
            Ordering::Less => kept(a, b),
            Ordering::Greater => kept(b, a).saturating_neg(),
            Ordering::Equal => 0,
        }
    }

    fn score(&self, a: usize) -> u64 {
        self.scores.get(a).copied().unwrap_or(0)
    }

    fn five(&self, a: usize) -> u32 {
        self.fives.get(a).copied().unwrap_or(0)
    }

    /// The two that go into the runoff, or the only one.
    fn finalists(&self) -> (Option<usize>, Option<usize>) {
        let (first, both) = self.advance(None);
        let second = both.or_else(|| self.advance(first).0);
        (first, second)
    }

    /// Who advances next, `taken` having advanced; and who with it, where two places are free and
    /// the rule gives them to two at once.
    fn advance(&self, taken: Option<usize>) -> (Option<usize>, Option<usize>) {
        let two_places = taken.is_none();
        let best = self.all().filter(|a| Some(*a) != taken);
        let Some(best) = best.map(|a| self.score(a)).max() else {
            return (None, None);
        };
        let mut tied = [false; MAX_ALTERNATIVES];
        for (a, is_tied) in self.all().zip(&mut tied) {
            *is_tied = Some(a) != taken && self.score(a) == best;
        }
        self.drop_losers(&mut tied);
        // Most fives first; the earlier alternative where they are equal.
        let in_order = |after: Option<usize>| {
            let left = members(&tied).filter(|a| Some(*a) != after);
            left.min_by_key(|a| (Reverse(self.five(*a)), *a))
        };
        let first = in_order(None);
        let second = in_order(first);
        let third = members(&tied).filter(|a| Some(*a) != first && Some(*a) != second);
        let fives_behind = third.map(|a| self.five(a)).max();
        let goes_too = |b: &usize| fives_behind.is_none_or(|behind| self.five(*b) > behind);
        (first, second.filter(|b| two_places && goes_too(b)))
    }

    /// Takes out who lost the most match-ups among the tied until all of them lost as many.
    fn drop_losers(&self, tied: &mut [bool; MAX_ALTERNATIVES]) {
        loop {
            let before = *tied;
            let lost = |a: usize| members(&before).filter(|b| self.margin(a, *b) < 0).count();
            let most = members(&before).map(lost).max();
            let fewest = members(&before).map(lost).min();
            if most == fewest {
                return;
            }
            for (a, is_tied) in self.all().zip(tied.iter_mut()) {
                *is_tied = *is_tied && Some(lost(a)) != most;
            }
        }
    }

    fn all(&self) -> Range<usize> {
        0..self.alternatives
    }

    /// Who wins; `None` without alternatives.
    #[must_use]
    pub fn elect(&self) -> Option<Elected> {
        let (first, second) = self.finalists();
        let first = first?;
        let Some(second) = second else {
            return Some(Elected {
                winner: first,
                runner_up: None,
            });
        };
        // Greater is better; the earlier alternative where all is equal.
        let strength = |a: usize| (self.score(a), self.five(a), Reverse(a));
        let second_wins = match self.margin(first, second) {
            0 => strength(second) > strength(first),
            margin => margin < 0,
        };
        let (winner, other) = if second_wins {
            (second, first)
        } else {
            (first, second)
        };
        Some(Elected {
            winner,
            runner_up: Some(other),
        })
    }
}

/// The places that are set, rising.
fn members(set: &[bool; MAX_ALTERNATIVES]) -> impl Iterator<Item = usize> {
    set.iter()
        .enumerate()
        .filter(|(_, is_in)| **is_in)
        .map(|(a, _)| a)
}
