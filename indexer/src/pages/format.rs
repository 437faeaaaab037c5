//! Numbers, moments, durations and coins as people read them.

use cosmwasm_std::{Coin, Uint128};
use jiff::Timestamp;
use serde::Deserialize;

/// A moment, in UTC; the island rewrites it to the reader's own zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) unix: u64,
    pub(super) iso: String,
    pub(super) text: String,
}

impl Moment {
    pub(super) fn new(unix: u64) -> Self {
        let at = i64::try_from(unix)
            .ok()
            .and_then(|s| Timestamp::from_second(s).ok());
        let (iso, text) = at.map_or_else(
            || (String::new(), format!("second {unix} after 1970")),
            |at| {
                let text = at.strftime("%-d %B %Y, %H:%M:%S UTC").to_string();
                (at.to_string(), text)
            },
        );
        Self { unix, iso, text }
    }
}

/// With commas at the thousands.
pub(super) fn number(n: impl Into<u128>) -> String {
    let digits = n.into().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 person`, `3 people`.
pub(super) fn people(n: u32) -> String {
    match n {
        1 => "1 person".into(),
        n => format!("{} people", number(n)),
    }
}

/// The two largest units, `2 days 4 hours`; exact where it says nothing of more.
pub(super) fn duration(seconds: u64) -> String {
    const UNITS: [(u64, &str); 4] = [
        (86_400, "day"),
        (3_600, "hour"),
        (60, "minute"),
        (1, "second"),
    ];
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (size, name) in UNITS {
        let n = rest / size;
        rest %= size;
        if n > 0 && parts.len() < 2 {
            let s = if n == 1 { "" } else { "s" };
            parts.push(format!("{} {name}{s}", number(n)));
        }
    }
    if parts.is_empty() {
        "no time".into()
    } else {
        parts.join(" ")
    }
}

/// `wasm1abcd…wxyz`.
pub(super) fn short(address: &str) -> String {
    let letters: Vec<char> = address.chars().collect();
    match (letters.get(..10), letters.len().checked_sub(4)) {
        (Some(begin), Some(at)) if letters.len() > 16 => {
            let begin: String = begin.iter().collect();
            let end: String = letters.iter().skip(at).collect();
            format!("{begin}…{end}")
        }
        _ => address.into(),
    }
}

/// How the bank writes a denom, from the deployment file.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Denom {
    pub(super) denom: String,
    pub(super) symbol: String,
    pub(super) exponent: u32,
}

/// All that are known.
#[derive(Clone, Debug, Default)]
pub(super) struct Denoms(pub(super) Vec<Denom>);

impl Denoms {
    pub(super) fn new(list: &[serde_json::Value]) -> Self {
        let read = |v: &serde_json::Value| Denom::deserialize(v).ok();
        // No real denom has more places; 10^39 would not fit.
        Self(
            list.iter()
                .filter_map(read)
                .filter(|d| d.exponent <= 30)
                .collect(),
        )
    }

    /// `2.5 MUST`; a denom without metadata is shown raw and marked.
    pub(super) fn coin(&self, coin: &Coin) -> String {
        self.amount(
            Uint128::try_from(coin.amount)
                .unwrap_or(Uint128::MAX)
                .u128(),
            &coin.denom,
        )
    }

    pub(super) fn amount(&self, amount: u128, denom: &str) -> String {
        let Some(known) = self.0.iter().find(|d| d.denom == denom) else {
            return format!("{} {denom} (unverified denom)", number(amount));
        };
        let unit = 10_u128.saturating_pow(known.exponent);
        let (whole, part) = (amount / unit, amount % unit);
        let width = known.exponent as usize;
        let places = format!("{part:0width$}");
        let places = places.trim_end_matches('0');
        let symbol = &known.symbol;
        if places.is_empty() {
            format!("{} {symbol}", number(whole))
        } else {
            format!("{}.{places} {symbol}", number(whole))
        }
    }

    /// A list in a sentence; `nothing` where it is empty.
    pub(super) fn coins(&self, coins: &[Coin]) -> String {
        if coins.is_empty() {
            return "nothing".into();
        }
        let each: Vec<_> = coins.iter().map(|c| self.coin(c)).collect();
        each.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_utc() {
        let m = Moment::new(1_700_000_000);
        assert_eq!(m.text, "14 November 2023, 22:13:20 UTC");
        assert_eq!(m.iso, "2023-11-14T22:13:20Z");
        assert_eq!(Moment::new(u64::MAX).iso, "");
    }

    #[test]
    fn numbers_have_commas() {
        let words: Vec<_> = [0_u32, 12, 999, 1_000, 1_234_567].map(number).into();
        assert_eq!(words, ["0", "12", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn durations_name_two_units() {
        let words: Vec<_> = [0, 1, 60, 86_461, 7_200].map(duration).into();
        let wanted = [
            "no time",
            "1 second",
            "1 minute",
            "1 day 1 minute",
            "2 hours",
        ];
        assert_eq!(words, wanted);
    }

    #[test]
    fn coins_are_exact() {
        let list = [serde_json::json!({"denom": "umust", "symbol": "MUST", "exponent": 6})];
        let denoms = Denoms::new(&list);
        let words = [0, 1, 2_500_000, 1_000_000_000_000].map(|n| denoms.amount(n, "umust"));
        let wanted = ["0 MUST", "0.000001 MUST", "2.5 MUST", "1,000,000 MUST"];
        assert_eq!(words, wanted);
        assert_eq!(denoms.amount(5, "ibc/AB"), "5 ibc/AB (unverified denom)");
        assert_eq!(denoms.coins(&[]), "nothing");
    }

    #[test]
    fn short_addresses_keep_both_ends() {
        assert_eq!(short("wasm1abcdefghijklmnop"), "wasm1abcde…mnop");
        assert_eq!(short("wasm1"), "wasm1");
    }
}
