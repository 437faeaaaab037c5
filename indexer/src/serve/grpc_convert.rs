//! The read model in the words of `muster.v1`.

use cosmwasm_std::Coin as ChainCoin;
use muster_schema::causes::StakeRule;

use super::fill_gate;
use super::grpc::pb;
use crate::read::types as read;

impl From<read::View> for pb::View {
    fn from(v: read::View) -> Self {
        Self {
            chain_id: v.chain_id,
            height: v.height,
            time: v.time,
        }
    }
}

impl From<ChainCoin> for pb::Coin {
    fn from(c: ChainCoin) -> Self {
        Self {
            denom: c.denom,
            amount: c.amount.to_string(),
        }
    }
}

use super::types::coins;

impl From<read::Related> for pb::Related {
    fn from(r: read::Related) -> Self {
        let kind = match r.kind.as_str() {
            "follows" => pb::RelationKind::Follows,
            "fork_of" => pb::RelationKind::ForkOf,
            "counter_to" => pb::RelationKind::CounterTo,
            _ => pb::RelationKind::Unspecified,
        };
        Self {
            kind: kind.into(),
            cause: r.cause,
        }
    }
}

impl From<read::Cause> for pb::Cause {
    fn from(c: read::Cause) -> Self {
        let cancel = match c.cancel {
            read::CancelRule::UntilFirstPledge => pb::CancelRule::UntilFirstPledge,
            read::CancelRule::UntilLock => pb::CancelRule::UntilLock,
            read::CancelRule::Never => pb::CancelRule::Never,
        };
        Self {
            id: c.id,
            creator: c.creator,
            title: c.title,
            summary: c.summary,
            language: c.language,
            text: c.text,
            text_hash: c.text_hash,
            definition_hash: c.definition_hash,
            place: c.place.map(|p| pb::Place {
                label: p.label,
                country: p.country,
                latitude: p.latitude,
                longitude: p.longitude,
            }),
            tags: c.tags,
            harm_note: c.harm_note,
            cancel: cancel.into(),
            cancelled: c.cancelled,
            created_height: c.created_height,
            created_at: c.created_at,
            fee_bps: c.fee_bps.into(),
            relation: c.relation.map(Into::into),
            deliberation: c.deliberation.map(Into::into),
            related: c.related.into_iter().map(Into::into).collect(),
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

const fn phase(phase: read::Phase) -> pb::Phase {
    match phase {
        read::Phase::Pledging => pb::Phase::Pledging,
        read::Phase::Locked => pb::Phase::Locked,
        read::Phase::Confirming => pb::Phase::Confirming,
        read::Phase::Acting => pb::Phase::Acting,
        read::Phase::Reporting => pb::Phase::Reporting,
        read::Phase::Judging => pb::Phase::Judging,
        read::Phase::Appealing => pb::Phase::Appealing,
        read::Phase::Settled => pb::Phase::Settled,
        read::Phase::Failed => pb::Phase::Failed,
        read::Phase::Cancelled => pb::Phase::Cancelled,
        read::Phase::Dropped => pb::Phase::Dropped,
    }
}

fn schedule(schedule: read::Schedule) -> pb::Schedule {
    let (kind, pledge_until, hold) = match schedule {
        read::Schedule::AtClose { pledge_until } => {
            (pb::ScheduleKind::AtClose, Some(pledge_until), None)
        }
        read::Schedule::AtTrigger { hold, pledge_until } => {
            (pb::ScheduleKind::AtTrigger, pledge_until, Some(hold))
        }
        read::Schedule::Rolling { pledge_until } => {
            (pb::ScheduleKind::Rolling, Some(pledge_until), None)
        }
    };
    pb::Schedule {
        kind: kind.into(),
        pledge_until,
        hold,
    }
}

fn fulfilment(fulfilment: read::Fulfilment) -> pb::Fulfilment {
    let (kind, attestors, quorum) = match fulfilment {
        read::Fulfilment::Honor {} => (pb::FulfilmentKind::Honor, Vec::new(), 0),
        read::Fulfilment::Attested { attestors, quorum } => {
            (pb::FulfilmentKind::Attested, attestors, quorum)
        }
        read::Fulfilment::Challengeable { .. } => (pb::FulfilmentKind::Challengeable, vec![], 0),
        read::Fulfilment::Collective {} => (pb::FulfilmentKind::Collective, vec![], 0),
    };
    pb::Fulfilment {
        kind: kind.into(),
        attestors,
        quorum: quorum.into(),
    }
}

fn forfeits_to(to: read::ForfeitsTo) -> pb::ForfeitsTo {
    let (kind, address) = match to {
        read::ForfeitsTo::Cooperators {} => (pb::ForfeitsToKind::Cooperators, String::new()),
        read::ForfeitsTo::Address { address } => (pb::ForfeitsToKind::Address, address),
        read::ForfeitsTo::Everybody {} => (pb::ForfeitsToKind::Everybody, String::new()),
    };
    pb::ForfeitsTo {
        kind: kind.into(),
        address,
    }
}

fn stake(terms: read::StakeTerms) -> pb::StakeTerms {
    let rule = match terms.rule {
        StakeRule::Optional => pb::StakeRule::Optional,
        StakeRule::Required => pb::StakeRule::Required,
    };
    pb::StakeTerms {
        rule: rule.into(),
        coin: Some(terms.coin.into()),
    }
}

fn totals(s: read::Settled) -> pb::Totals {
    pb::Totals {
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

impl From<read::Confirming> for pb::Confirming {
    fn from(c: read::Confirming) -> Self {
        Self {
            from: c.from,
            until: c.until,
            confirmed: c.confirmed,
            survives: c.survives,
        }
    }
}

fn tranche(t: read::Tranche) -> pb::Tranche {
    pb::Tranche {
        bps: t.bps.into(),
        amount: Some(t.amount.into()),
        state: match t.state {
            read::TrancheState::Waiting => pb::TrancheState::Waiting,
            read::TrancheState::Released => pb::TrancheState::Released,
            read::TrancheState::Returned => pb::TrancheState::Returned,
        }
        .into(),
    }
}

fn coins_for(c: read::ActionCoins) -> pb::ActionCoins {
    pb::ActionCoins {
        min: Some(c.min.into()),
        beneficiary: c.beneficiary,
        document: c.document.map(Into::into),
        people: c.people,
        released_units: c.released_units,
        goal: Some(c.goal.into()),
        pledged: Some(c.pledged.into()),
        committed: Some(c.committed.into()),
        released: Some(c.released.into()),
        release: match c.release {
            read::Release::OnActivation => pb::Release::OnActivation,
            read::Release::OnSuccess => pb::Release::OnSuccess,
            read::Release::Tranches => pb::Release::Tranches,
        }
        .into(),
        tranches: c.tranches.into_iter().map(tranche).collect(),
        returned_each: c.returned_each.map(Into::into),
    }
}

impl From<read::Action> for pb::Action {
    fn from(a: read::Action) -> Self {
        let bucket = |(threshold, pledges)| pb::Bucket { threshold, pledges };
        Self {
            id: a.id,
            cause: a.cause,
            label: a.label,
            description: a.description,
            unit: if a.coins.is_some() {
                pb::Unit::Coins
            } else {
                pb::Unit::People
            }
            .into(),
            goal: a.goal,
            max: a.max,
            gate: a.gate.map(|gate| fill_gate::grpc(gate, a.id)),
            coins: a.coins.map(coins_for),
            schedule: Some(schedule(a.schedule)),
            lock: a.lock,
            act_window: a.act_window,
            report_window: a.report_window,
            stake: a.stake.map(stake),
            fulfilment: Some(fulfilment(a.fulfilment)),
            forfeits_to: a.forfeits_to.map(forfeits_to),
            pledged: a.pledged,
            committed: a.committed,
            phase: phase(a.phase).into(),
            active: a.active,
            activated_at: a.activated_at,
            ready_since: a.ready_since,
            act_from: a.act_from,
            report_from: a.report_from,
            settled_from: a.settled_from,
            next_boundary: a.next_boundary,
            tips_with: a.tips_with,
            curve: a.curve.into_iter().map(bucket).collect(),
            requires: a.requires,
            waits_for: a.waits_for,
            bonus: a.bonus.map(Into::into),
            takes_pledges: a.takes_pledges,
            by_message: a.by_message,
            grace_until: a.grace_until,
            can_activate: a.can_activate,
            bundled: a.bundled,
            confirm_window: a.confirm_window,
            confirming: a.confirming.map(Into::into),
            totals_fixed: a.totals_fixed,
            totals: a.totals.map(totals),
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

impl From<read::Pledge> for pb::Pledge {
    fn from(p: read::Pledge) -> Self {
        let status = match p.status {
            read::PledgeState::Standing => pb::PledgeStatus::Standing,
            read::PledgeState::Bound => pb::PledgeStatus::Bound,
            read::PledgeState::Kept => pb::PledgeStatus::Kept,
            read::PledgeState::Broken => pb::PledgeStatus::Broken,
            read::PledgeState::Excused => pb::PledgeStatus::Excused,
            read::PledgeState::Released => pb::PledgeStatus::Released,
            read::PledgeState::Claimed => pb::PledgeStatus::Claimed,
            read::PledgeState::Withdrawn => pb::PledgeStatus::Withdrawn,
        };
        let outcome = match p.outcome {
            None => pb::Outcome::Unspecified,
            Some(read::Outcome::Did) => pb::Outcome::Did,
            Some(read::Outcome::Didnt) => pb::Outcome::Didnt,
            Some(read::Outcome::Excused) => pb::Outcome::Excused,
        };
        Self {
            action: p.action,
            cause: p.cause,
            address: p.address,
            needs_others: p.needs_others,
            status: status.into(),
            coins: p.coins.map(|c| pb::PledgeCoins {
                amount: Some(c.amount.into()),
                units: c.units,
                total_at_least: c.total_at_least,
            }),
            staked: p.staked,
            stake: p.stake.map(Into::into),
            confirmed: p.confirmed,
            checked_in: p.checked_in,
            outcome: outcome.into(),
            referrer: p.referrer,
            claimable: coins(p.claimable.unwrap_or_default()),
            claimable_at: p.claimable_at,
            paid: coins(p.paid),
            evidence: p.evidence.map(|(url, sha256)| pb::Evidence { url, sha256 }),
            height: p.height,
            time: p.time,
            attested_until: p.attested_until,
            sponsor: p.sponsor,
            challenge: super::judging::challenge(p.challenge).into(),
            challenger: p.challenger,
        }
    }
}

impl From<read::Person> for pb::Person {
    fn from(p: read::Person) -> Self {
        let s = p.standing;
        Self {
            address: p.address,
            pledges: p.pledges.into_iter().map(Into::into).collect(),
            claimable: coins(p.claimable),
            standing: Some(pb::Standing {
                kept: s.kept,
                broken: s.broken,
                unreported: s.unreported,
                pending: s.pending,
                referred_kept: s.referred_kept,
            }),
            attests: p.attests,
            created: p.created,
            ballots: p.ballots.into_iter().map(Into::into).collect(),
            seconded: p.seconded.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<read::Status> for pb::Status {
    fn from(s: read::Status) -> Self {
        let solvency = |s: read::Solvency| pb::Solvency {
            denom: s.denom,
            held: s.held.map(|n| n.to_string()),
            owed: s.owed.to_string(),
            height: s.height,
        };
        Self {
            chain_id: s.chain_id,
            indexed_height: s.indexed_height,
            indexed_time: s.indexed_time,
            node_height: s.node_height,
            lag_seconds: s.lag_seconds,
            state_hash: s.state_hash,
            state_hash_height: s.state_hash_height,
            solvency: s.solvency.into_iter().map(solvency).collect(),
        }
    }
}
