//! Coins that an answer releases: part by part to their purpose, or back to those who were bound.
//! On success is one part. Whatever an answer by others says, a part is paid once, in turn, and
//! what goes back is fixed by the first part whose answer isn't Yes.

use cosmwasm_std::Storage;
use muster_door::{Deps, DepsMut, Env};
use muster_mechanism::release as split;
use muster_mechanism::schedule::Phase;
use muster_schema::causes::{Answer, Error, event};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Payout, Purpose, ReleaseRule};

use crate::action::Action;
use crate::{address, coins, outcome, store};

pub(crate) const WHEN: &str = "once the answer that decides about these coins is final";

const OVERFLOW: Error = Error::Overflow {
    what: "an amount of coins",
};

/// The bound coins of an action, once it is known how many there are.
pub(crate) struct Books {
    pub purpose: Purpose,
    pub payout: Payout,
    /// K*, in units.
    pub bound: u32,
    /// Their coins.
    total: u128,
}

impl Books {
    /// As they are stored, or would be.
    ///
    /// # Errors
    /// Before it is active and closed.
    pub(crate) fn load(
        storage: &dyn Storage,
        action: &Action,
        purpose: Purpose,
    ) -> Result<Self, Error> {
        let deeds = action.deeds();
        if action.activated_at.is_none() || deeds.is_final == 0 {
            return Err(action.wrong_phase("active, and closed"));
        }
        let total = coins::amount(&action.terms, deeds.committed)?;
        let payout = stored(storage, action.id)?.unwrap_or(Payout {
            left: total,
            ..Payout::default()
        });
        Ok(Self {
            purpose,
            payout,
            bound: deeds.committed,
            total,
        })
    }

    /// Writes them; the first time the bound units leave what is held for everybody.
    pub(crate) fn save(&self, storage: &mut dyn Storage, action: &mut Action) -> Result<(), Error> {
        let at = key::number(tag::PAYOUT, action.id);
        if storage.get(&at).is_none() {
            action.tally.staked = coins::fewer(action.tally.staked, self.bound)?;
            action.store_tally(storage);
        }
        store::save(storage, &at, &self.payout);
        Ok(())
    }

    /// The next part that is to be paid, if none before it goes back.
    pub(crate) fn next(&self) -> Option<u8> {
        let end = match self.payout.from {
            Some(from) => usize::from(from),
            None => self.purpose.release.parts().len(),
        };
        let next = self.payout.released;
        (usize::from(next) < end).then_some(next)
    }

    /// The coins of a part.
    pub(crate) fn part(&self, index: u8) -> Result<u128, Error> {
        let parts = self.purpose.release.parts();
        split::tranche(self.total, parts, usize::from(index)).ok_or(OVERFLOW)
    }

    /// Takes coins that are paid.
    pub(crate) fn take(&mut self, amount: u128) -> Result<(), Error> {
        self.payout.left = self.payout.left.checked_sub(amount).ok_or(OVERFLOW)?;
        Ok(())
    }

    /// What goes back to a pledge of so many units.
    pub(crate) fn back(&self, units: u32) -> Result<u128, Error> {
        let each = self.payout.each_unit;
        each.checked_mul(units.into()).ok_or(OVERFLOW)
    }

    /// Part `from` and all later ones go back. Returns what rounding leaves to the campaign fund.
    pub(crate) fn give_back(&mut self, from: u8) -> Result<u128, Error> {
        let parts = self.purpose.release.parts();
        let back = split::from_tranche(self.total, parts, usize::from(from)).ok_or(OVERFLOW)?;
        let refund = split::refund(back, self.bound);
        self.payout.from = Some(from);
        self.payout.each_unit = refund.each_unit;
        self.take(refund.remainder)?;
        Ok(refund.remainder)
    }
}

pub(crate) fn stored(storage: &dyn Storage, action: u64) -> Result<Option<Payout>, Error> {
    store::load(storage, &key::number(tag::PAYOUT, action))
}

/// The final answer that decides about a part, if there is one.
pub(crate) fn answer(
    deps: Deps,
    env: &Env,
    action: &mut Action,
    books: &Books,
    part: u8,
) -> Result<Option<Answer>, Error> {
    if books.purpose.release == ReleaseRule::OnSuccess {
        let answer = outcome::found_or_stored(deps, env, action)?;
        // Attestors may have said so before the windows ended.
        let is_time = matches!(action.phase, Phase::Judging | Phase::Settled);
        return Ok(answer.filter(|_| is_time));
    }
    let this = address::sender(deps.api, &env.contract)?;
    outcome::final_answer(deps, &this.canonical, action, Some(part), env.now)
}

/// The first part that isn't paid and whose answer isn't Yes, with that answer.
///
/// # Errors
/// Where an answer before it is still awaited.
pub(crate) fn first_denied(
    deps: Deps,
    env: &Env,
    action: &mut Action,
    books: &Books,
) -> Result<Option<(u8, Answer)>, Error> {
    let mut part = books.payout.released;
    while usize::from(part) < books.purpose.release.parts().len() {
        match answer(deps, env, action, books, part)? {
            Some(Answer::Yes) => {}
            Some(other) => return Ok(Some((part, other))),
            None => return Err(action.wrong_phase(WHEN)),
        }
        part = part.saturating_add(1); // at most MAX_TRANCHES
    }
    Ok(None)
}

/// Fixes what goes back, if it isn't yet and an answer says so. The caller saves the books.
pub(crate) fn fix(
    deps: &mut DepsMut,
    env: &Env,
    action: &mut Action,
    books: &mut Books,
) -> Result<Option<(Option<event::Answered>, event::CoinsReturned)>, Error> {
    if books.payout.from.is_some() {
        return Ok(None);
    }
    let Some((from, answer)) = first_denied(deps.as_ref(), env, action, books)? else {
        return Ok(None);
    };
    let remainder = books.give_back(from)?;
    let denom = action.terms.stake_denom.as_bytes();
    let fund = key::number_and(tag::FUND, action.terms.cause, denom);
    store::add_amount(deps.storage, &fund, remainder)?;
    let answered = settle(deps.storage, action, answer, env.now)?;
    let returned = event::CoinsReturned {
        action: action.id,
        from,
        answer,
        each_unit: books.payout.each_unit,
        remainder,
    };
    Ok(Some((answered, returned)))
}

/// Stores the answer about the action as a whole, once no coins of it wait for another.
pub(crate) fn settle(
    storage: &mut dyn Storage,
    action: &mut Action,
    answer: Answer,
    now: u64,
) -> Result<Option<event::Answered>, Error> {
    if outcome::stored(storage, action.id)?.is_some() {
        return Ok(None);
    }
    outcome::store(storage, action, answer, now);
    let action = action.id;
    Ok(Some(event::Answered { action, answer }))
}
