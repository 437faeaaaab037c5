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

/// Generated from `schema/proto`.
#[allow(missing_docs, unreachable_pub, clippy::all)]
pub(crate) mod pb {
    tonic::include_proto!("muster.v1");
}

const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/muster.v1.bin"));

/// Requests here hold a number or an address.
const MAX_REQUEST: usize = 64 * 1024;

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

impl Service {
    async fn causes(&self, ids: &[u64]) -> Result<Vec<pb::Cause>, Status> {
        let mut found = Vec::with_capacity(ids.len());
        for &id in ids {
            let cause = self.0.source.cause(id).await?;
            let none = || Status::not_found(format!("there is no cause {id}"));
            found.push(cause.ok_or_else(none)?.into());
        }
        Ok(found)
    }

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
        let view = rest::view_at(&self.0, ask.min_height).await?;
        let cause = self.causes(&[ask.id]).await?.pop();
        Ok(Response::new(pb::GetCauseResponse {
            cause,
            view: Some(view.into()),
        }))
    }

    async fn list_causes(
        &self,
        request: Request<pb::ListCausesRequest>,
    ) -> Result<Response<pb::ListCausesResponse>, Status> {
        let ask = request.into_inner();
        let after = rest::after_cause(&ask.page_token)?;
        let view = rest::view_at(&self.0, ask.min_height).await?;
        let size = page::size(Some(ask.page_size.into()));
        let (causes, next_page_token) = rest::cause_page(&self.0, after, size).await?;
        Ok(Response::new(pb::ListCausesResponse {
            causes: causes.into_iter().map(Into::into).collect(),
            next_page_token,
            view: Some(view.into()),
        }))
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
        let view = rest::view_at(&self.0, ask.min_height).await?;
        let causes = self.causes(&ask.ids).await?;
        Ok(Response::new(pb::BatchGetCausesResponse {
            causes,
            view: Some(view.into()),
        }))
    }

    type WatchCauseStream = Stream_<pb::WatchCauseResponse>;

    async fn watch_cause(
        &self,
        request: Request<pb::WatchCauseRequest>,
    ) -> Result<Response<Self::WatchCauseStream>, Status> {
        let (id, cursor) = (request.get_ref().id, request.get_ref().cursor);
        self.causes(&[id]).await?;
        let told = self.watch(&request, Some(id), cursor)?.map(|item| {
            let item = item?;
            Ok(pb::WatchCauseResponse {
                kind: kind(item.kind).into(),
                cause: item.cause.map(Into::into),
                cursor: item.cursor,
                view: Some(item.view.into()),
            })
        });
        Ok(Response::new(Box::pin(told)))
    }

    type WatchCausesStream = Stream_<pb::WatchCausesResponse>;

    async fn watch_causes(
        &self,
        request: Request<pb::WatchCausesRequest>,
    ) -> Result<Response<Self::WatchCausesStream>, Status> {
        let told = self
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
        Ok(Response::new(Box::pin(told)))
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
        let view = rest::view_at(&self.0, ask.min_height).await?;
        self.causes(&[ask.cause]).await?;
        let size = page::size(Some(ask.page_size.into()));
        let found = self.0.source.pledges(ask.cause, after, size).await?;
        Ok(Response::new(pb::ListPledgesResponse {
            pledges: found.pledges.into_iter().map(Into::into).collect(),
            next_page_token: found
                .next
                .map_or_else(String::new, |k| page::token(&filter, &k)),
            view: Some(view.into()),
        }))
    }

    async fn get_person(
        &self,
        request: Request<pb::GetPersonRequest>,
    ) -> Result<Response<pb::GetPersonResponse>, Status> {
        let ask = request.into_inner();
        extract::address(&self.0.chain.bech32_prefix, &ask.address)?;
        let view = rest::view_at(&self.0, ask.min_height).await?;
        let person = self.0.source.person(ask.address).await?;
        Ok(Response::new(pb::GetPersonResponse {
            person: Some(person.into()),
            view: Some(view.into()),
        }))
    }
}

#[tonic::async_trait]
impl StatusService for Service {
    async fn get_status(
        &self,
        _: Request<pb::GetStatusRequest>,
    ) -> Result<Response<pb::GetStatusResponse>, Status> {
        let view = self.0.source.view().await?;
        let status = self.0.source.status().await?;
        Ok(Response::new(pb::GetStatusResponse {
            status: Some(status.into()),
            view: Some(view.into()),
        }))
    }
}
