//! What becomes of a pledge until it is paid.

use muster_mechanism::grid;
use muster_schema::causes::event;
use muster_schema::causes::{Outcome, Schedule};

use super::live::Live;
use super::rows::PledgeRow;
use super::state::Deed;
use super::{Fold, LEAST_FOR_STANDING, alarm, pay, rows};
use crate::error::Result;

/// A pledge as an event tells it.
pub(super) struct New {
    pub(super) action: u64,
    pub(super) person: String,
    pub(super) needs_others: u32,
    pub(super) staked: bool,
    pub(super) units: u32,
    pub(super) referrer: Option<String>,
}

impl Fold<'_> {
    pub(super) async fn pledged(&mut self, e: event::Pledged) -> Result<()> {
        self.add_pledge(New {
            action: e.action,
            person: e.person,
            needs_others: e.needs_others,
            staked: e.staked,
            units: 0,
            referrer: e.referrer,
        })
        .await
    }

    pub(super) async fn add_pledge(&mut self, e: New) -> Result<()> {
        let weight = e.units.max(1);
        let mut live = rows::live(self.db, e.action).await?;
        let threshold = grid::threshold(e.needs_others, live.state.terms.goal);
        if threshold > live.state.terms.goal {
            rows::count_in_bucket(self.db, e.action, threshold, weight.into(), e.staked.into())
                .await?;
            live.buckets = rows::buckets(self.db, e.action).await?;
        }
        let s = &mut live.state;
        s.pledged = s.pledged.saturating_add(weight);
        if e.units > 0 {
            s.people += 1;
            s.held = rows::moved(Some(&s.held), s.coins(e.units), 0, "held")?;
        }
        if e.staked {
            s.staked += 1;
            s.held = rows::moved(Some(&s.held), s.stake(), 0, "held")?;
        }
        s.held = rows::moved(Some(&s.held), s.deposit(), 0, "held")?;
        let counts = !matches!(s.terms.schedule, Schedule::AtClose { .. });
        if counts && s.ready_since.is_none() && live.scan().people > 0 {
            live.state.ready_since = Some(self.block.time);
        }
        let row = PledgeRow {
            action: e.action,
            person: e.person.clone(),
            deed: Deed {
                needs_others: e.needs_others,
                staked: e.staked,
                checked_in: false,
                outcome: None,
                confirmed: false,
                challenge: None,
            },
            left_behind: false,
            units: e.units,
            claimed: false,
            withdrawn: false,
            paid: 0,
            evidence: None,
            challenger: None,
            height: self.block.height,
            time: self.block.time,
            sponsor: self.sponsor.map(str::to_owned),
        };
        live.state.bonus.eligible += u32::from(live.is_early(&row));
        rows::save_pledge(self.db, &row).await?;
        if let Some(by) = &e.referrer {
            self.refer(e.action, &e.person, by).await?;
        }
        self.save(&mut live).await
    }

    pub(super) async fn withdrawn(&mut self, e: event::Withdrawn) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        let mut row = rows::pledge(self.db, e.action, &e.person).await?;
        if row.left_behind {
            return self.left(live, row).await;
        }
        let (needs, weight) = (row.deed.needs_others, row.units.max(1));
        live.note_binds(&row.deed, self.block.time);
        let threshold = grid::threshold(needs, live.state.terms.goal);
        if threshold > live.state.terms.goal {
            let staked = i64::from(row.deed.staked);
            rows::count_in_bucket(self.db, e.action, threshold, -i64::from(weight), -staked)
                .await?;
            live.buckets = rows::buckets(self.db, e.action).await?;
        }
        let early = u32::from(live.is_early(&row));
        live.state.bonus.eligible = live.state.bonus.eligible.saturating_sub(early);
        let s = &mut live.state;
        s.pledged = s.pledged.saturating_sub(weight);
        row.withdrawn = true;
        if row.units > 0 {
            s.people = s.people.saturating_sub(1);
            row.paid = s.coins(row.units);
            pay(s, row.paid)?;
        }
        if row.deed.staked {
            s.staked = s.staked.saturating_sub(1);
            row.paid = s.stake();
            pay(s, row.paid)?;
        }
        let deposit = s.deposit();
        row.paid = row.paid.saturating_add(deposit);
        pay(s, deposit)?;
        let counts = !matches!(s.terms.schedule, Schedule::AtClose { .. });
        let waits = counts && live.activated_at(self.block.time).is_none();
        if waits && live.scan().people == 0 {
            live.state.ready_since = None;
        }
        self.no_longer_admitted(e.action, &e.person).await?;
        rows::save_pledge(self.db, &row).await?;
        self.unrefer(e.action, &e.person).await?;
        self.save(&mut live).await
    }

    /// Whoever was silent in a confirm window that came to nothing takes what is theirs: they
    /// weren't counted any more.
    async fn left(&mut self, mut live: Live, mut row: PledgeRow) -> Result<()> {
        row.withdrawn = true;
        row.paid = live.state.deposit();
        if row.deed.staked {
            row.paid = row.paid.saturating_add(live.state.stake());
        }
        pay(&mut live.state, row.paid)?;
        rows::save_pledge(self.db, &row).await?;
        self.save(&mut live).await
    }

    pub(super) async fn bound(&mut self, e: event::Bound) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        live.fix(self.block.time);
        let own = (live.activated_at(self.block.time), live.state.bound);
        if own != (Some(e.at), Some((e.committed, e.staked))) {
            let found = format!("{} {} {}", e.at, e.committed, e.staked);
            alarm("bound", e.action, &found, &format!("{own:?}"));
        }
        self.save(&mut live).await
    }

    pub(super) async fn checked_in(&mut self, e: event::CheckedIn) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        let mut row = rows::pledge(self.db, e.action, &e.person).await?;
        if !live.note_binds(&row.deed, self.block.time) {
            alarm("checked_in", e.action, &e.person, "not bound");
        }
        row.deed.checked_in = true;
        row.evidence = e.evidence;
        add(&mut live.state.checked_in, row.deed.staked);
        rows::save_pledge(self.db, &row).await?;
        self.save(&mut live).await
    }

    pub(super) async fn attested(&mut self, e: event::Attested) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        let mut row = rows::pledge(self.db, e.action, &e.person).await?;
        if !live.note_binds(&row.deed, self.block.time) {
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
            if crowd && e.outcome == Outcome::Did {
                self.credit_referrer(e.action, &e.person).await?;
            }
            rows::save_pledge(self.db, &row).await?;
        }
        self.save(&mut live).await
    }

    pub(super) async fn standing(&mut self, person: &str, column: &str) -> Result<()> {
        sqlx::query(
            "INSERT INTO standing (person, kept, broken, unreported, referred_kept) \
             VALUES (?1, ?2 = 'kept', ?2 = 'broken', ?2 = 'unreported', ?2 = 'referred_kept') \
             ON CONFLICT DO UPDATE SET \
             kept = kept + (?2 = 'kept'), broken = broken + (?2 = 'broken'), \
             unreported = unreported + (?2 = 'unreported'), \
             referred_kept = referred_kept + (?2 = 'referred_kept')",
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
