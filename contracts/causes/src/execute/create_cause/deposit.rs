//! Which deposits may stand behind a vote.

use cosmwasm_std::Coin;
use muster_schema::causes::{
    Electorate, Error, NewAction, OutcomeBy, OutcomeTerms, Registered, limits,
};

use super::judges::contradiction;
use crate::validate;

/// Deposits make a vote honest only where one person can't be many voters, and only those of the
/// voters.
pub(super) fn check(action: &NewAction, terms: &OutcomeTerms, deposit: &Coin) -> Result<(), Error> {
    let mut together = validate::stake(deposit)?;
    let asks_pledgers = match &terms.by {
        OutcomeBy::Vote(judge) => judge.electorate == (Electorate::Pledgers {}),
        OutcomeBy::Attested { .. } | OutcomeBy::Of(_) => false,
    };
    if !asks_pledgers {
        return Err(contradiction(
            "a deposit of people who don't vote",
            "one behind a vote of the pledgers",
        ));
    }
    // Whether a community's join rule is open nobody can know here.
    let is_costly = action.gate.as_ref().is_some_and(|gate| {
        let organisations = gate.only == Some(Registered::Organisation);
        gate.attested.is_some() || !gate.list.is_empty() || organisations
    });
    if !is_costly {
        return Err(contradiction(
            "a deposit where one person may vote with many wallets",
            "a gate of attested persons, a list, or organisations",
        ));
    }
    if action.bonus.is_some() || action.coins().is_some() {
        return Err(contradiction(
            "a deposit beside a bonus or coins for a purpose",
            "a deposit of an action without either",
        ));
    }
    if let Some(stake) = &action.stake {
        if stake.coin.denom != deposit.denom {
            return Err(contradiction(
                "a deposit of another denom than the stake",
                "one denom for both",
            ));
        }
        together = together.saturating_add(validate::stake(&stake.coin)?);
    }
    if together > limits::MAX_STAKE {
        return Err(Error::WrongCoins {
            found: together.to_string(),
            allowed: format!("stake and deposit of at most {}", limits::MAX_STAKE),
        });
    }
    Ok(())
}
