//! The follower against a node that can be made to lie, to forget and to be slow.

use std::sync::Arc;

use muster_indexer::error::Error;
use muster_indexer::follow::Shared;
use muster_indexer::read::Reader;
use muster_indexer::read::types::{Phase, PledgeState};
use muster_indexer::store;

use crate::home::{Home, hash, index};
use crate::node::{self, Fake, Node};

#[tokio::test]
async fn the_five_researchers_commit_0_2_2_4_5_and_one_of_them_forfeits() {
    let (home, node) = (Home::new("five"), Node::start(Fake::journal()).await);
    let db = home.db("a");
    for (height, committed) in [(3, 0), (4, 2), (5, 2), (6, 4), (7, 5)] {
        index(&node, &db, height).await.unwrap();
        let reader = Reader::open(&db, Arc::new(Shared::new([]))).await.unwrap();
        let (view, cause) = reader.cause(1).await.unwrap();
        assert_eq!(view.height, height);
        let action = &cause.unwrap().actions[0];
        assert_eq!(
            (action.committed, action.phase),
            (committed, Phase::Pledging)
        );
    }
    index(&node, &db, 20).await.unwrap();
    let reader = Reader::open(&db, Arc::new(Shared::new([]))).await.unwrap();
    let (_, cause) = reader.cause(1).await.unwrap();
    let action = &cause.unwrap().actions[0];
    assert_eq!((action.phase, action.active), (Phase::Settled, true));
    assert_eq!((action.kept, action.broken), (4, 1));
    let (_, pledges) = reader.pledges(1, None, 100).await.unwrap();
    let pledges = pledges.unwrap().pledges;
    let status: Vec<_> = pledges.iter().map(|p| p.status).collect();
    let [k, b] = [PledgeState::Kept, PledgeState::Broken];
    assert_eq!(status, [k, k, k, k, b]);
    // S = 1000, C = 4, B = 1: f = 1000, keeper 10, no fee, 990 / 4 = 247.
    let due: Vec<String> = pledges
        .iter()
        .map(|p| {
            p.claimable
                .iter()
                .flatten()
                .map(ToString::to_string)
                .collect()
        })
        .collect();
    assert_eq!(
        due,
        ["1247umust", "1247umust", "1247umust", "1247umust", ""]
    );
    let (_, person) = reader.person("p1").await.unwrap();
    assert_eq!(person.claimable[0].to_string(), "1247umust");
    let (_, attestor) = reader.person("library").await.unwrap();
    assert_eq!(attestor.attests, [1]);
    let (view, status) = reader.status().await.unwrap();
    assert_eq!(status.solvency[0].owed, 5_000);
    // Small: hashed at the height of the answer itself.
    assert_eq!(status.state_hash_height, view.height);
    assert_eq!(status.state_hash, hash(&db).await.unwrap());
}

#[tokio::test]
async fn stopping_anywhere_gives_the_hash_of_a_fresh_index() {
    let (home, node) = (Home::new("restart"), Node::start(Fake::journal()).await);
    let whole = index(&node, &home.db("whole"), 20).await.unwrap();
    let mut pieces = String::new();
    for until in 2..=20 {
        pieces = index(&node, &home.db("pieces"), until).await.unwrap();
    }
    assert_eq!(whole, pieces);

    // Aborted wherever it happens to be, as often as it takes.
    let db = home.db("aborted");
    for micros in (0..40).map(|n| n * 500) {
        let within = std::time::Duration::from_micros(micros);
        let _ = tokio::time::timeout(within, index(&node, &db, 20)).await;
    }
    assert_eq!(index(&node, &db, 20).await.unwrap(), whole);
}

#[tokio::test]
async fn results_that_come_late_are_waited_for() {
    let mut fake = Fake::journal();
    fake.late = 3;
    let (home, node) = (Home::new("late"), Node::start(fake).await);
    let late = index(&node, &home.db("late"), 20).await.unwrap();
    let prompt = Node::start(Fake::journal()).await;
    assert_eq!(late, index(&prompt, &home.db("prompt"), 20).await.unwrap());
}

#[tokio::test]
async fn another_chain_and_a_missing_contract_are_refused() {
    let home = Home::new("wrong");
    let mut fake = Fake::journal();
    fake.chain = "another-1".into();
    let e = index(&Node::start(fake).await, &home.db("a"), 20)
        .await
        .unwrap_err();
    assert!(matches!(e, Error::WrongChain { .. }), "{e}");
    let mut fake = Fake::journal();
    fake.contract = false;
    let e = index(&Node::start(fake).await, &home.db("a"), 20)
        .await
        .unwrap_err();
    assert!(matches!(e, Error::NoContract { .. }), "{e}");
}

#[tokio::test]
async fn a_hole_below_the_nodes_first_block_is_refused() {
    let home = Home::new("pruned");
    let mut fake = Fake::journal();
    fake.earliest = 9;
    let e = index(&Node::start(fake).await, &home.db("a"), 20)
        .await
        .unwrap_err();
    assert!(
        matches!(
            e,
            Error::Pruned {
                earliest: 9,
                needed: 2
            }
        ),
        "{e}"
    );
}

#[tokio::test]
async fn another_history_is_refused_at_the_cursor_and_behind_it() {
    let (home, node) = (Home::new("history"), Node::start(Fake::journal()).await);
    index(&node, &home.db("a"), 10).await.unwrap();
    let before = hash(&home.db("a")).await.unwrap();
    let mut fake = Fake::journal();
    fake.forked_from = Some(10);
    let e = index(&Node::start(fake).await, &home.db("a"), 20)
        .await
        .unwrap_err();
    assert!(matches!(e, Error::HashMismatch { height: 10, .. }), "{e}");
    let mut fake = Fake::journal();
    fake.broken_link = Some(15);
    let e = index(&Node::start(fake).await, &home.db("a"), 20)
        .await
        .unwrap_err();
    assert!(matches!(e, Error::HashMismatch { height: 15, .. }), "{e}");
    assert_eq!(hash(&home.db("a")).await.unwrap(), before);
}

#[tokio::test]
async fn what_is_not_understood_is_kept_raw_and_the_rest_goes_on() {
    let mut fake = Fake::journal();
    fake.blocks.entry(8).or_default().extend([
        node::event("pledged", &[("action", "nonsense")]),
        node::event("pledged", &[("action", "99"), ("person", "p9")]),
        node::event("from_the_future", &[]),
    ]);
    let (home, node) = (Home::new("raw"), Node::start(fake).await);
    let db = home.db("a");
    index(&node, &db, 20).await.unwrap();
    let mut raw = store::open_writer(&db).await.unwrap();
    let kept: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM raw_events WHERE height = 8")
        .fetch_one(&mut raw)
        .await
        .unwrap();
    assert_eq!(kept, 3);
    let reader = Reader::open(&db, Arc::new(Shared::new([]))).await.unwrap();
    let (_, cause) = reader.cause(1).await.unwrap();
    assert_eq!(cause.unwrap().actions[0].pledged, 5);
}

#[tokio::test]
async fn events_of_others_are_not_ours() {
    let mut fake = Fake::journal();
    let mut foreign = node::event("pledged", &[("action", "1"), ("person", "p9")]);
    foreign["attributes"][0]["value"] = "somebody else".into();
    // In a block that has transactions anyway: no header says anything of events.
    fake.blocks.entry(7).or_default().push(foreign);
    let (home, node) = (Home::new("foreign"), Node::start(fake).await);
    let plain = Node::start(Fake::journal()).await;
    let with = index(&node, &home.db("a"), 20).await.unwrap();
    assert_eq!(with, index(&plain, &home.db("b"), 20).await.unwrap());
}
