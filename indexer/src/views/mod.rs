//! The views: every event of the contract folded into rows, in the transaction of its block.

mod pay;
pub mod rows;
pub mod state;

use std::collections::BTreeSet;

use muster_mechanism::grid;
use muster_schema::causes::event::{self, CausesEvent};
use muster_schema::causes::{Fulfilment, Outcome, Schedule};
use sha2::{Digest, Sha256};
use sqlx::sqlite::SqliteConnection;

use crate::error::{Error, Result};
use crate::store::{signed, unsigned};
use rows::PledgeRow;
use state::{ActionState, Deed, Live};

/// Standing counts only where a crowd was bound; the contract's own number.
pub const LEAST_FOR_STANDING: u32 = 10;

/// The block that is being folded.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// Its height.
    pub height: u64,
    /// Its time, Unix seconds.
    pub time: u64,
}

/// Folds events of one block.
#[derive(Debug)]
pub struct Fold<'a> {
    /// Inside the batch's transaction.
    pub db: &'a mut SqliteConnection,
    /// Where the event is from.
    pub block: Block,
    /// Causes that changed in this batch.
    pub changed: &'a mut BTreeSet<u64>,
}

/// Own arithmetic and the contract's disagree: said aloud and counted, never hidden.
fn alarm(what: &str, action: u64, found: &str, own: &str) {
    tracing::error!(
        what,
        action,
        found,
        own,
        "the contract and this indexer disagree"
    );
    metrics::counter!("muster_mismatches_total", "what" => what.to_owned()).increment(1);
}

impl Fold<'_> {
    /// Folds one event.
    ///
    /// # Errors
    /// [`Error::Event`] where it doesn't fit the rows; the caller rolls back what it had written.
    pub async fn event(&mut self, event: CausesEvent) -> Result<()> {
        match event {
            CausesEvent::CauseCreated(e) => self.created(e).await,
            CausesEvent::CauseCancelled(e) => self.cancelled(e.cause).await,
            CausesEvent::Pledged(e) => self.pledged(e).await,
            CausesEvent::Withdrawn(e) => self.withdrawn(e).await,
            CausesEvent::Bound(e) => self.bound(e).await,
            CausesEvent::CheckedIn(e) => self.checked_in(e).await,
            CausesEvent::AlreadyDid(e) => {
                let mut live = rows::live(self.db, e.action).await?;
                live.state.already_did += 1;
                self.save(&live).await
            }
            CausesEvent::Attested(e) => self.attested(e).await,
            CausesEvent::Settled(e) => self.settled(e).await,
            CausesEvent::Claimed(e) => self.claimed(e).await,
            CausesEvent::ForfeitsClaimed(e) => {
                let mut live = rows::live(self.db, e.action).await?;
                let s = &mut live.state;
                s.forfeits = rows::moved(Some(&s.forfeits), 0, e.amount, "forfeits")?;
                pay(s, e.amount)?;
                self.save(&live).await
            }
            CausesEvent::FundSpent(e) => {
                self.touch(e.cause).await?;
                rows::move_fund(self.db, e.cause, &e.denom, 0, e.amount).await
            }
            CausesEvent::FeesClaimed(e) => rows::move_fees(self.db, &e.denom, 0, e.amount).await,
            // What new causes get is written in their own events.
            CausesEvent::ConfigUpdated(_) | CausesEvent::OwnerChanged(_) => Ok(()),
        }
    }

    /// Marks what time alone changed by this block: actions whose boundary it passed.
    ///
    /// # Errors
    /// The database's.
    pub async fn boundaries(&mut self) -> Result<()> {
        let due: Vec<i64> = sqlx::query_scalar(
            "SELECT id FROM actions WHERE next_boundary IS NOT NULL AND next_boundary <= ? ORDER BY id",
        )
        .bind(signed(self.block.time))
        .fetch_all(&mut *self.db)
        .await?;
        for id in due {
            let mut live = rows::live(self.db, unsigned(id)).await?;
            live.fix(self.block.time);
            self.save(&live).await?;
        }
        Ok(())
    }

    async fn save(&mut self, live: &Live) -> Result<()> {
        rows::save_live(self.db, live, self.block.time).await?;
        self.touch(live.state.cause).await
    }

    async fn touch(&mut self, cause: u64) -> Result<()> {
        self.changed.insert(cause);
        sqlx::query("UPDATE causes SET changed_height = ? WHERE id = ?")
            .bind(signed(self.block.height))
            .bind(signed(cause))
            .execute(&mut *self.db)
            .await?;
        Ok(())
    }

    async fn created(&mut self, e: event::CauseCreated) -> Result<()> {
        let definition = e
            .parse_definition()
            .map_err(|e| Error::Event(e.to_string()))?;
        let hash = hex::encode(Sha256::digest(e.definition.as_bytes()));
        sqlx::query(
            "INSERT INTO causes (id, creator, definition, text_hash, definition_hash, fee_bps, \
             cancelled, created_height, created_at, changed_height) VALUES (?,?,?,?,?,?,0,?,?,?)",
        )
        .bind(signed(e.cause))
        .bind(&e.creator)
        .bind(&e.definition)
        .bind(&e.text_hash)
        .bind(hash)
        .bind(e.fee_bps)
        .bind(signed(self.block.height))
        .bind(signed(self.block.time))
        .bind(signed(self.block.height))
        .execute(&mut *self.db)
        .await?;
        for (id, terms) in (e.first_action..).zip(definition.actions) {
            if let Fulfilment::Attested { attestors, .. } = &terms.fulfilment {
                for person in attestors {
                    sqlx::query("INSERT OR IGNORE INTO attestors (person, action) VALUES (?,?)")
                        .bind(person.to_lowercase())
                        .bind(signed(id))
                        .execute(&mut *self.db)
                        .await?;
                }
            }
            let live = Live {
                state: ActionState::new(id, e.cause, e.fee_bps, terms),
                buckets: vec![],
            };
            self.save(&live).await?;
        }
        Ok(())
    }

    async fn cancelled(&mut self, cause: u64) -> Result<()> {
        sqlx::query("UPDATE causes SET cancelled = 1 WHERE id = ?")
            .bind(signed(cause))
            .execute(&mut *self.db)
            .await?;
        let ids: Vec<i64> =
            sqlx::query_scalar("SELECT id FROM actions WHERE cause = ? ORDER BY id")
                .bind(signed(cause))
                .fetch_all(&mut *self.db)
                .await?;
        for id in ids {
            let mut live = rows::live(self.db, unsigned(id)).await?;
            if live.phase(self.block.time).is_open() {
                live.state.cancelled = true;
                self.save(&live).await?;
            }
        }
        self.touch(cause).await
    }

    async fn pledged(&mut self, e: event::Pledged) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        let threshold = grid::threshold(e.needs_others, live.state.terms.goal);
        if threshold > live.state.terms.goal {
            rows::count_in_bucket(self.db, e.action, threshold, 1, i64::from(e.staked)).await?;
            live.buckets = rows::buckets(self.db, e.action).await?;
        }
        let s = &mut live.state;
        s.pledged += 1;
        if e.staked {
            s.staked += 1;
            s.held = rows::moved(Some(&s.held), s.stake(), 0, "held")?;
        }
        let counts = !matches!(s.terms.schedule, Schedule::AtClose { .. });
        if counts && s.ready_since.is_none() && live.scan().people > 0 {
            live.state.ready_since = Some(self.block.time);
        }
        let row = PledgeRow {
            action: e.action,
            person: e.person,
            deed: Deed {
                needs_others: e.needs_others,
                staked: e.staked,
                checked_in: false,
                outcome: None,
            },
            claimed: false,
            withdrawn: false,
            paid: 0,
            evidence: None,
            height: self.block.height,
            time: self.block.time,
        };
        rows::save_pledge(self.db, &row).await?;
        self.save(&live).await
    }

    async fn withdrawn(&mut self, e: event::Withdrawn) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        let mut row = rows::pledge(self.db, e.action, &e.person).await?;
        let needs = row.deed.needs_others;
        live.note_binds(needs, self.block.time);
        let threshold = grid::threshold(needs, live.state.terms.goal);
        if threshold > live.state.terms.goal {
            let staked = i64::from(row.deed.staked);
            rows::count_in_bucket(self.db, e.action, threshold, -1, -staked).await?;
            live.buckets = rows::buckets(self.db, e.action).await?;
        }
        let s = &mut live.state;
        s.pledged = s.pledged.saturating_sub(1);
        row.withdrawn = true;
        if row.deed.staked {
            s.staked = s.staked.saturating_sub(1);
            row.paid = s.stake();
            pay(s, row.paid)?;
        }
        let waits = matches!(s.terms.schedule, Schedule::AtTrigger { .. });
        if waits && live.scan().people == 0 {
            live.state.ready_since = None;
        }
        rows::save_pledge(self.db, &row).await?;
        self.save(&live).await
    }

    async fn bound(&mut self, e: event::Bound) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        live.fix(self.block.time);
        let own = (live.activated_at(self.block.time), live.state.bound);
        if own != (Some(e.at), Some((e.committed, e.staked))) {
            let found = format!("{} {} {}", e.at, e.committed, e.staked);
            alarm("bound", e.action, &found, &format!("{own:?}"));
        }
        self.save(&live).await
    }

    async fn checked_in(&mut self, e: event::CheckedIn) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        let mut row = rows::pledge(self.db, e.action, &e.person).await?;
        if !live.note_binds(row.deed.needs_others, self.block.time) {
            alarm("checked_in", e.action, &e.person, "not bound");
        }
        row.deed.checked_in = true;
        row.evidence = e.evidence;
        add(&mut live.state.checked_in, row.deed.staked);
        rows::save_pledge(self.db, &row).await?;
        self.save(&live).await
    }

    async fn attested(&mut self, e: event::Attested) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        let mut row = rows::pledge(self.db, e.action, &e.person).await?;
        if !live.note_binds(row.deed.needs_others, self.block.time) {
            alarm("attested", e.action, &e.person, "not bound");
        }
        if e.is_final {
            row.deed.outcome = Some(e.outcome);
            let crowd = live.state.bound.map_or(live.state.known, |b| b.0) >= LEAST_FOR_STANDING;
            let column = match e.outcome {
                Outcome::Did => {
                    add(&mut live.state.did, row.deed.staked);
                    "kept"
                }
                Outcome::Didnt => {
                    add(&mut live.state.didnt, row.deed.staked);
                    "broken"
                }
                Outcome::Excused => "",
            };
            if crowd && !column.is_empty() {
                self.standing(&e.person, column).await?;
            }
            rows::save_pledge(self.db, &row).await?;
        }
        self.save(&live).await
    }

    async fn standing(&mut self, person: &str, column: &str) -> Result<()> {
        sqlx::query(
            "INSERT INTO standing (person, kept, broken, unreported) \
             VALUES (?1, ?2 = 'kept', ?2 = 'broken', ?2 = 'unreported') ON CONFLICT DO UPDATE SET \
             kept = kept + (?2 = 'kept'), broken = broken + (?2 = 'broken'), \
             unreported = unreported + (?2 = 'unreported')",
        )
        .bind(person)
        .bind(column)
        .execute(&mut *self.db)
        .await?;
        Ok(())
    }
}

fn add(pair: &mut (u32, u32), staked: bool) {
    pair.0 += 1;
    pair.1 += u32::from(staked);
}

/// Moves coins from what lies here to what has left.
fn pay(s: &mut ActionState, amount: u128) -> Result<()> {
    s.held = rows::moved(Some(&s.held), 0, amount, "held")?;
    s.paid_out = rows::moved(Some(&s.paid_out), amount, 0, "paid out")?;
    Ok(())
}
