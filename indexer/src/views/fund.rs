//! A campaign fund: gifts and spends, each of them a line that everybody can read.

use muster_schema::causes::event;

use super::{Fold, rows};
use crate::error::Result;
use crate::store::signed;

/// One line of a fund's book.
struct Line<'a> {
    cause: u64,
    kind: &'static str,
    person: &'a str,
    denom: &'a str,
    amount: u128,
    memo: &'a str,
}

impl Fold<'_> {
    pub(super) async fn supported(&mut self, e: event::Supported) -> Result<()> {
        rows::move_fund(self.db, e.cause, &e.denom, e.amount, 0).await?;
        self.write_line(Line {
            cause: e.cause,
            kind: "gift",
            person: &e.person,
            denom: &e.denom,
            amount: e.amount,
            memo: "",
        })
        .await
    }

    pub(super) async fn fund_spent(&mut self, e: event::FundSpent) -> Result<()> {
        rows::move_fund(self.db, e.cause, &e.denom, 0, e.amount).await?;
        self.write_line(Line {
            cause: e.cause,
            kind: "spend",
            person: &e.to,
            denom: &e.denom,
            amount: e.amount,
            memo: &e.memo,
        })
        .await
    }

    pub(super) async fn fund_swept(&mut self, e: event::FundSwept) -> Result<()> {
        rows::move_fund(self.db, e.cause, &e.denom, 0, e.amount).await?;
        self.write_line(Line {
            cause: e.cause,
            kind: "sweep",
            person: &e.to,
            denom: &e.denom,
            amount: e.amount,
            memo: "",
        })
        .await
    }

    async fn write_line(&mut self, line: Line<'_>) -> Result<()> {
        sqlx::query(
            "INSERT INTO fund_moves (cause, n, kind, person, denom, amount, memo, height, time) \
             SELECT ?1, 1 + COALESCE(MAX(n), 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM fund_moves \
             WHERE cause = ?1",
        )
        .bind(signed(line.cause))
        .bind(line.kind)
        .bind(line.person)
        .bind(line.denom)
        .bind(line.amount.to_string())
        .bind(line.memo)
        .bind(signed(self.block.height))
        .bind(signed(self.block.time))
        .execute(&mut *self.db)
        .await?;
        self.touch(line.cause).await
    }
}
