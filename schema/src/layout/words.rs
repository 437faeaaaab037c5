//! A cause's registry: what pledgers say about their influence, and what others think of it.

use super::{Bytes, Layout, LayoutError};
use crate::causes::Vote;

/// One person's words on one cause, with the votes on them.
///
/// version u32 · up u32 · down u32 · the words, to the end (none: taken back)
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Counts each time the words changed: votes on older versions are void.
    pub version: u32,
    /// Votes for this version.
    pub up: u32,
    /// Votes against it.
    pub down: u32,
    /// About the person's influence over the problem.
    pub text: String,
}

impl Layout for Words {
    const NAME: &'static str = "words";

    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(12usize.saturating_add(self.text.len()));
        out.extend_from_slice(&self.version.to_be_bytes());
        out.extend_from_slice(&self.up.to_be_bytes());
        out.extend_from_slice(&self.down.to_be_bytes());
        out.extend_from_slice(self.text.as_bytes());
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 12);
        Ok(Self {
            version: b.u32()?,
            up: b.u32()?,
            down: b.u32()?,
            text: core::str::from_utf8(b.rest())
                .map_err(|_| b.invalid(0_u8))?
                .to_owned(),
        })
    }
}

/// One person's vote on another's words.
///
/// version u32 · vote u8 (1 up, 2 down)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rated {
    /// Of the words that it is about.
    pub version: u32,
    /// Never `None`: a vote that was taken back has no record.
    pub vote: Vote,
}

impl Layout for Rated {
    const NAME: &'static str = "rated";

    fn encode(&self) -> Vec<u8> {
        let mut out = self.version.to_be_bytes().to_vec();
        out.push(match self.vote {
            Vote::None => 0,
            Vote::Up => 1,
            Vote::Down => 2,
        });
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 5);
        let version = b.u32()?;
        let vote = match b.u8()? {
            1 => Vote::Up,
            2 => Vote::Down,
            other => return Err(b.invalid(other)),
        };
        b.end()?;
        Ok(Self { version, vote })
    }
}
