//! Coins for a purpose: pledged in units, and released once they are bound.

use muster_mechanism::release;
use muster_schema::causes::event;

use super::live::Live;
use super::pledge::New;
use super::{Fold, alarm, pay, rows};
use crate::error::Result;

impl Fold<'_> {
    pub(super) async fn coins_pledged(&mut self, e: event::CoinsPledged) -> Result<()> {
        self.add_pledge(New {
            action: e.action,
            person: e.person,
            // Own coins are among those that come together.
            needs_others: e.total_at_least.saturating_sub(1),
            staked: false,
            units: e.units,
            referrer: None,
        })
        .await
    }

    pub(super) async fn released(&mut self, e: event::Released) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        live.fix(self.block.time);
        let bound = live.committed(self.block.time).people;
        let own = own_release(&live, bound);
        if own.as_ref() != Some(&e) {
            alarm("released", e.action, &format!("{e:?}"), &format!("{own:?}"));
        }
        let s = &mut live.state;
        s.known = s.known.max(bound);
        s.released = s.released.saturating_add(e.units);
        pay(s, e.to_beneficiary.saturating_add(e.to_document))?;
        s.held = rows::moved(Some(&s.held), 0, e.fee, "held")?;
        if let Some(denom) = s.denom() {
            rows::move_fees(self.db, denom, e.fee, 0).await?;
        }
        self.save(&mut live).await
    }
}

impl Fold<'_> {
    pub(super) async fn tranche_released(&mut self, e: event::TrancheReleased) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        live.fix(self.block.time);
        let own = own_tranche(&live, live.committed(self.block.time).people);
        if own.as_ref() != Some(&e) {
            let (found, own) = (format!("{e:?}"), format!("{own:?}"));
            alarm("tranche_released", e.action, &found, &own);
        }
        let s = &mut live.state;
        s.tranches = s.tranches.saturating_add(1);
        pay(s, e.to_beneficiary.saturating_add(e.to_document))?;
        s.held = rows::moved(Some(&s.held), 0, e.fee, "held")?;
        if let Some(denom) = s.denom() {
            rows::move_fees(self.db, denom, e.fee, 0).await?;
        }
        self.save(&mut live).await
    }

    pub(super) async fn coins_returned(&mut self, e: event::CoinsReturned) -> Result<()> {
        let mut live = rows::live(self.db, e.action).await?;
        live.fix(self.block.time);
        let bound = live.committed(self.block.time).people;
        let s = &mut live.state;
        let back = release::from_tranche(s.coins(bound), s.parts(), e.from.into());
        let own = back.map(|back| release::refund(back, bound));
        if own.map(|own| (own.each_unit, own.remainder)) != Some((e.each_unit, e.remainder)) {
            let (found, own) = (format!("{e:?}"), format!("{own:?}"));
            alarm("coins_returned", e.action, &found, &own);
        }
        s.returned = Some((e.from, e.each_unit.to_string()));
        s.held = rows::moved(Some(&s.held), 0, e.remainder, "held")?;
        if let (Some(denom), true) = (s.denom().map(str::to_owned), e.remainder > 0) {
            rows::move_fund(self.db, s.cause, &denom, e.remainder, 0).await?;
        }
        self.save(&mut live).await
    }
}

/// What the next tranche pays by this indexer's own arithmetic.
fn own_tranche(live: &Live, bound: u32) -> Option<event::TrancheReleased> {
    let s = &live.state;
    let document = s.terms.coins()?.document.as_ref().map_or(0, |d| d.bps);
    let amount = release::tranche(s.coins(bound), s.parts(), s.tranches.into())?;
    let parts = release::release(amount, s.fee_bps, document)?;
    Some(event::TrancheReleased {
        action: s.id,
        tranche: s.tranches,
        fee: parts.fee,
        to_document: parts.to_document,
        to_beneficiary: parts.to_beneficiary,
    })
}

/// What a release pays by this indexer's own arithmetic.
fn own_release(live: &Live, bound: u32) -> Option<event::Released> {
    let s = &live.state;
    let terms = s.terms.coins()?;
    let units = bound.checked_sub(s.released)?;
    let document = terms.document.as_ref().map_or(0, |d| d.bps);
    let parts = release::release(s.coins(units), s.fee_bps, document)?;
    Some(event::Released {
        action: s.id,
        units,
        fee: parts.fee,
        to_document: parts.to_document,
        to_beneficiary: parts.to_beneficiary,
    })
}
