//! Alternatives: proposals, ballots, and what becomes of the others at the choice.

use std::collections::BTreeMap;
use std::sync::Arc;

use muster_indexer::follow::Shared;
use muster_indexer::read::Reader;
use muster_indexer::read::types::Cause;
use serde_json::{Value, json};

use crate::home::{Home, index};
use crate::node::{Fake, Node, created, event, pledged, time};

fn action(label: &str, close: u64) -> Value {
    json!({
        "label": label, "description": "d", "goal": 1, "act_window": 30, "report_window": 30,
        "schedule": { "at_close": { "pledge_until": time(close) } }, "fulfilment": { "honor": {} }
    })
}

/// Two alternatives and one action more; proposals until block 5, the choice at block 8.
fn story() -> BTreeMap<u64, Vec<Value>> {
    let mut requires = action("needs b", 12);
    requires["requires"] = json!([{ "own": 1 }]);
    let mut begin = created(1, 1, json!([action("a", 12), action("b", 12), requires]));
    let place = &mut begin["attributes"][6]["value"];
    let mut definition: Value = serde_json::from_str(place.as_str().unwrap()).unwrap();
    definition["deliberation"] = json!({
        "alternatives": 2, "proposals": { "places": 2, "until": time(5) }, "score_until": time(8)
    });
    *place = definition.to_string().into();
    let proposed = event(
        "proposed",
        &[
            ("cause", "1"),
            ("proposal", "1"),
            ("person", "ann"),
            ("definition", &action("c", 12).to_string()),
        ],
    );
    let mut blocks = BTreeMap::from([
        (2, vec![begin]),
        (3, vec![pledged(1, "ann", 0, false), proposed]),
    ]);
    let mut seconded = vec![];
    for (i, name) in ["bob", "cas", "dan", "eve", "fay"].into_iter().enumerate() {
        seconded.push(pledged(2, name, 0, false));
        let mut said = vec![("cause", "1"), ("proposal", "1"), ("person", name)];
        if i == 4 {
            said.push(("action", "4"));
        }
        seconded.push(event("seconded", &said));
    }
    seconded.push(pledged(4, "gus", 0, false));
    blocks.insert(4, seconded);
    let scored = |person, scores| {
        let said = [("cause", "1"), ("person", person), ("scores", scores)];
        event("scored", &said)
    };
    blocks.insert(
        6,
        vec![
            scored("ann", "500"),
            scored("bob", "045"),
            scored("gus", "001"),
            scored("gus", "015"),
        ],
    );
    let left = [("cause", "1"), ("person", "ann")];
    blocks.insert(
        7,
        vec![
            event("withdrawn", &[("action", "1"), ("person", "ann")]),
            event("unscored", &left),
        ],
    );
    blocks
}

/// As the story stands at a height. `name`: the test's, whose folder no other uses.
async fn cause_at(name: &str, height: u64) -> Cause {
    let home = Home::new(&format!("deliberation-{name}-{height}"));
    let node = Node::start(Fake::of(story())).await;
    index(&node, &home.db("a"), height).await.unwrap();
    let reader = Reader::open(&home.db("a"), Arc::new(Shared::new([])))
        .await
        .unwrap();
    reader.cause(1).await.unwrap().1.unwrap()
}

fn phases(cause: &Cause) -> Vec<&'static str> {
    cause.actions.iter().map(|a| a.phase.as_str()).collect()
}

#[tokio::test]
async fn the_choice_drops_the_others_in_the_block_in_which_it_falls() {
    let before = cause_at("dropped", 7).await;
    assert_eq!(phases(&before), ["pledging"; 4]);
    assert_eq!(before.actions[3].label, "c");
    let undecided: Vec<bool> = before.actions.iter().map(|a| a.undecided).collect();
    assert_eq!(undecided, [true, true, false, true]);
    assert_eq!(before.actions[3].next_boundary, Some(time(8)));
    let after = cause_at("dropped", 8).await;
    assert_eq!(
        phases(&after),
        ["dropped", "dropped", "failed", "pledging"],
        "{:?}",
        after.deliberation
    );
    assert_eq!(after.changed_height, 8);
    assert!(after.actions.iter().all(|a| !a.undecided));
    assert!(!after.actions[0].takes_pledges && after.actions[3].takes_pledges);
    let end = cause_at("dropped", 12).await;
    assert_eq!(phases(&end), ["dropped", "dropped", "failed", "acting"]);
}

#[tokio::test]
async fn standings_and_proposals_are_told() {
    let cause = cause_at("told", 8).await;
    let told = cause.deliberation.unwrap();
    assert_eq!((told.chosen, told.runner_up), (Some(4), Some(2)));
    assert_eq!((told.ballots, told.places_left), (2, 1));
    let of = |i: usize| (told.alternatives[i].action, told.alternatives[i].score);
    assert_eq!([of(0), of(1), of(2)], [(1, 0), (2, 5), (4, 10)]);
    assert_eq!(told.alternatives[2].margins, [2, 2, 0]);
    assert_eq!(told.proposals.len(), 1);
    let proposal = &told.proposals[0];
    assert_eq!((proposal.seconders, proposal.action), (5, Some(4)));
    assert_eq!(proposal.label, "c");
}

#[tokio::test]
async fn a_person_has_ballots_and_proposals_they_seconded() {
    let home = Home::new("deliberation-person");
    let node = Node::start(Fake::of(story())).await;
    index(&node, &home.db("a"), 8).await.unwrap();
    let reader = Reader::open(&home.db("a"), Arc::new(Shared::new([])))
        .await
        .unwrap();
    let (_, gus) = reader.person("gus").await.unwrap();
    assert_eq!(
        (gus.ballots[0].cause, &gus.ballots[0].scores[..]),
        (1, &[0, 1, 5][..])
    );
    let (_, ann) = reader.person("ann").await.unwrap();
    assert!(ann.ballots.is_empty());
    let (_, bob) = reader.person("bob").await.unwrap();
    assert_eq!((bob.seconded[0].cause, bob.seconded[0].proposal), (1, 1));
}
