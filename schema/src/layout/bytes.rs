//! A cursor over the bytes of a record.

use thiserror::Error;

/// A record that doesn't decode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("corrupt_record: {record} has {found} bytes, allowed is {allowed}")]
pub struct LayoutError {
    /// Which record.
    pub record: &'static str,
    /// Its length; or, where the length is right, the offending byte's value.
    pub found: usize,
    /// The length it must have.
    pub allowed: usize,
}

impl From<LayoutError> for crate::causes::Error {
    fn from(e: LayoutError) -> Self {
        Self::CorruptRecord {
            record: e.record,
            found: e.found,
            allowed: e.allowed,
        }
    }
}

/// A record of fixed layout.
pub trait Layout: Sized {
    /// What it is called in errors.
    const NAME: &'static str;

    /// Appends the record's bytes.
    fn encode(&self) -> Vec<u8>;

    /// Reads a whole record.
    fn decode(bytes: &[u8]) -> Result<Self, LayoutError>;
}

/// Takes big-endian numbers off the front of a record.
#[derive(Debug)]
pub struct Bytes<'a> {
    rest: &'a [u8],
    error: LayoutError,
}

macro_rules! take {
    ($name:ident, $type:ty) => {
        #[doc = concat!("The next `", stringify!($type), "`.")]
        pub fn $name(&mut self) -> Result<$type, LayoutError> {
            Ok(<$type>::from_be_bytes(self.array()?))
        }
    };
}

impl<'a> Bytes<'a> {
    /// Over a record that has `allowed` bytes (at least, where text follows).
    pub fn new(record: &'static str, bytes: &'a [u8], allowed: usize) -> Self {
        Self {
            rest: bytes,
            error: LayoutError {
                record,
                found: bytes.len(),
                allowed,
            },
        }
    }

    take!(u8, u8);
    take!(u16, u16);
    take!(u32, u32);
    take!(u64, u64);
    take!(u128, u128);

    /// The bytes after a length of one byte.
    pub fn prefixed(&mut self) -> Result<Vec<u8>, LayoutError> {
        let len = usize::from(self.u8()?);
        let (head, rest) = self.rest.split_at_checked(len).ok_or(self.error)?;
        self.rest = rest;
        Ok(head.to_vec())
    }

    /// The text after a length of one byte.
    pub fn text(&mut self) -> Result<String, LayoutError> {
        String::from_utf8(self.prefixed()?).map_err(|_| self.invalid(0_u8))
    }

    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Everything that is left.
    pub fn rest(&mut self) -> &'a [u8] {
        core::mem::take(&mut self.rest)
    }

    /// The error for a value that no encoder writes.
    pub fn invalid(&self, value: impl Into<usize>) -> LayoutError {
        LayoutError {
            found: value.into(),
            ..self.error
        }
    }

    /// Refuses bytes that are left over.
    pub fn end(self) -> Result<(), LayoutError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(self.error)
        }
    }

    /// The next `N` bytes.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], LayoutError> {
        let (head, rest) = self.rest.split_first_chunk::<N>().ok_or(self.error)?;
        self.rest = rest;
        Ok(*head)
    }
}
