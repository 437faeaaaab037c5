//! Events of the configuration.

use cosmwasm_std::Event;

use super::codec::{DecodeError, RawEvent};

/// The configuration of new causes, after instantiation or a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigUpdated {
    /// In hundredths of a percent.
    pub fee_bps: u16,
    /// Where fees go.
    pub treasury: String,
}

impl ConfigUpdated {
    pub(super) fn build(&self) -> Event {
        Event::new(Self::TYPE)
            .add_attribute("fee_bps", self.fee_bps.to_string())
            .add_attribute("treasury", &self.treasury)
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            fee_bps: e.parse("fee_bps", "hundredths of a percent")?,
            treasury: e.text("treasury")?,
        })
    }
}

/// The owner, or the proposed one, after instantiation or a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnerChanged {
    /// `None` once renounced; the attribute is left out then.
    pub owner: Option<String>,
    /// `None` where nobody is proposed; the attribute is left out then.
    pub pending: Option<String>,
}

impl OwnerChanged {
    pub(super) fn build(&self) -> Event {
        let mut event = Event::new(Self::TYPE);
        if let Some(owner) = &self.owner {
            event = event.add_attribute("owner", owner);
        }
        if let Some(pending) = &self.pending {
            event = event.add_attribute("pending", pending);
        }
        event
    }

    pub(super) fn decode(e: &RawEvent<'_>) -> Result<Self, DecodeError> {
        e.version_one()?;
        Ok(Self {
            owner: e.find("owner").map(str::to_owned),
            pending: e.find("pending").map(str::to_owned),
        })
    }
}
