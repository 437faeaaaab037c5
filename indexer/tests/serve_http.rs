//! A real server over a real, empty database: what clients may send wrong, and what all answers bear.

use std::error::Error;
use std::sync::Arc;

use muster_indexer::follow::Shared;
use muster_indexer::pages;
use muster_indexer::read::Reader;
use muster_indexer::serve::forward::ChainInfo;
use muster_indexer::serve::limits::{Clients, Limits};
use muster_indexer::serve::node::Node;
use muster_indexer::serve::{ServeState, bind, serve};
use muster_indexer::store;
use tokio_util::sync::CancellationToken;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

struct Server {
    base: String,
    stop: CancellationToken,
    folder: std::path::PathBuf,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.cancel();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn start(name: &str, limits: Limits) -> Result<Server> {
    start_with(name, limits, Vec::new()).await
}

async fn start_with(name: &str, limits: Limits, sponsors: Vec<String>) -> Result<Server> {
    let folder = std::env::temp_dir().join(format!("muster-serve-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let db = format!("sqlite://{}/muster.db", folder.display());
    drop(store::open_writer(&db).await?);
    let limits = Arc::new(limits);
    let stop = CancellationToken::new();
    let shared = Arc::new(Shared::new(Vec::new()));
    let chain = r#"{ "chain_id": "test-1", "bech32_prefix": "wasm", "contracts": {},
        "fee_denom": "umust", "gas_price": "0.025", "faucet": { "mnemonic": "secret" } }"#;
    let mut chain = ChainInfo::from_deployment(chain)?;
    chain.sponsors = sponsors;
    let state = ServeState {
        source: Arc::new(Reader::open(&db, shared).await?),
        // Nothing listens on port 1.
        node: Node::new(vec!["http://127.0.0.1:1".into()])?,
        chain: Arc::new(chain),
        clients: Clients::new(Arc::clone(&limits)),
        limits,
        metrics: None,
        shutdown: stop.clone(),
    };
    let listener = bind("127.0.0.1:0".parse()?).await?;
    let base = format!("http://{}", listener.local_addr()?);
    let pages = pages::router(state.clone());
    tokio::spawn(serve(listener, state, pages));
    Ok(Server { base, stop, folder })
}

#[tokio::test]
async fn what_is_wrong_is_a_problem_and_never_ours() -> Result<()> {
    let server = start("wrong", Limits::default()).await?;
    let client = reqwest::Client::new();
    for (path, status) in [
        ("/v1/causes?page_size=x", 400),
        ("/v1/causes?page_token=%25", 400),
        ("/v1/causes?min_height=-1", 400),
        ("/v1/causes/abc", 400),
        ("/v1/causes/%FF", 400),
        ("/v1/causes/+1", 400),
        ("/v1/causes/0", 404),
        ("/v1/causes/18446744073709551615", 404),
        ("/v1/causes/1/pledges", 404),
        ("/v1/causes/1/events", 404),
        ("/v1/people/%3Cscript%3E", 400),
        ("/chain/accounts/wasm1x", 400),
        ("/chain/txs/zz", 400),
        ("/chain/sequence/wasm1x", 400),
        ("/chain/verdicts/x", 400),
        ("/chain/relay/0/zz", 400),
        ("/nowhere", 404),
    ] {
        let answer = client.get(format!("{}{path}", server.base)).send().await?;
        assert_eq!(answer.status(), status, "{path}");
        assert_eq!(
            answer.headers()["content-type"],
            "application/problem+json",
            "{path}"
        );
        let body: serde_json::Value = answer.json().await?;
        assert_eq!(body["status"], status, "{path}");
    }
    let post = |body: Vec<u8>| {
        client
            .post(format!("{}/chain/broadcast", server.base))
            .body(body)
            .send()
    };
    assert_eq!(post(b"{}".to_vec()).await?.status(), 400);
    assert_eq!(post(br#"{"tx_bytes":"%"}"#.to_vec()).await?.status(), 400);
    assert_eq!(post(vec![b' '; 300 * 1024]).await?.status(), 413);
    let wrong = client
        .post(format!("{}/v1/causes", server.base))
        .send()
        .await?;
    assert_eq!(wrong.status(), 405);
    Ok(())
}

#[tokio::test]
async fn answers_bear_height_and_only_reads_are_open_to_other_origins() -> Result<()> {
    let server = start("headers", Limits::default()).await?;
    let client = reqwest::Client::new();
    let get = |path: &str| {
        client
            .get(format!("{}{path}", server.base))
            .header("origin", "https://elsewhere.example")
    };
    let causes = get("/v1/causes?page_size=100000").send().await?;
    assert_eq!(causes.status(), 200);
    assert!(causes.headers().contains_key("x-indexed-height"));
    assert_eq!(causes.headers()["access-control-allow-origin"], "*");
    let tag = causes.headers()["etag"].clone();
    let again = get("/v1/causes?page_size=100000")
        .header("if-none-match", tag)
        .send()
        .await?;
    assert_eq!(again.status(), 304);
    assert!(again.headers().contains_key("x-indexed-height"));
    let info = get("/chain/info").send().await?;
    assert!(!info.headers().contains_key("access-control-allow-origin"));
    // Not a local chain: no faucet, whatever the file says.
    assert!(info.json::<serde_json::Value>().await?["faucet"].is_null());
    Ok(())
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back() -> Result<()> {
    let one = std::num::NonZeroU32::MIN;
    let limits = Limits {
        per_second: one,
        burst: one,
        ..Limits::default()
    };
    let server = start("often", limits).await?;
    assert_eq!(
        reqwest::get(format!("{}/v1/status", server.base))
            .await?
            .status(),
        200
    );
    let second = reqwest::get(format!("{}/v1/status", server.base)).await?;
    assert_eq!(second.status(), 429);
    assert!(second.headers().contains_key("retry-after"));
    assert_eq!(
        reqwest::get(format!("{}/live", server.base))
            .await?
            .status(),
        200
    );
    Ok(())
}

#[tokio::test]
async fn grpc_web_is_on_the_same_port() -> Result<()> {
    let server = start("grpc", Limits::default()).await?;
    let answer = reqwest::Client::new()
        .post(format!("{}/muster.v1.CauseService/ListCauses", server.base))
        .header("content-type", "application/grpc-web+proto")
        .body(vec![0; 5])
        .send()
        .await?;
    assert_eq!(answer.status(), 200);
    let text = String::from_utf8_lossy(&answer.bytes().await?).into_owned();
    assert!(text.contains("grpc-status:0"), "{text:?}");
    Ok(())
}

#[tokio::test]
async fn a_port_in_use_is_one_clear_line() -> Result<()> {
    let first = bind("127.0.0.1:0".parse()?).await?;
    let line = bind(first.local_addr()?).await.err().ok_or("bound twice")?;
    assert!(line.contains("in use") && !line.contains('\n'), "{line}");
    Ok(())
}

/// A sponsor that says what it was handed.
async fn a_sponsor() -> Result<String> {
    use axum::extract::Json;
    use axum::http::StatusCode;
    use axum::routing::{get, post};
    type Value = serde_json::Value;
    let take = async |Json(found): Json<Value>| (StatusCode::ACCEPTED, Json(found));
    let full = async || (StatusCode::TOO_MANY_REQUESTS, r#"{"status":429}"#);
    let huge = async || "x".repeat(1 << 20);
    let app = axum::Router::new()
        .route("/v1/relay", post(take))
        .route(&format!("/v1/relay/{}", "a".repeat(64)), get(full))
        .route(&format!("/v1/relay/{}", "b".repeat(64)), get(huge));
    let listener = bind("127.0.0.1:0".parse()?).await?;
    let base = format!("http://{}/", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(base)
}

#[tokio::test]
async fn what_is_signed_is_handed_on_as_it_is_to_sponsors_that_are_known() -> Result<()> {
    let sponsors = vec![a_sponsor().await?, "http://127.0.0.1:1".into()];
    let server = start_with("sponsors", Limits::default(), sponsors.clone()).await?;
    let client = reqwest::Client::new();
    let info = client.get(format!("{}/chain/info", server.base)).send();
    let info: serde_json::Value = info.await?.json().await?;
    assert_eq!(info["sponsors"], serde_json::json!(sponsors));
    let item =
        serde_json::json!({ "items": [{ "key": "<&é", "sequence": 1_800_000_000_000_u64 }] });
    let hand = |place: &str| {
        client
            .post(format!("{}/chain/relay/{place}", server.base))
            .json(&item)
            .send()
    };
    let answer = hand("0").await?;
    assert_eq!(answer.status(), 202);
    assert_eq!(answer.json::<serde_json::Value>().await?, item);
    for (place, status) in [("1", 502), ("2", 404), ("-1", 404), ("x", 404)] {
        assert_eq!(hand(place).await?.status(), status, "{place}");
    }
    for (id, status) in [("a", 429), ("b", 502), ("c", 404)] {
        let path = format!("/chain/relay/0/{}", id.repeat(64));
        let answer = client.get(format!("{}{path}", server.base)).send().await?;
        assert_eq!(answer.status(), status, "{id}");
        let kind = &answer.headers()["content-type"];
        assert_eq!(kind, "application/problem+json");
    }
    let no_json = client
        .post(format!("{}/chain/relay/0", server.base))
        .body("x");
    assert_eq!(no_json.send().await?.status(), 400);
    Ok(())
}
