//! What a person signs so that somebody else may send it.
//!
//! The signed thing is an ADR-36 document, which every wallet of the chain's family can sign off
//! line: no coins, no account. Its `data` is [`text`]: readable, and the same bytes in the wallet, on
//! the page and in the contract (`schema/vectors/relay.json` holds both sides to them).

use cosmwasm_schema::cw_serde;

use super::execute::{Evidence, Vote};
use super::gate::Credential;
use crate::json::{base64, to_json};

/// One thing that somebody signed. The chain and the contract it is for, and who signed, aren't
/// sent: the signature holds for no other.
#[cw_serde]
pub struct Signed {
    /// The signer's secp256k1 key: 33 bytes in Base64. The address is derived from it.
    pub key: String,
    /// r and s, the low one: 64 bytes in Base64.
    pub signature: String,
    /// Above every one that counted for the signer; at most 2^48 − 1.
    pub sequence: u64,
    /// Unix seconds from which it is worth nothing; at most 48 hours ahead when it is sent.
    pub expires: u64,
    /// What is done.
    pub does: Does,
}

/// What may be signed: everything of one's own that takes no coins.
#[cw_serde]
pub enum Does {
    /// See [`super::ExecuteMsg::Pledge`]; without a stake.
    Pledge {
        /// The action.
        action: u64,
        /// On the grid.
        #[serde(default)]
        needs_others: u32,
        /// Who brought the person here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        referrer: Option<String>,
        /// What the action's gate asks to be attested.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        credentials: Vec<Credential>,
    },
    /// See [`super::ExecuteMsg::Withdraw`].
    Withdraw {
        /// The action.
        action: u64,
    },
    /// See [`super::ExecuteMsg::PledgeBundle`]; where none of its actions needs a stake.
    PledgeBundle {
        /// The cause.
        cause: u64,
        /// For each of its actions, in their order.
        needs_others: Vec<u32>,
    },
    /// See [`super::ExecuteMsg::WithdrawBundle`].
    WithdrawBundle {
        /// The cause.
        cause: u64,
    },
    /// See [`super::ExecuteMsg::Confirm`].
    Confirm {
        /// The action.
        action: u64,
    },
    /// See [`super::ExecuteMsg::CheckIn`].
    CheckIn {
        /// The action.
        action: u64,
        /// Where a picture or document is, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<Evidence>,
    },
    /// See [`super::ExecuteMsg::AlreadyDid`].
    AlreadyDid {
        /// The action.
        action: u64,
    },
    /// See [`super::ExecuteMsg::Rate`].
    Rate {
        /// The cause.
        cause: u64,
        /// Whose words.
        person: String,
        /// What one thinks of them.
        vote: Vote,
    },
    /// See [`super::ExecuteMsg::Score`].
    Score {
        /// The cause.
        cause: u64,
        /// 0–5 for each alternative, in their order.
        scores: Vec<u8>,
    },
    /// Whatever else was signed up to this sequence and wasn't sent yet is worth nothing.
    Void {},
}

impl Does {
    /// The action whose pledge it is about, unless it makes that pledge or is about a whole bundle.
    pub const fn about(&self) -> Option<u64> {
        match self {
            Self::Withdraw { action } | Self::Confirm { action } | Self::CheckIn { action, .. } => {
                Some(*action)
            }
            Self::Pledge { .. }
            | Self::PledgeBundle { .. }
            | Self::WithdrawBundle { .. }
            | Self::AlreadyDid { .. }
            | Self::Score { .. }
            | Self::Rate { .. }
            | Self::Void {} => None,
        }
    }
}

/// What the wallet shows and signs.
pub fn text(chain_id: &str, contract: &str, sequence: u64, expires: u64, does: &Does) -> String {
    let (sequence, expires) = (sequence.to_string(), expires.to_string());
    [
        "Muster: whoever has this signature may send it for me, once.\nchain: ",
        chain_id,
        "\ncontract: ",
        contract,
        "\nsequence: ",
        &sequence,
        "\nexpires: ",
        &expires,
        "\ndoes: ",
        &to_json(does),
    ]
    .concat()
}

/// The ADR-36 document of `signer` over `text`: the bytes whose SHA-256 is signed.
pub fn document(signer: &str, text: &str) -> String {
    [
        r#"{"account_number":"0","chain_id":"","fee":{"amount":[],"gas":"0"},"memo":"","msgs":[{"type":"sign/MsgSignData","value":{"data":""#,
        &base64(text.as_bytes()),
        r#"","signer":""#,
        signer,
        r#""}}],"sequence":"0"}"#,
    ]
    .concat()
}
