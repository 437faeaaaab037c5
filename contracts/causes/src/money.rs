//! Coins at the door and on the way out. The contract never looks at its own bank balance.

use cosmwasm_std::{Addr, Coin, MessageInfo, Uint128, Uint256};
use muster_door::Payment;
use muster_schema::causes::Error;
use muster_schema::causes::limits::MAX_UNITS;
use muster_schema::layout::{StakeKind, Terms};

/// Refuses a message that carries coins.
pub(crate) fn refuse_coins(info: &MessageInfo) -> Result<(), Error> {
    if info.funds.is_empty() {
        Ok(())
    } else {
        Err(Error::UnexpectedCoins {
            found: shown(&info.funds),
        })
    }
}

/// Whether the stake of `terms` is attached, beside the deposit, if there is one: exactly both, or
/// exactly the deposit where no stake is required.
pub(crate) fn stake_attached(terms: &Terms, funds: &[Coin]) -> Result<bool, Error> {
    let denom = &terms.stake_denom;
    let with = terms.stake_amount.saturating_add(terms.deposit); // together below 2^96
    let is = |amount: u128| match funds {
        [] => amount == 0,
        [coin] => amount > 0 && coin.denom == *denom && coin.amount == Uint256::from(amount),
        _ => false,
    };
    let allowed = match terms.stake {
        StakeKind::None | StakeKind::Optional if is(terms.deposit) => return Ok(false),
        StakeKind::Optional | StakeKind::Required if is(with) => return Ok(true),
        StakeKind::None if terms.deposit == 0 => {
            return Err(Error::UnexpectedCoins {
                found: shown(funds),
            });
        }
        StakeKind::Optional if terms.deposit == 0 => format!("{with}{denom} or nothing"),
        StakeKind::Optional => format!("{with}{denom}, or {}{denom}", terms.deposit),
        StakeKind::None | StakeKind::Required => format!("{with}{denom}"),
    };
    Err(Error::WrongCoins {
        found: shown(funds),
        allowed,
    })
}

/// Exactly these coins are attached, in whatever order, each denom once.
pub(crate) fn exactly(wanted: &[Coin], funds: &[Coin]) -> Result<(), Error> {
    if wanted.len() == funds.len() && wanted.iter().all(|coin| funds.contains(coin)) {
        return Ok(());
    }
    Err(Error::WrongCoins {
        found: shown(funds),
        allowed: shown(wanted),
    })
}

/// The one coin that a gift is.
pub(crate) fn gift_attached(funds: &[Coin]) -> Result<(&str, u128), Error> {
    let gift = match funds {
        [coin] => Uint128::try_from(coin.amount)
            .ok()
            .map(|amount| (coin.denom.as_str(), amount.u128())),
        _ => None,
    };
    gift.filter(|(_, amount)| *amount > 0)
        .ok_or_else(|| Error::WrongCoins {
            found: shown(funds),
            allowed: "coins of one denom, below 2^128".to_owned(),
        })
}

/// How many units of coins are attached, and nothing else.
pub(crate) fn units_attached(terms: &Terms, funds: &[Coin]) -> Result<u32, Error> {
    let units = match funds {
        [coin] if coin.denom == terms.stake_denom => Uint128::try_from(coin.amount)
            .ok()
            .map(|amount| amount.u128())
            .filter(|amount| amount.checked_rem(terms.stake_amount) == Some(0))
            .and_then(|amount| amount.checked_div(terms.stake_amount))
            .and_then(|units| u32::try_from(units).ok())
            .filter(|units| (1..=MAX_UNITS).contains(units)),
        _ => None,
    };
    units.ok_or_else(|| Error::WrongCoins {
        found: shown(funds),
        allowed: format!(
            "{}{} times 1 to {MAX_UNITS}",
            terms.stake_amount, terms.stake_denom
        ),
    })
}

/// A payment, unless it is of nothing: the bank refuses zero amounts.
pub(crate) fn pay(to: &Addr, denom: &str, amount: u128) -> Option<Payment> {
    (amount > 0).then(|| Payment {
        to: to.clone(),
        coin: coin(denom, amount),
    })
}

/// A coin.
pub(crate) fn coin(denom: &str, amount: u128) -> Coin {
    Coin {
        denom: denom.to_owned(),
        amount: Uint128::new(amount).into(),
    }
}

/// As many coins as people see in an error: a message can carry hundreds.
fn shown(coins: &[Coin]) -> String {
    const MOST: usize = 4;
    if coins.is_empty() {
        return "none".to_owned();
    }
    let mut text = String::new();
    for coin in coins.iter().take(MOST) {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(&coin.amount.to_string());
        text.push_str(&coin.denom);
    }
    if coins.len() > MOST {
        text.push_str(" and more");
    }
    text
}
