//! The JSON that REST and the streams speak: types of its own, so that the read model can change
//! without the interface changing with it.

use cosmwasm_std::Coin as ChainCoin;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::read::types as read;

/// The moment at which an answer is true.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct View {
    /// The chain that was read.
    pub chain_id: String,
    /// Height of the last indexed block.
    pub height: u64,
    /// Time of that block, Unix seconds.
    pub time: u64,
}

impl From<read::View> for View {
    fn from(v: read::View) -> Self {
        Self {
            chain_id: v.chain_id,
            height: v.height,
            time: v.time,
        }
    }
}

/// Native coins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Coin {
    /// The denom.
    pub denom: String,
    /// A decimal number of the smallest unit.
    pub amount: String,
}

impl From<ChainCoin> for Coin {
    fn from(c: ChainCoin) -> Self {
        Self {
            denom: c.denom,
            amount: c.amount.to_string(),
        }
    }
}

/// Each as it is written here.
pub(super) fn coins<C: From<ChainCoin>>(list: Vec<ChainCoin>) -> Vec<C> {
    list.into_iter().map(C::from).collect()
}

/// A cause and the moment.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct CauseAnswer {
    /// The cause.
    #[serde(flatten)]
    pub cause: super::types_cause::Cause,
    /// As of when.
    pub view: View,
}

/// A page of causes.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct CausesAnswer {
    /// By number.
    pub causes: Vec<super::types_cause::Cause>,
    /// Empty on the last page.
    pub next_page_token: String,
    /// As of when.
    pub view: View,
}

/// A page of pledges.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct PledgesAnswer {
    /// By action.
    pub pledges: Vec<Pledge>,
    /// Empty on the last page.
    pub next_page_token: String,
    /// As of when.
    pub view: View,
}

/// A person's conditional promise.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Pledge {
    /// The action.
    pub action: u64,
    /// Its cause.
    pub cause: u64,
    /// Whose.
    pub address: String,
    /// How many others must be in.
    pub needs_others: u32,
    /// `standing`, `bound`, `kept`, `broken`, `excused`, `released`, `claimed` or `withdrawn`.
    pub status: String,
    /// Where the action counts coins.
    pub coins: Option<PledgeCoins>,
    /// Whether a stake was given.
    pub staked: bool,
    /// That stake.
    pub stake: Option<Coin>,
    /// "I did it".
    pub checked_in: bool,
    /// Confirmed, in the window that is open or by which it was bound.
    pub confirmed: bool,
    /// `did`, `didnt`, `excused` or null.
    pub outcome: Option<String>,
    /// Who brought the person here, as they said.
    pub referrer: Option<String>,
    /// The challenge of the check-in: `pending`, `stands`, `fell` or null.
    pub challenge: Option<String>,
    /// Who brought it before a jury.
    pub challenger: Option<String>,
    /// What a claim would send now; null where it would be refused.
    pub claimable: Option<Vec<Coin>>,
    /// Unix seconds from which it may be claimed, where time alone stands between.
    pub claimable_at: Option<u64>,
    /// What was paid.
    pub paid: Vec<Coin>,
    /// What was given with the check-in. Shown, never fetched.
    pub evidence: Option<Evidence>,
    /// The block of the pledge.
    pub height: u64,
    /// Its time, Unix seconds.
    pub time: u64,
    /// Until when the attestations that let it in hold, Unix seconds; it stands beyond that.
    pub attested_until: Option<u64>,
    /// Who sent it, where the person only signed it.
    pub sponsor: Option<String>,
}

/// A pledge of coins.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct PledgeCoins {
    /// What was pledged.
    pub amount: Coin,
    /// The same in units of the action's `min`.
    pub units: u32,
    /// The least sum of all, in units, on which it is given.
    pub total_at_least: u32,
}

/// Where a picture or document is.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Evidence {
    /// Its address.
    pub url: String,
    /// Its SHA-256, hex.
    pub sha256: String,
}

/// The word of an outcome.
pub(super) const fn outcome(o: read::Outcome) -> &'static str {
    match o {
        read::Outcome::Did => "did",
        read::Outcome::Didnt => "didnt",
        read::Outcome::Excused => "excused",
    }
}

impl From<read::Pledge> for Pledge {
    fn from(p: read::Pledge) -> Self {
        Self {
            action: p.action,
            cause: p.cause,
            address: p.address,
            needs_others: p.needs_others,
            status: p.status.as_str().into(),
            coins: p.coins.map(|c| PledgeCoins {
                amount: c.amount.into(),
                units: c.units,
                total_at_least: c.total_at_least,
            }),
            staked: p.staked,
            stake: p.stake.map(Into::into),
            checked_in: p.checked_in,
            confirmed: p.confirmed,
            outcome: p.outcome.map(|o| outcome(o).into()),
            referrer: p.referrer,
            challenge: p.challenge.map(|c| c.as_str().into()),
            challenger: p.challenger,
            claimable: p.claimable.map(coins),
            claimable_at: p.claimable_at,
            paid: coins(p.paid),
            evidence: p.evidence.map(|(url, sha256)| Evidence { url, sha256 }),
            height: p.height,
            time: p.time,
            attested_until: p.attested_until,
            sponsor: p.sponsor,
        }
    }
}

/// Everything of one address.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct PersonAnswer {
    /// The address.
    pub address: String,
    /// All pledges, withdrawn ones too.
    pub pledges: Vec<Pledge>,
    /// The sum of what may be claimed now.
    pub claimable: Vec<Coin>,
    /// From attested actions.
    pub standing: Standing,
    /// Actions in which this address attests.
    pub attests: Vec<u64>,
    /// Causes that it started.
    pub created: Vec<u64>,
    /// Its ballots that stand, by cause.
    pub ballots: Vec<super::types_deliberation::Ballot>,
    /// Proposals that it seconds, by cause.
    pub seconded: Vec<super::types_deliberation::Seconded>,
    /// As of when.
    pub view: View,
}

impl PersonAnswer {
    pub(super) fn new(p: read::Person, view: read::View) -> Self {
        let s = p.standing;
        Self {
            address: p.address,
            pledges: p.pledges.into_iter().map(Into::into).collect(),
            claimable: coins(p.claimable),
            standing: Standing {
                kept: s.kept,
                broken: s.broken,
                unreported: s.unreported,
                pending: s.pending,
                referred_kept: s.referred_kept,
            },
            attests: p.attests,
            created: p.created,
            ballots: p.ballots.into_iter().map(Into::into).collect(),
            seconded: p.seconded.into_iter().map(Into::into).collect(),
            view: view.into(),
        }
    }
}

/// What became of somebody's pledges in attested actions.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Standing {
    /// Attested to have done it.
    pub kept: u32,
    /// Attested not to have.
    pub broken: u32,
    /// Nobody said, or no quorum agreed.
    pub unreported: u32,
    /// Not decided yet.
    pub pending: u32,
    /// Pledges attested to be kept whose person named this one as referrer.
    pub referred_kept: u32,
}

/// How the indexer stands.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct StatusAnswer {
    /// The chain.
    pub chain_id: String,
    /// The last indexed block.
    pub indexed_height: u64,
    /// Its time, Unix seconds.
    pub indexed_time: u64,
    /// The node's last block.
    pub node_height: u64,
    /// How far behind, in seconds; 0 at the head.
    pub lag_seconds: u64,
    /// SHA-256 over all rows as of `state_hash_height`, hex; empty before the first.
    pub state_hash: String,
    /// The indexed height, or of a large database a recent one.
    pub state_hash_height: u64,
    /// By denom.
    pub solvency: Vec<Solvency>,
}

/// What the contract holds and what it owes.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Solvency {
    /// The denom.
    pub denom: String,
    /// In the bank as of `height`; null before the first look.
    pub held: Option<String>,
    /// By the books as of `height`.
    pub owed: String,
    /// The indexed block of the last look into the bank.
    pub height: u64,
}

impl From<read::Status> for StatusAnswer {
    fn from(s: read::Status) -> Self {
        let solvency = |s: read::Solvency| Solvency {
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
