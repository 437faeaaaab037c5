//! Bytes as text.

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble & 15)).copied();
    let pairs = bytes.iter().flat_map(|b| [digit(b >> 4), digit(*b)]);
    pairs.flatten().collect()
}

/// The bytes of Base64 with padding, in its one form; `None`: not that.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    let six = |digit: u8| {
        let value = match digit {
            b'A'..=b'Z' => digit.wrapping_sub(b'A'),
            b'a'..=b'z' => digit.wrapping_sub(b'a').wrapping_add(26),
            b'0'..=b'9' => digit.wrapping_sub(b'0').wrapping_add(52),
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        Some(u32::from(value))
    };
    let mut out = Vec::with_capacity(text.len());
    let mut chunks = text.as_bytes().chunks(4).peekable();
    while let Some(chunk) = chunks.next() {
        let (digits, bytes) = match chunk {
            [a, b, b'=', b'='] => ([*a, *b, b'A', b'A'], 1),
            [a, b, c, b'='] => ([*a, *b, *c, b'A'], 2),
            [a, b, c, d] => ([*a, *b, *c, *d], 3),
            _ => return None,
        };
        if bytes < 3 && chunks.peek().is_some() {
            return None;
        }
        let mut three = 0;
        for digit in digits {
            three = (three << 6) | six(digit)?;
        }
        let [_, three @ ..] = three.to_be_bytes();
        let (kept, spare) = three.split_at_checked(bytes)?;
        if spare.iter().any(|b| *b != 0) {
            return None;
        }
        out.extend_from_slice(kept);
    }
    Some(out)
}

/// Base64 with padding, as the chain's binary values are written in JSON.
pub fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3).saturating_mul(4));
    for chunk in bytes.chunks(3) {
        let three = chunk
            .iter()
            .fold(0_u32, |sum, b| (sum << 8) | u32::from(*b));
        let three = three << (8 * (3_usize.saturating_sub(chunk.len())));
        for place in 0..4_usize {
            let six = (three >> (18_usize.saturating_sub(6 * place))) & 63;
            let digit = DIGITS.get(six as usize).copied().unwrap_or(b'=');
            out.push(if place > chunk.len() {
                '='
            } else {
                char::from(digit)
            });
        }
    }
    out
}
