//! Loading and saving the rows that the views fold.

use muster_mechanism::committed::Bucket;
use muster_schema::causes::{ChallengeStatus, Outcome};
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::deliberation::ChoiceState;
use super::live::Live;
use super::state::{ActionState, Deed};
use crate::error::{Error, Result};
use crate::store::{signed, unsigned};

/// A pledge as it is stored.
#[derive(Clone, Debug)]
pub struct PledgeRow {
    /// The action.
    pub action: u64,
    /// Whose.
    pub person: String,
    /// What its class depends on.
    pub deed: Deed,
    /// Units of a pledge of coins; 0 where the action counts people.
    pub units: u32,
    /// Everything was paid.
    pub claimed: bool,
    /// Taken back.
    pub withdrawn: bool,
    /// Silent in a confirm window that came to nothing: it counts as withdrawn.
    pub left_behind: bool,
    /// What was paid.
    pub paid: u128,
    /// Address and SHA-256.
    pub evidence: Option<(String, String)>,
    /// Who brought the check-in before a jury.
    pub challenger: Option<String>,
    /// The block of the pledge.
    pub height: u64,
    /// Its time.
    pub time: u64,
    /// Who sent it, where the person only signed it.
    pub sponsor: Option<String>,
}

/// The columns of [`PledgeRow`], in the order that [`pledge_of`] reads.
pub const PLEDGE_COLUMNS: &str = "action, person, needs_others, staked, checked_in, outcome, \
     claimed, withdrawn, paid, evidence_uri, evidence_sha256, height, time, confirmed, left_behind, \
     units, sponsor, challenger, challenge";

/// A decimal amount of a row.
#[must_use]
pub fn amount(text: &str) -> u128 {
    text.parse().unwrap_or(0)
}

/// Reads a row of [`PLEDGE_COLUMNS`].
///
/// # Errors
/// The database's.
pub fn pledge_of(r: &SqliteRow) -> Result<PledgeRow> {
    let outcome: Option<String> = r.try_get(5)?;
    let uri: Option<String> = r.try_get(9)?;
    let sha: Option<String> = r.try_get(10)?;
    let challenge: Option<String> = r.try_get(18)?;
    Ok(PledgeRow {
        action: unsigned(r.try_get(0)?),
        person: r.try_get(1)?,
        deed: Deed {
            needs_others: r.try_get(2)?,
            staked: r.try_get(3)?,
            checked_in: r.try_get(4)?,
            outcome: outcome.as_deref().and_then(Outcome::from_word),
            confirmed: r.try_get(13)?,
            challenge: challenge.as_deref().and_then(ChallengeStatus::from_word),
        },
        left_behind: r.try_get(14)?,
        claimed: r.try_get(6)?,
        withdrawn: r.try_get(7)?,
        paid: amount(r.try_get(8)?),
        evidence: uri.zip(sha),
        height: unsigned(r.try_get(11)?),
        time: unsigned(r.try_get(12)?),
        units: r.try_get(15)?,
        sponsor: r.try_get(16)?,
        challenger: r.try_get(17)?,
    })
}

/// One pledge.
///
/// # Errors
/// [`Error::Event`] where there is none.
pub async fn pledge(db: &mut SqliteConnection, action: u64, person: &str) -> Result<PledgeRow> {
    let sql = format!("SELECT {PLEDGE_COLUMNS} FROM pledges WHERE action = ? AND person = ?");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(signed(action))
        .bind(person)
        .fetch_optional(db)
        .await?;
    let row = row.ok_or_else(|| Error::Event(format!("no pledge of {person} on {action}")))?;
    pledge_of(&row)
}

/// Writes one pledge.
///
/// # Errors
/// The database's.
pub async fn save_pledge(db: &mut SqliteConnection, p: &PledgeRow) -> Result<()> {
    let (uri, sha) = p.evidence.clone().unzip();
    let sql = format!(
        "INSERT OR REPLACE INTO pledges ({PLEDGE_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
    );
    sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(signed(p.action))
        .bind(&p.person)
        .bind(p.deed.needs_others)
        .bind(p.deed.staked)
        .bind(p.deed.checked_in)
        .bind(p.deed.outcome.map(Outcome::as_str))
        .bind(p.claimed)
        .bind(p.withdrawn)
        .bind(p.paid.to_string())
        .bind(uri)
        .bind(sha)
        .bind(signed(p.height))
        .bind(signed(p.time))
        .bind(p.deed.confirmed)
        .bind(p.left_behind)
        .bind(p.units)
        .bind(&p.sponsor)
        .bind(&p.challenger)
        .bind(p.deed.challenge.map(ChallengeStatus::as_str))
        .execute(db)
        .await?;
    Ok(())
}

/// The thresholds above the goal, descending.
///
/// # Errors
/// The database's.
pub async fn buckets(db: &mut SqliteConnection, action: u64) -> Result<Vec<Bucket>> {
    buckets_in(
        db,
        "SELECT threshold, pledges, staked FROM thresholds WHERE action = ? ORDER BY threshold DESC",
        action,
    )
    .await
}

/// Those of the pledges that are confirmed.
///
/// # Errors
/// The database's.
pub async fn confirmed_buckets(db: &mut SqliteConnection, action: u64) -> Result<Vec<Bucket>> {
    buckets_in(
        db,
        "SELECT threshold, pledges, staked FROM confirmations WHERE action = ? \
         ORDER BY threshold DESC",
        action,
    )
    .await
}

async fn buckets_in(
    db: &mut SqliteConnection,
    sql: &'static str,
    action: u64,
) -> Result<Vec<Bucket>> {
    let rows = sqlx::query(sql).bind(signed(action)).fetch_all(db).await?;
    rows.iter()
        .map(|r| {
            Ok(Bucket {
                threshold: r.try_get(0)?,
                pledges: r.try_get(1)?,
                staked: r.try_get(2)?,
            })
        })
        .collect()
}

/// The action of a stored document.
///
/// # Errors
/// [`Error::Event`] where it doesn't parse.
pub fn state_of(json: &str) -> Result<ActionState> {
    serde_json::from_str(json).map_err(|e| Error::Event(format!("action row: {e}")))
}

/// An action with its thresholds.
///
/// # Errors
/// [`Error::Event`] where there is none.
pub async fn live(db: &mut SqliteConnection, action: u64) -> Result<Live> {
    let json: Option<String> = sqlx::query_scalar("SELECT state FROM actions WHERE id = ?")
        .bind(signed(action))
        .fetch_optional(&mut *db)
        .await?;
    let json = json.ok_or_else(|| Error::Event(format!("no action {action}")))?;
    live_of(db, state_of(&json)?).await
}

/// An action's document with its thresholds.
///
/// # Errors
/// The database's.
pub async fn live_of(db: &mut SqliteConnection, state: ActionState) -> Result<Live> {
    let buckets = buckets(db, state.id).await?;
    let confirmed = if state.terms.confirm_window.is_some() {
        confirmed_buckets(db, state.id).await?
    } else {
        vec![]
    };
    Ok(Live {
        state,
        buckets,
        confirmed,
    })
}

/// Writes an action, with its next boundary as of `now`.
///
/// # Errors
/// The database's.
pub async fn save_live(db: &mut SqliteConnection, live: &Live, now: u64) -> Result<()> {
    let json =
        serde_json::to_string(&live.state).map_err(|e| Error::Event(format!("action row: {e}")))?;
    sqlx::query(
        "INSERT OR REPLACE INTO actions (id, cause, next_boundary, state) VALUES (?,?,?,?)",
    )
    .bind(signed(live.state.id))
    .bind(signed(live.state.cause))
    .bind(live.next_change(now).map(signed))
    .bind(json)
    .execute(db)
    .await?;
    Ok(())
}

/// Scores as a text of digits.
#[must_use]
pub fn digits(scores: &[u8]) -> String {
    scores.iter().map(ToString::to_string).collect()
}

/// Such a text as scores.
#[must_use]
pub fn scores(digits: &str) -> Vec<u8> {
    digits.bytes().map(|b| b.saturating_sub(b'0')).collect()
}

/// Somebody's ballot in a cause, if one stands.
///
/// # Errors
/// The database's.
pub async fn ballot(
    db: &mut SqliteConnection,
    cause: u64,
    person: &str,
) -> Result<Option<Vec<u8>>> {
    let found: Option<String> =
        sqlx::query_scalar("SELECT scores FROM ballots WHERE cause = ? AND person = ?")
            .bind(signed(cause))
            .bind(person)
            .fetch_optional(db)
            .await?;
    Ok(found.map(|digits| scores(&digits)))
}

/// The choice of a cause.
///
/// # Errors
/// [`Error::Event`] where it has none.
pub async fn choice(db: &mut SqliteConnection, cause: u64) -> Result<ChoiceState> {
    let json: Option<String> = sqlx::query_scalar("SELECT state FROM choices WHERE cause = ?")
        .bind(signed(cause))
        .fetch_optional(db)
        .await?;
    let json = json.ok_or_else(|| Error::Event(format!("no deliberation in {cause}")))?;
    serde_json::from_str(&json).map_err(|e| Error::Event(format!("choice row: {e}")))
}

/// Writes the choice of a cause.
///
/// # Errors
/// The database's.
pub async fn save_choice(
    db: &mut SqliteConnection,
    cause: u64,
    choice: &ChoiceState,
) -> Result<()> {
    let json =
        serde_json::to_string(choice).map_err(|e| Error::Event(format!("choice row: {e}")))?;
    sqlx::query("INSERT OR REPLACE INTO choices (cause, state) VALUES (?,?)")
        .bind(signed(cause))
        .bind(json)
        .execute(db)
        .await?;
    Ok(())
}

/// Adds people to a threshold's bucket, or takes them out; an empty one goes.
///
/// # Errors
/// The database's.
pub async fn count_in_bucket(
    db: &mut SqliteConnection,
    action: u64,
    threshold: u32,
    people: i64,
    staked: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO thresholds (action, threshold, pledges, staked) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT DO UPDATE SET pledges = pledges + ?3, staked = staked + ?4",
    )
    .bind(signed(action))
    .bind(threshold)
    .bind(people)
    .bind(staked)
    .execute(&mut *db)
    .await?;
    sqlx::query("DELETE FROM thresholds WHERE action = ? AND threshold = ? AND pledges <= 0")
        .bind(signed(action))
        .bind(threshold)
        .execute(db)
        .await?;
    Ok(())
}

/// Adds to (or, negative, takes from) a campaign fund.
///
/// # Errors
/// [`Error::Event`] where more is taken than there is.
pub async fn move_fund(
    db: &mut SqliteConnection,
    cause: u64,
    denom: &str,
    plus: u128,
    minus: u128,
) -> Result<()> {
    let before: Option<String> =
        sqlx::query_scalar("SELECT amount FROM funds WHERE cause = ? AND denom = ?")
            .bind(signed(cause))
            .bind(denom)
            .fetch_optional(&mut *db)
            .await?;
    let after = moved(before.as_deref(), plus, minus, "campaign fund")?;
    sqlx::query("INSERT OR REPLACE INTO funds (cause, denom, amount) VALUES (?,?,?)")
        .bind(signed(cause))
        .bind(denom)
        .bind(after)
        .execute(db)
        .await?;
    Ok(())
}

/// As [`move_fund`], for the fees that wait for the treasury.
///
/// # Errors
/// As [`move_fund`].
pub async fn move_fees(
    db: &mut SqliteConnection,
    denom: &str,
    plus: u128,
    minus: u128,
) -> Result<()> {
    let before: Option<String> = sqlx::query_scalar("SELECT amount FROM fees WHERE denom = ?")
        .bind(denom)
        .fetch_optional(&mut *db)
        .await?;
    let after = moved(before.as_deref(), plus, minus, "fees")?;
    sqlx::query("INSERT OR REPLACE INTO fees (denom, amount) VALUES (?,?)")
        .bind(denom)
        .bind(after)
        .execute(db)
        .await?;
    Ok(())
}

/// `before + plus − minus` in decimal text.
///
/// # Errors
/// [`Error::Event`] beyond either end.
pub fn moved(before: Option<&str>, plus: u128, minus: u128, what: &str) -> Result<String> {
    let before = before.map_or(0, amount);
    before
        .checked_add(plus)
        .and_then(|sum| sum.checked_sub(minus))
        .map(|n| n.to_string())
        .ok_or_else(|| Error::Event(format!("{what}: found {before} + {plus} - {minus}")))
}

/// Adds one who confirmed to the bucket of their threshold.
///
/// # Errors
/// The database's.
pub async fn count_confirmed(
    db: &mut SqliteConnection,
    action: u64,
    threshold: u32,
    staked: bool,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO confirmations (action, threshold, pledges, staked) VALUES (?1, ?2, 1, ?3) \
         ON CONFLICT DO UPDATE SET pledges = pledges + 1, staked = staked + ?3",
    )
    .bind(signed(action))
    .bind(threshold)
    .bind(i64::from(staked))
    .execute(db)
    .await?;
    Ok(())
}

/// From here on the confirmed are those who pledged, and nobody is confirmed.
///
/// # Errors
/// The database's.
pub async fn leave_behind(db: &mut SqliteConnection, action: u64) -> Result<()> {
    for sql in [
        "UPDATE pledges SET left_behind = 1 WHERE action = ? AND confirmed = 0 AND withdrawn = 0",
        "UPDATE pledges SET confirmed = 0 WHERE action = ?",
        "DELETE FROM thresholds WHERE action = ?",
        "INSERT INTO thresholds SELECT * FROM confirmations WHERE action = ?",
        "DELETE FROM confirmations WHERE action = ?",
    ] {
        sqlx::query(sql)
            .bind(signed(action))
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}
