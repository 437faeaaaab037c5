//! Pages that need little of the chain: starting a cause, finding oneself, the indexer's state.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::format::{Denom, Moment, number};
use super::shell::{Page, PageError, rendered, show};
use crate::serve::ServeState;
use crate::serve::extract::{self, Params};
use crate::serve::problem::Problem;

#[derive(Template)]
#[template(path = "new.html")]
struct NewPage {
    page: Page,
    denoms: Vec<Denom>,
}

/// The form that starts a cause.
pub(super) async fn new(State(state): State<ServeState>) -> Response {
    let page = Page::of(&state).await;
    let denoms = page.denoms.0.clone();
    rendered(&NewPage { page, denoms })
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct MineParams {
    #[serde(default)]
    address: String,
}

#[derive(Template)]
#[template(path = "mine.html")]
struct MinePage {
    page: Page,
    address: String,
    wrong: Option<String>,
}

/// Where somebody finds what they pledged: by address, or by their wallet.
pub(super) async fn mine(
    State(state): State<ServeState>,
    params: Result<Params<MineParams>, Problem>,
) -> Response {
    let address = params.map_or_else(|_| String::new(), |p| p.0.address.trim().to_owned());
    let wrong = if address.is_empty() {
        None
    } else {
        match extract::address(&state.chain.bech32_prefix, &address) {
            Ok(()) => return Redirect::to(&format!("/people/{address}")).into_response(),
            Err(problem) => Some(problem.detail),
        }
    };
    let is_wrong = wrong.is_some();
    let page = Page::of(&state).await;
    let mut response = rendered(&MinePage {
        page,
        address,
        wrong,
    });
    if is_wrong {
        *response.status_mut() = StatusCode::BAD_REQUEST;
    }
    response
}

#[derive(Template)]
#[template(path = "status.html")]
struct StatusPage {
    page: Page,
    node_height: String,
    lag: String,
    state_hash: String,
    contract: String,
    checksum: String,
    solvency: Vec<Row>,
    indexed_at: Moment,
}

struct Row {
    denom: String,
    held: String,
    owed: String,
    verdict: &'static str,
}

/// Height, lag, and whether the contract holds what it owes.
pub(super) async fn status(State(state): State<ServeState>) -> Response {
    let made = make_status(&state).await;
    show(&state, made).await
}

async fn make_status(state: &ServeState) -> Result<Response, PageError> {
    let (view, status) = state.source.status().await?;
    let page = Page::new(state, &view);
    let causes = |key: &str| {
        let found = state.chain.contracts.get("causes").and_then(|c| c.get(key));
        found
            .and_then(|v| v.as_str())
            .unwrap_or("unknown")
            .to_owned()
    };
    let solvency = status.solvency.iter().map(|s| Row {
        denom: s.denom.clone(),
        held: s.held.map_or_else(
            || "not asked yet".into(),
            |n| page.denoms.amount(n, &s.denom),
        ),
        owed: page.denoms.amount(s.owed, &s.denom),
        verdict: match s.held {
            None => "not compared yet",
            Some(held) if held < s.owed => "less than owed: an alarm",
            Some(held) if held == s.owed => "exactly what is owed",
            Some(_) => "more than owed: somebody sent coins from outside",
        },
    });
    let solvency = solvency.collect();
    Ok(rendered(&StatusPage {
        node_height: number(status.node_height),
        lag: number(status.lag_seconds),
        state_hash: status.state_hash,
        contract: causes("address"),
        checksum: causes("checksum"),
        solvency,
        indexed_at: Moment::new(status.indexed_time),
        page,
    }))
}
