//! A cause's registry, page by page.

use cosmwasm_std::Order;
use muster_door::Deps;
use muster_schema::causes::{Error, RegistryEntry, RegistryResponse};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Layout, Words};

use crate::{address, records, store};

pub(super) fn registry(
    deps: Deps,
    id: u64,
    start_after: Option<String>,
    limit: usize,
) -> Result<RegistryResponse, Error> {
    records::cause(deps.storage, id)?;
    let prefix = key::number(tag::WORDS, id);
    let mut start = prefix.to_vec();
    if let Some(text) = start_after {
        start.extend(address::typed(deps.api, "start_after", &text)?.canonical);
        start.push(0); // the least key behind that person's
    }
    let end = store::end_of(&prefix);
    let range = deps
        .storage
        .range(Some(&start), Some(&end), Order::Ascending)
        .take(limit);
    let (mut entries, mut last) = (Vec::new(), None);
    for (key, value) in range {
        let canonical = key.get(prefix.len()..).unwrap_or_default();
        let person: String = address::written(deps.api, "words", canonical)?.into();
        let Words { up, down, text, .. } = Words::decode(&value)?;
        last = Some(person.clone());
        if !text.is_empty() {
            entries.push(RegistryEntry {
                person,
                words: text,
                up,
                down,
            });
        }
    }
    Ok(RegistryResponse { entries, last })
}
