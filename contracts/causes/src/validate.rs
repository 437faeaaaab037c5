//! Bounds on what people type. Everything here is hostile until it passed.

use cosmwasm_std::{Coin, Uint128};
use muster_schema::causes::{Error, limits};

/// A text of several lines, without outer white space: the chain trims it from events, and a
/// hash over what nobody can see again would prove nothing.
pub(crate) fn text(
    field: &'static str,
    text: &str,
    least: usize,
    most: usize,
) -> Result<(), Error> {
    let found = text.len();
    if found < least || found > most {
        return Err(Error::TextLength {
            field,
            found,
            least,
            most,
        });
    }
    if text.trim() != text {
        return Err(form(field, text, "without white space around it"));
    }
    if text
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')
    {
        return Err(form(field, text, "without control characters"));
    }
    Ok(())
}

/// A text of one line.
pub(crate) fn line(
    field: &'static str,
    line: &str,
    least: usize,
    most: usize,
) -> Result<(), Error> {
    text(field, line, least, most)?;
    if line.contains(['\n', '\t']) {
        return Err(form(field, line, "one line"));
    }
    Ok(())
}

/// A number within bounds.
pub(crate) fn range(
    field: &'static str,
    found: i128,
    least: i128,
    most: i128,
) -> Result<(), Error> {
    if (least..=most).contains(&found) {
        Ok(())
    } else {
        Err(Error::OutOfRange {
            field,
            found,
            least,
            most,
        })
    }
}

/// A BCP 47 language tag, by its outer form.
pub(crate) fn language(tag: &str) -> Result<(), Error> {
    line("language", tag, 2, limits::MAX_LANGUAGE)?;
    let fits = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    if tag.split('-').all(fits) {
        Ok(())
    } else {
        Err(form("language", tag, "a BCP 47 tag such as en or pt-BR"))
    }
}

/// An ISO 3166-1 alpha-2 code, or an ISO 3166-2 subdivision, by its form.
pub(crate) fn country(code: &str) -> Result<(), Error> {
    let (country, subdivision) = code.split_once('-').unwrap_or((code, "A"));
    let upper = |b: u8| b.is_ascii_uppercase();
    let good = country.len() == 2
        && country.bytes().all(upper)
        && (1..=3).contains(&subdivision.len())
        && subdivision.bytes().all(|b| upper(b) || b.is_ascii_digit());
    if good {
        Ok(())
    } else {
        Err(form(
            "place.country",
            code,
            "an ISO 3166 code such as NL or NL-NH",
        ))
    }
}

/// A tag: `a-z`, `0-9` and `-`.
pub(crate) fn tag(tag: &str) -> Result<(), Error> {
    line("tags", tag, 1, limits::MAX_TAG)?;
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if tag.bytes().all(fits) {
        Ok(())
    } else {
        Err(form("tags", tag, "of a-z, 0-9 and -"))
    }
}

/// A currency's name; one spelling each, so that what counts is the last word about it.
pub(crate) fn currency(name: &str) -> Result<(), Error> {
    line("currency", name, 1, limits::MAX_CURRENCY)?;
    if name
        .bytes()
        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    {
        Ok(())
    } else {
        Err(form("currency", name, "of A-Z and 0-9, such as EUR"))
    }
}

/// A denom as the bank module has them.
pub(crate) fn denom(denom: &str) -> Result<(), Error> {
    let first = denom
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_alphabetic());
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"/:._-".contains(&b);
    if first && (3..=limits::MAX_DENOM).contains(&denom.len()) && denom.bytes().all(fits) {
        Ok(())
    } else {
        Err(form("denom", denom, "a bank denom of 3 to 128 characters"))
    }
}

/// The amount of a stake.
pub(crate) fn stake(coin: &Coin) -> Result<u128, Error> {
    denom(&coin.denom)?;
    Uint128::try_from(coin.amount)
        .ok()
        .map(|amount| amount.u128())
        .filter(|amount| (1..=limits::MAX_STAKE).contains(amount))
        .ok_or_else(|| Error::WrongCoins {
            found: coin.amount.to_string(),
            allowed: format!("a stake of 1 to {}", limits::MAX_STAKE),
        })
}

/// The refusal of a text, with as much of it as an error can show.
fn form(field: &'static str, found: &str, allowed: &'static str) -> Error {
    Error::TextForm {
        field,
        found: found.chars().take(60).collect(),
        allowed,
    }
}
