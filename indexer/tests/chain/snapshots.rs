//! An answer and its height are of one snapshot, and its ETag moves with whatever it says.

use std::sync::Arc;

use muster_indexer::follow::{Follower, Shared};
use muster_indexer::read::Reader;
use muster_indexer::serve::forward::ChainInfo;
use muster_indexer::serve::limits::{Clients, Limits};
use muster_indexer::serve::node::Node as Rpc;
use muster_indexer::serve::{ServeState, bind, serve};
use muster_indexer::store;
use serde_json::Value;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::home::{Home, index};
use crate::node::{Fake, Node};

/// A server over a database that somebody else writes.
pub(crate) struct Server {
    pub(crate) base: String,
    _stop: DropGuard,
}

impl Server {
    pub(crate) async fn start(db: &str, shared: Arc<Shared>) -> Self {
        drop(store::open_writer(db).await.unwrap());
        let limits = Arc::new(Limits {
            per_second: std::num::NonZeroU32::MAX,
            burst: std::num::NonZeroU32::MAX,
            ..Limits::default()
        });
        let stop = CancellationToken::new();
        let chain = r#"{ "chain_id": "fake-1", "bech32_prefix": "wasm", "contracts": {},
            "fee_denom": "umust", "gas_price": "0.025" }"#;
        let state = ServeState {
            source: Arc::new(Reader::open(db, shared).await.unwrap()),
            node: Rpc::new(vec!["http://127.0.0.1:1".into()]).unwrap(),
            chain: Arc::new(ChainInfo::from_deployment(chain).unwrap()),
            clients: Clients::new(Arc::clone(&limits)),
            limits,
            metrics: None,
            shutdown: stop.clone(),
        };
        let listener = bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(serve(listener, state, axum::Router::new()));
        let _stop = stop.drop_guard();
        Self { base, _stop }
    }

    /// The body and the ETag.
    pub(crate) async fn get(&self, path: &str) -> (Value, String) {
        let answer = reqwest::get(format!("{}{path}", self.base)).await.unwrap();
        let header = |name: &str| {
            let value = answer.headers().get(name);
            value.map_or(String::new(), |v| v.to_str().unwrap().to_owned())
        };
        let (tag, height) = (header("etag"), header("x-indexed-height"));
        let body: Value = answer.json().await.unwrap();
        if let Some(found) = body["view"]["height"].as_u64() {
            assert_eq!(found.to_string(), height, "{path}");
        }
        (body, tag)
    }
}

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
