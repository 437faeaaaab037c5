//! What happens on a chain that a test wrote.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Fake, GENESIS};

/// An event of the contract.
pub(crate) fn event(name: &str, attributes: &[(&str, &str)]) -> Value {
    let pairs = [("_contract_address", "causes")]
        .into_iter()
        .chain(attributes.iter().copied());
    let pairs: Vec<Value> = pairs
        .map(|(k, v)| json!({ "key": k, "value": v }))
        .collect();
    json!({ "type": format!("wasm-muster_{name}"), "attributes": pairs })
}

/// Cause `id` with these actions, the first of which has number `first`.
pub(crate) fn created(id: u64, first: u64, actions: Value) -> Value {
    let definition = json!({
        "title": "Leave the journal", "summary": "s", "language": "en", "text": "t",
        "cancel": "never", "actions": actions
    });
    event(
        "cause_created",
        &[
            ("cause", &id.to_string()),
            ("creator", "c"),
            ("first_action", &first.to_string()),
            ("fee_bps", "0"),
            ("text_hash", "00"),
            ("definition", &definition.to_string()),
        ],
    )
}

pub(crate) fn pledged(action: u64, person: &str, needs: u32, staked: bool) -> Value {
    event(
        "pledged",
        &[
            ("action", &action.to_string()),
            ("person", person),
            ("needs_others", &needs.to_string()),
            ("staked", &staked.to_string()),
        ],
    )
}

/// An event with one more attribute.
fn with(mut event: Value, key: &str, value: &str) -> Value {
    let more = json!({ "key": key, "value": value });
    event["attributes"].as_array_mut().unwrap().push(more);
    event
}

pub(crate) fn coins_pledged(action: u64, person: &str, units: u32, total: u32) -> Value {
    event(
        "coins_pledged",
        &[
            ("action", &action.to_string()),
            ("person", person),
            ("units", &units.to_string()),
            ("total_at_least", &total.to_string()),
        ],
    )
}

/// The time of a block, Unix seconds.
pub(crate) const fn time(height: u64) -> u64 {
    GENESIS + height * 10
}

impl Fake {
    /// Thresholds 1, 1, 3, 3, 3 at goal 1, a block each; the close at height 10; one of five
    /// doesn't keep the promise; settled from height 16.
    pub(crate) fn journal() -> Self {
        let actions = json!([{
            "label": "leave", "description": "d", "goal": 1,
            "schedule": { "at_close": { "pledge_until": GENESIS + 100 } },
            "act_window": 30, "report_window": 30,
            "stake": { "rule": "required", "coin": { "denom": "umust", "amount": "1000" } },
            "fulfilment": { "attested": { "attestors": ["library"], "quorum": 1 } },
            "forfeits_to": { "cooperators": {} }
        }]);
        let mut blocks = BTreeMap::from([(2, vec![created(1, 1, actions)])]);
        for (n, needs) in [1, 1, 3, 3, 3].into_iter().enumerate() {
            let person = format!("p{}", n + 1);
            blocks.insert(3 + n as u64, vec![pledged(1, &person, needs, true)]);
            let outcome = if n == 4 { "didnt" } else { "did" };
            let attested = event(
                "attested",
                &[
                    ("action", "1"),
                    ("attestor", "library"),
                    ("person", &person),
                    ("outcome", outcome),
                    ("final", "true"),
                ],
            );
            blocks.entry(12).or_default().push(attested);
        }
        Self::of(blocks)
    }
}

/// An address that is one, with the prefix `abcdef` (BIP 173).
pub(crate) const ADDRESS: &str = "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw";

/// A gate that asks for everything.
fn everybody_asked() -> Value {
    let claim = |kind: &str, length, claim: &str| json!({ "issuer": { kind: "02".repeat(length) }, "claim": claim });
    json!({
        "people": "abcdef1people",
        "attested": {
            "one_person": claim("secp256k1", 33, "person"),
            "also": [claim("ed25519", 32, "resident:NL-NH")],
            "scope": "ghent-2026"
        },
        "only": "organisation",
        "communities": [3, 7],
        "list": [ADDRESS.to_uppercase()],
        "least_kept": 2
    })
}

/// A bundle of what others judge: a check-in that can be challenged, and two that stand or fall as a
/// whole, by attestors' word and by that about the other.
fn judged() -> Value {
    let staked = |label: &str, more: Value| {
        let mut action = json!({
            "label": label, "description": "d", "goal": 1, "act_window": 20, "report_window": 20,
            "schedule": { "at_close": { "pledge_until": GENESIS + 60 } },
            "stake": { "rule": "required", "coin": { "denom": "umust", "amount": "1000" } },
            "forfeits_to": { "address": { "address": "abcdef1charity" } }
        });
        for (key, value) in more.as_object().into_iter().flatten() {
            action[key] = value.clone();
        }
        action
    };
    let judge =
        |electorate: Value| json!({ "verdict": "abcdef1verdict", "electorate": electorate });
    let jury = judge(json!({ "jury": { "size": 12, "community": 7 } }));
    let vote = json!({ "by": { "vote": judge(json!({ "community": { "id": 4 } })) } });
    let attestors = json!({ "attestors": ["library", "archive"], "quorum": 2 });
    let attested = json!({ "by": { "attested": attestors }, "judge_window": 60 });
    let saving = json!({
        "uri": "https://example.org/consortium.pdf", "sha256": "ab".repeat(32), "bps": 500,
        "recipient": "the free <b>journal</b>"
    });
    json!([
        staked(
            "do",
            json!({
                "fulfilment": { "challengeable": { "window": 30, "judge": jury } }, "outcome": vote
            })
        ),
        staked(
            "hold",
            json!({ "fulfilment": { "collective": {} }, "outcome": attested, "saving": saving })
        ),
        staked(
            "keep",
            json!({
                "fulfilment": { "collective": {} }, "requires": [{ "own": 1 }],
                "outcome": { "by": { "of": { "own": 1 } } }
            })
        )
    ])
}

/// An attestor's word about what somebody saved by action 7: amounts saved, due and paid.
pub(crate) fn saved(by: &str, person: &str, currency: &str, amounts: [&str; 3]) -> Value {
    let [saved, due, paid] = amounts;
    event(
        "saving_stated",
        &[
            ("action", "7"),
            ("attestor", by),
            ("person", person),
            ("currency", currency),
            ("saved", saved),
            ("due", due),
            ("paid", paid),
        ],
    )
}

/// Cause 5, whose only action (12) has deposits behind the vote of a list: answered at height 11.
fn voted() -> Vec<(u64, Vec<Value>)> {
    let judge = json!({ "verdict": "abcdef1verdict", "electorate": { "pledgers": {} } });
    let deposit = json!({ "denom": "umust", "amount": "500" });
    let actions = json!([{
        "label": "tell", "description": "d", "goal": 1, "act_window": 20, "report_window": 20,
        "schedule": { "at_close": { "pledge_until": GENESIS + 60 } },
        "gate": { "list": [ADDRESS, "p2"] }, "fulfilment": { "honor": {} },
        "outcome": { "by": { "vote": judge }, "judge_window": 60, "deposit": deposit }
    }]);
    let since = time(6).to_string();
    let bound = [
        ("action", "12"),
        ("at", &since),
        ("committed", "2"),
        ("staked", "0"),
    ];
    let settled = [
        ("action", "12"),
        ("yes", "1 90 0"),
        ("absent", "1 0 100"),
        ("denouncer", "1 7 0"),
        ("remainder", "3"),
    ];
    let answered = [("action", "12"), ("answer", "yes")];
    vec![
        (4, vec![created(5, 12, actions)]),
        (
            5,
            vec![pledged(12, "p1", 0, false), pledged(12, "p2", 0, false)],
        ),
        (7, vec![event("bound", &bound)]),
        (
            11,
            vec![
                event("answered", &answered),
                event("deposits_settled", &settled),
            ],
        ),
    ]
}

impl Fake {
    /// [`Fake::journal`] with everything that an answer can hold: settled at height 17, claimed by
    /// [`ADDRESS`] (who is p1), and beside it actions of the other kinds and schedules.
    pub(crate) fn everything() -> Self {
        let mut fake = Self::journal();
        let actions = json!([
            {
                "label": "send", "description": "d", "goal": 2,
                "schedule": { "at_trigger": { "hold": 30, "pledge_until": GENESIS + 1_000 } },
                "act_window": 3_600, "report_window": 60,
                "stake": { "rule": "optional", "coin": { "denom": "umust", "amount": "7" } },
                "fulfilment": { "honor": {} },
                "bonus": { "sponsor": ADDRESS, "per_pledge": "3", "before": GENESIS + 900 },
                "forfeits_to": { "address": { "address": ADDRESS } }
            },
            {
                "label": "join", "description": "d", "goal": 1, "lock": 60,
                "schedule": { "rolling": { "pledge_until": GENESIS + 1_000 } },
                "act_window": 60, "report_window": 60, "fulfilment": { "honor": {} }
            },
            {
                "label": "wait", "description": "d", "goal": 9, "max": 50, "gate": everybody_asked(),
                "confirm_window": 600,
                "schedule": { "at_trigger": { "hold": 30 } },
                "act_window": 60, "report_window": 60,
                "stake": { "rule": "required", "coin": { "denom": "ueuro", "amount": "5" } },
                "fulfilment": { "honor": {} }, "forfeits_to": { "everybody": {} }
            },
            {
                "label": "pay", "description": "d", "goal": 3,
                "unit": { "coins": { "denom": "ueuro", "min": "500", "beneficiary": "f",
                    "release": { "tranches": { "parts": [4_000, 6_000] } }, "document": {
                    "uri": "https://example.org/c", "sha256": "cd".repeat(32), "bps": 100,
                    "recipient": "r"
                } } },
                "schedule": { "rolling": { "pledge_until": GENESIS + 1_000 } },
                "act_window": 0, "report_window": 0, "fulfilment": { "honor": {} }
            }
        ]);
        let mut second = created(2, 2, actions);
        let definition = second["attributes"][6]["value"].as_str().unwrap();
        let mut definition: Value = serde_json::from_str(definition).unwrap();
        definition["place"] = json!({
            "label": "Ghent", "country": "BE", "latitude": 51_053_000, "longitude": -3_722_000
        });
        definition["tags"] = json!(["science", "open access"]);
        definition["harm_note"] = "the publisher loses income".into();
        definition["relation"] = json!({ "follows": { "cause": 1 } });
        definition["fund_to"] = ADDRESS.into();
        definition["cancel"] = "until_lock".into();
        second["attributes"][6]["value"] = definition.to_string().into();
        let nullifier = "cd".repeat(32);
        let admitted = [
            ("action", "4"),
            ("person", "p1"),
            ("nullifier", &nullifier),
            ("expires", "1800000000"),
        ];
        let mut at = |height: u64, events: Vec<Value>| {
            fake.blocks.entry(height).or_default().extend(events);
        };
        at(4, vec![second]);
        at(
            5,
            vec![
                pledged(2, "p1", 1, true),
                with(pledged(2, "p2", 1, false), "referrer", "p1"),
                pledged(3, "p1", 0, false),
                pledged(3, "p2", 4, false),
                pledged(4, "p1", 0, true),
                event("admitted", &admitted),
                coins_pledged(5, "p1", 3, 0),
                coins_pledged(5, "p2", 2, 40),
            ],
        );
        let sha = "ab".repeat(32);
        let check_in = [
            ("action", "2"),
            ("person", "p1"),
            ("evidence_uri", "https://example.org/x"),
            ("evidence_sha256", &sha),
        ];
        let did = [("action", "3"), ("person", "p9")];
        at(12, vec![event("checked_in", &check_in)]);
        at(13, vec![event("already_did", &did)]);
        let released = [
            ("action", "5"),
            ("tranche", "0"),
            ("fee", "0"),
            ("to_document", "6"),
            ("to_beneficiary", "594"),
        ];
        at(8, vec![event("tranche_released", &released)]);
        let either = |label: &str| {
            json!({
                "label": label, "description": "d", "goal": 1,
                "schedule": { "at_trigger": { "hold": 3_000 } },
                "act_window": 60, "report_window": 60, "fulfilment": { "honor": {} }
            })
        };
        let mut fourth = created(4, 9, json!([either("walk"), either("cycle")]));
        let definition = fourth["attributes"][6]["value"].as_str().unwrap();
        let mut definition: Value = serde_json::from_str(definition).unwrap();
        definition["deliberation"] = json!({
            "alternatives": 2, "proposals": { "places": 2, "until": GENESIS + 70 },
            "score_until": GENESIS + 110
        });
        fourth["attributes"][6]["value"] = definition.to_string().into();
        let by_p1 = [("cause", "4"), ("proposal", "1"), ("person", "p1")];
        let by_p2 = [("cause", "4"), ("proposal", "1"), ("person", "p2")];
        let swim = either("swim").to_string();
        let proposed = [&by_p2[..], &[("definition", swim.as_str())]].concat();
        let scored = [("cause", "4"), ("person", "p1"), ("scores", "35")];
        at(6, vec![fourth, pledged(9, "p1", 0, false)]);
        at(
            7,
            vec![event("proposed", &proposed), event("seconded", &by_p1)],
        );
        at(8, vec![event("scored", &scored)]);
        let fund = |person, amount| {
            [
                ("cause", "2"),
                (person, "p1"),
                ("denom", "umust"),
                ("amount", amount),
            ]
        };
        let spend = [&fund("to", "8")[..], &[("memo", "posters")]].concat();
        let words = [("cause", "2"), ("person", "p1"), ("words", "I teach")];
        let vote = [
            ("cause", "2"),
            ("person", "p1"),
            ("by", "p2"),
            ("vote", "up"),
        ];
        at(13, vec![event("said", &words)]);
        at(14, vec![event("rated", &vote)]);
        let bonus = [("action", "2"), ("person", "p1"), ("amount", "9")];
        at(14, vec![event("bonus_sponsored", &bonus)]);
        at(14, vec![event("supported", &fund("person", "20"))]);
        at(15, vec![event("fund_spent", &spend)]);
        at(16, vec![event("fund_swept", &fund("to", "2"))]);
        let totals = [
            ("action", "1"),
            ("cooperators", "4"),
            ("broken", "1"),
            ("excused", "0"),
            ("forfeit_each", "1000"),
            ("keeper_each", "10"),
            ("share_each", "247"),
            ("to_address", "0"),
            ("fee", "0"),
            ("remainder", "2"),
        ];
        let claim = [
            ("action", "1"),
            ("person", "p1"),
            ("stake", "1000"),
            ("share", "247"),
        ];
        at(
            17,
            vec![event("settled", &totals), event("claimed", &claim)],
        );
        let mut third = created(3, 6, judged());
        let definition = third["attributes"][6]["value"].as_str().unwrap();
        let mut definition: Value = serde_json::from_str(definition).unwrap();
        definition["bundle"] = true.into();
        third["attributes"][6]["value"] = definition.to_string().into();
        at(4, vec![third]);
        let since = time(6).to_string();
        for (number, action) in [(6, "6"), (7, "7"), (8, "8")] {
            let bound = [
                ("action", action),
                ("at", &since),
                ("committed", "2"),
                ("staked", "2"),
            ];
            let both = ["p1", "p2"].map(|person| pledged(number, person, 0, true));
            at(5, both.to_vec());
            at(7, vec![event("bound", &bound)]);
        }
        let of = |action, person| [("action", action), ("person", person)];
        let by = [("challenger", "p9")];
        let said = |attestor, answer| [("action", "7"), ("attestor", attestor), ("answer", answer)];
        at(
            9,
            vec![
                event("checked_in", &of("6", "p1")),
                event("challenged", &[&of("6", "p1")[..], &by].concat()),
                event("outcome_attested", &said("library", "no")),
            ],
        );
        at(
            11,
            vec![
                event("outcome_attested", &said("archive", "no")),
                event("answered", &[("action", "7"), ("answer", "no")]),
            ],
        );
        let usd = ["12000000", "600000", "600000"];
        let paid = saved("archive", "p1", "USD", usd);
        let receipt = with(paid, "evidence_uri", "https://example.org/receipt.pdf");
        let half = saved("library", "p2", "EUR", ["1050", "52", "0"]);
        at(10, vec![saved("library", "p1", "USD", ["1", "0", "0"])]);
        at(11, vec![with(receipt, "evidence_sha256", &sha), half]);
        for (height, events) in voted() {
            at(height, events);
        }
        let text = serde_json::to_string(&fake.blocks).unwrap();
        let text = text.replace("\"p1\"", &format!("\"{ADDRESS}\""));
        fake.blocks = serde_json::from_str(&text).unwrap();
        fake
    }
}
