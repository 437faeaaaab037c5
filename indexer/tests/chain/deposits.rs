//! Deposits behind a vote, folded: what lies here, what an answer made of it, and what was paid.

use std::collections::BTreeMap;
use std::sync::Arc;

use muster_indexer::follow::Shared;
use muster_indexer::read::Reader;
use muster_indexer::read::types::{Action, Deposits, Pledge, PledgeState};
use serde_json::{Value, json};

use crate::home::{Home, index};
use crate::node::{Fake, Node, created, event, pledged, time};

fn of(name: &str, more: &[(&str, &str)]) -> Value {
    event(name, &[&[("action", "1")][..], more].concat())
}

fn claimed(person: &str, more: &[(&str, &str)]) -> Value {
    of("claimed", &[&[("person", person)][..], more].concat())
}

fn totals() -> Value {
    let zero = |name| (name, "0");
    let zeros = [
        "broken",
        "excused",
        "forfeit_each",
        "keeper_each",
        "share_each",
    ]
    .map(zero);
    let more = ["to_address", "fee", "remainder"].map(zero);
    of(
        "settled",
        &[&[("cooperators", "1")][..], &zeros, &more].concat(),
    )
}

/// Three bound with deposits of 500, "a" of them with a stake, and "out" outside; answered at 9.
fn story(answer: &str, settled: &[(&str, &str)]) -> BTreeMap<u64, Vec<Value>> {
    let judge = json!({ "verdict": "muster1verdict", "electorate": { "pledgers": {} } });
    let deposit = json!({ "denom": "umust", "amount": "500" });
    let actions = json!([{
        "label": "do", "description": "d", "goal": 3, "act_window": 20, "report_window": 20,
        "schedule": { "at_close": { "pledge_until": time(4) } },
        "gate": { "list": ["a", "b", "c", "out", "gone"] }, "fulfilment": { "honor": {} },
        "stake": { "rule": "optional", "coin": { "denom": "umust", "amount": "1000" } },
        "forfeits_to": { "everybody": {} },
        "outcome": { "by": { "vote": judge }, "judge_window": 30, "deposit": deposit }
    }]);
    let bound = [
        ("at", &*time(4).to_string()),
        ("committed", "3"),
        ("staked", "1"),
    ];
    let all = vec![
        pledged(1, "a", 0, true),
        pledged(1, "b", 0, false),
        pledged(1, "c", 0, false),
        pledged(1, "out", 30, true),
        pledged(1, "gone", 0, false),
        of("withdrawn", &[("person", "gone")]),
    ];
    BTreeMap::from([
        (2, vec![created(1, 1, actions)]),
        (3, all),
        (
            5,
            vec![of("bound", &bound), of("checked_in", &[("person", "a")])],
        ),
        (
            9,
            vec![
                of("answered", &[("answer", answer)]),
                of("deposits_settled", settled),
                totals(),
            ],
        ),
    ])
}

async fn at(node: &Node, home: &Home, height: u64) -> (Action, Vec<Pledge>) {
    index(node, &home.db("a"), height).await.unwrap();
    let reader = Reader::open(&home.db("a"), Arc::new(Shared::new([])))
        .await
        .unwrap();
    let action = reader.cause(1).await.unwrap().1.unwrap().actions.remove(0);
    let mut pledges = vec![];
    for name in ["a", "b", "c", "out", "gone"] {
        pledges.push(reader.person(name).await.unwrap().1.pledges.remove(0));
    }
    (action, pledges)
}

fn sum(coins: &[cosmwasm_std::Coin]) -> String {
    coins
        .first()
        .map_or("0".into(), |coin| coin.amount.to_string())
}

fn deposits(action: &Action) -> Deposits {
    action.judging.clone().unwrap().deposits.unwrap()
}

fn due(pledges: &[Pledge]) -> Vec<Option<String>> {
    let coins = pledges.iter().map(|p| p.claimable.as_ref());
    coins.map(|coins| coins.map(|c| sum(c))).collect()
}

#[tokio::test]
async fn a_vote_decides_on_the_deposits_of_the_bound() {
    let settled = [
        ("yes", "2 70 0"),
        ("absent", "1 0 200"),
        ("denouncer", "1 50 0"),
        ("remainder", "10"),
    ];
    let mut blocks = story("yes", &settled);
    blocks.insert(
        10,
        vec![
            claimed(
                "a",
                &[("stake", "1000"), ("deposit", "500"), ("gain", "70")],
            ),
            claimed("c", &[("by", "x"), ("deposit", "300")]),
            claimed("out", &[("by", "x"), ("stake", "1000"), ("deposit", "500")]),
        ],
    );
    let reward = [("to", "x"), ("amount", "50")];
    blocks.insert(
        11,
        vec![
            of("reward_claimed", &reward),
            claimed("b", &[("deposit", "500"), ("gain", "70")]),
        ],
    );
    let (node, home) = (Node::start(Fake::of(blocks)).await, Home::new("deposits"));

    let (action, pledges) = at(&node, &home, 4).await;
    // Two stakes, four deposits; one came and left.
    assert_eq!(
        (sum(&action.held), sum(&action.paid_out)),
        ("4000".into(), "500".into())
    );
    assert_eq!(sum(&pledges[4].paid), "500");
    assert_eq!(sum(&[deposits(&action).each]), "500");

    // The stakes are decided, the vote isn't: nobody who is bound is paid.
    let (action, pledges) = at(&node, &home, 8).await;
    assert!(!deposits(&action).settled);
    assert_eq!(due(&pledges), [None, None, None, Some("1500".into()), None]);
    assert_eq!(pledges[0].claimable_at, action.judging.unwrap().answer_by);

    // Who is in which class no event says: at least what the poorest get.
    let (action, pledges) = at(&node, &home, 9).await;
    let found = deposits(&action);
    assert!(found.settled && found.own == 0 && found.remainder == 10);
    let classes: Vec<_> = found
        .classes
        .iter()
        .map(|c| (&*c.kind, c.count, c.gain, c.loss))
        .collect();
    assert_eq!(classes, [("yes", 2, 70, 0), ("absent", 1, 0, 200)]);
    assert_eq!(found.rewards, 50);
    let some = |text: &str| Some(text.to_owned());
    let expected = [some("1300"), some("300"), some("300"), some("1500"), None];
    assert_eq!(due(&pledges), expected);
    assert_eq!(sum(&action.held), "3990", "the rest is the campaign fund's");

    let (action, pledges) = at(&node, &home, 10).await;
    let left: Vec<_> = deposits(&action).classes.iter().map(|c| c.count).collect();
    assert_eq!(left, [1, 0]);
    assert_eq!(sum(&pledges[0].paid), "1570");
    let (action, pledges) = at(&node, &home, 11).await;
    assert_eq!(
        (sum(&action.held), deposits(&action).rewards),
        ("0".into(), 0)
    );
    assert!(
        pledges[..4]
            .iter()
            .all(|p| p.status == PledgeState::Claimed)
    );
}

#[tokio::test]
async fn without_an_answer_everybody_has_the_own_deposit_back() {
    let mut blocks = story("unresolved", &[("own", "3")]);
    blocks.insert(10, vec![claimed("b", &[("deposit", "500")])]);
    let (node, home) = (
        Node::start(Fake::of(blocks)).await,
        Home::new("own-deposits"),
    );
    let (action, pledges) = at(&node, &home, 9).await;
    assert_eq!(
        (deposits(&action).own, deposits(&action).classes.len()),
        (3, 0)
    );
    assert_eq!(
        due(&pledges)[..2],
        [Some("1500".into()), Some("500".into())]
    );
    let (action, pledges) = at(&node, &home, 10).await;
    assert_eq!(
        (deposits(&action).own, sum(&pledges[1].paid)),
        (2, "500".into())
    );
}
