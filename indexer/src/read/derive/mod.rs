//! From rows to answers, as of a time.

mod cause;
mod coins;
mod deliberation;
mod fund;
mod judging;
mod pledge;
mod registry;
mod saving;
mod together;

pub(super) use cause::{cause_with, causes};
pub(super) use deliberation::{ballots, seconded};
pub(super) use pledge::{pending, pledges};

use std::collections::BTreeMap;

use cosmwasm_std::Coin;
use sqlx::Row;
use sqlx::sqlite::SqliteConnection;

use crate::error::Result;
use crate::views::rows::amount;

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

/// By denom, what the contract owes by the books: actions, campaign funds and fees.
pub(super) async fn owed(db: &mut SqliteConnection) -> Result<BTreeMap<String, u128>> {
    let mut owed: BTreeMap<String, u128> = BTreeMap::new();
    let found = sqlx::query(
        "SELECT COALESCE(json_extract(state, '$.terms.stake.coin.denom'), \
         json_extract(state, '$.terms.outcome.deposit.denom'), \
         json_extract(state, '$.terms.unit.coins.denom')) AS denom, \
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
