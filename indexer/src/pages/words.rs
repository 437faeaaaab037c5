//! The phase of an action in words, for somebody who has never heard of phases.

use super::format::{Moment, duration, number, people};
use super::judged;
use crate::read::types::{Action, ActionCoins, Phase, PledgeState, Release, Schedule};

/// A sentence with one moment in it, so that the moment can be shown in the reader's own zone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sentence {
    pub(super) before: String,
    pub(super) at: Option<Moment>,
    pub(super) after: String,
}

impl Sentence {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self {
            before: text.into(),
            ..Self::default()
        }
    }

    pub(super) fn at(before: impl Into<String>, unix: u64, after: impl Into<String>) -> Self {
        Self {
            before: before.into(),
            at: Some(Moment::new(unix)),
            after: after.into(),
        }
    }
}

/// The badge of a phase.
pub(super) const fn phase_label(phase: Phase) -> &'static str {
    match phase {
        Phase::Pledging => "Open for pledges",
        Phase::Locked => "Locked",
        Phase::Confirming => "Confirming",
        Phase::Acting => "Acting now",
        Phase::Reporting => "Reporting",
        Phase::Judging => "Being judged",
        Phase::Appealing => "Open for appeal",
        Phase::Settled => "Settled",
        Phase::Failed => "Did not start",
        Phase::Cancelled => "Cancelled",
        Phase::Dropped => "Not chosen",
    }
}

/// What the phase means for this action, and what comes next.
pub(super) fn phase_sentence(a: &Action) -> Sentence {
    if let Some(c) = &a.coins
        && let Some(text) = of_coins(a, c)
    {
        return text;
    }
    let bound = people(a.committed);
    match a.phase {
        Phase::Pledging => pledging(a, &bound),
        Phase::Locked => locked(a),
        Phase::Confirming => confirming(a),
        Phase::Acting => a.report_from.map_or_else(Sentence::default, |at| {
            Sentence::at(format!("Bound: {bound}. They act until "), at, ".")
        }),
        Phase::Reporting => a.reports_until().map_or_else(Sentence::default, |at| {
            Sentence::at("The time to act is over. Reports are taken until ", at, ".")
        }),
        Phase::Judging | Phase::Appealing => judged::sentence(a),
        Phase::Settled if a.totals_fixed => {
            Sentence::plain("It is over and its totals are fixed; each may claim what is theirs.")
        }
        Phase::Settled => {
            Sentence::plain("It is over. Anybody may settle it; the first claim does it by itself.")
        }
        Phase::Failed => Sentence::plain(
            "Not enough people were in when pledging closed. Nobody is bound; every stake goes back.",
        ),
        Phase::Cancelled => {
            Sentence::plain("Its starter cancelled it. Nobody is bound; every stake goes back.")
        }
        Phase::Dropped => Sentence::plain(
            "Another alternative was chosen. Nobody is bound; every stake goes back.",
        ),
    }
}

/// Where coins are another matter than people.
fn of_coins(a: &Action, c: &ActionCoins) -> Option<Sentence> {
    Some(match (a.phase, a.schedule) {
        (Phase::Pledging, Schedule::Rolling { pledge_until }) if a.active => Sentence::at(
            "Enough came together: what is in is bound already; others may join until ",
            pledge_until,
            ".",
        ),
        _ if c.returned_each.is_some() => Sentence::plain(
            "An answer wasn't yes: what wasn't released goes back to each who gave, by their claim.",
        ),
        (Phase::Acting | Phase::Reporting, _) if c.release != Release::OnActivation => {
            Sentence::at(
                "What came together is bound. Its purpose has until ",
                a.judging.as_ref().and_then(|j| j.judge_from)?,
                waiting_for(c),
            )
        }
        (Phase::Judging | Phase::Appealing, _) => Sentence::plain(format!(
            "The time for the purpose is over{}",
            waiting_for(c)
        )),
        (Phase::Settled, _) if c.is_released(a.committed) => {
            Sentence::plain("It went ahead: what was bound is released to its purpose.")
        }
        (Phase::Settled, _) if c.release != Release::OnActivation => Sentence::plain(
            "Where the answer is yes, anybody may release what is bound to its purpose; what no yes \
             was said about goes back to each who gave, by their claim.",
        ),
        (Phase::Settled, _) => Sentence::plain(
            "It goes ahead. Anybody may release what is bound to its purpose; whoever isn't in takes their coins back.",
        ),
        (Phase::Failed, _) => {
            Sentence::plain("Not enough came together when pledging closed. Every coin goes back.")
        }
        (Phase::Cancelled | Phase::Dropped, _) => {
            Sentence::plain("It was called off. Every coin goes back.")
        }
        _ => return None,
    })
}

/// What releases the coins.
fn waiting_for(c: &ActionCoins) -> &'static str {
    if c.release == Release::Tranches {
        ". Each part goes to its purpose once a verdict says yes about it."
    } else {
        ". It is paid once the answer is yes; else it goes back."
    }
}

fn pledging(a: &Action, bound: &str) -> Sentence {
    if a.waits_for.is_some() {
        return Sentence::plain("Takes no pledges until its counterpart has answered.");
    }
    if let Some(at) = a.chosen_at.filter(|_| a.undecided) {
        return Sentence::at(
            "One of several alternatives, of which one is chosen: nobody is bound before ",
            at,
            ".",
        );
    }
    match a.schedule {
        Schedule::AtTrigger { .. } if a.by_message && a.ready_since.is_some() => Sentence::plain(
            "Enough are in. It binds with what it requires, by a message that anybody may send.",
        ),
        Schedule::Rolling { pledge_until } if a.active => Sentence::at(
            format!("{bound} are bound and act already; others may join until "),
            pledge_until,
            ".",
        ),
        Schedule::Rolling { pledge_until } => Sentence::at(
            "Binds the moment enough are in; open until ",
            pledge_until,
            ".",
        ),
        Schedule::AtTrigger { hold, .. } => match (a.ready_since, a.schedule.pledge_until()) {
            (Some(since), _) => Sentence::at(
                "Enough are in. It binds, unless too many leave, at ",
                since.max(a.chosen_at.unwrap_or(0)).saturating_add(hold),
                ".",
            ),
            (None, Some(until)) => Sentence::at(
                format!(
                    "Binds once enough have been in for {}; open until ",
                    duration(hold)
                ),
                until,
                ".",
            ),
            (None, None) => Sentence::plain(format!(
                "Binds once enough have been in for {}; open until then.",
                duration(hold)
            )),
        },
        Schedule::AtClose { pledge_until } => Sentence::at(
            "Nobody is bound yet. Pledges are counted, and bind if enough are in, at ",
            pledge_until,
            ".",
        ),
    }
}

/// The visible cascade: who has confirmed, and how much silence it survives.
fn confirming(a: &Action) -> Sentence {
    let Some(c) = a.confirming else {
        return Sentence::default();
    };
    let silent = a.pledged.saturating_sub(c.confirmed);
    let survives = match c.survives {
        None => "Nobody would be bound, even if all confirmed.".into(),
        Some(_) if silent == 0 => "Everybody has.".into(),
        Some(0) => "If one of the others stays silent, it may bind nobody.".into(),
        Some(n) if n >= silent => "That is enough, whoever of the others stays silent.".into(),
        Some(n) => format!(
            "{} of the others may stay silent, whoever they are, and somebody is bound.",
            number(n)
        ),
    };
    Sentence::at(
        format!(
            "{} of {} have confirmed. {survives} Whoever hasn't is free at ",
            number(c.confirmed),
            number(a.pledged)
        ),
        c.until,
        ".",
    )
}

fn locked(a: &Action) -> Sentence {
    if let Some(until) = a.grace_until.filter(|_| !a.takes_pledges) {
        return Sentence::at(
            "Closed with enough in. It waits for what it requires, to bind together by a message \
             that anybody may send, until ",
            until,
            ".",
        );
    }
    let text = "Nobody may leave any more; one may still join until ";
    a.schedule.pledge_until().map_or_else(
        || Sentence::plain("Nobody may leave any more."),
        |at| Sentence::at(text, at, "."),
    )
}

/// What would enlarge the committed set.
pub(super) fn tipping(a: &Action) -> Option<String> {
    let more = a.tips_with?;
    let now = a.committed;
    let who = match more {
        1 => "1 more who asks".into(),
        n => format!("{} more who ask", number(n)),
    };
    Some(match now {
        0 => {
            format!("Today nobody would be bound. {who} for nobody beyond the goal would tip it.")
        }
        n => format!(
            "If it closed now, {} would act. {} more would bring in others who wait.",
            people(n),
            number(more)
        ),
    })
}

/// A pledge's state.
pub(super) const fn state_label(state: PledgeState) -> &'static str {
    match state {
        PledgeState::Standing => "pledged",
        PledgeState::Bound => "bound",
        PledgeState::Kept => "kept",
        PledgeState::Broken => "broken",
        PledgeState::Excused => "excused",
        PledgeState::Released => "not bound",
        PledgeState::Claimed => "claimed",
        PledgeState::Withdrawn => "withdrawn",
    }
}

/// A personal threshold.
pub(super) fn condition(needs_others: u32) -> String {
    match needs_others {
        0 => "asks for nobody beyond the goal".into(),
        1 => "if 1 other does".into(),
        n => format!("if {} others do", number(n)),
    }
}
