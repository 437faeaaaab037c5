//! The choice between alternatives, its proposals, and who scored and seconded.

use muster_schema::causes::NewAction;
use sqlx::Row;
use sqlx::sqlite::SqliteConnection;

use crate::error::{Error, Result};
use crate::read::types::{Alternative, Ballot, Deliberation, Proposal, Seconded};
use crate::store::{signed, unsigned};
use crate::views::rows;

/// The deliberation of `cause`, which has one.
pub(super) async fn of(db: &mut SqliteConnection, cause: u64) -> Result<Deliberation> {
    let choice = rows::choice(db, cause).await?;
    let tally = choice.tally();
    let of_each = choice.alternatives.iter().zip(0..);
    let alternative = |(action, i): (&u64, usize)| Alternative {
        action: *action,
        score: choice.scores.get(i).copied().unwrap_or(0),
        fives: choice.fives.get(i).copied().unwrap_or(0),
        margins: (0..tally.alternatives())
            .map(|other| tally.margin(i, other))
            .collect(),
    };
    let cancelled: bool = sqlx::query_scalar("SELECT cancelled FROM causes WHERE id = ?")
        .bind(signed(cause))
        .fetch_one(&mut *db)
        .await?;
    let chosen = choice.chosen.filter(|_| !cancelled);
    Ok(Deliberation {
        alternatives: of_each.map(alternative).collect(),
        propose_until: choice.terms.score_from(),
        places_left: choice.places_left,
        score_until: choice.terms.score_until,
        ballots: choice.ballots,
        chosen: chosen.map(|(chosen, _)| chosen),
        runner_up: chosen.and_then(|(_, rival)| rival),
        proposals: proposals(db, cause).await?,
    })
}

async fn proposals(db: &mut SqliteConnection, cause: u64) -> Result<Vec<Proposal>> {
    let found = sqlx::query(
        "SELECT p.proposal, p.person, p.definition, p.action, p.time, (SELECT COUNT(*) FROM \
         seconders s WHERE s.cause = p.cause AND s.proposal = p.proposal) AS n FROM proposals p \
         WHERE p.cause = ? ORDER BY n DESC, p.proposal LIMIT 20",
    )
    .bind(signed(cause))
    .fetch_all(db)
    .await?;
    let mut proposals = Vec::with_capacity(found.len());
    for row in &found {
        let definition: String = row.try_get(2)?;
        let action: NewAction = serde_json::from_str(&definition)
            .map_err(|e| Error::Event(format!("proposal of {cause}: {e}")))?;
        proposals.push(Proposal {
            proposal: row.try_get(0)?,
            person: row.try_get(1)?,
            label: action.label,
            definition,
            seconders: row.try_get(5)?,
            action: row.try_get::<Option<i64>, _>(3)?.map(unsigned),
            time: unsigned(row.try_get(4)?),
        });
    }
    Ok(proposals)
}

/// The ballots of `person` that stand.
pub(in crate::read) async fn ballots(
    db: &mut SqliteConnection,
    person: &str,
) -> Result<Vec<Ballot>> {
    let found = sqlx::query("SELECT cause, scores FROM ballots WHERE person = ? ORDER BY cause")
        .bind(person)
        .fetch_all(db)
        .await?;
    let mut ballots = Vec::with_capacity(found.len());
    for row in &found {
        ballots.push(Ballot {
            cause: unsigned(row.try_get(0)?),
            scores: rows::scores(row.try_get(1)?),
        });
    }
    Ok(ballots)
}

/// The proposals that `person` seconds.
pub(in crate::read) async fn seconded(
    db: &mut SqliteConnection,
    person: &str,
) -> Result<Vec<Seconded>> {
    let sql = "SELECT cause, proposal FROM seconders WHERE person = ? ORDER BY cause, proposal";
    let found = sqlx::query(sql).bind(person).fetch_all(db).await?;
    let mut seconded = Vec::with_capacity(found.len());
    for row in &found {
        seconded.push(Seconded {
            cause: unsigned(row.try_get(0)?),
            proposal: row.try_get(1)?,
        });
    }
    Ok(seconded)
}
