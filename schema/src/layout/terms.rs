//! The frozen terms of an action that the hot path reads.

use muster_mechanism::schedule::{Schedule, Timeline};

use super::{Bytes, Layout, LayoutError};

/// Whether an action takes stakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StakeKind {
    /// It doesn't.
    None,
    /// With or without.
    Optional,
    /// Only with.
    Required,
}

/// Who says whether a person did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FulfilmentKind {
    /// The own check-in.
    Honor,
    /// This many attestors that agree.
    Attested {
        /// More than half of them.
        quorum: u8,
    },
}

/// What every message on an action needs to know of its definition.
///
/// cause u64 · goal u32 · schedule u8 (0 at_close, 1 at_trigger, 2 rolling) · pledge_until u64 (0 =
/// never closes) · hold u32 · lock u32 · act_window u32 · report_window u32 · fulfilment u8 (0
/// honor, else the quorum) · fee_bps u16 · stake u8 (0 none, 1 optional, 2 required); with a stake
/// also: amount u128 · denom
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Its cause.
    pub cause: u64,
    /// The least number of people.
    pub goal: u32,
    /// Schedule and windows.
    pub timeline: Timeline,
    /// Who says whether a person did it.
    pub fulfilment: FulfilmentKind,
    /// Frozen at creation.
    pub fee_bps: u16,
    /// Whether it takes stakes.
    pub stake: StakeKind,
    /// One person's stake; 0 without.
    pub stake_amount: u128,
    /// Its denom; empty without.
    pub stake_denom: String,
}
