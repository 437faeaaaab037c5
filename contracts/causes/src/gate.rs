//! Who may pledge. Read only where an action's terms say that it has a gate or a cap, and by
//! nothing that pays anybody out.

use cosmwasm_std::Storage;
use muster_schema::causes::Error;
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Admission, Gate, Standing};

use crate::action::Action;
use crate::address::Person;
use crate::store;

/// The gate and the cap of an action that has one of them.
pub(crate) fn of(storage: &dyn Storage, action: &Action) -> Result<Option<Gate>, Error> {
    if !action.terms.gated {
        return Ok(None);
    }
    store::require(storage, &key::number(tag::GATE, action.id)).map(Some)
}

/// Whether its list names one person alone.
pub(crate) fn is_one_persons(storage: &dyn Storage, action: &Action) -> Result<bool, Error> {
    Ok(of(storage, action)?.is_some_and(|gate| gate.list == 1))
}

/// Refuses a pledge beyond the cap, and one that could never bind below it. `weight`: 1, or the
/// units of a pledge of coins.
pub(crate) fn below_max(
    gate: &Gate,
    action: &Action,
    threshold: u32,
    weight: u32,
) -> Result<(), Error> {
    let Some(allowed) = gate.max else {
        return Ok(());
    };
    if threshold > allowed {
        return Err(Error::BeyondMax {
            action: action.id,
            found: threshold,
            allowed,
        });
    }
    let found = action.tally.pledged;
    if found.saturating_add(weight) > allowed {
        return Err(Error::Full {
            action: action.id,
            found,
            allowed,
        });
    }
    Ok(())
}

/// What of the gate this contract's own records decide: the list and the standing.
pub(crate) fn own_records(
    storage: &dyn Storage,
    gate: &Gate,
    action: u64,
    person: &Person,
) -> Result<(), Error> {
    let listed = key::number_and(tag::LISTED, action, &person.canonical);
    if gate.list > 0 && storage.get(&listed).is_none() {
        return Err(lacks(action, person, "isn't on its list", "a listed one"));
    }
    if gate.least_kept > 0 {
        let at = key::tagged(tag::STANDING, &person.canonical);
        let Standing { kept, .. } = store::load(storage, &at)?.unwrap_or_default();
        if kept < gate.least_kept {
            let found = format!("kept {kept} pledges");
            let allowed = format!("one who kept {} at least", gate.least_kept);
            return Err(lacks(action, person, found, allowed));
        }
    }
    Ok(())
}

/// Frees the nullifier of a pledge that is taken back: the person may pledge anew, from whichever
/// address.
pub(crate) fn free(
    storage: &mut dyn Storage,
    action: &Action,
    person: &Person,
) -> Result<(), Error> {
    if !action.terms.gated {
        return Ok(());
    }
    let at = key::number_and(tag::ADMISSION, action.id, &person.canonical);
    let Some(admission) = store::load::<Admission>(storage, &at)? else {
        return Ok(());
    };
    storage.remove(&at);
    storage.remove(&key::number_and(
        tag::NULLIFIER,
        action.id,
        &admission.nullifier,
    ));
    Ok(())
}

/// The refusal of a person who lacks what the gate asks for.
pub(crate) fn lacks(
    action: u64,
    person: &Person,
    found: impl Into<String>,
    allowed: impl Into<String>,
) -> Error {
    Error::NotAdmitted {
        action,
        person: person.address.to_string(),
        found: found.into(),
        allowed: allowed.into(),
    }
}
