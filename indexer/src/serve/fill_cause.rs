//! Causes and actions in JSON, filled from the read model.

use muster_schema::causes::StakeRule;

use super::fill_gate;
use super::types::coins;
use super::types_cause::{
    Action, ActionCoins, Bonus, Bucket, Cause, Confirming, FundMove, Place, RegistryEntry, Related,
    Schedule, Totals, Tranche,
};
use crate::read::types as read;

impl From<read::Related> for Related {
    fn from(r: read::Related) -> Self {
        Self {
            kind: r.kind,
            cause: r.cause,
        }
    }
}

impl From<read::Bonus> for Bonus {
    fn from(b: read::Bonus) -> Self {
        Self {
            sponsor: b.sponsor,
            per_pledge: b.per_pledge.to_string(),
            before: b.before,
            fund: b.fund.to_string(),
            eligible: b.eligible,
            each: b.each.to_string(),
            rest: b.rest.to_string(),
        }
    }
}

impl From<read::RegistryEntry> for RegistryEntry {
    fn from(e: read::RegistryEntry) -> Self {
        Self {
            person: e.person,
            words: e.words,
            up: e.up,
            down: e.down,
            actions: e.actions,
            time: e.time,
        }
    }
}

impl From<read::FundMove> for FundMove {
    fn from(m: read::FundMove) -> Self {
        Self {
            kind: m.kind,
            person: m.person,
            coin: m.coin.into(),
            memo: m.memo,
            time: m.time,
        }
    }
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
            relation: c.relation.map(Into::into),
            related: c.related.into_iter().map(Into::into).collect(),
            deliberation: c.deliberation.map(Into::into),
            fund: coins(c.fund),
            fund_to: c.fund_to,
            fund_until: c.fund_until,
            fund_moves: c.fund_moves.into_iter().map(Into::into).collect(),
            registry: c.registry.into_iter().map(Into::into).collect(),
            changed_height: c.changed_height,
            actions: c.actions.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<read::ActionCoins> for ActionCoins {
    fn from(c: read::ActionCoins) -> Self {
        Self {
            min: c.min.into(),
            beneficiary: c.beneficiary,
            document: c.document.map(Into::into),
            people: c.people,
            released_units: c.released_units,
            goal: c.goal.into(),
            pledged: c.pledged.into(),
            committed: c.committed.into(),
            released: c.released.into(),
            release: c.release.as_str().into(),
            tranches: c.tranches.into_iter().map(Into::into).collect(),
            returned_each: c.returned_each.map(Into::into),
        }
    }
}

impl From<read::Tranche> for Tranche {
    fn from(t: read::Tranche) -> Self {
        Self {
            bps: t.bps,
            amount: t.amount.into(),
            state: t.state.as_str().into(),
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
            read::Fulfilment::Challengeable { .. } => ("challengeable", Vec::new(), 0),
            read::Fulfilment::Collective {} => ("collective", Vec::new(), 0),
        };
        let (forfeits_to, forfeits_address) = match a.forfeits_to {
            None => (None, None),
            Some(read::ForfeitsTo::Cooperators {}) => (Some("cooperators".into()), None),
            Some(read::ForfeitsTo::Address { address }) => (Some("address".into()), Some(address)),
            Some(read::ForfeitsTo::Everybody {}) => (Some("everybody".into()), None),
        };
        Self {
            id: a.id,
            cause: a.cause,
            label: a.label,
            description: a.description,
            unit: if a.coins.is_some() { "coins" } else { "people" }.into(),
            goal: a.goal,
            max: a.max,
            gate: a.gate.map(|gate| fill_gate::rest(gate, a.id)),
            coins: a.coins.map(Into::into),
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
            bundled: a.bundled,
            confirm_window: a.confirm_window,
            confirming: a.confirming.map(|c| Confirming {
                from: c.from,
                until: c.until,
                confirmed: c.confirmed,
                survives: c.survives,
            }),
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
            requires: a.requires,
            waits_for: a.waits_for,
            bonus: a.bonus.map(Into::into),
            takes_pledges: a.takes_pledges,
            by_message: a.by_message,
            grace_until: a.grace_until,
            can_activate: a.can_activate,
            totals_fixed: a.totals_fixed,
            totals: a.totals.map(Into::into),
            already_did: a.already_did,
            checked_in: a.checked_in,
            kept: a.kept,
            broken: a.broken,
            held: coins(a.held),
            paid_out: coins(a.paid_out),
            judging: a.judging.map(Into::into),
            saving: a.saving.map(Into::into),
        }
    }
}
