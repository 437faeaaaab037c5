//! An action as the views hold it.

use muster_mechanism::confirm::Confirmed;
use muster_mechanism::schedule::{Judged, Timeline};
use muster_schema::causes::event::Settled;
use muster_schema::causes::{
    Answer, ChallengeStatus, Fulfilment, NewAction, Outcome, OutcomeBy, ReleaseTerms, judging,
};
use muster_schema::layout::Requires;
use serde::{Deserialize, Serialize};

/// The mutable part of an action, stored as one JSON document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ActionState {
    /// Its number.
    pub id: u64,
    /// Its cause.
    pub cause: u64,
    /// The cause's fee, hundredths of a percent.
    pub fee_bps: u16,
    /// The definition.
    pub terms: NewAction,
    /// Pledges that stand, or stood when it ended; units of `min` where it counts coins.
    pub pledged: u32,
    /// Where it counts coins: how many pledges those are.
    #[serde(default)]
    pub people: u32,
    /// Where it counts coins: units that were released.
    #[serde(default)]
    pub released: u32,
    /// Where they are released in tranches: how many were.
    #[serde(default)]
    pub tranches: u8,
    /// The first tranche that goes back, and what each unit of a bound pledge has of it, decimal.
    #[serde(default)]
    pub returned: Option<(u8, String)>,
    /// Of those, with a stake.
    pub staked: u32,
    /// Since when K* > 0 without a break (`at_trigger`, `rolling`).
    pub ready_since: Option<u64>,
    /// Its cause was cancelled while it was open.
    pub cancelled: bool,
    /// When that was.
    #[serde(default)]
    pub cancelled_at: Option<u64>,
    /// Of an action with a refund bonus.
    #[serde(default)]
    pub bonus: super::bonus::BonusState,
    /// Of an action whose vote deposits stand behind.
    #[serde(default)]
    pub deposits: super::deposit::DepositState,
    /// What makes it active.
    pub kind: Requires,
    /// The actions that must be active with it.
    pub requires: Vec<u64>,
    /// The counterpart that it waits for.
    pub waits_for: Option<String>,
    /// One of several alternatives: when one is chosen.
    #[serde(default)]
    pub chosen_at: Option<u64>,
    /// Another one was.
    #[serde(default)]
    pub lost: bool,
    /// When a message bound it.
    pub bound_at: Option<u64>,
    /// Whether it is active, or could be bound by a message as far as it alone goes: what those
    /// that require it depend on.
    #[serde(default)]
    pub can_bind: bool,
    /// Since when something that it requires has failed, unless it was bound then.
    pub void_from: Option<u64>,
    /// Pledges confirmed in the window that is open or was the last, and of those with a stake.
    #[serde(default)]
    pub confirmed: (u32, u32),
    /// What came of its confirm window.
    #[serde(default)]
    pub outcome: WindowOutcome,
    /// The end of the confirm window that `outcome` is of.
    #[serde(default)]
    pub decided: Option<u64>,
    /// The end of the last confirm window of what it requires.
    #[serde(default)]
    pub awaited_until: Option<u64>,
    /// Of a `rolling` action that is open: who is known to be bound, which never falls.
    pub known: u32,
    /// K* for good, with its stakes.
    pub bound: Option<(u32, u32)>,
    /// People who had done it before.
    pub already_did: u32,
    /// Bound people who checked in, and of those with a stake.
    pub checked_in: (u32, u32),
    /// Attested to have done it, and of those with a stake.
    pub did: (u32, u32),
    /// Attested not to have, and of those with a stake.
    pub didnt: (u32, u32),
    /// With an outcome `of` another action: how long after people begin to act that is final.
    #[serde(default)]
    pub of: Option<u64>,
    /// That action.
    #[serde(default)]
    pub answer_of: Option<u64>,
    /// What attestors said about it as a whole, in the order of their last words.
    #[serde(default)]
    pub said: Vec<(String, Answer)>,
    /// The answer about it as a whole, and when it was stored.
    #[serde(default)]
    pub answer: Option<(Answer, u64)>,
    /// What `settle` fixed; amounts as text, since JSON's numbers are too small.
    pub settled: Option<SettledRow>,
    /// Coins that lie here, decimal.
    pub held: String,
    /// Coins that left, decimal.
    pub paid_out: String,
    /// What waits for the address in `forfeits_to`, decimal.
    pub forfeits: String,
}

/// [`Settled`] as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SettledRow {
    counts: [u32; 3],
    amounts: [String; 6],
}

impl From<&Settled> for SettledRow {
    fn from(s: &Settled) -> Self {
        Self {
            counts: [s.cooperators, s.broken, s.excused],
            amounts: [
                s.forfeit_each,
                s.keeper_each,
                s.share_each,
                s.to_address,
                s.fee,
                s.remainder,
            ]
            .map(|a| a.to_string()),
        }
    }
}

impl SettledRow {
    /// With numbers.
    #[must_use]
    pub fn event(&self, action: u64) -> Settled {
        let [forfeit, keeper, share, address, fee, rest] =
            self.amounts.each_ref().map(|a| a.parse().unwrap_or(0));
        Settled {
            action,
            cooperators: self.counts[0],
            broken: self.counts[1],
            excused: self.counts[2],
            forfeit_each: forfeit,
            keeper_each: keeper,
            share_each: share,
            to_address: address,
            fee,
            remainder: rest,
        }
    }
}

/// What came of a confirm window, as it is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowOutcome {
    /// See [`Confirmed::Nobody`].
    #[default]
    Nobody,
    /// See [`Confirmed::Alone`].
    Alone,
    /// See [`Confirmed::Together`].
    Together,
}

impl From<WindowOutcome> for Confirmed {
    fn from(outcome: WindowOutcome) -> Self {
        match outcome {
            WindowOutcome::Nobody => Self::Nobody,
            WindowOutcome::Alone => Self::Alone,
            WindowOutcome::Together => Self::Together,
        }
    }
}

/// What a pledge row says that its class depends on.
#[derive(Clone, Copy, Debug)]
pub struct Deed {
    /// The personal threshold.
    pub needs_others: u32,
    /// With a stake.
    pub staked: bool,
    /// "I did it".
    pub checked_in: bool,
    /// By the attestors.
    pub outcome: Option<Outcome>,
    /// Confirmed, in the window that is open or by which it was bound.
    pub confirmed: bool,
    /// Of the check-in.
    pub challenge: Option<ChallengeStatus>,
}

/// What became of a bound pledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Done.
    Kept,
    /// Not done.
    Broken,
    /// Not held against the person.
    Excused,
}

impl ActionState {
    /// A new action.
    #[must_use]
    pub fn new(id: u64, cause: u64, fee_bps: u16, terms: NewAction) -> Self {
        let zero = || "0".to_owned();
        Self {
            kind: Requires::Nothing,
            requires: vec![],
            waits_for: terms.counterpart.clone(),
            chosen_at: None,
            lost: false,
            bound_at: None,
            can_bind: false,
            void_from: None,
            id,
            cause,
            fee_bps,
            terms,
            pledged: 0,
            people: 0,
            released: 0,
            tranches: 0,
            returned: None,
            staked: 0,
            ready_since: None,
            cancelled: false,
            cancelled_at: None,
            bonus: super::bonus::BonusState::default(),
            deposits: super::deposit::DepositState::default(),
            confirmed: (0, 0),
            outcome: WindowOutcome::default(),
            decided: None,
            awaited_until: None,
            known: 0,
            bound: None,
            already_did: 0,
            checked_in: (0, 0),
            did: (0, 0),
            didnt: (0, 0),
            of: None,
            answer_of: None,
            said: vec![],
            answer: None,
            settled: None,
            held: zero(),
            paid_out: zero(),
            forfeits: zero(),
        }
    }

    /// Schedule and windows.
    #[must_use]
    pub fn timeline(&self) -> Timeline {
        Timeline {
            schedule: self.terms.schedule.into(),
            binding: self.kind.binding(),
            lock: self.terms.lock,
            confirm: self.terms.confirm_window.unwrap_or(0),
            act_window: self.terms.act_window,
            report_window: self.terms.report_window,
            judged: self.judged(),
        }
    }

    /// What is judged after the report window.
    #[must_use]
    pub fn judged(&self) -> Judged {
        judging::judged(&self.terms, self.of)
    }

    /// Whether all stakes stand or fall together.
    #[must_use]
    pub const fn is_collective(&self) -> bool {
        matches!(self.terms.fulfilment, Fulfilment::Collective {})
    }

    /// Whether check-ins can be challenged.
    #[must_use]
    pub const fn is_challengeable(&self) -> bool {
        matches!(self.terms.fulfilment, Fulfilment::Challengeable { .. })
    }

    /// One person's stake.
    #[must_use]
    pub fn stake(&self) -> u128 {
        self.terms.stake.as_ref().map_or(0, |s| {
            cosmwasm_std::Uint128::try_from(s.coin.amount).map_or(u128::MAX, |a| a.u128())
        })
    }

    /// So many units in coins; 0 where it counts people.
    #[must_use]
    pub fn coins(&self, units: u32) -> u128 {
        let min = self.terms.coins().map_or(0, |c| c.min.u128());
        min.saturating_mul(u128::from(units))
    }

    /// Whether attestors answer about it as a whole: then events tell every answer.
    #[must_use]
    pub fn is_told(&self) -> bool {
        let by = self.terms.outcome.as_ref().map(|terms| &terms.by);
        matches!(by, Some(OutcomeBy::Attested { .. }))
    }

    /// What went back of so many bound units, if anything did.
    #[must_use]
    pub fn coins_back(&self, units: u32) -> Option<u128> {
        let (_, each) = self.returned.as_ref()?;
        each.parse::<u128>().ok()?.checked_mul(units.into())
    }

    /// The parts of the whole that wait for an answer each, in hundredths of a percent.
    #[must_use]
    pub fn parts(&self) -> &[u16] {
        match self.terms.coins().and_then(|c| c.release.as_ref()) {
            None | Some(ReleaseTerms::OnActivation {}) => &[],
            Some(ReleaseTerms::OnSuccess {}) => &[10_000],
            Some(ReleaseTerms::Tranches { parts }) => parts,
        }
    }

    /// The denom of what lies here, if anything can.
    #[must_use]
    pub fn denom(&self) -> Option<&str> {
        let stake = self.terms.stake.as_ref().map(|s| s.coin.denom.as_str());
        let deposit = self.terms.outcome.as_ref().and_then(|o| o.deposit.as_ref());
        let deposit = deposit.map(|c| c.denom.as_str());
        stake
            .or(deposit)
            .or(self.terms.coins().map(|c| c.denom.as_str()))
    }

    /// Whether only attestors decide.
    #[must_use]
    pub fn is_attested(&self) -> bool {
        matches!(self.terms.fulfilment, Fulfilment::Attested { .. })
    }

    /// The class of a bound pledge once its reports are in.
    #[must_use]
    pub fn class(&self, deed: &Deed) -> Class {
        if self.is_collective() {
            return match self.answer {
                Some((Answer::Yes, _)) => Class::Kept,
                Some((Answer::No, _)) => Class::Broken,
                Some((Answer::Unresolved, _)) | None => Class::Excused,
            };
        }
        match (self.is_attested(), deed.outcome) {
            (false, _) if deed.checked_in => Class::Kept,
            (false, _) | (_, Some(Outcome::Didnt)) => Class::Broken,
            (_, Some(Outcome::Did)) => Class::Kept,
            (_, Some(Outcome::Excused) | None) => Class::Excused,
        }
    }
}
