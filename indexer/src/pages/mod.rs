//! The pages that people read: plain HTML from the read model, whole without a wallet and without
//! JavaScript. What the island needs to find on them is marked with `data-` attributes.

mod assets;
mod bonus;
mod cause;
mod choice;
mod coins;
mod curve;
mod format;
mod fund;
mod gate;
mod home;
mod judged;
mod person;
mod plain;
mod rules;
mod saving;
mod shell;
mod words;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use tower_http::compression::CompressionLayer;

use self::shell::{Page, PageError};
use crate::serve::ServeState;
use crate::serve::problem::Problem;

/// Nothing inline, nothing from elsewhere: what a stranger writes can't become code.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

/// All pages, their assets, and the answer where there is nothing.
pub fn router(state: ServeState) -> Router {
    let bound = state.limits.timeout;
    Router::new()
        .route("/", get(home::home))
        .route("/causes/{id}", get(cause::cause))
        .route("/actions/{id}", get(cause::of_action))
        .route("/people/{address}", get(person::person))
        .route("/mine", get(plain::mine))
        .route("/new", get(plain::new))
        .route("/status", get(plain::status))
        .layer(middleware::from_fn_with_state(
            bound,
            crate::serve::bound_time,
        ))
        .route("/assets/{file}", get(assets::asset))
        .route("/favicon.ico", get(assets::favicon))
        .fallback(nothing)
        .layer(middleware::from_fn(policy))
        .layer(CompressionLayer::new())
        .with_state(state)
}

/// A page for people, a problem for programs.
async fn nothing(State(state): State<ServeState>, headers: HeaderMap) -> Response {
    let problem = Problem::not_found("there is nothing at this address");
    let wants_page = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .any(|v| v.contains("text/html"));
    if wants_page {
        PageError::from(problem).page(&Page::of(&state).await)
    } else {
        problem.into_response()
    }
}

async fn policy(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    response
}
