//! The checks of an action that counts coins, and of a percentage of a saving.

use cosmwasm_std::{Addr, Storage};
use muster_door::Addresses;
use muster_mechanism::part;
use muster_schema::causes::{
    CoinTerms, Document, Error, Fulfilment, NewAction, OutcomeBy, ReleaseTerms, limits,
};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Purpose, ReleaseRule};

use crate::address::{self, Person};
use crate::store;
use crate::validate::{denom, line, range};

/// What such an action has for its coins; `None` where it counts people.
///
/// # Errors
/// Where it has what makes no sense beside coins: they lie here already, so that nobody can break
/// such a pledge and there is nothing to stake, report or judge.
pub(super) fn purpose(
    api: &dyn Addresses,
    action: &NewAction,
    contract: &Addr,
) -> Result<Option<Purpose>, Error> {
    let Some(terms) = action.coins() else {
        return Ok(None);
    };
    alone(action, terms)?;
    amounts(terms)?;
    let release = release(terms)?;
    let here = address::sender(api, contract)?;
    let beneficiary = other(
        api,
        "beneficiary",
        &terms.beneficiary,
        &here,
        "contract itself",
    )?;
    let recipient = terms.document.as_ref().map(|document| {
        let field = "document.recipient";
        other(api, field, &document.recipient, &here, "contract itself")?;
        other(api, field, &document.recipient, &beneficiary, "beneficiary")
    });
    Ok(Some(Purpose {
        document_bps: terms.document.as_ref().map_or(0, |document| document.bps),
        release,
        recipient: recipient.transpose()?.map(|person| person.canonical),
        beneficiary: beneficiary.canonical,
    }))
}

fn release(terms: &CoinTerms) -> Result<ReleaseRule, Error> {
    let parts = match &terms.release {
        None | Some(ReleaseTerms::OnActivation {}) => return Ok(ReleaseRule::OnActivation),
        Some(ReleaseTerms::OnSuccess {}) => return Ok(ReleaseRule::OnSuccess),
        Some(ReleaseTerms::Tranches { parts }) => parts,
    };
    let most = limits::MAX_TRANCHES as i128;
    range("release.parts", parts.len() as i128, 2, most)?;
    for part in parts {
        range("release.part", (*part).into(), 1, part::BPS as i128)?;
    }
    let sum: i128 = parts.iter().map(|part| i128::from(*part)).sum();
    let all = part::BPS as i128;
    range("sum of release.parts", sum, all, all)?;
    Ok(ReleaseRule::Tranches(parts.clone()))
}

fn alone(action: &NewAction, terms: &CoinTerms) -> Result<(), Error> {
    let waits = terms.waits_for_an_answer();
    let found = if action.stake.is_some() || action.forfeits_to.is_some() {
        "a stake beside coins for a purpose"
    } else if action.fulfilment != (Fulfilment::Honor {}) {
        "attestors of a deed that is the payment itself"
    } else if !waits && (action.act_window > 0 || action.report_window > 0) {
        "windows after a deed that is the payment itself"
    } else if action.confirm_window.is_some() {
        "a confirm window before a payment that is made already"
    } else if waits != action.outcome.is_some() {
        return Err(Error::Contradiction {
            found: "an outcome and a release that don't go together",
            allowed: "an outcome exactly where coins are released on_success or in tranches",
        });
    } else {
        return Ok(());
    };
    Err(Error::Contradiction {
        found,
        allowed: "coins with honor, no stake, no confirm window, and windows of 0 unless an answer releases them",
    })
}

fn amounts(terms: &CoinTerms) -> Result<(), Error> {
    denom(&terms.denom)?;
    let min = terms.min.u128();
    if !(1..=limits::MAX_STAKE).contains(&min) {
        return Err(Error::WrongCoins {
            found: min.to_string(),
            allowed: format!("a least amount of 1 to {}", limits::MAX_STAKE),
        });
    }
    terms.document.as_ref().map_or(Ok(()), document)
}

/// A percentage of a saving: attestors must be there to say what it was.
pub(super) fn saving(action: &NewAction) -> Result<(), Error> {
    let Some(saving) = &action.saving else {
        return Ok(());
    };
    let by = action.outcome.as_ref().map(|outcome| &outcome.by);
    let attested = matches!(action.fulfilment, Fulfilment::Attested { .. })
        || matches!(by, Some(OutcomeBy::Attested { .. }));
    if action.coins().is_some() || !attested {
        return Err(Error::Contradiction {
            found: "a percentage of a saving without attestors, or beside coins",
            allowed: "one with attestors, on an action that counts people",
        });
    }
    let (field, most) = ("document.recipient", limits::MAX_RECIPIENT);
    line(field, &saving.recipient, 1, most)?;
    document(saving)
}

/// Keeps the percentage, which only `state_saving` reads.
pub(super) fn store_saving(storage: &mut dyn Storage, number: u64, action: &NewAction) {
    if let Some(document) = &action.saving {
        let at = key::number(tag::SAVING, number);
        store::set_amount(storage, &at, document.bps.into());
    }
}

fn document(document: &Document) -> Result<(), Error> {
    line("document.uri", &document.uri, 1, limits::MAX_EVIDENCE_URI)?;
    range(
        "document.sha256 bytes",
        document.sha256.len() as i128,
        32,
        32,
    )?;
    let most = limits::MAX_DOCUMENT_BPS.into();
    range("document.bps", document.bps.into(), 1, most)
}

/// An address that isn't `taken`.
fn other(
    api: &dyn Addresses,
    field: &'static str,
    text: &str,
    taken: &Person,
    found: &'static str,
) -> Result<Person, Error> {
    let person = address::typed(api, field, text)?;
    if person.canonical == taken.canonical {
        return Err(Error::RoleConflict {
            person: person.address.into(),
            found,
            wanted: field,
        });
    }
    Ok(person)
}
