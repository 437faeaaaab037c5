//! The checks of a choice between alternatives, listed at creation or proposed later.

use muster_schema::causes::{CreateCause, Error, Fulfilment, NewAction, WindowFloors, limits};

use crate::validate::range;

/// The choice between alternatives, if there is one. `now` in Unix seconds.
pub(super) fn all(new: &CreateCause, now: u64, floors: &WindowFloors) -> Result<(), Error> {
    let Some(deliberation) = &new.deliberation else {
        return Ok(());
    };
    if new.bundle {
        return Err(Error::Contradiction {
            found: "alternatives in a bundle, of which only one can be chosen",
            allowed: "one of the two",
        });
    }
    let actions = new.actions.len() as i128;
    let listed = i128::from(deliberation.alternatives);
    let least = if deliberation.proposals.is_some() {
        1
    } else {
        2
    };
    range("alternatives", listed, least, actions)?;
    let earliest = |from: u64| i128::from(from.saturating_add(floors.hold));
    let latest = now.saturating_add(limits::MAX_HORIZON).into();
    let mut score_from = now;
    if let Some(proposals) = deliberation.proposals {
        // At most half of all alternatives, and cancelling still walks over all actions at once.
        let most = listed.min((limits::MAX_ACTIONS as i128).saturating_sub(actions));
        range("proposals.places", proposals.places.into(), 1, most)?;
        let until = proposals.until;
        range("proposals.until", until.into(), earliest(now), latest)?;
        score_from = until;
    }
    let until = deliberation.score_until;
    range("score_until", until.into(), earliest(score_from), latest)?;
    let listed = || new.actions.iter().take(deliberation.alternatives.into());
    for action in listed() {
        one(action, until, floors)?;
        if action.gate.as_ref().is_some_and(|g| g.attested.is_some()) {
            // A credential is used up for one action: with one for each, a person would have as
            // many ballots as there are alternatives.
            return Err(Error::Contradiction {
                found: "an alternative for attested persons",
                allowed: "a gate by list, registration, communities or standing, or none",
            });
        }
    }
    // Whoever is let in by one of them has a ballot on all of them.
    let mut gates = listed().map(|action| &action.gate);
    let gate = gates.next().and_then(Option::as_ref);
    let is_gated = gate.is_some() && deliberation.proposals.is_some();
    if is_gated || gates.any(|other| other.as_ref() != gate) {
        return Err(Error::Contradiction {
            found: "alternatives with different gates, or with one and places for proposals",
            allowed: "the same gate on all of them, and proposals only without",
        });
    }
    let mut stakes = listed().map(|action| &action.stake);
    let stake = stakes.next().and_then(Option::as_ref);
    if stakes.any(|other| other.as_ref() != stake) {
        return Err(Error::Contradiction {
            found: DIFFERENT_STAKES,
            allowed: ONE_STAKE,
        });
    }
    Ok(())
}

/// Whoever is on the cheapest of them has a ballot on all of them.
pub(in super::super) const DIFFERENT_STAKES: &str = "alternatives with different stakes";
pub(in super::super) const ONE_STAKE: &str = "one stake for all of them, or none";

/// What an alternative must be, beyond what every action must: that nothing but the choice decides
/// whether it goes on, and that people can leave for a while after it.
pub(in super::super) fn one(
    action: &NewAction,
    score_until: u64,
    floors: &WindowFloors,
) -> Result<(), Error> {
    if !action.requires.is_empty() || action.counterpart.is_some() {
        return Err(Error::Contradiction {
            found: "an alternative that requires something, or waits for a counterpart",
            allowed: "alternatives that others may require",
        });
    }
    if action.coins().is_some() {
        return Err(Error::Contradiction {
            found: "an alternative that counts coins",
            allowed: "alternatives that count people",
        });
    }
    if action.confirm_window.is_some() {
        return Err(Error::Contradiction {
            found: "an alternative with a confirm window",
            allowed: "alternatives without: who doesn't want what was chosen leaves",
        });
    }
    let judged = matches!(
        action.fulfilment,
        Fulfilment::Challengeable { .. } | Fulfilment::Collective {}
    );
    if judged || action.outcome.is_some() {
        return Err(Error::Contradiction {
            found: "an alternative that is judged as a whole, or with challenges",
            allowed: "alternatives by honor or attestors; one that requires it may be judged",
        });
    }
    if action.bonus.is_some() {
        return Err(Error::Contradiction {
            found: "an alternative with a bonus",
            allowed: "a bonus on an action that no choice drops",
        });
    }
    if action.max.is_some() {
        return Err(Error::Contradiction {
            found: "an alternative with a max",
            allowed: "alternatives without: who fills the places would choose alone",
        });
    }
    let Some(close) = action.schedule.pledge_until() else {
        return Ok(());
    };
    let locks = close.saturating_sub(action.lock);
    let least = score_until.saturating_add(floors.hold);
    let most = u64::MAX;
    range(
        "lock or close of an alternative",
        locks.into(),
        least.into(),
        most.into(),
    )
}
