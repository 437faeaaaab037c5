//! Messages of every kind, with numbers at their ends and texts that need escapes.

use cosmwasm_std::{Coin, HexBinary, Uint128, Uint256};
use muster_schema::causes::*;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-z\"\\\\/\u{0}-\u{20}\u{7f}]{0,8}"]
}

pub(crate) fn coin() -> impl Strategy<Value = Coin> {
    (text(), any::<[u8; 32]>()).prop_map(|(d, a)| Coin::new(Uint256::from_be_bytes(a), d))
}

pub(crate) fn schedule() -> impl Strategy<Value = Schedule> {
    let maybe = of(any::<u64>());
    prop_oneof![
        any::<u64>().prop_map(|pledge_until| Schedule::AtClose { pledge_until }),
        any::<u64>().prop_map(|pledge_until| Schedule::Rolling { pledge_until }),
        (any::<u64>(), maybe)
            .prop_map(|(hold, pledge_until)| Schedule::AtTrigger { hold, pledge_until }),
    ]
}

pub(crate) fn judge() -> impl Strategy<Value = Judge> {
    let jury = (any::<u32>(), any::<u64>());
    let electorate = prop_oneof![
        Just(Electorate::Pledgers {}),
        any::<u64>().prop_map(|id| Electorate::Community { id }),
        jury.prop_map(|(size, community)| Electorate::Jury { size, community }),
    ];
    (text(), electorate).prop_map(|(verdict, electorate)| Judge {
        verdict,
        electorate,
    })
}

fn requirement() -> impl Strategy<Value = Requirement> {
    prop_oneof![
        any::<u8>().prop_map(Requirement::Own),
        any::<u64>().prop_map(Requirement::Action)
    ]
}

pub(crate) fn outcome() -> impl Strategy<Value = OutcomeTerms> {
    let attested = (prop::collection::vec(text(), 0..3), any::<u8>());
    let by = prop_oneof![
        judge().prop_map(OutcomeBy::Vote),
        attested.prop_map(|(attestors, quorum)| OutcomeBy::Attested { attestors, quorum }),
        requirement().prop_map(OutcomeBy::Of),
    ];
    (by, of(any::<u64>()), of(coin())).prop_map(|(by, judge_window, deposit)| OutcomeTerms {
        by,
        judge_window,
        deposit,
    })
}

pub(crate) fn fulfilment() -> impl Strategy<Value = Fulfilment> {
    let attested = (prop::collection::vec(text(), 0..3), any::<u8>());
    let challengeable = (any::<u64>(), judge());
    prop_oneof![
        Just(Fulfilment::Collective {}),
        challengeable.prop_map(|(window, judge)| Fulfilment::Challengeable { window, judge }),
        Just(Fulfilment::Honor {}),
        attested.prop_map(|(attestors, quorum)| Fulfilment::Attested { attestors, quorum }),
    ]
}

pub(crate) fn forfeits_to() -> impl Strategy<Value = ForfeitsTo> {
    prop_oneof![
        Just(ForfeitsTo::Cooperators {}),
        Just(ForfeitsTo::Everybody {}),
        text().prop_map(|address| ForfeitsTo::Address { address }),
    ]
}

pub(crate) fn stake() -> impl Strategy<Value = StakeTerms> {
    let rule = select(vec![StakeRule::Optional, StakeRule::Required]);
    (rule, coin()).prop_map(|(rule, coin)| StakeTerms { rule, coin })
}

pub(crate) fn bytes() -> impl Strategy<Value = HexBinary> {
    prop::collection::vec(any::<u8>(), 0..3).prop_map(HexBinary::from)
}

fn claim() -> impl Strategy<Value = IssuedClaim> {
    let issuer = prop_oneof![
        bytes().prop_map(IssuerKey::Secp256k1),
        bytes().prop_map(IssuerKey::Ed25519)
    ];
    (issuer, text()).prop_map(|(issuer, claim)| IssuedClaim { issuer, claim })
}

pub(crate) fn gate() -> impl Strategy<Value = Gate> {
    let also = prop::collection::vec(claim(), 0..3);
    let attested = (claim(), also, of(text())).prop_map(|(one_person, also, scope)| Attested {
        one_person,
        also,
        scope,
    });
    let only = select(vec![
        None,
        Some(Registered::Person),
        Some(Registered::Organisation),
    ]);
    let lists = (
        prop::collection::vec(any::<u64>(), 0..3),
        prop::collection::vec(text(), 0..3),
    );
    (of(text()), of(attested), only, lists, of(any::<u32>())).prop_map(
        |(people, attested, only, (communities, list), least_kept)| Gate {
            people,
            attested,
            only,
            communities,
            list,
            least_kept,
        },
    )
}

fn document() -> impl Strategy<Value = Document> {
    (text(), any::<Vec<u8>>(), any::<u16>(), text()).prop_map(|d| Document {
        uri: d.0,
        sha256: HexBinary::from(d.1),
        bps: d.2,
        recipient: d.3,
    })
}

pub(crate) fn unit() -> impl Strategy<Value = Unit> {
    let release = prop_oneof![
        Just(ReleaseTerms::OnActivation {}),
        Just(ReleaseTerms::OnSuccess {}),
        prop::collection::vec(any::<u16>(), 0..4)
            .prop_map(|parts| ReleaseTerms::Tranches { parts }),
    ];
    let coins = (text(), any::<u128>(), text(), of(document()), of(release)).prop_map(|c| {
        Unit::Coins(CoinTerms {
            denom: c.0,
            min: Uint128::new(c.1),
            beneficiary: c.2,
            release: c.4,
            document: c.3,
        })
    });
    prop_oneof![Just(Unit::People {}), coins]
}

pub(crate) fn action() -> impl Strategy<Value = NewAction> {
    let numbers = (any::<u32>(), any::<u64>(), any::<u64>(), any::<u64>());
    let choices = (schedule(), of(stake()), fulfilment(), of(forfeits_to()));
    let others = (
        prop::collection::vec(requirement(), 0..3),
        of(text()),
        of(gate()),
        of(any::<u32>()),
        of(any::<u64>()),
        of(unit()),
        of(outcome()),
        of(document()),
    );
    (text(), text(), numbers, choices, others).prop_map(|(label, description, n, c, o)| NewAction {
        label,
        description,
        unit: o.5,
        goal: n.0,
        max: o.3,
        gate: o.2,
        schedule: c.0,
        requires: o.0,
        counterpart: o.1,
        lock: n.1,
        confirm_window: o.4,
        act_window: n.2,
        report_window: n.3,
        stake: c.1,
        bonus: c.3.as_ref().map(|_| BonusTerms {
            sponsor: "s".into(),
            per_pledge: (u128::from(n.1) << 64).into(),
            before: n.2,
        }),
        fulfilment: c.2,
        forfeits_to: c.3,
        outcome: o.6,
        saving: o.7,
    })
}

pub(crate) fn cause() -> impl Strategy<Value = CreateCause> {
    let texts = (text(), text(), text(), text(), text());
    let place = (text(), text(), of(any::<i32>()), of(any::<i32>()));
    let rules = vec![
        CancelRule::UntilFirstPledge,
        CancelRule::UntilLock,
        CancelRule::Never,
    ];
    let tags = prop::collection::vec(text(), 0..3);
    let actions = prop::collection::vec(action(), 0..3);
    let relation = (any::<u64>(), 0..3_u8).prop_map(|(cause, kind)| match kind {
        0 => Relation::Follows { cause },
        1 => Relation::ForkOf { cause },
        _ => Relation::CounterTo { cause },
    });
    let proposals =
        (any::<u8>(), any::<u64>()).prop_map(|(places, until)| Proposals { places, until });
    let deliberation = (any::<u8>(), of(proposals), any::<u64>()).prop_map(
        |(alternatives, proposals, score_until)| Deliberation {
            alternatives,
            proposals,
            score_until,
        },
    );
    let rules = (
        select(rules),
        of(relation),
        of(text()),
        any::<bool>(),
        of(deliberation),
    );
    (texts, of(place), tags, rules, actions).prop_map(
        |(t, place, tags, (cancel, relation, fund_to, bundle, deliberation), actions)| {
            CreateCause {
                relation,
                bundle,
                fund_to,
                deliberation,
                title: t.0,
                summary: t.1,
                language: t.2,
                text: t.3,
                place: place.map(|(label, country, latitude, longitude)| Place {
                    label,
                    country,
                    latitude,
                    longitude,
                }),
                tags,
                harm_note: t.4,
                cancel,
                actions,
            }
        },
    )
}

pub(crate) fn evidence() -> impl Strategy<Value = Evidence> {
    (text(), any::<Vec<u8>>()).prop_map(|(uri, sha256)| Evidence {
        uri,
        sha256: HexBinary::from(sha256),
    })
}

fn credentials() -> impl Strategy<Value = Vec<Credential>> {
    let credential = (bytes(), any::<u64>(), bytes());
    let credential = credential.prop_map(|(nullifier, expires, signature)| Credential {
        nullifier,
        expires,
        signature,
    });
    prop::collection::vec(credential, 0..3)
}

pub(crate) fn does() -> impl Strategy<Value = Does> {
    let rest = (any::<u32>(), of(evidence()), credentials(), 0..10_u8);
    (any::<u64>(), text(), rest).prop_map(
        |(action, person, (needs_others, evidence, credentials, which))| match which {
            5 => Does::Rate {
                cause: action,
                person,
                vote: [Vote::Up, Vote::Down, Vote::None][needs_others as usize % 3],
            },
            0 => Does::Pledge {
                action,
                needs_others,
                referrer: (needs_others % 2 == 0).then_some(person),
                credentials,
            },
            1 => Does::Withdraw { action },
            2 => Does::CheckIn { action, evidence },
            3 => Does::AlreadyDid { action },
            4 => Does::Confirm { action },
            6 => Does::Score {
                cause: action,
                scores: vec![0, 5],
            },
            8 => Does::PledgeBundle {
                cause: action,
                needs_others: vec![needs_others; credentials.len()],
            },
            7 => Does::WithdrawBundle { cause: action },
            _ => Does::Void {},
        },
    )
}

fn signed() -> impl Strategy<Value = Signed> {
    let numbers = (any::<u64>(), any::<u64>());
    (text(), text(), numbers, does()).prop_map(|(key, signature, (sequence, expires), does)| {
        Signed {
            key,
            signature,
            sequence,
            expires,
            does,
        }
    })
}

pub(crate) fn message() -> impl Strategy<Value = ExecuteMsg> {
    let outcome = select(vec![Outcome::Did, Outcome::Didnt, Outcome::Excused]);
    let statement = (text(), outcome).prop_map(|(person, outcome)| Statement { person, outcome });
    let statements = prop::collection::vec(statement, 0..3);
    let relay = prop::collection::vec(signed(), 0..3).prop_map(|items| ExecuteMsg::Relay { items });
    let numbers = (any::<u64>(), any::<u32>(), any::<u128>());
    let texts = (text(), text(), text());
    let rest = (
        of(evidence()),
        statements,
        of(text()),
        of(any::<u16>()),
        credentials(),
    );
    let small = (numbers, texts, rest, 0..15_u8).prop_map(|((n, m, amount), t, r, which)| {
        let (action, cause) = (n, n);
        match which {
            0 => ExecuteMsg::Pledge {
                action,
                needs_others: m,
                referrer: r.2,
                credentials: r.4,
            },
            1 if m % 5 == 0 => ExecuteMsg::Activate { action },
            1 if m % 5 == 1 => ExecuteMsg::Confirm { action },
            1 if m % 5 == 2 => ExecuteMsg::Release { action },
            1 if m % 5 == 3 => ExecuteMsg::PledgeCoins {
                action,
                total_at_least: m,
                credentials: r.4,
            },
            2 if m % 3 == 0 => ExecuteMsg::WithdrawBundle { cause },
            2 if m % 3 == 1 => ExecuteMsg::PledgeBundle {
                cause,
                needs_others: vec![m, 0],
            },
            1 => ExecuteMsg::Withdraw { action },
            2 => ExecuteMsg::CheckIn {
                action,
                evidence: r.0,
            },
            3 if m % 3 == 0 => ExecuteMsg::Say { cause, words: t.0 },
            3 if m % 3 == 1 => ExecuteMsg::Rate {
                cause,
                person: t.0,
                vote: [Vote::Up, Vote::Down, Vote::None][m as usize / 3 % 3],
            },
            3 if m % 2 == 0 => ExecuteMsg::Void { sequence: n },
            3 => ExecuteMsg::AlreadyDid { action },
            4 if m % 3 == 0 => ExecuteMsg::SponsorBonus { action },
            4 if m % 3 == 1 => ExecuteMsg::ClaimBonus { action },
            4 if m % 2 == 0 => ExecuteMsg::ClaimReward {
                action,
                person: r.2,
            },
            4 => ExecuteMsg::Attest {
                action,
                statements: r.1,
            },
            5 if m % 3 == 0 => ExecuteMsg::Challenge {
                action,
                person: t.0,
            },
            5 if m % 3 == 1 => ExecuteMsg::AttestOutcome {
                action,
                answer: [Answer::Yes, Answer::No, Answer::Unresolved][m as usize / 3 % 3],
            },
            5 => ExecuteMsg::Settle { action },
            6 => ExecuteMsg::Claim {
                action,
                person: r.2,
            },
            7 if m % 3 == 0 => ExecuteMsg::Support { cause },
            7 if m % 3 == 1 => ExecuteMsg::SweepFund { cause, denom: t.0 },
            7 => ExecuteMsg::ClaimForfeits { action },
            8 if m % 2 == 0 => ExecuteMsg::StateSaving {
                action,
                person: t.0,
                currency: t.1,
                saved: Uint128::new(amount),
                paid: Uint128::new(amount / 3),
                evidence: r.0,
            },
            8 => ExecuteMsg::CancelCause { cause },
            9 => {
                let (to, denom, memo) = t;
                let amount = Uint128::new(amount);
                ExecuteMsg::SpendFund {
                    cause,
                    to,
                    denom,
                    amount,
                    memo,
                }
            }
            10 => ExecuteMsg::ClaimFees { denom: t.0 },
            11 => ExecuteMsg::UpdateConfig {
                fee_bps: r.3,
                treasury: r.2,
            },
            12 => ExecuteMsg::ProposeOwner { owner: r.2 },
            13 => ExecuteMsg::AcceptOwner {},
            _ => ExecuteMsg::RenounceOwner {},
        }
    });
    prop_oneof![
        1 => cause().prop_map(|cause| ExecuteMsg::CreateCause(Box::new(cause))).boxed(),
        1 => relay.boxed(),
        1 => deliberate().boxed(),
        3 => small.boxed(),
    ]
}

fn deliberate() -> impl Strategy<Value = ExecuteMsg> {
    let scores = prop::collection::vec(any::<u8>(), 0..4);
    (
        any::<u64>(),
        any::<u32>(),
        scores,
        action().boxed(),
        0..3_u8,
    )
        .prop_map(|(cause, proposal, scores, action, which)| match which {
            0 => ExecuteMsg::Propose {
                cause,
                action: Box::new(action),
            },
            1 => ExecuteMsg::Second { cause, proposal },
            _ => ExecuteMsg::Score { cause, scores },
        })
}

pub(crate) fn question() -> impl Strategy<Value = QueryMsg> {
    let rest = (of(any::<u64>()), of(any::<u32>()), of(text()), 0..13_u8);
    (any::<u64>(), text(), rest).prop_map(|(action, person, (after, limit, text, which))| {
        let cause = action;
        match which {
            0 => QueryMsg::Config {},
            1 => QueryMsg::Cause { cause },
            2 => QueryMsg::Causes {
                start_after: after,
                limit,
            },
            3 => QueryMsg::Action { action },
            4 => QueryMsg::Curve { action },
            5 => QueryMsg::Pledge { action, person },
            6 => QueryMsg::Pledges {
                action,
                start_after: text,
                limit,
            },
            7 if action % 2 == 0 => QueryMsg::Registry {
                cause,
                start_after: text,
                limit,
            },
            7 => QueryMsg::Claimable { action, person },
            8 if action % 3 == 0 => QueryMsg::Fund { cause },
            8 if action % 3 == 1 => QueryMsg::Sequence { person },
            8 => QueryMsg::Standing { person },
            9 => QueryMsg::Deliberation { cause },
            10 => QueryMsg::Proposals {
                cause,
                start_after: limit,
                limit,
            },
            11 => QueryMsg::Ballot { cause, person },
            _ => QueryMsg::Solvency {
                start_after: after,
                limit,
            },
        }
    })
}
