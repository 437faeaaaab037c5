//! Pledges, withdrawals and check-ins that a sponsor sends in batches, and the attempts to send them
//! twice. The reference keeps, for each person, what a naive reading of the rules keeps: every
//! sequence that counted, and for which pledge.

use std::collections::HashMap;

use muster_schema::causes::event::CausesEvent;
use muster_schema::causes::{Does, ExecuteMsg, Signed, Vote};

use super::pledges::some_threshold;
use super::reference::Action;
use super::{Random, Reference};
use crate::common::*;
use crate::tally::name_of;

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
        let (name, item) = some_item(s, r, model);
        model.sequences.signed.push((name.clone(), item.clone()));
        batch.push((name, item));
    }
    if r.below(16) == 0 {
        assert!(s.relay(vec![]).is_err(), "a batch of nothing");
        return false;
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
        let landed = !refused.contains_key(&i);
        s.sent
            .note(format!("signed {}", name_of(&item.does)), landed);
        let about = about(model, &item.does);
        let fresh = model.sequences.is_fresh(name, item, &about) && item.expires > now;
        let stale = matches!(
            refused.get(&i).map(String::as_str),
            Some("stale_sequence" | "expired")
        );
        assert_eq!(!fresh, stale, "{name}: {item:?} was {:?}", refused.get(&i));
        if landed {
            land(now, model, s, name, item);
        }
    }
    refused.len() < batch.len()
}

fn some_item(s: &mut Suite, r: &mut Random, model: &mut Reference) -> (String, Signed) {
    let now = s.now();
    let confirming = !model.confirming(now).is_empty();
    let bundles = |a: &Action| a.bundled && !a.takes_stakes() && a.is_open(now);
    let any_bundle = model.actions.iter().any(bundles);
    let which = match r.below(if confirming { 14 } else { 10 }) {
        1 | 2 | 8 if any_bundle => 4 * r.below(2),
        1..=3 if model.deliberating(now, 0).is_some() && r.below(2) == 0 => 7,
        which => which,
    };
    let aimed = match which {
        0 => model.action_for(r, |a| bundles(a)).map(|a| (a, r.name())),
        4 => model.pledge_for(r, |a, p| bundles(a) && !p.gone),
        5 => model.pledge_for(r, |a, p| a.is_open(now) && !p.gone),
        6 => model.pledge_for(r, |a, p| a.checks_in(now, p)),
        7 => None,
        10.. => model.pledge_for(r, |a, p| a.may_confirm(now, p)),
        _ => model
            .action_for(r, |a| a.is_open(now))
            .map(|a| (a, r.name())),
    };
    let (action, mut name) = aimed.unwrap_or((model.actions.len() as u64, r.name()));
    let known = &model.actions[action as usize - 1];
    let (cause, bundled) = (known.cause, known.bundled);
    let does = match which {
        0..=3 if bundled => Does::PledgeBundle {
            cause,
            needs_others: (model.beside(action).iter())
                .map(|_| r.below(6) as u32)
                .collect(),
        },
        4 if bundled => Does::WithdrawBundle { cause },
        0..=3 => Does::Pledge {
            action,
            needs_others: some_threshold(r),
            referrer: (r.below(6) == 0).then(|| {
                let by = r.name();
                s.who(&by).to_string()
            }),
            credentials: vec![],
        },
        4 | 5 => Does::Withdraw { action },
        6 => Does::CheckIn {
            action,
            evidence: None,
        },
        7 => match model.deliberating(now, r.below(8)) {
            Some(open) => {
                let scores = open.alternatives.iter().map(|_| r.below(6) as u8);
                let (cause, scores) = (open.cause, scores.collect());
                let members = model.members(cause);
                if !members.is_empty() {
                    name = r.one_of(&members).clone();
                }
                Does::Score { cause, scores }
            }
            None => Does::Void {},
        },
        8 => Does::AlreadyDid { action },
        9 => {
            let (cause, person) = model.some_words(r).unwrap_or((cause, r.name()));
            Does::Rate {
                cause,
                person: s.who(&person).to_string(),
                vote: [Vote::Up, Vote::Down, Vote::None][r.below(3) as usize],
            }
        }
        _ => Does::Confirm { action },
    };
    // Rising with time, and now and then too low.
    let sequence = (s.now() - START) * 4 + r.below(8);
    let mut draft = s.draft(sequence, does);
    draft.expires = s.now() + 1 + r.below(200);
    let signer = s.who(&name);
    let item = draft.sign(&signer, &crate::signing::key(&name));
    (name, item)
}

/// What landed, in the reference.
fn land(now: u64, model: &mut Reference, s: &Suite, name: &str, item: &Signed) {
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
            referrer,
            ..
        } => {
            model.pledge(now, action, name, needs_others, false);
            let referrer = referrer.map(|address| s.name_of(&address));
            model.refer(action, name, referrer);
            let at = (name.to_owned(), action);
            model.sequences.standing.insert(at, item.sequence);
            return;
        }
        Does::Withdraw { action } => model.leave(now, action, name),
        Does::CheckIn { action, .. } => model.check_in(action, name),
        Does::Confirm { action } => model.confirm(now, action, name),
        Does::Score { cause, ref scores } => model.score(now, cause, name, scores.clone()),
        Does::AlreadyDid { action } => {
            assert!(model.may_have_done(now, action, name));
            model.already_did(action, name);
        }
        Does::Rate {
            cause,
            ref person,
            vote,
        } => {
            let other = s.name_of(person);
            assert!(model.may_rate(cause, name, &other, vote));
            model.rate(cause, name, &other, vote);
        }
        Does::Void {} => {}
    }
    model.sequences.bar(name, item.sequence);
}

/// The person's own `void`.
pub(crate) fn void(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let name = &r.name();
    let too_high = r.below(8) == 0;
    let sequence = if too_high {
        1 << 48
    } else {
        (s.now() - START) * 4 + r.below(8)
    };
    let taken = s.send(name, ExecuteMsg::Void { sequence }).is_ok();
    assert_eq!(taken, !too_high, "{name} voids up to {sequence}");
    if taken {
        model.sequences.bar(name, sequence);
    }
    taken
}
