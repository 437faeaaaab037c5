//! Texts, numbers and lists.

use super::read::{BadJson, Empty, Read, Reader};
use super::write::{Write, Writer};

type Result<T> = core::result::Result<T, Box<BadJson>>;

impl Reader<'_> {
    /// A whole number of at most `most`.
    fn whole(&mut self, most: u64) -> Result<u64> {
        self.peek();
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        let (digits, rest) = rest.split_at_checked(length).unwrap_or_default();
        let has_form = match digits {
            [] | [b'0', _, ..] => false,
            _ => !matches!(rest.first(), Some(b'.' | b'e' | b'E')),
        };
        let value = digits.iter().try_fold(0_u64, |sum, digit| {
            sum.checked_mul(10)?.checked_add(u64::from(digit & 15))
        });
        match value.filter(|value| has_form && *value <= most) {
            Some(value) => {
                self.at = self.at.saturating_add(length);
                Ok(value)
            }
            None => Err(self.bad(&format!("a whole number, at most {most}"))),
        }
    }

    /// A string that `convert` takes.
    pub(super) fn string_as<T>(
        &mut self,
        allowed: &str,
        convert: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T> {
        self.peek();
        let at = self.at;
        convert(&self.string()?).ok_or_else(|| {
            self.at = at;
            self.bad(allowed)
        })
    }
}

macro_rules! whole_numbers {
    ($($type:ty),+) => {
        $(
            impl Empty for $type {
                fn empty() -> Self {
                    0
                }
            }

            impl Read for $type {
                fn read(&mut self, from: &mut Reader<'_>) -> Result<()> {
                    // `whole` keeps it within the type.
                    *self = from.whole(<$type>::MAX.into())?.try_into().unwrap_or_default();
                    Ok(())
                }
            }

            impl Write for $type {
                fn write(&self, to: &mut Writer) {
                    to.whole((*self).into());
                }
            }
        )+
    };
}

whole_numbers!(u8, u16, u32, u64);

impl Empty for i32 {
    fn empty() -> Self {
        0
    }
}

impl Read for i32 {
    fn read(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let negative = from.take(b'-');
        let most = u64::from(Self::MAX.unsigned_abs()) + u64::from(negative);
        let at = from.at;
        let value = from.whole(most)?;
        // White space behind the sign, and a negative zero, which is no whole number in JSON.
        let bad_sign = negative && (value == 0 || from.text.get(at).is_some_and(|b| *b <= b' '));
        let value = i64::try_from(value).unwrap_or_default();
        let value = if negative {
            value.wrapping_neg()
        } else {
            value
        };
        *self = Self::try_from(value).unwrap_or_default();
        if bad_sign {
            from.at = at;
            return Err(from.bad("a whole number behind its sign"));
        }
        Ok(())
    }
}

impl Write for i32 {
    fn write(&self, to: &mut Writer) {
        if *self < 0 {
            to.raw("-");
        }
        to.whole(self.unsigned_abs().into());
    }
}

impl Empty for bool {
    fn empty() -> Self {
        false
    }
}

impl Read for bool {
    fn read(&mut self, from: &mut Reader<'_>) -> Result<()> {
        from.peek();
        *self = from.word("true");
        if *self || from.word("false") {
            Ok(())
        } else {
            Err(from.bad("true or false"))
        }
    }
}

impl Write for bool {
    fn write(&self, to: &mut Writer) {
        to.raw(if *self { "true" } else { "false" });
    }

    fn is_empty(&self) -> bool {
        !*self
    }
}

impl Empty for String {
    fn empty() -> Self {
        Self::new()
    }
}

impl Read for String {
    fn read(&mut self, from: &mut Reader<'_>) -> Result<()> {
        *self = from.string()?;
        Ok(())
    }
}

impl Write for String {
    fn write(&self, to: &mut Writer) {
        to.string(self);
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

impl<T> Empty for Option<T> {
    fn empty() -> Self {
        None
    }
}

impl<T: Read + Empty> Read for Option<T> {
    fn read(&mut self, from: &mut Reader<'_>) -> Result<()> {
        from.peek();
        *self = None;
        if !from.word("null") {
            self.insert(T::empty()).read(from)?;
        }
        Ok(())
    }

    fn may_miss(&self) -> bool {
        true
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self, to: &mut Writer) {
        match self {
            None => to.raw("null"),
            Some(value) => value.write(to),
        }
    }

    fn is_empty(&self) -> bool {
        self.is_none()
    }
}

impl<T> Empty for Vec<T> {
    fn empty() -> Self {
        Self::new()
    }
}

impl<T: Read + Empty> Read for Vec<T> {
    fn read(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.clear();
        from.list(&mut |from| {
            let mut element = T::empty();
            element.read(from)?;
            self.push(element);
            Ok(())
        })
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self, to: &mut Writer) {
        to.list(&mut self.iter().map(|element| element as &dyn Write));
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Empty> Empty for Box<T> {
    fn empty() -> Self {
        Self::new(T::empty())
    }
}

impl<T: Read> Read for Box<T> {
    fn read(&mut self, from: &mut Reader<'_>) -> Result<()> {
        (**self).read(from)
    }
}

impl<T: Write> Write for Box<T> {
    fn write(&self, to: &mut Writer) {
        (**self).write(to);
    }
}
