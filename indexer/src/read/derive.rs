//! From rows to answers, as of a time.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use cosmwasm_std::Coin;
use muster_mechanism::committed;
use muster_mechanism::schedule::Phase;
use muster_schema::causes::CreateCause;
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::types::{Action, Cause, Pledge, PledgeState};
use crate::error::{Error, Result};
use crate::store::{signed, unsigned};
use crate::views::LEAST_FOR_STANDING;
use crate::views::rows::{self, PledgeRow, amount};
use crate::views::state::{Class, Live};

fn coin(denom: &str, amount: u128) -> Coin {
    Coin::new(amount, denom)
}

/// One coin per denom, none of nothing.
pub(super) fn sum<'a>(coins: impl Iterator<Item = &'a Coin>) -> Vec<Coin> {
    let mut sums: BTreeMap<&str, Coin> = BTreeMap::new();
    for c in coins.filter(|c| !c.amount.is_zero()) {
        let entry = sums.entry(&c.denom).or_insert_with(|| coin(&c.denom, 0));
        entry.amount = entry.amount.saturating_add(c.amount);
    }
    sums.into_values().collect()
}

pub(super) async fn causes(
    db: &mut SqliteConnection,
    after: u64,
    limit: u32,
    now: u64,
) -> Result<Vec<Cause>> {
    let found = sqlx::query(
        "SELECT id, creator, definition, text_hash, definition_hash, fee_bps, cancelled, \
         created_height, created_at, changed_height FROM causes WHERE id > ? ORDER BY id LIMIT ?",
    )
    .bind(signed(after))
    .bind(limit)
    .fetch_all(&mut *db)
    .await?;
    let mut causes = Vec::with_capacity(found.len());
    for row in &found {
        causes.push(cause(db, row, now).await?);
    }
    Ok(causes)
}

async fn cause(db: &mut SqliteConnection, r: &SqliteRow, now: u64) -> Result<Cause> {
    let id = unsigned(r.try_get(0)?);
    let definition: CreateCause = serde_json::from_str(r.try_get(2)?)
        .map_err(|e| Error::Event(format!("definition of {id}: {e}")))?;
    let mut actions = Vec::new();
    for live in lives_of(db, id).await? {
        actions.push(action(&live, now));
    }
    let funds = sqlx::query("SELECT denom, amount FROM funds WHERE cause = ? ORDER BY denom")
        .bind(signed(id))
        .fetch_all(db)
        .await?;
    let mut fund = Vec::new();
    for row in &funds {
        let (denom, sum): (&str, u128) = (row.try_get(0)?, amount(row.try_get(1)?));
        if sum > 0 {
            fund.push(coin(denom, sum));
        }
    }
    Ok(Cause {
        id,
        creator: r.try_get(1)?,
        title: definition.title,
        summary: definition.summary,
        language: definition.language,
        text: definition.text,
        text_hash: r.try_get(3)?,
        definition_hash: r.try_get(4)?,
        place: definition.place,
        tags: definition.tags,
        harm_note: definition.harm_note,
        cancel: definition.cancel,
        cancelled: r.try_get(6)?,
        created_height: unsigned(r.try_get(7)?),
        created_at: unsigned(r.try_get(8)?),
        fee_bps: r.try_get(5)?,
        fund,
        changed_height: unsigned(r.try_get(9)?),
        actions,
    })
}

async fn lives_of(db: &mut SqliteConnection, cause: u64) -> Result<Vec<Live>> {
    let found: Vec<String> =
        sqlx::query_scalar("SELECT state FROM actions WHERE cause = ? ORDER BY id")
            .bind(signed(cause))
            .fetch_all(&mut *db)
            .await?;
    let mut lives = Vec::with_capacity(found.len());
    for json in &found {
        let state = rows::state_of(json)?;
        let buckets = rows::buckets(db, state.id).await?;
        lives.push(Live { state, buckets });
    }
    Ok(lives)
}

fn curve(live: &Live) -> Vec<(u32, u32)> {
    let above: u32 = live.buckets.iter().map(|b| b.pledges).sum();
    let at_goal = live.state.pledged.saturating_sub(above);
    let goal = (at_goal > 0).then_some((live.state.terms.goal, at_goal));
    let rest = live.buckets.iter().rev().map(|b| (b.threshold, b.pledges));
    goal.into_iter().chain(rest).collect()
}

fn action(live: &Live, now: u64) -> Action {
    let s = &live.state;
    let phase = live.phase(now);
    let committed = live.committed(now).people;
    let windows = live.windows(now);
    let total = committed::Committed {
        people: s.pledged,
        staked: s.staked,
    };
    let buckets = live.buckets.iter().map(|b| Ok::<_, ()>(*b));
    let tips_with = committed::tips_with(s.terms.goal, total, buckets).unwrap_or(None);
    let (kept, broken) = if s.is_attested() {
        (s.did.0, s.didnt.0)
    } else if phase == Phase::Settled {
        (s.checked_in.0, committed.saturating_sub(s.checked_in.0))
    } else {
        (s.checked_in.0, 0)
    };
    let coins = |text: &str| {
        let denom = s.terms.stake.as_ref().map(|t| &t.coin.denom);
        let sum = amount(text);
        denom
            .filter(|_| sum > 0)
            .map(|d| coin(d, sum))
            .into_iter()
            .collect()
    };
    Action {
        id: s.id,
        cause: s.cause,
        label: s.terms.label.clone(),
        description: s.terms.description.clone(),
        goal: s.terms.goal,
        schedule: s.terms.schedule,
        lock: s.terms.lock,
        act_window: s.terms.act_window,
        report_window: s.terms.report_window,
        stake: s.terms.stake.clone(),
        fulfilment: s.terms.fulfilment.clone(),
        forfeits_to: s.terms.forfeits_to.clone(),
        pledged: s.pledged,
        committed,
        phase,
        active: live.activated_at(now).is_some(),
        activated_at: live.activated_at(now),
        ready_since: s.ready_since,
        act_from: windows.map(|w| w.act_from),
        report_from: windows.map(|w| w.report_from),
        settled_from: windows.map(|w| w.settled_from),
        tips_with: tips_with.filter(|_| phase.is_open()),
        curve: curve(live),
        totals_fixed: s.settled.is_some(),
        totals: s.settled.as_ref().map(|t| t.event(s.id)),
        already_did: s.already_did,
        checked_in: s.checked_in.0,
        kept,
        broken,
        held: coins(&s.held),
        paid_out: coins(&s.paid_out),
        next_boundary: live.next_boundary(now),
    }
}

/// Rows of pledges as answers; each action is loaded once.
pub(super) async fn pledges(
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
            pledges.push(pledge(live, row, now));
        }
    }
    Ok(pledges)
}

fn pledge(live: &Live, row: PledgeRow, now: u64) -> Pledge {
    let s = &live.state;
    let phase = live.phase(now);
    let is_bound = !row.withdrawn && live.binds(row.deed.needs_others, now);
    let reports_in = phase == Phase::Settled;
    let status = if row.withdrawn {
        PledgeState::Withdrawn
    } else if row.claimed {
        PledgeState::Claimed
    } else if is_bound {
        let known =
            reports_in || row.deed.outcome.is_some() || (!s.is_attested() && row.deed.checked_in);
        match s.class(&row.deed) {
            _ if !known => PledgeState::Bound,
            Class::Kept => PledgeState::Kept,
            Class::Broken => PledgeState::Broken,
            Class::Excused => PledgeState::Excused,
        }
    } else if phase.is_open() {
        PledgeState::Standing
    } else {
        PledgeState::Released
    };
    let denom = s.terms.stake.as_ref().map(|t| t.coin.denom.as_str());
    let coins = |sum: u128| -> Vec<Coin> {
        denom
            .filter(|_| sum > 0)
            .map(|d| coin(d, sum))
            .into_iter()
            .collect()
    };
    let (mut claimable, mut claimable_at) = (None, None);
    if !row.withdrawn && !row.claimed && !phase.is_open() {
        if is_bound && !reports_in {
            claimable_at = live.windows(now).map(|w| w.settled_from);
        } else if !row.deed.staked {
            claimable = Some(vec![]);
        } else if !is_bound {
            claimable = Some(coins(s.stake()));
        } else {
            let fixed = s.settled.as_ref().map(|t| t.event(s.id));
            let totals = fixed.or_else(|| live.totals(now));
            claimable = totals.map(|t| coins(live.due(&row.deed, &t)));
        }
    }
    Pledge {
        action: row.action,
        cause: s.cause,
        needs_others: row.deed.needs_others,
        staked: row.deed.staked,
        stake: s
            .terms
            .stake
            .as_ref()
            .filter(|_| row.deed.staked)
            .map(|t| t.coin.clone()),
        checked_in: row.deed.checked_in,
        outcome: row.deed.outcome,
        status,
        claimable,
        claimable_at,
        paid: coins(row.paid),
        evidence: row.evidence,
        height: row.height,
        time: row.time,
        address: row.person,
    }
}

/// Bound pledges without an outcome in attested actions whose crowd counts.
pub(super) async fn pending(
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
    }
    Ok(count)
}

/// By denom, what the contract owes by the books: actions, campaign funds and fees.
pub(super) async fn owed(db: &mut SqliteConnection) -> Result<BTreeMap<String, u128>> {
    let mut owed: BTreeMap<String, u128> = BTreeMap::new();
    let found = sqlx::query(
        "SELECT json_extract(state, '$.terms.stake.coin.denom') AS denom, \
         json_extract(state, '$.held') FROM actions WHERE denom IS NOT NULL \
         UNION ALL SELECT denom, amount FROM funds UNION ALL SELECT denom, amount FROM fees",
    )
    .fetch_all(db)
    .await?;
    for row in &found {
        let denom: String = row.try_get(0)?;
        let sum = owed.entry(denom).or_default();
        *sum = sum.saturating_add(amount(row.try_get(1)?));
    }
    Ok(owed)
}
