//! An answer and its height are of one snapshot, and its ETag moves with whatever it says.

use std::sync::Arc;

use muster_indexer::follow::{Follower, Shared};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::home::{Home, index};
use crate::node::{Fake, Node};
use crate::server::Server;

/// How many stand after each block of [`Fake::journal`].
fn pledged(height: u64) -> u64 {
    height.saturating_sub(2).min(5)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_read_while_blocks_are_folded_is_of_the_height_it_says() {
    let (home, node) = (Home::new("snapshots"), Node::start(Fake::journal()).await);
    let (db, shared) = (home.db("a"), Arc::new(Shared::new([])));
    index(&node, &db, 2).await.unwrap();
    let server = Server::start(&db, shared.clone()).await;
    let follow = async {
        let deployment = node.deployment();
        let stop = CancellationToken::new();
        let mut follower = Follower::start(&deployment, &db, shared).await.unwrap();
        for until in 3..=9 {
            // A block at a time, with room for readers in between.
            follower.run(Some(until), &stop).await.unwrap();
            tokio::task::yield_now().await;
        }
    };
    let read = async {
        loop {
            let (cause, _) = server.get("/v1/causes/1").await;
            let height = cause["view"]["height"].as_u64().unwrap();
            assert_eq!(cause["actions"][0]["pledged"], pledged(height));
            let (list, _) = server.get("/v1/causes/1/pledges").await;
            let height = list["view"]["height"].as_u64().unwrap();
            let found = list["pledges"].as_array().unwrap().len() as u64;
            assert_eq!(found, pledged(height));
            if height == 9 {
                return;
            }
        }
    };
    tokio::join!(follow, read);
}

#[tokio::test]
async fn an_etag_moves_whenever_something_on_its_page_does() {
    let (home, node) = (Home::new("etags"), Node::start(Fake::journal()).await);
    let db = home.db("a");
    index(&node, &db, 2).await.unwrap();
    let server = Server::start(&db, Arc::new(Shared::new([]))).await;
    let paths = [
        "/v1/causes",
        "/v1/causes/1",
        "/v1/causes/1/pledges",
        "/v1/causes/1/pledges?page_size=2",
    ];
    let mut before = vec![(Value::Null, String::new()); paths.len()];
    let mut moved = 0;
    for height in 2..=20 {
        index(&node, &db, height).await.unwrap();
        for (path, before) in paths.iter().zip(&mut before) {
            let (mut body, tag) = server.get(path).await;
            body["view"].take();
            if body != before.0 {
                assert_ne!(tag, before.1, "{path} changed at {height}");
                moved += 1;
            }
            *before = (body, tag);
        }
    }
    // Creation, five pledges, the close, the attestations, the end of both windows: seen above.
    assert!(moved > 4 * 8, "{moved}");
}
