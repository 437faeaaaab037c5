//! Coins for a purpose: what they are for, and how far they got.

use cosmwasm_std::Uint128;
use muster_mechanism::release;
use muster_schema::causes::ReleaseTerms;

use super::coin;
use crate::read::types::{ActionCoins, Release, Tranche, TrancheState};
use crate::views::state::ActionState;

/// What it is about, where it counts coins.
pub(super) fn purpose(s: &ActionState, committed: u32) -> Option<ActionCoins> {
    let terms = s.terms.coins()?;
    let amount = |units| coin(&terms.denom, s.coins(units));
    let tranches = tranches(s, &terms.denom, committed);
    let paid = tranches
        .iter()
        .filter(|t| t.state == TrancheState::Released);
    let released = paid.fold(s.coins(s.released), |sum, t| {
        let part = t.amount.amount.try_into().unwrap_or(Uint128::MAX);
        sum.saturating_add(part.u128())
    });
    Some(ActionCoins {
        min: amount(1),
        beneficiary: terms.beneficiary.clone(),
        document: terms.document.clone(),
        people: s.people,
        released_units: s.released,
        goal: amount(s.terms.goal),
        pledged: amount(s.pledged),
        committed: amount(committed),
        released: coin(&terms.denom, released),
        release: match terms.release {
            None | Some(ReleaseTerms::OnActivation {}) => Release::OnActivation,
            Some(ReleaseTerms::OnSuccess {}) => Release::OnSuccess,
            Some(ReleaseTerms::Tranches { .. }) => Release::Tranches,
        },
        returned_each: s.coins_back(1).map(|each| coin(&terms.denom, each)),
        tranches,
    })
}

/// The parts of what is committed, where there are several.
fn tranches(s: &ActionState, denom: &str, committed: u32) -> Vec<Tranche> {
    let parts = s.parts();
    let several = parts.iter().enumerate().filter(|_| parts.len() > 1);
    several
        .map(|(i, bps)| {
            let part = release::tranche(s.coins(committed), parts, i).unwrap_or(0);
            let goes_back = s
                .returned
                .as_ref()
                .is_some_and(|(from, _)| i >= (*from).into());
            Tranche {
                bps: *bps,
                amount: coin(denom, part),
                state: if i < s.tranches.into() {
                    TrancheState::Released
                } else if goes_back {
                    TrancheState::Returned
                } else {
                    TrancheState::Waiting
                },
            }
        })
        .collect()
}
