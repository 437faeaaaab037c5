//! Where each coin of an action is: totals, what one pledge is due, and what is still owed.
//! Pure: records in, amounts out.

use muster_mechanism::forfeits::{self, Forfeits, ForfeitsTo, Stakes};
use muster_schema::causes::{Answer, Error, Outcome};
use muster_schema::layout::{Deeds, FulfilmentKind, Pledge, Purse, Settled, Tally, Terms};

/// What became of a bound pledge, for its stake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Kept,
    Broken,
    Excused,
}

/// What one claim pays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Due {
    /// Of the own stake.
    pub stake: u128,
    /// Of the own coins for a purpose.
    pub coins: u128,
    /// Of others' forfeits.
    pub share: u128,
    /// For whoever sends the claim, or the campaign fund.
    pub keeper: u128,
    /// Of the sponsor's refund bonus.
    pub bonus: u128,
    /// Of the own deposit.
    pub deposit: u128,
    /// Of others' deposits.
    pub gain: u128,
}

const OVERFLOW: Error = Error::Overflow {
    what: "an amount of coins",
};

/// The class of a bound pledge once its reports are in; of one that is judged as a whole, once the
/// `answer` is. A check-in that fell to a challenge counts as kept here: see `execute/challenge`.
pub(crate) fn class(fulfilment: FulfilmentKind, pledge: &Pledge, answer: Option<Answer>) -> Class {
    let own_word = matches!(
        fulfilment,
        FulfilmentKind::Honor | FulfilmentKind::Challengeable
    );
    match (fulfilment, pledge.outcome) {
        (FulfilmentKind::Collective, _) => match answer {
            Some(Answer::Yes) => Class::Kept,
            Some(Answer::No) => Class::Broken,
            Some(Answer::Unresolved) | None => Class::Excused,
        },
        _ if own_word && pledge.checked_in => Class::Kept,
        _ if own_word => Class::Broken,
        (_, Some(Outcome::Didnt)) => Class::Broken,
        (_, Some(Outcome::Did)) => Class::Kept,
        // They said so, or reached no quorum: silence of attestors costs nobody.
        (_, Some(Outcome::Excused) | None) => Class::Excused,
    }
}

/// How the stakes of the bound fall, once their reports and, of an action that is judged as a
/// whole, the `answer` are in. All of them still lie here.
pub(crate) fn counts(
    terms: &Terms,
    deeds: &Deeds,
    answer: Option<Answer>,
) -> Result<Settled, Error> {
    let (cooperators, broken) = match terms.fulfilment {
        // All stakes stand or fall together.
        FulfilmentKind::Collective => match answer {
            Some(Answer::Yes) => (deeds.staked, 0),
            Some(Answer::No) => (0, deeds.staked),
            Some(Answer::Unresolved) | None => (0, 0),
        },
        FulfilmentKind::Honor | FulfilmentKind::Challengeable => (
            deeds.checked_in_staked,
            deeds
                .staked
                .checked_sub(deeds.checked_in_staked)
                .ok_or(OVERFLOW)?,
        ),
        FulfilmentKind::Attested { .. } => (deeds.did_staked, deeds.didnt_staked),
    };
    let excused = excused(deeds, cooperators, broken)?;
    let excused = if terms.forfeits_to == ForfeitsTo::Everybody {
        excused
    } else {
        0 // they don't share
    };
    Ok(Settled {
        cooperators,
        broken,
        excused,
        left: Purse {
            kept: cooperators,
            broken,
            excused,
        },
    })
}

/// How many of the bound with a stake are in neither class.
pub(crate) fn excused(deeds: &Deeds, cooperators: u32, broken: u32) -> Result<u32, Error> {
    let rest = deeds.staked.checked_sub(cooperators);
    rest.and_then(|rest| rest.checked_sub(broken))
        .ok_or(OVERFLOW)
}

/// The amounts that follow from how the stakes fell.
pub(crate) fn forfeits(terms: &Terms, counts: &Settled) -> Result<Forfeits, Error> {
    let found = if terms.fulfilment == FulfilmentKind::Collective {
        if counts.broken == 0 {
            return Ok(Forfeits::default());
        }
        forfeits::whole(terms.stake_amount, counts.broken, terms.fee_bps)
    } else {
        let stakes = Stakes {
            stake: terms.stake_amount,
            cooperators: counts.cooperators,
            broken: counts.broken,
            excused: counts.excused,
        };
        forfeits::settle(stakes, terms.fee_bps, terms.forfeits_to)
    };
    found.map_err(|_| OVERFLOW)
}

/// What a bound pledge with a stake is due.
pub(crate) fn due(terms: &Terms, forfeits: &Forfeits, class: Class) -> Result<Due, Error> {
    let everybody = terms.forfeits_to == ForfeitsTo::Everybody;
    let share = if everybody || class == Class::Kept {
        forfeits.share_each
    } else {
        0
    };
    Ok(match class {
        Class::Broken => Due {
            stake: terms
                .stake_amount
                .checked_sub(forfeits.forfeit_each)
                .ok_or(OVERFLOW)?,
            share,
            keeper: forfeits.keeper_each,
            ..Due::default()
        },
        Class::Kept | Class::Excused => Due {
            stake: terms.stake_amount,
            share,
            ..Due::default()
        },
    })
}

/// What an action still owes to pledgers and to the address in `forfeits_to`: counts times
/// amounts. Fees and campaign funds have left its books at `settle`.
pub(crate) fn owed(terms: &Terms, tally: &Tally, to_address: u128) -> Result<u128, Error> {
    let times = |count: u32, each: u128| each.checked_mul(u128::from(count)).ok_or(OVERFLOW);
    let mut sum = times(tally.staked, terms.stake_amount)?;
    sum = sum.checked_add(to_address).ok_or(OVERFLOW)?;
    let Some(counts) = &tally.settled else {
        return Ok(sum);
    };
    let (purse, forfeits) = (counts.left, forfeits(terms, counts)?);
    let classes = [
        (purse.kept, Class::Kept),
        (purse.broken, Class::Broken),
        (purse.excused, Class::Excused),
    ];
    for (count, class) in classes {
        let due = due(terms, &forfeits, class)?;
        let each = due
            .stake
            .checked_add(due.share)
            .and_then(|s| s.checked_add(due.keeper))
            .ok_or(OVERFLOW)?;
        sum = sum.checked_add(times(count, each)?).ok_or(OVERFLOW)?;
    }
    Ok(sum)
}

pub(crate) fn fewer_stakes(count: u32, by: u32) -> Result<u32, Error> {
    count.checked_sub(by).ok_or(Error::Overflow {
        what: "a number of stakes",
    })
}
