//! What is read rarely: the configuration and a cause. Fixed bytes here too, because whoever
//! starts a cause pays for each.

use super::{Bytes, Layout, LayoutError};
use crate::causes::{CancelRule, WindowFloors};

/// The configuration.
///
/// owner text (empty: nobody) · pending owner text (empty: nobody) · treasury text · fee_bps u16 ·
/// floor of the report window u64 · floor of the hold u64 · floor of a capped action's lock u64 · floor of
/// the confirm window u64. A text comes after its length u8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Who may change it; `None` once renounced.
    pub owner: Option<String>,
    /// Proposed, not accepted yet.
    pub pending_owner: Option<String>,
    /// Where fees go.
    pub treasury: String,
    /// Of new causes, in hundredths of a percent.
    pub fee_bps: u16,
    /// The least lengths of windows.
    pub floors: WindowFloors,
}

impl Layout for Config {
    const NAME: &'static str = "config";

    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_text(&mut out, self.owner.as_deref().unwrap_or_default());
        put_text(&mut out, self.pending_owner.as_deref().unwrap_or_default());
        put_text(&mut out, &self.treasury);
        out.extend_from_slice(&self.fee_bps.to_be_bytes());
        out.extend_from_slice(&self.floors.report.to_be_bytes());
        out.extend_from_slice(&self.floors.hold.to_be_bytes());
        out.extend_from_slice(&self.floors.lock.to_be_bytes());
        out.extend_from_slice(&self.floors.confirm.to_be_bytes());
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, bytes.len());
        let config = Self {
            owner: Some(b.text()?).filter(|text| !text.is_empty()),
            pending_owner: Some(b.text()?).filter(|text| !text.is_empty()),
            treasury: b.text()?,
            fee_bps: b.u16()?,
            floors: WindowFloors {
                report: b.u64()?,
                hold: b.u64()?,
                lock: b.u64()?,
                confirm: b.u64()?,
            },
        };
        b.end()?;
        Ok(config)
    }
}

/// A cause.
///
/// creator text · title text · text hash 32 · definition hash 32 · created_at u64 · cancel u8 (0
/// until_first_pledge, 1 until_lock, 2 never) · cancelled u8 (0 or 1) · fee_bps u16 · first action
/// u64 · number of actions u8. A text comes after its length u8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Who started it.
    pub creator: String,
    /// Its title.
    pub title: String,
    /// SHA-256 of the text.
    pub text_hash: [u8; 32],
    /// SHA-256 of the definition.
    pub definition_hash: [u8; 32],
    /// Unix seconds.
    pub created_at: u64,
    /// Until when the creator may cancel.
    pub cancel: CancelRule,
    /// Whether it was cancelled.
    pub cancelled: bool,
    /// Frozen at creation.
    pub fee_bps: u16,
    /// The number of its first action; the others follow.
    pub first_action: u64,
    /// How many actions it has.
    pub actions: u8,
}

impl Cause {
    /// The numbers of its actions.
    pub fn action_ids(&self) -> core::ops::Range<u64> {
        self.first_action..self.first_action.saturating_add(u64::from(self.actions))
    }
}

impl Layout for Cause {
    const NAME: &'static str = "cause";

    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_text(&mut out, &self.creator);
        put_text(&mut out, &self.title);
        out.extend_from_slice(&self.text_hash);
        out.extend_from_slice(&self.definition_hash);
        out.extend_from_slice(&self.created_at.to_be_bytes());
        out.push(match self.cancel {
            CancelRule::UntilFirstPledge => 0,
            CancelRule::UntilLock => 1,
            CancelRule::Never => 2,
        });
        out.push(u8::from(self.cancelled));
        out.extend_from_slice(&self.fee_bps.to_be_bytes());
        out.extend_from_slice(&self.first_action.to_be_bytes());
        out.push(self.actions);
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(Self::NAME, bytes, bytes.len());
        let cause = Self {
            creator: b.text()?,
            title: b.text()?,
            text_hash: b.array()?,
            definition_hash: b.array()?,
            created_at: b.u64()?,
            cancel: match b.u8()? {
                0 => CancelRule::UntilFirstPledge,
                1 => CancelRule::UntilLock,
                2 => CancelRule::Never,
                other => return Err(b.invalid(other)),
            },
            cancelled: match b.u8()? {
                0 => false,
                1 => true,
                other => return Err(b.invalid(other)),
            },
            fee_bps: b.u16()?,
            first_action: b.u64()?,
            actions: b.u8()?,
        };
        b.end()?;
        Ok(cause)
    }
}

/// Addresses and titles, which the contract's limits keep below 256 bytes.
fn put_text(out: &mut Vec<u8>, text: &str) {
    let length = u8::try_from(text.len()).unwrap_or(u8::MAX);
    out.push(length);
    out.extend_from_slice(
        text.as_bytes()
            .get(..usize::from(length))
            .unwrap_or_default(),
    );
}
