//! Pledges that their people only signed, and who sent them.

use std::collections::BTreeMap;
use std::sync::Arc;

use muster_indexer::follow::Shared;
use muster_indexer::read::Reader;
use serde_json::{Value, json};

use crate::home::{Home, hash, index};
use crate::node::{Fake, Lie, Node, created, event, pledged, time};

/// The event as one of message `number` of its transaction.
fn of_message(number: u8, mut event: Value) -> Value {
    let index = json!({ "key": "msg_index", "value": number.to_string() });
    event["attributes"].as_array_mut().unwrap().push(index);
    event
}

fn relayed(sponsor: &str, landed: &str, refused: &str) -> Value {
    let attributes = [
        ("sponsor", sponsor),
        ("landed", landed),
        ("refused", refused),
    ];
    event("relayed", &attributes)
}

fn chain() -> Fake {
    let action = json!([{
        "label": "do", "description": "d", "goal": 2,
        "schedule": { "at_close": { "pledge_until": time(20) } },
        "act_window": 30, "report_window": 30, "fulfilment": { "honor": {} }
    }]);
    let refused = [
        ("index", "1"),
        ("person", "eve"),
        ("code", "stale_sequence"),
        ("reason", "found 1, allowed are 2 to 3"),
    ];
    Fake::of(BTreeMap::from([
        (2, vec![created(1, 1, action)]),
        (
            3,
            vec![
                of_message(0, pledged(1, "own", 0, false)),
                of_message(1, relayed("rich", "2", "1")),
                of_message(1, pledged(1, "ann", 0, false)),
                of_message(1, event("relay_refused", &refused)),
                of_message(1, pledged(1, "bob", 3, false)),
                of_message(2, pledged(1, "cas", 0, false)),
            ],
        ),
        (4, vec![pledged(1, "dan", 0, false)]),
        (
            5,
            vec![
                event("withdrawn", &[("action", "1"), ("person", "ann")]),
                event("voided", &[("person", "ann"), ("sequence", "9")]),
            ],
        ),
        (6, vec![pledged(1, "ann", 0, false)]),
    ]))
}

#[tokio::test]
async fn a_pledge_names_who_sent_it_unless_the_person_did() {
    let node = Node::start(chain()).await;
    for (height, ann) in [(4, Some("rich")), (5, Some("rich")), (6, None)] {
        let home = Home::new(&format!("relay-{height}"));
        index(&node, &home.db("a"), height).await.unwrap();
        let shared = Arc::new(Shared::new([]));
        let reader = Reader::open(&home.db("a"), shared).await.unwrap();
        for (person, sponsor) in [
            ("ann", ann),
            ("bob", Some("rich")),
            ("own", None),
            ("cas", None),
            ("dan", None),
        ] {
            let (_, found) = reader.person(person).await.unwrap();
            let found = found.pledges[0].sponsor.as_deref();
            assert_eq!(found, sponsor, "{person} at {height}");
        }
    }
}

/// Taking a block back folds the ones before it anew, sponsors too.
#[tokio::test]
async fn who_sent_it_is_known_again_after_a_block_was_taken_back() {
    let whole = Node::start(chain()).await;
    let home = Home::new("relay-refuted");
    let mut fake = chain();
    (fake.last, fake.lies) = (4, Some((4, Lie::Results)));
    let node = Node::start(fake).await;
    index(&node, &home.db("a"), 4).await.unwrap();
    node.change(|f| f.last = 8);
    index(&node, &home.db("a"), 8).await.unwrap_err();
    let kept = index(&whole, &home.db("fresh"), 3).await.unwrap();
    assert_eq!(hash(&home.db("a")).await.unwrap(), kept);
}
