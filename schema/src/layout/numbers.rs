//! A short list of numbers.

use super::{Bytes, Layout, LayoutError};

/// Numbers of actions, each a u64. Bounded by what writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers(pub Vec<u64>);

impl Layout for Numbers {
    const NAME: &'static str = "numbers";

    fn encode(&self) -> Vec<u8> {
        self.0.iter().flat_map(|n| n.to_be_bytes()).collect()
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, bytes.len());
        let mut numbers = Vec::new();
        while !b.is_empty() {
            numbers.push(b.u64()?);
        }
        Ok(Self(numbers))
    }
}
