use super::*;
use crate::chain::types::TxResult;

/// Blocks 1, one with a transaction, and the next, as a wasmd 0.61.14 gave them.
#[derive(Deserialize)]
struct Recorded {
    metas: Vec<serde_json::Value>,
    txs: Vec<String>,
    txs_results: Vec<TxResult>,
}

fn recorded() -> Recorded {
    serde_json::from_str(include_str!("../testdata/blocks.json")).unwrap()
}

fn header(meta: serde_json::Value) -> Result<Header> {
    Header::try_from(serde_json::from_value::<BlockMeta>(meta).unwrap())
}

#[test]
fn hashes_of_a_real_chain_are_found_again() {
    use base64::Engine as _;
    let recorded = recorded();
    let headers: Vec<Header> = recorded
        .metas
        .into_iter()
        .map(|m| header(m).unwrap())
        .collect();
    let [first, with_tx, next] = headers.as_slice() else {
        panic!("three");
    };
    assert_eq!((first.height, first.has_txs()), (1, false));
    assert!(with_tx.has_txs());
    assert_eq!(next.last_hash, with_tx.hash);
    let base64 = base64::engine::general_purpose::STANDARD;
    let txs: Vec<Vec<u8>> = recorded
        .txs
        .iter()
        .map(|t| base64.decode(t).unwrap())
        .collect();
    let upper = |hash: merkle::Hash| hex::encode_upper(hash);
    assert_eq!(upper(merkle::data_hash(&txs)), with_tx.data_hash);
    let results = merkle::results_hash(&recorded.txs_results).unwrap();
    assert_eq!(upper(results), next.last_results_hash);
}

#[test]
fn a_field_that_was_changed_changes_the_hash() {
    for (field, value) in [
        ("app_hash", "00"),
        ("chain_id", "other"),
        ("time", "2026-11-24T00:00:00Z"),
        ("last_results_hash", "00"),
    ] {
        let mut meta = recorded().metas.remove(1);
        meta["header"][field] = value.into();
        let e = header(meta).unwrap_err();
        assert!(matches!(e, Error::NotProven { .. }), "{field}: {e}");
    }
}

#[test]
fn block_times_are_floored_to_seconds() {
    assert_eq!(calendar::unix("1970-01-01T00:00:00Z"), Some((0, 0)));
    let leap = Some((951_825_601, 500_000_000));
    assert_eq!(calendar::unix("2000-02-29T12:00:01.5Z"), leap);
    assert_eq!(calendar::unix("yesterday"), None);
}
