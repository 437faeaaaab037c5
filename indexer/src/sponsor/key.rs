//! The sponsor's key: 64 hexadecimal digits in a file that only its owner may read.

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use k256::ecdsa::signature::Signer;
use k256::ecdsa::{Signature, SigningKey};

use super::item;
use crate::error::{Error, Result};

/// Owner reads and writes; nobody else anything.
const MODE: u32 = 0o600;

/// The key. It can't be printed.
pub(super) struct Key {
    secret: SigningKey,
    /// Who pays.
    pub(super) address: String,
}

impl Key {
    /// Reads the file.
    ///
    /// # Errors
    /// [`Error::Config`] in one line that holds nothing of the key.
    pub(super) fn load(path: &Path, prefix: &str) -> Result<Self> {
        let name = path.display();
        let bad = |why: String| Error::Config(format!("--key {name}: {why}"));
        // The mode of what is read, whatever the name points to by then.
        let mut file = File::open(path).map_err(|e| bad(e.to_string()))?;
        let mode = file
            .metadata()
            .map_err(|e| bad(e.to_string()))?
            .permissions()
            .mode()
            & 0o7777;
        if mode != MODE {
            return Err(bad(format!("found mode {mode:04o}, allowed is {MODE:04o}")));
        }
        let mut text = String::new();
        file.read_to_string(&mut text)
            .map_err(|e| bad(e.to_string()))?;
        let secret = hex::decode(text.trim())
            .ok()
            .and_then(|bytes| SigningKey::from_slice(&bytes).ok())
            .ok_or_else(|| bad("allowed is a secp256k1 key of 64 hexadecimal digits".to_owned()))?;
        let public = public(&secret);
        let address = item::account(prefix, &public);
        Ok(Self { secret, address })
    }

    /// The compressed public key.
    pub(super) fn public(&self) -> Vec<u8> {
        public(&self.secret)
    }

    /// r and s over the SHA-256 of `bytes`, s in the lower half.
    pub(super) fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        let signature: Signature = self.secret.sign(bytes);
        signature
            .normalize_s()
            .unwrap_or(signature)
            .to_bytes()
            .to_vec()
    }
}

fn public(secret: &SigningKey) -> Vec<u8> {
    let point = secret.verifying_key().to_encoded_point(true);
    point.as_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// The first test key of BIP 340, which anybody knows.
    const WORTHLESS: &str = "0000000000000000000000000000000000000000000000000000000000000003";

    #[test]
    fn only_a_file_for_its_owner_alone_is_read() {
        let path = std::env::temp_dir().join(format!("muster-key-{}", std::process::id()));
        fs::write(&path, format!("{WORTHLESS}\n")).unwrap();
        for mode in [0o644, 0o640, 0o660, 0o400, 0o700, 0o4600] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let said = Key::load(&path, "wasm").err().unwrap().to_string();
            assert!(said.contains(&format!("found mode {mode:04o}")), "{said}");
            assert!(!said.contains(WORTHLESS));
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(MODE)).unwrap();
        let key = Key::load(&path, "wasm").unwrap();
        assert_eq!(key.public().len(), 33);
        assert!(key.address.starts_with("wasm1"));
        for wrong in ["", "00", &"0".repeat(64), &"f".repeat(64), &"x".repeat(64)] {
            fs::write(&path, wrong).unwrap();
            let said = Key::load(&path, "wasm").err().unwrap().to_string();
            assert!(said.contains("64 hexadecimal digits"), "{said}");
        }
        fs::remove_file(&path).unwrap();
        assert!(Key::load(&path, "wasm").is_err());
    }
}
