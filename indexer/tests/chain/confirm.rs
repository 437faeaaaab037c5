//! Confirm windows: decided at the block that passes their end, for all that confirm as one.

use std::collections::BTreeMap;
use std::sync::Arc;

use muster_indexer::follow::Shared;
use muster_indexer::read::Reader;
use muster_indexer::read::types::{Cause, Pledge};
use serde_json::{Value, json};

use crate::home::{Home, index};
use crate::node::{Fake, Node, created, event, pledged, time};

/// Heights are ten seconds apart; a window is two of them.
fn action(goal: u32, schedule: &Value, requires: &Value) -> Value {
    json!({
        "label": "do", "description": "d", "goal": goal, "schedule": schedule, "requires": requires,
        "confirm_window": 20, "act_window": 100, "report_window": 30, "fulfilment": { "honor": {} },
        "stake": { "rule": "optional", "coin": { "denom": "umust", "amount": "7" } },
        "forfeits_to": { "everybody": {} }
    })
}

fn confirmed(action: u64, person: &str) -> Value {
    let action = action.to_string();
    event("confirmed", &[("action", &action), ("person", person)])
}

fn begun(action: u64, height: u64) -> Value {
    let (from, until) = (time(height).to_string(), time(height + 2).to_string());
    let action = action.to_string();
    event(
        "confirming_begun",
        &[("action", &action), ("from", &from), ("until", &until)],
    )
}

async fn at(name: &str, fake: &Fake, height: u64) -> (Cause, Vec<Pledge>) {
    let home = Home::new(&format!("confirm-{name}-{height}"));
    let node = Node::start(fake.clone()).await;
    index(&node, &home.db("a"), height).await.unwrap();
    let reader = Reader::open(&home.db("a"), Arc::new(Shared::new([])))
        .await
        .unwrap();
    let cause = reader.cause(1).await.unwrap().1.unwrap();
    let pledges = reader
        .pledges(1, None, 100)
        .await
        .unwrap()
        .1
        .unwrap()
        .pledges;
    (cause, pledges)
}

fn of<'a>(pledges: &'a [Pledge], person: &str) -> &'a Pledge {
    pledges.iter().find(|p| p.address == person).unwrap()
}

#[tokio::test]
async fn the_confirmed_are_bound_and_the_silent_one_is_released() {
    let closes = json!({ "at_close": { "pledge_until": time(5) } });
    let blocks = BTreeMap::from([
        (
            2,
            vec![created(1, 1, json!([action(2, &closes, &json!([]))]))],
        ),
        (
            3,
            vec![
                pledged(1, "ann", 2, true),
                pledged(1, "bob", 0, true),
                pledged(1, "cas", 0, true),
                pledged(1, "dan", 0, true),
            ],
        ),
        (5, vec![confirmed(1, "ann"), confirmed(1, "bob")]),
        (6, vec![confirmed(1, "cas")]),
    ]);
    let fake = Fake::of(blocks);
    let (cause, pledges) = at("silent", &fake, 6).await;
    let a = &cause.actions[0];
    let window = a.confirming.unwrap();
    assert_eq!((a.phase.as_str(), a.active), ("confirming", false));
    assert_eq!((window.from, window.until), (time(5), time(7)));
    assert_eq!((window.confirmed, window.survives), (3, Some(1)));
    assert_eq!(a.next_boundary, Some(time(7)));
    assert!(of(&pledges, "ann").confirmed && !of(&pledges, "dan").confirmed);
    assert_eq!(of(&pledges, "dan").status.as_str(), "standing");
    let (cause, pledges) = at("silent", &fake, 7).await;
    let a = &cause.actions[0];
    assert_eq!((a.phase.as_str(), a.committed), ("acting", 3));
    assert_eq!((a.activated_at, a.confirming), (Some(time(7)), None));
    assert_eq!(of(&pledges, "ann").status.as_str(), "bound");
    assert_eq!(of(&pledges, "dan").status.as_str(), "released");
    assert_eq!(of(&pledges, "dan").claimable.as_ref().unwrap().len(), 1);
}

#[tokio::test]
async fn roles_that_fall_with_a_silent_one_are_open_again() {
    let trigger = json!({ "at_trigger": { "hold": 10 } });
    let roles = json!([
        action(2, &trigger, &json!([{ "own": 1 }])),
        action(1, &trigger, &json!([{ "own": 0 }]))
    ]);
    let reopened = [
        ("action", "1"),
        ("at", &time(7).to_string()),
        ("pledged", "1"),
        ("staked", "1"),
    ];
    let gone = [("action", "1"), ("person", "bob")];
    let blocks = BTreeMap::from([
        (2, vec![created(1, 1, roles)]),
        (
            3,
            vec![
                pledged(1, "ann", 0, true),
                pledged(1, "bob", 0, true),
                pledged(2, "cas", 0, true),
            ],
        ),
        (5, vec![begun(1, 5), begun(2, 5), confirmed(1, "ann")]),
        (6, vec![confirmed(2, "cas")]),
        (
            8,
            vec![event("reopened", &reopened), event("withdrawn", &gone)],
        ),
    ]);
    let fake = Fake::of(blocks);
    let (cause, _) = at("roles", &fake, 6).await;
    let phases = |cause: &Cause| cause.actions.iter().map(|a| a.phase.as_str()).collect();
    let found: Vec<_> = phases(&cause);
    assert_eq!(found, ["confirming", "confirming"]);
    let (cause, pledges) = at("roles", &fake, 7).await;
    let found: Vec<_> = phases(&cause);
    assert_eq!(found, ["pledging", "pledging"]);
    let [a, b] = &cause.actions[..] else {
        panic!("two actions")
    };
    assert_eq!((a.pledged, a.ready_since), (1, None));
    assert_eq!((b.pledged, b.ready_since), (1, Some(time(7))));
    assert_eq!(of(&pledges, "bob").status.as_str(), "released");
    assert!(!of(&pledges, "ann").confirmed);
    let (cause, pledges) = at("roles", &fake, 8).await;
    assert_eq!(cause.actions[0].pledged, 1);
    assert_eq!(cause.actions[0].held[0].amount.to_string(), "7");
    assert_eq!(of(&pledges, "bob").status.as_str(), "withdrawn");
}
