//! Alternatives: proposing, seconding, the STAR vote, and what becomes of the others.

use muster_mechanism::fund::REST;
use muster_schema::causes::{
    CreateCause, Deliberation, DeliberationResponse, ExecuteMsg, ForfeitsTo, FundResponse,
    NewAction, Proposals, QueryMsg, Requirement, Schedule, StakeRule,
};

use crate::common::*;

/// The second of the choice, and that at which scoring begins where there are proposals.
pub(crate) const CHOICE: u64 = 500;
pub(crate) const SCORING: u64 = 100;
pub(crate) const STAKE: u128 = 100;

pub(crate) fn trigger(hold: u64) -> NewAction {
    an_action().schedule(Schedule::AtTrigger {
        hold,
        pledge_until: None,
    })
}

pub(crate) fn rolling() -> NewAction {
    an_action().schedule(Schedule::Rolling {
        pledge_until: START + OPEN,
    })
}

/// A cause whose first `alternatives` actions are ones, with `places` for proposals.
pub(crate) fn between(actions: Vec<NewAction>, alternatives: u8, places: u8) -> CreateCause {
    let proposals = (places > 0).then_some(Proposals {
        places,
        until: START + SCORING,
    });
    CreateCause {
        deliberation: Some(Deliberation {
            alternatives,
            proposals,
            score_until: START + CHOICE,
        }),
        ..a_cause(actions)
    }
}

pub(crate) fn staked(action: NewAction) -> NewAction {
    action.staked(StakeRule::Required, STAKE, ForfeitsTo::Everybody {})
}

pub(crate) fn standing(s: &Suite) -> DeliberationResponse {
    s.query(&QueryMsg::Deliberation { cause: 1 })
}

pub(crate) fn phases(s: &Suite, actions: &[u64]) -> Vec<String> {
    actions.iter().map(|a| s.phase(*a)).collect()
}

/// Three alternatives of which the votes of ann, bob and cas choose the second.
pub(crate) fn chosen(s: &mut Suite, of: impl Fn() -> NewAction) -> u64 {
    let a = s.create(between(vec![of(), of(), of()], 3, 0)).unwrap();
    for (name, to) in [("ann", a), ("bob", a + 1), ("cas", a + 1)] {
        s.stake(name, to, 0, STAKE).unwrap();
    }
    for (name, scores) in [("ann", [5, 2, 0]), ("bob", [0, 4, 5]), ("cas", [0, 5, 5])] {
        s.score(name, 1, &scores).unwrap();
    }
    a
}

#[test]
fn the_choice_is_by_score_and_then_by_runoff_and_nobody_has_to_send_it() {
    let mut s = Suite::new();
    let a = chosen(&mut s, || staked(an_action()));
    let before = standing(&s);
    assert_eq!((before.ballots, before.chosen), (3, None));
    let sums: Vec<u64> = before.alternatives.iter().map(|x| x.score).collect();
    assert_eq!(sums, [5, 11, 10]);
    assert_eq!(before.alternatives[1].margins, [1, 0, 0]);
    s.at(CHOICE - 1);
    assert_eq!(phases(&s, &[a, a + 1, a + 2]), ["pledging"; 3]);
    s.at(CHOICE);
    assert_eq!(
        phases(&s, &[a, a + 1, a + 2]),
        ["dropped", "pledging", "dropped"]
    );
    let after = standing(&s);
    assert_eq!((after.chosen, after.runner_up), (Some(a + 1), Some(a + 2)));
    // One may still join and leave the chosen one; it activates at its own close.
    s.stake("dan", a + 1, 0, STAKE).unwrap();
    s.withdraw("cas", a + 1).unwrap();
    s.at(OPEN);
    assert_eq!(
        (s.phase(a + 1), s.action(a + 1).committed),
        ("acting".into(), 2)
    );
    assert_eq!(phases(&s, &[a, a + 2]), ["dropped"; 2]);
}

#[test]
fn pledgers_of_the_others_have_their_coins_back_at_once_whoever_sends_it() {
    let mut s = Suite::new();
    let a = chosen(&mut s, || staked(an_action()));
    s.stake("eve", a + 2, 0, STAKE).unwrap();
    refused(s.claim("dan", a, "ann"), "wrong_phase");
    s.at(CHOICE);
    s.withdraw("ann", a).unwrap();
    s.claim("dan", a + 2, "eve").unwrap();
    refused(s.claim("dan", a + 2, "eve"), "already_done");
    assert_eq!((s.gain("ann"), s.gain("eve")), (0, 0));
    refused(s.stake("dan", a, 0, STAKE), "wrong_phase");
    refused(s.check_in("ann", a), "wrong_phase");
    refused(
        s.send("dan", ExecuteMsg::Settle { action: a }),
        "wrong_phase",
    );
    refused(s.activate("dan", a), "wrong_phase");
}

#[test]
fn what_was_dropped_ended_at_the_choice_and_keeps_no_fund_open() {
    let mut s = Suite::new();
    let fund_to = Some(s.who("charity").to_string());
    let all = vec![an_action().goal(9), an_action()];
    let cause = between(all, 2, 0);
    let a = s.create(CreateCause { fund_to, ..cause }).unwrap();
    s.pledge("ann", a, 0).unwrap();
    s.at(OPEN);
    assert_eq!(phases(&s, &[a, a + 1]), ["failed", "dropped"]);
    let fund: FundResponse = s.query(&QueryMsg::Fund { cause: 1 });
    assert_eq!(fund.until, Some(START + OPEN + REST));
}

#[test]
fn none_is_ready_before_the_choice_and_a_hold_counts_from_it() {
    let mut s = Suite::new();
    let all = vec![trigger(50), rolling(), trigger(50)];
    let a = s.create(between(all, 3, 0)).unwrap();
    for (name, to) in [("ann", a), ("bob", a + 1)] {
        s.pledge(name, to, 0).unwrap();
    }
    s.score("ann", 1, &[5, 0, 0]).unwrap();
    s.at(CHOICE - 1);
    assert!(!s.action(a).active && !s.action(a + 1).active);
    assert_eq!(s.action(a).ready_since, Some(START));
    s.at(CHOICE + 49);
    assert_eq!(phases(&s, &[a, a + 1]), ["pledging", "dropped"]);
    s.at(CHOICE + 50);
    assert_eq!(s.action(a).activated_at, Some(START + CHOICE + 50));
    assert_eq!(s.phase(a), "acting");
    assert!(!s.action(a + 1).active);
}

#[test]
fn a_rolling_one_binds_from_the_choice_on() {
    let mut s = Suite::new();
    let a = s.create(between(vec![rolling(), rolling()], 2, 0)).unwrap();
    s.pledge("ann", a + 1, 0).unwrap();
    s.pledge("bob", a + 1, 1).unwrap();
    s.pledge("cas", a + 1, 0).unwrap();
    s.withdraw("cas", a + 1).unwrap();
    s.score("bob", 1, &[0, 1]).unwrap();
    s.at(CHOICE);
    assert_eq!(s.action(a + 1).activated_at, Some(START + CHOICE));
    refused(s.withdraw("ann", a + 1), "bound");
    s.check_in("bob", a + 1).unwrap();
    assert_eq!(s.phase(a), "dropped");
}

#[test]
fn what_requires_one_that_lost_fails_and_what_requires_the_chosen_one_binds() {
    let mut s = Suite::new();
    let own = |i| an_action().requires(&[Requirement::Own(i)]);
    let all = vec![an_action(), an_action(), own(0), own(1)];
    let a = s.create(between(all, 2, 0)).unwrap();
    let b = s.start(an_action().requires(&[Requirement::Action(a + 1)]));
    for (name, on) in [("ann", a), ("bob", a + 2), ("cas", a + 3), ("dan", b)] {
        s.pledge(name, on, 0).unwrap();
    }
    s.score("ann", 1, &[1, 0]).unwrap();
    s.at(CHOICE);
    assert_eq!(
        phases(&s, &[a, a + 1, a + 2, a + 3, b]),
        ["pledging", "dropped", "pledging", "failed", "failed"]
    );
    s.withdraw("dan", b).unwrap();
    s.at(OPEN);
    assert_eq!(
        phases(&s, &[a, a + 2, a + 3]),
        ["acting", "acting", "failed"]
    );
}

/// Two alternatives with five members and the proposer, and room for `places` proposals.
pub(crate) fn with_members(s: &mut Suite, places: u8) -> u64 {
    let pair = vec![an_action(), an_action()];
    let a = s.create(between(pair, 2, places)).unwrap();
    for name in ["ann", "bob", "cas", "dan", "eve", "fay"] {
        s.pledge(name, a, 0).unwrap();
    }
    a
}

/// A state chosen by STAR, then 20,000 (here 20) people have five years to act.
#[test]
fn a_state_is_chosen_and_then_twenty_thousand_have_five_years() {
    const FIVE_YEARS: u64 = 5 * 365 * 86_400;
    let mut s = Suite::new();
    let state = || NewAction {
        act_window: FIVE_YEARS,
        ..staked(trigger(50)).goal(20)
    };
    let a = s
        .create(between(vec![state(), state(), state()], 3, 0))
        .unwrap();
    // Twelve for the first, eight for the second, and everybody can live with the third.
    for i in 0..20 {
        let (to, scores) = if i < 12 {
            (a, [5, 0, 4])
        } else {
            (a + 1, [0, 5, 4])
        };
        let name = format!("p{i}");
        s.stake(&name, to, 0, STAKE).unwrap();
        s.score(&name, 1, &scores).unwrap();
    }
    s.at(CHOICE);
    let after = standing(&s);
    assert_eq!((after.chosen, after.runner_up), (Some(a), Some(a + 2)));
    for i in 12..20 {
        s.withdraw(&format!("p{i}"), a + 1).unwrap();
    }
    // The chosen one stays open for years; the twentieth starts the hold.
    s.at(10_000_000);
    for i in 12..20 {
        assert_eq!(s.phase(a), "pledging");
        s.stake(&format!("p{i}"), a, 19, STAKE).unwrap();
    }
    s.at(10_000_049);
    assert_eq!(s.phase(a), "pledging");
    s.at(10_000_050);
    assert_eq!((s.phase(a), s.action(a).committed), ("acting".into(), 20));
    s.at(10_000_050 + FIVE_YEARS - 1);
    assert_eq!(s.phase(a), "acting");
    for i in 0..20 {
        s.check_in(&format!("p{i}"), a).unwrap();
    }
    s.at(10_000_050 + FIVE_YEARS + REPORT);
    for i in 0..20 {
        let name = format!("p{i}");
        s.claim("anybody", a, &name).unwrap();
        assert_eq!(s.gain(&name), 0);
    }
    assert_eq!(s.owed(DENOM), 0);
}

#[test]
fn a_cancelled_cause_deliberates_no_more_and_everybody_is_paid_back() {
    let mut s = Suite::new();
    let pair = vec![staked(an_action()), staked(an_action())];
    let a = s.create(between(pair, 2, 1)).unwrap();
    s.stake("ann", a, 0, STAKE).unwrap();
    s.send("creator", ExecuteMsg::CancelCause { cause: 1 })
        .unwrap();
    refused(s.propose("ann", 1, an_action()), "not_deliberating");
    s.at(SCORING);
    refused(s.score("ann", 1, &[5, 0]), "not_deliberating");
    s.withdraw("ann", a).unwrap();
    s.at(CHOICE);
    assert_eq!(phases(&s, &[a, a + 1]), ["cancelled"; 2]);
    assert_eq!((s.gain("ann"), standing(&s).chosen), (0, None));
}

#[test]
fn after_the_choice_the_creator_may_cancel_what_is_left_until_its_lock() {
    let mut s = Suite::new();
    let a = chosen(&mut s, || staked(an_action()).lock(100));
    s.at(OPEN - 101)
        .send("creator", ExecuteMsg::CancelCause { cause: 1 })
        .unwrap();
    assert_eq!(phases(&s, &[a, a + 1]), ["dropped", "cancelled"]);
    for (name, on) in [("ann", a), ("bob", a + 1), ("cas", a + 1)] {
        s.claim("dan", on, name).unwrap();
        assert_eq!(s.gain(name), 0);
    }
}
