//! Which messages were sent, how many of each were taken and how many refused.

use std::collections::BTreeMap;

use cosmwasm_std::{Empty, from_json, to_json_string};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// By name: taken, refused.
#[derive(Clone, Default)]
pub(crate) struct Sent(pub(crate) BTreeMap<String, [u64; 2]>);

impl Sent {
    pub(crate) fn note(&mut self, name: String, taken: bool) {
        self.0.entry(name).or_default()[usize::from(!taken)] += 1;
    }

    pub(crate) fn of(&self, name: &str) -> [u64; 2] {
        self.0.get(name).copied().unwrap_or_default()
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (name, more) in &other.0 {
            let sum = self.0.entry(name.clone()).or_default();
            *sum = std::array::from_fn(|i| sum[i] + more[i]);
        }
    }
}

/// The name of a message, as in its JSON.
pub(crate) fn name_of(msg: &impl Serialize) -> String {
    let text = to_json_string(msg).unwrap();
    text.split('"').nth(1).unwrap().to_owned()
}

/// The names of all messages of an enum, as the refusal of an unknown one lists them.
pub(crate) fn names<T: DeserializeOwned>() -> Vec<String> {
    let said = match from_json::<T>(br#"{"no such message":{}}"#) {
        Ok(_) => panic!("a message of no name was taken"),
        Err(e) => e.to_string(),
    };
    let quoted = said.split('`').skip(1).step_by(2);
    let all: Vec<String> = quoted.skip(1).map(str::to_owned).collect();
    assert!(all.len() > 1, "{said}");
    all
}

#[test]
fn messages_are_found_by_name() {
    #[derive(serde::Deserialize, Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Two {
        FirstOne(Empty),
        Second { number: u8 },
    }
    assert_eq!(names::<Two>(), ["first_one", "second"]);
    assert_eq!(name_of(&Two::Second { number: 1 }), "second");
    assert_eq!(name_of(&Two::FirstOne(Empty {})), "first_one");
}
