//! Causes and actions in JSON.

use muster_schema::causes::StakeRule;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::types::{Coin, coins};
use crate::read::types as read;

/// A stated aim with its actions.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Cause {
    /// Its number.
    pub id: u64,
    /// Who started it.
    pub creator: String,
    /// Its name.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// BCP 47 tag.
    pub language: String,
    /// The frozen text.
    pub text: String,
    /// SHA-256 of the text, hex.
    pub text_hash: String,
    /// SHA-256 of the whole definition, hex.
    pub definition_hash: String,
    /// Where it is about.
    pub place: Option<Place>,
    /// What it is about.
    pub tags: Vec<String>,
    /// Who is outside the circle, and what it does to them.
    pub harm_note: String,
    /// `until_first_pledge`, `until_lock` or `never`.
    pub cancel: String,
    /// Whether that happened.
    pub cancelled: bool,
    /// The block that created it.
    pub created_height: u64,
    /// Its time, Unix seconds.
    pub created_at: u64,
    /// The fee on forfeits, hundredths of a percent.
    pub fee_bps: u16,
    /// The campaign fund.
    pub fund: Vec<Coin>,
    /// The last block that changed anything of it, time included.
    pub changed_height: u64,
    /// In the order of the definition.
    pub actions: Vec<Action>,
}

/// A place on Earth.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Place {
    /// As people say it.
    pub label: String,
    /// ISO 3166-1 alpha-2 or ISO 3166-2.
    pub country: String,
    /// Millionths of a degree.
    pub latitude: Option<i32>,
    /// Millionths of a degree.
    pub longitude: Option<i32>,
}

/// Something people pledge to do.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Action {
    /// Its number.
    pub id: u64,
    /// Shown on its counter.
    pub label: String,
    /// What exactly one does.
    pub description: String,
    /// What it counts: `people`.
    pub unit: String,
    /// The least number of people.
    pub goal: u32,
    /// When it activates.
    pub schedule: Schedule,
    /// Seconds before the close without withdrawals.
    pub lock: u64,
    /// Seconds to act in.
    pub act_window: u64,
    /// Seconds to report in.
    pub report_window: u64,
    /// The stake of one person.
    pub stake: Option<Coin>,
    /// Whether one may pledge only with it.
    pub stake_required: bool,
    /// `honor` or `attested`.
    pub fulfilment: String,
    /// Of `attested`.
    pub attestors: Vec<String>,
    /// Of `attested`: how many must agree; 0 otherwise.
    pub quorum: u8,
    /// `cooperators`, `address`, `everybody`, or null without a stake.
    pub forfeits_to: Option<String>,
    /// Of `address`.
    pub forfeits_address: Option<String>,
    /// Pledges that stand.
    pub pledged: u32,
    /// K* as of now, active or not.
    pub committed: u32,
    /// One of the eleven words.
    pub phase: String,
    /// Whether a committed set is bound.
    pub active: bool,
    /// Unix seconds, as all moments here.
    pub activated_at: Option<u64>,
    /// Since when K* > 0 without a break.
    pub ready_since: Option<u64>,
    /// When acting begins.
    pub act_from: Option<u64>,
    /// When reporting begins.
    pub report_from: Option<u64>,
    /// When the totals can be fixed.
    pub settled_from: Option<u64>,
    /// When time alone will next change the phase.
    pub next_boundary: Option<u64>,
    /// How many more people who need nobody beyond the goal would enlarge the committed set.
    pub tips_with: Option<u32>,
    /// How many pledges stand at each threshold, rising.
    pub curve: Vec<Bucket>,
    /// Whether settling has fixed the totals.
    pub totals_fixed: bool,
    /// What it fixed.
    pub totals: Option<Totals>,
    /// People who had done it before.
    pub already_did: u32,
    /// Bound people who checked in.
    pub checked_in: u32,
    /// Bound people known to have done it.
    pub kept: u32,
    /// Bound people known not to have.
    pub broken: u32,
    /// What lies here, all of it owed.
    pub held: Vec<Coin>,
    /// What it has paid.
    pub paid_out: Vec<Coin>,
}

/// When an action activates.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Schedule {
    /// `at_close`, `at_trigger` or `rolling`.
    pub kind: String,
    /// Unix seconds; null where it waits for ever.
    pub pledge_until: Option<u64>,
    /// Seconds, of `at_trigger`.
    pub hold: Option<u64>,
}

/// Pledges with one threshold.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Bucket {
    /// max(needs_others + 1, goal).
    pub threshold: u32,
    /// How many.
    pub pledges: u32,
}

/// What settling fixed; amounts in the denom of the stake.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Totals {
    /// Bound with a stake, and kept.
    pub cooperators: u32,
    /// Bound with a stake, and broken.
    pub broken: u32,
    /// Bound with a stake, and excused.
    pub excused: u32,
    /// What each broken pledge loses.
    pub forfeit_each: String,
    /// The keeper's part of it.
    pub keeper_each: String,
    /// What each sharer gains.
    pub share_each: String,
    /// What the named address gets.
    pub to_address: String,
    /// The fee.
    pub fee: String,
    /// What rounding left for the campaign fund.
    pub remainder: String,
}

impl From<read::Cause> for Cause {
    fn from(c: read::Cause) -> Self {
        Self {
            id: c.id,
            creator: c.creator,
            title: c.title,
            summary: c.summary,
            language: c.language,
            text: c.text,
            text_hash: c.text_hash,
            definition_hash: c.definition_hash,
            place: c.place.map(|p| Place {
                label: p.label,
                country: p.country,
                latitude: p.latitude,
                longitude: p.longitude,
            }),
            tags: c.tags,
            harm_note: c.harm_note,
            cancel: match c.cancel {
                read::CancelRule::UntilFirstPledge => "until_first_pledge",
                read::CancelRule::UntilLock => "until_lock",
                read::CancelRule::Never => "never",
            }
            .into(),
            cancelled: c.cancelled,
            created_height: c.created_height,
            created_at: c.created_at,
            fee_bps: c.fee_bps,
            fund: coins(c.fund),
            changed_height: c.changed_height,
            actions: c.actions.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<read::Schedule> for Schedule {
    fn from(s: read::Schedule) -> Self {
        let (kind, pledge_until, hold) = match s {
            read::Schedule::AtClose { pledge_until } => ("at_close", Some(pledge_until), None),
            read::Schedule::AtTrigger { hold, pledge_until } => {
                ("at_trigger", pledge_until, Some(hold))
            }
            read::Schedule::Rolling { pledge_until } => ("rolling", Some(pledge_until), None),
        };
        Self {
            kind: kind.into(),
            pledge_until,
            hold,
        }
    }
}

impl From<read::Settled> for Totals {
    fn from(s: read::Settled) -> Self {
        Self {
            cooperators: s.cooperators,
            broken: s.broken,
            excused: s.excused,
            forfeit_each: s.forfeit_each.to_string(),
            keeper_each: s.keeper_each.to_string(),
            share_each: s.share_each.to_string(),
            to_address: s.to_address.to_string(),
            fee: s.fee.to_string(),
            remainder: s.remainder.to_string(),
        }
    }
}

impl From<read::Action> for Action {
    fn from(a: read::Action) -> Self {
        let stake_required = a
            .stake
            .as_ref()
            .is_some_and(|s| matches!(s.rule, StakeRule::Required));
        let (fulfilment, attestors, quorum) = match a.fulfilment {
            read::Fulfilment::Honor {} => ("honor", Vec::new(), 0),
            read::Fulfilment::Attested { attestors, quorum } => ("attested", attestors, quorum),
        };
        let (forfeits_to, forfeits_address) = match a.forfeits_to {
            None => (None, None),
            Some(read::ForfeitsTo::Cooperators {}) => (Some("cooperators".into()), None),
            Some(read::ForfeitsTo::Address { address }) => (Some("address".into()), Some(address)),
            Some(read::ForfeitsTo::Everybody {}) => (Some("everybody".into()), None),
        };
        Self {
            id: a.id,
            label: a.label,
            description: a.description,
            unit: "people".into(),
            goal: a.goal,
            schedule: a.schedule.into(),
            lock: a.lock,
            act_window: a.act_window,
            report_window: a.report_window,
            stake: a.stake.map(|s| s.coin.into()),
            stake_required,
            fulfilment: fulfilment.into(),
            attestors,
            quorum,
            forfeits_to,
            forfeits_address,
            pledged: a.pledged,
            committed: a.committed,
            phase: a.phase.as_str().into(),
            active: a.active,
            activated_at: a.activated_at,
            ready_since: a.ready_since,
            act_from: a.act_from,
            report_from: a.report_from,
            settled_from: a.settled_from,
            next_boundary: a.next_boundary,
            tips_with: a.tips_with,
            curve: a
                .curve
                .into_iter()
                .map(|(threshold, pledges)| Bucket { threshold, pledges })
                .collect(),
            totals_fixed: a.totals_fixed,
            totals: a.totals.map(Into::into),
            already_did: a.already_did,
            checked_in: a.checked_in,
            kept: a.kept,
            broken: a.broken,
            held: coins(a.held),
            paid_out: coins(a.paid_out),
        }
    }
}
