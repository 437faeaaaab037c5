//! Records round-trip, wrong lengths and unknown values are refused, and keys are prefix-free.

use cosmwasm_std::HexBinary;
use muster_mechanism::answer::Class;
use muster_mechanism::forfeits::ForfeitsTo;
use muster_mechanism::schedule::{Judged, Schedule, Timeline};
use muster_mechanism::star;
use muster_schema::causes::limits::VERDICT_TIME;
use muster_schema::causes::{
    Answer, CancelRule, ChallengeStatus, Electorate, IssuedClaim, IssuerKey, Outcome, Registered,
    Vote, WindowFloors,
};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::verdict::{ClassKind, Part, Question, Status, Voter};
use muster_schema::layout::*;
use proptest::prelude::*;

fn round_trip<T: Layout + PartialEq + std::fmt::Debug>(record: T, length: usize) {
    let bytes = record.encode();
    assert_eq!(bytes.len(), length, "{}", T::NAME);
    assert_eq!(T::decode(&bytes), Ok(record));
}

fn refuses_other_lengths<T: Layout + std::fmt::Debug>(bytes: &[u8]) {
    assert!(T::decode(&bytes[..bytes.len() - 1]).is_err());
    assert!(T::decode(&[bytes, &[0]].concat()).is_err());
    assert!(T::decode(&[]).is_err());
}

fn config() -> Config {
    Config {
        owner: Some("ann".into()),
        pending_owner: None,
        treasury: "bob".into(),
        fee_bps: 500,
        floors: WindowFloors {
            report: 1,
            hold: u64::MAX,
            lock: 3,
            confirm: 7,
        },
    }
}

fn cause() -> Cause {
    Cause {
        creator: "ann".into(),
        title: "é".repeat(60),
        text_hash: [7; 32],
        definition_hash: [8; 32],
        created_at: 1_800_000_000,
        cancel: CancelRule::Never,
        cancelled: true,
        fee_bps: 500,
        first_action: u64::MAX,
        actions: 16,
    }
}

#[test]
fn cold_records_round_trip() {
    round_trip(config(), 43);
    round_trip(
        Config {
            owner: None,
            pending_owner: Some("c".into()),
            ..config()
        },
        41,
    );
    for cancel in [
        CancelRule::UntilFirstPledge,
        CancelRule::UntilLock,
        CancelRule::Never,
    ] {
        round_trip(
            Cause {
                cancel,
                cancelled: false,
                ..cause()
            },
            210,
        );
    }
    let version = ContractVersion {
        contract: "a".into(),
        version: "0.1.0".into(),
    };
    round_trip(version, 34);
}

#[test]
fn wrong_lengths_and_flags_are_corrupt_never_zero() {
    refuses_other_lengths::<Tally>(&Tally::default().encode());
    refuses_other_lengths::<Pledge>(&Pledge::default().encode());
    refuses_other_lengths::<Bucket>(&Bucket::default().encode());
    refuses_other_lengths::<Confirm>(&Confirm::default().encode());
    refuses_other_lengths::<Deeds>(&Deeds::default().encode());
    refuses_other_lengths::<Deposits>(&Deposits(1).encode());
    refuses_other_lengths::<Payout>(&Payout::default().encode());
    assert!(Purpose::decode(&[0; 19]).is_err());
    refuses_other_lengths::<Config>(&config().encode());
    refuses_other_lengths::<Cause>(&cause().encode());
    let mut unknown = cause().encode();
    let (cancel, cancelled) = (unknown.len() - 13, unknown.len() - 12);
    unknown[cancel] = 3;
    assert!(Cause::decode(&unknown).is_err());
    (unknown[cancel], unknown[cancelled]) = (2, 2);
    assert!(Cause::decode(&unknown).is_err());
    assert!(ContractVersion::decode(br#"{"contract":"a"}"#).is_err());
    assert!(Pledge::decode(&[0, 0, 0, 0b10_0000]).is_err());
    assert!(Pledge::decode(&[0, 0, 0, 0b10_0000, 0, 0, 0, 0]).is_err());
    assert!(Pledge::decode(&[0; 8]).is_err(), "a pledge of no units");
    let odd = |flags: u8, rest: &[u8]| Tally::decode(&[&[0; 8], [flags].as_slice(), rest].concat());
    assert!(
        odd(0b10_0000, &[0, 0, 0, 1, 0, 0, 0, 1]).is_err(),
        "a class of what isn't settled"
    );
    assert!(odd(0b11_0000, &[0; 12]).is_err(), "a class of nobody");
    assert!(odd(0b1000, &[0; 4]).is_err(), "coins of nobody");
    let settled = Tally {
        ready_since: Some(1),
        settled: Some(Settled::default()),
        ..Tally::default()
    };
    refuses_other_lengths::<Tally>(&settled.encode());
    refuses_other_lengths::<Gate>(&Gate::default().encode());
    refuses_other_lengths::<people::Since>(&people::Since(1).encode());
    assert!(people::Kind::decode(&[0]).is_err() && people::Kind::decode(&[3]).is_err());
    assert!(Statements::decode(&[4]).is_err());
    assert!(Roles::decode(&[1, 20, 0]).is_err());
    assert!(Rated::decode(&[0, 0, 0, 1, 0]).is_err() && Rated::decode(&[0, 0, 0, 1, 3]).is_err());
    assert!(
        Words::decode(&[0; 11]).is_err()
            && Words::decode(&[[0; 12].as_slice(), &[255]].concat()).is_err()
    );
    refuses_other_lengths::<Choice>(&Choice::default().encode());
    refuses_other_lengths::<Standings>(&Standings(star::Tally::new(2)).encode());
    assert!(Standings::decode(&[17]).is_err());
    assert!(Ballot::decode(&[6]).is_err());
    assert!(Proposal::decode(&[1]).is_err());
}

#[test]
fn tags_are_unique_and_keys_of_two_kinds_never_prefix_one_another() {
    let mut tags = tag::ALL.to_vec();
    tags.sort_unstable();
    tags.dedup();
    assert_eq!(tags.len(), tag::ALL.len());
    assert!(tags.iter().all(|t| *t < 0x60), "below cw2's contract_info");
    assert_eq!(key::pledge(1, &[9; 20]).len(), 29);
    assert_ne!(
        key::rated(1, &[1; 20], &[1; 32]),
        key::rated(1, &[1; 32], &[1; 20])
    );
    assert!(key::bucket(1, 7).starts_with(&key::number(tag::BUCKET, 1)));
    assert!(!key::bucket(256, 7).starts_with(&key::number(tag::BUCKET, 1)));
}

proptest! {
    #[test]
    fn records_round_trip(
        (a, b, c, d) in (any::<u32>(), any::<u32>(), any::<u32>(), any::<u32>()),
        (x, y) in (any::<u128>(), any::<u128>()),
        (f, g, h) in (any::<bool>(), any::<bool>(), any::<bool>()),
        since in prop::option::of(1u64..1 << 32),
    ) {
        let outcomes = [None, Some(Outcome::Did), Some(Outcome::Didnt), Some(Outcome::Excused)];
        let outcome = outcomes[a as usize % 4];
        let tally = Tally { pledged: a, staked: b, cancelled: f, ever_pledged: g, ..Tally::default() };
        round_trip(tally, 9);
        round_trip(Tally { ready_since: since, ..tally }, if since.is_some() { 13 } else { 9 });
        let people = c.max(1);
        round_trip(Tally { people, ..tally }, 13);
        let left = Purse { kept: b, broken: 0, excused: 0 };
        let settled = Settled { cooperators: a.max(1), broken: 0, excused: 0, left };
        round_trip(Tally { settled: Some(settled), ..tally }, 17);
        let settled = Settled { broken: b.max(1), left: Purse { broken: c, ..left }, ..settled };
        round_trip(Tally { settled: Some(settled), ..tally }, 25);
        let settled = Settled { excused: c.max(1), left: Purse { excused: a, ..settled.left }, ..settled };
        round_trip(Tally { settled: Some(settled), ready_since: Some(1 << 31), ..tally }, 37);
        let pledge = Pledge { needs_others: a % 990_001, staked: f, checked_in: g, outcome, claimed: h, referred: f, epoch: 0, relayed: None, units: 0 };
        round_trip(pledge, 4);
        round_trip(Pledge { relayed: Some(x as u64 >> 16), ..pledge }, 10);
        let epoch = b.max(1);
        round_trip(Pledge { epoch, ..pledge }, 8);
        round_trip(Pledge { epoch, relayed: Some(x as u64 >> 16), ..pledge }, 14);
        let units = c.max(1);
        round_trip(Pledge { units, ..pledge }, 8);
        round_trip(Pledge { epoch, relayed: Some(x as u64 >> 16), units, ..pledge }, 18);
        round_trip(Confirm { epoch: a, confirmed: b, confirmed_staked: c, released: d }, 16);
        round_trip(Bucket { pledges: a, staked: b }, 8);
        round_trip(Deeds { committed: a, staked: b, did: c, is_final: d, ..Deeds::default() }, 36);
        round_trip(Standing { kept: a, broken: b, unreported: c, referred_kept: d }, 16);
        round_trip(Words { version: a, up: b, down: c, text: "äb".into() }, 15);
        round_trip(Rated { version: a, vote: if f { Vote::Up } else { Vote::Down } }, 5);
        round_trip(Statements(outcomes.to_vec()), 4);
        let attestors = vec![vec![1; 20], vec![2; 32]];
        round_trip(Roles { attestors: attestors.clone(), forfeits_to: None }, 55);
        round_trip(Roles { attestors, forfeits_to: Some(vec![3; 20]) }, 76);
        let schedule = match a % 3 {
            0 => Schedule::AtClose { pledge_until: x as u64 },
            1 => Schedule::AtTrigger { hold: b.into(), pledge_until: since },
            _ => Schedule::Rolling { pledge_until: x as u64 },
        };
        let requires = [Requires::Nothing, Requires::InCause, Requires::ByMessage][b as usize % 3];
        let issuers = [
            IssuerKey::Secp256k1(HexBinary::from([2; 33])),
            IssuerKey::Ed25519(HexBinary::from([7; 32])),
        ];
        let claims: Vec<_> = issuers.map(|issuer| IssuedClaim { issuer, claim: "é".repeat(32) }).into();
        let gate = Gate {
            max: (a > 0).then_some(a),
            list: c as u8,
            least_kept: d,
            only: [None, Some(Registered::Person), Some(Registered::Organisation)][b as usize % 3],
            people: f.then(|| "cosmos1people".into()),
            communities: vec![x as u64, y as u64],
            claims: if g { claims } else { vec![] },
            scope: (g && h).then(|| "amsterdam".into()),
        };
        let texts = if f { 13 } else { 0 } + if g { 34 + 65 + 33 + 65 } else { 0 } + if g && h { 9 } else { 0 };
        round_trip(gate, 10 + 1 + 1 + 16 + 1 + 1 + texts);
        round_trip(Admission { nullifier: [a as u8; 32], expires: x as u64 }, 40);
        round_trip(people::Kind(if f { Registered::Person } else { Registered::Organisation }), 1);
        round_trip(people::Since(y as u64), 8);
        round_trip(BonusRule { per_pledge: x, before: y as u64, sponsor: vec![1; 20] }, 44);
        round_trip(BonusPurse { fund: x, each: y, eligible: a, is_fixed: f }, 37);
        round_trip(Deposits(a), 4);
        round_trip(verdict::Claimant { denounced: a, appealed: b }, 9);
        round_trip(Numbers(vec![1, x as u64, u64::MAX]), 24);
        let purpose = Purpose { document_bps: 7, release: ReleaseRule::OnActivation, beneficiary: vec![1; 20], recipient: None };
        round_trip(purpose.clone(), 25);
        round_trip(Purpose { release: ReleaseRule::OnSuccess, ..purpose.clone() }, 25);
        round_trip(Purpose { release: ReleaseRule::Tranches(vec![a as u16; 8]), ..purpose.clone() }, 41);
        round_trip(Payout { released: 3, from: f.then_some(2), each_unit: x, left: y }, 34);
        round_trip(Purpose { recipient: Some(vec![2; 32]), ..purpose }, 57);
        let judged = Judged { challenge_window: if f { c.into() } else { 0 }, answer_window: if h { d.into() } else { 0 } };
        let windows = [judged.challenge_window, judged.answer_window].iter().filter(|w| **w > 0).count();
        let chosen_at = since.filter(|_| f);
        let coins = h && !g;
        let terms = Terms {
            requires,
            bonus: h,
            gated: h,
            coins,
            bundled: f,
            chosen_at,
            cause: y as u64,
            goal: a,
            timeline: Timeline { schedule, binding: requires.binding(), lock: b.into(), confirm: if h { d.max(1).into() } else { 0 }, act_window: c.into(), report_window: d.into(), judged },
            fulfilment: if f { FulfilmentKind::Honor } else { FulfilmentKind::Attested { quorum: 3 } },
            fee_bps: 500,
            stake: if g { StakeKind::Required } else { StakeKind::None },
            stake_amount: if g || coins { x.max(1) } else { 0 },
            deposit: if f { y } else { 0 },
            stake_denom: if g || coins || (f && y > 0) { "ibc/ABC".into() } else { String::new() },
            forfeits_to: if g && h { ForfeitsTo::Everybody } else { ForfeitsTo::Cooperators },
        };
        let deposit = f && y > 0;
        let texts = if g || coins || deposit { 7 } else { 0 } + if deposit { 16 } else { 0 } + if coins { 16 } else { 0 };
        let length = if g { 61 } else { 44 } + texts + if h { 4 } else { 0 } + 4 * windows;
        round_trip(terms, length + if chosen_at.is_some() { 8 } else { 0 });
        let choice = Choice {
            listed: 2, actions: 3, added: 1, places: 2,
            score_from: since, score_until: x as u64, proposals: a, ballots: b,
        };
        round_trip(choice, 28);
        prop_assert_eq!([choice.offset(0), choice.offset(1), choice.offset(2)], [0, 1, 3]);
        round_trip(Proposal { seconders: 5, action: since, proposer: vec![1; 20] }, 29);
        round_trip(Ballot(vec![0, 5, 3]), 3);
        let mut tally = star::Tally::new(3);
        (tally.scores[2], tally.fives[1]) = (x as u64, c);
        tally.margins[..3].copy_from_slice(&[i32::MIN, -1, a as i32]);
        round_trip(Standings(tally), 1 + 3 * 12 + 3 * 4);
    }
}

fn a_question() -> Question {
    let class = |count, gain, loss| Class { count, gain, loss };
    Question {
        status: Status::Final(Answer::No),
        asked_at: 100,
        final_at: 200,
        electorate: Electorate::Jury {
            size: 12,
            community: 7,
        },
        jurors_fee: 40,
        fee_denom: "umust".into(),
        asker: vec![9; 20],
        classes: vec![
            (ClassKind::Yes, class(80, 625, 0)),
            (ClassKind::No, class(20, 0, 2_500)),
        ],
        round: 1,
    }
}

#[test]
fn a_question_says_something_for_good_where_it_was_asked_and_final_in_time() {
    let (no, unresolved) = (Some(Answer::No), Some(Answer::Unresolved));
    let said = |from, until, now| a_question().said(&(from..until), now);
    assert_eq!([said(100, 101, 200), said(100, 101, 199)], [no, None]);
    // Asked before or after one may ask, or, as it says, later than now.
    assert_eq!([said(101, 200, 200), said(0, 100, 200)], [unresolved; 2]);
    assert_eq!(said(0, 101, 99), unresolved);
    let late = |final_at| {
        Question {
            final_at,
            ..a_question()
        }
        .said(&(100..101), u64::MAX)
    };
    assert_eq!(
        [late(100 + VERDICT_TIME), late(101 + VERDICT_TIME)],
        [no, unresolved]
    );
    for status in [Status::Asked, Status::Answered(Answer::No)] {
        let open = Question {
            status,
            ..a_question()
        };
        assert_eq!(
            [open.said(&(100..101), u64::MAX), open.said(&(0..9), 200)],
            [None, unresolved]
        );
    }
}

#[test]
fn a_question_has_its_bytes_for_good() {
    let bytes = a_question().encode();
    let head = [1, 2, 2, 0, 0, 0, 0, 0, 0, 0, 100, 0, 0, 0, 0, 0, 0, 0, 200];
    assert_eq!(bytes[..19], head);
    assert_eq!(bytes[19..32], [2, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 12]);
    assert_eq!(bytes[32..48], 40_u128.to_be_bytes());
    assert_eq!(bytes[48..54], *b"\x05umust");
    assert_eq!(
        (bytes[54], &bytes[55..75], bytes[75]),
        (20, &[9; 20][..], 2)
    );
    assert_eq!(bytes[76..81], [0, 0, 0, 0, 80]);
    assert_eq!(bytes.len(), 76 + 2 * 37);
    round_trip(a_question(), bytes.len());
    assert!(a_question().is_covered());

    let there = [5; 32];
    let whole = verdict::key(&there, 258, Part::Whole);
    let head = [&[0x51, 32][..], &there, &[0, 0, 0, 0, 0, 0, 1, 2]].concat();
    assert_eq!(whole, [&head[..], &[0]].concat());
    let person = verdict::key(&there, 258, Part::Person(&[7; 20]));
    assert_eq!(person, [&head[..], &[1], &[7; 20]].concat());
    let tranche = verdict::key(&there, 258, Part::Tranche(3));
    assert_eq!(tranche, [&head[..], &[2, 3]].concat());
}

#[test]
fn voters_and_claimants_have_their_keys_and_bytes_for_good() {
    let later = Question {
        round: 2,
        ..a_question()
    };
    let bytes = later.encode();
    assert_eq!(bytes, [&a_question().encode()[..], &[2]].concat());
    round_trip(later, bytes.len());
    for round in [0, 1] {
        let said_twice = [&a_question().encode()[..], &[round]].concat();
        assert!(Question::decode(&said_twice).is_err(), "{round}");
    }

    let question = verdict::key(&[5; 20], 258, Part::Whole);
    let voter = verdict::beside(verdict::VOTER_TAG, &question, &[7; 20]);
    assert_eq!(
        voter,
        [&[0x52, 0, 30][..], &question[1..], &[7; 20]].concat()
    );
    let claimant = verdict::beside(verdict::CLAIMANT_TAG, &question, &[7; 20]);
    assert_eq!((claimant[0], &claimant[1..]), (0x53, &voter[1..]));
    for (code, kind) in (0..).zip(ClassKind::ALL) {
        let bytes = [1, 3, code];
        let voter = Voter { round: 3, kind };
        assert_eq!(voter.encode(), bytes);
        let read = Voter::decode(&bytes);
        assert_eq!(read.ok(), kind.is_voters().then_some(voter));
    }
    for bad in [[0, 1, 0], [2, 1, 0], [1, 0, 0], [1, 1, 9]] {
        assert!(Voter::decode(&bad).is_err(), "{bad:?}");
    }
    refuses_other_lengths::<Voter>(&[1, 1, 0]);
    refuses_other_lengths::<verdict::Claimant>(&[1, 0, 0, 0, 2, 0, 0, 0, 1]);
    assert!(verdict::Claimant::decode(&[2, 0, 0, 0, 2, 0, 0, 0, 1]).is_err());

    let classes = Classes {
        own: 3,
        round: 2,
        classes: a_question().classes,
    };
    let bytes = classes.encode();
    round_trip(classes, 6 + 2 * 37);
    refuses_other_lengths::<Classes>(&bytes);
}

#[test]
fn a_hostile_question_is_refused() {
    let bytes = a_question().encode();
    refuses_other_lengths::<Question>(&bytes);
    for length in 0..bytes.len() {
        assert!(Question::decode(&bytes[..length]).is_err(), "{length}");
    }
    // Version, status, answer, electorate, class: nothing that no encoder writes.
    for (at, value) in [
        (0, 2),
        (1, 0),
        (1, 3),
        (2, 0),
        (2, 4),
        (19, 3),
        (19, 0),
        (76, 9),
        (76, 1),
    ] {
        let mut bad = bytes.clone();
        bad[at] = value;
        assert!(Question::decode(&bad).is_err(), "{value} at {at}");
    }
    let edited = |edit: fn(&mut Question)| {
        let mut question = a_question();
        edit(&mut question);
        Question::decode(&question.encode())
    };
    assert!(
        edited(|q| q.final_at = 99).is_err(),
        "final before it was asked"
    );
    assert!(edited(|q| q.final_at = 0).is_err());
    assert!(edited(|q| q.status = Status::Asked).is_err());
    let open = edited(|q| (q.status, q.final_at) = (Status::Asked, 0));
    assert_eq!(open.map(|q| q.status), Ok(Status::Asked));
    assert!(Question::decode(&[1; 1_025]).is_err());
    assert!(Question::decode(&vec![0; 100_000]).is_err());
}

proptest! {
    #[test]
    fn no_bytes_decode_to_what_would_be_written_otherwise(bytes in prop::collection::vec(any::<u8>(), 0..300), at in 0..150_usize, value: u8) {
        let mut near = a_question().encode();
        near[at] = value;
        for bytes in [bytes, near] {
            if let Ok(question) = Question::decode(&bytes) {
                prop_assert_eq!(question.encode(), bytes.clone());
            }
            if let Ok(judges) = Judges::decode(&bytes) {
                prop_assert_eq!(judges.encode(), bytes);
            }
        }
    }

    #[test]
    fn judges_round_trip(a: u64, b: u32, c: u8, all in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..4)) {
        let electorate = match c % 3 {
            0 => Electorate::Pledgers {},
            1 => Electorate::Community { id: a },
            _ => Electorate::Jury { size: b, community: a },
        };
        let verdict = Verdict { contract: vec![c; 32], electorate };
        let outcomes = [
            None,
            Some(OutcomeJudge::Vote(verdict.clone())),
            Some(OutcomeJudge::Attested { attestors: all.clone(), quorum: c }),
            Some(OutcomeJudge::Of(a)),
        ];
        for outcome in outcomes {
            for challenges in [None, Some(verdict.clone())] {
                let judge_window = if outcome.is_some() { a } else { 0 };
                let judges = Judges { outcome: outcome.clone(), judge_window, challenges, tranches: b % 2 == 0 };
                let bytes = judges.encode();
                prop_assert_eq!(Judges::decode(&bytes), Ok(judges));
            }
        }
        let answer = [Answer::Yes, Answer::No, Answer::Unresolved][b as usize % 3];
        round_trip(Answered { answer, at: a }, 9);
        round_trip(OutcomeStatements(vec![None, Some(answer)]), 2);
        let status = [ChallengeStatus::Pending, ChallengeStatus::Stands, ChallengeStatus::Fell][b as usize % 3];
        round_trip(Challenge { status, challenger: vec![c; 20] }, 21);
    }
}
