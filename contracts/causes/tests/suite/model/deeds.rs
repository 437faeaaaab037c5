//! What people do once it is binding, and what they are paid, in the random histories.

use cosmwasm_std::HexBinary;
use muster_schema::causes::{Evidence, ExecuteMsg};

use super::Random;
use super::reference::Reference;
use crate::common::*;

pub(super) fn check_in(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let now = s.now();
    let Some((action, name)) = model.pledge_for(r, |a, p| a.checks_in(now, p)) else {
        return false;
    };
    let evidence = (r.below(4) == 0).then(|| Evidence {
        uri: "https://example.org/picture".into(),
        sha256: HexBinary::from([7; 32]),
    });
    let expected = model.checks_in(now, action, &name);
    let msg = ExecuteMsg::CheckIn { action, evidence };
    let taken = s.send(&name, msg).is_ok();
    assert_eq!(taken, expected, "{name} checks in on {action}");
    if taken {
        model.check_in(action, &name);
    }
    taken
}

/// "I have already done it", by somebody without a pledge.
pub(super) fn already_did(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let (now, name) = (s.now(), r.name());
    let Some(action) = model.action_for(r, |a| a.is_open(now) && !a.has_pledge_of(&name)) else {
        return false;
    };
    let expected = model.may_have_done(now, action, &name);
    let taken = s.send(&name, ExecuteMsg::AlreadyDid { action }).is_ok();
    assert_eq!(taken, expected, "{name} had already done {action}");
    if taken {
        model.already_did(action, &name);
    }
    taken
}

pub(super) fn attest(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let now = s.now();
    let Some((action, name)) = model.pledge_for(r, |a, p| a.attests(now, p)) else {
        return false;
    };
    let judge = r.judge();
    let outcome = match r.below(10) {
        0..=4 => Outcome::Did,
        5..=8 => Outcome::Didnt,
        _ => Outcome::Excused,
    };
    let taken = s.attest(&judge, action, &[(&name, outcome)]).is_ok();
    if taken {
        model.attest(s.now(), action, &name, &judge, outcome);
    }
    taken
}

pub(super) fn settle(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let now = s.now();
    let Some(action) = model.action_for(r, |a| a.settles(now)) else {
        return false;
    };
    let taken = s.send(&r.name(), ExecuteMsg::Settle { action }).is_ok();
    if taken {
        model.settle(now, action);
    }
    taken
}

/// By the person or somebody else.
pub(super) fn claim(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let now = s.now();
    let Some((action, name)) = model.pledge_for(r, |a, p| a.pays(now, p)) else {
        return false;
    };
    let by = if r.below(2) == 0 {
        r.name()
    } else {
        name.clone()
    };
    let taken = s.claim(&by, action, &name).is_ok();
    if taken {
        model.claim(s.now(), action, &name, &by);
    }
    taken
}

pub(super) fn release(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let now = s.now();
    let Some(action) = model.action_for(r, |a| a.releases(now)) else {
        return false;
    };
    let taken = s.send(&r.name(), ExecuteMsg::Release { action }).is_ok();
    if taken {
        model.release(s.now(), action);
    }
    taken
}

pub(super) fn claim_forfeits(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let Some(action) = model.action_for(r, |a| a.forfeits > 0) else {
        return false;
    };
    forfeits_of(s, model, action)
}

/// Pays them, if there are any.
pub(super) fn forfeits_of(s: &mut Suite, model: &mut Reference, action: u64) -> bool {
    let taken = s
        .send("keeper", ExecuteMsg::ClaimForfeits { action })
        .is_ok();
    assert_eq!(
        taken,
        model.claim_forfeits(action) > 0,
        "forfeits of {action}"
    );
    taken
}
