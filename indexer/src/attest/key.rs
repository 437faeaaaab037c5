//! An issuer's key, in a file that nobody else may read.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use cosmwasm_std::HexBinary;
use hmac::{Hmac, Mac};
use k256::ecdsa::signature::Signer;
use muster_schema::attestation::Attestation;
use muster_schema::causes::IssuerKey;
use sha2::Sha256;

use crate::error::{Error, Result};

/// A secret key of either kind.
pub(super) enum Key {
    Secp256k1(k256::ecdsa::SigningKey),
    Ed25519(ed25519_zebra::SigningKey),
}

fn bad(what: &str) -> Error {
    Error::Config(format!("key file: {what}"))
}

/// Random bytes of the system.
fn secret() -> Result<[u8; 32]> {
    let mut bytes = [0; 32];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// A file of mode 0600 that isn't there yet.
pub(super) fn private(path: &Path, append: bool) -> Result<File> {
    let mut options = OpenOptions::new();
    options.mode(0o600);
    if append {
        options.append(true).create(true);
    } else {
        options.write(true).create_new(true);
    }
    options
        .open(path)
        .map_err(|e| Error::Config(format!("{}: {e}", path.display())))
}

/// Refuses what others may read.
pub(super) fn refuse_open(path: &Path) -> Result<()> {
    let meta = std::fs::metadata(path);
    let meta = meta.map_err(|e| Error::Config(format!("{}: {e}", path.display())))?;
    let mode = meta.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    Err(Error::Config(format!(
        "{} has mode {mode:o}, allowed is 600: others could sign in your name",
        path.display()
    )))
}

impl Key {
    /// Makes a key and writes it to a new file.
    pub(super) fn create(path: &Path, kind: &str) -> Result<Self> {
        let bytes = loop {
            let bytes = secret()?;
            // Not every 32 bytes are a key of that curve; nearly all are.
            if k256::ecdsa::SigningKey::from_slice(&bytes).is_ok() {
                break bytes;
            }
        };
        writeln!(private(path, false)?, "{kind} {}", hex::encode(bytes))?;
        Self::load(path)
    }

    /// Reads a file that [`Self::create`] wrote.
    pub(super) fn load(path: &Path) -> Result<Self> {
        refuse_open(path)?;
        let text = std::fs::read_to_string(path)?;
        let (kind, digits) = text
            .trim()
            .split_once(' ')
            .ok_or_else(|| bad("not a kind and 64 digits"))?;
        let bytes: [u8; 32] = hex::decode(digits)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or_else(|| bad("not 64 hexadecimal digits"))?;
        match kind {
            "secp256k1" => k256::ecdsa::SigningKey::from_slice(&bytes)
                .map(Self::Secp256k1)
                .map_err(|_| bad("not a key of secp256k1")),
            "ed25519" => Ok(Self::Ed25519(ed25519_zebra::SigningKey::from(bytes))),
            _ => Err(bad("of another kind than secp256k1 and ed25519")),
        }
    }

    /// What a gate names.
    pub(super) fn public(&self) -> IssuerKey {
        match self {
            Self::Secp256k1(key) => {
                let point = key.verifying_key().to_encoded_point(true);
                IssuerKey::Secp256k1(HexBinary::from(point.as_bytes()))
            }
            Self::Ed25519(key) => {
                let bytes: [u8; 32] = ed25519_zebra::VerificationKey::from(key).into();
                IssuerKey::Ed25519(HexBinary::from(bytes))
            }
        }
    }

    pub(super) fn sign(&self, attestation: &Attestation<'_>) -> [u8; 64] {
        let bytes = attestation.bytes();
        match self {
            Self::Secp256k1(key) => {
                let signed: k256::ecdsa::Signature = key.sign(&bytes);
                signed.to_bytes().into()
            }
            Self::Ed25519(key) => key.sign(&bytes).into(),
        }
    }

    /// HMAC-SHA256 of a person and a scope under this key: whoever doesn't have the key can't tell
    /// from two nullifiers whether they are of one person.
    pub(super) fn nullifier(&self, person: &str, scope: &str) -> [u8; 32] {
        let secret: [u8; 32] = match self {
            Self::Secp256k1(key) => key.to_bytes().into(),
            Self::Ed25519(key) => (*key).into(),
        };
        #[allow(clippy::expect_used)] // HMAC takes a key of any length
        let mut mac = Hmac::<Sha256>::new_from_slice(&secret).expect("a key of any length");
        mac.update(b"muster/nullifier/1");
        for part in [person, scope] {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }
}
