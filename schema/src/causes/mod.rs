//! The interface of the `causes` contract.

mod action;
mod cause;
mod coins;
mod deliberation;
mod error;
pub mod event;
mod execute;
mod gate;
mod instantiate;
mod json;
mod judged;
pub mod judging;
pub mod limits;
mod query;
pub mod relay;
pub mod together;

pub use action::{
    BonusTerms, ForfeitsTo, Fulfilment, NewAction, Requirement, Schedule, StakeRule, StakeTerms,
    Unit,
};
pub use cause::{CancelRule, CreateCause, Place, Relation};
pub use coins::{CoinTerms, Document, ReleaseTerms};
pub use deliberation::{Deliberation, Proposals};
pub use error::Error;
pub use execute::{Evidence, ExecuteMsg, Outcome, Statement, Vote};
pub use gate::{Attested, Credential, Gate, IssuedClaim, IssuerKey, Registered};
pub use instantiate::{Config, InstantiateMsg, MigrateMsg, WindowFloors};
pub use judged::{Answer, ChallengeStatus, Electorate, Judge, OutcomeBy, OutcomeTerms};
pub use query::{
    ActionCoins, ActionResponse, AlternativeResponse, BallotResponse, BucketResponse,
    CauseResponse, CausesResponse, ChallengeResponse, ClaimableResponse, ClassResponse,
    CoinsReturned, ConfirmingResponse, CurveResponse, DeliberationResponse, DepositsResponse,
    FundResponse, OutcomeResponse, OwedByAction, OwedByCause, PledgeCoins, PledgeResponse,
    PledgeStatus, PledgesResponse, ProposalResponse, ProposalsResponse, QueryMsg, RegistryEntry,
    RegistryResponse, SequenceResponse, SolvencyResponse, StandingResponse, Totals,
};
pub use relay::{Does, Signed};
