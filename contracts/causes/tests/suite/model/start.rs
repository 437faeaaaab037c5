//! New causes in the random histories.

use muster_schema::causes::{
    CancelRule, CreateCause, Deliberation, NewAction, Schedule, StakeRule, Unit,
};

use super::actions::{of_coins, of_people, some_action, with_stake};
use super::reference::Reference;
use super::requires::{deal, own_roles, require, schedule};
use super::{ACTORS, Random, bonus, bundles, choices, deposit, judged, savings};
use crate::common::*;

/// Something that many did in the beginning, so that gates find a standing to let in.
pub(super) fn good_old_days(s: &mut Suite, model: &mut Reference) {
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

/// What a cause is sure to have. They take turns, so that none is rare whatever else is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Theme {
    Any,
    Bonus,
    Bundle,
    Challenges,
    Coins,
    Deposits,
    Ring,
    Confirmed,
    Deliberation,
}

const THEMES: [Theme; 9] = [
    Theme::Any,
    Theme::Challenges,
    Theme::Deliberation,
    Theme::Bonus,
    Theme::Ring,
    Theme::Deposits,
    Theme::Coins,
    Theme::Confirmed,
    Theme::Bundle,
];

/// A cause of one to three actions that require one another or earlier ones at random; where that
/// is refused, without requirements.
pub(super) fn start(s: &mut Suite, r: &mut Random, model: &mut Reference, causes: &mut u64) {
    let theme = THEMES[*causes as usize % THEMES.len()];
    let first = model.actions.len() as u64 + 1;
    let least = if theme == Theme::Bundle { 2 } else { 1 };
    let count = least + r.below(4 - least);
    let mut actions: Vec<NewAction> = (0..count).map(|_| one(s, r, model, theme)).collect();
    if theme != Theme::Bonus {
        schedule(r, theme == Theme::Ring, &mut actions);
        require(r, first, &mut actions);
    }
    let roles = theme == Theme::Bonus && r.below(3) > 0;
    if roles {
        own_roles(r, &mut actions);
    }
    if theme == Theme::Confirmed || (theme != Theme::Bonus && r.below(4) == 0) {
        let window = 15 + r.below(30);
        for action in &mut actions {
            let rolling = matches!(action.schedule, Schedule::Rolling { .. });
            action.confirm_window = (!rolling && !is_of_coins(action)).then_some(window);
        }
    }
    let bundle = count > 1
        && (theme == Theme::Bundle || (theme == Theme::Any && r.below(3) == 0))
        && !actions.iter().any(is_of_coins);
    if bundle {
        bundles::fit(r, &mut actions);
    } else {
        let sure = theme == Theme::Bonus;
        actions.iter_mut().for_each(|a| bonus::some(s, r, a, sure));
    }
    if let Some(last) = actions.last_mut().filter(|_| roles) {
        last.goal = 1; // what the others require has enough, mostly
    }
    let fund_to = (r.below(3) > 0).then(|| s.who("heir").to_string());
    let deliberates = theme == Theme::Deliberation || (theme == Theme::Any && r.below(3) == 0);
    let mut deliberation = (!bundle && deliberates).then(|| deliberate(s, r, &mut actions));
    actions.iter_mut().for_each(|a| savings::some(r, a));
    let cancel = *r.one_of(&[
        CancelRule::UntilFirstPledge,
        CancelRule::UntilLock,
        CancelRule::UntilLock,
        CancelRule::UntilLock,
        CancelRule::Never,
    ]);
    let answered = {
        let theirs = s.who("theirs").to_string();
        model.waiting_for(s.now(), &theirs)
    };
    let by = if answered.is_some() && r.below(3) > 0 {
        "theirs"
    } else {
        "creator"
    };
    deal(s, r, &mut actions, answered, by == "theirs");
    let cause = |actions: &[NewAction], deliberation| CreateCause {
        cancel,
        bundle,
        fund_to: fund_to.clone(),
        deliberation,
        ..a_cause(actions.to_vec())
    };
    if s.create_by(by, cause(&actions, deliberation)).is_err() {
        for action in &mut actions {
            action.requires.clear();
            action.counterpart = None;
        }
        if s.create_by(by, cause(&actions, deliberation)).is_err() {
            deliberation = None;
            s.create_by(by, cause(&actions, deliberation)).unwrap();
        }
    }
    *causes += 1;
    model.start(*causes, first, &actions);
    model.begun_by(*causes, by, cancel);
    let address = s.who(by).to_string();
    (first..)
        .take(actions.len())
        .for_each(|id| model.meet(&address, id));
    if bundle {
        model.bundle(first);
    }
    model.funds.start(*causes, fund_to.is_some());
    if let Some(deliberation) = deliberation {
        model.deliberate(*causes, first, deliberation);
    }
}

fn is_of_coins(action: &NewAction) -> bool {
    matches!(action.unit, Some(Unit::Coins(_)))
}

fn one(s: &mut Suite, r: &mut Random, model: &mut Reference, theme: Theme) -> NewAction {
    match theme {
        Theme::Challenges => {
            let action = of_people(s, r);
            let action = with_stake(action, StakeRule::Required);
            judged::challenged(s, r, model, action)
        }
        Theme::Deposits => {
            let mut action = of_people(s, r);
            (action.gate, action.max) = (None, None);
            deposit::some(s, r, model, action)
        }
        Theme::Bonus => {
            let close = s.now() + 80 + r.below(200);
            let in_coins = r.below(3) == 0;
            let mut action = if in_coins {
                of_coins(s, r)
            } else {
                of_people(s, r)
            };
            action.schedule = Schedule::AtClose {
                pledge_until: close,
            };
            action.lock = 20 + r.below(20);
            if in_coins {
                action
            } else {
                with_stake(action, StakeRule::Optional)
            }
        }
        Theme::Coins => {
            let action = of_coins(s, r);
            judged::maybe(s, r, model, action)
        }
        _ => {
            let action = some_action(s, r);
            judged::maybe(s, r, model, action)
        }
    }
}

/// Makes the first of them alternatives.
fn deliberate(s: &mut Suite, r: &mut Random, actions: &mut [NewAction]) -> Deliberation {
    let listed = 1 + r.below(actions.len() as u64) as u8;
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
}
