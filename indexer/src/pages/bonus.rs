//! A sponsor's refund bonus in words: who gets what, and when.

use super::format::{Denoms, people};
use super::rules::{self, Rule};
use super::words::Sentence;
use crate::read::types::{Action, Bonus, Phase};

/// Beside the counter: what it means as things stand.
pub(super) fn sentence(a: &Action, denoms: &Denoms) -> Option<Sentence> {
    let (bonus, denom) = (a.bonus.as_ref()?, denom(a)?);
    let (with, own) = words(a);
    let amount = |sum| denoms.amount(sum, denom);
    Some(match a.phase {
        _ if a.active => {
            Sentence::plain("It came about: the refund bonus goes back to its sponsor.")
        }
        Phase::Failed if bonus.each == 0 && bonus.eligible > 0 && !a.requires.is_empty() => {
            Sentence::plain(
                "It failed with what it requires, or there is nothing to share: no refund bonus is paid.",
            )
        }
        Phase::Failed => Sentence::plain(failed(bonus, &amount(bonus.each), own)),
        Phase::Cancelled | Phase::Dropped => {
            Sentence::plain("The refund bonus goes back to its sponsor.")
        }
        _ if bonus.fund == 0 => Sentence::at(
            format!("A refund bonus is promised to those who pledge{with} before "),
            bonus.before,
            ", if too few are in at the close; but its sponsor has put nothing in yet.",
        ),
        _ => Sentence::at(
            format!(
                "If too few are in at the close{}, nobody loses: everybody has {own} back, and up to {} on \
                 top to whoever pledges{with} before ",
                alone(a),
                amount(bonus.per_pledge)
            ),
            bonus.before,
            format!(
                " and asks for nobody beyond the goal. A sponsor has put in {}; {} would share it now.",
                amount(bonus.fund),
                people(bonus.eligible)
            ),
        ),
    })
}

/// The coin of the stakes, or of what is pledged.
fn denom(a: &Action) -> Option<&str> {
    let stake = a.stake.as_ref().map(|stake| stake.coin.denom.as_str());
    stake.or(a.coins.as_ref().map(|coins| coins.min.denom.as_str()))
}

/// What a pledge must have for it, and what comes back besides.
fn words(a: &Action) -> (&'static str, &'static str) {
    if a.coins.is_some() {
        ("", "their coins")
    } else {
        (" with a stake", "the stake")
    }
}

/// What must hold besides, where there is anything that it requires.
fn alone(a: &Action) -> &'static str {
    if a.requires.is_empty() {
        ""
    } else {
        " and nothing that it requires has failed by then"
    }
}

fn failed(bonus: &Bonus, each: &str, own: &str) -> String {
    match (bonus.each, bonus.eligible) {
        (0, _) | (_, 0) => "There is no refund bonus to share.".into(),
        (_, n) => format!(
            "Too few were in. Whoever pledged early and asked for nobody beyond the goal ({}) gets a \
             refund bonus of {each}, on top of {own}.",
            people(n)
        ),
    }
}

/// Among the frozen terms.
pub(super) fn rule(a: &Action, denoms: &Denoms) -> Option<Rule> {
    let (bonus, denom) = (a.bonus.as_ref()?, denom(a)?);
    let (with, _) = words(a);
    let amount = |sum| denoms.amount(sum, denom);
    let text = format!(
        "If too few are in at the close{}, each who pledged{with} early enough, and asked for \
         nobody beyond the goal, gets up to {} out of {} put in by a sponsor, or an equal part if that \
         is less. The rest goes back to the sponsor, and everything where it comes about; neither \
         the sponsor nor whoever started the cause gets any. Pledges count that were made before ",
        alone(a),
        amount(bonus.per_pledge),
        amount(bonus.fund),
    );
    let after = ". The sponsor:";
    Some(Rule {
        people: vec![bonus.sponsor.clone()],
        ..rules::rule("Refund bonus", Sentence::at(text, bonus.before, after))
    })
}
