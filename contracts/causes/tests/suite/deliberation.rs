//! Alternatives: proposing, seconding, the STAR vote, and what becomes of the others.

use muster_mechanism::fund::REST;
use muster_schema::causes::event::CausesEvent;
use muster_schema::causes::{
    BallotResponse, BonusTerms, CreateCause, Deliberation, DeliberationResponse, Electorate,
    ExecuteMsg, ForfeitsTo, Fulfilment, FundResponse, Gate, NewAction, Proposals,
    ProposalsResponse, QueryMsg, Requirement, Schedule, StakeRule,
};

use crate::common::*;
use crate::issuer::{Issuer, no_gate};
use crate::stand_in::{challengeable, vote};

/// The second of the choice, and that at which scoring begins where there are proposals.
const CHOICE: u64 = 500;
const SCORING: u64 = 100;
const STAKE: u128 = 100;

fn trigger(hold: u64) -> NewAction {
    an_action().schedule(Schedule::AtTrigger {
        hold,
        pledge_until: None,
    })
}

fn rolling() -> NewAction {
    an_action().schedule(Schedule::Rolling {
        pledge_until: START + OPEN,
    })
}

/// A cause whose first `alternatives` actions are ones, with `places` for proposals.
fn between(actions: Vec<NewAction>, alternatives: u8, places: u8) -> CreateCause {
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

fn staked(action: NewAction) -> NewAction {
    action.staked(StakeRule::Required, STAKE, ForfeitsTo::Everybody {})
}

fn standing(s: &Suite) -> DeliberationResponse {
    s.query(&QueryMsg::Deliberation { cause: 1 })
}

fn phases(s: &Suite, actions: &[u64]) -> Vec<String> {
    actions.iter().map(|a| s.phase(*a)).collect()
}

/// Three alternatives of which the votes of ann, bob and cas choose the second.
fn chosen(s: &mut Suite, of: impl Fn() -> NewAction) -> u64 {
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
fn only_who_has_a_pledge_on_an_alternative_scores_and_the_ballot_leaves_with_it() {
    let mut s = Suite::new();
    let a = s
        .create(between(vec![an_action(), an_action(), an_action()], 2, 0))
        .unwrap();
    refused(s.score("eve", 1, &[5, 0]), "not_member");
    // The third action is no alternative.
    s.pledge("eve", a + 2, 0).unwrap();
    refused(s.score("eve", 1, &[5, 0]), "not_member");
    s.pledge("eve", a, 0).unwrap();
    s.pledge("eve", a + 1, 0).unwrap();
    s.score("eve", 1, &[0, 5]).unwrap();
    let sent = s.score("eve", 1, &[0, 4]).unwrap();
    assert!(matches!(&events(&sent)[..], [CausesEvent::Scored(e)] if e.scores == [0, 4]));
    let now = standing(&s);
    assert_eq!(
        (
            now.ballots,
            now.alternatives[1].score,
            now.alternatives[1].fives
        ),
        (1, 4, 0)
    );
    // One pledge of two gone, the ballot stands; with the last it goes.
    s.withdraw("eve", a).unwrap();
    assert_eq!(standing(&s).ballots, 1);
    let sent = s.withdraw("eve", a + 1).unwrap();
    assert!(matches!(events(&sent)[..], [_, CausesEvent::Unscored(_)]));
    let now = standing(&s);
    assert_eq!((now.ballots, now.alternatives[1].score), (0, 0));
    let person = s.who("eve").to_string();
    let ballot: BallotResponse = s.query(&QueryMsg::Ballot { cause: 1, person });
    assert_eq!(ballot.scores, None);
}

#[test]
fn a_stake_that_goes_from_wallet_to_wallet_counts_once() {
    let mut s = Suite::new();
    let pair = vec![staked(an_action()), staked(an_action())];
    let a = s.create(between(pair, 2, 0)).unwrap();
    for i in 0..5 {
        let wallet = format!("sybil{i}");
        s.stake(&wallet, a, 0, STAKE).unwrap();
        s.score(&wallet, 1, &[5, 0]).unwrap();
        s.withdraw(&wallet, a).unwrap();
    }
    for name in ["ann", "bob"] {
        s.stake(name, a + 1, 0, STAKE).unwrap();
        s.score(name, 1, &[0, 1]).unwrap();
    }
    assert_eq!(standing(&s).ballots, 2);
    s.at(CHOICE);
    assert_eq!(standing(&s).chosen, Some(a + 1));
}

#[test]
fn who_leaves_after_the_choice_does_not_change_it() {
    let mut s = Suite::new();
    let a = chosen(&mut s, || staked(an_action()));
    s.at(CHOICE);
    for (name, on) in [("bob", a + 1), ("cas", a + 1), ("ann", a)] {
        s.withdraw(name, on).unwrap();
    }
    let after = standing(&s);
    assert_eq!((after.ballots, after.chosen), (3, Some(a + 1)));
    refused(s.score("bob", 1, &[5, 0, 0]), "not_deliberating");
}

#[test]
fn with_no_ballot_the_first_alternative_has_it() {
    let mut s = Suite::new();
    let a = s
        .create(between(vec![an_action(), an_action()], 2, 0))
        .unwrap();
    s.pledge("ann", a + 1, 0).unwrap();
    s.at(CHOICE);
    assert_eq!(phases(&s, &[a, a + 1]), ["pledging", "dropped"]);
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
fn with_members(s: &mut Suite, places: u8) -> u64 {
    let pair = vec![an_action(), an_action()];
    let a = s.create(between(pair, 2, places)).unwrap();
    for name in ["ann", "bob", "cas", "dan", "eve", "fay"] {
        s.pledge(name, a, 0).unwrap();
    }
    a
}

fn all_second(s: &mut Suite, proposal: u32) {
    for name in ["bob", "cas", "dan", "eve", "fay"] {
        s.second(name, 1, proposal).unwrap();
    }
}

#[test]
fn five_seconders_make_a_proposal_an_alternative_that_can_win() {
    let mut s = Suite::new();
    let a = with_members(&mut s, 2);
    let later = s.start(an_action());
    assert_eq!(later, a + 4, "two numbers are kept");
    refused(s.pledge("ann", a + 2, 0), "empty_place");
    s.propose("ann", 1, an_action().goal(2)).unwrap();
    for name in ["bob", "cas", "dan", "eve"] {
        s.second(name, 1, 1).unwrap();
    }
    assert_eq!(standing(&s).alternatives.len(), 2);
    let sent = s.second("fay", 1, 1).unwrap();
    assert!(matches!(&events(&sent)[..], [CausesEvent::Seconded(e)] if e.action == Some(a + 2)));
    let now = standing(&s);
    assert_eq!((now.alternatives.len(), now.places_left), (3, 1));
    let page: ProposalsResponse = s.query(&QueryMsg::Proposals {
        cause: 1,
        start_after: None,
        limit: None,
    });
    assert_eq!((page.proposals.len(), page.proposals[0].seconders), (1, 5));
    assert_eq!(page.proposals[0].action, Some(a + 2));
    s.pledge("gus", a + 2, 0).unwrap();
    refused(s.score("gus", 1, &[0, 0, 5]), "not_deliberating");
    s.at(SCORING).score("gus", 1, &[0, 0, 5]).unwrap();
    s.pledge("hal", a + 2, 0).unwrap();
    s.at(CHOICE);
    assert_eq!(
        phases(&s, &[a, a + 1, a + 2]),
        ["dropped", "dropped", "pledging"]
    );
    s.at(OPEN);
    assert_eq!(
        (s.phase(a + 2), s.action(a + 2).committed),
        ("acting".into(), 2)
    );
    for name in ["gus", "hal"] {
        s.check_in(name, a + 2).unwrap();
    }
    s.at(OPEN + ACT + REPORT);
    for name in ["gus", "hal"] {
        s.claim(name, a + 2, name).unwrap();
        assert_eq!(s.gain(name), 0);
    }
}

#[test]
fn strangers_fill_at_most_half_of_the_places() {
    let mut s = Suite::new();
    let pair = || vec![an_action(), an_action()];
    refused(s.create(between(pair(), 2, 3)), "out_of_range");
    with_members(&mut s, 1);
    s.propose("ann", 1, an_action()).unwrap();
    s.propose("ann", 1, an_action()).unwrap();
    all_second(&mut s, 2);
    refused(s.second("bob", 1, 1), "not_deliberating");
    refused(s.propose("ann", 1, an_action()), "not_deliberating");
    let nine = vec![an_action(); 9];
    refused(s.create(between(nine.clone(), 9, 8)), "out_of_range");
    s.create(between(nine, 9, 7)).unwrap();
}

#[test]
fn who_may_propose_and_second_and_until_when() {
    let mut s = Suite::new();
    with_members(&mut s, 1);
    refused(s.propose("gus", 1, an_action()), "not_member");
    refused(s.second("ann", 1, 1), "unknown_proposal");
    s.propose("ann", 1, an_action()).unwrap();
    refused(s.second("gus", 1, 1), "not_member");
    refused(s.second("ann", 1, 1), "role_conflict");
    s.second("bob", 1, 1).unwrap();
    refused(s.second("bob", 1, 1), "already_seconded");
    s.at(SCORING);
    refused(s.second("cas", 1, 1), "not_deliberating");
    refused(s.propose("ann", 1, an_action()), "not_deliberating");
    // Not seconded in time, it never becomes one.
    assert_eq!(standing(&s).alternatives.len(), 2);
    s.at(CHOICE);
    assert_eq!(standing(&s).chosen, Some(1));
    let b = s.start(an_action());
    refused(s.propose("ann", 2, an_action()), "not_deliberating");
    s.pledge("ann", b, 0).unwrap();
    refused(s.score("ann", 2, &[5]), "not_deliberating");
    refused(s.score("ann", 9, &[5]), "unknown_cause");
}

#[test]
fn a_proposal_is_checked_like_an_action_of_the_definition() {
    let mut s = Suite::new();
    with_members(&mut s, 1);
    let mut bad = |action: NewAction, code| refused(s.propose("ann", 1, action), code);
    bad(an_action().goal(0), "out_of_range");
    bad(
        an_action().requires(&[Requirement::Own(0)]),
        "contradiction",
    );
    let early = |at| {
        an_action().schedule(Schedule::AtClose {
            pledge_until: START + at,
        })
    };
    bad(an_action().confirm(100), "contradiction");
    bad(early(CHOICE + 4), "out_of_range");
    bad(early(CHOICE + 100).lock(96), "out_of_range");
    bad(an_action().goal(1).lock(OPEN), "out_of_range");
    s.propose("ann", 1, early(CHOICE + 100).lock(95)).unwrap();
}

#[test]
fn a_proposal_pays_neither_the_creator_nor_the_proposer() {
    let mut s = Suite::new();
    s.create(between(vec![staked(an_action())], 1, 1)).unwrap();
    s.stake("ann", 1, 0, STAKE).unwrap();
    for whose in ["creator", "ann"] {
        let address = s.who(whose).to_string();
        let to = ForfeitsTo::Address { address };
        let paid = an_action().staked(StakeRule::Required, STAKE, to);
        refused(s.propose("ann", 1, paid), "role_conflict");
    }
}

#[test]
fn attack_a_free_proposal_among_staked_ones_lets_no_crowd_of_wallets_vote() {
    let mut s = Suite::new();
    let mixed = vec![staked(an_action()), an_action()];
    refused(s.create(between(mixed, 2, 0)), "contradiction");
    s.create(between(vec![staked(an_action())], 1, 1)).unwrap();
    s.stake("ann", 1, 0, STAKE).unwrap();
    refused(s.propose("ann", 1, an_action()), "contradiction");
    let to = || ForfeitsTo::Everybody {};
    for (rule, amount) in [
        (StakeRule::Optional, STAKE),
        (StakeRule::Required, STAKE - 1),
    ] {
        let cheap = an_action().staked(rule, amount, to());
        refused(s.propose("ann", 1, cheap), "contradiction");
    }
    s.propose("ann", 1, staked(an_action())).unwrap();
}

#[test]
fn attack_nothing_binds_an_alternative_before_the_choice_by_requiring_it() {
    let mut s = Suite::new();
    let a = s
        .create(between(vec![rolling(), trigger(5)], 2, 0))
        .unwrap();
    let needs = |on| trigger(5).requires(&[Requirement::Action(on)]);
    let (b, c) = (s.start(needs(a)), s.start(needs(a + 1)));
    for on in [a, a + 1, b, c] {
        s.pledge("ann", on, 0).unwrap();
    }
    s.score("ann", 1, &[0, 5]).unwrap();
    s.at(CHOICE - 1);
    for on in [a, a + 1, b, c] {
        refused(s.activate("eve", on), "not_ready");
    }
    s.at(CHOICE);
    assert_eq!(phases(&s, &[a, b]), ["dropped", "failed"]);
    refused(s.activate("eve", b), "wrong_phase");
    s.at(CHOICE + 4);
    refused(s.activate("eve", c), "not_ready");
    s.at(CHOICE + 5);
    s.activate("eve", c).unwrap();
    assert_eq!(phases(&s, &[a + 1, c]), ["acting"; 2]);
    s.withdraw("ann", a).unwrap();
    s.withdraw("ann", b).unwrap();
}

#[test]
fn combinations_that_are_refused() {
    let mut s = Suite::new();
    let verdict = s.verdict();
    let required = staked(an_action());
    let collective = NewAction {
        fulfilment: Fulfilment::Collective {},
        ..an_action()
    };
    let sponsor = s.who("sponsor").to_string();
    let all = [
        challengeable(required.clone(), &verdict, 100),
        NewAction {
            outcome: vote(&verdict, Electorate::Pledgers {}),
            ..an_action()
        },
        collective,
        NewAction {
            bonus: Some(BonusTerms {
                sponsor,
                per_pledge: 1u128.into(),
                before: START + 10,
            }),
            lock: 100,
            ..required
        },
        an_action().coins(&mut s, 5),
        an_action().confirm(100),
        NewAction {
            counterpart: Some(s.who("them").to_string()),
            ..an_action()
        },
        rolling()
            .staked(StakeRule::Required, 1, ForfeitsTo::Everybody {})
            .max(9),
    ];
    with_members(&mut s, 1);
    for action in all {
        let pair = vec![action.clone(), action.clone()];
        refused(s.create(between(pair, 2, 0)), "contradiction");
        refused(s.propose("ann", 1, action), "contradiction");
    }
    let bundle = CreateCause {
        bundle: true,
        ..between(vec![an_action(), an_action()], 2, 0)
    };
    refused(s.create(bundle), "contradiction");
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
fn a_ballot_scores_every_alternative_from_nought_to_five() {
    let mut s = Suite::new();
    with_members(&mut s, 0);
    for bad in [&[][..], &[1], &[1, 2, 3], &[0, 6]] {
        refused(s.score("ann", 1, bad), "out_of_range");
    }
    s.score("ann", 1, &[0, 0]).unwrap();
    let funds = [cosmwasm_std::coin(1, DENOM)];
    let (cause, scores) = (1, vec![0, 0]);
    let with_coins = s.send_with("ann", &ExecuteMsg::Score { cause, scores }, &funds);
    refused(with_coins, "unexpected_coins");
}

#[test]
fn what_a_deliberation_must_be() {
    let mut s = Suite::new();
    let pair = || vec![an_action(), an_action()];
    let mut bad = |cause: CreateCause, code| refused(s.create(cause), code);
    bad(between(pair(), 1, 0), "out_of_range");
    bad(between(pair(), 3, 0), "out_of_range");
    let at = |score_until: u64, until: Option<u64>| {
        let proposals = until.map(|until| Proposals { places: 1, until });
        let deliberation = Some(Deliberation {
            alternatives: 2,
            proposals,
            score_until,
        });
        CreateCause {
            deliberation,
            ..a_cause(pair())
        }
    };
    bad(at(START + 4, None), "out_of_range");
    bad(at(START + OPEN - 4, None), "out_of_range");
    bad(at(START + 100, Some(START + 4)), "out_of_range");
    bad(at(START + 100, Some(START + 96)), "out_of_range");
    bad(at(u64::MAX, None), "out_of_range");
    let requires = vec![an_action().requires(&[Requirement::Own(1)]), an_action()];
    bad(between(requires, 2, 0), "contradiction");
    s.create(at(START + 100, Some(START + 95))).unwrap();
    s.create(between(vec![an_action()], 1, 1)).unwrap();
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

#[test]
fn alternatives_have_one_gate_and_whom_it_admits_scores() {
    let mut s = Suite::new();
    let list = |s: &mut Suite, names: &[&str]| Gate {
        list: names.iter().map(|n| s.who(n).to_string()).collect(),
        ..no_gate()
    };
    let gated = |gate: &Gate| NewAction {
        gate: Some(gate.clone()),
        ..an_action()
    };
    let ours = list(&mut s, &["ann", "bob"]);
    let theirs = list(&mut s, &["eve"]);
    let mixed = vec![gated(&ours), gated(&theirs)];
    refused(s.create(between(mixed, 2, 0)), "contradiction");
    let open = vec![gated(&ours), an_action()];
    refused(s.create(between(open, 2, 0)), "contradiction");
    let both = || vec![gated(&ours), gated(&ours)];
    refused(s.create(between(both(), 2, 1)), "contradiction");
    let a = s.create(between(both(), 2, 0)).unwrap();
    refused(s.pledge("eve", a, 0), "not_admitted");
    refused(s.score("eve", 1, &[5, 0]), "not_member");
    s.pledge("bob", a + 1, 0).unwrap();
    s.score("bob", 1, &[0, 5]).unwrap();
    s.at(CHOICE);
    assert_eq!(standing(&s).chosen, Some(a + 1));
    // A gate of its own would let others in beside.
    let mut s = Suite::new();
    with_members(&mut s, 1);
    let mine = list(&mut s, &["ann"]);
    refused(s.propose("ann", 1, gated(&mine)), "contradiction");
}

#[test]
fn a_credential_for_each_alternative_would_be_a_ballot_for_each() {
    let mut s = Suite::new();
    let issuer = Issuer::ed25519(1);
    let attested = NewAction {
        gate: Some(issuer.gate()),
        ..an_action()
    };
    let pair = vec![attested.clone(), attested];
    refused(s.create(between(pair, 2, 0)), "contradiction");
}
