//! Campaign funds and registries in the words of `muster.v1`.

use super::grpc::pb;
use crate::read::types as read;

impl From<read::FundMove> for pb::FundMove {
    fn from(m: read::FundMove) -> Self {
        let kind = match m.kind.as_str() {
            "gift" => pb::FundMoveKind::Gift,
            "spend" => pb::FundMoveKind::Spend,
            "sweep" => pb::FundMoveKind::Sweep,
            _ => pb::FundMoveKind::Unspecified,
        };
        Self {
            kind: kind.into(),
            person: m.person,
            coin: Some(m.coin.into()),
            memo: m.memo,
            time: m.time,
        }
    }
}

impl From<read::Bonus> for pb::Bonus {
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

impl From<read::RegistryEntry> for pb::RegistryEntry {
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
