//! The curve of everybody's thresholds: at each size of the crowd, how many would act in it. Where
//! the curve last reaches the diagonal is the committed set (`mechanism::committed`).

use std::fmt::Write as _;

use super::format::number;
use crate::read::types::Action;

/// Inside the frame, in the units of the picture.
const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 160.0;

/// A picture, and the same as a table.
#[derive(Clone, Debug)]
pub(super) struct Curve {
    /// The steps of F(k).
    pub(super) path: String,
    /// Where K* is on the diagonal; `None` at 0.
    pub(super) mark: Option<(String, String)>,
    /// The largest size shown.
    pub(super) most: String,
    pub(super) rows: Vec<Row>,
    pub(super) summary: String,
}

/// One threshold.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Of how many people the crowd must be.
    pub(super) size: String,
    pub(super) pledges: String,
    /// Would act in a crowd of that size.
    pub(super) would_act: String,
    pub(super) enough: bool,
}

/// `None` while nobody has pledged.
pub(super) fn curve(a: &Action) -> Option<Curve> {
    let last = a.curve.last()?.0;
    let most = last.max(a.pledged).max(a.goal).max(2);
    let x = |k: u32| WIDTH * f64::from(k) / f64::from(most);
    let y = |n: u32| HEIGHT - HEIGHT * f64::from(n) / f64::from(most);
    let mut path = format!("M0 {HEIGHT}");
    let mut rows = Vec::with_capacity(a.curve.len());
    let mut would = 0_u32;
    for &(size, pledges) in &a.curve {
        would = would.saturating_add(pledges);
        // Infallible into a String.
        let _ = write!(path, " H{:.1} V{:.1}", x(size), y(would));
        rows.push(Row {
            size: number(size),
            pledges: number(pledges),
            would_act: number(would),
            enough: would >= size,
        });
    }
    let _ = write!(path, " H{WIDTH}");
    let k = a.committed;
    Some(Curve {
        path,
        mark: (k > 0).then(|| (format!("{:.1}", x(k)), format!("{:.1}", y(k)))),
        most: number(most),
        rows,
        summary: format!(
            "How many would act in a crowd of each size, up to {}. {} are committed now.",
            number(most),
            number(k)
        ),
    })
}
