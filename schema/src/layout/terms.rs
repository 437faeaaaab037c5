//! The frozen terms of an action that the hot path reads.

use muster_mechanism::forfeits::ForfeitsTo;
use muster_mechanism::schedule::{Binding, Judged, Schedule, Timeline};

use serde::{Deserialize, Serialize};

use super::{Bytes, Layout, LayoutError};
use crate::causes::limits::GRACE;

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
    /// The own check-in, unless it falls to a challenge.
    Challengeable,
    /// Nobody singly: the answer about the action as a whole.
    Collective,
}

const CHALLENGEABLE: u8 = 0xfe;
const COLLECTIVE: u8 = 0xff;

/// Whether an action requires others, and so what makes it active.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Requires {
    /// Nothing: time alone.
    #[default]
    Nothing,
    /// Others of its cause that all close, as it does: time alone, and whether they bind.
    InCause,
    /// Others, or a counterpart: a message.
    ByMessage,
}

/// What every message on an action needs to know of its definition.
///
/// cause u64 · goal u32 · schedule u8 (0 at_close, 1 at_trigger, 2 rolling) · pledge_until u64 (0 =
/// never closes) · hold u32 · lock u32 · act_window u32 · report_window u32 · fulfilment u8 (0
/// honor, 0xfe challengeable, 0xff collective, else the quorum) · fee_bps u16 · requires u8 (0
/// nothing, 1 in its cause, 2 by message) · features u16 (bit 0 a record of its gate or cap, bit 1 a
/// confirm window, bit 2 it counts coins, bit 3 pledged in a bundle, bit 4 challenges, bit 5 an answer
/// about the whole, bit 6 a bonus, bit 7 one of several alternatives) · of bits 1, 4 and 5 the window
/// u32 each, in this order · of bit 7 chosen_at u64 · stake u8 (bits 0–1: 0 none, 1 optional, 2
/// required; bit 2 a deposit); with a stake also: amount u128 · forfeits_to u8 (0 cooperators, 1
/// address, 2 everybody); with a deposit: amount u128; of bit 2 of the features: one unit u128; with
/// one of them: denom
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Its cause.
    pub cause: u64,
    /// The least number of people, or of units.
    pub goal: u32,
    /// Schedule and windows.
    pub timeline: Timeline,
    /// Whether it requires others; the timeline's binding follows from it.
    pub requires: Requires,
    /// Whether it has a [`super::Gate`] record.
    pub gated: bool,
    /// Whether it counts coins: then its other counts are units of `stake_amount`.
    pub coins: bool,
    /// Whether it is pledged only together with the other actions of its cause.
    pub bundled: bool,
    /// Whether it has a [`super::BonusRule`] record.
    pub bonus: bool,
    /// One of several alternatives: when one of them is chosen. Unix seconds.
    pub chosen_at: Option<u64>,
    /// Who says whether a person did it.
    pub fulfilment: FulfilmentKind,
    /// Frozen at creation.
    pub fee_bps: u16,
    /// Whether it takes stakes.
    pub stake: StakeKind,
    /// One person's stake, or one unit of coins; 0 without.
    pub stake_amount: u128,
    /// One person's deposit; 0 without. Where there is one, every pledge has it.
    pub deposit: u128,
    /// The denom of them; empty without.
    pub stake_denom: String,
    /// Where forfeits go; meaningless without.
    pub forfeits_to: ForfeitsTo,
}

impl Requires {
    /// What makes it active.
    pub const fn binding(self) -> Binding {
        match self {
            Self::Nothing | Self::InCause => Binding::Derived,
            Self::ByMessage => Binding::ByMessage { grace: GRACE },
        }
    }
}

const NAME: &str = "terms";
/// The length without a stake.
const BASE: usize = 44;
const GATED: u16 = 1;
const CONFIRM: u16 = 1 << 1;
const COINS: u16 = 1 << 2;
const BUNDLED: u16 = 1 << 3;
const CHALLENGES: u16 = 1 << 4;
const ANSWER: u16 = 1 << 5;
const BONUS: u16 = 1 << 6;
const ALTERNATIVE: u16 = 1 << 7;
const FEATURES: u16 = GATED | CONFIRM | COINS | BUNDLED | CHALLENGES | ANSWER | BONUS | ALTERNATIVE;
/// Beside the kind of the stake.
const DEPOSIT: u8 = 1 << 2;

/// A window in the record: ten years of seconds fit 32 bits, which the contract's limits keep.
fn short(seconds: u64) -> [u8; 4] {
    u32::try_from(seconds).unwrap_or(u32::MAX).to_be_bytes()
}

impl Layout for Terms {
    const NAME: &'static str = NAME;

    fn encode(&self) -> Vec<u8> {
        let (kind, pledge_until, hold) = match self.timeline.schedule {
            Schedule::AtClose { pledge_until } => (0, pledge_until, 0),
            Schedule::AtTrigger { hold, pledge_until } => (1, pledge_until.unwrap_or(0), hold),
            Schedule::Rolling { pledge_until } => (2, pledge_until, 0),
        };
        let mut out = Vec::with_capacity(
            BASE.saturating_add(32)
                .saturating_add(self.stake_denom.len()),
        );
        out.extend_from_slice(&self.cause.to_be_bytes());
        out.extend_from_slice(&self.goal.to_be_bytes());
        out.push(kind);
        out.extend_from_slice(&pledge_until.to_be_bytes());
        out.extend_from_slice(&short(hold));
        out.extend_from_slice(&short(self.timeline.lock));
        out.extend_from_slice(&short(self.timeline.act_window));
        out.extend_from_slice(&short(self.timeline.report_window));
        out.push(match self.fulfilment {
            FulfilmentKind::Honor => 0,
            FulfilmentKind::Attested { quorum } => quorum,
            FulfilmentKind::Challengeable => CHALLENGEABLE,
            FulfilmentKind::Collective => COLLECTIVE,
        });
        out.extend_from_slice(&self.fee_bps.to_be_bytes());
        out.push(match self.requires {
            Requires::Nothing => 0,
            Requires::InCause => 1,
            Requires::ByMessage => 2,
        });
        let confirms = self.timeline.confirm > 0;
        let feature = |there: bool, bit: u16| if there { bit } else { 0 };
        let judged = self.timeline.judged;
        let features = feature(self.gated, GATED)
            | feature(confirms, CONFIRM)
            | feature(self.coins, COINS)
            | feature(self.bundled, BUNDLED)
            | feature(judged.challenge_window > 0, CHALLENGES)
            | feature(judged.answer_window > 0, ANSWER)
            | feature(self.bonus, BONUS)
            | feature(self.chosen_at.is_some(), ALTERNATIVE);
        out.extend_from_slice(&features.to_be_bytes());
        if confirms {
            out.extend_from_slice(&short(self.timeline.confirm));
        }
        for window in [judged.challenge_window, judged.answer_window] {
            if window > 0 {
                out.extend_from_slice(&short(window));
            }
        }
        out.extend(self.chosen_at.iter().flat_map(|at| at.to_be_bytes()));
        let kind = match self.stake {
            StakeKind::None => 0,
            StakeKind::Optional => 1,
            StakeKind::Required => 2,
        };
        out.push(if self.deposit > 0 {
            kind | DEPOSIT
        } else {
            kind
        });
        if self.stake != StakeKind::None {
            out.extend_from_slice(&self.stake_amount.to_be_bytes());
            out.push(match self.forfeits_to {
                ForfeitsTo::Cooperators => 0,
                ForfeitsTo::Address => 1,
                ForfeitsTo::Everybody => 2,
            });
        }
        if self.deposit > 0 {
            out.extend_from_slice(&self.deposit.to_be_bytes());
        }
        if self.coins {
            out.extend_from_slice(&self.stake_amount.to_be_bytes());
        }
        out.extend_from_slice(self.stake_denom.as_bytes());
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let mut b = Bytes::new(NAME, bytes, BASE);
        let cause = b.u64()?;
        let goal = b.u32()?;
        let kind = b.u8()?;
        let pledge_until = b.u64()?;
        let hold = u64::from(b.u32()?);
        let schedule = match kind {
            0 => Schedule::AtClose { pledge_until },
            1 => Schedule::AtTrigger {
                hold,
                pledge_until: (pledge_until > 0).then_some(pledge_until),
            },
            2 => Schedule::Rolling { pledge_until },
            other => return Err(b.invalid(other)),
        };
        let mut timeline = Timeline {
            schedule,
            binding: Binding::Derived,
            lock: u64::from(b.u32()?),
            confirm: 0,
            act_window: u64::from(b.u32()?),
            report_window: u64::from(b.u32()?),
            judged: Judged::default(),
        };
        let fulfilment = match b.u8()? {
            0 => FulfilmentKind::Honor,
            CHALLENGEABLE => FulfilmentKind::Challengeable,
            COLLECTIVE => FulfilmentKind::Collective,
            quorum => FulfilmentKind::Attested { quorum },
        };
        let fee_bps = b.u16()?;
        let requires = match b.u8()? {
            0 => Requires::Nothing,
            1 => Requires::InCause,
            2 => Requires::ByMessage,
            other => return Err(b.invalid(other)),
        };
        timeline.binding = requires.binding();
        let features = b.u16()?;
        if features & !FEATURES != 0 {
            return Err(b.invalid(features));
        }
        let (gated, coins) = (features & GATED != 0, features & COINS != 0);
        let bonus = features & BONUS != 0;
        if features & CONFIRM != 0 {
            timeline.confirm = u64::from(b.u32()?);
        }
        if features & CHALLENGES != 0 {
            timeline.judged.challenge_window = u64::from(b.u32()?);
        }
        if features & ANSWER != 0 {
            timeline.judged.answer_window = u64::from(b.u32()?);
        }
        let chosen_at = if features & ALTERNATIVE != 0 {
            Some(b.u64()?)
        } else {
            None
        };
        let kind = b.u8()?;
        let stake = match kind & !DEPOSIT {
            0 => StakeKind::None,
            1 => StakeKind::Optional,
            2 => StakeKind::Required,
            _ => return Err(b.invalid(kind)),
        };
        let mut terms = Self {
            cause,
            goal,
            timeline,
            requires,
            gated,
            coins,
            bundled: features & BUNDLED != 0,
            bonus,
            chosen_at,
            fulfilment,
            fee_bps,
            stake,
            stake_amount: 0,
            deposit: 0,
            stake_denom: String::new(),
            forfeits_to: ForfeitsTo::Cooperators,
        };
        if stake != StakeKind::None {
            terms.stake_amount = b.u128()?;
            terms.forfeits_to = match b.u8()? {
                0 => ForfeitsTo::Cooperators,
                1 => ForfeitsTo::Address,
                2 => ForfeitsTo::Everybody,
                other => return Err(b.invalid(other)),
            };
        }
        if kind & DEPOSIT != 0 {
            terms.deposit = b.u128()?;
            if terms.deposit == 0 {
                return Err(b.invalid(0_u8));
            }
        }
        if coins {
            terms.stake_amount = b.u128()?;
            if terms.stake_amount == 0 || stake != StakeKind::None {
                return Err(b.invalid(kind));
            }
        }
        if kind != 0 || coins {
            let denom = core::str::from_utf8(b.rest()).map_err(|_| b.invalid(0_u8))?;
            denom.clone_into(&mut terms.stake_denom);
        }
        b.end()?;
        Ok(terms)
    }
}
