//! A person: what they pledged, owe and may claim, and how they stand.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::coins;
use super::format::{Denoms, short};
use super::shell::{Page, PageError, at, rendered, show};
use super::words::{Sentence, phase_label, state_label};
use crate::read::types::{
    Action, Cause, ChallengeStatus, Fulfilment, Phase, Pledge, PledgeState, Standing,
};
use crate::serve::ServeState;
use crate::serve::extract::{self, Params, Segment};
use crate::serve::problem::Problem;
use crate::serve::rest::wait;

/// Pledges on the page, the newest first; the rest is in the JSON.
const MOST: usize = 50;

#[derive(Debug, Default, Deserialize)]
pub(super) struct PersonParams {
    #[serde(default)]
    min_height: u64,
}

#[derive(Template)]
#[template(path = "person.html")]
struct PersonPage {
    page: Page,
    address: String,
    short: String,
    claimable: String,
    has_claim: bool,
    standing: Standing,
    pledges: Vec<Row>,
    left_out: usize,
    attests: Vec<u64>,
    created: Vec<u64>,
}

struct Row {
    cause: u64,
    action: u64,
    title: String,
    language: String,
    label: String,
    phase: &'static str,
    phase_label: &'static str,
    state: &'static str,
    state_label: &'static str,
    condition: String,
    stake: Option<String>,
    is_coins: bool,
    claimable: Option<String>,
    paid: Option<String>,
    next: Option<Sentence>,
    attested: Option<Sentence>,
}

pub(super) async fn person(
    State(state): State<ServeState>,
    address: Result<Segment, Problem>,
    params: Result<Params<PersonParams>, Problem>,
) -> Response {
    let made = make(&state, address, params).await;
    show(&state, made).await
}

async fn make(
    state: &ServeState,
    address: Result<Segment, Problem>,
    params: Result<Params<PersonParams>, Problem>,
) -> Result<Response, PageError> {
    let Segment(address) = address?;
    let Params(params) = params?;
    extract::address(&state.chain.bech32_prefix, &address)?;
    wait(state, params.min_height).await?;
    let (view, person) = state.source.person(address.clone()).await?;
    let frame = Page::new(state, &view);
    let mut pledges = person.pledges;
    pledges.sort_by_key(|p| std::cmp::Reverse((p.height, p.action)));
    let left_out = pledges.len().saturating_sub(MOST);
    pledges.truncate(MOST);
    let mut causes: BTreeMap<u64, Cause> = BTreeMap::new();
    for id in pledges.iter().map(|p| p.cause) {
        if !causes.contains_key(&id)
            && let (_, Some(cause)) = state.source.cause(id).await?
        {
            causes.insert(id, cause);
        }
    }
    let rows = pledges.into_iter();
    let body = PersonPage {
        short: short(&address),
        claimable: frame.denoms.coins(&person.claimable),
        has_claim: !person.claimable.is_empty(),
        standing: person.standing,
        pledges: rows
            .filter_map(|p| Row::new(p, &causes, &frame.denoms, view.time))
            .collect(),
        left_out,
        attests: person.attests,
        created: person.created,
        address,
        page: frame,
    };
    Ok((at(view.height), rendered(&body)).into_response())
}

impl Row {
    fn new(p: Pledge, causes: &BTreeMap<u64, Cause>, denoms: &Denoms, now: u64) -> Option<Self> {
        let cause = causes.get(&p.cause)?;
        let a = cause.actions.iter().find(|a| a.id == p.action)?;
        let is_coins = p.coins.is_some();
        let (condition, behind) = coins::of_pledge(&p, denoms);
        let behind = (p.staked || p.coins.is_some()).then_some(behind);
        Some(Self {
            cause: p.cause,
            action: p.action,
            title: cause.title.clone(),
            language: cause.language.clone(),
            label: a.label.clone(),
            phase: a.phase.as_str(),
            phase_label: phase_label(a.phase),
            state: p.status.as_str(),
            state_label: state_label(p.status),
            condition,
            next: owes(&p, a),
            attested: attested(&p, now),
            stake: behind,
            is_coins,
            claimable: p
                .claimable
                .filter(|c| !c.is_empty())
                .map(|c| denoms.coins(&c)),
            paid: (!p.paid.is_empty()).then(|| denoms.coins(&p.paid)),
        })
    }
}

/// The attestations that let a pledge in; it stands whatever becomes of them.
fn attested(p: &Pledge, now: u64) -> Option<Sentence> {
    let until = p.attested_until?;
    Some(if until > now {
        Sentence::at("Attested until ", until, ".")
    } else {
        Sentence::at(
            "The attestations it came with expired at ",
            until,
            "; it stands.",
        )
    })
}

/// Whether a report of the person is awaited.
fn reports(p: &Pledge, a: &Action) -> bool {
    !p.checked_in && a.fulfilment != (Fulfilment::Collective {})
}

/// What the person has to do or wait for.
fn owes(p: &Pledge, a: &Action) -> Option<Sentence> {
    match p.status {
        PledgeState::Standing => a
            .next_boundary
            .map(|at| Sentence::at("Not bound. Next change at ", at, ".")),
        PledgeState::Bound if p.coins.is_some() => {
            Some(Sentence::plain("Bound: the coins go to their purpose."))
        }
        PledgeState::Bound if a.phase == Phase::Acting && reports(p, a) => a
            .report_from
            .map(|at| Sentence::at("Promised: do it before ", at, ", and check in.")),
        PledgeState::Bound if a.fulfilment == (Fulfilment::Collective {}) => a
            .settled_from
            .map(|at| Sentence::at("Judged together with all others, by ", at, ".")),
        PledgeState::Bound if !p.checked_in => a
            .reports_until()
            .map(|at| Sentence::at("Promised: check in before ", at, ".")),
        PledgeState::Bound if p.challenge == Some(ChallengeStatus::Pending) => p
            .claimable_at
            .map(|at| Sentence::at("Challenged; it stands if nobody says no before ", at, ".")),
        PledgeState::Bound => a
            .settled_from
            .map(|at| Sentence::at("Checked in; decided by ", at, ".")),
        _ => p
            .claimable_at
            .map(|at| Sentence::at("What is due can be claimed from ", at, ".")),
    }
}
