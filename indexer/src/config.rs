//! The deployment file that `scripts/deploy` writes.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Where the contracts are, and how to reach their chain.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Deployment {
    /// The chain.
    pub chain_id: String,
    /// Of its addresses.
    pub bech32_prefix: String,
    /// Nodes, the preferred first.
    pub rpc: Vec<String>,
    /// What gas is paid in.
    pub fee_denom: String,
    /// In `fee_denom` per gas, decimal.
    pub gas_price: String,
    /// A chain for trying things out.
    #[serde(default)]
    pub local: bool,
    /// On a local chain: a worthless key to draw from.
    #[serde(default)]
    pub faucet: Option<serde_json::Value>,
    /// Its REST address, for wallets on a local chain.
    #[serde(default)]
    pub lcd: Option<String>,
    /// Bank metadata.
    #[serde(default)]
    pub denoms: Vec<serde_json::Value>,
    /// What is deployed.
    pub contracts: Contracts,
}

/// The contracts.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Contracts {
    /// Causes, actions, pledges.
    pub causes: Contract,
}

/// One contract.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Contract {
    /// Bech32.
    pub address: String,
    /// Its code.
    pub code_id: u64,
    /// SHA-256 of the wasm, hex.
    #[serde(default)]
    pub checksum: String,
    /// The block of its instantiation.
    pub height: u64,
}

impl Deployment {
    /// Reads the file.
    ///
    /// # Errors
    /// [`Error::Config`] in one line.
    pub fn load(path: &Path) -> Result<Self> {
        let name = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|e| Error::Config(format!("deployment file {name}: {e}")))?;
        let this: Self = serde_json::from_str(&text)
            .map_err(|e| Error::Config(format!("deployment file {name}: {e}")))?;
        if this.rpc.is_empty() {
            return Err(Error::Config(format!(
                "deployment file {name}: rpc is empty"
            )));
        }
        Ok(this)
    }
}
