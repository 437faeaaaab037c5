//! What the random histories came to, counted by name. Only the sums over all of them are asserted,
//! and the generator steers towards what is rare, so that another branch of it doesn't end one.

use std::collections::BTreeMap;

/// How often what happened.
#[derive(Clone, Default)]
pub(crate) struct Counts(BTreeMap<&'static str, u64>);

impl Counts {
    pub(crate) fn one(&mut self, what: &'static str) {
        self.many(what, 1);
    }

    pub(crate) fn one_if(&mut self, what: &'static str, happened: bool) {
        self.many(what, u64::from(happened));
    }

    pub(crate) fn many(&mut self, what: &'static str, count: u64) {
        *self.0.entry(what).or_default() += count;
    }

    pub(crate) fn of(&self, what: &str) -> u64 {
        self.0.get(what).copied().unwrap_or(0)
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (what, count) in &other.0 {
            self.many(what, *count);
        }
    }

    pub(crate) fn print(&self) {
        for (what, count) in &self.0 {
            println!("{count:>7} {what}");
        }
    }
}
