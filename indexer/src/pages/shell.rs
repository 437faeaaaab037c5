//! What all pages share: the frame, and what is shown when something is wrong.

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};

use super::assets;
use super::format::{Denoms, Moment, number};
use crate::read::types::View;
use crate::serve::ServeState;
use crate::serve::problem::Problem;
use crate::serve::source::Unavailable;

/// The frame of a page.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) script: String,
    pub(super) style: String,
    pub(super) chain_id: String,
    pub(super) local: bool,
    /// As of which block all of it is true.
    pub(super) height: String,
    pub(super) time: Moment,
    pub(super) denoms: Denoms,
}

impl Page {
    pub(super) fn new(state: &ServeState, view: &View) -> Self {
        Self {
            script: assets::address("app.js"),
            style: assets::address("app.css"),
            chain_id: state.chain.chain_id.clone(),
            local: state.chain.local,
            height: number(view.height),
            time: Moment::new(view.time),
            denoms: Denoms::new(&state.chain.denoms),
        }
    }

    /// For pages that show nothing of the chain.
    pub(super) async fn of(state: &ServeState) -> Self {
        let view = state.source.view().await.unwrap_or_default();
        Self::new(state, &view)
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    page: &'a Page,
    title: String,
    detail: String,
}

/// What went wrong, for people.
pub(super) struct PageError(Problem);

impl From<Problem> for PageError {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<Unavailable> for PageError {
    fn from(e: Unavailable) -> Self {
        Self(e.into())
    }
}

impl PageError {
    pub(super) fn page(self, page: &Page) -> Response {
        let Self(problem) = self;
        let status =
            StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = ErrorPage {
            page,
            title: problem.title,
            detail: problem.detail,
        };
        let mut response = rendered(&body);
        *response.status_mut() = status;
        response
    }
}

/// A page, or the one for what went wrong.
pub(super) async fn show(state: &ServeState, made: Result<Response, PageError>) -> Response {
    match made {
        Ok(response) => response,
        Err(error) => error.page(&Page::of(state).await),
    }
}

/// The HTML of a template.
pub(super) fn rendered(template: &impl Template) -> Response {
    let mut response = match template.render() {
        Ok(text) => Html(text).into_response(),
        Err(e) => {
            tracing::error!(error = %e, "a page could not be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    };
    // The height changes each second; a shared cache must ask again.
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// The height on a page as on every other answer.
pub(super) fn at(height: u64) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("x-indexed-height", HeaderValue::from(height));
    headers
}
