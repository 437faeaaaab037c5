//! Pledges, withdrawals and check-ins that a sponsor sends in batches, and the attempts to send them
//! twice. The reference keeps, for each person, what a naive reading of the rules keeps: every
//! sequence that counted, and for which pledge.

use std::collections::HashMap;

use muster_schema::causes::event::CausesEvent;
use muster_schema::causes::{Does, ExecuteMsg, Signed};

use super::{ACTORS, Random, Reference};
use crate::common::*;

/// What each person's signatures have come to.
#[derive(Default)]
pub(crate) struct Sequences {
    /// The highest that bars all below it.
    barred: HashMap<String, u64>,
    /// Of pledges that stand.
    standing: HashMap<(String, u64), u64>,
    /// Everything that was ever signed, to be sent again.
    signed: Vec<(String, Signed)>,
}

impl Sequences {
    fn bar(&mut self, name: &str, sequence: u64) {
        let barred = self.barred.entry(name.to_owned()).or_insert(sequence);
        *barred = sequence.max(*barred);
    }

    /// A pledge was withdrawn, by whatever way.
    pub(crate) fn withdrawn(&mut self, name: &str, action: u64) {
        if let Some(sequence) = self.standing.remove(&(name.to_owned(), action)) {
            self.bar(name, sequence);
        }
    }

    /// Whether the sequence is still good.
    fn is_fresh(&self, name: &str, item: &Signed, about: &[u64]) -> bool {
        let barred = self.barred.get(name).is_some_and(|b| *b >= item.sequence);
        let standing = |action: &u64| self.standing.get(&(name.to_owned(), *action));
        !barred
            && about
                .iter()
                .filter_map(standing)
                .all(|s| *s < item.sequence)
    }
}

/// The actions whose pledges something signed is about.
fn about(model: &Reference, does: &Does) -> Vec<u64> {
    match does {
        Does::Withdraw { action } | Does::Confirm { action } | Does::CheckIn { action, .. } => {
            vec![*action]
        }
        Does::WithdrawBundle { cause } => model.actions_of(*cause),
        _ => vec![],
    }
}

/// A batch of up to six: new ones and ones that were sent before. Returns whether one landed.
pub(crate) fn step(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let mut batch: Vec<(String, Signed)> = Vec::new();
    for _ in 0..1 + r.below(6) {
        let old = &model.sequences.signed;
        if !old.is_empty() && r.below(3) == 0 {
            let recent = old.len() as u64 - 1 - r.below((old.len() as u64).min(30));
            batch.push(old[recent as usize].clone());
            continue;
        }
        let name = format!("p{}", r.below(ACTORS as u64));
        let item = some_item(s, r, model, &name);
        model.sequences.signed.push((name.clone(), item.clone()));
        batch.push((name, item));
    }
    let items = batch.iter().map(|(_, item)| item.clone()).collect();
    let response = s.relay(items).unwrap();
    let mut refused = HashMap::new();
    for event in events(&response) {
        if let CausesEvent::RelayRefused(e) = event {
            refused.insert(e.index as usize, e.code);
        }
    }
    let now = s.now();
    for (i, (name, item)) in batch.iter().enumerate() {
        let about = about(model, &item.does);
        let fresh = model.sequences.is_fresh(name, item, &about) && item.expires > now;
        let stale = matches!(
            refused.get(&i).map(String::as_str),
            Some("stale_sequence" | "expired")
        );
        assert_eq!(!fresh, stale, "{name}: {item:?} was {:?}", refused.get(&i));
        if !refused.contains_key(&i) {
            land(now, model, name, item);
        }
    }
    refused.len() < batch.len()
}

fn some_item(s: &mut Suite, r: &mut Random, model: &mut Reference, name: &str) -> Signed {
    let likely = model.open(s.now(), false);
    let all = model.actions.len() as u64;
    let action = match r.below(3) {
        1.. if !likely.is_empty() => likely[r.below(likely.len() as u64) as usize],
        _ => all - r.below(all.min(6)),
    };
    let confirming = model.confirming(s.now());
    let known = &model.actions[action as usize - 1];
    let (cause, bundled) = (known.cause, known.bundled);
    let does = match r.below(if confirming.is_empty() { 8 } else { 12 }) {
        0..=3 if bundled => Does::PledgeBundle {
            cause,
            needs_others: (model.beside(action).iter())
                .map(|_| r.below(6) as u32)
                .collect(),
        },
        4 if bundled => Does::WithdrawBundle { cause },
        0..=3 => Does::Pledge {
            action,
            needs_others: r.below(9) as u32,
            referrer: None,
            credentials: vec![],
        },
        4 | 5 => Does::Withdraw { action },
        6 => Does::CheckIn {
            action,
            evidence: None,
        },
        7 => match model.deliberating(s.now(), r.below(8)) {
            Some(open) => Does::Score {
                cause: open.cause,
                scores: open.alternatives.iter().map(|_| r.below(6) as u8).collect(),
            },
            None => Does::Void {},
        },
        _ => Does::Confirm {
            action: confirming[r.below(confirming.len() as u64) as usize],
        },
    };
    // Rising with time, and now and then too low.
    let sequence = (s.now() - START) * 4 + r.below(8);
    let mut draft = s.draft(sequence, does);
    draft.expires = s.now() + 1 + r.below(200);
    let signer = s.who(name);
    draft.sign(&signer, &crate::signing::key(name))
}

/// What landed, in the reference.
fn land(now: u64, model: &mut Reference, name: &str, item: &Signed) {
    match item.does.clone() {
        Does::PledgeBundle {
            cause,
            needs_others,
        } => {
            for (action, needs) in model.actions_of(cause).into_iter().zip(needs_others) {
                model.pledge(now, action, name, needs, false);
                let at = (name.to_owned(), action);
                model.sequences.standing.insert(at, item.sequence);
            }
            return;
        }
        Does::WithdrawBundle { cause } => {
            for action in model.actions_of(cause) {
                if model.has(action, name) {
                    assert!(!model.is_bound(now, action, name), "{name} left {action}");
                    model.leave(now, action, name);
                }
            }
        }
        Does::Pledge {
            action,
            needs_others,
            ..
        } => {
            model.pledge(now, action, name, needs_others, false);
            let at = (name.to_owned(), action);
            model.sequences.standing.insert(at, item.sequence);
            return;
        }
        Does::Withdraw { action } => model.leave(now, action, name),
        Does::CheckIn { action, .. } => model.check_in(action, name),
        Does::Confirm { action } => model.confirm(now, action, name),
        Does::Score { cause, ref scores } => model.score(now, cause, name, scores.clone()),
        Does::AlreadyDid { .. } | Does::Rate { .. } | Does::Void {} => {}
    }
    model.sequences.bar(name, item.sequence);
}

/// The person's own `void`.
pub(crate) fn void(s: &mut Suite, r: &mut Random, model: &mut Reference, name: &str) -> bool {
    let sequence = (s.now() - START) * 4 + r.below(8);
    s.send(name, ExecuteMsg::Void { sequence }).unwrap();
    model.sequences.bar(name, sequence);
    true
}
