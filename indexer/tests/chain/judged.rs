//! What is judged, folded: a challenged check-in that falls, and stakes that fall together.

use std::collections::BTreeMap;
use std::sync::Arc;

use muster_indexer::follow::Shared;
use muster_indexer::read::Reader;
use muster_indexer::read::types::{Answer, ChallengeStatus, Phase, PledgeState};
use muster_schema::causes::limits::VERDICT_TIME;
use serde_json::{Value, json};

use crate::home::{Home, index};
use crate::node::{Fake, Node, created, event, pledged, time};

const JURY: &str = "jury";

fn judge() -> Value {
    json!({ "verdict": "muster1verdict", "electorate": { JURY: { "size": 12, "community": 7 } } })
}

fn staked(more: Value) -> Value {
    let mut action = json!({
        "label": "do", "description": "d", "goal": 1, "act_window": 20, "report_window": 20,
        "schedule": { "at_close": { "pledge_until": time(4) } },
        "stake": { "rule": "required", "coin": { "denom": "umust", "amount": "1000" } },
        "forfeits_to": { "address": { "address": "muster1charity" } }
    });
    for (key, value) in more.as_object().unwrap() {
        action[key] = value.clone();
    }
    action
}

fn checked_in(person: &str) -> Value {
    event("checked_in", &[("action", "1"), ("person", person)])
}

async fn reader(home: &Home, node: &Node, until: u64) -> Reader {
    index(node, &home.db("a"), until).await.unwrap();
    Reader::open(&home.db("a"), Arc::new(Shared::new([])))
        .await
        .unwrap()
}

#[tokio::test]
async fn a_check_in_falls_and_its_stake_goes_elsewhere() {
    let window = 20;
    let fulfilment = json!({ "challengeable": { "window": window, "judge": judge() } });
    let actions = json!([staked(json!({ "fulfilment": fulfilment }))]);
    let one = |name, more: &[(&str, &str)]| {
        event(
            name,
            &[&[("action", "1"), ("person", "b")][..], more].concat(),
        )
    };
    let zeros = [
        ("cooperators", "2"),
        ("broken", "0"),
        ("excused", "0"),
        ("forfeit_each", "0"),
        ("keeper_each", "0"),
        ("share_each", "0"),
        ("to_address", "0"),
        ("fee", "0"),
        ("remainder", "0"),
    ];
    let settled = event("settled", &[&[("action", "1")][..], &zeros].concat());
    let bound = event(
        "bound",
        &[
            ("action", "1"),
            ("at", &time(4).to_string()),
            ("committed", "2"),
            ("staked", "2"),
        ],
    );
    let ended = [
        ("status", "fell"),
        ("to_challenger", "320"),
        ("to_address", "680"),
    ];
    let end = 10;
    let node = Node::start(Fake::of(BTreeMap::from([
        (2, vec![created(1, 1, actions)]),
        (3, vec![pledged(1, "a", 0, true), pledged(1, "b", 0, true)]),
        (5, vec![bound, checked_in("a"), checked_in("b")]),
        (9, vec![one("challenged", &[("challenger", "c")])]),
        (
            end,
            vec![
                settled,
                event(
                    "claimed",
                    &[("action", "1"), ("person", "a"), ("stake", "1000")],
                ),
            ],
        ),
        (
            end + 1,
            vec![
                one("challenge_ended", &ended),
                one("claimed", &[("by", "x")]),
            ],
        ),
    ])))
    .await;
    let home = Home::new("challenge");
    let before = reader(&home, &node, 9).await;
    let action = before.cause(1).await.unwrap().1.unwrap().actions.remove(0);
    let judging = action.judging.unwrap();
    assert_eq!(action.phase, Phase::Judging);
    assert_eq!(judging.challenge_until, Some(time(8) + window));
    assert_eq!(judging.pays_from, judging.challenge_until);
    let person = before.person("b").await.unwrap().1;
    let pledge = &person.pledges[0];
    assert_eq!(pledge.challenge, Some(ChallengeStatus::Pending));
    assert_eq!(
        (pledge.status, pledge.challenger.as_deref()),
        (PledgeState::Bound, Some("c"))
    );

    let after = reader(&home, &node, end + 1).await;
    let person = after.person("b").await.unwrap().1;
    assert_eq!(person.pledges[0].challenge, Some(ChallengeStatus::Fell));
    let action = after.cause(1).await.unwrap().1.unwrap().actions.remove(0);
    assert_eq!(action.held[0].amount.to_string(), "680", "for the address");
    assert_eq!(action.paid_out[0].amount.to_string(), "1320");
}

#[tokio::test]
async fn a_check_in_that_nobody_challenged_is_kept_once_nobody_can_any_more() {
    let fulfilment = json!({ "challengeable": { "window": 20, "judge": judge() } });
    let actions = json!([staked(json!({ "fulfilment": fulfilment }))]);
    let bound = [
        ("action", "1"),
        ("at", &time(4).to_string()),
        ("committed", "1"),
        ("staked", "1"),
    ];
    let node = Node::start(Fake::of(BTreeMap::from([
        (2, vec![created(1, 1, actions)]),
        (3, vec![pledged(1, "a", 0, true)]),
        (5, vec![event("bound", &bound), checked_in("a")]),
        (11, vec![]),
    ])))
    .await;
    let home = Home::new("unchallenged");
    // The window ends at the time of block 10; claims are paid from then on.
    for (height, status) in [
        (5, PledgeState::Bound),
        (9, PledgeState::Bound),
        (10, PledgeState::Kept),
    ] {
        let reader = reader(&home, &node, height).await;
        let pledge = reader.person("a").await.unwrap().1.pledges.remove(0);
        assert_eq!(pledge.status, status, "at block {height}");
        assert_eq!(pledge.claimable.is_some(), status == PledgeState::Kept);
    }
}

#[tokio::test]
async fn stakes_that_fall_together_wait_for_the_answer() {
    let outcome = json!({ "by": { "vote": judge() }, "judge_window": 30 });
    let more = json!({ "fulfilment": { "collective": {} }, "outcome": outcome });
    let totals = [
        ("cooperators", "0"),
        ("broken", "1"),
        ("excused", "0"),
        ("forfeit_each", "1000"),
        ("keeper_each", "0"),
        ("share_each", "0"),
        ("to_address", "1000"),
        ("fee", "0"),
        ("remainder", "0"),
    ];
    let totals = [&[("action", "1")][..], &totals].concat();
    let node = Node::start(Fake::of(BTreeMap::from([
        (2, vec![created(1, 1, json!([staked(more)]))]),
        (3, vec![pledged(1, "a", 0, true)]),
        (
            9,
            vec![
                event("answered", &[("action", "1"), ("answer", "no")]),
                event("settled", &totals),
                event("claimed", &[("action", "1"), ("person", "a")]),
            ],
        ),
    ])))
    .await;
    let home = Home::new("outcome");
    let before = reader(&home, &node, 8).await;
    let action = before.cause(1).await.unwrap().1.unwrap().actions.remove(0);
    assert_eq!(action.phase, Phase::Judging);
    let judging = action.judging.unwrap();
    let judge_by = time(8) + 30;
    assert_eq!(judging.judge_by, Some(judge_by));
    assert_eq!(judging.answer_by, Some(judge_by + VERDICT_TIME));
    assert_eq!(judging.pays_from, judging.answer_by);
    let person = before.person("a").await.unwrap().1;
    assert_eq!(person.pledges[0].claimable_at, judging.pays_from);
    let after = reader(&home, &node, 9).await;
    let action = after.cause(1).await.unwrap().1.unwrap().actions.remove(0);
    assert_eq!(action.judging.unwrap().answer, Some(Answer::No));
    assert_eq!(
        (action.phase, action.kept, action.broken),
        (Phase::Settled, 0, 1)
    );
    assert_eq!(action.held[0].amount.to_string(), "1000", "for the address");
}
