//! What happens on a chain that a test wrote.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Fake, GENESIS};

/// An event of the contract.
pub(crate) fn event(name: &str, attributes: &[(&str, &str)]) -> Value {
    let pairs = [("_contract_address", "causes")]
        .into_iter()
        .chain(attributes.iter().copied());
    let pairs: Vec<Value> = pairs
        .map(|(k, v)| json!({ "key": k, "value": v }))
        .collect();
    json!({ "type": format!("wasm-muster_{name}"), "attributes": pairs })
}

/// Cause `id` with these actions, the first of which has number `first`.
pub(crate) fn created(id: u64, first: u64, actions: Value) -> Value {
    let definition = json!({
        "title": "Leave the journal", "summary": "s", "language": "en", "text": "t",
        "cancel": "never", "actions": actions
    });
    event(
        "cause_created",
        &[
            ("cause", &id.to_string()),
            ("creator", "c"),
            ("first_action", &first.to_string()),
            ("fee_bps", "0"),
            ("text_hash", "00"),
            ("definition", &definition.to_string()),
        ],
    )
}

pub(crate) fn pledged(action: u64, person: &str, needs: u32, staked: bool) -> Value {
    event(
        "pledged",
        &[
            ("action", &action.to_string()),
            ("person", person),
            ("needs_others", &needs.to_string()),
            ("staked", &staked.to_string()),
        ],
    )
}

/// The time of a block, Unix seconds.
pub(crate) const fn time(height: u64) -> u64 {
    GENESIS + height * 10
}

impl Fake {
    /// Thresholds 1, 1, 3, 3, 3 at goal 1, a block each; the close at height 10; one of five
    /// doesn't keep the promise; settled from height 16.
    pub(crate) fn journal() -> Self {
        let actions = json!([{
            "label": "leave", "description": "d", "goal": 1,
            "schedule": { "at_close": { "pledge_until": GENESIS + 100 } },
            "act_window": 30, "report_window": 30,
            "stake": { "rule": "required", "coin": { "denom": "umust", "amount": "1000" } },
            "fulfilment": { "attested": { "attestors": ["library"], "quorum": 1 } },
            "forfeits_to": { "cooperators": {} }
        }]);
        let mut blocks = BTreeMap::from([(2, vec![created(1, 1, actions)])]);
        for (n, needs) in [1, 1, 3, 3, 3].into_iter().enumerate() {
            let person = format!("p{}", n + 1);
            blocks.insert(3 + n as u64, vec![pledged(1, &person, needs, true)]);
            let outcome = if n == 4 { "didnt" } else { "did" };
            let attested = event(
                "attested",
                &[
                    ("action", "1"),
                    ("attestor", "library"),
                    ("person", &person),
                    ("outcome", outcome),
                    ("final", "true"),
                ],
            );
            blocks.entry(12).or_default().push(attested);
        }
        Self::of(blocks)
    }
}
