//! Each event's builder and decoder are one another's inverse, and hostile attributes are refused.

use muster_mechanism::answer::Class;
use muster_schema::causes::event::*;
use muster_schema::causes::{Answer, ChallengeStatus, Outcome, Vote};
use muster_schema::layout::verdict::ClassKind;
use proptest::prelude::*;

fn round_trip(event: CausesEvent) {
    let built = event.build();
    let attributes: Vec<_> = built
        .attributes
        .iter()
        .map(|a| (a.key.as_str(), a.value.as_str()))
        .collect();
    let on_chain = format!("wasm-{}", built.ty);
    for kind in [built.ty.as_str(), on_chain.as_str()] {
        let decoded = CausesEvent::decode(&RawEvent {
            kind,
            attributes: &attributes,
        });
        assert_eq!(decoded, Ok(Some(event.clone())));
    }
    // Every attribute that is always there is needed.
    for (i, (key, _)) in attributes.iter().enumerate() {
        let mut fewer = attributes.clone();
        fewer.remove(i);
        let decoded = CausesEvent::decode(&RawEvent {
            kind: &built.ty,
            attributes: &fewer,
        });
        assert_ne!(decoded, Ok(Some(event.clone())), "{key} says nothing");
    }
    let mut newer = attributes.clone();
    newer.push(("v", "2"));
    let decoded = CausesEvent::decode(&RawEvent {
        kind: &built.ty,
        attributes: &newer,
    });
    assert!(matches!(decoded, Err(DecodeError::Version { .. })));
}

#[test]
fn types_are_unique_and_long_enough_for_the_chain() {
    let mut types = CausesEvent::TYPES.to_vec();
    types.sort_unstable();
    types.dedup();
    assert_eq!(types.len(), CausesEvent::TYPES.len());
    assert!(
        types
            .iter()
            .all(|t| t.len() >= 3 && t.starts_with("muster_"))
    );
    let other = RawEvent {
        kind: "wasm-transfer",
        attributes: &[],
    };
    assert_eq!(CausesEvent::decode(&other), Ok(None));
}

#[test]
fn numbers_that_do_not_parse_are_named() {
    let attributes = [("action", "-1"), ("person", "x")];
    let said = CausesEvent::decode(&RawEvent {
        kind: "muster_pledged",
        attributes: &attributes,
    });
    assert_eq!(
        said.unwrap_err().to_string(),
        "bad_attribute: muster_pledged has action = \"-1\", allowed is an action's number"
    );
}

fn text() -> impl Strategy<Value = String> {
    "\\PC{1,20}"
}

proptest! {
    #[test]
    fn round_trips(
        (action, cause, at) in (any::<u64>(), any::<u64>(), any::<u64>()),
        (n, m, k) in (any::<u32>(), any::<u32>(), any::<u32>()),
        (a, b, c, d) in (1..u128::MAX, 1..u128::MAX, 1..u128::MAX, any::<u128>()),
        (person, by, memo) in (text(), text(), text()),
        (yes, fee_bps) in (any::<bool>(), any::<u16>()),
    ) {
        let outcome = [Outcome::Did, Outcome::Didnt, Outcome::Excused][n as usize % 3];
        let answer = [Answer::Yes, Answer::No, Answer::Unresolved][n as usize % 3];
        let status = [ChallengeStatus::Stands, ChallengeStatus::Fell][m as usize % 2];
        let denom = "umust".to_owned();
        let all: Vec<CausesEvent> = vec![
            CausesEvent::CauseCreated(CauseCreated {
                cause, creator: person.clone(), first_action: action, fee_bps,
                text_hash: by.clone(), definition: memo.clone(),
            }),
            CausesEvent::CauseCancelled(CauseCancelled { cause }),
            CausesEvent::Pledged(Pledged { action, person: person.clone(), needs_others: n, staked: yes, referrer: yes.then(|| by.clone()) }),
            CausesEvent::CoinsPledged(CoinsPledged { action, person: person.clone(), units: n, total_at_least: m }),
            CausesEvent::Released(Released { action, units: n, fee: a, to_document: b, to_beneficiary: c }),
            CausesEvent::TrancheReleased(TrancheReleased { action, tranche: 7, fee: a, to_document: b, to_beneficiary: c }),
            CausesEvent::CoinsReturned(CoinsReturned { action, from: 7, answer: Answer::No, each_unit: a, remainder: b }),
            CausesEvent::Withdrawn(Withdrawn { action, person: person.clone() }),
            CausesEvent::Admitted(Admitted { action, person: person.clone(), nullifier: memo.clone(), expires: at }),
            CausesEvent::Activated(Activated { action, at, committed: n, staked: m }),
            CausesEvent::ConfirmingBegun(ConfirmingBegun { action, from: at, until: at.wrapping_add(1) }),
            CausesEvent::Confirmed(Confirmed { action, person: person.clone() }),
            CausesEvent::Reopened(Reopened { action, at, pledged: n, staked: m }),
            CausesEvent::CounterpartMet(CounterpartMet { action, requires: at }),
            CausesEvent::Bound(Bound { action, at, committed: n, staked: m }),
            CausesEvent::CheckedIn(CheckedIn {
                action, person: person.clone(), evidence: yes.then(|| (memo.clone(), by.clone())),
            }),
            CausesEvent::AlreadyDid(AlreadyDid { action, person: person.clone() }),
            CausesEvent::Attested(Attested {
                action, attestor: by.clone(), person: person.clone(), outcome, is_final: yes,
            }),
            CausesEvent::Relayed(Relayed { sponsor: by.clone(), landed: n, refused: m }),
            CausesEvent::RelayRefused(RelayRefused {
                index: n, person: yes.then(|| person.clone()), code: by.clone(), reason: memo.clone(),
            }),
            CausesEvent::Voided(Voided { person: person.clone(), sequence: at }),
            CausesEvent::OutcomeAttested(OutcomeAttested { action, attestor: by.clone(), answer }),
            CausesEvent::Answered(Answered { action, answer }),
            CausesEvent::SavingStated(SavingStated {
                action, attestor: by.clone(), person: person.clone(), currency: "EUR".into(),
                saved: a, due: b, paid: c, evidence: yes.then(|| (memo.clone(), by.clone())),
            }),
            CausesEvent::Challenged(Challenged {
                action, person: person.clone(), challenger: by.clone(),
            }),
            CausesEvent::ChallengeEnded(ChallengeEnded {
                action, person: person.clone(), status, to_challenger: a, fund: b, to_address: c,
            }),
            CausesEvent::Settled(Settled {
                action, cooperators: n, broken: m, excused: k, forfeit_each: a, keeper_each: b,
                share_each: c, to_address: d, fee: a, remainder: b,
            }),
            CausesEvent::Claimed(Claimed {
                action, person: person.clone(), by: yes.then(|| by.clone()), stake: a, share: b,
                keeper: c, fund: d, coins: a, bonus: b, deposit: c, gain: a,
            }),
            CausesEvent::Proposed(Proposed { cause, proposal: n, person: person.clone(), definition: memo.clone() }),
            CausesEvent::Seconded(Seconded { cause, proposal: n, person: person.clone(), action: yes.then_some(action) }),
            CausesEvent::Scored(Scored { cause, person: person.clone(), scores: vec![0, (n % 6) as u8, 5] }),
            CausesEvent::Unscored(Unscored { cause, person: person.clone() }),
            CausesEvent::ForfeitsClaimed(ForfeitsClaimed { action, to: by.clone(), amount: a }),
            CausesEvent::FundSpent(FundSpent {
                cause, to: by.clone(), denom: denom.clone(), amount: a, memo: memo.clone(),
            }),
            CausesEvent::Said(Said { cause, person: person.clone(), words: yes.then(|| memo.clone()) }),
            CausesEvent::Rated(Rated {
                cause, person: person.clone(), by: by.clone(),
                vote: [Vote::Up, Vote::Down, Vote::None][n as usize % 3],
            }),
            CausesEvent::BonusSponsored(BonusSponsored { action, person: person.clone(), amount: a }),
            CausesEvent::BonusReturned(BonusReturned { action, to: person.clone(), amount: a }),
            CausesEvent::DepositsSettled(DepositsSettled {
                action, own: n, remainder: a,
                classes: [ClassKind::Yes, ClassKind::Denounced]
                    .map(|kind| (kind, Class { count: m, gain: a, loss: d })).to_vec(),
            }),
            CausesEvent::RewardClaimed(RewardClaimed { action, to: by.clone(), amount: a }),
            CausesEvent::Supported(Supported {
                cause, person: person.clone(), denom: denom.clone(), amount: a,
            }),
            CausesEvent::FundSwept(FundSwept {
                cause, to: by.clone(), denom: denom.clone(), amount: b,
            }),
            CausesEvent::FeesClaimed(FeesClaimed { to: by.clone(), denom, amount: a }),
            CausesEvent::ConfigUpdated(ConfigUpdated { fee_bps, treasury: by.clone() }),
            CausesEvent::OwnerChanged(OwnerChanged { owner: yes.then(|| by.clone()), pending: Some(person) }),
        ];
        prop_assert_eq!(all.len(), CausesEvent::TYPES.len());
        all.into_iter().for_each(round_trip);
    }
}
