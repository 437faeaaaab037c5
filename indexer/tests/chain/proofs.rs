//! What a node says is held against its headers; a head that was not what the chain stands behind
//! is taken back.

use muster_indexer::error::Error;

use crate::home::{Home, hash, index};
use crate::node::{Fake, Lie, Node};

#[tokio::test]
async fn a_lie_below_the_head_is_never_committed() {
    let whole = Node::start(Fake::journal()).await;
    for (lie, at) in [
        (Lie::Results, 12),
        (Lie::Txs, 12),
        (Lie::Hash, 12),
        (Lie::Hash, 9),
    ] {
        let home = Home::new("lie");
        let (db, fresh) = (home.db("a"), home.db("fresh"));
        let mut fake = Fake::journal();
        fake.lies = Some((at, lie));
        let node = Node::start(fake).await;
        index(&node, &db, 8).await.unwrap();
        let e = index(&node, &db, 20).await.unwrap_err();
        assert!(
            matches!(e, Error::NotProven { height, .. } if height == at),
            "{lie:?}: {e}"
        );
        let kept = index(&whole, &fresh, 8).await.unwrap();
        assert_eq!(hash(&db).await.unwrap(), kept, "{lie:?}");
        node.change(|f| f.lies = None);
        let after = index(&node, &db, 20).await.unwrap();
        assert_eq!(after, index(&whole, &fresh, 20).await.unwrap());
    }
}

/// At every height: where pledges came, where time alone changed a phase, where nothing happened.
#[tokio::test]
async fn a_head_that_the_next_header_refutes_is_taken_back() {
    let whole = Node::start(Fake::journal()).await;
    for head in 2..20 {
        let home = Home::new("refuted");
        let (db, fresh) = (home.db("a"), home.db("fresh"));
        let mut fake = Fake::journal();
        if !fake.blocks.contains_key(&head) {
            continue; // no transactions, so nothing to lie about
        }
        (fake.last, fake.lies) = (head, Some((head, Lie::Results)));
        let node = Node::start(fake).await;
        index(&node, &db, head).await.unwrap();
        node.change(|f| f.last = 20);
        let e = index(&node, &db, 20).await.unwrap_err();
        assert!(
            matches!(e, Error::NotProven { height, .. } if height == head),
            "{e}"
        );
        assert!(!e.to_string().contains('\n'));
        if head > 2 {
            let kept = index(&whole, &fresh, head - 1).await.unwrap();
            assert_eq!(hash(&db).await.unwrap(), kept, "taken back from {head}");
        }
        node.change(|f| f.lies = None);
        let after = index(&node, &db, 20).await.unwrap();
        assert_eq!(after, index(&whole, &fresh, 20).await.unwrap());
    }
}

/// The rows of a phase that time changed are folded again as they were.
#[tokio::test]
async fn taking_back_keeps_what_time_had_changed_before() {
    let home = Home::new("refuted-late");
    let mut fake = Fake::journal();
    // A transaction after the close, after the attestations and after both windows.
    let late = crate::node::event("already_did", &[("action", "1"), ("person", "p7")]);
    fake.blocks.insert(18, vec![late]);
    let whole = Node::start(fake.clone()).await;
    (fake.last, fake.lies) = (18, Some((18, Lie::Results)));
    let node = Node::start(fake).await;
    let db = home.db("a");
    for until in 2..=18 {
        index(&node, &db, until).await.unwrap();
    }
    node.change(|f| f.last = 20);
    index(&node, &db, 20).await.unwrap_err();
    let kept = index(&whole, &home.db("fresh"), 17).await.unwrap();
    assert_eq!(hash(&db).await.unwrap(), kept);
}

/// [`Fake::journal`] on a chain of several batches, with something in every third block.
fn long() -> Fake {
    let mut fake = Fake::journal();
    for height in (9..=90).filter(|h| h % 3 == 0) {
        let person = format!("q{height}");
        let late = crate::node::event("already_did", &[("action", "1"), ("person", &person)]);
        fake.blocks.entry(height).or_default().push(late);
    }
    fake.last = 90;
    fake
}

/// The next batch is fetched while one is written: what it refutes is the last block of that one.
#[tokio::test]
async fn the_end_of_a_batch_is_taken_back_too() {
    const ENDS: u64 = 21; // the first batch is 2 to 21
    let home = Home::new("refuted-batch");
    let whole = Node::start(long()).await;
    let mut fake = long();
    fake.lies = Some((ENDS, Lie::Results));
    let node = Node::start(fake).await;
    let db = home.db("a");
    let e = index(&node, &db, 90).await.unwrap_err();
    assert!(matches!(e, Error::NotProven { height: ENDS, .. }), "{e}");
    let kept = index(&whole, &home.db("fresh"), ENDS - 1).await.unwrap();
    assert_eq!(hash(&db).await.unwrap(), kept);
    node.change(|f| f.lies = None);
    let after = index(&node, &db, 90).await.unwrap();
    assert_eq!(after, index(&whole, &home.db("fresh"), 90).await.unwrap());
}

#[tokio::test]
async fn batches_written_while_others_are_fetched_lose_nothing_to_an_abort() {
    let home = Home::new("batches");
    let node = Node::start(long()).await;
    let whole = index(&node, &home.db("whole"), 90).await.unwrap();
    let mut pieces = String::new();
    for until in [2, 3, 22, 23, 40, 64, 90] {
        pieces = index(&node, &home.db("pieces"), until).await.unwrap();
    }
    assert_eq!(whole, pieces);
    let db = home.db("aborted");
    for millis in 0..30 {
        let within = std::time::Duration::from_millis(millis);
        let _ = tokio::time::timeout(within, index(&node, &db, 90)).await;
    }
    assert_eq!(index(&node, &db, 90).await.unwrap(), whole);
}
