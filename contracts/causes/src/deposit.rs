//! The rules of deposits behind an honest vote: where they lie, what an answer makes of them, and
//! what one pledge gets of them.
//!
//! The verdict contract is believed nothing but which class a voter is in, and that only within the
//! counts that were checked once, when the answer was stored: see [`muster_mechanism::deposit`].

use cosmwasm_std::Storage;
use muster_door::{Deps, DepsMut};
use muster_mechanism::answer::Class;
use muster_mechanism::deposit;
use muster_schema::causes::{Answer, Error, event};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::verdict::{self, Claimant, ClassKind, Part, Question, Voter};
use muster_schema::layout::{Classes, Deposits, Layout, OutcomeJudge, Verdict};

use crate::action::Action;
use crate::address::{self, Person};
use crate::{outcome, store};

const OVERFLOW: Error = Error::Overflow {
    what: "a number of deposits",
};

/// What a claim pays of deposits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Paid {
    /// Of the own one.
    pub own: u128,
    /// Of others'.
    pub gain: u128,
}

/// How many lie here that no answer decided on.
pub(crate) fn undecided(storage: &dyn Storage, action: u64) -> Result<u32, Error> {
    let deposits = store::load(storage, &key::number(tag::DEPOSITS, action))?;
    let Deposits(count) = deposits.unwrap_or_default();
    Ok(count)
}

fn save(storage: &mut dyn Storage, action: u64, count: u32) {
    let at = key::number(tag::DEPOSITS, action);
    store::save(storage, &at, &Deposits(count));
}

/// A pledge brought its deposit, where the action takes them.
pub(crate) fn put(storage: &mut dyn Storage, action: &Action) -> Result<(), Error> {
    if action.terms.deposit == 0 {
        return Ok(());
    }
    let count = undecided(storage, action.id)?;
    save(storage, action.id, count.checked_add(1).ok_or(OVERFLOW)?);
    Ok(())
}

/// Takes the deposit of a pledge that isn't bound out of the books. Asks nobody.
pub(crate) fn take_back(storage: &mut dyn Storage, action: &Action) -> Result<u128, Error> {
    if action.terms.deposit == 0 {
        return Ok(0);
    }
    let count = undecided(storage, action.id)?;
    save(storage, action.id, count.checked_sub(1).ok_or(OVERFLOW)?);
    Ok(action.terms.deposit)
}

/// What the answer made of the deposits of the bound, once it is stored.
pub(crate) fn stored(storage: &dyn Storage, action: u64) -> Result<Option<Classes>, Error> {
    store::load(storage, &key::number(tag::CLASSES, action))
}

/// The classes of voters and of claimants without a deposit.
fn apart(classes: &[(ClassKind, Class)]) -> (Vec<Class>, Vec<Class>) {
    let of = |voters: bool| {
        let kinds = classes
            .iter()
            .filter(|(kind, _)| kind.is_voters() == voters);
        kinds.map(|(_, class)| *class).collect()
    };
    (of(true), of(false))
}

fn remainder(action: &Action, question: &Question) -> Option<u128> {
    let (voters, claimants) = apart(&question.classes);
    let bound = action.deeds().committed;
    deposit::remainder(&voters, &claimants, bound, action.terms.deposit)
}

/// Whether an answer takes no more than was lost, and speaks of all deposits and no others.
pub(crate) fn adds_up(action: &Action, question: &Question) -> bool {
    if action.terms.deposit == 0 {
        question.is_covered()
    } else {
        remainder(action, question).is_some()
    }
}

/// What an answer makes of the deposits of the bound, and what of the losses is left over.
pub(crate) fn settled(
    deps: Deps,
    this: &[u8],
    action: &Action,
    answer: Answer,
) -> Result<(Classes, u128), Error> {
    let own = (
        Classes {
            own: action.deeds().committed,
            ..Classes::default()
        },
        0,
    );
    let Some(verdict) = verdict_of(deps.storage, action)?.filter(|_| answer != Answer::Unresolved)
    else {
        return Ok(own);
    };
    let question = outcome::question(deps, this, &verdict, action.id, Part::Whole)?;
    let Some(question) = question else {
        return Ok(own);
    };
    let Some(left) = remainder(action, &question) else {
        return Ok(own);
    };
    let mut classes = question.classes;
    classes.sort_by_key(|(kind, _)| *kind);
    let found = Classes {
        own: 0,
        round: question.round,
        classes,
    };
    Ok((found, left))
}

/// Fixes what an answer makes of the deposits, when that is stored. Returns the event that says so.
pub(crate) fn settle(
    deps: &mut DepsMut,
    this: &[u8],
    action: &Action,
    answer: Answer,
) -> Result<Option<event::DepositsSettled>, Error> {
    if action.terms.deposit == 0 {
        return Ok(None);
    }
    let (found, left) = settled(deps.as_ref(), this, action, answer)?;
    let count = undecided(deps.storage, action.id)?;
    let outside = count.checked_sub(action.deeds().committed);
    save(deps.storage, action.id, outside.ok_or(OVERFLOW)?);
    let denom = action.terms.stake_denom.as_bytes();
    let fund = key::number_and(tag::FUND, action.terms.cause, denom);
    store::add_amount(deps.storage, &fund, left)?;
    store::save(deps.storage, &key::number(tag::CLASSES, action.id), &found);
    Ok(Some(event::DepositsSettled {
        action: action.id,
        own: found.own,
        classes: found.classes,
        remainder: left,
    }))
}

/// Who judges an action by a vote.
fn verdict_of(storage: &dyn Storage, action: &Action) -> Result<Option<Verdict>, Error> {
    Ok(match outcome::judges(storage, action.id)?.outcome {
        Some(OutcomeJudge::Vote(verdict)) => Some(verdict),
        _ => None,
    })
}

/// Somebody's record beside the question, as the verdict contract has stored it; `None` where it has
/// none that is well formed.
fn beside<T: Layout>(
    deps: Deps,
    this: &[u8],
    action: &Action,
    record: u8,
    person: &Person,
) -> Result<Option<T>, Error> {
    let Some(verdict) = verdict_of(deps.storage, action)? else {
        return Ok(None);
    };
    let contract = address::written(deps.api, "verdict", &verdict.contract)?;
    let question = verdict::key(this, action.id, Part::Whole);
    let at = verdict::beside(record, &question, &person.canonical);
    let found = deps.others.record(contract.as_str(), &at);
    Ok(found.and_then(|bytes| T::decode(&bytes).ok()))
}

/// What a bound pledge draws, and counts that down in `classes`.
pub(crate) fn draw(
    deps: Deps,
    this: &[u8],
    action: &Action,
    person: &Person,
    classes: &mut Classes,
) -> Result<Paid, Error> {
    let each = action.terms.deposit;
    if let Some(left) = classes.own.checked_sub(1) {
        classes.own = left;
        return Ok(Paid { own: each, gain: 0 });
    }
    let voter: Option<Voter> = beside(deps, this, action, verdict::VOTER_TAG, person)?;
    let voter = voter.filter(|voter| voter.round == classes.round);
    let kind = voter.map_or(ClassKind::Absent, |voter| voter.kind);
    let (voters, _) = apart(&classes.classes);
    let mut kinds = classes.classes.iter().filter(|(k, _)| k.is_voters());
    let wanted = kinds.position(|(k, _)| *k == kind);
    let place = deposit::draw(&voters, wanted, each).ok_or(OVERFLOW)?;
    let drawn = classes
        .classes
        .iter_mut()
        .filter(|(kind, _)| kind.is_voters())
        .nth(place);
    let (_, class) = drawn.ok_or(OVERFLOW)?;
    class.count = class.count.checked_sub(1).ok_or(OVERFLOW)?;
    Ok(Paid {
        own: each.checked_sub(class.loss).ok_or(OVERFLOW)?,
        gain: class.gain,
    })
}

/// Pays a bound pledge's part of the deposits out of the books.
pub(crate) fn take(
    deps: &mut DepsMut,
    this: &[u8],
    action: &Action,
    person: &Person,
) -> Result<Paid, Error> {
    if action.terms.deposit == 0 {
        return Ok(Paid::default());
    }
    let at = key::number(tag::CLASSES, action.id);
    let mut classes: Classes = store::require(deps.storage, &at)?;
    let paid = draw(deps.as_ref(), this, action, person, &mut classes)?;
    store::save(deps.storage, &at, &classes);
    Ok(paid)
}

/// Pays a claimant without a deposit out of the books, as far as their classes reach.
pub(crate) fn take_reward(
    deps: &mut DepsMut,
    this: &[u8],
    action: &Action,
    person: &Person,
    mut classes: Classes,
) -> Result<u128, Error> {
    let claimant: Option<Claimant> =
        beside(deps.as_ref(), this, action, verdict::CLAIMANT_TAG, person)?;
    let claimant = claimant.unwrap_or_default();
    let mut reward = 0_u128;
    for (kind, class) in &mut classes.classes {
        let heads = match kind {
            ClassKind::Denouncer => claimant.denounced,
            ClassKind::Appellant => claimant.appealed,
            _ => 0,
        };
        let paid = heads.min(class.count);
        class.count = class.count.checked_sub(paid).ok_or(OVERFLOW)?;
        let gain = class.gain.checked_mul(u128::from(paid)).ok_or(OVERFLOW)?;
        reward = reward.checked_add(gain).ok_or(OVERFLOW)?;
    }
    let at = key::number(tag::CLASSES, action.id);
    store::save(deps.storage, &at, &classes);
    Ok(reward)
}

/// What an action still owes of its deposits.
pub(crate) fn owed(storage: &dyn Storage, action: &Action) -> Result<u128, Error> {
    let each = action.terms.deposit;
    if each == 0 {
        return Ok(0);
    }
    let times = |count: u32, each: u128| each.checked_mul(u128::from(count)).ok_or(OVERFLOW);
    let mut sum = times(undecided(storage, action.id)?, each)?;
    let Some(found) = stored(storage, action.id)? else {
        return Ok(sum);
    };
    sum = sum.checked_add(times(found.own, each)?).ok_or(OVERFLOW)?;
    for (kind, class) in &found.classes {
        let own = if kind.is_voters() { each } else { 0 };
        let due = deposit::payout(own, class).ok_or(OVERFLOW)?;
        sum = sum.checked_add(times(class.count, due)?).ok_or(OVERFLOW)?;
    }
    Ok(sum)
}
