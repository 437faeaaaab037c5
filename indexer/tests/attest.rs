//! `muster attest` as somebody runs it: keys, signatures that a contract takes, the book.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use k256::ecdsa::signature::Verifier;
use muster_schema::attestation::Attestation;
use serde_json::Value;

const MUSTER: &str = env!("CARGO_BIN_EXE_muster");

/// A new folder.
fn home(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("muster-attest-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// What it prints, or the line it ends with.
fn muster(args: &[&str]) -> Result<String, String> {
    let output = Command::new(MUSTER).arg("attest").args(args).output();
    let output = output.unwrap();
    if output.status.success() {
        Ok(String::from_utf8(output.stdout).unwrap())
    } else {
        Err(String::from_utf8(output.stderr).unwrap())
    }
}

fn sign(key: &str, subject: &str, person: &str, more: &[&str]) -> Result<String, String> {
    let always = [
        "sign",
        "--key-file",
        key,
        "--chain-id",
        "c-1",
        "--contract",
        "wasm1causes",
        "--subject",
        subject,
        "--person",
        person,
    ];
    muster(&[&always, more].concat())
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn holds(word: &Value) -> bool {
    let text = |key: &str| word[key].as_str().unwrap();
    let bytes = |key: &str| hex::decode(text(key)).unwrap();
    let nullifier = bytes("nullifier");
    let attestation = Attestation {
        chain_id: "c-1",
        contract: "wasm1causes",
        subject: text("subject"),
        claim: text("claim"),
        scope: text("scope"),
        nullifier: &nullifier,
        expires: word["expires"].as_u64().unwrap(),
    };
    let (key, signature) = (bytes("issuer"), bytes("signature"));
    if text("key_type") == "secp256k1" {
        let key = k256::ecdsa::VerifyingKey::from_sec1_bytes(&key).unwrap();
        let signature = k256::ecdsa::Signature::from_slice(&signature).unwrap();
        key.verify(&attestation.bytes(), &signature).is_ok()
    } else {
        let key = ed25519_zebra::VerificationKey::try_from(key.as_slice()).unwrap();
        let signature = ed25519_zebra::Signature::try_from(signature.as_slice()).unwrap();
        key.verify(&signature, &attestation.bytes()).is_ok()
    }
}

#[test]
fn keys_of_both_kinds_sign_what_a_contract_takes_and_tell_persons_apart() {
    for kind in ["secp256k1", "ed25519"] {
        let home = home(kind);
        let path = home.join("key");
        let key = path.to_str().unwrap();
        let public = muster(&["new", "--key-file", key, "--kind", kind]).unwrap();
        assert_eq!(mode(&path), 0o600);
        let word = |subject, person, scope| -> Value {
            let said = sign(key, subject, person, &["--scope", scope]).unwrap();
            serde_json::from_str(&said).unwrap()
        };
        let (one, two) = (word("wasm1ann", "Ann", "x"), word("wasm1ann2", "Ann", "x"));
        let (bob, elsewhere) = (word("wasm1bob", "Bob", "x"), word("wasm1ann", "Ann", "y"));
        for made in [&one, &two, &bob, &elsewhere] {
            assert!(holds(made));
            let printed = format!("{kind} {}\n", made["issuer"].as_str().unwrap());
            assert_eq!(printed, public);
        }
        let mut altered = one.clone();
        altered["claim"] = "adult".into();
        assert!(!holds(&altered));
        assert_eq!(
            one["nullifier"], two["nullifier"],
            "one person, two wallets"
        );
        assert_ne!(one["nullifier"], bob["nullifier"]);
        assert_ne!(
            one["nullifier"], elsewhere["nullifier"],
            "nothing links two scopes"
        );
        assert!(
            !one.to_string().contains("Ann"),
            "the person stays in the book"
        );
        let own: Value =
            serde_json::from_str(&sign(key, "wasm1c", "C", &["--action", "7"]).unwrap()).unwrap();
        assert_eq!(own["scope"], "action:7");
    }
}

#[test]
fn the_book_lists_and_revokes() {
    let home = home("book");
    let path = home.join("key");
    let key = path.to_str().unwrap();
    muster(&["new", "--key-file", key]).unwrap();
    sign(key, "wasm1ann", "Ann", &["--action", "7"]).unwrap();
    sign(key, "wasm1bob", "Bob", &["--action", "7", "--days", "90"]).unwrap();
    assert_eq!(mode(&home.join("key.book")), 0o600);
    let list = muster(&["list", "--key-file", key]).unwrap();
    assert_eq!(list.lines().count(), 2, "{list}");
    let line = list.lines().find(|l| l.contains("wasm1ann")).unwrap();
    let digest = line.split(' ').next().unwrap();
    let record = muster(&["revoke", "--key-file", key, digest]).unwrap();
    // Tag, kind and key, digest; then when, in eight bytes.
    assert!(record.starts_with("key   0302"), "{record}");
    assert!(record.lines().next().unwrap().ends_with(digest));
    assert_eq!(record.lines().nth(1).unwrap().len(), "value ".len() + 16);
    let list = muster(&["list", "--key-file", key]).unwrap();
    assert!(
        list.lines()
            .any(|l| l.starts_with(&format!("{digest} revoked")))
    );
    assert!(
        list.lines()
            .any(|l| l.contains(" stands ") && l.contains("wasm1bob"))
    );
    let unknown = muster(&["revoke", "--key-file", key, &"0".repeat(64)]).unwrap_err();
    assert!(unknown.contains("isn't in the book"), "{unknown}");
}

#[test]
fn what_others_could_read_and_what_no_contract_takes_is_refused() {
    let home = home("refuse");
    let path = home.join("key");
    let key = path.to_str().unwrap();
    muster(&["new", "--key-file", key]).unwrap();
    assert!(
        muster(&["new", "--key-file", key]).is_err(),
        "a key is never overwritten"
    );
    for (more, says) in [
        (vec![], "--action"),
        (vec!["--action", "7", "--days", "91"], "91"),
        (vec!["--action", "7", "--claim", ""], "--claim"),
        (vec!["--scope", " x"], "--scope"),
    ] {
        let said = sign(key, "wasm1ann", "Ann", &more).unwrap_err();
        assert!(said.contains(says), "{said}");
    }
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    let said = sign(key, "wasm1ann", "Ann", &["--action", "7"]).unwrap_err();
    assert!(said.contains("mode 640, allowed is 600"), "{said}");
}
