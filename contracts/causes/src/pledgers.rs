//! Who has a part in a cause: whoever has a pledge on one of its actions, paid or not, that they
//! didn't withdraw.

use cosmwasm_std::Storage;
use muster_schema::causes::Error;
use muster_schema::layout::{Cause, key};

use crate::address::Person;

/// Refuses a person without a pledge on the cause. Looks at most once at each of its actions.
pub(crate) fn require(
    storage: &dyn Storage,
    id: u64,
    cause: &Cause,
    person: &Person,
) -> Result<(), Error> {
    let has = |action| {
        storage
            .get(&key::pledge(action, &person.canonical))
            .is_some()
    };
    if cause.action_ids().any(has) {
        return Ok(());
    }
    Err(Error::NotAPledger {
        cause: id,
        person: person.address.to_string(),
    })
}
