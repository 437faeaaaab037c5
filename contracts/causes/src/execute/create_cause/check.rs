//! The checks of `create_cause`.

use std::collections::BTreeSet;

use cosmwasm_std::Addr;
use muster_door::Addresses;
use muster_schema::causes::{
    CreateCause, Error, ForfeitsTo, Fulfilment, NewAction, Place, Relation, Requirement, Schedule,
    StakeRule, WindowFloors, limits,
};
use muster_schema::layout::Roles;

use super::coins;
use crate::address;
use crate::validate::{country, language, line, range, stake, tag, text};

/// Everything of a cause but its actions.
pub(super) fn cause(new: &CreateCause) -> Result<(), Error> {
    line("title", &new.title, 1, limits::MAX_TITLE)?;
    text("summary", &new.summary, 1, limits::MAX_SUMMARY)?;
    language(&new.language)?;
    text("text", &new.text, 1, limits::MAX_TEXT)?;
    text("harm_note", &new.harm_note, 0, limits::MAX_HARM_NOTE)?;
    range("tags", new.tags.len() as i128, 0, limits::MAX_TAGS as i128)?;
    let mut seen = BTreeSet::new();
    for name in &new.tags {
        tag(name)?;
        if !seen.insert(name) {
            return Err(Error::Duplicate {
                field: "tags",
                found: name.clone(),
            });
        }
    }
    if let Some(place) = &new.place {
        check_place(place)?;
    }
    let least = if new.bundle { 2 } else { 1 };
    let most = limits::MAX_ACTIONS as i128;
    range("actions", new.actions.len() as i128, least, most)?;
    if new.bundle {
        bundle(&new.actions)?;
    }
    Ok(())
}

/// Whoever pledges all of them at once must be able to: each is open to everybody from the start, and
/// says what it costs.
fn bundle(actions: &[NewAction]) -> Result<(), Error> {
    if actions.iter().any(|action| action.bonus.is_some()) {
        return Err(Error::Contradiction {
            found: "a bundle with a bonus",
            allowed: "a bonus on an action that is pledged alone",
        });
    }
    if actions.iter().any(|a| a.coins().is_some()) {
        return Err(Error::Contradiction {
            found: "a bundle with an action that counts coins",
            allowed: "in a bundle, actions that count people",
        });
    }
    let closed = |a: &NewAction| a.gate.is_some() || a.max.is_some() || a.counterpart.is_some();
    if actions.iter().any(closed) {
        return Err(Error::Contradiction {
            found: "a bundle with a gate, a cap or a counterpart",
            allowed: "a bundle of actions that are open to everybody",
        });
    }
    let optional = |a: &NewAction| {
        let rule = a.stake.as_ref().map(|stake| stake.rule);
        rule == Some(StakeRule::Optional)
    };
    if actions.iter().any(optional) {
        return Err(Error::Contradiction {
            found: "a bundle with an optional stake",
            allowed: "in a bundle, stakes that everybody gives or nobody",
        });
    }
    Ok(())
}

/// An earlier cause is one that has a number. `id`: the new cause's own.
pub(super) fn relation(relation: Option<Relation>, id: u64) -> Result<(), Error> {
    match relation.map(Relation::cause) {
        Some(found) if found == 0 || found >= id => Err(Error::UnknownCause {
            found,
            last: id.saturating_sub(1),
        }),
        _ => Ok(()),
    }
}

fn check_place(place: &Place) -> Result<(), Error> {
    line("place.label", &place.label, 1, limits::MAX_PLACE_LABEL)?;
    country(&place.country)?;
    match (place.latitude, place.longitude) {
        (None, None) => Ok(()),
        (Some(latitude), Some(longitude)) => {
            range("place.latitude", latitude.into(), -90_000_000, 90_000_000)?;
            range(
                "place.longitude",
                longitude.into(),
                -180_000_000,
                180_000_000,
            )
        }
        _ => Err(Error::Contradiction {
            found: "one of latitude and longitude",
            allowed: "both or neither",
        }),
    }
}

/// An action but for its addresses. `now` in Unix seconds.
pub(in super::super) fn action(
    action: &NewAction,
    now: u64,
    floors: &WindowFloors,
) -> Result<(), Error> {
    line("label", &action.label, 1, limits::MAX_LABEL)?;
    text(
        "description",
        &action.description,
        1,
        limits::MAX_DESCRIPTION,
    )?;
    range("goal", action.goal.into(), 1, limits::MAX_GOAL.into())?;
    schedule(action, now, floors)?;
    confirm_window(action, floors)?;
    // Coins that no answer releases have no windows: `coins::purpose`.
    if action
        .coins()
        .is_none_or(|coins| coins.waits_for_an_answer())
    {
        let most = limits::MAX_WINDOW.into();
        range("act_window", action.act_window.into(), 1, most)?;
        range(
            "report_window",
            action.report_window.into(),
            floors.report.into(),
            most,
        )?;
    }
    if let Some(terms) = &action.stake {
        stake(&terms.coin)?;
    }
    bonus(action, now, floors)?;
    coins::saving(action)?;
    match (&action.stake, &action.forfeits_to, &action.fulfilment) {
        (None, None, _) => Ok(()),
        (None, Some(_), _) => Err(Error::Contradiction {
            found: "forfeits_to without a stake",
            allowed: "forfeits_to exactly where there is a stake",
        }),
        (Some(_), None, _) => Err(Error::Contradiction {
            found: "a stake without forfeits_to",
            allowed: "forfeits_to exactly where there is a stake",
        }),
        (_, Some(ForfeitsTo::Cooperators {}), Fulfilment::Honor {}) => Err(Error::Contradiction {
            found: "forfeits to cooperators under honor, which would pay liars",
            allowed: "cooperators where others check; an address or everybody under honor",
        }),
        _ => Ok(()),
    }
}

/// A refund bonus: nobody may leave in the last moment for it, and nothing but too few pledges
/// brings it about.
fn bonus(action: &NewAction, now: u64, floors: &WindowFloors) -> Result<(), Error> {
    let Some(bonus) = &action.bonus else {
        return Ok(());
    };
    // Of another cause somebody else decides: who cancels that would take the bonus back.
    let own = |required: &Requirement| matches!(required, Requirement::Own(_));
    let alone = action.requires.iter().all(own)
        && action.counterpart.is_none()
        && action.confirm_window.is_none();
    let valued = action.stake.is_some() || action.coins().is_some();
    let (Some(close), true) = (action.schedule.pledge_until(), alone && valued) else {
        return Err(Error::Contradiction {
            found: "a bonus without stakes or coins, or a close, or beside another cause or a confirm window",
            allowed: "a stake or coins, a close with a lock, and neither of those",
        });
    };
    let most = limits::MAX_WINDOW.into();
    range("lock", action.lock.into(), floors.lock.max(1).into(), most)?;
    let per_pledge = bonus.per_pledge.u128();
    if per_pledge == 0 || per_pledge > limits::MAX_STAKE {
        return Err(Error::WrongCoins {
            found: per_pledge.to_string(),
            allowed: format!("a bonus of 1 to {}", limits::MAX_STAKE),
        });
    }
    let soonest = now.saturating_add(1);
    range(
        "bonus.before",
        bonus.before.into(),
        soonest.into(),
        close.into(),
    )
}

/// Whoever joins a `rolling` action late would have nobody to confirm with.
fn confirm_window(action: &NewAction, floors: &WindowFloors) -> Result<(), Error> {
    let Some(window) = action.confirm_window else {
        return Ok(());
    };
    if matches!(action.schedule, Schedule::Rolling { .. }) {
        return Err(Error::Contradiction {
            found: "a confirm window in a rolling action",
            allowed: "one in at_close or at_trigger",
        });
    }
    let least = floors.confirm.into();
    range(
        "confirm_window",
        window.into(),
        least,
        limits::MAX_WINDOW.into(),
    )
}

fn schedule(action: &NewAction, now: u64, floors: &WindowFloors) -> Result<(), Error> {
    if let Schedule::AtTrigger { hold, .. } = action.schedule {
        range(
            "hold",
            hold.into(),
            floors.hold.into(),
            limits::MAX_WINDOW.into(),
        )?;
    }
    let Some(close) = action.schedule.pledge_until() else {
        return if action.lock == 0 {
            Ok(())
        } else {
            Err(Error::Contradiction {
                found: "a lock before no close",
                allowed: "a lock only with pledge_until",
            })
        };
    };
    let (soonest, latest) = (
        now.saturating_add(1),
        now.saturating_add(limits::MAX_HORIZON),
    );
    range("pledge_until", close.into(), soonest.into(), latest.into())?;
    // A lock that began already would leave nobody a moment to change their mind.
    let longest = close
        .saturating_sub(now)
        .saturating_sub(1)
        .min(limits::MAX_WINDOW);
    range("lock", action.lock.into(), 0, longest.into())
}

/// An action's addresses: attestors and the address in `forfeits_to` are distinct from one
/// another, from `others` (the creator, whoever proposed it) and from this contract.
pub(in super::super) fn roles(
    api: &dyn Addresses,
    action: &NewAction,
    others: &[(&str, &'static str)],
    contract: &Addr,
) -> Result<Roles, Error> {
    let mut roles = Roles::default();
    let mut taken = vec![(address::sender(api, contract)?, "contract itself")];
    for (text, role) in others {
        taken.push((address::typed(api, role, text)?, *role));
    }
    let mut take = |field, text: &str, wanted| {
        let person = address::typed(api, field, text)?;
        if let Some((_, found)) = taken.iter().find(|(p, _)| p.canonical == person.canonical) {
            let person = person.address.into();
            return Err(Error::RoleConflict {
                person,
                found,
                wanted,
            });
        }
        taken.push((person.clone(), wanted));
        Ok(person.canonical)
    };
    if let Fulfilment::Attested { attestors, quorum } = &action.fulfilment {
        let most = attestors.len() as i128;
        range("attestors", most, 1, limits::MAX_ATTESTORS as i128)?;
        // More than half of them, so that two halves can't each reach it.
        let least = most.saturating_div(2).saturating_add(1);
        range("quorum", (*quorum).into(), least, most)?;
        for attestor in attestors {
            roles
                .attestors
                .push(take("attestors", attestor, "attestor")?);
        }
    }
    if let Some(ForfeitsTo::Address { address }) = &action.forfeits_to {
        roles.forfeits_to = Some(take("forfeits_to", address, "address in forfeits_to")?);
    }
    Ok(roles)
}
