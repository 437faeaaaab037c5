//! Whether a message could bind an action now, with all that it requires.

use muster_schema::layout::Requires;
use sqlx::sqlite::SqliteConnection;

use crate::error::Result;
use crate::views::live::Live;
use crate::views::rows;

/// Whether `activate` would be taken as of `now`: the contract's rule.
pub(super) async fn can_activate(db: &mut SqliteConnection, live: &Live, now: u64) -> Result<bool> {
    if live.state.kind != Requires::ByMessage || live.activated_at(now).is_some() {
        return Ok(false);
    }
    let mut seen = vec![live.state.id];
    let mut next = 0;
    while let Some(&id) = seen.get(next) {
        next += 1;
        let live = rows::live(db, id).await?;
        let by_message = live.state.kind == Requires::ByMessage;
        if live.activated_at(now).is_some() {
            continue;
        }
        let open = live.phase(now).is_open() && live.state.waits_for.is_none();
        if !by_message || !open || !live.is_allowed(now) {
            return Ok(false);
        }
        for required in live.state.requires {
            if !seen.contains(&required) {
                seen.push(required);
            }
        }
    }
    Ok(true)
}
