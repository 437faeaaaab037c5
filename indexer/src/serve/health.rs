//! Probes for whoever runs this.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::ServeState;

/// The process runs.
pub(super) async fn live() -> &'static str {
    "ok\n"
}

/// The answers are fresh: 200, or 503 with the reason.
pub(super) async fn ready(State(state): State<ServeState>) -> Response {
    let status = match state.source.progress().await {
        Ok(status) => status,
        Err(e) => {
            let body = json!({ "ready": false, "reason": e.to_string() });
            return (StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response();
        }
    };
    let allowed = state.limits.ready_lag;
    let reason = if status.indexed_height == 0 {
        Some("no block is indexed yet".to_owned())
    } else if status.lag_seconds > allowed {
        Some(format!(
            "{} s behind, allowed are {allowed} s",
            status.lag_seconds
        ))
    } else {
        None
    };
    let code = if reason.is_none() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let body = json!({
        "ready": reason.is_none(),
        "reason": reason,
        "chain_id": status.chain_id,
        "indexed_height": status.indexed_height,
        "node_height": status.node_height,
        "lag_seconds": status.lag_seconds,
    });
    (code, Json(body)).into_response()
}

/// Prometheus text.
pub(super) async fn metrics(State(state): State<ServeState>) -> String {
    if let Ok(status) = state.source.progress().await {
        gauge("muster_indexed_height", status.indexed_height);
        gauge("muster_node_height", status.node_height);
        gauge("muster_lag_seconds", status.lag_seconds);
        gauge(
            "muster_lag_blocks",
            status.node_height.saturating_sub(status.indexed_height),
        );
    }
    state
        .metrics
        .as_ref()
        .map_or_else(String::new, |handle| handle.render())
}

#[allow(clippy::cast_precision_loss)] // heights stay far below 2^53
fn gauge(name: &'static str, value: u64) {
    metrics::gauge!(name).set(value as f64);
}
