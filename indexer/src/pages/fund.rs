//! A cause's campaign fund and its registry, on its page.

use super::format::{Denoms, Moment, number, short};
use crate::read::types::Cause;

/// The fund with the last lines of its book.
pub(super) struct FundView {
    pub(super) to: Option<String>,
    pub(super) until: Moment,
    pub(super) moves: Vec<MoveView>,
}

/// A gift, a spend, or what went out after the end.
pub(super) struct MoveView {
    pub(super) words: &'static str,
    pub(super) person: String,
    pub(super) short: String,
    pub(super) amount: String,
    pub(super) memo: String,
    pub(super) time: Moment,
}

impl FundView {
    /// `None` where the fund is empty, always was, and takes no gifts.
    pub(super) fn new(c: &Cause, denoms: &Denoms) -> Option<Self> {
        if c.fund_to.is_none() && c.fund.is_empty() && c.fund_moves.is_empty() {
            return None;
        }
        let moves = c.fund_moves.iter().map(|m| MoveView {
            words: match m.kind.as_str() {
                "gift" => "Gift from",
                "spend" => "Spent, to",
                _ => "What was left, to",
            },
            short: short(&m.person),
            person: m.person.clone(),
            amount: denoms.coin(&m.coin),
            memo: m.memo.clone(),
            time: Moment::new(m.time),
        });
        Some(Self {
            to: c.fund_to.clone(),
            until: Moment::new(c.fund_until.unwrap_or_default()),
            moves: moves.collect(),
        })
    }
}

/// What a pledger says about their influence.
pub(super) struct EntryView {
    pub(super) person: String,
    pub(super) short: String,
    pub(super) words: String,
    /// The labels of the actions that they take part in.
    pub(super) flairs: Vec<String>,
    pub(super) up: String,
    pub(super) down: String,
}

/// The registry, the best rated first.
pub(super) fn entries(c: &Cause) -> Vec<EntryView> {
    let label = |id: &u64| Some(c.actions.iter().find(|a| a.id == *id)?.label.clone());
    let entry = |e: &crate::read::types::RegistryEntry| EntryView {
        short: short(&e.person),
        person: e.person.clone(),
        words: e.words.clone(),
        flairs: e.actions.iter().filter_map(label).collect(),
        up: number(e.up),
        down: number(e.down),
    };
    c.registry.iter().map(entry).collect()
}
