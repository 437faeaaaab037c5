//! Long random histories against a naive reference that recomputes everything from a list.
//!
//! After each step the suite itself asserts that what is held equals what is owed, for each denom,
//! and that a refused message changed nothing. `MUSTER_MODEL_SEED` and `MUSTER_MODEL_STEPS` choose
//! a history and its length; `MUSTER_MODEL_RECORD` names a file for it (see `record`).

mod actions;
mod answered;
mod bonus;
mod bundles;
mod choices;
mod compare;
mod config;
mod counts;
mod deeds;
mod deposit;
mod funds;
mod judged;
mod pledges;
mod random_votes;
mod reference;
mod registry;
mod requires;
mod savings;
mod signed;
mod start;
mod steps;
mod votes;

use muster_schema::causes::{Does, ExecuteMsg};

use crate::common::*;
use crate::tally::{Sent, names};
use compare::{compare, finish};
use counts::Counts;
use reference::{Reference, naive_committed};
use steps::Steering;

const ACTORS: usize = 14;
/// One unit of an action that counts coins.
const MIN: u128 = 997;
const STAKE: u128 = 1_009; // a prime, so that roundings show

/// A small generator with a printed seed (Marsaglia's xorshift64).
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len() as u64) as usize]
    }

    /// One of the actors.
    fn name(&mut self) -> String {
        format!("p{}", self.below(ACTORS as u64))
    }

    /// One of the attestors.
    fn judge(&mut self) -> String {
        format!("j{}", 1 + self.below(3))
    }
}

fn env(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|v| v.parse().ok())
        .unwrap_or(default)
}

/// What a history came to.
#[derive(Default)]
struct Came {
    taken: u64,
    counts: Counts,
    sent: Sent,
}

/// The names of all messages, and of all that can be signed.
fn all_names() -> impl Iterator<Item = String> {
    let signed = names::<Does>().into_iter();
    let signed = signed.map(|name| format!("signed {name}"));
    names::<ExecuteMsg>().into_iter().chain(signed)
}

impl Came {
    /// What didn't happen in them: no message may be new to them, neither taken nor refused.
    fn lacks(&self) -> Vec<String> {
        let unsent = all_names().flat_map(|name| {
            let [taken, refused] = self.sent.of(&name);
            let taken = (taken == 0).then(|| format!("{name} taken"));
            let refused = (refused == 0).then(|| format!("{name} refused"));
            taken.into_iter().chain(refused)
        });
        let never = HAPPENS.iter().filter(|what| self.counts.of(what) == 0);
        unsent.chain(never.map(|what| what.to_string())).collect()
    }
}

fn history(seed: u64, steps: u64) -> Came {
    println!("MUSTER_MODEL_SEED={seed} MUSTER_MODEL_STEPS={steps}");
    let (mut s, mut r) = (Suite::with_fee(137), Random(seed | 1));
    let mut model = Reference::new(STAKE, MIN, 137);
    let mut steering = Steering::default();
    let verdict = s.verdict();
    s.record(&verdict);
    model.verdict = Some(verdict);
    start::good_old_days(&mut s, &mut model);
    let (mut taken, mut causes) = (0, 1);
    for i in 0..steps {
        if i % 40 == 0 {
            start::start(&mut s, &mut r, &mut model, &mut causes);
        }
        taken += u64::from(steering.step(&mut s, &mut r, &mut model));
        if i % 16 == 0 {
            compare(&mut s, &mut model);
        }
        if i % 96 == 0 {
            registry::compare(&mut s, &model);
        }
        let second = s.now() - START + r.below(6);
        s.at(second);
    }
    finish(&mut s, &mut r, &mut model);
    s.record_end();
    Came {
        taken,
        counts: model.counts,
        sent: s.sent,
    }
}

/// Two at a time.
fn histories(seeds: impl Iterator<Item = u64> + Send, steps: u64) -> Vec<Came> {
    let seeds = std::sync::Mutex::new(seeds);
    let seeds = &seeds;
    let next = || seeds.lock().unwrap().next();
    let some = move || {
        std::iter::from_fn(next)
            .map(|seed| history(seed, steps))
            .collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(some);
        let mut all = some();
        match other.join() {
            Ok(more) => all.extend(more),
            Err(panicked) => std::panic::resume_unwind(panicked),
        }
        all
    })
}

/// What else happens at least once in the histories of every test run.
const HAPPENS: [&str; 34] = [
    "a ballot",
    "a challenged stake fell",
    "a challenged stake stood",
    "a confirm window ended an action",
    "a confirm window was come through",
    "a counterpart answered",
    "a deposit came back unbound",
    "a deposit drew the poorest class",
    "a document had its part",
    "a fund was spent from",
    "a fund was swept",
    "a keeper was paid",
    "a kept pledge counted for a standing",
    "a message bound several",
    "a proposal became an alternative",
    "a refund bonus was paid",
    "a refund bonus was paid beside coins",
    "a refund bonus was paid beside requirements",
    "a share was paid",
    "a stake came back unbound",
    "a stake was broken",
    "a stake was excused",
    "a stake was kept",
    "a verdict answered about an action as a whole",
    "a vote decided about a deposit",
    "activation released coins",
    "an action was open again after its confirm window",
    "an alternative was dropped",
    "an answer gave coins back",
    "an answer released coins",
    "fees went to the treasury",
    "forfeits went to an address",
    "what a refund bonus didn't need went back",
    "what was required cost a refund bonus",
];

#[test]
fn random_histories_match_the_reference() {
    let (seed, steps) = (env("MUSTER_MODEL_SEED", 0), env("MUSTER_MODEL_STEPS", 700));
    if seed != 0 {
        let came = history(seed, steps);
        println!(
            "{} messages were taken, {} of them bound several actions",
            came.taken,
            came.counts.of("a message bound several")
        );
        came.counts.print();
        return;
    }
    let mut all = Came::default();
    let mut sum = 0;
    // Eight, and a few more only if something didn't happen in them.
    for some in [1..=8, 9..=12, 13..=16] {
        sum += steps * some.clone().count() as u64;
        for came in histories(some.map(|i| 7_919 * i), steps) {
            all.taken += came.taken;
            all.counts.add(&came.counts);
            all.sent.add(&came.sent);
        }
        let lacks = all.lacks();
        if lacks.is_empty() {
            break;
        }
        println!("never so far: {lacks:?}");
    }
    println!("{} of {sum} steps were taken", all.taken);
    all.counts.print();
    for name in all_names() {
        let [taken, refused] = all.sent.of(&name);
        println!("{name}: {taken} taken, {refused} refused");
    }
    assert!(all.taken > sum / 4, "the histories are mostly refusals");
    let lacks = all.lacks();
    assert!(lacks.is_empty(), "never: {lacks:?}");
}

#[test]
fn the_reference_knows_the_table_of_the_design() {
    assert_eq!(naive_committed(1, &[1, 1, 3, 3, 3]), 5);
    assert_eq!(naive_committed(1, &[1, 2, 3, 4, 5]), 0);
    assert_eq!(naive_committed(1, &[0, 5, 5, 5, 5]), 1);
}
