//! `muster.v1` over gRPC and gRPC-Web, with reflection and health.

use std::net::{IpAddr, Ipv4Addr};
use std::pin::Pin;

use axum::Router;
use futures_util::{Stream, StreamExt as _};
use tonic::service::Routes;
use tonic::{Code, Request, Response, Status};

use self::pb::cause_service_server::{CauseService, CauseServiceServer};
use self::pb::pledge_service_server::{PledgeService, PledgeServiceServer};
use self::pb::status_service_server::{StatusService, StatusServiceServer};
use super::ServeState;
use super::limits::Client;
use super::problem::Problem;
use super::source::Unavailable;
use super::watch::{Item, Kind, Watch, items};
use super::{extract, page, rest};
use crate::read::types::View;

/// Generated from `schema/proto`.
#[allow(missing_docs, unreachable_pub, clippy::all)]
pub mod pb {
    tonic::include_proto!("muster.v1");
}

const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/muster.v1.bin"));

/// Requests here hold a number or an address.
const MAX_REQUEST: usize = 64 * 1024;
/// On every answer, as in REST.
const INDEXED_HEIGHT: &str = "x-indexed-height";

#[derive(Clone)]
struct Service(ServeState);

/// All services, native and web.
pub(super) fn router(state: &ServeState) -> Router {
    let service = Service(state.clone());
    let causes = CauseServiceServer::new(service.clone()).max_decoding_message_size(MAX_REQUEST);
    let pledges = PledgeServiceServer::new(service.clone()).max_decoding_message_size(MAX_REQUEST);
    let status = StatusServiceServer::new(service).max_decoding_message_size(MAX_REQUEST);
    // A fresh reporter says SERVING for the whole server, which is what load balancers ask.
    let (_, health) = tonic_health::server::health_reporter();
    let mut routes = Routes::builder();
    routes
        .add_service(causes)
        .add_service(pledges)
        .add_service(status)
        .add_service(health);
    let reflection = tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(DESCRIPTORS)
        .build_v1();
    match reflection {
        Ok(reflection) => {
            routes.add_service(reflection);
        }
        Err(e) => tracing::error!(error = %e, "no reflection"),
    }
    let cors = tower_http::cors::CorsLayer::new()
        .allow_origin(tower_http::cors::Any)
        .allow_methods([axum::http::Method::POST])
        .allow_headers(tower_http::cors::Any)
        .expose_headers(tower_http::cors::Any);
    // A router of its own, so that its fallback (UNIMPLEMENTED) stays below its services.
    routes
        .routes()
        .into_axum_router()
        .reset_fallback()
        .layer(tonic_web::GrpcWebLayer::new())
        .layer(cors)
}

impl From<Problem> for Status {
    fn from(p: Problem) -> Self {
        let code = match p.status {
            400 => Code::InvalidArgument,
            404 => Code::NotFound,
            429 => Code::ResourceExhausted,
            _ => Code::Unavailable,
        };
        Self::new(code, p.detail)
    }
}

impl From<Unavailable> for Status {
    fn from(e: Unavailable) -> Self {
        Problem::from(e).into()
    }
}

type Stream_<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

/// An answer with its height where proxies and logs see it too.
fn told<T>(view: &View, message: T) -> Response<T> {
    let mut response = Response::new(message);
    let height = view.height.into();
    response.metadata_mut().insert(INDEXED_HEIGHT, height);
    response
}

fn no_cause(id: u64) -> Status {
    Status::not_found(format!("there is no cause {id}"))
}

impl Service {
    fn watch<T>(
        &self,
        request: &Request<T>,
        cause: Option<u64>,
        cursor: u64,
    ) -> Result<impl Stream<Item = Result<Item, Unavailable>> + Send + use<T>, Status> {
        let client = request
            .extensions()
            .get::<Client>()
            .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |client| client.0);
        Ok(items(Watch {
            source: self.0.source.clone(),
            cause,
            cursor: (cursor > 0).then_some(cursor),
            heartbeat: self.0.limits.heartbeat,
            shutdown: self.0.shutdown.clone(),
            slot: self.0.clients.stream(client)?,
        }))
    }
}

const fn kind(kind: Kind) -> pb::WatchKind {
    match kind {
        Kind::Snapshot => pb::WatchKind::Snapshot,
        Kind::Delta => pb::WatchKind::Delta,
        Kind::Heartbeat => pb::WatchKind::Heartbeat,
    }
}

#[tonic::async_trait]
impl CauseService for Service {
    async fn get_cause(
        &self,
        request: Request<pb::GetCauseRequest>,
    ) -> Result<Response<pb::GetCauseResponse>, Status> {
        let ask = request.into_inner();
        rest::wait(&self.0, ask.min_height).await?;
        let (view, cause) = self.0.source.cause(ask.id).await?;
        let cause = cause.ok_or_else(|| no_cause(ask.id))?;
        let answer = pb::GetCauseResponse {
            cause: Some(cause.into()),
            view: Some(view.clone().into()),
        };
        Ok(told(&view, answer))
    }

    async fn list_causes(
        &self,
        request: Request<pb::ListCausesRequest>,
    ) -> Result<Response<pb::ListCausesResponse>, Status> {
        let ask = request.into_inner();
        let after = rest::after_cause(&ask.page_token)?;
        rest::wait(&self.0, ask.min_height).await?;
        let size = page::size(Some(ask.page_size.into()));
        let (view, page) = self.0.source.causes(after, size).await?;
        let answer = pb::ListCausesResponse {
            next_page_token: rest::next_causes(&page),
            causes: page.causes.into_iter().map(Into::into).collect(),
            view: Some(view.clone().into()),
        };
        Ok(told(&view, answer))
    }

    async fn batch_get_causes(
        &self,
        request: Request<pb::BatchGetCausesRequest>,
    ) -> Result<Response<pb::BatchGetCausesResponse>, Status> {
        let ask = request.into_inner();
        if ask.ids.len() > page::MAX_SIZE as usize {
            let found = ask.ids.len();
            return Err(Status::invalid_argument(format!(
                "ids: found {found}, allowed are 100"
            )));
        }
        rest::wait(&self.0, ask.min_height).await?;
        let (view, causes) = self.0.source.batch(ask.ids).await?;
        let causes = causes.map_err(no_cause)?;
        let answer = pb::BatchGetCausesResponse {
            causes: causes.into_iter().map(Into::into).collect(),
            view: Some(view.clone().into()),
        };
        Ok(told(&view, answer))
    }

    type WatchCauseStream = Stream_<pb::WatchCauseResponse>;

    async fn watch_cause(
        &self,
        request: Request<pb::WatchCauseRequest>,
    ) -> Result<Response<Self::WatchCauseStream>, Status> {
        let (id, cursor) = (request.get_ref().id, request.get_ref().cursor);
        let (view, cause) = self.0.source.cause(id).await?;
        cause.ok_or_else(|| no_cause(id))?;
        let items = self.watch(&request, Some(id), cursor)?.map(|item| {
            let item = item?;
            Ok(pb::WatchCauseResponse {
                kind: kind(item.kind).into(),
                cause: item.cause.map(Into::into),
                cursor: item.cursor,
                view: Some(item.view.into()),
            })
        });
        Ok(told(&view, Box::pin(items)))
    }

    type WatchCausesStream = Stream_<pb::WatchCausesResponse>;

    async fn watch_causes(
        &self,
        request: Request<pb::WatchCausesRequest>,
    ) -> Result<Response<Self::WatchCausesStream>, Status> {
        let view = self.0.source.view().await?;
        let items = self
            .watch(&request, None, request.get_ref().cursor)?
            .map(|item| {
                let item = item?;
                Ok(pb::WatchCausesResponse {
                    kind: kind(item.kind).into(),
                    cause: item.cause.map(Into::into),
                    cursor: item.cursor,
                    view: Some(item.view.into()),
                })
            });
        Ok(told(&view, Box::pin(items)))
    }
}

#[tonic::async_trait]
impl PledgeService for Service {
    async fn list_pledges(
        &self,
        request: Request<pb::ListPledgesRequest>,
    ) -> Result<Response<pb::ListPledgesResponse>, Status> {
        let ask = request.into_inner();
        let filter = format!("pledges/{}", ask.cause);
        let after = page::key(&filter, &ask.page_token)?;
        rest::wait(&self.0, ask.min_height).await?;
        let size = page::size(Some(ask.page_size.into()));
        let (view, found) = self.0.source.pledges(ask.cause, after, size).await?;
        let found = found.ok_or_else(|| no_cause(ask.cause))?;
        let answer = pb::ListPledgesResponse {
            pledges: found.pledges.into_iter().map(Into::into).collect(),
            next_page_token: found
                .next
                .map_or_else(String::new, |k| page::token(&filter, &k)),
            view: Some(view.clone().into()),
        };
        Ok(told(&view, answer))
    }

    async fn get_person(
        &self,
        request: Request<pb::GetPersonRequest>,
    ) -> Result<Response<pb::GetPersonResponse>, Status> {
        let ask = request.into_inner();
        extract::address(&self.0.chain.bech32_prefix, &ask.address)?;
        rest::wait(&self.0, ask.min_height).await?;
        let (view, person) = self.0.source.person(ask.address).await?;
        let answer = pb::GetPersonResponse {
            person: Some(person.into()),
            view: Some(view.clone().into()),
        };
        Ok(told(&view, answer))
    }
}

#[tonic::async_trait]
impl StatusService for Service {
    async fn get_status(
        &self,
        _: Request<pb::GetStatusRequest>,
    ) -> Result<Response<pb::GetStatusResponse>, Status> {
        let (view, status) = self.0.source.status().await?;
        let answer = pb::GetStatusResponse {
            status: Some(status.into()),
            view: Some(view.clone().into()),
        };
        Ok(told(&view, answer))
    }
}
