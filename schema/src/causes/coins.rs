//! What an action that counts coins is about.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{HexBinary, Uint128};

/// Coins for a named purpose. They are released to the beneficiary, and go back to whoever isn't
/// bound.
#[cw_serde]
pub struct CoinTerms {
    /// Of which coin.
    pub denom: String,
    /// The least that one may give; every amount is a multiple of it, at most 10^6 of them. The
    /// goal and all thresholds count in it.
    pub min: Uint128,
    /// Who gets them. Can't pledge here.
    pub beneficiary: String,
    /// When they are released: once the action is active, where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<ReleaseTerms>,
    /// What institutions agreed on, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
}

/// A contract that institutions signed elsewhere, and the part that goes to somebody by it: of
/// released coins, which is paid here, or of what they save, which they pay elsewhere.
#[cw_serde]
pub struct Document {
    /// 1–256 bytes; it is shown, never fetched.
    pub uri: String,
    /// SHA-256 of what is there.
    pub sha256: HexBinary,
    /// In hundredths of a percent of what is released or saved, 1 to 2,000.
    pub bps: u16,
    /// Who gets that. Of released coins an address, not the beneficiary's, which can't pledge here;
    /// of savings 1–120 bytes of words.
    pub recipient: String,
}

impl CoinTerms {
    /// Whether somebody's answer releases them.
    pub fn waits_for_an_answer(&self) -> bool {
        !matches!(self.release, None | Some(ReleaseTerms::OnActivation {}))
    }
}

/// When bound coins go to the beneficiary.
#[cw_serde]
pub enum ReleaseTerms {
    /// Once the action is active.
    OnActivation {},
    /// Once the final answer about the action, which must have an outcome, is Yes. If it isn't,
    /// everything goes back.
    OnSuccess {},
    /// Part by part, each once the final answer about it, by a jury or a community that the outcome
    /// names, is Yes. Of one whose answer isn't, it and all later ones go back.
    Tranches {
        /// 2–8 parts of the whole in hundredths of a percent, 10,000 in all.
        parts: Vec<u16>,
    },
}
