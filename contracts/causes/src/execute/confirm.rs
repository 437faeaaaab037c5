//! `confirm`: "I am still in". Final; counted at once, so that the end of the window is one scan.

use muster_door::{DepsMut, Env, Response};
use muster_mechanism::schedule::Phase;
use muster_schema::causes::{Error, event};
use muster_schema::layout::key;

use super::{claim, pledge};
use crate::action::Action;
use crate::address::Person;
use crate::store;

pub(crate) fn confirm(
    deps: DepsMut,
    env: &Env,
    person: &Person,
    id: u64,
) -> Result<Response, Error> {
    let mut action = Action::load(deps.storage, id, env.now)?;
    if action.phase != Phase::Confirming {
        return Err(action.wrong_phase("confirming"));
    }
    let mut mine = claim::standing_pledge(deps.storage, id, person)?;
    let who = || person.address.to_string();
    if action.is_left_behind(&mine) {
        return Err(Error::NoPledge {
            action: id,
            person: who(),
        });
    }
    if action.is_confirmed(&mine) {
        return Err(Error::AlreadyDone {
            what: "confirmation",
            action: id,
            person: who(),
        });
    }
    mine.epoch = action.confirm.next();
    store::save(deps.storage, &key::pledge(id, &person.canonical), &mine);
    let threshold = action.threshold(&mine);
    if threshold > action.terms.goal {
        let at = action.bucket_at(mine.epoch, threshold);
        pledge::count_in_bucket(deps.storage, &at, 1, mine.staked)?;
    }
    let counts = &mut action.confirm;
    counts.confirmed = pledge::one_more(counts.confirmed)?;
    if mine.staked {
        counts.confirmed_staked = pledge::one_more(counts.confirmed_staked)?;
    }
    // A window that a message began after an earlier one had come to nothing has stored that.
    action.store_confirm(deps.storage);
    Ok(Response::new().add_event(event::Confirmed {
        action: id,
        person: who(),
    }))
}
