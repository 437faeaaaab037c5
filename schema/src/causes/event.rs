//! Every event of the `causes` contract: one struct that builds it and decodes it again.
//!
//! The chain prefixes types with `wasm-` and adds `_contract_address`. An event without a `v`
//! attribute is of version 1. Only `_contract_address` and the type are to be trusted: attribute
//! values can hold what people typed, attribute keys never do.

mod bonus;
mod codec;
mod coins;
mod config;
mod confirm;
mod create;
mod deliberation;
mod deposit;
mod fund;
mod gate;
mod judged;
mod pay;
mod pledge;
mod registry;
mod relay;
mod saving;
mod together;

pub use bonus::{BonusReturned, BonusSponsored};
pub use codec::{DecodeError, RawEvent};
pub use coins::{CoinsPledged, CoinsReturned, Released, TrancheReleased};
pub use config::{ConfigUpdated, OwnerChanged};
pub use confirm::{Confirmed, ConfirmingBegun, Reopened};
pub use create::{CauseCancelled, CauseCreated};
pub use deliberation::{Proposed, Scored, Seconded, Unscored};
pub use deposit::{DepositsSettled, RewardClaimed};
pub use fund::{FundSpent, FundSwept, Supported};
pub use gate::Admitted;
pub use judged::{Answered, ChallengeEnded, Challenged, OutcomeAttested};
pub use pay::{Claimed, FeesClaimed, ForfeitsClaimed, Settled};
pub use pledge::{AlreadyDid, Attested, Bound, CheckedIn, Pledged, Withdrawn};
pub use registry::{Rated, Said};
pub use relay::{RelayRefused, Relayed, Voided};
pub use saving::SavingStated;
pub use together::{Activated, CounterpartMet};

use cosmwasm_std::Event;

macro_rules! events {
    ($($variant:ident = $word:literal),+ $(,)?) => {
        /// Any event of the contract.
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::large_enum_variant)] // decoded one at a time, never kept in bulk
        pub enum CausesEvent {
            $(
                #[doc = concat!("See [`", stringify!($variant), "`].")]
                $variant($variant),
            )+
        }

        impl CausesEvent {
            /// Every type there is, as the contract names them.
            pub const TYPES: &[&str] = &[$($word),+];

            /// Decodes an event by its type, with or without the chain's `wasm-` prefix.
            /// `Ok(None)`: not one of this contract's types.
            pub fn decode(event: &RawEvent<'_>) -> Result<Option<Self>, DecodeError> {
                let kind = event.kind.strip_prefix("wasm-").unwrap_or(event.kind);
                match kind {
                    $($word => $variant::decode(event).map(|e| Some(Self::$variant(e))),)+
                    _ => Ok(None),
                }
            }

            /// Builds the event.
            pub fn build(&self) -> Event {
                match self {
                    $(Self::$variant(e) => e.build(),)+
                }
            }
        }

        $(
            impl $variant {
                /// The event's type.
                pub const TYPE: &'static str = $word;
            }

            impl From<$variant> for Event {
                fn from(event: $variant) -> Self {
                    event.build()
                }
            }
        )+
    };
}

events! {
    CauseCreated = "muster_cause_created",
    CauseCancelled = "muster_cause_cancelled",
    Pledged = "muster_pledged",
    Admitted = "muster_admitted",
    CoinsPledged = "muster_coins_pledged",
    Withdrawn = "muster_withdrawn",
    Activated = "muster_activated",
    CounterpartMet = "muster_counterpart_met",
    Bound = "muster_bound",
    ConfirmingBegun = "muster_confirming_begun",
    Confirmed = "muster_confirmed",
    Reopened = "muster_reopened",
    CheckedIn = "muster_checked_in",
    AlreadyDid = "muster_already_did",
    Relayed = "muster_relayed",
    RelayRefused = "muster_relay_refused",
    Voided = "muster_voided",
    Attested = "muster_attested",
    OutcomeAttested = "muster_outcome_attested",
    Answered = "muster_answered",
    SavingStated = "muster_saving_stated",
    Challenged = "muster_challenged",
    ChallengeEnded = "muster_challenge_ended",
    Settled = "muster_settled",
    Claimed = "muster_claimed",
    ForfeitsClaimed = "muster_forfeits_claimed",
    BonusSponsored = "muster_bonus_sponsored",
    BonusReturned = "muster_bonus_returned",
    DepositsSettled = "muster_deposits_settled",
    RewardClaimed = "muster_reward_claimed",
    Said = "muster_said",
    Rated = "muster_rated",
    Supported = "muster_supported",
    Released = "muster_released",
    TrancheReleased = "muster_tranche_released",
    CoinsReturned = "muster_coins_returned",
    FundSpent = "muster_fund_spent",
    FundSwept = "muster_fund_swept",
    FeesClaimed = "muster_fees_claimed",
    Proposed = "muster_proposed",
    Seconded = "muster_seconded",
    Scored = "muster_scored",
    Unscored = "muster_unscored",
    ConfigUpdated = "muster_config_updated",
    OwnerChanged = "muster_owner_changed",
}
