//! Reading.

use thiserror::Error;

use super::table::{Field, Rule};

/// A message that isn't what its type says.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("bad_message: found {found} at byte {at}, allowed is {allowed}")]
pub struct BadJson {
    /// Where, counted from 0.
    pub at: usize,
    /// What begins there, in quotes and cut short; or the end.
    pub found: String,
    /// What may be there.
    pub allowed: String,
}

type Result<T> = core::result::Result<T, Box<BadJson>>;

/// What a field is before its value was read. It must not matter: every field that isn't given is
/// either an error or means this.
pub trait Empty {
    /// Nothing, zero, or the first variant.
    fn empty() -> Self;
}

/// What JSON can be read into.
pub trait Read {
    /// Reads one value over `self`. After an error `self` means nothing.
    fn read(&mut self, from: &mut Reader<'_>) -> Result<()>;

    /// Whether a field of this type may be left out whatever its rule says (`Option`).
    fn may_miss(&self) -> bool {
        false
    }
}

/// Reads a whole text as one value.
pub fn from_json<T: Read + Empty>(text: &[u8]) -> Result<T> {
    let mut value = T::empty();
    let mut reader = Reader { text, at: 0 };
    value.read(&mut reader)?;
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err(reader.bad("the end")),
    }
}

/// What an object may hold besides its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// Nothing: a misspelt field is an error, never ignored.
    Exact,
    /// Whatever a newer chain adds to what it tells a contract.
    Growing,
}

/// A place in a text.
#[derive(Debug)]
pub struct Reader<'a> {
    pub(super) text: &'a [u8],
    pub(super) at: usize,
}

impl Reader<'_> {
    /// The next byte behind white space; `None` at the end.
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            let next = self.text.get(self.at).copied();
            match next {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.step(),
                other => return other,
            }
        }
    }

    pub(super) fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    /// The next byte, white space or not.
    pub(super) fn next(&mut self) -> Option<u8> {
        let next = self.text.get(self.at).copied();
        self.step();
        next
    }

    /// Goes past `byte` if it comes next.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        if is_next {
            self.step();
        }
        is_next
    }

    fn expect(&mut self, byte: u8, allowed: &str) -> Result<()> {
        if self.take(byte) {
            Ok(())
        } else {
            Err(self.bad(allowed))
        }
    }

    /// Goes past `word` if it comes next.
    pub(super) fn word(&mut self, word: &str) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let is_next = rest.starts_with(word.as_bytes());
        if is_next {
            self.at = self.at.saturating_add(word.len());
        }
        is_next
    }

    /// The error of what begins here.
    #[cold]
    pub(super) fn bad(&self, allowed: &str) -> Box<BadJson> {
        const MOST: usize = 32;
        let rest = self.text.get(self.at..).unwrap_or_default();
        let shown = rest.iter().take(MOST);
        let shown = shown.take_while(|b| (0x20..0x7f).contains(*b));
        let mut found = String::from("`");
        found.extend(shown.map(|b| char::from(*b)));
        found.push('`');
        if rest.is_empty() {
            found = "the end".to_owned();
        }
        Box::new(BadJson {
            at: self.at,
            found,
            allowed: allowed.to_owned(),
        })
    }

    /// The error of a word at `at` that isn't one of these.
    #[cold]
    fn unknown(
        &mut self,
        at: usize,
        names: &mut dyn Iterator<Item = &'static str>,
    ) -> Box<BadJson> {
        let mut allowed = String::new();
        for name in names {
            if !allowed.is_empty() {
                allowed.push_str(", ");
            }
            allowed.push_str(name);
        }
        if allowed.is_empty() {
            allowed.push_str("no field");
        }
        self.at = at;
        self.bad(&allowed)
    }

    /// An object's fields into the places of the same order.
    pub fn object(
        &mut self,
        strictness: Strictness,
        fields: &'static [Field],
        places: &mut [&mut dyn Read],
    ) -> Result<()> {
        self.expect(b'{', "an object")?;
        let mut seen = 0_u32;
        if !self.take(b'}') {
            loop {
                self.peek();
                let at = self.at;
                let name = self.string()?;
                self.expect(b':', "a colon")?;
                let index = fields.iter().position(|f| f.name == name);
                match index.and_then(|i| Some((1_u32.checked_shl(i as u32)?, places.get_mut(i)?))) {
                    Some((bit, _)) if seen & bit != 0 => {
                        self.at = at;
                        return Err(self.bad("each field once"));
                    }
                    Some((bit, place)) => {
                        seen |= bit;
                        place.read(self)?;
                    }
                    None if strictness == Strictness::Growing => self.skip()?,
                    None => return Err(self.unknown(at, &mut fields.iter().map(|f| f.name))),
                }
                if !self.take(b',') {
                    break;
                }
            }
            self.expect(b'}', "a comma or the end of the object")?;
        }
        for (i, (field, place)) in fields.iter().zip(places).enumerate() {
            let given = seen.checked_shr(i as u32).is_some_and(|rest| rest & 1 == 1);
            if !given && field.rule == Rule::Given && !place.may_miss() {
                let mut only = core::iter::once(field.name);
                let mut bad = self.unknown(self.at, &mut only);
                bad.found = "an object without it".to_owned();
                return Err(bad);
            }
        }
        Ok(())
    }

    /// The index of the word that names a variant, and the way to its content. [`Self::close`]
    /// ends it.
    pub fn open(&mut self, names: &'static [&'static str]) -> Result<usize> {
        self.expect(b'{', "an object")?;
        let index = self.one_of(names)?;
        self.expect(b':', "a colon")?;
        Ok(index)
    }

    /// The end of what [`Self::open`] began.
    pub fn close(&mut self) -> Result<()> {
        self.expect(b'}', "the end of the object")
    }

    /// The index of the string that comes next.
    pub fn one_of(&mut self, names: &'static [&'static str]) -> Result<usize> {
        self.peek();
        let at = self.at;
        let word = self.string()?;
        match names.iter().position(|n| *n == word) {
            Some(index) => Ok(index),
            None => Err(self.unknown(at, &mut names.iter().copied())),
        }
    }

    /// Reads each element of a list.
    pub fn list(&mut self, each: &mut dyn FnMut(&mut Self) -> Result<()>) -> Result<()> {
        self.expect(b'[', "a list")?;
        if self.take(b']') {
            return Ok(());
        }
        loop {
            each(self)?;
            if !self.take(b',') {
                return self.expect(b']', "a comma or the end of the list");
            }
        }
    }

    /// Goes past one value of any kind.
    fn skip(&mut self) -> Result<()> {
        let mut depth = 0_u32;
        loop {
            match self.peek() {
                Some(b'"') => drop(self.string()?),
                Some(b'{' | b'[') => {
                    depth = depth.saturating_add(1);
                    self.step();
                    continue;
                }
                Some(b'}' | b']') if depth > 0 => {
                    depth = depth.saturating_sub(1);
                    self.step();
                }
                Some(b',' | b':') if depth > 0 => {
                    self.step();
                    continue;
                }
                Some(b'+' | b'-' | b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z') => {
                    while let Some(b'+' | b'-' | b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z') =
                        self.text.get(self.at)
                    {
                        self.step();
                    }
                }
                _ => return Err(self.bad("a value")),
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }
}
