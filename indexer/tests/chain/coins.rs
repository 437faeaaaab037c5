//! Coins for a purpose: weighed in the scan, bound, released, and given back where they aren't.

use std::collections::BTreeMap;
use std::sync::Arc;

use cosmwasm_std::Coin;
use muster_indexer::follow::Shared;
use muster_indexer::read::Reader;
use muster_indexer::read::types::{Action, Person, PledgeState};
use serde_json::{Value, json};

use crate::home::{Home, index};
use crate::node::{Fake, Node, coins_pledged, created, event, time};

/// Land at 500 each, 100 of them; cid's 40 only if 120 come together, eve's never.
fn land() -> Fake {
    let actions = json!([{
        "label": "buy", "description": "d", "goal": 100,
        "unit": { "coins": { "denom": "ueuro", "min": "500", "beneficiary": "farmer", "document": {
            "uri": "https://example.org/c", "sha256": "ab".repeat(32), "bps": 100, "recipient": "broker"
        } } },
        "schedule": { "at_close": { "pledge_until": time(10) } },
        "act_window": 0, "report_window": 0, "fulfilment": { "honor": {} }
    }]);
    let released = [
        ("action", "1"),
        ("units", "120"),
        ("fee", "0"),
        ("to_document", "600"),
        ("to_beneficiary", "59400"),
    ];
    let withdrawn = [("action", "1"), ("person", "dan")];
    let claimed = [("action", "1"), ("person", "eve"), ("coins", "1500")];
    let mut blocks = BTreeMap::<u64, Vec<Value>>::new();
    blocks.insert(2, vec![created(1, 1, actions)]);
    blocks.insert(3, vec![coins_pledged(1, "ann", 20, 0)]);
    blocks.insert(4, vec![coins_pledged(1, "cid", 40, 120)]);
    blocks.insert(5, vec![coins_pledged(1, "eve", 3, 990_000)]);
    blocks.insert(6, vec![coins_pledged(1, "dan", 70, 110)]);
    blocks.insert(7, vec![event("withdrawn", &withdrawn)]);
    blocks.insert(8, vec![coins_pledged(1, "bob", 60, 0)]);
    blocks.insert(12, vec![event("released", &released)]);
    blocks.insert(13, vec![event("claimed", &claimed)]);
    Fake::of(blocks)
}

async fn at(height: u64, who: &str) -> (Action, Person) {
    let home = Home::new(&format!("coins-{height}-{who}"));
    let node = Node::start(land()).await;
    index(&node, &home.db("a"), height).await.unwrap();
    let shared = Arc::new(Shared::new(["ueuro".into()]));
    let reader = Reader::open(&home.db("a"), shared).await.unwrap();
    let (_, causes) = reader.causes(0, 100).await.unwrap();
    let action = causes.causes[0].actions[0].clone();
    let (_, person) = reader.person(who).await.unwrap();
    let (_, status) = reader.status().await.unwrap();
    let owed: u128 = status.solvency.iter().map(|s| s.owed).sum();
    let held: u128 = action.held.iter().map(amount).sum();
    // What isn't held any more is the treasury's fee, of which there is none here.
    assert_eq!(owed, held, "at {height}");
    (action, person)
}

fn amount(coin: &Coin) -> u128 {
    coin.amount.to_string().parse().unwrap()
}

#[tokio::test]
async fn units_weigh_and_the_answer_says_it_in_coins() {
    let (action, cid) = at(6, "cid").await;
    assert_eq!((action.pledged, action.committed), (133, 130));
    let coins = action.coins.unwrap();
    assert_eq!((coins.people, amount(&coins.pledged)), (4, 66_500));
    assert_eq!(
        (amount(&coins.goal), amount(&coins.committed)),
        (50_000, 65_000)
    );
    assert_eq!(amount(&action.held[0]), 66_500);
    let mine = cid.pledges[0].coins.clone().unwrap();
    assert_eq!(
        (mine.units, mine.total_at_least, amount(&mine.amount)),
        (40, 120, 20_000)
    );
    assert_eq!(cid.pledges[0].needs_others, 0);
    // Without dan's 70 only ann's 20 stand at the goal.
    let (action, dan) = at(7, "dan").await;
    assert_eq!(
        (action.pledged, action.committed, action.tips_with),
        (63, 0, Some(60))
    );
    assert_eq!(action.curve, [(100, 20), (120, 40), (990_000, 3)]);
    assert_eq!(action.coins.unwrap().people, 3);
    assert_eq!(dan.pledges[0].status, PledgeState::Withdrawn);
    assert_eq!(amount(&dan.pledges[0].paid[0]), 35_000);
}

#[tokio::test]
async fn what_is_bound_is_released_and_the_rest_is_claimed() {
    let (action, ann) = at(10, "ann").await;
    assert_eq!((action.phase.as_str(), action.committed), ("settled", 120));
    assert_eq!(ann.pledges[0].status, PledgeState::Bound);
    assert_eq!(
        (ann.pledges[0].claimable.clone(), ann.claimable),
        (None, vec![])
    );
    let (_, eve) = at(10, "eve").await;
    assert_eq!(eve.pledges[0].status, PledgeState::Released);
    assert_eq!(amount(&eve.claimable[0]), 1_500);
    let (action, ann) = at(12, "ann").await;
    let coins = action.coins.clone().unwrap();
    assert_eq!(
        (coins.released_units, amount(&coins.released)),
        (120, 60_000)
    );
    assert_eq!(amount(&action.held[0]), 1_500);
    assert_eq!(ann.pledges[0].status, PledgeState::Kept);
    let (action, eve) = at(13, "eve").await;
    assert!(action.held.is_empty());
    assert_eq!(
        amount(&action.paid_out[0]),
        96_500,
        "dan's, the land, and eve's"
    );
    assert_eq!(eve.pledges[0].status, PledgeState::Claimed);
    assert_eq!(amount(&eve.pledges[0].paid[0]), 1_500);
}

/// 7 units of 500, in three tranches; the second one's answer isn't yes. eve isn't bound.
fn in_tranches() -> Fake {
    let jury = json!({ "jury": { "size": 12, "community": 7 } });
    let vote = json!({ "vote": { "verdict": "verdict", "electorate": jury } });
    let actions = json!([{
        "label": "buy", "description": "d", "goal": 7,
        "unit": { "coins": { "denom": "ueuro", "min": "500", "beneficiary": "farmer",
            "release": { "tranches": { "parts": [3_333, 3_333, 3_334] } } } },
        "schedule": { "at_close": { "pledge_until": time(6) } },
        "act_window": 1_000, "report_window": 1_000, "fulfilment": { "honor": {} },
        "outcome": { "by": vote, "judge_window": 100 }
    }]);
    let bound = [
        ("action", "1"),
        ("at", &time(6).to_string()),
        ("committed", "7"),
        ("staked", "0"),
    ];
    let one = [
        ("action", "1"),
        ("tranche", "0"),
        ("fee", "0"),
        ("to_document", "0"),
        ("to_beneficiary", "1166"),
    ];
    let answered = [("action", "1"), ("answer", "no")];
    let returned = [
        ("action", "1"),
        ("from", "1"),
        ("answer", "no"),
        ("each_unit", "333"),
        ("remainder", "3"),
    ];
    let claimed = [("action", "1"), ("person", "ann"), ("coins", "1665")];
    let mut blocks = BTreeMap::<u64, Vec<Value>>::new();
    blocks.insert(2, vec![created(1, 1, actions)]);
    let pledges = [("ann", 5, 0), ("bob", 2, 0), ("eve", 1, 900)];
    let pledges = pledges.map(|(who, units, total)| coins_pledged(1, who, units, total));
    blocks.insert(3, pledges.into());
    blocks.insert(
        8,
        vec![event("bound", &bound), event("tranche_released", &one)],
    );
    let back = [
        event("answered", &answered),
        event("coins_returned", &returned),
        event("claimed", &claimed),
    ];
    blocks.insert(10, back.into());
    Fake::of(blocks)
}

async fn tranches_at(height: u64, who: &str) -> (Action, Person, Vec<Coin>) {
    let home = Home::new(&format!("tranches-{height}-{who}"));
    let node = Node::start(in_tranches()).await;
    index(&node, &home.db("a"), height).await.unwrap();
    let shared = Arc::new(Shared::new(["ueuro".into()]));
    let reader = Reader::open(&home.db("a"), shared).await.unwrap();
    let (_, causes) = reader.causes(0, 100).await.unwrap();
    let cause = causes.causes[0].clone();
    let (_, person) = reader.person(who).await.unwrap();
    let (_, status) = reader.status().await.unwrap();
    let owed: u128 = status.solvency.iter().map(|s| s.owed).sum();
    let held = cause.actions[0].held.iter().chain(&cause.fund);
    assert_eq!(owed, held.map(amount).sum::<u128>(), "at {height}");
    (cause.actions[0].clone(), person, cause.fund)
}

fn states(action: &Action) -> Vec<(u128, &'static str)> {
    let coins = action.coins.as_ref().unwrap();
    let tranches = coins.tranches.iter();
    tranches
        .map(|t| (amount(&t.amount), t.state.as_str()))
        .collect()
}

#[tokio::test]
async fn tranches_are_released_and_what_no_yes_was_said_about_goes_back() {
    let (action, ann, _) = tranches_at(7, "ann").await;
    assert_eq!(action.phase.as_str(), "acting");
    let waiting = [(1_166, "waiting"), (1_166, "waiting"), (1_168, "waiting")];
    assert_eq!(states(&action), waiting);
    assert_eq!(ann.pledges[0].claimable, None);
    let (_, eve, _) = tranches_at(7, "eve").await;
    assert_eq!(
        amount(&eve.claimable[0]),
        500,
        "who isn't bound waits for nothing"
    );

    let (action, ann, _) = tranches_at(8, "ann").await;
    assert_eq!(states(&action)[0], (1_166, "released"));
    let coins = action.coins.clone().unwrap();
    assert_eq!((amount(&coins.released), coins.released_units), (1_166, 0));
    assert_eq!(amount(&action.held[0]), 4_000 - 1_166);
    assert_eq!(ann.pledges[0].status, PledgeState::Bound);

    let (action, ann, fund) = tranches_at(10, "ann").await;
    let ended = [
        (1_166, "released"),
        (1_166, "returned"),
        (1_168, "returned"),
    ];
    assert_eq!(states(&action), ended);
    let coins = action.coins.clone().unwrap();
    assert_eq!(amount(&coins.returned_each.unwrap()), 333);
    assert_eq!(amount(&ann.pledges[0].paid[0]), 1_665);
    assert_eq!(ann.pledges[0].status, PledgeState::Claimed);
    assert_eq!(amount(&fund[0]), 3, "what no unit can be cut to");
    // bob's two units and eve's one are what is left.
    assert_eq!(amount(&action.held[0]), 666 + 500);
    let (_, bob, _) = tranches_at(10, "bob").await;
    assert_eq!(amount(&bob.claimable[0]), 666);
}
