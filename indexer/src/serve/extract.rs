//! What a request must hold, refused as problem+json and never with a 5xx.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::IntoResponse as _;
use serde::de::DeserializeOwned;

use super::problem::Problem;

/// The query string.
pub struct Params<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(value)) => Ok(Self(value)),
            Err(e) => Err(Problem::bad_request(e.body_text())),
        }
    }
}

/// A part of the path.
pub struct Segment(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Segment {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Path::<String>::from_request_parts(parts, state).await {
            Ok(Path(value)) => Ok(Self(value)),
            Err(e) => Err(Problem::bad_request(e.body_text())),
        }
    }
}

impl Segment {
    /// The number in it.
    pub fn number(&self) -> Result<u64, Problem> {
        // `parse` also takes a sign, which would give one cause two addresses.
        let digits = self.0.bytes().all(|b| b.is_ascii_digit());
        self.0.parse().ok().filter(|_| digits).ok_or_else(|| {
            Problem::bad_request("the number of a cause is a whole number from 1 to 2^64 - 1")
        })
    }
}

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = Bytes::from_request(request, state).await.map_err(|e| {
            let status = e.into_response().status();
            if status == StatusCode::PAYLOAD_TOO_LARGE {
                Problem::new(status, "the body is larger than this server takes")
            } else {
                Problem::bad_request("the body could not be read")
            }
        })?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|e| Problem::bad_request(format!("the body is not what is asked for: {e}")))
    }
}

const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// Refuses what can't be an address of this chain: wrong prefix, alphabet, length or checksum.
pub fn address(prefix: &str, text: &str) -> Result<(), Problem> {
    let wrong = || Problem::bad_request(format!("not an address that begins with {prefix}1"));
    let data = text
        .strip_prefix(prefix)
        .and_then(|t| t.strip_prefix('1'))
        .ok_or_else(wrong)?;
    if text.len() > 90 || data.len() < 7 {
        return Err(wrong());
    }
    let expanded = prefix
        .bytes()
        .map(|b| b >> 5)
        .chain([0])
        .chain(prefix.bytes().map(|b| b & 31));
    let mut check = 1u32;
    for five in expanded {
        check = polymod(check, five);
    }
    for byte in data.bytes() {
        let five = ALPHABET.iter().position(|&b| b == byte).ok_or_else(wrong)?;
        check = polymod(check, u8::try_from(five).map_err(|_| wrong())?);
    }
    if check == 1 { Ok(()) } else { Err(wrong()) }
}

/// The bytes of an address of this chain, as contracts key their records by it.
pub fn canonical(prefix: &str, text: &str) -> Result<Vec<u8>, Problem> {
    address(prefix, text)?;
    let data = text
        .get(prefix.len() + 1..text.len() - 6)
        .unwrap_or_default();
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0_u32);
    for byte in data.bytes() {
        let five = ALPHABET.iter().position(|&b| b == byte).unwrap_or_default();
        held = (held << 5) | u32::try_from(five).unwrap_or_default();
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xff).unwrap_or_default());
        }
    }
    Ok(bytes)
}

/// One step of the bech32 checksum (BIP 173).
pub(crate) fn polymod(check: u32, five: u8) -> u32 {
    const GENERATOR: [u32; 5] = [
        0x3b6a_57b2,
        0x2650_8e6d,
        0x1ea1_19fa,
        0x3d42_33dd,
        0x2a14_62b3,
    ];
    let top = check >> 25;
    let next = ((check & 0x01ff_ffff) << 5) ^ u32::from(five);
    GENERATOR
        .iter()
        .enumerate()
        .fold(next, |acc, (i, generator)| {
            if (top >> i) & 1 == 1 {
                acc ^ generator
            } else {
                acc
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_to_the_last_letter() {
        // From BIP 173.
        let good = "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw";
        assert!(address("abcdef", good).is_ok());
        assert!(address("wasm", good).is_err());
        assert!(address("abcdef", &good.replace("xw", "xx")).is_err());
        assert!(address("abcdef", &good.to_uppercase()).is_err());
        assert!(address("abcdef", "abcdef1").is_err());
        assert!(address("abcdef", "<script>").is_err());
    }

    #[test]
    fn an_address_has_its_bytes() {
        // From BIP 173: a program of twenty bytes, without the version before it.
        let text = "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw";
        let bytes = canonical("abcdef", text).unwrap();
        assert_eq!(
            hex::encode(bytes),
            "00443214c74254b635cf84653a56d7c675be77df"
        );
        assert!(canonical("wasm", text).is_err());
    }

    #[test]
    fn numbers_have_one_spelling() {
        assert_eq!(Segment("12".into()).number().unwrap(), 12);
        for wrong in ["", "+1", "-1", "1.0", "x", "18446744073709551616"] {
            assert_eq!(Segment(wrong.into()).number().unwrap_err().status, 400);
        }
    }
}
