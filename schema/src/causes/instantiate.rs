//! Instantiation, migration and configuration.

use cosmwasm_schema::cw_serde;

/// Instantiates the one `causes` contract of a deployment.
#[cw_serde]
pub struct InstantiateMsg {
    /// Who may change the fee of *new* causes and the treasury. Never anyone's escrow.
    pub owner: String,
    /// Where fees go.
    pub treasury: String,
    /// Share of forfeited coins that new causes pay as a fee, in hundredths of a percent (≤ 500).
    pub fee_bps: u16,
    /// The least lengths of windows, fixed for good.
    pub floors: WindowFloors,
}

/// The least lengths of windows in seconds: days on a public chain, seconds on a local one.
#[cw_serde]
#[derive(Copy, Eq)]
pub struct WindowFloors {
    /// Of the report window (72 h on a public chain).
    pub report: u64,
    /// Of the hold of an `at_trigger` schedule (24 h on a public chain).
    pub hold: u64,
    /// Of the lock of an action with a cap (24 h on a public chain).
    pub lock: u64,
    /// Of a confirm window (24 h on a public chain).
    pub confirm: u64,
}

/// The empty message of a migration; `cw2` guards which version may follow which.
#[cw_serde]
pub struct MigrateMsg {}

/// The configuration as it stands.
#[cw_serde]
pub struct Config {
    /// See [`InstantiateMsg::owner`]. `None` once renounced.
    pub owner: Option<String>,
    /// Proposed by the owner, not accepted yet.
    pub pending_owner: Option<String>,
    /// See [`InstantiateMsg::treasury`].
    pub treasury: String,
    /// See [`InstantiateMsg::fee_bps`]; frozen in a cause at its creation.
    pub fee_bps: u16,
    /// See [`InstantiateMsg::floors`].
    pub floors: WindowFloors,
}
