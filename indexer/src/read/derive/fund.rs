//! What a campaign fund holds, its end, and the last lines of its book.

use cosmwasm_std::Coin;
use muster_mechanism::fund;
use sqlx::Row;
use sqlx::sqlite::SqliteConnection;

use super::coin;
use crate::error::Result;
use crate::read::types::FundMove;
use crate::store::{signed, unsigned};
use crate::views::live::Live;
use crate::views::rows::amount;

pub(super) async fn coins(db: &mut SqliteConnection, cause: u64) -> Result<Vec<Coin>> {
    let funds = sqlx::query("SELECT denom, amount FROM funds WHERE cause = ? ORDER BY denom")
        .bind(signed(cause))
        .fetch_all(db)
        .await?;
    let mut coins = Vec::new();
    for row in &funds {
        let (denom, sum): (&str, u128) = (row.try_get(0)?, amount(row.try_get(1)?));
        if sum > 0 {
            coins.push(coin(denom, sum));
        }
    }
    Ok(coins)
}

/// The second of its end as far as it is known at `now`.
pub(super) fn until(created_at: u64, lives: &[Live], now: u64) -> u64 {
    fund::until(created_at, lives.iter().map(|live| live.ended_at(now)))
}

pub(super) async fn moves(db: &mut SqliteConnection, cause: u64) -> Result<Vec<FundMove>> {
    let found = sqlx::query(
        "SELECT kind, person, denom, amount, memo, time FROM fund_moves WHERE cause = ? \
         ORDER BY n DESC LIMIT 20",
    )
    .bind(signed(cause))
    .fetch_all(db)
    .await?;
    let mut moves = Vec::with_capacity(found.len());
    for row in &found {
        moves.push(FundMove {
            kind: row.try_get(0)?,
            person: row.try_get(1)?,
            coin: coin(row.try_get(2)?, amount(row.try_get(3)?)),
            memo: row.try_get(4)?,
            time: unsigned(row.try_get(5)?),
        });
    }
    Ok(moves)
}
