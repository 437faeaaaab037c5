//! `muster attest`: a small issuer. It signs what somebody who knows a person says of them, keeps a
//! book of it, and tells what a people contract must store to take one back.

mod book;
mod key;

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, Subcommand};
use muster_schema::attestation::{Attestation, action_scope};
use muster_schema::causes::{IssuerKey, limits};
use muster_schema::layout::Layout;
use muster_schema::layout::people::{Since, revoked_key};

use self::book::{Entry, Signed, Word};
use self::key::Key;
use crate::error::{Error, Result};

const DAY: u64 = 24 * 3_600;

/// What to do with a key.
#[derive(Debug, Subcommand)]
pub enum Attest {
    /// Makes a key in a new file of mode 0600, and prints the public key that gates name.
    New {
        /// Where to.
        #[arg(long, env = "MUSTER_ISSUER_KEY")]
        key_file: PathBuf,
        /// `secp256k1` or `ed25519`.
        #[arg(long, default_value = "ed25519", value_parser = ["secp256k1", "ed25519"])]
        kind: String,
    },
    /// Signs one attestation, prints it for the person, and notes it in the book.
    Sign(Box<SignArgs>),
    /// Prints the book: one attestation a line, with who it is of and whether it was taken back.
    List {
        /// The key whose book it is.
        #[arg(long, env = "MUSTER_ISSUER_KEY")]
        key_file: PathBuf,
    },
    /// Notes that an attestation is taken back, and prints the record that says so in a people
    /// contract, where gates read it.
    Revoke {
        /// The key that signed it.
        #[arg(long, env = "MUSTER_ISSUER_KEY")]
        key_file: PathBuf,
        /// Its digest, from the list.
        digest: String,
    },
}

/// What one attestation says.
#[derive(Args, Debug)]
pub struct SignArgs {
    /// The issuer's key.
    #[arg(long, env = "MUSTER_ISSUER_KEY")]
    key_file: PathBuf,
    /// The chain's id.
    #[arg(long)]
    chain_id: String,
    /// The causes contract.
    #[arg(long)]
    contract: String,
    /// The address that will pledge.
    #[arg(long)]
    subject: String,
    /// What is true of them, as the gate has it.
    #[arg(long, default_value = "person")]
    claim: String,
    /// The action it is made out for.
    #[arg(long, conflicts_with = "scope", required_unless_present = "scope")]
    action: Option<u64>,
    /// What it is made out for, where the gate names something.
    #[arg(long)]
    scope: Option<String>,
    /// How you tell this person from all others, always in the same words. It stays in the book.
    #[arg(long)]
    person: String,
    /// How long it holds: 1 to 90 days.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=90))]
    days: u64,
}

/// Does it.
///
/// # Errors
/// One line for the person at the terminal.
pub fn run(attest: Attest) -> Result<()> {
    match attest {
        Attest::New { key_file, kind } => {
            let (key_type, public) = shown(&Key::create(&key_file, &kind)?.public());
            println!("{key_type} {public}");
            Ok(())
        }
        Attest::Sign(args) => {
            let word = sign(&args, now())?;
            println!("{}", json(&word)?);
            Ok(())
        }
        Attest::List { key_file } => list(&key_file),
        Attest::Revoke { key_file, digest } => revoke(&key_file, &digest),
    }
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|e| Error::Config(e.to_string()))
}

fn shown(key: &IssuerKey) -> (&'static str, String) {
    match key {
        IssuerKey::Secp256k1(key) => ("secp256k1", key.to_hex()),
        IssuerKey::Ed25519(key) => ("ed25519", key.to_hex()),
    }
}

/// Beside the key.
fn book_of(key_file: &Path) -> PathBuf {
    let mut name = key_file.as_os_str().to_owned();
    name.push(".book");
    name.into()
}

/// Half an hour less than the days, so that a chain whose clock is behind takes it on the last one.
fn sign(args: &SignArgs, now: u64) -> Result<Word> {
    let key = Key::load(&args.key_file)?;
    let scope = match (&args.scope, args.action) {
        (Some(scope), _) => scope.clone(),
        (None, Some(action)) => action_scope(action),
        (None, None) => return Err(Error::Config("--action or --scope is needed".into())),
    };
    for (name, text, most) in [
        ("--claim", args.claim.as_str(), limits::MAX_CLAIM),
        ("--scope", scope.as_str(), limits::MAX_SCOPE),
        ("--person", args.person.as_str(), 1_000),
        ("--subject", args.subject.as_str(), 128),
    ] {
        if text.is_empty() || text.len() > most || text.trim() != text {
            return Err(Error::Config(format!(
                "{name} has {} bytes, allowed are 1 to {most} without white space around them",
                text.len()
            )));
        }
    }
    let book_path = book_of(&args.key_file);
    let book = book::read(&book_path)?;
    let nullifier = key.nullifier(&args.person, &scope);
    let expires = now
        .saturating_add(args.days.saturating_mul(DAY))
        .saturating_sub(1_800);
    let subject = args.subject.to_lowercase();
    let attestation = Attestation {
        chain_id: &args.chain_id,
        contract: &args.contract.to_lowercase(),
        subject: &subject,
        claim: &args.claim,
        scope: &scope,
        nullifier: &nullifier,
        expires,
    };
    let (key_type, issuer) = shown(&key.public());
    let word = Word {
        key_type: key_type.into(),
        issuer,
        claim: args.claim.clone(),
        scope: scope.clone(),
        nullifier: hex::encode(nullifier),
        expires,
        signature: hex::encode(key.sign(&attestation)),
        subject: subject.clone(),
    };
    let signed = Signed {
        person: args.person.clone(),
        digest: hex::encode(attestation.digest()),
        at: now,
        word: word.clone(),
    };
    if book::is_revoked(&book, &signed) {
        return Err(Error::Config("this very attestation was taken back".into()));
    }
    book::append(&book_path, &Entry::Signed(signed))?;
    Ok(word)
}

fn list(key_file: &Path) -> Result<()> {
    let book = book::read(&book_of(key_file))?;
    for entry in &book {
        let Entry::Signed(s) = entry else { continue };
        let state = if book::is_revoked(&book, s) {
            "revoked"
        } else if s.word.expires <= now() {
            "expired"
        } else {
            "stands"
        };
        let w = &s.word;
        println!(
            "{} {state} until {} {:?} {:?} {} {:?}",
            s.digest, w.expires, w.claim, w.scope, w.subject, s.person
        );
    }
    Ok(())
}

fn revoke(key_file: &Path, digest: &str) -> Result<()> {
    let key = Key::load(key_file)?;
    let path = book_of(key_file);
    let book = book::read(&path)?;
    let found = book.iter().find_map(|e| match e {
        Entry::Signed(s) if s.digest == digest => Some(s),
        _ => None,
    });
    let Some(signed) = found else {
        return Err(Error::Config(format!(
            "{digest} isn't in the book; `muster attest list` has them all"
        )));
    };
    let bytes: Option<[u8; 32]> = hex::decode(digest).ok().and_then(|d| d.try_into().ok());
    let bytes = bytes.ok_or_else(|| Error::Config("a digest has 64 hexadecimal digits".into()))?;
    let at = now();
    if !book::is_revoked(&book, signed) {
        let digest = digest.to_owned();
        book::append(&path, &Entry::Revoked { digest, at })?;
    }
    println!("key   {}", hex::encode(revoked_key(&key.public(), &bytes)));
    println!("value {}", hex::encode(Since(at).encode()));
    Ok(())
}
