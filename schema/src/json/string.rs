//! Reading strings.

use super::read::{BadJson, Reader};

type Result<T> = core::result::Result<T, Box<BadJson>>;

impl Reader<'_> {
    /// A string.
    pub fn string(&mut self) -> Result<String> {
        if !self.take(b'"') {
            return Err(self.bad("a string"));
        }
        let mut bytes = Vec::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let plain = |b: &&u8| **b >= 0x20 && **b != b'"' && **b != b'\\';
            let length = rest.iter().take_while(plain).count();
            bytes.extend_from_slice(rest.get(..length).unwrap_or_default());
            self.at = self.at.saturating_add(length);
            match self.next() {
                Some(b'"') => break,
                Some(b'\\') => self.escape(&mut bytes)?,
                _ => return Err(self.bad("the rest of a string, control characters escaped")),
            }
        }
        String::from_utf8(bytes).map_err(|_| self.bad("a string of UTF-8 before it"))
    }

    fn escape(&mut self, out: &mut Vec<u8>) -> Result<()> {
        let byte = match self.next() {
            Some(plain @ (b'"' | b'\\' | b'/')) => plain,
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'u') => {
                let char = self
                    .unicode()
                    .ok_or_else(|| self.bad("a whole \\u escape before it"))?;
                out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
                return Ok(());
            }
            _ => return Err(self.bad("an escape of JSON before it")),
        };
        out.push(byte);
        Ok(())
    }

    /// What follows `\u`: four digits, or two times four for what lies beyond them.
    fn unicode(&mut self) -> Option<char> {
        let high = self.four_digits()?;
        if !(0xd800..0xdc00).contains(&high) {
            return char::from_u32(high); // none of a second half alone
        }
        let follows = self.next() == Some(b'\\') && self.next() == Some(b'u');
        let low = if follows { self.four_digits()? } else { 0 };
        if !(0xdc00..0xe000).contains(&low) {
            return None;
        }
        let code = ((high & 0x3ff) << 10) | (low & 0x3ff);
        char::from_u32(code.saturating_add(0x1_0000))
    }

    fn four_digits(&mut self) -> Option<u32> {
        let mut code = 0;
        for _ in 0..4 {
            code = (code << 4) | char::from(self.next()?).to_digit(16)?;
        }
        Some(code)
    }
}
