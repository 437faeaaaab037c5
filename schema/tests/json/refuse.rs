//! What is refused, and in which words.

use muster_schema::causes::*;
use muster_schema::json::{BadJson, from_json};

fn refusal(json: &str) -> BadJson {
    *from_json::<ExecuteMsg>(json.as_bytes()).expect_err(json)
}

#[test]
fn a_refusal_says_where_and_what_is_allowed() {
    let cases = [
        ("", 0, "the end", "an object"),
        ("[]", 0, "`[]`", "an object"),
        (r#"{"settle":{"action":1}} x"#, 24, "`x`", "the end"),
        (
            r#"{"settle":{"action":1}"#,
            22,
            "the end",
            "the end of the object",
        ),
        (r#"{"settle":{"action":1,}}"#, 22, "`}}`", "a string"),
        (
            r#"{"settle":{"action":1 "x":1}}"#,
            22,
            "`\"x\":1}}`",
            "a comma or the end of the object",
        ),
        (r#"{"settle":{"deed":1}}"#, 11, "`\"deed\":1}}`", "action"),
        (
            r#"{"settle":{"action":1,"action":1}}"#,
            22,
            "`\"action\":1}}`",
            "each field once",
        ),
        (r#"{"settle":{}}"#, 12, "an object without it", "action"),
        (r#"{"accept_owner":{"x":1}}"#, 17, "`\"x\":1}}`", "no field"),
        (
            r#"{"settle":{"action":1.0}}"#,
            20,
            "`1.0}}`",
            "a whole number, at most 18446744073709551615",
        ),
        (
            r#"{"settle":{"action":01}}"#,
            20,
            "`01}}`",
            "a whole number, at most 18446744073709551615",
        ),
        (
            r#"{"settle":{"action":-1}}"#,
            20,
            "`-1}}`",
            "a whole number, at most 18446744073709551615",
        ),
        (
            r#"{"settle":{"action":"1"}}"#,
            20,
            "`\"1\"}}`",
            "a whole number, at most 18446744073709551615",
        ),
        (
            r#"{"pledge":{"action":1,"needs_others":4294967296}}"#,
            37,
            "`4294967296}}`",
            "a whole number, at most 4294967295",
        ),
        (
            r#"{"claim":{"action":1,"person":nul}}"#,
            30,
            "`nul}}`",
            "a string",
        ),
        (
            r#"{"claim":{"action":1,"person":"\ud83e"}}"#,
            38,
            "`}}`",
            "a whole \\u escape before it",
        ),
        (
            r#"{"claim":{"action":1,"person":"\x"}}"#,
            33,
            "`\"}}`",
            "an escape of JSON before it",
        ),
        (
            r#"{"attest":{"action":1,"statements":[{"person":"a","outcome":"maybe"}]}}"#,
            60,
            "`\"maybe\"}]}}`",
            "did, didnt, excused",
        ),
    ];
    for (json, at, found, allowed) in cases {
        let bad = refusal(json);
        let expected = BadJson {
            at,
            found: found.to_owned(),
            allowed: allowed.to_owned(),
        };
        assert_eq!(bad, expected, "{json}");
    }
    let unknown = refusal(r#"{"steal":{}}"#).to_string();
    let begins = "bad_message: found `\"steal\":{}}` at byte 1, allowed is create_cause, pledge, ";
    assert!(unknown.starts_with(begins), "{unknown}");
    let long = refusal(&format!(r#"{{"{}":{{}}}}"#, "x".repeat(9_000)));
    assert_eq!(
        long.found.len(),
        34,
        "a refusal doesn't carry what it refuses"
    );
}

#[test]
fn stricter_than_serde() {
    for json in [
        r#"{"pledge":{"action":1,"needs_other":5}}"#,
        r#"{"settle":[1]}"#,
        r#"{"attest":{"action":1,"statements":[["a","did"]]}}"#,
        r#"{"attest":{"action":1,"statements":[{"person":"a","outcome":{"did":null}}]}}"#,
    ] {
        assert!(serde_json::from_str::<ExecuteMsg>(json).is_ok(), "{json}");
        assert!(from_json::<ExecuteMsg>(json.as_bytes()).is_err(), "{json}");
    }
}

#[test]
fn no_text_makes_it_run_away() {
    let deep = "[".repeat(100_000);
    assert!(from_json::<ExecuteMsg>(deep.as_bytes()).is_err());
    for number in ["9".repeat(100_000), "0".repeat(100_000)] {
        let json = format!(r#"{{"spend_fund":{{"amount":"{number}"}}}}"#);
        assert!(from_json::<ExecuteMsg>(json.as_bytes()).is_err());
    }
}
