//! The gate and the cap of a new action.

use std::collections::BTreeSet;

use cosmwasm_std::{Addr, Storage};
use muster_door::{DepsMut, Env};
use muster_schema::causes::{
    Attested, Error, Gate as NewGate, IssuedClaim, IssuerKey, NewAction, Schedule, WindowFloors,
    limits,
};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Gate, Roles};

use crate::address;
use crate::validate::{line, range};
use crate::{people, store};

/// What an action's gate and cap come to, checked.
#[derive(Default)]
pub(super) struct Resolved {
    record: Option<Gate>,
    list: Vec<Vec<u8>>,
}

impl Resolved {
    /// Whether the hot path has something to read.
    pub(super) fn is_there(&self) -> bool {
        self.record.is_some()
    }

    /// Whether its list names one person alone.
    pub(super) fn is_one_persons(&self) -> bool {
        self.list.len() == 1
    }
}

/// Checks an action's gate and cap.
pub(super) fn resolve(
    deps: &DepsMut,
    env: &Env,
    action: &NewAction,
    roles: &Roles,
    floors: &WindowFloors,
) -> Result<Resolved, Error> {
    if let Some(max) = action.max {
        check_max(action, max, floors)?;
    }
    let mut record = Gate {
        max: action.max,
        ..Gate::default()
    };
    let mut list = Vec::new();
    match &action.gate {
        None if action.max.is_none() => return Ok(Resolved::default()),
        None => {}
        Some(gate) => {
            check_parts(gate)?;
            list = listed(deps, action, &gate.list, roles)?;
            record.list = u8::try_from(list.len()).unwrap_or(u8::MAX); // at most MAX_LIST
            record.least_kept = gate.least_kept.unwrap_or(0);
            record.only = gate.only;
            record.communities.clone_from(&gate.communities);
            if let Some(attested) = &gate.attested {
                record.claims = claims(attested)?;
                record.scope.clone_from(&attested.scope);
            }
            if let Some(text) = &gate.people {
                record.people = Some(people_contract(deps, env, text)?.into());
            }
        }
    }
    let record = Some(record);
    Ok(Resolved { record, list })
}

/// A cap can't be filled with wallets that cost nothing, nor be left in the last second.
fn check_max(action: &NewAction, max: u32, floors: &WindowFloors) -> Result<(), Error> {
    range(
        "max",
        max.into(),
        action.goal.into(),
        limits::MAX_GOAL.into(),
    )?;
    if action.gate.is_none() && action.stake.is_none() && action.coins().is_none() {
        return Err(Error::Contradiction {
            found: "a max without a gate and without a stake",
            allowed: "a max only where wallets alone don't fill it",
        });
    }
    if action.gate.is_none() && action.confirm_window.is_some() {
        // Whoever stays silent has the stake back: squatters would leave after the close for nothing.
        return Err(Error::Contradiction {
            found: "a max with a confirm window and without a gate",
            allowed: "a gate, or no confirm window",
        });
    }
    let nobody_leaves = matches!(action.schedule, Schedule::Rolling { .. })
        && action.requires.is_empty()
        && action.counterpart.is_none();
    if nobody_leaves {
        return Ok(());
    }
    if action.schedule.pledge_until().is_none() {
        return Err(Error::Contradiction {
            found: "a max without a close",
            allowed: "a max with pledge_until and a lock before it",
        });
    }
    range(
        "lock under a max",
        action.lock.into(),
        floors.lock.into(),
        limits::MAX_WINDOW.into(),
    )
}

/// A gate asks for something, and for nothing twice or without end.
fn check_parts(gate: &NewGate) -> Result<(), Error> {
    let asks_people = gate.only.is_some() || !gate.communities.is_empty();
    let asks = asks_people
        || gate.attested.is_some()
        || !gate.list.is_empty()
        || gate.least_kept.is_some();
    if !asks {
        return Err(Error::Contradiction {
            found: "a gate that asks for nothing",
            allowed: "at least one condition",
        });
    }
    if asks_people && gate.people.is_none() {
        return Err(Error::Contradiction {
            found: "communities or a registration without a people contract",
            allowed: "both or neither",
        });
    }
    if !asks_people && gate.attested.is_none() && gate.people.is_some() {
        return Err(Error::Contradiction {
            found: "a people contract that nothing asks",
            allowed: "one with communities, a registration or attestations",
        });
    }
    let most = limits::MAX_COMMUNITIES as i128;
    range("communities", gate.communities.len() as i128, 0, most)?;
    let mut seen = BTreeSet::new();
    if let Some(twice) = gate.communities.iter().find(|c| !seen.insert(**c)) {
        return Err(duplicate("communities", twice.to_string()));
    }
    if let Some(least) = gate.least_kept {
        range("least_kept", least.into(), 1, limits::MAX_LEAST_KEPT.into())?;
    }
    let most = limits::MAX_LIST as i128;
    range("list", gate.list.len() as i128, 0, most)
}

/// The addresses of a list, each once, none of which has a role that excludes pledging, and enough
/// of them for the goal.
fn listed(
    deps: &DepsMut,
    action: &NewAction,
    texts: &[String],
    roles: &Roles,
) -> Result<Vec<Vec<u8>>, Error> {
    let mut list = Vec::with_capacity(texts.len());
    let mut seen = BTreeSet::new();
    for text in texts {
        let person = address::typed(deps.api, "list", text)?;
        let has_role = roles.attestors.contains(&person.canonical)
            || roles.forfeits_to.as_ref() == Some(&person.canonical);
        if has_role {
            return Err(Error::RoleConflict {
                person: person.address.into(),
                found: "attestor or address in forfeits_to",
                wanted: "one of the list",
            });
        }
        if !seen.insert(person.canonical.clone()) {
            return Err(duplicate("list", person.address.into()));
        }
        list.push(person.canonical);
    }
    // A few people can give many coins.
    if !list.is_empty() && action.coins().is_none() {
        let most = list.len() as i128;
        range("goal for the list", action.goal.into(), 1, most)?;
    }
    Ok(list)
}

fn duplicate(field: &'static str, found: String) -> Error {
    Error::Duplicate { field, found }
}

/// The claims in the order in which credentials come.
fn claims(attested: &Attested) -> Result<Vec<IssuedClaim>, Error> {
    let most = limits::MAX_ALSO as i128;
    range("attested.also", attested.also.len() as i128, 0, most)?;
    let mut all: Vec<IssuedClaim> = Vec::with_capacity(4);
    for claim in core::iter::once(&attested.one_person).chain(&attested.also) {
        line("claim", &claim.claim, 1, limits::MAX_CLAIM)?;
        let (key, length) = match &claim.issuer {
            IssuerKey::Secp256k1(key) => (key, 33),
            IssuerKey::Ed25519(key) => (key, 32),
        };
        range("issuer", key.len() as i128, length, length)?;
        let compressed =
            !matches!(&claim.issuer, IssuerKey::Secp256k1(_)) || matches!(key.first(), Some(2 | 3));
        if !compressed {
            return Err(Error::Contradiction {
                found: "a secp256k1 key that isn't compressed",
                allowed: "one that begins with 02 or 03",
            });
        }
        if all.contains(claim) {
            return Err(duplicate("claims", claim.claim.clone()));
        }
        all.push(claim.clone());
    }
    if let Some(scope) = &attested.scope {
        line("scope", scope, 1, limits::MAX_SCOPE)?;
        if scope.starts_with("action:") {
            return Err(Error::Contradiction {
                found: "a scope that names an action",
                allowed: "none for this action alone, or a name of its own",
            });
        }
    }
    Ok(all)
}

/// A contract that answers: a mistyped one would let nobody in, ever.
fn people_contract(deps: &DepsMut, env: &Env, text: &str) -> Result<Addr, Error> {
    let person = address::typed(deps.api, "people", text)?;
    if person.canonical == address::sender(deps.api, &env.contract)?.canonical {
        return Err(Error::RoleConflict {
            person: person.address.into(),
            found: "contract itself",
            wanted: "people contract",
        });
    }
    people::require(deps.as_ref(), person.address.as_str())?;
    Ok(person.address)
}

/// Stores what the hot path reads.
pub(super) fn store(storage: &mut dyn Storage, number: u64, resolved: &Resolved) {
    let Some(record) = &resolved.record else {
        return;
    };
    store::save(storage, &key::number(tag::GATE, number), record);
    for person in &resolved.list {
        storage.set(&key::number_and(tag::LISTED, number, person), &[1]);
    }
}
