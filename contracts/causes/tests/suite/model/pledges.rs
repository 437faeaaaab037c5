//! Pledges of people and of coins, and how they are taken back, in the random histories.

use cosmwasm_std::coins;
use muster_schema::causes::{Credential, ExecuteMsg};

use super::reference::Reference;
use super::{ACTORS, MIN, Random, STAKE, bundles};
use crate::common::*;
use crate::issuer::{Issuer, Word};

/// Small thresholds more often than large ones, or few would ever be bound.
pub(super) fn some_threshold(r: &mut Random) -> u32 {
    r.below(9).min(r.below(9)) as u32
}

/// Now and then several come together, or few would ever be bound.
fn some_at_once(r: &mut Random) -> u64 {
    if r.below(3) == 0 { 2 + r.below(5) } else { 1 }
}

/// Pledges where one may be, of people, of coins or to a bundle.
pub(super) fn step(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let (now, name) = (s.now(), r.name());
    let Some(action) = model.action_for(r, |a| a.is_open(now) && !a.has_pledge_of(&name)) else {
        return false;
    };
    let known = &model.actions[action as usize - 1];
    if known.bundled && r.below(4) > 0 {
        return bundles::pledge(s, r, model, action, &name);
    }
    if known.counts_coins() {
        return of_coins(s, r, model, action, &name);
    }
    let required = model.actions[action as usize - 1].requires.clone();
    let mut any = false;
    for i in 0..some_at_once(r) {
        let name = if i == 0 { name.clone() } else { r.name() };
        any |= pledge(s, r, model, &name, action);
        for action in &required {
            if r.below(2) == 0 {
                any |= pledge(s, r, model, &name, *action);
            }
        }
    }
    any
}

/// The same where coins are counted.
pub(super) fn coins_step(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let (now, name) = (s.now(), r.name());
    let fits = |a: &mut super::reference::Action| {
        a.counts_coins() && a.is_open(now) && !a.has_pledge_of(&name)
    };
    let Some(action) = model.action_for(r, fits) else {
        return false;
    };
    let mut any = of_coins(s, r, model, action, &name);
    for _ in 1..some_at_once(r) {
        let name = r.name();
        any |= of_coins(s, r, model, action, &name);
    }
    any
}

/// The same to a bundle.
pub(super) fn bundle_step(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let (now, name) = (s.now(), r.name());
    let fits =
        |a: &mut super::reference::Action| a.bundled && a.is_open(now) && !a.has_pledge_of(&name);
    let Some(action) = model.action_for(r, fits) else {
        return false;
    };
    bundles::pledge(s, r, model, action, &name)
}

pub(super) fn pledge(
    s: &mut Suite,
    r: &mut Random,
    model: &mut Reference,
    name: &str,
    action: u64,
) -> bool {
    let known = &model.actions[action as usize - 1];
    let denom = known.denom.clone();
    let staked = known.takes_stakes() && r.below(5) > 0;
    let brought = known.deposit() + if staked { STAKE } else { 0 };
    let needs_others = some_threshold(r);
    let referrer = (r.below(6) == 0).then(|| format!("p{}", r.below(ACTORS as u64)));
    let funds = match &denom {
        Some(denom) if brought > 0 => coins(brought, denom),
        _ => vec![],
    };
    let (credentials, shown) = shows(s, r, model, action, name);
    let msg = ExecuteMsg::Pledge {
        action,
        needs_others,
        credentials,
        referrer: referrer.as_ref().map(|by| s.who(by).to_string()),
    };
    let address = s.who(name).to_string();
    let refusal = model.refusal(action, name, &address, (needs_others, 1), shown);
    let said = s.send_with(name, &msg, &funds).err();
    let taken = said.is_none();
    check_gate(refusal, said.as_deref());
    if taken {
        assert!(
            !model.actions[action as usize - 1].bundled,
            "one of a bundle"
        );
        model.pledge(s.now(), action, name, needs_others, staked);
        model.refer(action, name, referrer);
    }
    taken
}

fn of_coins(s: &mut Suite, r: &mut Random, model: &mut Reference, action: u64, name: &str) -> bool {
    let known = &model.actions[action as usize - 1];
    let (denom, goal) = (known.denom.clone(), known.goal());
    let (units, more) = (1 + r.below(4), some_threshold(r));
    let total_at_least = if more == 0 { 0 } else { goal + more - 1 };
    let (credentials, shown) = shows(s, r, model, action, name);
    let msg = ExecuteMsg::PledgeCoins {
        action,
        total_at_least,
        credentials,
    };
    let address = s.who(name).to_string();
    let asked = (total_at_least.max(1) - 1, units as u32);
    let refusal = model.refusal(action, name, &address, asked, shown);
    let funds = coins(
        MIN * u128::from(units),
        denom.unwrap_or_else(|| DENOM.into()),
    );
    let result = s.send_with(name, &msg, &funds);
    check_gate(refusal, result.as_ref().err().map(String::as_str));
    let taken = result.is_ok();
    if taken {
        model.pledge_coins(s.now(), action, name, total_at_least, units as u32);
    }
    taken
}

/// What somebody shows of an issuer's word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    Nothing,
    True,
    /// What was said of somebody else.
    Forged,
}

/// Everybody has two names.
pub(super) fn person(name: &str) -> u8 {
    let number: u8 = name[1..].parse().expect("an actor");
    number / 2
}

pub(super) fn issuer() -> Issuer {
    Issuer::secp256k1(7)
}

/// The credentials for an action whose gate asks for one: mostly true.
fn shows(
    s: &mut Suite,
    r: &mut Random,
    model: &Reference,
    action: u64,
    name: &str,
) -> (Vec<Credential>, Shown) {
    let asks = model.actions[action as usize - 1].is_for_attested();
    if asks == (r.below(8) == 0) {
        return (vec![], Shown::Nothing);
    }
    if !asks && r.below(8) > 0 {
        return (vec![], Shown::Nothing);
    }
    let other = if r.below(8) == 0 {
        r.name()
    } else {
        name.into()
    };
    let word = Word::of(s, &other, person(&other), action);
    let shown = if other == name {
        Shown::True
    } else {
        Shown::Forged
    };
    (vec![issuer().sign(&word)], shown)
}

/// What the gate and the cap let in is what the reference lets in.
fn check_gate(expected: Option<&str>, said: Option<&str>) {
    let codes = [
        "not_admitted",
        "full",
        "beyond_max",
        "bad_credential",
        "same_person",
    ];
    let found = said.and_then(|said| {
        let is = |code: &&&str| said.contains(&format!("{code}: "));
        codes.iter().find(is).copied()
    });
    match (expected, said) {
        (Some(code), None) => panic!("let in where the reference says {code}"),
        // Other refusals come first: of the phase, the coins, a second pledge.
        (Some(code), Some(said)) => assert!(found.is_none_or(|f| f == code), "{code}: {said}"),
        (None, _) => assert_eq!(found, None, "{said:?}"),
    }
}

pub(super) fn withdraw(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let now = s.now();
    let Some((action, name)) = model.pledge_for(r, |a, p| !a.bundled && a.is_open(now) && !p.gone)
    else {
        return false;
    };
    let taken = s.withdraw(&name, action).is_ok();
    if taken {
        bundles::check_alone(s, model, action, &name);
        model.leave(s.now(), action, &name);
    }
    taken
}

pub(super) fn withdraw_bundle(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let now = s.now();
    let Some((action, name)) = model.pledge_for(r, |a, p| a.bundled && a.is_open(now) && !p.gone)
    else {
        return false;
    };
    if r.below(4) == 0 {
        let taken = s.withdraw(&name, action).is_ok();
        if taken {
            bundles::check_alone(s, model, action, &name);
            model.leave(s.now(), action, &name);
        }
        return taken;
    }
    bundles::withdraw(s, model, action, &name)
}

pub(super) fn activate(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let now = s.now();
    let Some(action) = model.action_for(r, |a| a.may_bind(now)) else {
        return false;
    };
    let taken = s.activate(&r.name(), action).is_ok();
    if taken {
        model.activate(s.now(), action);
    }
    taken
}

pub(super) fn confirm(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let now = s.now();
    let mut any = false;
    for _ in 0..some_at_once(r) {
        let Some((action, name)) = model.pledge_for(r, |a, p| a.may_confirm(now, p)) else {
            return any;
        };
        let taken = s.confirm(&name, action).is_ok();
        if taken {
            model.confirm(now, action, &name);
        }
        any |= taken;
    }
    any
}
