//! Causes that name an earlier one: shown from both sides.

use std::collections::BTreeMap;
use std::sync::Arc;

use muster_indexer::follow::Shared;
use muster_indexer::read::Reader;
use muster_indexer::read::types::Related;
use serde_json::{Value, json};

use crate::home::{Home, index};
use crate::node::{Fake, Node, created, time};

fn with_relation(mut event: Value, relation: &Value) -> Value {
    let place = &mut event["attributes"][6]["value"];
    let mut definition: Value = serde_json::from_str(place.as_str().unwrap()).unwrap();
    definition["relation"] = relation.clone();
    *place = definition.to_string().into();
    event
}

#[tokio::test]
async fn both_sides_tell_and_the_earlier_one_has_changed() {
    let actions = json!([{
        "label": "do", "description": "d", "goal": 1, "act_window": 30, "report_window": 30,
        "schedule": { "at_close": { "pledge_until": time(9) } }, "fulfilment": { "honor": {} }
    }]);
    let follows = json!({ "follows": { "cause": 1 } });
    let against = json!({ "counter_to": { "cause": 1 } });
    let node = Node::start(Fake::of(BTreeMap::from([
        (2, vec![created(1, 1, actions.clone())]),
        (
            4,
            vec![with_relation(created(2, 2, actions.clone()), &follows)],
        ),
        (5, vec![with_relation(created(3, 3, actions), &against)]),
    ])))
    .await;
    let home = Home::new("relations");
    index(&node, &home.db("a"), 6).await.unwrap();
    let shared = Arc::new(Shared::new([]));
    let reader = Reader::open(&home.db("a"), shared).await.unwrap();
    let is = |kind: &str, cause| Related {
        kind: kind.into(),
        cause,
    };
    let earlier = reader.cause(1).await.unwrap().1.unwrap();
    assert_eq!(earlier.related, [is("counter_to", 3), is("follows", 2)]);
    assert_eq!((earlier.relation, earlier.changed_height), (None, 5));
    let later = reader.cause(2).await.unwrap().1.unwrap();
    assert_eq!(later.relation, Some(is("follows", 1)));
}
