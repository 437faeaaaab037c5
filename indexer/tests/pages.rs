//! The pages over a real read model: numbers, hostile texts, and what is answered where there is
//! nothing.

#[allow(dead_code, reason = "the follower's tests use the rest")]
#[path = "chain/node/mod.rs"]
mod node;

use std::sync::Arc;

use muster_indexer::follow::{Follower, Shared};
use muster_indexer::pages;
use muster_indexer::read::Reader;
use muster_indexer::serve::forward::ChainInfo;
use muster_indexer::serve::limits::{Clients, Limits};
use muster_indexer::serve::node::Node as Remote;
use muster_indexer::serve::{ServeState, bind, serve};
use node::{Fake, Node};
use reqwest::header;
use tokio_util::sync::CancellationToken;

struct Site {
    base: String,
    stop: CancellationToken,
    folder: std::path::PathBuf,
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop.cancel();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

const HOSTILE: &str = "Leave <script>alert(1)</script> & go";

/// The journal's example up to a height, under a hostile title.
async fn site(name: &str, until: u64) -> Site {
    site_of(name, until, Fake::journal()).await
}

async fn site_of(name: &str, until: u64, mut fake: Fake) -> Site {
    let folder = std::env::temp_dir().join(format!("muster-pages-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let db = format!("sqlite://{}/muster.db", folder.display());
    let text = serde_json::to_string(&fake.blocks[&2]).unwrap();
    fake.blocks.insert(
        2,
        serde_json::from_str(&text.replace("Leave the journal", HOSTILE)).unwrap(),
    );
    let node = Node::start(fake).await;
    let shared = Arc::new(Shared::new([]));
    let mut follower = Follower::start(&node.deployment(), &db, shared.clone())
        .await
        .unwrap();
    let stop = CancellationToken::new();
    follower.run(Some(until), &stop).await.unwrap();
    let limits = Arc::new(Limits::default());
    let chain = r#"{ "chain_id": "test-1", "bech32_prefix": "abcdef", "local": true,
        "contracts": { "causes": { "address": "causes" } }, "fee_denom": "umust", "gas_price": "0.025",
        "denoms": [{ "denom": "umust", "symbol": "MUST", "exponent": 3 }] }"#;
    let state = ServeState {
        source: Arc::new(Reader::open(&db, shared).await.unwrap()),
        node: Remote::new(node.deployment().rpc).unwrap(),
        chain: Arc::new(ChainInfo::from_deployment(chain).unwrap()),
        clients: Clients::new(Arc::clone(&limits)),
        limits,
        metrics: None,
        shutdown: stop.clone(),
    };
    let listener = bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let routes = pages::router(state.clone());
    tokio::spawn(serve(listener, state, routes));
    Site { base, stop, folder }
}

impl Site {
    async fn get(&self, path: &str) -> (u16, header::HeaderMap, String) {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let request = client.get(format!("{}{path}", self.base));
        let answer = request.header(header::ACCEPT, "text/html").send().await;
        let answer = answer.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        (status, headers, answer.text().await.unwrap())
    }
}

#[track_caller]
fn holds(page: &str, wanted: &str) {
    assert!(page.contains(wanted), "no {wanted:?} in:\n{page}");
}

#[tokio::test]
async fn an_open_cause_shows_its_numbers_and_a_hostile_title_as_text() {
    let site = site("open", 7).await;
    let (status, headers, page) = site.get("/causes/1").await;
    assert_eq!(status, 200);
    assert_eq!(headers["x-indexed-height"], "7");
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self'"));
    for wanted in [
        "<h1 lang=\"en\" dir=\"auto\">Leave &#60;script&#62;alert(1)&#60;/script&#62; &#38; go</h1>",
        "<strong data-count=\"committed\">5</strong>",
        "<span data-count=\"pledged\">5</span>",
        "data-action=\"1\" data-phase=\"pledging\"",
        "Lying here: 5 MUST. Paid out: nothing.",
        "if 3 others do",
        "14 November 2023, 22:15:00 UTC",
        "1 MUST from each. Back to everybody who keeps the promise.",
    ] {
        holds(&page, wanted);
    }
    assert!(!page.contains("<script>alert"));
    assert!(!page.contains(" style="), "the policy would refuse it");
}

#[tokio::test]
async fn a_settled_cause_says_what_became_of_everybody() {
    let site = site("settled", 20).await;
    let (_, _, page) = site.get("/causes/1").await;
    for wanted in [
        "data-phase=\"settled\"",
        "4 known to have kept it, 1 to have broken it",
        "data-state=\"broken\"",
    ] {
        holds(&page, wanted);
    }
    let (status, _, home) = site.get("/").await;
    assert_eq!(status, 200);
    holds(&home, "<h2>Bound or over</h2>");
    assert!(!home.contains("<h2>Open for pledges</h2>") && !home.contains("<script>alert"));
    let (_, _, status) = site.get("/status").await;
    holds(&status, "<td>5 MUST</td>");
    let (code, headers, _) = site.get("/actions/1").await;
    assert_eq!(
        (code, &headers["location"]),
        (303, &"/causes/1#action-1".parse().unwrap())
    );
}

#[tokio::test]
async fn what_is_not_there_is_a_page_for_people_and_a_problem_for_programs() {
    let site = site("wrong", 3).await;
    for (path, wanted) in [
        ("/causes/2", 404),
        ("/causes/18446744073709551615", 404),
        ("/causes/one", 400),
        ("/causes/1?pledges=garbage", 400),
        ("/actions/7", 404),
        ("/people/abcdef1nobody", 400),
        ("/mine?address=%3Cb%3E", 400),
        ("/?before=x", 400),
        ("/nowhere", 404),
    ] {
        let (status, headers, page) = site.get(path).await;
        assert_eq!(status, wanted, "{path}: {page}");
        assert!(headers.contains_key("content-security-policy"));
        holds(&page, "<main id=\"content\"");
        assert!(!page.contains("<b>"));
    }
    let plain = reqwest::get(format!("{}/nowhere", site.base))
        .await
        .unwrap();
    assert_eq!(plain.headers()["content-type"], "application/problem+json");
    let (status, ..) = site.get("/assets/manifest.json").await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn an_address_leads_to_its_page_and_the_style_is_kept_for_ever() {
    let site = site("mine", 3).await;
    // From BIP 173.
    let address = "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw";
    let (status, headers, _) = site.get(&format!("/mine?address=%20{address}")).await;
    assert_eq!(status, 303);
    assert_eq!(headers["location"], format!("/people/{address}"));
    let (status, _, person) = site.get(&format!("/people/{address}")).await;
    assert_eq!(status, 200);
    holds(&person, "None yet.");
    let (_, _, new) = site.get("/new").await;
    holds(&new, "<option value=\"umust\">MUST</option>");
    let from = new.find("/assets/app-").unwrap();
    let style: String = new[from..].chars().take_while(|c| *c != '"').collect();
    let (status, headers, _) = site.get(&style).await;
    assert_eq!(status, 200, "{style}");
    holds(headers["cache-control"].to_str().unwrap(), "immutable");
}

#[tokio::test]
async fn an_action_in_coins_is_told_in_coins() {
    let site = site_of("coins", 9, Fake::everything()).await;
    let answer = reqwest::get(format!("{}/causes/2", site.base))
        .await
        .unwrap();
    let page = answer.text().await.unwrap();
    for words in [
        "1,500 ueuro (unverified denom)</strong> committed of 1,500 ueuro",
        "by <span data-count=\"people\">2 people</span>",
        "if the total reaches 20,000 ueuro",
        "1 % of what is released goes to:",
        "Multiples of 500 ueuro",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[tokio::test]
async fn what_others_judge_says_by_whom_and_until_when() {
    let site = site_of("judged", 8, Fake::everything()).await;
    let (_, _, page) = site.get("/causes/3").await;
    for words in [
        "Whoever doubts a check-in may ask a jury of 12, drawn from community 7, with a bond",
        "The members of community 4 decide. The question can be asked until",
        "2 named attestors say so, of whom 2 must agree until",
        "A No forfeits every stake, anything else gives all of them back.",
        "The answer about another action counts for this one too.",
        "1 MUST from each. Back to everybody unless the answer is that it didn’t succeed.",
        "If it didn’t succeed, stakes go",
        "Nobody is judged singly, and nobody reports",
        "In a bundle",
    ] {
        holds(&page, words);
    }
    let (_, _, page) = site.get("/causes/5").await;
    for words in [
        "0.5 MUST from each who pledges, behind an honest vote on whether it succeeded.",
        "It comes back at once where one is never bound.",
        "everybody has their own back.",
        "It decides on the deposits, and on no stake.",
    ] {
        holds(&page, words);
    }
    // Reports end long before the answer has to come.
    let reported = "Reports are taken until <time datetime=\"2023-11-14T22:15:00Z\"";
    let site = site_of("judged-9", 9, Fake::everything()).await;
    let (_, _, page) = site.get("/causes/3").await;
    holds(&page, reported);
    for words in ["did it; challenged", "Of its attestors 1 said no."] {
        holds(&page, words);
    }
    holds(&page, "Attestors have stated nothing yet.");
    let site = site_of("judged-11", 11, Fake::everything()).await;
    let (_, _, page) = site.get("/causes/5").await;
    holds(
        &page,
        "Who said yes gains 0.09 MUST. Who never voted loses 0.1 MUST. Everybody else has their own back.",
    );
    let (_, _, page) = site.get("/causes/3").await;
    for words in [
        "Whether it succeeded is for others to say: the members of community 4.",
        "The answer is no: it did not succeed.",
    ] {
        holds(&page, words);
    }
}

/// "Library X saved 120,000 USD, 6,000 due, 6,000 paid, stated by Anna."
#[tokio::test]
async fn what_institutions_saved_and_paid_of_it_stands_on_the_page() {
    let site = site_of("savings", 11, Fake::everything()).await;
    let (_, _, page) = site.get("/causes/3").await;
    for words in [
        "By a contract that they signed, 5 % of what each saves goes to “the free &#60;b&#62;journal&#60;/b&#62;”.",
        "So far: 10.50 EUR saved by 1, 0.52 EUR due of it, 0 EUR paid; \
         120,000 USD saved by 1, 6,000 USD due of it, 6,000 USD paid.",
        "<td>120,000 USD</td><td>6,000 USD</td><td>6,000 USD</td>",
        "<a href=\"https://example.org/receipt.pdf\" rel=\"nofollow ugc noopener noreferrer\">evidence</a>",
        "https://example.org/consortium.pdf (SHA-256 ",
        "Nothing of it is paid here, and no stake depends on it.",
    ] {
        holds(&page, words);
    }
    assert!(!page.contains("<b>journal"), "typed text is text");
    let (_, _, page) = site.get("/causes/2").await;
    assert!(!page.contains("What it saved"));
}
