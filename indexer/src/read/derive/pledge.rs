//! Pledges: where each is in its life, and what its owner may draw.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use cosmwasm_std::Coin;
use muster_mechanism::grid;
use muster_mechanism::schedule::Phase;
use muster_schema::causes::{Answer, ChallengeStatus, limits};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::{coin, registry};
use crate::error::Result;
use crate::read::types::{Pledge, PledgeCoins, PledgeState};
use crate::store::{signed, unsigned};
use crate::views::LEAST_FOR_STANDING;
use crate::views::live::Live;
use crate::views::rows::{self, PledgeRow};
use crate::views::state::{ActionState, Class};

/// Rows of pledges as answers; each action is loaded once.
pub(in crate::read) async fn pledges(
    db: &mut SqliteConnection,
    found: &[SqliteRow],
    now: u64,
) -> Result<Vec<Pledge>> {
    let mut lives: BTreeMap<u64, Live> = BTreeMap::new();
    let mut pledges = Vec::with_capacity(found.len());
    for row in found {
        let row = rows::pledge_of(row)?;
        if let Entry::Vacant(place) = lives.entry(row.action) {
            place.insert(rows::live(db, row.action).await?);
        }
        if let Some(live) = lives.get(&row.action) {
            let attested_until = attested_until(db, live, &row).await?;
            let referrer = registry::referrer(db, row.action, &row.person).await?;
            let pledge = pledge(live, row, now);
            pledges.push(Pledge {
                attested_until,
                referrer,
                ..pledge
            });
        }
    }
    Ok(pledges)
}

/// Only where the gate asks for attestations there is something to look up.
async fn attested_until(
    db: &mut SqliteConnection,
    live: &Live,
    row: &PledgeRow,
) -> Result<Option<u64>> {
    let gate = live.state.terms.gate.as_ref();
    if gate.is_none_or(|gate| gate.attested.is_none()) {
        return Ok(None);
    }
    let expires: Option<i64> =
        sqlx::query_scalar("SELECT expires FROM admissions WHERE action = ? AND person = ?")
            .bind(signed(row.action))
            .bind(&row.person)
            .fetch_optional(db)
            .await?;
    Ok(expires.map(unsigned))
}

fn pledge(live: &Live, row: PledgeRow, now: u64) -> Pledge {
    let s = &live.state;
    let phase = live.phase(now);
    let is_bound = !row.withdrawn && live.binds(&row.deed, now);
    let waits = phase.is_undecided() && !row.left_behind;
    let is_pending = row.deed.challenge == Some(ChallengeStatus::Pending);
    let reports_in = live.pays(now);
    let status = if row.withdrawn {
        PledgeState::Withdrawn
    } else if row.claimed {
        PledgeState::Claimed
    } else if is_bound && row.units > 0 {
        // The deed is the payment itself: done when it is released.
        if s.released >= live.committed(now).people || released_whole(s) {
            PledgeState::Kept
        } else {
            PledgeState::Bound
        }
    } else if is_bound {
        let known = reports_in || row.deed.outcome.is_some() || stands(live, &row, now);
        let fell = row.deed.challenge == Some(ChallengeStatus::Fell);
        match s.class(&row.deed) {
            _ if !known || is_pending => PledgeState::Bound,
            _ if fell => PledgeState::Broken,
            Class::Kept => PledgeState::Kept,
            Class::Broken => PledgeState::Broken,
            Class::Excused => PledgeState::Excused,
        }
    } else if waits {
        PledgeState::Standing
    } else {
        PledgeState::Released
    };
    let denom = s.denom();
    let coins = |sum: u128| -> Vec<Coin> {
        denom
            .filter(|_| sum > 0)
            .map(|d| coin(d, sum))
            .into_iter()
            .collect()
    };
    let (mut claimable, mut claimable_at) = (None, None);
    if !row.withdrawn && !row.claimed && !waits {
        if row.units > 0 {
            claimable = if is_bound {
                back_of_bound(live, row.units, now).map(coins)
            } else {
                Some(coins(live.back(&row, now)))
            };
        } else if is_bound && !reports_in {
            claimable_at = live.pays_from(now);
        } else if is_bound && is_pending {
            let stands = |from: u64| from.saturating_add(limits::VERDICT_TIME);
            claimable_at = live.windows(now).map(|w| stands(w.stakes_from));
        } else if !is_bound {
            claimable = Some(coins(live.back(&row, now)));
        } else {
            let fixed = s.settled.as_ref().map(|t| t.event(s.id));
            let totals = fixed.or_else(|| live.totals(now));
            let due = |t| {
                if row.deed.staked {
                    live.due(&row.deed, &t)
                } else {
                    0
                }
            };
            claimable = totals.map(|t| coins(due(t).saturating_add(s.least_drawn())));
        }
    }
    Pledge {
        action: row.action,
        cause: s.cause,
        needs_others: if row.units > 0 {
            0
        } else {
            row.deed.needs_others
        },
        coins: denom.filter(|_| row.units > 0).map(|d| PledgeCoins {
            amount: coin(d, s.coins(row.units)),
            units: row.units,
            total_at_least: grid::threshold(row.deed.needs_others, s.terms.goal),
        }),
        staked: row.deed.staked,
        stake: s
            .terms
            .stake
            .as_ref()
            .filter(|_| row.deed.staked)
            .map(|t| t.coin.clone()),
        confirmed: row.deed.confirmed,
        checked_in: row.deed.checked_in,
        outcome: row.deed.outcome,
        referrer: None, // filled by the caller
        challenge: row.deed.challenge,
        challenger: row.challenger,
        status,
        claimable,
        claimable_at,
        paid: coins(row.paid),
        evidence: row.evidence,
        height: row.height,
        time: row.time,
        attested_until: None,
        sponsor: row.sponsor,
        address: row.person,
    }
}

/// Whether a check-in counts for good: where it could be challenged, once nobody can any more, or
/// the answer about it is there.
fn stands(live: &Live, row: &PledgeRow, now: u64) -> bool {
    let s = &live.state;
    if !row.deed.checked_in || s.is_attested() {
        return false;
    }
    let is_over = || live.windows(now).is_some_and(|w| now >= w.stakes_from);
    !s.is_challengeable() || row.deed.challenge.is_some() || is_over()
}

/// Whether every tranche went to its purpose.
fn released_whole(s: &ActionState) -> bool {
    s.tranches > 0 && usize::from(s.tranches) == s.parts().len()
}

/// What a claim gives back of so many bound units, as far as events tell: what the first claim fixed,
/// or all of it where attestors' answer isn't Yes, or nobody answered in time.
fn back_of_bound(live: &Live, units: u32, now: u64) -> Option<u128> {
    let s = &live.state;
    if s.returned.is_some() {
        return s.coins_back(units).filter(|back| *back > 0);
    }
    let whole = s.parts().len() == 1;
    let judged = matches!(live.phase(now), Phase::Judging | Phase::Settled);
    let denied = match s.answer {
        Some((answer, _)) => answer != Answer::Yes,
        None => live.phase(now) == Phase::Settled && s.is_told(),
    };
    (whole && judged && denied).then(|| s.coins(units))
}

/// Bound pledges without an outcome in attested actions whose crowd counts.
pub(in crate::read) async fn pending(
    db: &mut SqliteConnection,
    pledges: &[Pledge],
    now: u64,
) -> Result<u32> {
    let mut count = 0;
    for p in pledges {
        let open = matches!(p.status, PledgeState::Bound | PledgeState::Excused);
        if open && p.outcome.is_none() {
            let live = rows::live(db, p.action).await?;
            let crowd = live.committed(now).people >= LEAST_FOR_STANDING;
            count += u32::from(crowd && live.state.is_attested());
        }
        // A check-in that can still fall, or be made.
        if matches!(p.status, PledgeState::Bound | PledgeState::Kept) {
            let live = rows::live(db, p.action).await?;
            let crowd = live.committed(now).people >= LEAST_FOR_STANDING;
            count += u32::from(crowd && live.state.is_challengeable());
        }
    }
    Ok(count)
}
