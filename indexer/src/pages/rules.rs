//! The frozen terms of an action, in words: "how this is counted".

use super::bonus;
use super::coins;
use super::format::{Denoms, duration, number, people};
use super::gate;
use super::judged;
use super::saving;
use super::words::Sentence;
use crate::read::types::{Action, CancelRule, Cause, ForfeitsTo, Fulfilment, Schedule};

/// One term.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) text: Sentence,
    /// People named in it.
    pub(super) people: Vec<String>,
    /// Actions named in it.
    pub(super) actions: Vec<u64>,
}

pub(super) fn rule(name: &'static str, text: Sentence) -> Rule {
    Rule {
        name,
        text,
        people: Vec::new(),
        actions: Vec::new(),
    }
}

/// All terms of an action.
pub(super) fn rules(a: &Action, fee_bps: u16, denoms: &Denoms) -> Vec<Rule> {
    if let Some(c) = &a.coins {
        let mut list = coins::rules(c, fee_bps, denoms);
        list.extend([
            rule("Binds", binds(a.schedule)),
            rule("Leaving", leaving(a)),
        ]);
        if a.act_window > 0 {
            list.push(rule("Time to act", acting(a)));
        }
        list.extend(judged::rules(a, denoms));
        list.extend(gate::rules(a, denoms));
        list.extend(bonus::rule(a, denoms));
        list.extend(together(a));
        list.extend(counterpart(a));
        return list;
    }
    let mut list = vec![
        rule("Goal", goal(a)),
        rule("Binds", binds(a.schedule)),
        rule("Leaving", leaving(a)),
        rule("Time to act", acting(a)),
        stake(a, denoms),
        who_decides(a),
    ];
    list.extend(judged::rules(a, denoms));
    list.extend(a.bundled.then(bundle));
    list.extend(confirm(a));
    list.extend(gate::rules(a, denoms));
    list.extend(bonus::rule(a, denoms));
    list.extend(saving::rule_of(a));
    list.extend(forfeits(a, fee_bps));
    list.extend(together(a));
    list.extend(counterpart(a));
    list
}

fn together(a: &Action) -> Option<Rule> {
    if a.requires.is_empty() {
        return None;
    }
    let how = if a.by_message {
        "They bind in one message that anybody may send once each one’s own schedule allows it. If \
         one of them fails before that, so does this one:"
    } else {
        "All of them close in this cause, and bind together or not at all:"
    };
    Some(Rule {
        actions: a.requires.clone(),
        ..rule("Only together with", Sentence::plain(how))
    })
}

fn counterpart(a: &Action) -> Option<Rule> {
    let address = a.waits_for.clone()?;
    let text = "It takes no pledges until this address has started an action that requires it, and \
                then it requires that one too:";
    Some(Rule {
        people: vec![address],
        ..rule("Waits for its counterpart", Sentence::plain(text))
    })
}

fn goal(a: &Action) -> Sentence {
    Sentence::plain(match a.goal {
        1 => "No common goal: each person's own condition decides.".into(),
        n => format!(
            "At least {}; and each person may ask for more others than that.",
            people(n)
        ),
    })
}

fn binds(schedule: Schedule) -> Sentence {
    match schedule {
        Schedule::AtClose { pledge_until } => Sentence::at(
            "All at once, at the close: ",
            pledge_until,
            ". The largest set of people in which everybody's condition holds is bound.",
        ),
        Schedule::AtTrigger { hold, pledge_until } => {
            let text = format!(
                "All at once, when enough have been in for {} without a break",
                duration(hold)
            );
            match pledge_until {
                Some(until) => Sentence::at(format!("{text}, or at the close: "), until, "."),
                None => Sentence::plain(format!("{text}; it waits for as long as that takes.")),
            }
        }
        Schedule::Rolling { pledge_until } => Sentence::at(
            "From the moment enough are in; later ones join as their conditions allow, until ",
            pledge_until,
            ".",
        ),
    }
}

fn leaving(a: &Action) -> Sentence {
    match (a.lock, a.schedule.pledge_until()) {
        (0, _) | (_, None) => {
            Sentence::plain("Whoever isn't bound may leave at any time, with every coin.")
        }
        (lock, Some(until)) => Sentence::at(
            "Whoever isn't bound may leave, with every coin, before ",
            until.saturating_sub(lock),
            "; then it is locked. Whoever isn't bound afterwards may leave again.",
        ),
    }
}

fn bundle() -> Rule {
    let text = "All actions of this cause are pledged together. Each binds at its own goal. One takes \
                all back together, and what isn't bound by itself once something is.";
    rule("In a bundle", Sentence::plain(text))
}

fn confirm(a: &Action) -> Option<Rule> {
    let window = a.confirm_window?;
    let text = format!(
        "Before anybody is bound, all have {} to say once more that they are in. Only those who do \
         are bound, if their conditions hold among them; whoever stays silent is free, with every \
         coin.",
        duration(window)
    );
    Some(rule("Confirming", Sentence::plain(text)))
}

fn acting(a: &Action) -> Sentence {
    Sentence::plain(format!(
        "{} to act{}, then {} to report.",
        duration(a.act_window),
        if matches!(a.schedule, Schedule::Rolling { .. }) {
            " after the close"
        } else {
            " once it binds"
        },
        duration(a.report_window)
    ))
}

fn stake(a: &Action, denoms: &Denoms) -> Rule {
    let text = match &a.stake {
        None => "None. Nobody puts money behind a pledge here.".into(),
        Some(terms) => {
            let coin = denoms.coin(&terms.coin);
            let back = match a.fulfilment {
                Fulfilment::Collective {} => "unless the answer is that it didn’t succeed",
                _ => "who keeps the promise",
            };
            match terms.rule {
                muster_schema::causes::StakeRule::Required => {
                    format!("{coin} from each. Back to everybody {back}.")
                }
                muster_schema::causes::StakeRule::Optional => format!(
                    "{coin} from each who wants to; one may pledge without. Back to everybody {back}."
                ),
            }
        }
    };
    rule("Stake", Sentence::plain(text))
}

fn who_decides(a: &Action) -> Rule {
    match &a.fulfilment {
        Fulfilment::Honor {} => rule(
            "Who says it was done",
            Sentence::plain("Each person for themselves: “I did it” counts."),
        ),
        Fulfilment::Challengeable { .. } => rule(
            "Who says it was done",
            Sentence::plain(
                "Each person for themselves: “I did it” counts, unless somebody challenges it and \
                 those who are asked say no.",
            ),
        ),
        Fulfilment::Collective {} => rule(
            "Who says it was done",
            Sentence::plain(
                "Nobody is judged singly, and nobody reports: all stand or fall together.",
            ),
        ),
        Fulfilment::Attested { attestors, quorum } => Rule {
            name: "Who says it was done",
            text: Sentence::plain(match attestors.len() {
                1 => "One named attestor:".into(),
                n => format!(
                    "{} named attestors, of whom {quorum} must agree. Where they don't, the person \
                     is excused:",
                    number(n as u128)
                ),
            }),
            people: attestors.clone(),
            actions: Vec::new(),
        },
    }
}

fn forfeits(a: &Action, fee_bps: u16) -> Option<Rule> {
    let (text, people) = match a.forfeits_to.as_ref()? {
        ForfeitsTo::Cooperators {} => (
            "To those with a stake who kept the promise, in equal parts, never more than a stake each",
            vec![],
        ),
        ForfeitsTo::Everybody {} => (
            "To everybody who was bound with a stake, in equal parts",
            vec![],
        ),
        ForfeitsTo::Address { address } => ("To this address", vec![address.clone()]),
    };
    let fee = match fee_bps {
        0 => String::new(),
        bps => format!(", after a fee of {}.{:02} %", bps / 100, bps % 100),
    };
    let keeper = match a.fulfilment {
        Fulfilment::Collective {} => "",
        _ => "; a hundredth of each goes to whoever sends in the claim of a broken promise",
    };
    let end = if people.is_empty() { "." } else { ":" };
    Some(Rule {
        name: match a.fulfilment {
            Fulfilment::Collective {} => "If it didn’t succeed, stakes go",
            _ => "Broken promises forfeit",
        },
        text: Sentence::plain(format!("{text}{fee}{keeper}{end}")),
        people,
        actions: Vec::new(),
    })
}

/// Until when the cause may be cancelled.
pub(super) fn cancelling(c: &Cause) -> &'static str {
    match c.cancel {
        _ if c.cancelled => "It was cancelled by its starter.",
        CancelRule::UntilFirstPledge => "Its starter may cancel it until somebody pledges.",
        CancelRule::UntilLock => "Its starter may cancel it until the first lock or close.",
        CancelRule::Never => "Nobody can cancel it.",
    }
}
