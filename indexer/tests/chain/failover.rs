//! Several nodes: one is followed, the others stand by.

use std::time::Duration;

use muster_indexer::error::Error;

use crate::following::Following;
use crate::home::{Home, hash, index};
use crate::node::{Fake, Node};

fn up_to(last: u64) -> Fake {
    let mut fake = Fake::journal();
    fake.last = last;
    fake
}

#[tokio::test]
async fn when_one_node_goes_another_is_followed() {
    let home = Home::new("failover");
    let (a, b) = (Node::start(up_to(10)).await, Node::start(up_to(20)).await);
    let following = Following::start(&[&a, &b], &home.db("a"), 20).await;
    following.reaches(10).await;
    a.change(|f| f.down = true);
    following.ends().await.unwrap();
    let fresh = index(&b, &home.db("fresh"), 20).await.unwrap();
    assert_eq!(hash(&home.db("a")).await.unwrap(), fresh);
}

#[tokio::test]
async fn the_second_is_taken_at_the_start_where_the_first_is_away_or_behind() {
    let home = Home::new("failover-start");
    let (a, b) = (Node::start(up_to(5)).await, Node::start(up_to(20)).await);
    index(&b, &home.db("a"), 9).await.unwrap();
    let behind = Following::start(&[&a, &b], &home.db("a"), 12).await;
    behind.ends().await.unwrap();
    a.change(|f| f.down = true);
    let away = Following::start(&[&a, &b], &home.db("a"), 20).await;
    away.ends().await.unwrap();
}

#[tokio::test]
async fn a_node_with_another_history_is_refused_on_the_switch() {
    let home = Home::new("failover-fork");
    let mut fork = up_to(20);
    fork.forked_from = Some(8);
    let (a, b) = (Node::start(up_to(10)).await, Node::start(fork).await);
    let following = Following::start(&[&a, &b], &home.db("a"), 20).await;
    following.reaches(10).await;
    a.change(|f| f.down = true);
    let e = following.ends().await.unwrap_err();
    assert!(matches!(e, Error::HashMismatch { height: 10, .. }), "{e}");
}

#[tokio::test]
async fn a_node_that_cannot_help_is_passed_over_while_another_may_come_back() {
    let home = Home::new("failover-pruned");
    let (mut pruned, mut other) = (up_to(20), up_to(20));
    pruned.earliest = 15;
    other.chain = "another-1".into();
    let (a, b) = (Node::start(up_to(10)).await, Node::start(pruned).await);
    let c = Node::start(other).await;
    let following = Following::start(&[&a, &b, &c], &home.db("a"), 20).await;
    following.reaches(10).await;
    a.change(|f| (f.down, f.last) = (true, 20));
    // Three rounds of refusals, and it is still there.
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(!following.done.is_finished());
    a.change(|f| f.down = false);
    following.ends().await.unwrap();
}

#[tokio::test]
async fn where_no_node_can_help_it_ends() {
    let home = Home::new("failover-none");
    let (a, b) = (Node::start(up_to(10)).await, Node::start(up_to(10)).await);
    let following = Following::start(&[&a, &b], &home.db("a"), 20).await;
    following.reaches(10).await;
    for node in [&a, &b] {
        node.change(|f| (f.last, f.earliest) = (20, 15));
    }
    let e = following.ends().await.unwrap_err();
    assert!(matches!(e, Error::Pruned { needed: 11, .. }), "{e}");
}

#[tokio::test]
async fn a_node_that_was_there_once_is_asked_for_ever() {
    let home = Home::new("failover-back");
    let node = Node::start(up_to(10)).await;
    let following = Following::start(&[&node], &home.db("a"), 20).await;
    following.reaches(10).await;
    node.change(|f| (f.down, f.last) = (true, 20));
    tokio::time::sleep(Duration::from_millis(500)).await;
    node.change(|f| f.down = false);
    following.ends().await.unwrap();
}

#[tokio::test]
async fn pruned_results_end_it_though_the_node_says_not_yet() {
    let home = Home::new("pruned-results");
    let mut fake = up_to(20);
    fake.results_from = 9;
    let node = Node::start(fake).await;
    let db = home.db("a");
    let end = index(&node, &db, 20);
    let end = tokio::time::timeout(Duration::from_secs(15), end).await;
    let e = end.expect("it asks for ever").unwrap_err();
    assert!(matches!(e, Error::NoResults(2)), "{e}");

    // The blocks are gone too.
    node.change(|f| f.results_from = 0);
    index(&node, &home.db("a"), 9).await.unwrap();
    node.change(|f| (f.results_from, f.earliest) = (15, 15));
    let e = index(&node, &home.db("a"), 20).await.unwrap_err();
    assert!(
        matches!(
            e,
            Error::Pruned {
                earliest: 15,
                needed: 10
            }
        ),
        "{e}"
    );
}
