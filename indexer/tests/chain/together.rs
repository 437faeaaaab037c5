//! Actions that require one another: bound together, failing together, and told to whoever watches.

use std::collections::BTreeMap;
use std::sync::Arc;

use muster_indexer::follow::Shared;
use muster_indexer::read::Reader;
use muster_indexer::read::types::Action;
use serde_json::{Value, json};

use crate::home::{Home, index};
use crate::node::{Fake, Node, created, event, pledged, time};

fn action(goal: u32, schedule: &Value, requires: &Value) -> Value {
    json!({
        "label": "do", "description": "d", "goal": goal, "schedule": schedule, "requires": requires,
        "act_window": 30, "report_window": 30, "fulfilment": { "honor": {} }
    })
}

fn closes(height: u64) -> Value {
    json!({ "at_close": { "pledge_until": time(height) } })
}

/// The actions as of a height, by number from 1.
async fn actions_at(fake: &Fake, height: u64) -> Vec<Action> {
    let home = Home::new(&format!("together-{height}"));
    let node = Node::start(fake.clone()).await;
    index(&node, &home.db("a"), height).await.unwrap();
    let reader = Reader::open(&home.db("a"), Arc::new(Shared::new([])))
        .await
        .unwrap();
    let (_, causes) = reader.causes(0, 100).await.unwrap();
    causes.causes.into_iter().flat_map(|c| c.actions).collect()
}

fn phases(actions: &[Action]) -> Vec<&'static str> {
    actions.iter().map(|a| a.phase.as_str()).collect()
}

#[tokio::test]
async fn roles_bind_together_at_the_close_or_not_at_all() {
    let roles = json!([
        action(2, &closes(10), &json!([{ "own": 1 }])),
        action(1, &closes(10), &json!([{ "own": 0 }]))
    ]);
    let mut blocks = BTreeMap::from([(2, vec![created(1, 1, roles)])]);
    blocks.insert(
        3,
        vec![pledged(1, "ann", 0, false), pledged(1, "bob", 0, false)],
    );
    let short = Fake::of(blocks.clone());
    assert_eq!(
        phases(&actions_at(&short, 9).await),
        ["pledging", "pledging"]
    );
    let failed = actions_at(&short, 10).await;
    assert_eq!(phases(&failed), ["failed", "failed"]);
    assert_eq!((failed[0].committed, failed[0].active), (0, false));

    blocks.insert(4, vec![pledged(2, "cas", 0, false)]);
    let whole = actions_at(&Fake::of(blocks), 10).await;
    assert_eq!(phases(&whole), ["acting", "acting"]);
    assert_eq!((whole[0].committed, whole[1].committed), (2, 1));
    assert_eq!(
        (&whole[0].requires[..], whole[0].by_message),
        (&[2][..], false)
    );
}

#[tokio::test]
async fn what_requires_a_failed_one_fails_in_that_block_and_what_requires_it_too() {
    let milestones = json!([
        action(1, &closes(6), &json!([])),
        action(1, &closes(9), &json!([{ "own": 0 }])),
        action(1, &closes(12), &json!([{ "own": 1 }]))
    ]);
    let other = json!([action(
        1,
        &json!({ "at_trigger": { "hold": 10 } }),
        &json!([{ "action": 3 }])
    )]);
    let blocks = BTreeMap::from([
        (2, vec![created(1, 1, milestones)]),
        (3, vec![created(2, 4, other), pledged(4, "ann", 0, false)]),
    ]);
    let fake = Fake::of(blocks);
    let before = actions_at(&fake, 5).await;
    assert_eq!(phases(&before), ["pledging"; 4]);
    assert!(before[3].by_message && before[3].takes_pledges && !before[3].can_activate);
    assert_eq!(phases(&actions_at(&fake, 6).await), ["failed"; 4]);
}

#[tokio::test]
async fn a_message_binds_and_without_it_the_grace_ends() {
    let waits = json!([
        action(1, &closes(4), &json!([])),
        action(1, &closes(6), &json!([{ "action": 1 }]))
    ]);
    let mut blocks = BTreeMap::from([
        (2, vec![created(1, 1, waits)]),
        (
            3,
            vec![pledged(1, "ann", 0, false), pledged(2, "ann", 0, false)],
        ),
    ]);
    let waiting = actions_at(&Fake::of(blocks.clone()), 7).await;
    assert_eq!(phases(&waiting), ["reporting", "locked"]);
    assert!(!waiting[1].takes_pledges && waiting[1].can_activate);
    assert_eq!(waiting[1].next_boundary, waiting[1].grace_until);
    let at = time(8).to_string();
    let bound = [
        ("action", "2"),
        ("at", &at),
        ("committed", "1"),
        ("staked", "0"),
    ];
    blocks.insert(8, vec![event("activated", &bound)]);
    let acting = actions_at(&Fake::of(blocks), 9).await;
    assert_eq!(phases(&acting), ["reporting", "acting"]);
    assert_eq!(acting[1].activated_at, Some(time(8)));
    assert!(!acting[1].can_activate);
}

#[tokio::test]
async fn a_counterpart_opens_the_action_that_waited_for_it() {
    let trigger = json!({ "at_trigger": { "hold": 10 } });
    let mut offer = action(1, &trigger, &json!([]));
    offer["counterpart"] = "them".into();
    let answer = json!([action(1, &trigger, &json!([{ "action": 1 }]))]);
    let met = [("action", "1"), ("requires", "2")];
    let blocks = BTreeMap::from([
        (2, vec![created(1, 1, json!([offer]))]),
        (
            4,
            vec![created(2, 2, answer), event("counterpart_met", &met)],
        ),
    ]);
    let fake = Fake::of(blocks);
    let waiting = actions_at(&fake, 3).await;
    assert_eq!(waiting[0].waits_for.as_deref(), Some("them"));
    assert!(!waiting[0].takes_pledges);
    let open = actions_at(&fake, 4).await;
    assert!(open[0].takes_pledges && open[0].waits_for.is_none());
    assert_eq!(
        (&open[0].requires[..], &open[1].requires[..]),
        (&[2][..], &[1][..])
    );
}

#[tokio::test]
async fn when_time_lets_a_message_bind_both_pages_have_changed() {
    let first = json!([action(1, &closes(4), &json!([]))]);
    let trigger = json!({ "at_trigger": { "hold": 30 } });
    let second = json!([action(1, &trigger, &json!([{ "action": 1 }]))]);
    let fake = Fake::of(BTreeMap::from([
        (2, vec![created(1, 1, first), pledged(1, "ann", 0, false)]),
        (3, vec![created(2, 2, second), pledged(2, "bob", 0, false)]),
    ]));
    let mut seen = vec![];
    for height in 3..=7 {
        let home = Home::new(&format!("together-wakes-{height}"));
        let node = Node::start(fake.clone()).await;
        index(&node, &home.db("a"), height).await.unwrap();
        let shared = Arc::new(Shared::new([]));
        let reader = Reader::open(&home.db("a"), shared).await.unwrap();
        let cause = reader.cause(2).await.unwrap().1.unwrap();
        seen.push((cause.changed_height, cause.actions[0].can_activate));
    }
    // The other cause's action becomes active at 4, the own hold ends at 6.
    assert_eq!(
        seen,
        [(3, false), (4, false), (4, false), (6, true), (6, true)]
    );
}
