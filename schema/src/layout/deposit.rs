//! Deposits behind an honest vote.

use muster_mechanism::answer;

use super::verdict::{ClassKind, put_classes, take_classes};
use super::{Bytes, Layout, LayoutError};

/// How many deposits lie here that no answer has put into a class: those of all standing pledges
/// before it, those of pledges outside the committed set after it, and those of whoever was silent
/// in a confirm window.
///
/// u32
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deposits(pub u32);

impl Layout for Deposits {
    const NAME: &'static str = "deposits";

    fn encode(&self) -> Vec<u8> {
        self.0.to_be_bytes().to_vec()
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, 4);
        let deposits = Self(b.u32()?);
        b.end()?;
        Ok(deposits)
    }
}

/// What an answer made of the deposits of the bound; counts are of those who weren't paid yet.
///
/// own u32 · round u8 · number of classes u8 · each: kind u8 · count u32 · gain u128 · loss u128
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classes {
    /// Deposits that go back whole, since nothing was decided: then there are no classes.
    pub own: u32,
    /// In which round the classes voted.
    pub round: u8,
    /// In the order of their codes, each once.
    pub classes: Vec<(ClassKind, answer::Class)>,
}

impl Layout for Classes {
    const NAME: &'static str = "classes";

    fn encode(&self) -> Vec<u8> {
        let mut out = self.own.to_be_bytes().to_vec();
        out.push(self.round);
        put_classes(&mut out, &self.classes);
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, bytes.len());
        let found = Self {
            own: b.u32()?,
            round: b.u8()?,
            classes: take_classes(&mut b)?,
        };
        b.end()?;
        Ok(found)
    }
}
