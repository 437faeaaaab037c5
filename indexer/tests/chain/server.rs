//! Everything on one port, over a database that somebody else writes.

use std::num::NonZeroU32;
use std::sync::Arc;

use muster_indexer::follow::Shared;
use muster_indexer::read::Reader;
use muster_indexer::serve::forward::ChainInfo;
use muster_indexer::serve::limits::{Clients, Limits};
use muster_indexer::serve::node::Node as Rpc;
use muster_indexer::serve::{ServeState, bind, serve};
use muster_indexer::store;
use serde_json::Value;
use tokio_util::sync::{CancellationToken, DropGuard};

/// Gone with the test.
pub(crate) struct Server {
    pub(crate) base: String,
    _stop: DropGuard,
}

impl Server {
    pub(crate) async fn start(db: &str, shared: Arc<Shared>) -> Self {
        let limits = Limits {
            per_second: NonZeroU32::MAX,
            burst: NonZeroU32::MAX,
            ..Limits::default()
        };
        Self::with(db, shared, limits).await
    }

    pub(crate) async fn with(db: &str, shared: Arc<Shared>, limits: Limits) -> Self {
        drop(store::open_writer(db).await.unwrap());
        let limits = Arc::new(limits);
        let stop = CancellationToken::new();
        let chain = r#"{ "chain_id": "fake-1", "bech32_prefix": "abcdef", "contracts": {},
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
