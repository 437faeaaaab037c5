//! The contracts' own JSON against `serde_json` on the same types: what is written is the same to
//! the byte, what is read is the same value, and what one refuses the other refuses too.

mod generate;
mod refuse;

use std::collections::BTreeSet;

use cosmwasm_std::{HexBinary, Uint128};
use muster_schema::causes::*;
use muster_schema::json::{Empty, Read, Write, base64, from_json, hex, to_json};
use muster_schema::layout::ContractVersion;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use generate::*;

fn theirs<T: DeserializeOwned>(json: &[u8]) -> Option<T> {
    serde_json::from_slice(json).ok()
}

fn reads_the_same<T>(value: &T)
where
    T: Serialize + DeserializeOwned + Read + Empty + PartialEq + std::fmt::Debug,
{
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(
        from_json::<T>(json.as_bytes()).as_ref(),
        Ok(value),
        "{json}"
    );
    let spaced = serde_json::to_string_pretty(value).unwrap();
    assert_eq!(from_json::<T>(spaced.as_bytes()).as_ref(), Ok(value));
}

fn writes_the_same<T: Serialize + Write>(value: &T) {
    assert_eq!(to_json(value), serde_json::to_string(value).unwrap());
}

/// One byte taken out, put in or changed, or a piece twice.
#[derive(Clone, Debug)]
struct Slip {
    kind: u8,
    at: Index,
    to: Index,
    byte: u8,
}

fn slip() -> impl Strategy<Value = Slip> {
    let bytes = br#"{}[]":,\u0d8f 019-+.eEntsr/b"#.to_vec();
    let byte = prop_oneof![9 => select(bytes), 1 => any::<u8>()];
    (0..4_u8, any::<Index>(), any::<Index>(), byte).prop_map(|(kind, at, to, byte)| Slip {
        kind,
        at,
        to,
        byte,
    })
}

impl Slip {
    fn make(&self, json: &mut Vec<u8>) {
        let at = self.at.index(json.len());
        match self.kind {
            0 => drop(json.remove(at)),
            1 => json.insert(at, self.byte),
            2 => json[at] = self.byte,
            _ => {
                let to = self.to.index(json.len()).max(at);
                let piece = json[at..to].to_vec();
                json.splice(at..at, piece);
            }
        }
    }
}

/// Whatever the slip made of it: both read the same value, or both refuse. Where they may differ:
/// a misspelt or misplaced field, which the schema forbids and `serde` overlooks; and `+` before a number in
/// quotes, which only Rust's own parser takes.
fn judges_the_same<T>(json: &[u8], words: &BTreeSet<String>)
where
    T: DeserializeOwned + Read + Empty + PartialEq + std::fmt::Debug,
{
    let shown = String::from_utf8_lossy(json);
    match (from_json::<T>(json), theirs::<T>(json)) {
        (Ok(ours), theirs) => assert_eq!(Some(ours), theirs, "{shown}"),
        (Err(_), None) => {}
        (Err(bad), Some(_)) => {
            let misspelt = fields(json).is_none_or(|names| !names.is_subset(words));
            assert!(
                misspelt || shown.contains("\"+"),
                "refused with {bad}: {shown}"
            );
        }
    }
}

/// All fields in it, each by its path: a name that is known elsewhere is a stranger here. `None`:
/// `serde` overlooked a field whose content is no JSON.
fn fields(json: &[u8]) -> Option<BTreeSet<String>> {
    fn collect(value: &Value, path: &str, into: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| {
                let path = format!("{path}.{name}");
                collect(value, &path, into);
                into.insert(path);
            }),
            Value::Array(all) => all.iter().for_each(|value| collect(value, path, into)),
            _ => {}
        }
    }
    let mut into = BTreeSet::new();
    collect(&serde_json::from_slice(json).ok()?, "", &mut into);
    Some(into)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn messages_are_read_the_same(m in message(), q in question(), slips in [slip(), slip()]) {
        reads_the_same(&m);
        reads_the_same(&q);
        let (mut m, mut q) = (serde_json::to_vec(&m).unwrap(), serde_json::to_vec(&q).unwrap());
        let words = &fields(&m).unwrap() | &fields(&q).unwrap();
        for slip in slips {
            slip.make(&mut m);
            slip.make(&mut q);
            judges_the_same::<ExecuteMsg>(&m, &words);
            judges_the_same::<QueryMsg>(&q, &words);
        }
    }

    #[test]
    fn definitions_are_written_the_same(c in cause()) {
        reads_the_same(&c);
        writes_the_same(&c);
        prop_assert_eq!(event::CauseCreated::definition_json(&c), to_json(&c));
    }

    #[test]
    fn what_is_signed_is_written_the_same(d in does()) {
        writes_the_same(&d);
    }

    #[test]
    fn small_things_are_the_same(t in text(), s in text(), b in any::<Vec<u8>>(), n in any::<u128>()) {
        writes_the_same(&t);
        writes_the_same(&Uint128::new(n));
        prop_assert_eq!(hex(&b), HexBinary::from(b.clone()).to_hex());
        prop_assert_eq!(base64(&b), cosmwasm_std::Binary::from(b).to_base64());
        let version = ContractVersion { contract: t.clone(), version: s.clone() };
        let theirs = cosmwasm_std::to_json_string(&serde_json::json!({"contract": t, "version": s}));
        prop_assert_eq!(to_json(&version), theirs.unwrap());
    }

    #[test]
    fn answers_are_written_the_same(
        (t, u) in (text(), text()),
        (a, b, c) in (any::<u64>(), any::<u32>(), of(any::<u64>())),
        (flag, coins, n) in (any::<bool>(), prop::collection::vec(coin(), 0..3), any::<u128>()),
        (schedule, stake, fulfilment, forfeits, gate, outcome_terms) in
            (schedule(), of(stake()), fulfilment(), of(forfeits_to()), of(gate()), outcome()),
        (which, definition) in (any::<Index>(), action().boxed()),
    ) {
        let n = Uint128::new(n);
        let floors = WindowFloors { report: a, hold: a, lock: a, confirm: a };
        let maybe = flag.then(|| u.clone());
        writes_the_same(&Config {
            owner: maybe.clone(), pending_owner: maybe, treasury: t.clone(), fee_bps: 1, floors,
        });
        let rules = [CancelRule::UntilFirstPledge, CancelRule::UntilLock, CancelRule::Never];
        let cause = CauseResponse {
            id: a, creator: t.clone(), title: u.clone(), text_hash: t.clone(),
            definition_hash: u.clone(), created_at: a, cancel: *which.get(&rules),
            cancelled: flag, fee_bps: 500, actions: vec![a, 0, 7], fund: coins.clone(),
        };
        writes_the_same(&CausesResponse { causes: vec![cause.clone(), cause] });
        let totals = Totals {
            cooperators: b, broken: b, excused: b, forfeit_each: n, keeper_each: n,
            share_each: n, to_address: n, fee: n, remainder: n,
        };
        writes_the_same(&ActionResponse {
            id: a, cause: a, label: t.clone(), goal: b, max: flag.then_some(b), gate, schedule, lock: a, bundled: flag, confirm_window: c, act_window: a,
            report_window: a, stake, fulfilment, forfeits_to: forfeits, pledged: b, committed: b, confirming: flag.then_some(ConfirmingResponse { from: a, until: a, confirmed: b, survives: flag.then_some(b) }),
            phase: u.clone(), active: flag, activated_at: c, requires: vec![a], waits_for: flag.then(|| t.clone()), ready_since: c, already_did: b,
            checked_in: b, kept: b, broken: b, totals: flag.then_some(totals),
            held: coins.first().cloned(),
            coins: coins.first().map(|min| ActionCoins {
                min: min.clone(), beneficiary: u.clone(), document_bps: 7,
                document_recipient: flag.then(|| t.clone()), people: b, released: b,
                release: ReleaseTerms::Tranches { parts: vec![7, 500] }, tranches_released: 7,
                returned: flag.then_some(CoinsReturned { from: 7, each_unit: n }),
            }),
            challenge_until: c,
            deposits: coins.first().map(|each| DepositsResponse {
                each: each.clone(), undecided: b, own: b, round: 2,
                classes: vec![ClassResponse {
                    kind: u.clone(), count: b, gain: 7u128.into(), loss: 8u128.into(),
                }],
            }),
            outcome: flag.then(|| OutcomeResponse {
                terms: outcome_terms, answer: flag.then_some(Answer::No), asked: flag, judge_by: c,
                answer_by: c,
            }),
        });
        let bucket = BucketResponse { threshold: b, pledges: b };
        let tips_with = flag.then_some(b);
        writes_the_same(&CurveResponse { buckets: vec![bucket.clone(), bucket], tips_with });
        let statuses = [
            PledgeStatus::Standing, PledgeStatus::Bound, PledgeStatus::Released,
            PledgeStatus::Claimed,
        ];
        let outcomes = [None, Some(Outcome::Did), Some(Outcome::Didnt), Some(Outcome::Excused)];
        let pledge = PledgeResponse {
            action: a, person: t.clone(), needs_others: b, staked: flag, confirmed: flag, checked_in: flag,
            challenge: flag.then(|| ChallengeResponse {
                status: ChallengeStatus::Fell, challenger: u.clone(),
            }),
            outcome: *which.get(&outcomes), status: *which.get(&statuses),
            referrer: flag.then(|| u.clone()),
            coins: coins.first().map(|amount| PledgeCoins {
                amount: amount.clone(), units: b, total_at_least: b,
            }),
        };
        writes_the_same(&FundResponse {
            cause: a, coins: coins.clone(), to: flag.then(|| u.clone()), until: c, ended: flag,
        });
        let entry = RegistryEntry { person: u.clone(), words: u.clone(), up: b, down: b };
        writes_the_same(&RegistryResponse { entries: vec![entry], last: flag.then(|| u.clone()) });
        writes_the_same(&PledgesResponse { pledges: vec![pledge] });
        let margins = vec![i32::MIN, 0, b as i32];
        let alternative = AlternativeResponse { action: a, score: a, fives: b, margins };
        writes_the_same(&DeliberationResponse {
            alternatives: vec![alternative], propose_until: c, places_left: 1, score_until: a,
            ballots: b, chosen: c, runner_up: c,
        });
        let proposal = ProposalResponse {
            proposal: b, proposer: t.clone(), definition, seconders: 5, action: c,
        };
        writes_the_same(&ProposalsResponse { proposals: vec![proposal] });
        writes_the_same(&BallotResponse { scores: flag.then(|| vec![0, 5]) });
        writes_the_same(&ClaimableResponse { coins: flag.then(|| coins.clone()), claimable_at: c });
        writes_the_same(&SequenceResponse { next: a });
        writes_the_same(&StandingResponse { kept: b, broken: b, unreported: b, referred_kept: b });
        let owed = coins.iter().cloned();
        let actions = owed.clone().map(|owed| OwedByAction { action: a, owed }).collect();
        let causes = owed.map(|owed| OwedByCause { cause: a, owed }).collect();
        writes_the_same(&SolvencyResponse { actions, causes, fees: coins, last: c });
    }
}

#[test]
fn every_message_at_instantiation_and_migration() {
    let floors = WindowFloors {
        report: 1,
        hold: u64::MAX,
        lock: 0,
        confirm: 3,
    };
    let (owner, treasury) = ("a".to_owned(), "\u{1f980}".to_owned());
    let fee_bps = u16::MAX;
    reads_the_same(&InstantiateMsg {
        owner,
        treasury,
        fee_bps,
        floors,
    });
    reads_the_same(&MigrateMsg {});
}
