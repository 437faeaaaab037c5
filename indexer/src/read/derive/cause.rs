//! Causes with their actions.

use muster_mechanism::committed;
use muster_mechanism::schedule::Phase;
use muster_schema::causes::{Answer, CreateCause, Gate};
use muster_schema::layout::Requires;
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::{coin, coins, deliberation, fund, judging, registry, saving, together};
use crate::error::{Error, Result};
use crate::read::types::{Action, Bonus, Cause, Confirming, Related};
use crate::store::{signed, unsigned};
use crate::views::live::Live;
use crate::views::rows::{self, amount};

const COLUMNS: &str = "id, creator, definition, text_hash, definition_hash, fee_bps, cancelled, \
     created_height, created_at, changed_height";

/// Up to `limit` causes with numbers above `after`, rising.
pub(in crate::read) async fn causes(
    db: &mut SqliteConnection,
    after: u64,
    limit: u32,
    now: u64,
) -> Result<Vec<Cause>> {
    let sql = format!("SELECT {COLUMNS} FROM causes WHERE id > ? ORDER BY id LIMIT ?");
    let found = sqlx::query(sqlx::AssertSqlSafe(sql))
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

/// The cause with this number.
pub(in crate::read) async fn cause_with(
    db: &mut SqliteConnection,
    id: u64,
    now: u64,
) -> Result<Option<Cause>> {
    // The store's numbers are signed; nothing has a number above theirs.
    let Ok(id) = i64::try_from(id) else {
        return Ok(None);
    };
    let sql = format!("SELECT {COLUMNS} FROM causes WHERE id = ?");
    let found = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(id)
        .fetch_optional(&mut *db)
        .await?;
    match found {
        Some(row) => Ok(Some(cause(db, &row, now).await?)),
        None => Ok(None),
    }
}

async fn cause(db: &mut SqliteConnection, r: &SqliteRow, now: u64) -> Result<Cause> {
    let id = unsigned(r.try_get(0)?);
    let definition: CreateCause = serde_json::from_str(r.try_get(2)?)
        .map_err(|e| Error::Event(format!("definition of {id}: {e}")))?;
    let mut actions = Vec::new();
    let lives = lives_of(db, id).await?;
    for live in &lives {
        let can_activate = together::can_activate(db, live, now).await?;
        actions.push(Action {
            can_activate,
            bundled: definition.bundle,
            saving: saving::of(db, &live.state).await?,
            ..action(live, now)
        });
    }
    let created_at = unsigned(r.try_get(8)?);
    let deliberation = match definition.deliberation {
        Some(_) => Some(deliberation::of(db, id).await?),
        None => None,
    };
    let relation = definition.relation.map(|r| Related {
        kind: r.as_str().to_owned(),
        cause: r.cause(),
    });
    Ok(Cause {
        relation,
        related: related(db, id).await?,
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
        created_at,
        fee_bps: r.try_get(5)?,
        fund: fund::coins(db, id).await?,
        fund_until: definition
            .fund_to
            .is_some()
            .then(|| fund::until(created_at, &lives, now)),
        fund_to: definition.fund_to,
        fund_moves: fund::moves(db, id).await?,
        registry: registry::entries(db, id).await?,
        deliberation,
        changed_height: unsigned(r.try_get(9)?),
        actions,
    })
}

/// Later causes that name this one.
async fn related(db: &mut SqliteConnection, id: u64) -> Result<Vec<Related>> {
    let found = sqlx::query(
        "SELECT kind, cause FROM relations WHERE earlier = ? ORDER BY cause DESC LIMIT 100",
    )
    .bind(signed(id))
    .fetch_all(db)
    .await?;
    let mut related = Vec::with_capacity(found.len());
    for row in &found {
        related.push(Related {
            kind: row.try_get(0)?,
            cause: unsigned(row.try_get(1)?),
        });
    }
    Ok(related)
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
        lives.push(rows::live_of(db, state).await?);
    }
    Ok(lives)
}

/// With its list as the chain writes addresses.
fn one_case(mut gate: Gate) -> Gate {
    gate.list.iter_mut().for_each(|a| a.make_ascii_lowercase());
    gate
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
    let (kept, broken) = if s.terms.coins().is_some() {
        (0, 0) // nobody can break what is paid
    } else if s.is_attested() {
        (s.did.0, s.didnt.0)
    } else if s.is_collective() {
        match s.answer {
            Some((Answer::Yes, _)) => (committed, 0),
            Some((Answer::No, _)) => (0, committed),
            Some((Answer::Unresolved, _)) | None => (0, 0),
        }
    } else if phase == Phase::Settled {
        (s.checked_in.0, committed.saturating_sub(s.checked_in.0))
    } else {
        (s.checked_in.0, 0)
    };
    let coins = |text: &str| {
        let sum = amount(text);
        s.denom()
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
        max: s.terms.max,
        gate: s.terms.gate.clone().map(one_case),
        coins: coins::purpose(s, committed),
        schedule: s.terms.schedule,
        lock: s.terms.lock,
        bundled: false,
        confirm_window: s.terms.confirm_window,
        act_window: s.terms.act_window,
        report_window: s.terms.report_window,
        stake: s.terms.stake.clone(),
        fulfilment: s.terms.fulfilment.clone(),
        forfeits_to: s.terms.forfeits_to.clone(),
        pledged: s.pledged,
        committed,
        confirming: live
            .window(now)
            .filter(|_| phase == Phase::Confirming)
            .map(|(from, until)| Confirming {
                from,
                until,
                confirmed: s.confirmed.0,
                survives: live.survives(),
            }),
        phase,
        active: live.activated_at(now).is_some(),
        activated_at: live.activated_at(now),
        ready_since: s.ready_since,
        chosen_at: s.chosen_at,
        undecided: s.chosen_at.is_some_and(|at| now < at),
        act_from: windows.map(|w| w.act_from),
        report_from: windows.map(|w| w.report_from),
        settled_from: windows.map(|w| w.settled_from),
        tips_with: tips_with.filter(|_| phase.is_open()),
        curve: curve(live),
        requires: s.requires.clone(),
        waits_for: s.waits_for.clone(),
        bonus: s.terms.bonus.as_ref().map(|bonus| Bonus {
            sponsor: bonus.sponsor.clone(),
            per_pledge: bonus.per_pledge.u128(),
            before: bonus.before,
            fund: amount(&s.bonus.fund),
            eligible: s.bonus.eligible,
            each: live.bonus_split(now).each,
            rest: live.bonus_rest(now),
        }),
        takes_pledges: live.takes_pledges(now),
        by_message: s.kind == Requires::ByMessage,
        grace_until: s.timeline().grace_until(s.awaited_until),
        can_activate: false,
        totals_fixed: s.settled.is_some(),
        totals: s.settled.as_ref().map(|t| t.event(s.id)),
        already_did: s.already_did,
        checked_in: s.checked_in.0,
        kept,
        broken,
        held: coins(&s.held),
        paid_out: coins(&s.paid_out),
        judging: judging::judging(live, now),
        saving: None,
        next_boundary: live.next_boundary(now),
    }
}
