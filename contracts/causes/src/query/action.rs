//! Actions and their thresholds.

use cosmwasm_std::{Coin, Storage, Uint128};
use muster_door::{Deps, Env};
use muster_mechanism::committed::{self, Committed};
use muster_mechanism::forfeits::ForfeitsTo as ForfeitsKind;
use muster_mechanism::schedule::Phase;
use muster_schema::causes::{
    ActionCoins, ActionResponse, Answer, BucketResponse, CoinsReturned, ConfirmingResponse,
    CurveResponse, Error, ForfeitsTo, Fulfilment, ReleaseTerms, StakeRule, StakeTerms, Totals,
};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Deeds, FulfilmentKind, ReleaseRule, Roles, StakeKind, Tally, Terms};

use super::gate;
use super::judged;
use crate::action::{Action, buckets};
use crate::execute::{already_did, counterpart};
use crate::{
    address, bonus, books, coins, deposit, money, outcome, payout, records, requirements, store,
};

pub(super) fn action(deps: Deps, env: &Env, id: u64) -> Result<ActionResponse, Error> {
    let mut action = Action::load(deps.storage, id, env.now)?;
    let answer = outcome::found_or_stored(deps, env, &mut action)?;
    let roles: Roles = store::load(deps.storage, &key::number(tag::ROLES, id))?.unwrap_or_default();
    let committed = action.committed(deps.storage)?;
    let held = held(deps.storage, &action)?;
    let deeds = action.known(deps.storage)?;
    let (max, gate) = gate::definition(deps, &action)?;
    let (kept, broken) = match action.terms.fulfilment {
        FulfilmentKind::Honor | FulfilmentKind::Challengeable => (deeds.checked_in, 0),
        FulfilmentKind::Collective => match answer {
            Some(Answer::Yes) => (deeds.committed, 0),
            Some(Answer::No) => (0, deeds.committed),
            Some(Answer::Unresolved) | None => (0, 0),
        },
        FulfilmentKind::Attested { .. } => (deeds.did, deeds.didnt),
    };
    let Terms {
        cause,
        goal,
        timeline,
        ..
    } = &action.terms;
    Ok(ActionResponse {
        id,
        cause: *cause,
        label: records::label(deps.storage, id)?,
        goal: *goal,
        max,
        gate,
        schedule: timeline.schedule.into(),
        lock: timeline.lock,
        bundled: action.terms.bundled,
        confirm_window: Some(timeline.confirm).filter(|window| *window > 0),
        act_window: timeline.act_window,
        report_window: timeline.report_window,
        stake: stake(&action.terms),
        fulfilment: fulfilment(deps, &action, &roles)?,
        forfeits_to: forfeits_to(deps, &action.terms, &roles)?,
        pledged: action.tally.pledged,
        committed: committed.people,
        confirming: confirming(deps.storage, &action)?,
        coins: purpose(deps, &action)?,
        phase: judged::phase(deps, env, &action)?.as_str().to_owned(),
        active: action.activated_at.is_some(),
        activated_at: action.activated_at,
        requires: requirements::of(deps.storage, id)?,
        waits_for: counterpart::of(deps, id)?,
        ready_since: action.tally.ready_since,
        already_did: already_did::count(deps.storage, id)?,
        checked_in: deeds.checked_in,
        kept,
        broken,
        totals: totals(&action, &deeds)?,
        held,
        outcome: judged::outcome(deps, env, &action, answer)?,
        challenge_until: judged::challenge_until(&action),
        deposits: judged::deposits(deps, &action)?,
    })
}

/// Its confirm window while that is open.
fn confirming(storage: &dyn Storage, action: &Action) -> Result<Option<ConfirmingResponse>, Error> {
    let window = action.confirm_window()?;
    let Some((from, until)) = window.filter(|_| action.phase == Phase::Confirming) else {
        return Ok(None);
    };
    Ok(Some(ConfirmingResponse {
        from,
        until,
        confirmed: action.confirm.confirmed,
        survives: action.survives(storage)?,
    }))
}

fn purpose(deps: Deps, action: &Action) -> Result<Option<ActionCoins>, Error> {
    if !action.terms.coins {
        return Ok(None);
    }
    let purpose = coins::purpose(deps.storage, action.id)?;
    let payout = payout::stored(deps.storage, action.id)?.unwrap_or_default();
    let whole = purpose.release == ReleaseRule::OnSuccess;
    let written = |canonical: &[u8]| address::written(deps.api, "purpose", canonical);
    let recipient = purpose.recipient.as_deref().map(written).transpose()?;
    Ok(Some(ActionCoins {
        min: money::coin(&action.terms.stake_denom, action.terms.stake_amount),
        beneficiary: written(&purpose.beneficiary)?.into(),
        document_bps: purpose.document_bps,
        document_recipient: recipient.map(Into::into),
        people: action.tally.people,
        released: coins::released(deps.storage, action.id)?,
        release: match purpose.release {
            ReleaseRule::OnActivation => ReleaseTerms::OnActivation {},
            ReleaseRule::OnSuccess => ReleaseTerms::OnSuccess {},
            ReleaseRule::Tranches(parts) => ReleaseTerms::Tranches { parts },
        },
        // On success it is one part, which `released` counts.
        tranches_released: if whole { 0 } else { payout.released },
        returned: payout.from.map(|from| CoinsReturned {
            from,
            each_unit: Uint128::new(payout.each_unit),
        }),
    }))
}

fn fulfilment(deps: Deps, action: &Action, roles: &Roles) -> Result<Fulfilment, Error> {
    Ok(match action.terms.fulfilment {
        FulfilmentKind::Collective => Fulfilment::Collective {},
        FulfilmentKind::Challengeable => Fulfilment::Challengeable {
            window: action.terms.timeline.judged.challenge_window,
            judge: judged::challenge_judge(deps, action.id)?,
        },
        FulfilmentKind::Honor => Fulfilment::Honor {},
        FulfilmentKind::Attested { quorum } => {
            let written = |a: &Vec<u8>| Ok(address::written(deps.api, "attestor", a)?.into());
            Fulfilment::Attested {
                attestors: roles
                    .attestors
                    .iter()
                    .map(written)
                    .collect::<Result<_, Error>>()?,
                quorum,
            }
        }
    })
}

fn forfeits_to(deps: Deps, terms: &Terms, roles: &Roles) -> Result<Option<ForfeitsTo>, Error> {
    if terms.stake == StakeKind::None {
        return Ok(None);
    }
    Ok(Some(match terms.forfeits_to {
        ForfeitsKind::Cooperators => ForfeitsTo::Cooperators {},
        ForfeitsKind::Everybody => ForfeitsTo::Everybody {},
        ForfeitsKind::Address => {
            let to = roles.forfeits_to.as_deref().unwrap_or_default();
            let address = address::written(deps.api, "forfeits_to", to)?.into();
            ForfeitsTo::Address { address }
        }
    }))
}

fn stake(terms: &Terms) -> Option<StakeTerms> {
    let rule = match terms.stake {
        StakeKind::None => return None,
        StakeKind::Optional => StakeRule::Optional,
        StakeKind::Required => StakeRule::Required,
    };
    Some(StakeTerms {
        rule,
        coin: money::coin(&terms.stake_denom, terms.stake_amount),
    })
}

/// What an action still holds, all of it owed; `None` where it takes no coins.
pub(super) fn held(storage: &dyn Storage, action: &Action) -> Result<Option<Coin>, Error> {
    if action.terms.coins {
        return coins::held(storage, action).map(Some);
    }
    if action.terms.stake_denom.is_empty() {
        return Ok(None);
    }
    let to_address = store::amount(storage, &key::number(tag::FORFEITS, action.id))?;
    // Stakes of those who were silent in a confirm window that came to nothing lie here too.
    let released = action.confirm.released;
    let staked = action.tally.staked.checked_add(released);
    let tally = Tally {
        staked: staked.ok_or(Error::Overflow {
            what: "a number of stakes",
        })?,
        ..action.tally
    };
    let (bonus, deposits) = (
        bonus::owed(storage, action)?,
        deposit::owed(storage, action)?,
    );
    let owed = books::owed(&action.terms, &tally, to_address)?
        .checked_add(bonus)
        .and_then(|owed| owed.checked_add(deposits))
        .ok_or(Error::Overflow {
            what: "an amount of coins",
        })?;
    Ok(Some(money::coin(&action.terms.stake_denom, owed)))
}

/// What `settle` fixed, if it has.
fn totals(action: &Action, deeds: &Deeds) -> Result<Option<Totals>, Error> {
    let Some(counts) = &action.tally.settled else {
        return Ok(None);
    };
    let f = books::forfeits(&action.terms, counts)?;
    Ok(Some(Totals {
        cooperators: counts.cooperators,
        broken: counts.broken,
        excused: books::excused(deeds, counts.cooperators, counts.broken)?,
        forfeit_each: Uint128::new(f.forfeit_each),
        keeper_each: Uint128::new(f.keeper_each),
        share_each: Uint128::new(f.share_each),
        to_address: Uint128::new(f.to_address),
        fee: Uint128::new(f.fee),
        remainder: Uint128::new(f.remainder),
    }))
}

pub(super) fn curve(deps: Deps, id: u64, now: u64) -> Result<CurveResponse, Error> {
    let action = Action::load(deps.storage, id, now)?;
    let mut at_goal = action.tally.pledged;
    let mut rising = Vec::new();
    let epoch = action.confirm.epoch;
    for bucket in buckets(deps.storage, id, epoch) {
        let bucket = bucket?;
        at_goal = at_goal.saturating_sub(bucket.pledges);
        rising.push(BucketResponse {
            threshold: bucket.threshold,
            pledges: bucket.pledges,
        });
    }
    if at_goal > 0 {
        rising.push(BucketResponse {
            threshold: action.terms.goal,
            pledges: at_goal,
        });
    }
    rising.reverse();
    let total = Committed {
        people: action.tally.pledged,
        staked: action.tally.staked,
    };
    let tips_with = if action.phase.is_open() {
        committed::tips_with(action.terms.goal, total, buckets(deps.storage, id, epoch))?
    } else {
        None
    };
    Ok(CurveResponse {
        buckets: rising,
        tips_with,
    })
}
