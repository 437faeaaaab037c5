//! A transaction that executes one message of the contract, signed directly.

mod wire;

use prost::Message as _;
use prost_types::Any;
use sha2::{Digest, Sha256};

use super::key::Key;
use crate::chain::ChainEvent;
use crate::error::{Error, Result};

/// In a denom per gas, kept as a fraction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Price {
    denom: String,
    digits: u128,
    places: u32,
}

impl Price {
    /// From a decimal number.
    pub(super) fn parse(text: &str, denom: &str) -> Result<Self> {
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        let digits = format!("{whole}{rest}").parse().ok();
        let places = u32::try_from(rest.len()).ok().filter(|p| *p <= 18);
        match digits.zip(places) {
            Some((digits, places)) => Ok(Self {
                denom: denom.to_owned(),
                digits,
                places,
            }),
            None => Err(Error::Config(format!(
                "gas_price: found {text:?}, allowed is a decimal number"
            ))),
        }
    }

    /// For so much gas, rounded up.
    fn of(&self, gas: u64) -> u128 {
        let scale = 10_u128.pow(self.places);
        u128::from(gas).saturating_mul(self.digits).div_ceil(scale)
    }
}

/// Who sends, and as which of the account's transactions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Account {
    pub(super) number: u64,
    pub(super) sequence: u64,
}

/// What is sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call<'a> {
    pub(super) chain_id: &'a str,
    pub(super) contract: &'a str,
    pub(super) msg: &'a str,
    /// The last block that may hold it: afterwards it is as if it had never been.
    pub(super) last_height: u64,
    pub(super) gas: u64,
}

/// The bytes to broadcast.
pub(super) fn signed(key: &Key, account: Account, call: Call<'_>, price: &Price) -> Vec<u8> {
    let execute = wire::MsgExecuteContract {
        sender: key.address.clone(),
        contract: call.contract.to_owned(),
        msg: call.msg.as_bytes().to_vec(),
    };
    let body = wire::TxBody {
        messages: vec![any(
            "/cosmwasm.wasm.v1.MsgExecuteContract",
            execute.encode_to_vec(),
        )],
        timeout_height: call.last_height,
    };
    let public = wire::PubKey { key: key.public() };
    let single = wire::Single { mode: DIRECT };
    let info = wire::SignerInfo {
        public_key: Some(any(
            "/cosmos.crypto.secp256k1.PubKey",
            public.encode_to_vec(),
        )),
        mode_info: Some(wire::ModeInfo {
            single: Some(single),
        }),
        sequence: account.sequence,
    };
    let coin = wire::Coin {
        denom: price.denom.clone(),
        amount: price.of(call.gas).to_string(),
    };
    let auth = wire::AuthInfo {
        signer_infos: vec![info],
        fee: Some(wire::Fee {
            amount: vec![coin],
            gas_limit: call.gas,
        }),
    };
    let document = wire::SignDoc {
        body_bytes: body.encode_to_vec(),
        auth_info_bytes: auth.encode_to_vec(),
        chain_id: call.chain_id.to_owned(),
        account_number: account.number,
    };
    let signature = key.sign(&document.encode_to_vec());
    wire::TxRaw {
        body_bytes: document.body_bytes,
        auth_info_bytes: document.auth_info_bytes,
        signatures: vec![signature],
    }
    .encode_to_vec()
}

/// A transaction's name.
pub(super) fn hash(bytes: &[u8]) -> String {
    hex::encode_upper(Sha256::digest(bytes))
}

const DIRECT: i32 = 1;

fn any(type_url: &str, value: Vec<u8>) -> Any {
    Any {
        type_url: type_url.to_owned(),
        value,
    }
}

/// What a trial of a transaction did.
#[derive(Clone, Debug)]
pub(super) struct Trial {
    pub(super) gas: u64,
    pub(super) events: Vec<ChainEvent>,
}

/// Reads the answer of `Simulate`.
pub(super) fn trial(bytes: &[u8]) -> Option<Trial> {
    let answer = wire::SimulateResponse::decode(bytes).ok()?;
    let events = answer.result.unwrap_or_default().events.into_iter();
    Some(Trial {
        gas: answer.gas_info?.gas_used,
        events: events.map(Into::into).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_rounded_up_and_never_guessed() {
        let price = |text: &str| Price::parse(text, "umust");
        assert_eq!(price("0.025").unwrap().of(1_000_001), 25_001);
        assert_eq!(price("3").unwrap().of(7), 21);
        assert_eq!(price("0.").unwrap().of(7), 0);
        for wrong in ["", "-1", "1e3", "0.1.2", "x", "0.0000000000000000001"] {
            assert!(price(wrong).is_err(), "{wrong}");
        }
    }
}
