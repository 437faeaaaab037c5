//! Percentages of savings, folded: the last word of each attestor stands, and of each institution the
//! last word of anybody counts.

use std::sync::Arc;

use muster_indexer::follow::Shared;
use muster_indexer::read::Reader;
use muster_indexer::read::types::{Saving, SavingSum};
use serde_json::json;

use crate::home::{Home, index};
use crate::node::{ADDRESS, Fake, Node, saved};

async fn at(node: &Node, home: &Home, height: u64) -> Saving {
    index(node, &home.db("a"), height).await.unwrap();
    let reader = Reader::open(&home.db("a"), Arc::new(Shared::new([])))
        .await
        .unwrap();
    let cause = reader.cause(3).await.unwrap().1.unwrap();
    assert!(cause.actions[0].saving.is_none() && cause.actions[2].saving.is_none());
    assert_eq!(cause.actions[1].held.len(), 1, "stakes stay where they are");
    cause.actions[1].saving.clone().unwrap()
}

fn sum(currency: &str, people: u32, [saved, due, paid]: [u128; 3]) -> SavingSum {
    SavingSum {
        currency: currency.into(),
        people,
        saved,
        due,
        paid,
    }
}

fn said(saving: &Saving) -> Vec<(String, String, String, [u128; 3])> {
    let all = saving.statements.iter();
    all.map(|s| {
        let amounts = [s.saved, s.due, s.paid];
        (
            s.attestor.clone(),
            s.person.clone(),
            s.currency.clone(),
            amounts,
        )
    })
    .collect()
}

#[tokio::test]
async fn the_last_word_of_each_stands_and_the_last_of_anybody_counts() {
    let mut fake = Fake::everything();
    let last = vec![
        // Said anew, by the one who was overruled.
        saved("library", ADDRESS, "USD", ["200", "10", "3"]),
        saved("library", "p2", "USD", ["40", "2", "2"]),
    ];
    fake.blocks.insert(18, last);
    fake.blocks
        .insert(19, vec![saved("library", ADDRESS, "USD", ["0", "0", "0"])]);
    let (node, home) = (Node::start(fake).await, Home::new("savings"));

    let now = at(&node, &home, 9).await;
    assert_eq!((now.stated, now.sums.len(), now.document.bps), (0, 0, 500));

    let now = at(&node, &home, 11).await;
    let row = |by: &str, of: &str, currency: &str, amounts| {
        (by.to_owned(), of.to_owned(), currency.to_owned(), amounts)
    };
    let expected = [
        row("library", "p2", "EUR", [1_050, 52, 0]),
        row("archive", ADDRESS, "USD", [12_000_000, 600_000, 600_000]),
        row("library", ADDRESS, "USD", [1, 0, 0]),
    ];
    assert_eq!((said(&now), now.stated), (expected.to_vec(), 3));
    let receipt = now.statements[1].evidence.as_ref().unwrap();
    assert_eq!(receipt.0, "https://example.org/receipt.pdf");
    let usd = sum("USD", 1, [12_000_000, 600_000, 600_000]);
    assert_eq!(now.sums, [sum("EUR", 1, [1_050, 52, 0]), usd]);

    let now = at(&node, &home, 18).await;
    assert_eq!((now.stated, now.statements.len()), (4, 4));
    assert_eq!(
        now.sums,
        [sum("USD", 2, [240, 12, 5]), sum("EUR", 1, [1_050, 52, 0])]
    );
    let now = at(&node, &home, 19).await;
    assert_eq!(now.sums[0], sum("USD", 2, [40, 2, 2]));
    assert_eq!(said(&now)[0], row("library", ADDRESS, "USD", [0, 0, 0]));
}

/// What the contract says is due must be what this indexer finds.
#[tokio::test]
async fn a_part_that_is_not_the_documents_is_an_alarm_and_no_end() {
    let mut fake = Fake::everything();
    let wrong = vec![saved("library", "p2", "USD", ["40", "3", "0"])];
    fake.blocks.insert(18, wrong);
    let (node, home) = (Node::start(fake).await, Home::new("savings-alarm"));
    let now = at(&node, &home, 18).await;
    assert_eq!(now.statements[0].due, 3);
    assert_eq!(json!(now.stated), json!(4));
}
