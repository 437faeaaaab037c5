//! Long random histories against a naive reference that recomputes everything from a list.
//!
//! After each step the suite itself asserts that what is held equals what is owed, for each denom,
//! and that a refused message changed nothing. `MUSTER_MODEL_SEED` and `MUSTER_MODEL_STEPS` choose
//! a history and its length; `MUSTER_MODEL_RECORD` names a file for it (see `record`).

mod answered;
mod bonus;
mod bundles;
mod choices;
mod deposit;
mod funds;
mod judged;
mod reference;
mod registry;
mod signed;
mod votes;

use cosmwasm_std::{Uint128, coins};
use muster_schema::causes::limits::GRACE;
use muster_schema::causes::{
    CoinTerms, CreateCause, ExecuteMsg, ForfeitsTo, Gate, NewAction, Requirement, Schedule,
    StakeRule, StakeTerms, Unit,
};
use reference::{Reference, naive_committed};

use crate::common::*;
use crate::issuer::no_gate;

const ACTORS: usize = 14;
/// One unit of an action that counts coins.
const MIN: u128 = 997;
const STAKE: u128 = 1_009; // a prime, so that roundings show

/// A small generator with a printed seed (Marsaglia's xorshift64).
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

fn env(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|v| v.parse().ok())
        .unwrap_or(default)
}

fn some_action(s: &mut Suite, r: &mut Random) -> NewAction {
    let now = s.now();
    let close = now + 60 + r.below(240);
    let schedule = match r.below(4) {
        0 => Schedule::Rolling {
            pledge_until: close,
        },
        1 => Schedule::AtTrigger {
            hold: 5 + r.below(40),
            pledge_until: Some(close),
        },
        2 => Schedule::AtTrigger {
            hold: 5 + r.below(40),
            pledge_until: None,
        },
        _ => Schedule::AtClose {
            pledge_until: close,
        },
    };
    let lock = if schedule.pledge_until().is_some() {
        r.below(30)
    } else {
        0
    };
    let mut action = an_action()
        .goal(1 + r.below(5) as u32)
        .schedule(schedule)
        .lock(lock);
    let denom = if r.below(2) == 0 { DENOM } else { EURO };
    if r.below(4) == 0 {
        let terms = CoinTerms {
            denom: denom.into(),
            min: Uint128::new(MIN),
            beneficiary: s.who("farmer").into(),
            release: None,
            document: None,
        };
        action.unit = Some(Unit::Coins(terms));
        (action.act_window, action.report_window) = (0, 0);
        let mut action = maybe_gated(s, r, action);
        if action.max.is_none() && action.schedule.pledge_until().is_some() && r.below(2) == 0 {
            action.max = Some(action.goal + r.below(9) as u32);
            action.lock = action.lock.max(20);
        }
        return action;
    }
    action.act_window = 20 + r.below(60);
    action.report_window = 10 + r.below(30);
    let attested = r.below(2) == 0;
    if attested {
        action = action.attested(s, &["j1", "j2", "j3"], 2);
    }
    let to = match r.below(3) {
        0 if attested => ForfeitsTo::Cooperators {},
        1 => ForfeitsTo::Address {
            address: s.who("charity").to_string(),
        },
        _ => ForfeitsTo::Everybody {},
    };
    let action = maybe_gated(s, r, action);
    match r.below(4) {
        0 if action.max.is_none() => action,
        n => {
            let rule = if n == 1 {
                StakeRule::Required
            } else {
                StakeRule::Optional
            };
            let stake = StakeTerms {
                rule,
                coin: cosmwasm_std::coin(STAKE, denom),
            };
            NewAction {
                stake: Some(stake),
                forfeits_to: Some(to),
                ..action
            }
        }
    }
}

/// Every eighth action has a gate, and some of those a cap.
fn maybe_gated(s: &mut Suite, r: &mut Random, mut action: NewAction) -> NewAction {
    let listed = |s: &mut Suite, n: u64| (0..n).map(|i| s.who(&format!("p{i}")).into()).collect();
    let gate = match r.below(24) {
        0 => {
            action.goal = action.goal.min(4);
            let list = listed(s, 4 + r.below(7));
            Gate { list, ..no_gate() }
        }
        1 => Gate {
            least_kept: Some(1 + r.below(2) as u32),
            ..no_gate()
        },
        2 => {
            action.goal = 1;
            let list = listed(s, 1);
            Gate { list, ..no_gate() }
        }
        _ => return action,
    };
    action.gate = Some(gate);
    if action.schedule.pledge_until().is_some() && r.below(2) == 0 {
        action.max = Some(action.goal + r.below(4) as u32);
        action.lock = action.lock.max(20);
    }
    action
}

/// Something that many did in the beginning, so that gates find a standing to let in.
fn good_old_days(s: &mut Suite, model: &mut Reference) {
    let close = s.now() + 10;
    let mut action = an_action()
        .goal(10)
        .schedule(Schedule::AtClose {
            pledge_until: close,
        })
        .attested(s, &["j1", "j2", "j3"], 2);
    (action.act_window, action.report_window) = (10, 10);
    s.start(action.clone());
    model.start(1, 1, &[action]);
    model.funds.start(1, false);
    for i in 0..ACTORS {
        let name = format!("p{i}");
        s.pledge(&name, 1, 0).unwrap();
        model.pledge(s.now(), 1, &name, 0, false);
    }
    s.at(10);
    for i in 0..ACTORS / 2 {
        let name = format!("p{}", 2 * i);
        for judge in ["j1", "j2"] {
            s.attest(judge, 1, &[(&name, Outcome::Did)]).unwrap();
            model.attest(s.now(), 1, &name, judge, Outcome::Did);
        }
    }
    s.at(30);
}

/// A cause of one to three actions that require one another or earlier ones at random; where that
/// is refused, without requirements.
fn start(s: &mut Suite, r: &mut Random, model: &mut Reference, causes: &mut u64) {
    let first = model.actions.len() as u64 + 1;
    let count = 1 + r.below(3);
    let mut actions: Vec<NewAction> = Vec::new();
    for _ in 0..count {
        let action = some_action(s, r);
        actions.push(judged::maybe(s, r, model, action));
    }
    if r.below(3) > 0 {
        // One schedule and a small goal for all make most requirements possible.
        let schedule = actions[0].schedule;
        for action in &mut actions {
            action.schedule = schedule;
            action.lock = 0;
            action.max = None;
            action.goal = action.goal.min(2);
        }
    }
    if r.below(2) == 0 {
        // Roles that require one another in a ring.
        let hold = 5 + r.below(20);
        for (i, action) in actions.iter_mut().enumerate() {
            action.schedule = Schedule::AtTrigger {
                hold,
                pledge_until: None,
            };
            (action.lock, action.max) = (0, None);
            action.goal = action.goal.min(1 + r.below(2) as u32);
            if count > 1 {
                action.requires = vec![Requirement::Own(((i as u64 + 1) % count) as u8)];
            }
        }
    }
    for (i, action) in actions.iter_mut().enumerate() {
        for _ in 0..r.below(2) {
            let required = if r.below(3) == 0 && first > 1 {
                Requirement::Action(1 + r.below(first - 1))
            } else {
                Requirement::Own(r.below(count) as u8)
            };
            let itself = Requirement::Own(i as u8);
            if required != itself && !action.requires.contains(&required) {
                action.requires.push(required);
            }
        }
    }
    if r.below(2) == 0 {
        for action in &mut actions {
            let rolling = matches!(action.schedule, Schedule::Rolling { .. });
            let coins = matches!(action.unit, Some(Unit::Coins(_)));
            action.confirm_window = (!rolling && !coins).then_some(15);
        }
    }
    let in_coins = |a: &NewAction| matches!(a.unit, Some(Unit::Coins(_)));
    let bundle = count > 1 && r.below(3) == 0 && !actions.iter().any(in_coins);
    if bundle {
        bundles::fit(&mut actions);
    } else {
        actions.iter_mut().for_each(|a| bonus::some(s, r, a));
    }
    let fund_to = (r.below(3) > 0).then(|| s.who("heir").to_string());
    let mut deliberation = (!bundle && r.below(2) == 0).then(|| {
        let listed = 1 + r.below(count) as u8;
        let stake = actions[0].stake.clone(); // one for all of them
        for action in &mut actions[..usize::from(listed)] {
            choices::stake(action, &stake);
            action.requires.clear();
            (action.gate, action.max) = (None, None);
            if action.unit.take().is_some() {
                (action.act_window, action.report_window) = (20, 30);
            }
            action.confirm_window = None;
            if let Schedule::AtClose { pledge_until } | Schedule::Rolling { pledge_until } =
                &mut action.schedule
            {
                *pledge_until += 200; // the choice falls well before it
            }
        }
        choices::some_deliberation(s, r, listed)
    });
    let cause = |actions: &[NewAction], deliberation| CreateCause {
        bundle,
        fund_to: fund_to.clone(),
        deliberation,
        ..a_cause(actions.to_vec())
    };
    if s.create(cause(&actions, deliberation)).is_err() {
        actions.iter_mut().for_each(|a| a.requires.clear());
        if s.create(cause(&actions, deliberation)).is_err() {
            deliberation = None;
            s.create(cause(&actions, deliberation)).unwrap();
        }
    }
    *causes += 1;
    model.start(*causes, first, &actions);
    if bundle {
        model.bundle(first);
    }
    model.funds.start(*causes, fund_to.is_some());
    if let Some(deliberation) = deliberation {
        model.deliberate(*causes, first, deliberation);
    }
}

fn pledge(s: &mut Suite, r: &mut Random, model: &mut Reference, name: &str, action: u64) -> bool {
    let known = &model.actions[action as usize - 1];
    let denom = known.denom.clone();
    let staked = known.takes_stakes() && r.below(5) > 0;
    let brought = known.deposit() + if staked { STAKE } else { 0 };
    let needs_others = r.below(9) as u32;
    let referrer = (r.below(6) == 0).then(|| format!("p{}", r.below(ACTORS as u64)));
    let funds = match &denom {
        Some(denom) if brought > 0 => coins(brought, denom),
        _ => vec![],
    };
    let msg = ExecuteMsg::Pledge {
        action,
        needs_others,
        credentials: vec![],
        referrer: referrer.as_ref().map(|by| s.who(by).to_string()),
    };
    let address = s.who(name).to_string();
    let refusal = model.refusal(action, name, &address, (needs_others, 1));
    let said = s.send_with(name, &msg, &funds).err();
    let taken = said.is_none();
    check_gate(refusal, said.as_deref());
    if taken {
        assert!(
            !model.actions[action as usize - 1].bundled,
            "one of a bundle"
        );
        model.pledge(s.now(), action, name, needs_others, staked);
        model.refer(action, name, referrer);
    }
    taken
}

/// One random message, sent by the person or, of what can be signed, now and then by a sponsor.
/// Returns whether it was taken.
fn step(s: &mut Suite, r: &mut Random, model: &mut Reference) -> bool {
    let name = format!("p{}", r.below(ACTORS as u64));
    if r.below(3) == 0 && model.deliberating(s.now(), 0).is_some() {
        return choices::step(s, r, model, &name);
    }
    // Mostly one of which the message may still make sense: an open one, or one of the newest.
    let all = model.actions.len() as u64;
    model.refresh(s.now());
    let confirming = model.confirming(s.now());
    let kind = r.below(if confirming.is_empty() { 35 } else { 46 });
    let likely = model.open(s.now(), (19..22).contains(&kind));
    let action = match r.below(5) {
        1.. if !likely.is_empty() && !(7..=18).contains(&kind) && kind < 22 => {
            likely[r.below(likely.len() as u64) as usize]
        }
        0 => 1 + r.below(all),
        _ => all - r.below(all.min(6)),
    };
    let known = &model.actions[action as usize - 1];
    let denom = known.denom.clone();
    let (in_coins, goal) = (known.counts_coins(), known.goal());
    match kind {
        35.. if !confirming.is_empty() => {
            let action = confirming[r.below(confirming.len() as u64) as usize];
            let nth = r.below(100);
            let Some(name) = model.actions[action as usize - 1].pledger(nth) else {
                return false;
            };
            let taken = s.confirm(&name, action).is_ok();
            if taken {
                model.confirm(s.now(), action, &name);
            }
            taken
        }
        0..=6 | 35.. if known.bundled && r.below(4) > 0 => {
            bundles::pledge(s, r, model, action, &name)
        }
        0..=6 | 35.. if in_coins => {
            let (units, more) = (1 + r.below(4), r.below(9) as u32);
            let total_at_least = if more == 0 { 0 } else { goal + more - 1 };
            let msg = ExecuteMsg::PledgeCoins {
                action,
                total_at_least,
                credentials: vec![],
            };
            let address = s.who(&name).to_string();
            let asked = (total_at_least.max(1) - 1, units as u32);
            let refusal = model.refusal(action, &name, &address, asked);
            let funds = coins(MIN * u128::from(units), denom.expect("coins have a denom"));
            let result = s.send_with(&name, &msg, &funds);
            check_gate(refusal, result.as_ref().err().map(String::as_str));
            let taken = result.is_ok();
            if taken {
                model.pledge_coins(s.now(), action, &name, total_at_least, units as u32);
            }
            taken
        }
        0..=6 | 35.. => pledge(s, r, model, &name, action),
        7..=8 if known.bundled && r.below(2) == 0 => bundles::withdraw(s, model, action, &name),
        7..=8 => {
            let taken = s.withdraw(&name, action).is_ok();
            if taken {
                bundles::check_alone(s, model, action, &name);
                model.leave(s.now(), action, &name);
            }
            taken
        }
        9..=11 => {
            let taken = s.check_in(&name, action).is_ok();
            if taken {
                model.check_in(action, &name);
            }
            taken
        }
        12..=14 => {
            let judge = format!("j{}", 1 + r.below(3));
            let outcome =
                [Outcome::Did, Outcome::Didnt, Outcome::Excused][r.below(10).min(2) as usize];
            let taken = s.attest(&judge, action, &[(&name, outcome)]).is_ok();
            if taken {
                model.attest(s.now(), action, &name, &judge, outcome);
            }
            taken
        }
        15..=17 => {
            let by = format!("p{}", r.below(ACTORS as u64));
            let taken = s.claim(&by, action, &name).is_ok();
            if taken {
                model.claim(s.now(), action, &name, &by);
            }
            taken
        }
        18 => {
            let taken = s.send(&name, ExecuteMsg::Settle { action }).is_ok();
            if taken {
                model.settle(s.now(), action);
            }
            taken
        }
        30..=31 => {
            let taken = s.send(&name, ExecuteMsg::Release { action }).is_ok();
            if taken {
                model.release(s.now(), action);
            }
            taken
        }
        // Often enough that it matters, and not so often that nothing else happens.
        19 if r.below(6) == 0 => {
            let cause = known.cause;
            let taken = s.send("creator", ExecuteMsg::CancelCause { cause }).is_ok();
            if taken {
                model.cancel(cause);
                model.funds.cancel(cause);
            }
            taken
        }
        25..=26 => signed::step(s, r, model),
        27 => signed::void(s, r, model, &name),
        32..=34 => judged::step(s, r, model, action),
        22..=24 => funds::step(s, r, model, &name),
        28 => registry::step(s, r, model, &name),
        29 => bonus::step(s, r, model, action),
        _ => {
            let taken = s.activate(&name, action).is_ok();
            if taken {
                model.activate(s.now(), action);
            }
            taken
        }
    }
}

/// What the gate and the cap let in is what the reference lets in.
fn check_gate(expected: Option<&str>, said: Option<&str>) {
    let codes = ["not_admitted", "full", "beyond_max"];
    let found = said.and_then(|said| {
        let is = |code: &&&str| said.contains(&format!("{code}: "));
        codes.iter().find(is).copied()
    });
    match (expected, said) {
        (Some(code), None) => panic!("let in where the reference says {code}"),
        // Other refusals come first: of the phase, the coins, a second pledge.
        (Some(code), Some(said)) => assert!(found.is_none_or(|f| f == code), "{code}: {said}"),
        (None, _) => assert_eq!(found, None, "{said:?}"),
    }
}

/// Committed sets and balances are what the reference says.
fn compare(s: &mut Suite, model: &mut Reference) {
    let now = s.now();
    model.refresh(now);
    for (i, expected) in model.actions.iter_mut().enumerate() {
        if expected.empty {
            continue;
        }
        let found = s.action(i as u64 + 1);
        assert_eq!(
            found.committed,
            expected.committed(now),
            "K* of action {}",
            i + 1
        );
        assert_eq!(
            found.active,
            expected.activated_at(now).is_some(),
            "action {}",
            i + 1
        );
        assert_eq!(found.pledged, expected.pledged(), "action {}", i + 1);
    }
    funds::compare(s, model);
    let actors = (0..ACTORS).map(|i| format!("p{i}"));
    for name in actors.chain(["farmer".to_owned()]) {
        let who = s.who(&name);
        for denom in [DENOM, EURO] {
            let expected = PURSE as i128 + model.gain(&name, denom);
            assert_eq!(
                s.balance(&who, denom) as i128,
                expected,
                "{name} of {denom}"
            );
        }
    }
}

/// How many messages were taken, how many of them bound several actions, how many actions came
/// through a confirm window, how often one was open again after it, and how many released coins, how many of them
/// because of an answer, and how often an answer gave coins back.
fn history(seed: u64, steps: u64) -> [u64; 9] {
    println!("MUSTER_MODEL_SEED={seed} MUSTER_MODEL_STEPS={steps}");
    let (mut s, mut r) = (Suite::with_fee(137), Random(seed | 1));
    let mut model = Reference::new(STAKE, MIN, 137);
    s.record();
    good_old_days(&mut s, &mut model);
    let (mut taken, mut causes) = (0, 1);
    for i in 0..steps {
        if i % 40 == 0 {
            start(&mut s, &mut r, &mut model, &mut causes);
        }
        taken += u64::from(step(&mut s, &mut r, &mut model));
        if i % 16 == 0 {
            compare(&mut s, &mut model);
        }
        if i % 96 == 0 {
            registry::compare(&mut s, &model);
        }
        let second = s.now() - START + r.below(6);
        s.at(second);
    }
    compare(&mut s, &mut model);
    judged::finish(&mut s, &mut r, &mut model);
    // The end of everything: whoever may claim does, and only funds, fees and forfeits are left.
    let end = s.now() - START + GRACE + 1_000;
    s.at(end);
    for action in 1..=model.actions.len() as u64 {
        for i in 0..ACTORS {
            let name = format!("p{i}");
            model.refresh(s.now());
            if s.claim("keeper", action, &name).is_ok() {
                model.claim(s.now(), action, &name, "keeper");
            }
        }
        while s.send("keeper", ExecuteMsg::Release { action }).is_ok() {
            model.release(s.now(), action);
        }
        if model.actions[action as usize - 1].empty {
            continue;
        }
        let held = s.action(action);
        let open = matches!(held.phase.as_str(), "pledging" | "locked" | "confirming");
        let _ = s.send("keeper", ExecuteMsg::ClaimForfeits { action });
        bonus::end(&mut s, &mut model, action);
        deposit::end(&mut s, &mut model, action);
        let left = s.action(action).held.is_some_and(|c| !c.amount.is_zero());
        assert!(
            open || !left,
            "action {action} keeps {:?} while {}",
            held.held,
            held.phase
        );
    }
    compare(&mut s, &mut model);
    registry::compare(&mut s, &model);
    bonus::compare(&mut s, &model);
    funds::finish(&mut s, &mut model);
    s.record_end();
    println!(
        "{} ballots, {} alternatives dropped, {} proposals filled a place",
        model.ballots, model.dropped, model.filled
    );
    let through = model.actions.iter().filter(|a| a.came_through.is_some());
    [
        taken,
        model.bound_together,
        through.count() as u64,
        model.reopened,
        model.releases,
        model.parts_released,
        model.parts_returned,
        model.filled,
        model.dropped.min(model.ballots),
    ]
}

#[test]
fn random_histories_match_the_reference() {
    let (seed, steps) = (env("MUSTER_MODEL_SEED", 0), env("MUSTER_MODEL_STEPS", 700));
    let seeds: Vec<u64> = if seed == 0 {
        (1..=8).map(|i| 7_919 * i).collect()
    } else {
        vec![seed]
    };
    let all_steps = steps * seeds.len() as u64;
    let [
        taken,
        together,
        through,
        reopened,
        released,
        parts,
        returned,
        filled,
        chosen,
    ] = seeds
        .into_iter()
        .map(|seed| history(seed, steps))
        .fold([0; 9], |sum, one| std::array::from_fn(|i| sum[i] + one[i]));
    println!("{taken} messages were taken, {together} of them bound several actions");
    println!("{through} actions came through a confirm window, {reopened} times one opened again");
    println!(
        "{released} messages released coins, {parts} by an answer; {returned} answers gave them back"
    );
    assert!(
        taken > all_steps / 8,
        "the histories are mostly refusals: {taken} of {all_steps}"
    );
    assert!(seed != 0 || together > 0, "no message bound several");
    assert!(
        seed != 0 || (through > 0 && reopened > 0),
        "no confirm window"
    );
    assert!(
        seed != 0 || (released > parts && parts > 0 && returned > 0),
        "coins weren't released, or not by an answer, or none came back"
    );
    assert!(seed != 0 || chosen > 0, "nothing was chosen");
    assert!(seed != 0 || filled > 0, "no proposal became an alternative");
}

#[test]
fn the_reference_knows_the_table_of_the_design() {
    assert_eq!(naive_committed(1, &[1, 1, 3, 3, 3]), 5);
    assert_eq!(naive_committed(1, &[1, 2, 3, 4, 5]), 0);
    assert_eq!(naive_committed(1, &[0, 5, 5, 5, 5]), 1);
}
