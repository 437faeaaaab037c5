//! Deposits behind votes in the random histories, with verdicts that are honest and that aren't.

use std::collections::BTreeMap;

use cosmwasm_std::coin;
use muster_mechanism::answer::Class;
use muster_schema::causes::{
    Answer, Electorate, ExecuteMsg, Fulfilment, Gate, NewAction, OutcomeBy, OutcomeTerms,
};
use muster_schema::layout::Layout;
use muster_schema::layout::verdict::{
    CLAIMANT_TAG, Claimant, ClassKind, Part, Question, Status, VOTER_TAG, Voter,
};

use super::Random;
use super::reference::Reference;
use crate::common::*;
use crate::issuer::no_gate;
use crate::stand_in::judge;

/// A prime, so that roundings show.
pub(crate) const DEPOSIT: u128 = 503;
/// The classes of voters that the histories know.
const KINDS: [ClassKind; 5] = [
    ClassKind::Yes,
    ClassKind::No,
    ClassKind::TooEarly,
    ClassKind::Unopened,
    ClassKind::Absent,
];

/// What the stand-in was told to say of an action.
#[derive(Clone)]
pub(crate) struct Vote {
    pub(crate) at: u64,
    /// What each of the bound is said to have done.
    pub(crate) ballots: BTreeMap<String, usize>,
    /// One for each head of each class: which, what they gain, what they lose.
    pub(crate) heads: Vec<(usize, i128, i128)>,
    /// Who showed ballots, how many, and what for each.
    pub(crate) denouncer: Option<(String, usize, i128)>,
}

/// Makes a deposit stand behind an action of listed people, who vote on it.
pub(super) fn some(
    s: &mut Suite,
    r: &mut Random,
    model: &mut Reference,
    action: NewAction,
) -> NewAction {
    let verdict = model.verdict.get_or_insert_with(|| s.verdict()).clone();
    let denom = action.stake.as_ref().map(|stake| stake.coin.denom.clone());
    let list = (0..10).map(|i| s.who(&format!("p{i}")).into()).collect();
    let gate = action.gate.clone().unwrap_or_else(no_gate);
    let gate = if gate.list.is_empty() {
        Gate { list, ..gate }
    } else {
        gate
    };
    let fulfilment = if action.stake.is_none() && r.below(2) == 0 {
        Fulfilment::Collective {}
    } else {
        action.fulfilment.clone()
    };
    NewAction {
        outcome: Some(OutcomeTerms {
            by: OutcomeBy::Vote(judge(&verdict, Electorate::Pledgers {})),
            judge_window: Some(60 + r.below(60)),
            deposit: Some(coin(DEPOSIT, denom.unwrap_or(DENOM.into()))),
        }),
        gate: Some(gate),
        goal: action.goal.min(2),
        fulfilment,
        ..action
    }
}

pub(super) fn claim_reward(
    s: &mut Suite,
    r: &mut Random,
    model: &mut Reference,
    action: u64,
) -> bool {
    let now = s.now();
    let name = match model.denouncer(action) {
        Some(name) if r.below(4) > 0 => name,
        _ => "p3".to_owned(),
    };
    let person = Some(s.who(&name).to_string());
    let msg = ExecuteMsg::ClaimReward { action, person };
    let taken = s.send("keeper", msg).is_ok();
    assert_eq!(taken, model.claim_reward(now, action, &name));
    taken
}

pub(super) fn answer(s: &mut Suite, r: &mut Random, model: &mut Reference, action: u64) {
    let bound = model.bound_people(s.now(), action);
    let mut ballots: BTreeMap<String, usize> = BTreeMap::new();
    for name in &bound {
        ballots.insert(name.clone(), r.below(5) as usize);
    }
    let count = |ballots: &BTreeMap<String, usize>, kind| {
        ballots.values().filter(|k| **k == kind).count() as u32
    };
    // The smaller side and the silent lose; the larger side shares it.
    let (lost_no, lost_unopened, lost_absent) = (
        r.below(504) as u128,
        r.below(504) as u128,
        r.below(100) as u128,
    );
    let losses = [0, lost_no, 0, lost_unopened, lost_absent];
    let mut classes: Vec<Class> = (0..KINDS.len())
        .map(|kind| Class {
            count: count(&ballots, kind),
            gain: 0,
            loss: losses[kind],
        })
        .collect();
    let pot: u128 = classes.iter().map(|c| c.loss * u128::from(c.count)).sum();
    let mut reward = None;
    if r.below(4) > 0 && pot > 0 {
        reward = Some((
            format!("p{}", r.below(10)),
            1 + r.below(2) as usize,
            pot / 5,
        ));
    }
    let rewards = reward.as_ref().map_or(0, |(_, n, each)| *n as u128 * each);
    classes[0].gain = (pot - rewards)
        .checked_div(u128::from(classes[0].count))
        .unwrap_or(0);
    match r.below(12) {
        0 => classes[0].gain += 1 + pot, // more than was lost
        1 => classes[4].count += 1,      // somebody who isn't there
        2 => classes[1].loss = DEPOSIT + 1,
        3 | 4 => {
            // Says of each voter something else than it counted.
            for ballot in ballots.values_mut() {
                *ballot = r.below(5) as usize;
            }
        }
        _ => {}
    }
    let answer = [Answer::Yes, Answer::No, Answer::Unresolved][r.below(5) as usize / 2];
    say(
        s,
        model,
        action,
        answer,
        &classes,
        &ballots,
        reward.as_ref(),
    );
    let heads = classes.iter().enumerate().flat_map(|(kind, class)| {
        let head = (kind, class.gain as i128, class.loss as i128);
        std::iter::repeat_n(head, class.count as usize)
    });
    let vote = Vote {
        at: s.now(),
        ballots,
        heads: heads.collect(),
        denouncer: reward.map(|(name, n, each)| (name, n, each as i128)),
    };
    model.voted(action, answer, vote, losses[1].max(classes[1].loss));
}

fn say(
    s: &mut Suite,
    model: &Reference,
    action: u64,
    answer: Answer,
    classes: &[Class],
    ballots: &BTreeMap<String, usize>,
    reward: Option<&(String, usize, u128)>,
) {
    let verdict = model.verdict.clone().expect("it judges");
    let mut all: Vec<(ClassKind, Class)> = KINDS.into_iter().zip(classes.iter().copied()).collect();
    if let Some((name, count, gain)) = reward {
        let class = Class {
            count: *count as u32,
            gain: *gain,
            loss: 0,
        };
        all.insert(0, (ClassKind::Denouncer, class));
        let heads = Claimant {
            denounced: *count as u32,
            appealed: 0,
        };
        s.put_beside(&verdict, action, (CLAIMANT_TAG, name), heads.encode());
    }
    for (name, ballot) in ballots {
        let kind = KINDS[*ballot];
        let record = Voter { round: 1, kind }.encode();
        s.put_beside(&verdict, action, (VOTER_TAG, name), record);
    }
    let asker = s.canonical("challenger");
    let question = Question {
        status: Status::Final(answer),
        asked_at: s.now(),
        final_at: s.now(),
        electorate: Electorate::Pledgers {},
        jurors_fee: 0,
        fee_denom: String::new(),
        asker,
        classes: all,
        round: 1,
    };
    s.put(&verdict, action, Part::Whole, question.encode());
}

/// The end of an action: what its vote gives to whoever has no deposit in it.
pub(super) fn end(s: &mut Suite, model: &mut Reference, action: u64) {
    let now = s.now();
    if let Some(name) = model.denouncer(action) {
        let person = Some(s.who(&name).to_string());
        let msg = ExecuteMsg::ClaimReward { action, person };
        let taken = s.send("keeper", msg).is_ok();
        assert_eq!(taken, model.claim_reward(now, action, &name));
    }
}

/// A vote on one of the actions that may be voted on now.
pub(super) fn step(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let votable = model.votable(s.now());
    if votable.is_empty() {
        return false;
    }
    let action = *r.one_of(&votable);
    answer(s, r, model, action);
    true
}

/// What a vote gives to whoever has no deposit in it.
pub(super) fn reward_step(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let Some(action) = model.action_for(r, |a| a.owes_reward()) else {
        return false;
    };
    claim_reward(s, r, model, action)
}
