//! A refund bonus beside what its action requires, folded: who is due what, whatever failed when.

use std::collections::BTreeMap;
use std::sync::Arc;

use muster_indexer::follow::Shared;
use muster_indexer::read::Reader;
use muster_indexer::read::types::Bonus;
use serde_json::{Value, json};

use crate::home::{Home, index};
use crate::node::{Fake, Node, coins_pledged, created, event, pledged, time};

/// X (1), of which two are needed, with a bonus of at most 10; and Y (2), which requires X too where
/// `ring` says so. "ann" is in X, and whoever else; "cas" in Y, of which `least` are needed.
fn story(least: u32, y_closes: u64, ring: bool, in_x: &[&str]) -> BTreeMap<u64, Vec<Value>> {
    let closes = |height| json!({ "at_close": { "pledge_until": time(height) } });
    let action = |goal: u32, schedule: Value, requires: Value, more: Value| {
        let mut action = json!({
            "label": "do", "description": "d", "goal": goal, "schedule": schedule, "lock": 1,
            "requires": requires, "act_window": 30, "report_window": 30,
            "fulfilment": { "honor": {} }
        });
        for (key, value) in more.as_object().into_iter().flatten() {
            action[key] = value.clone();
        }
        action
    };
    let bonus = json!({
        "stake": { "rule": "required", "coin": { "denom": "umust", "amount": "1000" } },
        "forfeits_to": { "everybody": {} },
        "bonus": { "sponsor": "s", "per_pledge": "10", "before": time(10) }
    });
    let back = if ring {
        json!([{ "own": 0 }])
    } else {
        json!([])
    };
    let actions = json!([
        action(2, closes(10), json!([{ "own": 1 }]), bonus),
        action(least, closes(y_closes), back, json!({})),
    ]);
    let gift = [("action", "1"), ("person", "s"), ("amount", "25")];
    let mut all = vec![event("bonus_sponsored", &gift), pledged(2, "cas", 0, false)];
    all.extend(in_x.iter().map(|who| pledged(1, who, 0, true)));
    BTreeMap::from([(2, vec![created(1, 1, actions)]), (3, all)])
}

/// What X's bonus is at a height, and what "ann" may claim.
async fn at(name: &str, blocks: &BTreeMap<u64, Vec<Value>>, height: u64) -> (Bonus, String) {
    let home = Home::new(name);
    let node = Node::start(Fake::of(blocks.clone())).await;
    index(&node, &home.db("a"), height).await.unwrap();
    let reader = Reader::open(&home.db("a"), Arc::new(Shared::new([])))
        .await
        .unwrap();
    let cause = reader.cause(1).await.unwrap().1.unwrap();
    let ann = reader.person("ann").await.unwrap().1.pledges.remove(0);
    let due = ann.claimable.unwrap_or_default();
    let due = due.first().map_or("0".into(), |c| c.amount.to_string());
    (cause.actions[0].bonus.clone().unwrap(), due)
}

#[tokio::test]
async fn it_is_due_where_too_few_were_in_and_nothing_required_had_failed() {
    for (name, story, (each, rest, due)) in [
        // Too few for X alone; Y fails with it, or goes on.
        ("alone-ring", story(1, 10, true, &["ann"]), (10, 15, "1010")),
        ("alone", story(1, 10, false, &["ann"]), (10, 15, "1010")),
        (
            "alone-earlier",
            story(1, 6, false, &["ann"]),
            (10, 15, "1010"),
        ),
        // Too few for both, in the same second.
        ("both-ring", story(2, 10, true, &["ann"]), (0, 25, "1000")),
        ("both", story(2, 10, false, &["ann"]), (0, 25, "1000")),
        // Enough for X, too few for Y.
        (
            "other",
            story(2, 10, true, &["ann", "bob"]),
            (0, 25, "1000"),
        ),
        // Y failed sooner.
        ("sooner", story(2, 6, false, &["ann"]), (0, 25, "1000")),
        (
            "sooner-full",
            story(2, 6, false, &["ann", "bob"]),
            (0, 25, "1000"),
        ),
    ] {
        for height in [10, 13] {
            let place = format!("bonus-{name}-{height}");
            let (bonus, claimable) = at(&place, &story, height).await;
            assert_eq!((bonus.each, bonus.rest), (each, rest), "{place}");
            assert_eq!(claimable, due, "{place}");
        }
    }
    // Before it is over nothing goes back, unless what it requires has ended it.
    let open = at("bonus-open", &story(1, 6, false, &["ann"]), 9).await.0;
    assert_eq!(open.rest, 0);
    let (ended, due) = at("bonus-ended", &story(2, 6, false, &["ann"]), 9).await;
    assert_eq!((ended.each, ended.rest, due), (0, 25, "1000".into()));
}

/// Coins: eight units of 500, "ann" gives three and "bob" one; "late" comes too late, "high" asks for
/// more than the goal.
fn land(more: u32) -> BTreeMap<u64, Vec<Value>> {
    let actions = json!([{
        "label": "land", "description": "d", "goal": 8, "lock": 1,
        "unit": { "coins": { "denom": "umust", "min": "500", "beneficiary": "f" } },
        "schedule": { "at_close": { "pledge_until": time(10) } },
        "act_window": 0, "report_window": 0, "fulfilment": { "honor": {} },
        "bonus": { "sponsor": "s", "per_pledge": "10", "before": time(5) }
    }]);
    let gift = [("action", "1"), ("person", "s"), ("amount", "25")];
    let early = vec![
        event("bonus_sponsored", &gift),
        coins_pledged(1, "ann", 3 + more, 0),
        coins_pledged(1, "bob", 1, 8),
        coins_pledged(1, "high", 1, 9),
        coins_pledged(1, "gone", 1, 0),
        event("withdrawn", &[("action", "1"), ("person", "gone")]),
    ];
    BTreeMap::from([
        (2, vec![created(1, 1, actions)]),
        (3, early),
        (5, vec![coins_pledged(1, "late", 1, 0)]),
    ])
}

#[tokio::test]
async fn beside_coins_each_pledge_has_it_and_not_each_unit() {
    let blocks = land(0);
    let (open, _) = at("bonus-coins-open", &blocks, 9).await;
    assert_eq!((open.eligible, open.each, open.rest), (2, 10, 0));
    let (failed, due) = at("bonus-coins", &blocks, 10).await;
    assert_eq!((failed.each, failed.rest, due), (10, 5, "1510".into()));
    let (bound, _) = at("bonus-coins-bound", &land(3), 10).await;
    assert_eq!(bound.rest, 25);

    // What was paid is what is known to be due: nothing is left, and nothing is an alarm.
    let mut blocks = land(0);
    let paid = |who, coins, bonus| {
        let all = [
            ("action", "1"),
            ("person", who),
            ("coins", coins),
            ("bonus", bonus),
        ];
        event("claimed", &all[..if bonus == "0" { 3 } else { 4 }])
    };
    let back = [("action", "1"), ("to", "s"), ("amount", "5")];
    let all = vec![
        paid("ann", "1500", "10"),
        paid("bob", "500", "10"),
        paid("high", "500", "0"),
        paid("late", "500", "0"),
        event("bonus_returned", &back),
    ];
    blocks.insert(11, all);
    let home = Home::new("bonus-coins-paid");
    let node = Node::start(Fake::of(blocks)).await;
    index(&node, &home.db("a"), 12).await.unwrap();
    let reader = Reader::open(&home.db("a"), Arc::new(Shared::new([])))
        .await
        .unwrap();
    let cause = reader.cause(1).await.unwrap().1.unwrap();
    let action = &cause.actions[0];
    assert!(action.held.is_empty(), "{:?}", action.held);
    assert_eq!(action.bonus.as_ref().unwrap().rest, 0);
    let ann = reader.person("ann").await.unwrap().1.pledges.remove(0);
    assert_eq!(ann.paid[0].amount.to_string(), "1510");
}
