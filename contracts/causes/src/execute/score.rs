//! `score`: a member's ballot on the alternatives. It costs the same in any crowd, and so does
//! scoring anew: the tally is sums, from which the earlier ballot is taken out.

use muster_door::{DepsMut, Env, Response};
use muster_schema::causes::{Error, event};

use crate::address::Person;
use crate::choice::Deliberating;

pub(crate) fn score(
    deps: DepsMut,
    env: &Env,
    person: &Person,
    cause: u64,
    scores: Vec<u8>,
) -> Result<Response, Error> {
    let mut choice = Deliberating::load(deps.storage, cause)?;
    let (from, until) = (choice.choice.score_from, choice.choice.score_until);
    let allowed = "from the end of the proposals until the choice";
    choice.within(from, until, env.now, allowed)?;
    choice.require_member(deps.storage, person)?;
    let mut tally = choice.standings(deps.storage)?;
    choice.take_back(deps.storage, &mut tally, &person.canonical)?;
    choice.put_in(deps.storage, &mut tally, &person.canonical, scores.clone())?;
    choice.store_standings(deps.storage, tally);
    choice.store(deps.storage);
    Ok(Response::new().add_event(event::Scored {
        cause,
        person: person.address.to_string(),
        scores,
    }))
}
