//! Held and owed are of one height, though the chain is further by then.

use std::sync::Arc;

use muster_indexer::chain::Client;
use muster_indexer::follow::Shared;
use muster_indexer::read::Reader;
use muster_indexer::solvency;
use tokio_util::sync::CancellationToken;

use crate::following::Following;
use crate::home::{Home, index};
use crate::node::{Fake, Node};

/// [`Fake::journal`] with the stakes in the bank as they come.
fn funded() -> Fake {
    let mut fake = Fake::journal();
    fake.balances = (3..=7).map(|h| (h, u128::from(h - 2) * 1_000)).collect();
    fake
}

#[tokio::test]
async fn the_bank_is_asked_for_the_indexed_block_not_for_the_newest() {
    let (home, node) = (Home::new("solvency"), Node::start(funded()).await);
    let db = home.db("a");
    let clients = [Client::new(&node.url).unwrap()];
    for until in 2..=9 {
        index(&node, &db, until).await.unwrap();
        let shared = Arc::new(Shared::new(["umust".into(), "ueuro".into()]));
        let reader = Reader::open(&db, shared).await.unwrap();
        let books = solvency::compare(&reader, &clients, "causes")
            .await
            .unwrap();
        let (held, owed) = books.coins["umust"];
        assert_eq!((books.height, held), (until, owed), "at {until}");
        assert_eq!(owed, u128::from(until.min(7) - 2) * 1_000);
        assert!(books.coins.contains_key("ueuro"));
        // Before the first comparison: what is owed alone.
        let (_, status) = reader.status().await.unwrap();
        assert!(status.solvency.iter().all(|s| s.held.is_none()));
    }
}

#[tokio::test]
async fn status_gives_the_last_comparison_with_its_height() {
    let (home, node) = (Home::new("solvency-watch"), Node::start(funded()).await);
    node.change(|f| f.last = 4);
    let db = home.db("a");
    let following = Following::start(&[&node], &db, 8).await;
    following.reaches(4).await;
    let shared = following.shared.clone();
    let reader = Reader::open(&db, shared.clone()).await.unwrap();
    let stop = CancellationToken::new();
    let watching = solvency::watch(reader.clone(), node.deployment(), shared, stop.clone());
    let watching = tokio::spawn(watching);
    let compared_at = async |height: u64| {
        loop {
            let (_, status) = reader.status().await.unwrap();
            let found = &status.solvency[0];
            if found.held.is_some() {
                assert_eq!(found.held, Some(found.owed), "at {}", found.height);
            }
            if found.held.is_some() && found.height == height {
                return found.owed;
            }
            tokio::task::yield_now().await;
        }
    };
    assert_eq!(compared_at(4).await, 2_000);
    node.change(|f| f.last = 8);
    following.ends().await.unwrap();
    assert_eq!(compared_at(8).await, 5_000);
    stop.cancel();
    watching.await.unwrap();
}

#[tokio::test]
async fn a_node_without_that_state_gives_no_comparison() {
    let (home, node) = (Home::new("solvency-none"), Node::start(funded()).await);
    index(&node, &home.db("a"), 9).await.unwrap();
    node.change(|f| f.last = 8);
    let shared = Arc::new(Shared::new([]));
    let reader = Reader::open(&home.db("a"), shared).await.unwrap();
    let clients = [Client::new(&node.url).unwrap()];
    let e = solvency::compare(&reader, &clients, "causes").await;
    assert!(e.unwrap_err().to_string().contains("in the future"));
}
