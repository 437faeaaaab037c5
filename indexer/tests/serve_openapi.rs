//! `schema/openapi/muster-v1.json` is what `/v1/openapi.json` serves. `MUSTER_WRITE=1` writes it anew.

use std::path::Path;

use muster_indexer::serve::openapi::description;

#[test]
fn the_checked_in_description_is_fresh() -> Result<(), Box<dyn std::error::Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/openapi/muster-v1.json");
    let now = serde_json::to_string_pretty(&description())? + "\n";
    if std::env::var_os("MUSTER_WRITE").is_some() {
        std::fs::write(&path, &now)?;
    }
    let found = std::fs::read_to_string(&path)?;
    assert!(found == now, "stale: run the test with MUSTER_WRITE=1");
    Ok(())
}
