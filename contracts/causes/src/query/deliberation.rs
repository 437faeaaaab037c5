//! The choice between alternatives, proposals and ballots.

use muster_door::Deps;
use muster_mechanism::star;
use muster_schema::causes::{
    AlternativeResponse, BallotResponse, DeliberationResponse, Error, ProposalResponse,
    ProposalsResponse,
};
use muster_schema::json;
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Ballot, Proposal};

use crate::choice::Deliberating;
use crate::{address, store};

/// Proposals on a page: each is a whole action, so that a page stays below a query's gas.
const MAX_PROPOSALS: usize = 30;

pub(super) fn deliberation(
    deps: Deps,
    cause: u64,
    now: u64,
) -> Result<DeliberationResponse, Error> {
    let of = Deliberating::load(deps.storage, cause)?;
    let tally = of.standings(deps.storage)?;
    let alternatives = of
        .actions()
        .enumerate()
        .map(|(i, action)| alternative(&tally, i, action))
        .collect();
    let has_fallen = now >= of.choice.score_until && !of.cause.cancelled;
    let elected = tally.elect().filter(|_| has_fallen);
    Ok(DeliberationResponse {
        alternatives,
        propose_until: of.choice.score_from,
        places_left: of.choice.places.saturating_sub(of.choice.added),
        score_until: of.choice.score_until,
        ballots: of.choice.ballots,
        chosen: elected.map(|e| of.action(e.winner)),
        runner_up: elected.and_then(|e| e.runner_up).map(|i| of.action(i)),
    })
}

fn alternative(tally: &star::Tally, i: usize, action: u64) -> AlternativeResponse {
    AlternativeResponse {
        action,
        score: tally.scores.get(i).copied().unwrap_or(0),
        fives: tally.fives.get(i).copied().unwrap_or(0),
        margins: (0..tally.alternatives())
            .map(|other| tally.margin(i, other))
            .collect(),
    }
}

pub(super) fn proposals(
    deps: Deps,
    cause: u64,
    start_after: Option<u32>,
    limit: usize,
) -> Result<ProposalsResponse, Error> {
    let last = Deliberating::load(deps.storage, cause)?.choice.proposals;
    let first = start_after.unwrap_or(0).saturating_add(1);
    let proposals = (first..=last)
        .take(limit.min(MAX_PROPOSALS))
        .map(|number| {
            let at = key::proposal(tag::PROPOSAL, cause, number, &[]);
            let proposal: Proposal = store::require(deps.storage, &at)?;
            let at = key::proposal(tag::PROPOSED, cause, number, &[]);
            let stored = deps.storage.get(&at).unwrap_or_default();
            Ok(ProposalResponse {
                proposal: number,
                proposer: address::written(deps.api, "proposer", &proposal.proposer)?.into(),
                definition: json::from_json(&stored).map_err(|_| store::missing("proposed"))?,
                seconders: proposal.seconders,
                action: proposal.action,
            })
        })
        .collect::<Result<_, Error>>()?;
    Ok(ProposalsResponse { proposals })
}

pub(super) fn ballot(deps: Deps, cause: u64, person: &str) -> Result<BallotResponse, Error> {
    Deliberating::load(deps.storage, cause)?;
    let person = address::typed(deps.api, "person", person)?;
    let at = key::number_and(tag::BALLOT, cause, &person.canonical);
    let stored: Option<Ballot> = store::load(deps.storage, &at)?;
    Ok(BallotResponse {
        scores: stored.map(|ballot| ballot.0),
    })
}
