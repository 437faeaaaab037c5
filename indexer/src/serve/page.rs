//! Page sizes and page tokens.
//!
//! A token names the last key of its page and the filter that it was made for, so that it can't be
//! used with another one. It is a convenience, not a secret.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::problem::Problem;

/// Entries on a page when nobody says.
pub(crate) const DEFAULT_SIZE: u32 = 30;
/// Entries on a page at most: larger wishes are taken as this.
pub(crate) const MAX_SIZE: u32 = 100;
/// Longer tokens were never given out.
const MAX_TOKEN: usize = 512;

/// The page size for a wish: `None` or 0 is the default, everything else is brought into 1..=100.
#[must_use]
pub(crate) fn size(wish: Option<i64>) -> u32 {
    match wish {
        None | Some(0) => DEFAULT_SIZE,
        Some(n) => u32::try_from(n.clamp(1, i64::from(MAX_SIZE))).unwrap_or(MAX_SIZE),
    }
}

/// A token that goes on after `key` under `filter`.
#[must_use]
pub(crate) fn token(filter: &str, key: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("{filter}\n{key}"))
}

/// The key in a token, if it was made for `filter`. An empty token is the first page.
pub(crate) fn key(filter: &str, token: &str) -> Result<Option<String>, Problem> {
    if token.is_empty() {
        return Ok(None);
    }
    let wrong = || Problem::bad_request("page_token: not one that this list gave out");
    if token.len() > MAX_TOKEN {
        return Err(wrong());
    }
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| wrong())?;
    let text = String::from_utf8(bytes).map_err(|_| wrong())?;
    match text.split_once('\n') {
        Some((found, key)) if found == filter && !key.is_empty() => Ok(Some(key.to_owned())),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_brought_into_range() {
        let sizes = [
            None,
            Some(0),
            Some(-5),
            Some(1),
            Some(100),
            Some(101),
            Some(i64::MAX),
        ];
        assert_eq!(sizes.map(size), [30, 30, 1, 1, 100, 100, 100]);
    }

    #[test]
    fn a_token_serves_its_own_filter_only() {
        let given = token("pledges/1", "7 wasm1abc");
        assert_eq!(
            key("pledges/1", &given).unwrap().as_deref(),
            Some("7 wasm1abc")
        );
        assert_eq!(key("pledges/2", &given).unwrap_err().status, 400);
        assert_eq!(key("pledges/1", "").unwrap(), None);
        for garbage in ["%%", "AAAA", "/w==", &"a".repeat(600)] {
            assert_eq!(key("pledges/1", garbage).unwrap_err().status, 400);
        }
    }
}
