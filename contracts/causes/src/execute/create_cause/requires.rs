//! What the actions of a new cause require: from places in a list and numbers to numbers, checked.

use cosmwasm_std::Storage;
use muster_door::{DepsMut, Env};
use muster_schema::causes::{Error, NewAction, Requirement, Schedule, event, limits, together};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Numbers, Requires};

use super::super::counterpart;
use super::gate;
use crate::action::Action;
use crate::address::{self, Person};
use crate::{requirements, store, validate};

/// What one action of the new cause requires.
pub(super) struct Resolved {
    pub kind: Requires,
    numbers: Vec<u64>,
    counterpart: Option<Person>,
}

/// Checks all requirements. `first` is the number of the first action.
pub(super) fn resolve(
    deps: &DepsMut,
    env: &Env,
    creator: &Person,
    actions: &[NewAction],
    gates: &[gate::Resolved],
    first: u64,
) -> Result<Vec<Resolved>, Error> {
    let now = env.now;
    let mut resolved = Vec::with_capacity(actions.len());
    for (place, (action, gate)) in actions.iter().zip(gates).enumerate() {
        let most = limits::MAX_REQUIRES as i128;
        validate::range("requires", action.requires.len() as i128, 0, most)?;
        let mut numbers: Vec<u64> = Vec::with_capacity(action.requires.len());
        for requirement in &action.requires {
            let number = match requirement {
                Requirement::Own(i) => own_number(actions, place, *i, first)?,
                Requirement::Action(id) => {
                    existing(deps.storage, *id, (action, gate), creator, now)?;
                    *id
                }
            };
            if numbers.contains(&number) {
                return Err(Error::Duplicate {
                    field: "requires",
                    found: number.to_string(),
                });
            }
            numbers.push(number);
        }
        let kind = together::requires(actions, place);
        if kind == Requires::InCause {
            windows_follow(actions, action)?;
        }
        let counterpart = action
            .counterpart
            .as_ref()
            .map(|text| counterpart_of(deps, text, creator))
            .transpose()?;
        resolved.push(Resolved {
            kind,
            numbers,
            counterpart,
        });
    }
    Ok(resolved)
}

fn bad(found: String, allowed: &'static str) -> Error {
    Error::BadRequirement { found, allowed }
}

fn own_number(actions: &[NewAction], place: usize, i: u8, first: u64) -> Result<u64, Error> {
    let required = actions
        .get(usize::from(i))
        .filter(|_| usize::from(i) != place)
        .ok_or_else(|| bad(format!("own {i} of own {place}"), "another one of the list"))?;
    if required.counterpart.is_some() {
        return Err(bad(
            format!("own {i}, which waits for a counterpart"),
            "one that doesn't",
        ));
    }
    let action = actions.get(place);
    let window = action.and_then(|a| a.confirm_window);
    same_window(window, required.confirm_window, &format!("own {i}"))?;
    closes_in_time(
        action.map(|a| a.schedule),
        required.schedule.pledge_until(),
        &format!("own {i}"),
    )?;
    first.checked_add(u64::from(i)).ok_or(Error::Overflow {
        what: "action numbers",
    })
}

/// What an action with a close requires closes no later than it does: otherwise the one would have
/// to wait for what the other can't know yet.
fn closes_in_time(
    action: Option<Schedule>,
    required: Option<u64>,
    name: &str,
) -> Result<(), Error> {
    let Some(close) = action.and_then(|s| s.pledge_until()) else {
        return Ok(());
    };
    match required {
        Some(other) if other <= close => Ok(()),
        Some(other) => Err(bad(
            format!("{name}, which closes at {other}"),
            "one that closes no later than what requires it",
        )),
        None => Err(bad(
            format!("{name}, which never closes"),
            "one that closes no later than what requires it, or is active",
        )),
    }
}

/// What confirms as one ends as one.
fn same_window(own: Option<u64>, required: Option<u64>, name: &str) -> Result<(), Error> {
    if own == required {
        return Ok(());
    }
    let shown = required.map_or("none".to_owned(), |window| window.to_string());
    Err(bad(
        format!("{name}, whose confirm window is {shown}"),
        "one with the same confirm window, or an active one",
    ))
}

/// What time alone binds confirms at its close: by then what it requires has ended its own confirm
/// window, or begins it in the same second.
fn windows_follow(actions: &[NewAction], action: &NewAction) -> Result<(), Error> {
    let close = action.schedule.pledge_until();
    for requirement in &action.requires {
        let Requirement::Own(i) = requirement else {
            continue;
        };
        let required = actions.get(usize::from(*i));
        let theirs = required.and_then(|r| r.schedule.pledge_until());
        let window = action.confirm_window.unwrap_or(0);
        let ended = theirs.map(|theirs| theirs.saturating_add(window));
        if theirs != close && ended > close {
            return Err(bad(
                format!("own {i}, which is still confirming when this one closes"),
                "one that closes with it, or whose confirm window has ended then",
            ));
        }
    }
    Ok(())
}

fn existing(
    storage: &dyn Storage,
    id: u64,
    (action, gate): (&NewAction, &gate::Resolved),
    creator: &Person,
    now: u64,
) -> Result<(), Error> {
    let found = Action::load(storage, id, now)?;
    if found.phase.is_void() {
        let phase = found.phase.as_str();
        return Err(bad(
            format!("{id}, which is {phase}"),
            "one that can still bind",
        ));
    }
    if found.is_active_whatever_happens() {
        return Ok(());
    }
    let theirs = Some(found.terms.timeline.confirm).filter(|window| *window > 0);
    same_window(action.confirm_window, theirs, &id.to_string())?;
    let required = found.terms.timeline.pledge_until();
    closes_in_time(Some(action.schedule), required, &id.to_string())?;
    if !found.waits_for_counterpart(storage) {
        return Ok(());
    }
    if !counterpart::waits_for(storage, id, creator) {
        return Err(bad(
            format!("{id}, which waits for somebody else"),
            "one that waits for you, or for nobody",
        ));
    }
    // A deal of two single persons is a contract between them, and needs no crowd to be safe.
    if gate.is_one_persons() && crate::gate::is_one_persons(storage, &found)? {
        return Err(bad(
            format!("{id}, which one listed person alone may pledge, like yours"),
            "one side of a deal at most that is a single person's",
        ));
    }
    // It will require this one, so the same holds the other way round.
    let theirs = found.terms.timeline.schedule.into();
    closes_in_time(Some(theirs), action.schedule.pledge_until(), "yours")
}

fn counterpart_of(deps: &DepsMut, text: &str, creator: &Person) -> Result<Person, Error> {
    let person = address::typed(deps.api, "counterpart", text)?;
    if person.canonical == creator.canonical {
        return Err(Error::RoleConflict {
            person: person.address.into(),
            found: "creator",
            wanted: "counterpart",
        });
    }
    Ok(person)
}

/// Stores what an action requires, and answers those that waited for it.
pub(super) fn store(
    storage: &mut dyn Storage,
    number: u64,
    resolved: &Resolved,
    creator: &Person,
) -> Result<Vec<event::CounterpartMet>, Error> {
    if let Some(person) = &resolved.counterpart {
        counterpart::wait_for(storage, number, person);
    }
    if !resolved.numbers.is_empty() {
        let list = Numbers(resolved.numbers.clone());
        store::save(storage, &key::number(tag::REQUIRES, number), &list);
    }
    let mut met = Vec::new();
    for required in &resolved.numbers {
        if counterpart::waits_for(storage, *required, creator) {
            met.push(counterpart::meet(storage, *required, number)?);
        }
    }
    Ok(met)
}

/// Refuses requirements that would bind too many in one message.
pub(super) fn bound(storage: &dyn Storage, number: u64, now: u64) -> Result<(), Error> {
    requirements::closure(storage, number, now).map(|_| ())
}
