//! Confirm windows: whose confirmations are counted, and what came of a window at its end.

use std::collections::BTreeMap;

use muster_mechanism::grid;
use muster_schema::causes::event;

use super::live::Live;
use super::state::WindowOutcome;
use super::{Fold, alarm, rows};
use crate::error::Result;
use crate::store::{signed, unsigned};

impl Fold<'_> {
    pub(super) async fn confirming_begun(&mut self, e: event::ConfirmingBegun) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        if !live.phase(self.block.time).is_open() {
            alarm("confirming", e.action, "begun by a message", "not open");
        }
        live.state.bound_at = Some(e.from);
        let own = live.window(self.block.time);
        if own != Some((e.from, e.until)) {
            alarm(
                "confirming",
                e.action,
                &format!("{e:?}"),
                &format!("{own:?}"),
            );
        }
        self.save(&mut live).await?;
        self.await_window(e.action, e.until).await
    }

    pub(super) async fn confirmed(&mut self, e: event::Confirmed) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        let mut row = rows::pledge(self.db, e.action, &e.person).await?;
        if row.deed.confirmed || row.left_behind {
            alarm(
                "confirmed",
                e.action,
                &e.person,
                "confirmed before, or not in",
            );
        }
        row.deed.confirmed = true;
        let counts = &mut live.state.confirmed;
        counts.0 += 1;
        counts.1 += u32::from(row.deed.staked);
        let threshold = grid::threshold(row.deed.needs_others, live.state.terms.goal);
        if threshold > live.state.terms.goal {
            rows::count_confirmed(self.db, e.action, threshold, row.deed.staked).await?;
            live.confirmed = rows::confirmed_buckets(self.db, e.action).await?;
        }
        rows::save_pledge(self.db, &row).await?;
        self.save(&mut live).await
    }

    /// Open again since the block that passed its end: here the contract says so too.
    pub(super) async fn reopened(&mut self, e: event::Reopened) -> Result<()> {
        let live = rows::live(self.db, e.action).await?;
        let s = &live.state;
        let own = (s.decided, s.pledged, s.staked);
        if own != (Some(e.at), e.pledged, e.staked) {
            alarm("reopened", e.action, &format!("{e:?}"), &format!("{own:?}"));
        }
        Ok(())
    }

    /// Notes, at whatever requires `action` directly or not, until when its confirm window lasts:
    /// their grace counts from there.
    pub(super) async fn await_window(&mut self, action: u64, until: u64) -> Result<()> {
        let above: Vec<i64> = sqlx::query_scalar(
            "WITH RECURSIVE above (id) AS (SELECT action FROM requirements WHERE required = ?1 \
             UNION SELECT r.action FROM requirements r JOIN above ON r.required = above.id) \
             SELECT id FROM above WHERE id <> ?1 ORDER BY id",
        )
        .bind(signed(action))
        .fetch_all(&mut *self.db)
        .await?;
        for id in above.into_iter().map(unsigned) {
            let mut live = rows::live(self.db, id).await?;
            if live.state.awaited_until < Some(until) {
                live.state.awaited_until = Some(until);
                self.save(&mut live).await?;
            }
        }
        Ok(())
    }

    /// Of the actions whose boundary this block passes: notes which began to confirm, and decides
    /// the windows that have ended, all of them at once since they may require one another.
    pub(super) async fn end_windows(&mut self, due: &[u64]) -> Result<()> {
        let now = self.block.time;
        let mut ended: BTreeMap<u64, (Live, u64)> = BTreeMap::new();
        for &id in due {
            let live = rows::live(self.db, id).await?;
            let Some((_, until)) = live.window(now) else {
                continue;
            };
            self.await_window(id, until).await?;
            let live = rows::live(self.db, id).await?;
            let s = &live.state;
            if until <= now && s.bound.is_none() && s.decided != Some(until) && !s.cancelled {
                ended.insert(id, (live, until));
            }
        }
        let mut through: BTreeMap<u64, bool> = ended
            .iter()
            .map(|(id, (live, _))| (*id, live.scan_confirmed().people > 0))
            .collect();
        while let Some(falls) = self.who_falls(&ended, &through).await? {
            through.insert(falls, false);
        }
        for (id, (mut live, until)) in ended {
            let together = through.get(&id).copied().unwrap_or(false);
            self.decide(&mut live, until, together).await?;
        }
        Ok(())
    }

    /// One that would come through, were it not for something that it requires.
    async fn who_falls(
        &mut self,
        ended: &BTreeMap<u64, (Live, u64)>,
        through: &BTreeMap<u64, bool>,
    ) -> Result<Option<u64>> {
        for (id, (live, until)) in ended {
            if through.get(id) != Some(&true) {
                continue;
            }
            for required in &live.state.requires {
                let with = through.get(required) == Some(&true);
                let active = rows::live(self.db, *required)
                    .await?
                    .activated_at(self.block.time)
                    .is_some_and(|at| at <= *until);
                if !with && !active {
                    return Ok(Some(*id));
                }
            }
        }
        Ok(None)
    }

    async fn decide(&mut self, live: &mut Live, until: u64, together: bool) -> Result<()> {
        live.state.decided = Some(until);
        live.state.outcome = if together {
            WindowOutcome::Together
        } else if live.scan_confirmed().people > 0 {
            WindowOutcome::Alone
        } else {
            WindowOutcome::Nobody
        };
        let now = self.block.time;
        if live.reopened_at(now).is_some() {
            live.reopen(now);
            rows::leave_behind(self.db, live.state.id).await?;
            live.buckets = std::mem::take(&mut live.confirmed);
        }
        self.save(live).await
    }
}
