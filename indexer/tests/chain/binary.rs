//! The binary itself: whatever is wrong ends it with one clear line and a failure, and nothing lost.

use std::path::PathBuf;
use std::process::{Command, Output};

use muster_indexer::config::Deployment;

use crate::home::{Home, hash, index};
use crate::node::{Fake, Node, pledged};

const MUSTER: &str = env!("CARGO_BIN_EXE_muster");

fn file(home: &Home, deployment: &Deployment) -> PathBuf {
    let path = home.path("deployment.json");
    std::fs::write(&path, serde_json::to_string(deployment).unwrap()).unwrap();
    path
}

/// Runs it to its end, away from the threads that the fake node needs.
async fn run(mut command: Command) -> Output {
    command.env("RUST_LOG", "off");
    let done = tokio::task::spawn_blocking(move || command.output());
    done.await.unwrap().unwrap()
}

fn muster(args: &[&str]) -> Command {
    let mut command = Command::new(MUSTER);
    command.args(args);
    command
}

/// The one line that it ended with.
async fn refusal(command: Command) -> String {
    let output = run(command).await;
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    text
}

async fn refused_run(home: &Home, deployment: &Deployment, listen: &str) -> String {
    let (file, db) = (file(home, deployment), home.db("a"));
    let file = file.to_str().unwrap();
    let args = ["run", "--deployment", file, "--db", &db, "--listen", listen];
    refusal(muster(&args)).await
}

#[tokio::test]
async fn no_node_at_the_address_is_said_within_a_moment() {
    let (home, node) = (Home::new("bin-rpc"), Node::start(Fake::journal()).await);
    let mut deployment = node.deployment();
    // Nothing listens on port 1.
    deployment.rpc = vec!["http://127.0.0.1:1".into()];
    let started = std::time::Instant::now();
    let line = refused_run(&home, &deployment, "127.0.0.1:0").await;
    assert!(
        line.contains("node_unreachable: http://127.0.0.1:1"),
        "{line}"
    );
    assert!(started.elapsed().as_secs() < 20);
}

#[tokio::test]
async fn another_chain_a_missing_contract_and_a_port_in_use_are_said() {
    let (home, node) = (Home::new("bin-wrong"), Node::start(Fake::journal()).await);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let line = refused_run(&home, &node.deployment(), &taken).await;
    assert!(line.contains("in use by another program"), "{line}");

    node.change(|f| f.contract = false);
    let line = refused_run(&home, &node.deployment(), "127.0.0.1:0").await;
    assert!(
        line.contains("no_contract: causes is not a contract"),
        "{line}"
    );

    node.change(|f| f.chain = "another-1".into());
    let line = refused_run(&home, &node.deployment(), "127.0.0.1:0").await;
    let told = "wrong_chain: found another-1, allowed is fake-1";
    assert!(line.contains(told), "{line}");
}

#[tokio::test]
async fn what_cannot_be_read_is_named() {
    let home = Home::new("bin-files");
    let missing = home.path("nowhere.json");
    let missing = missing.to_str().unwrap();
    let line = refusal(muster(&["run", "--deployment", missing])).await;
    assert!(line.contains("nowhere.json: No such file"), "{line}");
    let broken = home.path("broken.json");
    std::fs::write(&broken, "{").unwrap();
    let line = refusal(muster(&["run", "--deployment", broken.to_str().unwrap()])).await;
    assert!(line.contains("broken.json"), "{line}");
    let line = refusal(muster(&["hash", "--db", &home.db("none")])).await;
    assert!(line.contains("none"), "{line}");
    assert!(!home.path("none").exists());

    let node = Node::start(Fake::journal()).await;
    index(&node, &home.db("a"), 9).await.unwrap();
    let line = refusal(muster(&["hash", "--db", &home.db("a"), "--height", "8"])).await;
    assert!(line.contains("indexed is 9"), "{line}");
    let printed = run(muster(&["hash", "--db", &home.db("a"), "--height", "9"])).await;
    let printed = String::from_utf8(printed.stdout).unwrap();
    assert_eq!(printed.trim(), hash(&home.db("a")).await.unwrap());

    let wrong = muster(&["run", "--deployment", "x", "--trusted-proxy", "10.0.0.0/99"]);
    let output = run(wrong).await;
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("10.0.0.0/8"));
}

/// [`Fake::journal`] with some hundred people in each block from 5 to 9.
fn crowd() -> Fake {
    let mut fake = Fake::journal();
    for n in 0..1_500 {
        let pledge = pledged(1, &format!("somebody with the number {n}"), 1, false);
        fake.blocks.entry(5 + n / 300).or_default().push(pledge);
    }
    fake
}

/// The disk is full to this process: no file may grow beyond what the database has.
#[tokio::test]
async fn a_full_disk_ends_it_and_nothing_is_lost() {
    let home = Home::new("bin-full");
    let node = Node::start(crowd()).await;
    let whole = index(&node, &home.db("whole"), 20).await.unwrap();
    let db = home.db("a");
    let before = index(&node, &db, 6).await.unwrap();
    let file = file(&home, &node.deployment());
    let kib = std::fs::metadata(home.path("a")).unwrap().len() / 1_024 + 32;
    let mut limited = Command::new("bash");
    // Without the trap the process would be killed by a signal, which loses nothing either.
    let script = format!("trap '' XFSZ; ulimit -f {kib}; exec \"$@\"");
    let args = ["run", "--until", "20", "--db", &db, "--deployment"];
    limited
        .args(["-c", &script, "bash", MUSTER])
        .args(args)
        .arg(&file);
    let line = refusal(limited).await;
    assert!(line.contains("disk_full"), "{line}");
    assert_eq!(hash(&db).await.unwrap(), before);

    let more = run(muster(&[&args[..], &[file.to_str().unwrap()]].concat())).await;
    assert!(more.status.success());
    assert_eq!(hash(&db).await.unwrap(), whole);
}

/// The same inside the process, with the error that a full disk gives to SQLite: at every size.
#[tokio::test]
async fn wherever_the_disk_ends_the_index_goes_on_from_there() {
    use muster_indexer::error::Error;
    use muster_indexer::follow::{Follower, Shared};
    use muster_indexer::store;

    let (home, node) = (Home::new("full"), Node::start(crowd()).await);
    let whole = index(&node, &home.db("whole"), 20).await.unwrap();
    let db = home.db("a");
    let mut ended = 0;
    loop {
        let mut writer = store::open_writer(&db).await.unwrap();
        // One page more than there are: it can't get far.
        let pages = sqlx::query_scalar::<_, i64>("PRAGMA page_count");
        let most = pages.fetch_one(&mut writer).await.unwrap() + 1;
        let most = format!("PRAGMA max_page_count = {most}");
        sqlx::query(sqlx::AssertSqlSafe(most))
            .execute(&mut writer)
            .await
            .unwrap();
        let shared = std::sync::Arc::new(Shared::new([]));
        let mut follower = Follower::over(&node.deployment(), writer, shared)
            .await
            .unwrap();
        let stop = tokio_util::sync::CancellationToken::new();
        // Block by block, so that there is something to lose.
        let mut end = Ok(());
        for until in 2..=20 {
            end = follower.run(Some(until), &stop).await;
            if end.is_err() {
                break;
            }
        }
        drop(follower);
        match end {
            Ok(()) => break,
            Err(e) => assert!(matches!(e, Error::DiskFull), "{e}"),
        }
        ended += 1;
        // Somebody makes room for a few blocks more.
        let reached = {
            let mut db = store::open_writer(&db).await.unwrap();
            store::cursor(&mut db)
                .await
                .unwrap()
                .map_or(1, |c| c.height)
        };
        index(&node, &db, reached + 1).await.unwrap();
    }
    assert!(ended > 0, "it never was full");
    assert_eq!(hash(&db).await.unwrap(), whole);
}
