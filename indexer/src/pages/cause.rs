//! A cause: what it is about, a counter per action, who is in, and how it is counted.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::bonus;
use super::choice::ChoiceView;
use super::coins;
use super::curve::{Curve, curve};
use super::format::{Denoms, Moment, number, people, short};
use super::fund::{EntryView, FundView, entries};
use super::gate;
use super::judged;
use super::rules::{Rule, cancelling, rules};
use super::saving::SavingView;
use super::shell::{Page, PageError, at, rendered, show};
use super::words::{Sentence, phase_label, phase_sentence, state_label, tipping};
use crate::read::types::{Action, Cause, ChallengeStatus, Fulfilment, Pledge};
use crate::serve::ServeState;
use crate::serve::extract::{Params, Segment};
use crate::serve::page;
use crate::serve::problem::Problem;
use crate::serve::rest::wait;

/// Pledges on one page.
const PAGE: u32 = 50;

#[derive(Debug, Default, Deserialize)]
pub(super) struct CauseParams {
    /// Where the list of pledges goes on.
    #[serde(default)]
    pledges: String,
    /// Wait, within bounds, until this height is indexed.
    #[serde(default)]
    min_height: u64,
}

#[derive(Template)]
#[template(path = "cause.html")]
struct CausePage {
    page: Page,
    id: u64,
    title: String,
    summary: String,
    language: String,
    text: String,
    text_hash: String,
    definition_hash: String,
    creator: String,
    creator_short: String,
    place: Option<String>,
    tags: Vec<String>,
    harm_note: String,
    cancelling: &'static str,
    created: Moment,
    relations: Vec<RelationView>,
    fund: String,
    fund_view: Option<FundView>,
    registry: Vec<EntryView>,
    choice: Option<ChoiceView>,
    actions: Vec<ActionView>,
    pledges: Vec<PledgeView>,
    more_pledges: String,
}

/// Another cause that this one has to do with.
struct RelationView {
    words: &'static str,
    id: u64,
    title: String,
    language: String,
}

/// The relations that are shown with their titles; the rest is in the data.
const MOST_RELATIONS: usize = 10;

async fn relations(state: &ServeState, c: &Cause) -> Result<Vec<RelationView>, PageError> {
    let earlier = c
        .relation
        .iter()
        .map(|r| (words_of(&r.kind, true), r.cause));
    let later = c
        .related
        .iter()
        .map(|r| (words_of(&r.kind, false), r.cause));
    let mut views = Vec::new();
    for (words, id) in earlier.chain(later).take(MOST_RELATIONS) {
        if let (_, Some(other)) = state.source.cause(id).await? {
            views.push(RelationView {
                words,
                id,
                title: other.title,
                language: other.language,
            });
        }
    }
    Ok(views)
}

fn words_of(kind: &str, to_earlier: bool) -> &'static str {
    match (kind, to_earlier) {
        ("follows", true) => "Follows",
        ("follows", false) => "Followed by",
        ("fork_of", true) => "The same aim in other terms as",
        ("fork_of", false) => "In other terms",
        ("counter_to", true) => "Against",
        ("counter_to", false) => "Opposed by",
        _ => "See also",
    }
}

/// An action with its counter.
struct ActionView {
    id: u64,
    label: String,
    description: String,
    gate: Option<String>,
    phase: &'static str,
    phase_label: &'static str,
    sentence: Sentence,
    goal: String,
    has_goal: bool,
    /// Full scale and value of the bar.
    scale: u32,
    committed_raw: u32,
    committed: String,
    pledged: String,
    /// Where it counts coins: how many people.
    coins_people: Option<String>,
    checked_in: String,
    already_did: String,
    shows_reports: bool,
    /// Whether reports can't be doubted any more, or never could.
    is_known: bool,
    kept: String,
    broken: String,
    tipping: Option<String>,
    curve: Option<Curve>,
    rules: Vec<Rule>,
    held: String,
    paid_out: String,
    has_stake: bool,
    share_each: Option<String>,
    /// How what is judged stands.
    stands: Option<String>,
    bonus: Option<Sentence>,
    saving: Option<SavingView>,
}

/// A row of the list of who is in.
struct PledgeView {
    action: String,
    address: String,
    short: String,
    condition: String,
    state: &'static str,
    state_label: &'static str,
    stake: String,
    reported: &'static str,
    evidence: Option<(String, bool)>,
    time: Moment,
    /// Address, and how it is shown.
    sponsor: Option<(String, String)>,
    /// Who brought the person: the same.
    referrer: Option<(String, String)>,
}

impl ActionView {
    fn new(a: &Action, fee_bps: u16, denoms: &Denoms) -> Self {
        let share_each = a.totals.as_ref().and_then(|t| {
            let denom = &a.stake.as_ref()?.coin.denom;
            (t.share_each > 0).then(|| denoms.amount(t.share_each, denom))
        });
        let (committed, pledged, goal) = coins::counts(a, denoms);
        Self {
            id: a.id,
            label: a.label.clone(),
            description: a.description.clone(),
            gate: gate::summary(a.gate.as_ref()),
            phase: a.phase.as_str(),
            phase_label: phase_label(a.phase),
            sentence: phase_sentence(a),
            goal,
            has_goal: a.goal > 1,
            scale: a.goal.max(a.pledged).max(1),
            committed_raw: a.committed,
            committed,
            pledged,
            coins_people: a.coins.as_ref().map(|c| people(c.people)),
            checked_in: number(a.checked_in),
            already_did: number(a.already_did),
            shows_reports: a.active
                && a.coins.is_none()
                && a.fulfilment != (Fulfilment::Collective {}),
            is_known: a.totals_fixed || !matches!(a.fulfilment, Fulfilment::Challengeable { .. }),
            kept: number(a.kept),
            broken: number(a.broken),
            tipping: match &a.coins {
                Some(c) => coins::tipping(a, c, denoms),
                None => tipping(a),
            },
            curve: curve(a).filter(|_| a.coins.is_none()),
            rules: rules(a, fee_bps, denoms),
            held: denoms.coins(&a.held),
            paid_out: denoms.coins(&a.paid_out),
            has_stake: a.stake.is_some() || a.coins.is_some(),
            share_each,
            stands: judged::stands(a),
            bonus: bonus::sentence(a, denoms),
            saving: SavingView::new(a),
        }
    }
}

impl PledgeView {
    fn new(p: Pledge, labels: &[Action], denoms: &Denoms) -> Self {
        let (condition, stake) = coins::of_pledge(&p, denoms);
        let action = labels.iter().find(|a| a.id == p.action);
        Self {
            action: action.map_or_else(String::new, |a| a.label.clone()),
            short: short(&p.address),
            address: p.address,
            condition,
            state: p.status.as_str(),
            state_label: state_label(p.status),
            stake,
            reported: match (p.checked_in, p.challenge) {
                (false, _) => "",
                (true, None) => "did it",
                (true, Some(ChallengeStatus::Pending)) => "did it; challenged",
                (true, Some(ChallengeStatus::Stands)) => "did it; challenged, and it stands",
                (true, Some(ChallengeStatus::Fell)) => "challenged, and it fell",
            },
            evidence: p.evidence.map(|(uri, _)| {
                let is_link = uri.starts_with("https://") || uri.starts_with("http://");
                (uri, is_link)
            }),
            time: Moment::new(p.time),
            sponsor: p.sponsor.map(shown),
            referrer: p.referrer.map(shown),
        }
    }
}

/// An address, and how it is shown.
fn shown(address: String) -> (String, String) {
    let shown = short(&address);
    (address, shown)
}

/// The page of an action is that of its cause.
pub(super) async fn of_action(
    State(state): State<ServeState>,
    id: Result<Segment, Problem>,
) -> Response {
    let made = find(&state, id).await;
    show(&state, made).await
}

async fn find(state: &ServeState, id: Result<Segment, Problem>) -> Result<Response, PageError> {
    let id = id?.number()?;
    let found = state.source.cause_of(id).await?;
    let cause = found.ok_or_else(|| Problem::not_found(format!("there is no action {id}")))?;
    Ok(Redirect::to(&format!("/causes/{cause}#action-{id}")).into_response())
}

pub(super) async fn cause(
    State(state): State<ServeState>,
    id: Result<Segment, Problem>,
    params: Result<Params<CauseParams>, Problem>,
) -> Response {
    let made = make(&state, id, params).await;
    show(&state, made).await
}

async fn make(
    state: &ServeState,
    id: Result<Segment, Problem>,
    params: Result<Params<CauseParams>, Problem>,
) -> Result<Response, PageError> {
    let id = id?.number()?;
    let Params(params) = params?;
    let filter = format!("pledges/{id}");
    let after = page::key(&filter, &params.pledges)?;
    wait(state, params.min_height).await?;
    let found = state.source.cause_with_pledges(id, after, PAGE).await?;
    let (view, Some((c, list))) = found else {
        return Err(Problem::not_found(format!("there is no cause {id}")).into());
    };
    let frame = Page::new(state, &view);
    let actions = c.actions.iter();
    let rows = list.pledges.into_iter();
    let registry = entries(&c);
    let fund_view = FundView::new(&c, &frame.denoms);
    let choice = ChoiceView::new(&c, view.time);
    let body = CausePage {
        id,
        cancelling: cancelling(&c),
        relations: relations(state, &c).await?,
        actions: actions
            .map(|a| ActionView::new(a, c.fee_bps, &frame.denoms))
            .collect(),
        pledges: rows
            .map(|p| PledgeView::new(p, &c.actions, &frame.denoms))
            .collect(),
        more_pledges: list
            .next
            .map_or_else(String::new, |key| page::token(&filter, &key)),
        title: c.title,
        summary: c.summary,
        language: c.language,
        text: c.text,
        text_hash: c.text_hash,
        definition_hash: c.definition_hash,
        creator_short: short(&c.creator),
        creator: c.creator,
        place: c.place.map(|p| p.label),
        tags: c.tags,
        harm_note: c.harm_note,
        created: Moment::new(c.created_at),
        fund: frame.denoms.coins(&c.fund),
        fund_view,
        registry,
        choice,
        page: frame,
    };
    Ok((at(view.height), rendered(&body)).into_response())
}
