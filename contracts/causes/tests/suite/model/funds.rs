//! Campaign funds in the random histories: gifts, spends, and what settling leaves to them.

use std::collections::BTreeMap;

use cosmwasm_std::{Uint128, coins};
use muster_mechanism::fund::LIFE;
use muster_schema::causes::{ExecuteMsg, FundResponse, QueryMsg};

use super::Random;
use super::reference::Reference;
use crate::common::*;

/// What lies in each fund, from a list of what went in and out.
#[derive(Default)]
pub(crate) struct Funds {
    /// By number, from 1: whether it named an heir, and whether it was cancelled.
    causes: Vec<(bool, bool)>,
    held: BTreeMap<(u64, String), u128>,
}

impl Funds {
    pub(crate) fn start(&mut self, cause: u64, has_heir: bool) {
        assert_eq!(self.causes.len() as u64 + 1, cause);
        self.causes.push((has_heir, false));
    }

    pub(crate) fn is_cancelled(&self, cause: u64) -> bool {
        self.causes[cause as usize - 1].1
    }

    pub(crate) fn cancel(&mut self, cause: u64) {
        self.causes[cause as usize - 1].1 = true;
    }

    pub(crate) fn add(&mut self, cause: u64, denom: &str, amount: u128) {
        *self.held.entry((cause, denom.to_owned())).or_default() += amount;
    }

    pub(crate) fn count(&self) -> u64 {
        self.causes.len() as u64
    }

    fn held(&self, cause: u64, denom: &str) -> u128 {
        let at = (cause, denom.to_owned());
        self.held.get(&at).copied().unwrap_or_default()
    }
}

/// A gift, a spend or a sweep of a random fund.
pub(super) fn step(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let name = &r.name();
    let cause = 1 + r.below(model.funds.causes.len() as u64);
    let denom = if r.below(2) == 0 { DENOM } else { EURO };
    let filled: Vec<&(u64, String)> = model.funds.held.keys().collect();
    let (cause, denom) = if !filled.is_empty() && r.below(2) == 0 {
        let (cause, denom) = *r.one_of(&filled);
        (*cause, if denom == DENOM { DENOM } else { EURO })
    } else {
        (cause, denom)
    };
    let (has_heir, cancelled) = model.funds.causes[cause as usize - 1];
    let amount = 1 + u128::from(r.below(50));
    match r.below(4) {
        0 | 1 => {
            let gift = ExecuteMsg::Support { cause };
            let taken = s.send_with(name, &gift, &coins(amount, denom)).is_ok();
            assert_eq!(taken, has_heir && !cancelled);
            if taken {
                model.give(name, denom, amount);
                model.funds.add(cause, denom, amount);
            }
            taken
        }
        2 => {
            let spend = ExecuteMsg::SpendFund {
                cause,
                to: s.who(name).to_string(),
                denom: denom.into(),
                amount: amount.into(),
                memo: "posters".into(),
            };
            let taken = s.send(&model.creator(cause), spend).is_ok();
            let held = model.funds.held(cause, denom);
            assert_eq!(taken, amount <= held);
            model.counts.one_if("a fund was spent from", taken);
            if taken {
                model
                    .funds
                    .held
                    .insert((cause, denom.into()), held - amount);
                model.receive(name, denom, amount);
            }
            taken
        }
        _ => {
            let denom = denom.to_owned();
            let sweep = ExecuteMsg::SweepFund { cause, denom };
            assert!(s.send(name, sweep).is_err(), "no history lasts a year");
            false
        }
    }
}

/// Every fund holds what the list says.
pub(super) fn compare(s: &Suite, model: &Reference) {
    for cause in 1..=model.funds.causes.len() as u64 {
        let found: FundResponse = s.query(&QueryMsg::Fund { cause });
        assert!(!found.ended);
        for denom in [DENOM, EURO] {
            let held = found.coins.iter().find(|c| c.denom == denom);
            let held = held.map_or(0, |c| Uint128::try_from(c.amount).unwrap().u128());
            assert_eq!(held, model.funds.held(cause, denom), "fund {cause} {denom}");
        }
    }
}

/// After ten years whatever is left goes to the heirs; a fund without one stays its creator's.
pub(super) fn finish(s: &mut Suite, model: &mut Reference) {
    let second = s.now() - START + LIFE;
    s.at(second);
    let heir = s.who("heir");
    for denom in [DENOM, EURO] {
        let mut expected = s.balance(&heir, denom);
        for cause in 1..=model.funds.causes.len() as u64 {
            let held = model.funds.held(cause, denom);
            let swept = held > 0 && model.funds.causes[cause as usize - 1].0;
            let msg = ExecuteMsg::SweepFund {
                cause,
                denom: denom.into(),
            };
            assert_eq!(s.send("keeper", msg).is_ok(), swept);
            model.counts.one_if("a fund was swept", swept);
            expected += if swept { held } else { 0 };
        }
        assert_eq!(s.balance(&heir, denom), expected);
    }
}
