//! The description of `/v1` for programs. `schema/openapi/muster-v1.json` is this, checked in.

use axum::Json;
use utoipa::OpenApi;

use super::{problem, rest, sse, types};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Muster",
        version = "1",
        description = "Causes, actions, pledges and people, as of an indexed block. \
            Counts of people are numbers, coins are {denom, amount} with amounts as strings. \
            Every answer carries x-indexed-height.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        rest::list_causes,
        rest::get_cause,
        rest::list_pledges,
        rest::get_person,
        rest::get_status,
        sse::cause_events,
        sse::all_events
    ),
    components(schemas(problem::Problem, types::CauseAnswer, types::PledgesAnswer))
)]
struct Description;

/// The description as it is served and checked in.
#[must_use]
pub fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

/// `GET /v1/openapi.json`.
pub async fn get() -> Json<utoipa::openapi::OpenApi> {
    Json(description())
}
