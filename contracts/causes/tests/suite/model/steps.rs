//! The messages of the random histories: which comes next.

use super::reference::Reference;
use super::{
    Random, bonus, choices, config, deeds, deposit, funds, judged, pledges, registry, savings,
    signed,
};
use crate::common::Suite;

/// Sends one message, or a few; says whether one was taken.
type Step = fn(&mut Suite, &mut Random, &mut Reference) -> bool;

/// By name, with how often it is chosen beside the others.
const STEPS: [(&str, u64, Step); 33] = [
    ("pledge", 20, pledges::step),
    ("pledge coins", 6, pledges::coins_step),
    ("pledge a bundle", 4, pledges::bundle_step),
    ("withdraw", 5, pledges::withdraw),
    ("withdraw a bundle", 2, pledges::withdraw_bundle),
    ("activate", 6, pledges::activate),
    ("confirm", 8, pledges::confirm),
    ("check in", 7, deeds::check_in),
    ("already did", 2, deeds::already_did),
    ("attest", 8, deeds::attest),
    ("attest an outcome", 4, judged::word),
    ("challenge", 3, judged::challenge),
    ("answer", 4, judged::answer),
    ("ask", 3, judged::ask),
    ("vote", 6, deposit::step),
    ("claim a reward", 1, deposit::reward_step),
    ("settle", 2, deeds::settle),
    ("claim", 7, deeds::claim),
    ("claim forfeits", 1, deeds::claim_forfeits),
    ("claim fees", 1, config::claim_fees),
    ("release", 3, deeds::release),
    ("cancel", 1, config::cancel),
    ("configure", 1, config::step),
    ("sponsor a bonus", 3, bonus::sponsor),
    ("claim a bonus", 1, bonus::step),
    ("registry", 4, registry::step),
    ("fund", 4, funds::step),
    ("score", 2, choices::score),
    ("propose", 2, choices::propose),
    ("second", 2, choices::second),
    ("relay", 4, signed::step),
    ("void", 1, signed::void),
    ("state a saving", 2, savings::step),
];

const SCORE: usize = 27;

/// How often each step was taken in a history: every fifth goes to what was taken least.
pub(super) struct Steering([u64; STEPS.len()]);

impl Default for Steering {
    fn default() -> Self {
        Self([0; STEPS.len()])
    }
}

impl Steering {
    /// One step. Returns whether it was taken.
    pub(super) fn step(&mut self, s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
        model.refresh(s.now());
        let before = s.steps;
        loop {
            let which = match r.below(5) {
                0 => self.rare(r),
                1 if model.proposing(s.now(), 0).is_some() => SCORE + 1 + r.below(2) as usize,
                1 if model.deliberating(s.now(), 0).is_some() => SCORE,
                _ => weighted(r),
            };
            let taken = STEPS[which].2(s, r, model);
            self.0[which] += u64::from(taken);
            // Where there was nothing to do, something else.
            if taken || s.steps > before {
                return taken;
            }
        }
    }

    /// One of the four that were taken least.
    fn rare(&self, r: &mut Random) -> usize {
        let mut all: Vec<usize> = (0..STEPS.len()).collect();
        all.sort_by_key(|i| self.0[*i]);
        all[r.below(4) as usize]
    }
}

fn weighted(r: &mut Random) -> usize {
    let all = STEPS.iter().map(|(_, weight, _)| weight).sum();
    let mut at = r.below(all);
    let found = STEPS.iter().position(|(_, weight, _)| {
        let here = at < *weight;
        at = at.saturating_sub(*weight);
        here
    });
    found.expect("below the sum")
}
