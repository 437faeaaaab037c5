//! The claim of somebody whose coins were bound: their part of what an answer didn't release. Anybody
//! may send it, and the first fixes what goes back to each.

use muster_door::{DepsMut, Env, Response};
use muster_schema::causes::Error;
use muster_schema::layout::{Pledge, ReleaseRule};

use super::claim::{self, Of};
use crate::action::Action;
use crate::books::Due;
use crate::payout::{self, Books};
use crate::{coins, money};

pub(super) fn bound(
    mut deps: DepsMut,
    env: &Env,
    mut action: Action,
    (person, by): Of<'_>,
    pledge: Pledge,
) -> Result<Response, Error> {
    let nothing = || Error::NothingDue {
        who: person.address.to_string(),
        found: "coins that are bound to their purpose".to_owned(),
    };
    let purpose = coins::purpose(deps.storage, action.id)?;
    if purpose.release == ReleaseRule::OnActivation {
        return Err(nothing());
    }
    let mut books = Books::load(deps.storage, &action, purpose)?;
    let fixed = payout::fix(&mut deps, env, &mut action, &mut books)?;
    let back = books.back(pledge.units)?;
    if back == 0 {
        return Err(nothing());
    }
    books.take(back)?;
    books.save(deps.storage, &mut action)?;
    let bound = action.store_deeds(deps.storage)?;
    claim::mark_claimed(deps.storage, action.id, person, pledge);
    let (answered, returned) = fixed.unzip();
    let due = Due {
        coins: back,
        ..Due::default()
    };
    let paid = claim::claimed(&action, person, by.as_ref(), due);
    let denom = &action.terms.stake_denom;
    Ok(Response::new()
        .add_events(bound)
        .add_events(answered.flatten())
        .add_events(returned)
        .add_event(paid)
        .pay(money::pay(&person.address, denom, back)))
}
