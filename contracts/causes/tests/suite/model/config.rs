//! The owner's messages, the treasury's fees, and causes that are cancelled, in the random histories.

use muster_schema::causes::ExecuteMsg;

use super::Random;
use super::reference::Reference;
use crate::common::*;

/// What the configuration is, but for the fee.
pub(crate) struct Config {
    owner: Option<String>,
    pending: Option<String>,
    treasury: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            owner: Some("owner".into()),
            pending: None,
            treasury: "treasury".into(),
        }
    }
}

/// The owner or somebody else changes the configuration, or its owner.
pub(super) fn step(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let config = &model.config;
    let by = match r.below(6) {
        0 => r.name(),
        1 => config.pending.clone().unwrap_or_else(|| r.name()),
        _ => config.owner.clone().unwrap_or_else(|| r.name()),
    };
    if config.pending.is_some() && r.below(2) == 0 {
        return accept(s, r, model);
    }
    let is_owner = config.owner.as_deref() == Some(&by);
    match r.below(8) {
        0..=2 => {
            let fee = r.below(600);
            let msg = ExecuteMsg::UpdateConfig {
                fee_bps: Some(fee as u16),
                treasury: None,
            };
            let taken = s.send(&by, msg).is_ok();
            assert_eq!(taken, is_owner && fee <= 500, "{by} sets the fee to {fee}");
            if taken {
                model.fee_bps = fee.into();
            }
            taken
        }
        3 => {
            let to = ["treasury", "chest"][r.below(2) as usize];
            let msg = ExecuteMsg::UpdateConfig {
                fee_bps: None,
                treasury: Some(s.who(to).to_string()),
            };
            let taken = s.send(&by, msg).is_ok();
            assert_eq!(taken, is_owner, "{by} names the treasury");
            if taken {
                model.config.treasury = to.into();
            }
            taken
        }
        4 | 5 => {
            let next = (r.below(6) > 0).then(|| r.name());
            let owner = next.as_ref().map(|name| s.who(name).to_string());
            let taken = s.send(&by, ExecuteMsg::ProposeOwner { owner }).is_ok();
            assert_eq!(taken, is_owner, "{by} proposes {next:?}");
            if taken {
                model.config.pending = next;
            }
            taken
        }
        6 => accept(s, r, model),
        // Once it is given up, nothing is left to do: the end of a history does that.
        _ if is_owner => false,
        _ => {
            let given_up = s.send(&by, ExecuteMsg::RenounceOwner {});
            assert!(given_up.is_err(), "{by} gives up what is somebody else's");
            false
        }
    }
}

/// Whoever was proposed takes the ownership over, or somebody else tries to.
fn accept(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let pending = model.config.pending.clone();
    let by = pending.filter(|_| r.below(3) > 0).unwrap_or(r.name());
    let taken = s.send(&by, ExecuteMsg::AcceptOwner {}).is_ok();
    let expected = model.config.pending.as_ref() == Some(&by);
    assert_eq!(taken, expected, "{by} accepts");
    if taken {
        model.config.owner = model.config.pending.take();
    }
    taken
}

/// Fees of one denom go to the treasury.
pub(super) fn claim_fees(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let denom = [DENOM, EURO][r.below(2) as usize];
    let msg = ExecuteMsg::ClaimFees {
        denom: denom.into(),
    };
    let taken = s.send(&r.name(), msg).is_ok();
    let due = model.fees.remove(denom).unwrap_or(0);
    assert_eq!(taken, due > 0, "fees of {denom}: {due}");
    if taken {
        model.counts.one("fees went to the treasury");
        model.receive(&model.config.treasury.clone(), denom, due);
    }
    taken
}

/// The creator cancels, where the rule still allows it.
pub(super) fn cancel(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let now = s.now();
    let Some(action) = model.action_for(r, |a| a.is_open(now)) else {
        return false;
    };
    let cause = model.actions[action as usize - 1].cause;
    let by = if r.below(8) == 0 {
        r.name()
    } else {
        model.creator(cause)
    };
    let expected = by == model.creator(cause) && model.may_cancel(now, cause);
    let taken = s.send(&by, ExecuteMsg::CancelCause { cause }).is_ok();
    assert_eq!(taken, expected, "{by} cancels {cause}");
    if taken {
        model.cancel(cause);
        model.funds.cancel(cause);
    }
    taken
}

/// Nobody owns it any more.
pub(super) fn finish(s: &mut Suite, model: &mut Reference) {
    let owner = model.config.owner.take().expect("not given up before");
    s.send(&owner, ExecuteMsg::RenounceOwner {}).unwrap();
    model.config.pending = None;
    let msg = ExecuteMsg::ProposeOwner { owner: None };
    assert!(s.send(&owner, msg).is_err(), "nobody's any more");
}
