//! A percentage of what institutions save, on the page of their cause.

use super::coins::percent;
use super::format::{Moment, number, short};
use super::rules::{Rule, rule};
use super::words::Sentence;
use crate::read::types::{Action, Saving, SavingStatement, SavingSum};

/// What was stated of one action.
pub(super) struct SavingView {
    /// What is due, and what that came to so far.
    pub(super) sentence: String,
    pub(super) statements: Vec<StatementView>,
    /// That there are more than are shown.
    pub(super) more: Option<String>,
}

/// One attestor's word.
pub(super) struct StatementView {
    pub(super) person: String,
    pub(super) short: String,
    pub(super) saved: String,
    pub(super) due: String,
    pub(super) paid: String,
    pub(super) attestor: String,
    pub(super) attestor_short: String,
    /// Where a receipt is, and whether it is an address on the web.
    pub(super) evidence: Option<(String, bool)>,
    pub(super) time: Moment,
}

impl SavingView {
    pub(super) fn new(a: &Action) -> Option<Self> {
        let s = a.saving.as_ref()?;
        if s.statements.is_empty() && !a.active {
            return None;
        }
        let shown = u32::try_from(s.statements.len()).unwrap_or(u32::MAX);
        Some(Self {
            sentence: sentence(s),
            statements: s.statements.iter().map(StatementView::new).collect(),
            more: (s.stated > shown).then(|| {
                let (all, shown) = (number(s.stated), number(shown));
                format!("The newest {shown} of {all} statements.")
            }),
        })
    }
}

impl StatementView {
    fn new(s: &SavingStatement) -> Self {
        let amount = |sum| money(sum, &s.currency);
        Self {
            short: short(&s.person),
            person: s.person.clone(),
            saved: amount(s.saved),
            due: amount(s.due),
            paid: amount(s.paid),
            attestor_short: short(&s.attestor),
            attestor: s.attestor.clone(),
            evidence: s.evidence.as_ref().map(|(uri, _)| {
                let is_link = uri.starts_with("https://") || uri.starts_with("http://");
                (uri.clone(), is_link)
            }),
            time: Moment::new(s.time),
        }
    }
}

/// Hundredths of a currency: `120,000 USD`, `0.50 EUR`.
fn money(hundredths: u128, currency: &str) -> String {
    let (whole, part) = (number(hundredths / 100), hundredths % 100);
    if part == 0 {
        format!("{whole} {currency}")
    } else {
        format!("{whole}.{part:02} {currency}")
    }
}

fn sentence(s: &Saving) -> String {
    let due = format!(
        "By a contract that they signed, {} of what each saves goes to “{}”.",
        percent(s.document.bps),
        s.document.recipient
    );
    if s.sums.is_empty() {
        return format!("{due} Attestors have stated nothing yet.");
    }
    let sum = |sum: &SavingSum| {
        let amount = |n| money(n, &sum.currency);
        format!(
            "{} saved by {}, {} due of it, {} paid",
            amount(sum.saved),
            number(sum.people),
            amount(sum.due),
            amount(sum.paid)
        )
    };
    let sums: Vec<String> = s.sums.iter().map(sum).collect();
    format!("{due} So far: {}.", sums.join("; "))
}

/// Among the frozen terms.
pub(super) fn rule_of(a: &Action) -> Option<Rule> {
    let d = &a.saving.as_ref()?.document;
    let text = format!(
        "{} (SHA-256 {}). By it {} of what each saves goes to “{}”. Attestors state what that came to and what was \
         paid of it; the last word of each counts. Nothing of it is paid here, and no stake depends on it.",
        d.uri,
        d.sha256.to_hex(),
        percent(d.bps),
        d.recipient
    );
    Some(rule("Percentage of savings", Sentence::plain(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundredths_are_shown_where_there_are_any() {
        let all = [0, 1, 50, 100, 12_000_000, 12_000_005].map(|n| money(n, "USD"));
        let wanted = [
            "0 USD",
            "0.01 USD",
            "0.50 USD",
            "1 USD",
            "120,000 USD",
            "120,000.05 USD",
        ];
        assert_eq!(all, wanted);
    }
}
