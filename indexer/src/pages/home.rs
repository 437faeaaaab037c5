//! Home: what is open, and what became of the rest.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::coins;
use super::format::Denoms;
use super::shell::{Page, PageError, at, rendered, show};
use super::words::{Sentence, phase_label, phase_sentence};
use crate::read::types::{Action, Cause};
use crate::serve::ServeState;
use crate::serve::extract::Params;
use crate::serve::problem::Problem;

/// Causes on one page.
const PAGE: u32 = 20;

#[derive(Debug, Default, Deserialize)]
pub(super) struct HomeParams {
    before: Option<u64>,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    page: Page,
    open: Vec<Card>,
    over: Vec<Card>,
    is_first: bool,
    /// Where the next page begins.
    older: Option<u64>,
}

/// A cause in a list.
pub(super) struct Card {
    id: u64,
    title: String,
    summary: String,
    language: String,
    place: Option<String>,
    tags: Vec<String>,
    counters: Vec<Counter>,
}

/// One action of it.
struct Counter {
    label: String,
    phase: &'static str,
    phase_label: &'static str,
    sentence: Sentence,
    committed: String,
    pledged: String,
    goal: Option<String>,
}

impl Counter {
    fn new(a: &Action, denoms: &Denoms) -> Self {
        let (committed, pledged, goal) = coins::counts(a, denoms);
        Self {
            label: a.label.clone(),
            phase: a.phase.as_str(),
            phase_label: phase_label(a.phase),
            sentence: phase_sentence(a),
            committed,
            pledged,
            goal: (a.goal > 1).then_some(goal),
        }
    }
}

impl Card {
    fn new(c: Cause, denoms: &Denoms) -> Self {
        Self {
            id: c.id,
            counters: c.actions.iter().map(|a| Counter::new(a, denoms)).collect(),
            title: c.title,
            summary: c.summary,
            language: c.language,
            place: c.place.map(|p| p.label),
            tags: c.tags,
        }
    }
}

pub(super) async fn home(
    State(state): State<ServeState>,
    params: Result<Params<HomeParams>, Problem>,
) -> Response {
    let made = match params {
        Ok(Params(params)) => make(&state, params.before).await,
        Err(problem) => Err(problem.into()),
    };
    show(&state, made).await
}

async fn make(state: &ServeState, before: Option<u64>) -> Result<Response, PageError> {
    // One more than is shown tells whether there are older ones.
    let (view, mut causes) = state.source.newest(before, PAGE + 1).await?;
    let more = causes.len() > PAGE as usize;
    causes.truncate(PAGE as usize);
    let older = causes.last().map(|c| c.id).filter(|_| more);
    let is_open = |c: &Cause| c.actions.iter().any(|a| a.phase.is_open());
    let (open, over): (Vec<_>, Vec<_>) = causes.into_iter().partition(is_open);
    let page = Page::new(state, &view);
    let cards = |list: Vec<Cause>| {
        list.into_iter()
            .map(|c| Card::new(c, &page.denoms))
            .collect()
    };
    let (open, over) = (cards(open), cards(over));
    let body = HomePage {
        open,
        over,
        page,
        is_first: before.is_none(),
        older,
    };
    Ok((at(view.height), rendered(&body)).into_response())
}
