//! The checked-in JSON Schema is what the Rust types say. `UPDATE_SCHEMA=1` writes it anew.

use std::fs;
use std::path::PathBuf;

use cosmwasm_schema::generate_api;
use muster_schema::causes::{ExecuteMsg, InstantiateMsg, MigrateMsg, QueryMsg};

#[test]
fn the_json_schema_of_causes_is_fresh() {
    let api = generate_api! {
        name: "causes",
        instantiate: InstantiateMsg,
        execute: ExecuteMsg,
        query: QueryMsg,
        migrate: MigrateMsg,
    };
    let text = api.render().to_string().expect("a schema that encodes") + "\n";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("json/causes.json");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder for the schema");
        fs::write(&path, &text).expect("a schema that can be written");
    }
    let stored = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stored == text,
        "{} is stale: UPDATE_SCHEMA=1 cargo test -p muster-schema",
        path.display()
    );
}
