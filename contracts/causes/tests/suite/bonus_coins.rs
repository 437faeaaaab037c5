//! The refund bonus of an action that counts coins: so much to each pledge, beside its own coins.

use cosmwasm_std::{coin, coins};
use muster_schema::causes::event::CausesEvent;
use muster_schema::causes::{
    BonusTerms, CancelRule, ClaimableResponse, CreateCause, ExecuteMsg, NewAction, QueryMsg,
    Requirement, Schedule,
};

use crate::bonus::{back, give};
use crate::coins::MIN;
use crate::common::*;

/// Of which eight units must come together, with 10 to each pledge in the first 500 seconds.
fn land(s: &mut Suite) -> NewAction {
    let bonus = Some(BonusTerms {
        sponsor: s.who("sponsor").to_string(),
        per_pledge: 10u128.into(),
        before: START + 500,
    });
    let action = an_action().goal(8).lock(100).coins(s, MIN);
    NewAction { bonus, ..action }
}

fn sponsored(s: &mut Suite, fund: u128) -> u64 {
    let action = land(s);
    let a = s.start(action);
    give(s, "sponsor", a, fund).unwrap();
    a
}

#[test]
fn too_little_comes_together_and_who_was_ready_has_more_than_their_coins_back() {
    let mut s = Suite::with_fee(500);
    let a = sponsored(&mut s, 95);
    s.give("ann", a, 3 * MIN, 0).unwrap();
    s.give("bob", a, MIN, 8).unwrap(); // at the goal, and no more for less
    s.give("high", a, 2 * MIN, 9).unwrap(); // asks for more than the goal
    s.give("creator", a, MIN, 0).unwrap();
    s.give("sponsor", a, MIN, 0).unwrap();
    s.at(499).give("gone", a, MIN, 0).unwrap();
    s.withdraw("gone", a).unwrap();
    s.at(500).give("late", a, MIN, 0).unwrap();
    assert_eq!(s.action(a).held, Some(coin(9 * MIN + 95, DENOM)));
    refused(back(&mut s, a), "wrong_phase");
    // Nine units together: as long as one of them can leave, nothing is sure.
    s.withdraw("high", a).unwrap();
    s.at(OPEN);
    assert_eq!(s.phase(a), "failed");
    let person = s.who("ann").to_string();
    let due: ClaimableResponse = s.query(&QueryMsg::Claimable { action: a, person });
    assert_eq!(due.coins, Some(coins(3 * MIN + 10, DENOM)));
    // `withdraw` pays what `claim` does, whoever sends it; no fee is taken of what goes back.
    let sent = s.withdraw("ann", a).unwrap();
    let claimed = events(&sent).into_iter().find_map(|e| match e {
        CausesEvent::Claimed(e) => Some((e.coins, e.bonus, e.stake)),
        _ => None,
    });
    assert_eq!(claimed, Some((3 * MIN, 10, 0)));
    back(&mut s, a).unwrap();
    for name in ["bob", "creator", "sponsor", "late"] {
        s.claim("stranger", a, name).unwrap();
    }
    for (name, gain) in [
        ("ann", 10),
        ("bob", 10),
        ("high", 0),
        ("gone", 0),
        ("late", 0),
        ("creator", 0),
        ("sponsor", -20),
        ("farmer", 0),
    ] {
        assert_eq!(s.gain(name), gain, "{name}");
    }
    assert_eq!(s.owed(DENOM), 0);
}

#[test]
fn a_small_fund_is_shared_by_pledges_and_not_by_units() {
    let mut s = Suite::new();
    let a = sponsored(&mut s, 11);
    s.give("ann", a, 5 * MIN, 0).unwrap();
    s.give("bob", a, MIN, 0).unwrap();
    s.at(OPEN);
    s.claim("stranger", a, "bob").unwrap();
    back(&mut s, a).unwrap();
    s.withdraw("ann", a).unwrap();
    assert_eq!(
        (s.gain("ann"), s.gain("bob"), s.gain("sponsor")),
        (5, 5, -10)
    );
    assert_eq!(s.owed(DENOM), 0);
}

#[test]
fn where_enough_comes_together_it_returns_to_the_sponsor_and_the_coins_go_to_their_purpose() {
    let mut s = Suite::new();
    let a = sponsored(&mut s, 50);
    s.give("ann", a, 5 * MIN, 0).unwrap();
    s.give("bob", a, 3 * MIN, 0).unwrap();
    s.give("high", a, MIN, 90).unwrap();
    refused(s.at(OPEN - 1).withdraw("ann", a), "wrong_phase");
    s.at(OPEN);
    s.send("stranger", ExecuteMsg::Release { action: a })
        .unwrap();
    assert_eq!(s.owed(DENOM), MIN + 50);
    s.withdraw("high", a).unwrap();
    back(&mut s, a).unwrap();
    refused(back(&mut s, a), "nothing_due");
    let gains = ["ann", "bob", "high", "sponsor", "farmer"].map(|name| s.gain(name));
    let min = MIN as i128;
    assert_eq!(gains, [-5 * min, -3 * min, 0, 0, 8 * min]);
    assert_eq!(s.owed(DENOM), 0);
}

#[test]
fn nobody_cancels_coins_for_the_bonus() {
    let mut s = Suite::new();
    let action = land(&mut s);
    let cause = CreateCause {
        cancel: CancelRule::UntilLock,
        ..a_cause(vec![action])
    };
    let a = s.create(cause).unwrap();
    let cancel = ExecuteMsg::CancelCause { cause: 1 };
    give(&mut s, "sponsor", a, 50).unwrap();
    s.give("ann", a, MIN, 0).unwrap();
    refused(s.send("creator", cancel.clone()), "not_cancellable");
    s.withdraw("ann", a).unwrap();
    s.give("high", a, MIN, 20).unwrap();
    s.send("creator", cancel).unwrap();
    s.withdraw("high", a).unwrap();
    back(&mut s, a).unwrap();
    assert_eq!(
        (s.gain("sponsor"), s.gain("high"), s.owed(DENOM)),
        (0, 0, 0)
    );
}

#[test]
fn beside_coins_it_needs_what_it_needs_beside_a_stake() {
    let mut s = Suite::new();
    let other = s.start(an_action());
    let good = land(&mut s);
    for bad in [
        good.clone().lock(0).schedule(Schedule::AtTrigger {
            hold: 10,
            pledge_until: None,
        }),
        good.clone().requires(&[Requirement::Action(other)]),
    ] {
        refused(s.create(a_cause(vec![bad])), "contradiction");
    }
    refused(
        s.create(a_cause(vec![good.clone().lock(0)])),
        "out_of_range",
    );
    let bundle = CreateCause {
        bundle: true,
        ..a_cause(vec![good.clone(), an_action()])
    };
    refused(s.create(bundle), "contradiction");
    let a = s.start(good);
    let euro = ExecuteMsg::SponsorBonus { action: a };
    refused(
        s.send_with("sponsor", &euro, &coins(5, EURO)),
        "wrong_coins",
    );
    refused(give(&mut s, "ann", a, 5), "unauthorized");
}

/// The land is bought only if forty help: each pays for having been ready.
#[test]
fn too_little_for_itself_while_what_it_requires_has_enough() {
    let mut s = Suite::new();
    let land = land(&mut s).requires(&[Requirement::Own(1)]);
    let a = s.create(a_cause(vec![land, an_action().goal(2)])).unwrap();
    give(&mut s, "sponsor", a, 50).unwrap();
    s.give("ann", a, MIN, 0).unwrap();
    for name in ["y1", "y2"] {
        s.pledge(name, a + 1, 0).unwrap();
    }
    s.at(OPEN);
    assert_eq!(
        (s.phase(a), s.phase(a + 1)),
        ("failed".into(), "acting".into())
    );
    s.withdraw("ann", a).unwrap();
    back(&mut s, a).unwrap();
    assert_eq!(
        (s.gain("ann"), s.gain("sponsor"), s.owed(DENOM)),
        (10, -10, 0)
    );
}
