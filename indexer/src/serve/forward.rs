//! The island's calls to the chain: a page talks to its own origin only, and five verbs of the
//! node are enough for a wallet. Nothing here can sign.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use prost::Message as _;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tokio::time::Instant;

use super::ServeState;
use super::extract::{self, Body, Params, Segment};
use super::node::wire;
use super::problem::Problem;

/// What a wallet needs to know of the chain, from the deployment file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ChainInfo {
    /// The chain.
    pub chain_id: String,
    /// What addresses begin with.
    pub bech32_prefix: String,
    /// The contracts, with their addresses.
    pub contracts: serde_json::Value,
    /// What fees are paid in.
    pub fee_denom: String,
    /// In `fee_denom` per gas, a decimal number.
    pub gas_price: String,
    /// Whether this is a chain of this machine.
    #[serde(default)]
    pub local: bool,
    /// On a local chain: the worthless key that the test wallet draws from.
    #[serde(default)]
    pub faucet: Option<serde_json::Value>,
    /// On a local chain: for wallets that want to be told of it.
    #[serde(default)]
    pub lcd: Option<String>,
    /// Who sends what people without coins sign: addresses on the web, the preferred first.
    #[serde(default)]
    pub sponsors: Vec<String>,
    /// How denoms are written for people.
    #[serde(default)]
    pub denoms: Vec<serde_json::Value>,
    /// Gas on top of a simulation, for steps of a scan that others may add meanwhile.
    #[serde(default = "scan_gas_allowance")]
    pub scan_gas_allowance: u64,
}

/// About 250 steps of 186 gas.
const fn scan_gas_allowance() -> u64 {
    50_000
}

impl ChainInfo {
    /// From the text of the deployment file. A faucet is only ever handed out on a local chain.
    pub fn from_deployment(text: &str) -> Result<Self, serde_json::Error> {
        let mut info: Self = serde_json::from_str(text)?;
        if !info.local {
            info.faucet = None;
        }
        Ok(info)
    }
}

/// A transaction as the wallet signed it.
#[derive(Debug, Deserialize)]
pub struct TxBody {
    tx_bytes: String,
}

impl TxBody {
    fn bytes(&self) -> Result<Vec<u8>, Problem> {
        let wrong = || Problem::bad_request("tx_bytes: not the base64 of a transaction");
        let bytes = STANDARD.decode(&self.tx_bytes).map_err(|_| wrong())?;
        if bytes.is_empty() {
            Err(wrong())
        } else {
            Ok(bytes)
        }
    }
}

/// What the chain is.
pub async fn info(State(state): State<ServeState>) -> Json<ChainInfo> {
    Json((*state.chain).clone())
}

/// Account number and sequence, for signing.
pub async fn account(
    State(state): State<ServeState>,
    Segment(address): Segment,
) -> Result<Response, Problem> {
    extract::address(&state.chain.bech32_prefix, &address)?;
    let ask = wire::AddressRequest {
        address: address.clone(),
    }
    .encode_to_vec();
    let none = || Problem::not_found(format!("the chain has no account {address} yet"));
    let answer = state
        .node
        .abci("/cosmos.auth.v1beta1.Query/Account", &ask)
        .await?;
    // Any refusal means the same for a wallet: nothing was ever sent there.
    let bytes = answer.map_err(|_| none())?;
    let account = wire::AccountResponse::decode(&*bytes)
        .ok()
        .and_then(|a| a.account);
    let account = account
        .and_then(|any| wire::BaseAccount::decode(&*any.value).ok())
        .filter(|account| account.address == address)
        .ok_or_else(none)?;
    Ok(Json(json!({
        "account_number": account.account_number.to_string(),
        "sequence": account.sequence.to_string(),
    }))
    .into_response())
}

/// What an address has in the bank.
pub async fn balances(
    State(state): State<ServeState>,
    Segment(address): Segment,
) -> Result<Response, Problem> {
    extract::address(&state.chain.bech32_prefix, &address)?;
    let ask = wire::AddressRequest { address }.encode_to_vec();
    let answer = state
        .node
        .abci("/cosmos.bank.v1beta1.Query/AllBalances", &ask)
        .await?;
    let bytes = answer.map_err(Problem::refused)?;
    let found = wire::BalancesResponse::decode(&*bytes).map_err(|_| unreadable())?;
    let coins: Vec<_> = found
        .balances
        .into_iter()
        .map(|c| json!({ "denom": c.denom, "amount": c.amount }))
        .collect();
    Ok(Json(json!({ "coins": coins })).into_response())
}

/// How much gas a transaction would use.
pub async fn simulate(
    State(state): State<ServeState>,
    Body(body): Body<TxBody>,
) -> Result<Response, Problem> {
    let ask = wire::SimulateRequest {
        tx_bytes: body.bytes()?,
    }
    .encode_to_vec();
    let answer = state
        .node
        .abci("/cosmos.tx.v1beta1.Service/Simulate", &ask)
        .await?;
    let bytes = answer.map_err(Problem::refused)?;
    let found = wire::SimulateResponse::decode(&*bytes).map_err(|_| unreadable())?;
    let gas_used = found.gas_info.map_or(0, |g| g.gas_used);
    Ok(Json(json!({ "gas_used": gas_used })).into_response())
}

/// Hands a signed transaction to the node's mempool.
pub async fn broadcast(
    State(state): State<ServeState>,
    Body(body): Body<TxBody>,
) -> Result<Response, Problem> {
    let bytes = body.bytes()?;
    let hash = hex::encode_upper(Sha256::digest(&bytes));
    match state.node.broadcast(&bytes).await? {
        Ok(()) => Ok(Json(json!({ "tx_hash": hash })).into_response()),
        // A second try after a lost answer: it is where it should be.
        Err(raw) if raw.contains("already exists in cache") => {
            Ok(Json(json!({ "tx_hash": hash })).into_response())
        }
        Err(raw) => Err(Problem::refused(raw)),
    }
}

/// How a transaction is looked for.
#[derive(Debug, Deserialize)]
pub struct TransactionParams {
    /// Seconds to wait for its block, within bounds: a page that follows what it sent asks once.
    #[serde(default)]
    wait: u64,
}

/// Between looks at the node.
const LOOK: Duration = Duration::from_millis(200);

/// What became of a transaction.
pub async fn transaction(
    State(state): State<ServeState>,
    Segment(hash): Segment,
    Params(params): Params<TransactionParams>,
) -> Result<Response, Problem> {
    let bytes = hex::decode(&hash)
        .ok()
        .filter(|b| b.len() == 32)
        .ok_or_else(|| Problem::bad_request("a transaction hash has 64 hexadecimal digits"))?;
    let end = Instant::now() + Duration::from_secs(params.wait).min(state.limits.wait);
    loop {
        if let Some(found) = state.node.transaction(&bytes).await? {
            return Ok(Json(found).into_response());
        }
        if Instant::now() >= end {
            return Err(Problem::not_found("not in a block yet"));
        }
        tokio::time::sleep(LOOK).await;
    }
}

fn unreadable() -> Problem {
    Problem::new(
        StatusCode::BAD_GATEWAY,
        "the node's answer could not be read",
    )
}
