//! Which contract this is, and which version: the one record that other tools read too.

use super::{Layout, LayoutError};
use crate::json::{from_json, json_object, to_json};

/// The record of the `cw2` convention, in JSON, at [`ContractVersion::KEY`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractVersion {
    /// `crates.io:` and the crate's name.
    pub contract: String,
    /// `major.minor.patch`.
    pub version: String,
}

impl ContractVersion {
    /// Where the convention has it.
    pub const KEY: &'static [u8] = b"contract_info";
}

json_object!(read write ContractVersion { contract, version });

impl Layout for ContractVersion {
    const NAME: &'static str = "contract_info";

    fn encode(&self) -> Vec<u8> {
        to_json(self).into_bytes()
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        from_json(bytes).map_err(|bad| LayoutError {
            record: Self::NAME,
            found: bytes.len(),
            allowed: bad.at, // so far it is what it must be
        })
    }
}
