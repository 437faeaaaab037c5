//! What a page says of actions that count coins.

use cosmwasm_std::Coin;

use super::format::{Denoms, number};
use super::rules::{Rule, rule};
use super::words::{Sentence, condition};
use crate::read::types::{Action, ActionCoins, Pledge, Release, TrancheState};

/// The counts of an action: committed, pledged, goal.
pub(super) fn counts(a: &Action, denoms: &Denoms) -> (String, String, String) {
    match &a.coins {
        Some(c) => (
            denoms.coin(&c.committed),
            denoms.coin(&c.pledged),
            denoms.coin(&c.goal),
        ),
        None => (number(a.committed), number(a.pledged), number(a.goal)),
    }
}

/// What would enlarge the sum that is bound.
pub(super) fn tipping(a: &Action, c: &ActionCoins, denoms: &Denoms) -> Option<String> {
    let more = denoms.coin(&c.amount(a.tips_with?));
    Some(if a.committed == 0 {
        format!("Today nothing would be bound. {more} more, without a condition, would tip it.")
    } else {
        let now = denoms.coin(&c.committed);
        format!(
            "If it closed now, {now} would be bound. {more} more would bring in others who wait."
        )
    })
}

/// The terms of the coins.
pub(super) fn rules(c: &ActionCoins, fee_bps: u16, denoms: &Denoms) -> Vec<Rule> {
    let (goal, min) = (denoms.coin(&c.goal), denoms.coin(&c.min));
    let fee = percent(fee_bps);
    let mut list = vec![
        rule(
            "Goal",
            Sentence::plain(format!(
                "At least {goal} in all, or everything goes back; and each person may ask for more than that."
            )),
        ),
        rule(
            "Amounts",
            Sentence::plain(format!(
                "Multiples of {min}, at most a million of them each."
            )),
        ),
        Rule {
            people: vec![c.beneficiary.clone()],
            ..rule(
                "Goes to",
                Sentence::plain(format!(
                    "What is bound is released{}, less a fee of {fee}, by a message that anybody may send, to:",
                    once(c)
                )),
            )
        },
    ];
    list.extend(tranches(c, denoms));
    if let Some(each) = &c.returned_each {
        let text = format!("{} for each {min} that was bound.", denoms.coin(each));
        list.push(rule("Goes back", Sentence::plain(text)));
    }
    if let Some(d) = &c.document {
        list.push(Rule {
            people: vec![d.recipient.clone()],
            ..rule(
                "Document",
                Sentence::plain(format!(
                    "{} (SHA-256 {}). By it {} of what is released goes to:",
                    d.uri,
                    d.sha256.to_hex(),
                    percent(d.bps)
                )),
            )
        });
    }
    list
}

/// What it waits for.
fn once(c: &ActionCoins) -> &'static str {
    match c.release {
        Release::OnActivation => "",
        Release::OnSuccess => " once the answer about it is yes, and else goes back",
        Release::Tranches => " in parts",
    }
}

/// The parts, with what became of them.
fn tranches(c: &ActionCoins, denoms: &Denoms) -> Option<Rule> {
    if c.tranches.is_empty() {
        return None;
    }
    let each = c.tranches.iter().enumerate().map(|(i, t)| {
        let place = i.saturating_add(1);
        let (part, state) = (percent(t.bps), tranche_label(t.state));
        if t.amount.amount.is_zero() {
            format!("{place}. {part}")
        } else {
            format!("{place}. {part}, {}: {state}", denoms.coin(&t.amount))
        }
    });
    let list: Vec<String> = each.collect();
    let text = "Each once a verdict says yes about it, in this order. Of one about which it doesn't, \
                it and the later ones go back";
    Some(rule(
        "Parts",
        Sentence::plain(format!("{text}. {}.", list.join("; "))),
    ))
}

const fn tranche_label(state: TrancheState) -> &'static str {
    match state {
        TrancheState::Waiting => "waits",
        TrancheState::Released => "released",
        TrancheState::Returned => "goes back",
    }
}

/// `5 %`, `0.25 %`.
pub(super) fn percent(bps: u16) -> String {
    let (whole, part) = (bps / 100, bps % 100);
    if part == 0 {
        return format!("{whole} %");
    }
    let part = format!("{part:02}");
    format!("{whole}.{} %", part.trim_end_matches('0'))
}

/// The condition of a pledge, and what lies behind it.
pub(super) fn of_pledge(p: &Pledge, denoms: &Denoms) -> (String, String) {
    let Some(c) = &p.coins else {
        let stake = p.stake.as_ref().map(|c| denoms.coin(c));
        let stake = stake.unwrap_or_else(|| "none".into());
        return (condition(p.needs_others), stake);
    };
    let min = c.amount.amount.checked_div(c.units.into());
    let total = Coin {
        denom: c.amount.denom.clone(),
        amount: min
            .unwrap_or_default()
            .saturating_mul(c.total_at_least.into()),
    };
    (
        format!("if the total reaches {}", denoms.coin(&total)),
        denoms.coin(&c.amount),
    )
}
