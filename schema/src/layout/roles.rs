//! Who has a role in an action that excludes pledging on it.

use super::{Bytes, Layout, LayoutError};

/// The attestors and the address in `forfeits_to`, canonical.
///
/// number of attestors u8 · each address after its length u8, the one in `forfeits_to` last if
/// there is one
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// In the order of the definition, which is that of [`super::Statements`].
    pub attestors: Vec<Vec<u8>>,
    /// The named address.
    pub forfeits_to: Option<Vec<u8>>,
}

impl Layout for Roles {
    const NAME: &'static str = "roles";

    fn encode(&self) -> Vec<u8> {
        let mut out = vec![u8::try_from(self.attestors.len()).unwrap_or(u8::MAX)];
        for address in self.attestors.iter().chain(&self.forfeits_to) {
            out.push(u8::try_from(address.len()).unwrap_or(u8::MAX));
            out.extend_from_slice(address);
        }
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, bytes.len());
        let attestors = (0..b.u8()?)
            .map(|_| b.prefixed())
            .collect::<Result<_, _>>()?;
        let forfeits_to = if b.is_empty() {
            None
        } else {
            Some(b.prefixed()?)
        };
        b.end()?;
        Ok(Self {
            attestors,
            forfeits_to,
        })
    }
}
