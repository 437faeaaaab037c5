//! Actions that require one another: bound by a message together, failing together.

use muster_schema::causes::event;

use super::{Fold, alarm, rows};
use crate::error::Result;
use crate::store::{signed, unsigned};

impl Fold<'_> {
    /// Notes that `action` requires `required`.
    pub(super) async fn require(&mut self, action: u64, required: u64) -> Result<()> {
        sqlx::query("INSERT OR IGNORE INTO requirements (required, action) VALUES (?,?)")
            .bind(signed(required))
            .bind(signed(action))
            .execute(&mut *self.db)
            .await?;
        Ok(())
    }

    /// Marks the causes of whatever requires `action`, directly or not.
    pub(super) async fn touch_dependents(&mut self, action: u64) -> Result<()> {
        let causes: Vec<i64> = sqlx::query_scalar(
            "WITH RECURSIVE above (id) AS (SELECT action FROM requirements WHERE required = ?1 \
             UNION SELECT r.action FROM requirements r JOIN above ON r.required = above.id) \
             SELECT DISTINCT cause FROM actions WHERE id IN above ORDER BY cause",
        )
        .bind(signed(action))
        .fetch_all(&mut *self.db)
        .await?;
        for cause in causes.into_iter().map(unsigned) {
            self.touch(cause).await?;
        }
        Ok(())
    }

    /// If `action` has ended without a committed set, whatever requires it and isn't bound has
    /// failed with it, at the same second; and so on.
    pub(super) async fn spread_failure(&mut self, action: u64) -> Result<()> {
        let mut failed = vec![action];
        while let Some(id) = failed.pop() {
            let void = rows::live(self.db, id).await?;
            if !void.phase(self.block.time).is_void() {
                continue;
            }
            let at = void.ended_at(self.block.time).unwrap_or(self.block.time);
            let dependents: Vec<i64> = sqlx::query_scalar(
                "SELECT action FROM requirements WHERE required = ? ORDER BY action",
            )
            .bind(signed(id))
            .fetch_all(&mut *self.db)
            .await?;
            for dependent in dependents.into_iter().map(unsigned) {
                let mut live = rows::live(self.db, dependent).await?;
                let s = &mut live.state;
                // One that is bound stays so; one that was void before has told its own.
                let told = s.void_from.is_some_and(|known| known <= at);
                if s.bound.is_some() || s.bound_at.is_some() || told {
                    continue;
                }
                s.void_from = Some(at);
                self.save(&mut live).await?;
                failed.push(dependent);
            }
        }
        Ok(())
    }

    pub(super) async fn activated(&mut self, e: event::Activated) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        if !live.phase(self.block.time).is_open() {
            alarm("activated", e.action, "bound by a message", "not open");
        }
        live.state.bound_at = Some(e.at);
        let own = live.scan();
        if (own.people, own.staked) != (e.committed, e.staked) {
            let found = format!("{} {}", e.committed, e.staked);
            alarm("activated", e.action, &found, &format!("{own:?}"));
        }
        live.state.known = e.committed;
        live.fix(self.block.time);
        self.save(&mut live).await
    }

    pub(super) async fn counterpart_met(&mut self, e: event::CounterpartMet) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        live.state.waits_for = None;
        live.state.requires.push(e.requires);
        self.require(e.action, e.requires).await?;
        self.save(&mut live).await
    }
}
