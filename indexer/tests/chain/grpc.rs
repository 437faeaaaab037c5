//! gRPC over a real socket: HTTP/2, streams, reflection and health.

use std::sync::Arc;
use std::time::Duration;

use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use muster_indexer::follow::Shared;
use muster_indexer::serve::grpc::pb;
use muster_indexer::serve::grpc::pb::cause_service_client::CauseServiceClient;
use muster_indexer::serve::grpc::pb::pledge_service_client::PledgeServiceClient;
use muster_indexer::serve::limits::Limits;
use tonic::{Code, Response};
use tonic_health::pb::health_client::HealthClient;
use tonic_reflection::pb::v1 as reflection;

use crate::following::Following;
use crate::home::{Home, index};
use crate::node::{ADDRESS, Fake, Node};
use crate::server::Server;

type Http = Client<HttpConnector, tonic::body::Body>;

pub(crate) fn http() -> Http {
    Client::builder(TokioExecutor::new())
        .http2_only(true)
        .build_http()
}

fn causes(server: &Server) -> CauseServiceClient<Http> {
    CauseServiceClient::with_origin(http(), server.base.parse().unwrap())
}

/// Everything up to a height, served.
pub(crate) async fn served(home: &Home, until: u64) -> Server {
    let node = Node::start(Fake::everything()).await;
    index(&node, &home.db("a"), until).await.unwrap();
    Server::start(&home.db("a"), Arc::new(Shared::new([]))).await
}

fn height<T>(answer: &Response<T>) -> &str {
    let height = answer.metadata().get("x-indexed-height").unwrap();
    height.to_str().unwrap()
}

#[tokio::test]
async fn every_answer_bears_its_height_and_refusals_have_their_codes() {
    let home = Home::new("grpc-codes");
    let server = served(&home, 9).await;
    let mut client = causes(&server);
    let get = |id| pb::GetCauseRequest {
        id,
        ..Default::default()
    };
    let one = client.get_cause(get(1)).await.unwrap();
    assert_eq!(height(&one), "9");
    assert_eq!(one.into_inner().view.unwrap().height, 9);
    let none = client.get_cause(get(77)).await.unwrap_err();
    assert_eq!(none.code(), Code::NotFound);
    assert_eq!(none.metadata().get("x-indexed-height").unwrap(), "9");

    let batch = |ids: Vec<u64>| pb::BatchGetCausesRequest {
        ids,
        ..Default::default()
    };
    let both = client.batch_get_causes(batch(vec![2, 1])).await.unwrap();
    assert_eq!(height(&both), "9");
    let ids: Vec<u64> = both.get_ref().causes.iter().map(|c| c.id).collect();
    assert_eq!(ids, [2, 1]);
    let gone = client.batch_get_causes(batch(vec![1, 77])).await;
    assert_eq!(gone.unwrap_err().code(), Code::NotFound);
    let many = client.batch_get_causes(batch(vec![1; 101])).await;
    assert_eq!(many.unwrap_err().code(), Code::InvalidArgument);

    let list = |page_token: &str| pb::ListCausesRequest {
        page_size: 1,
        page_token: page_token.into(),
        ..Default::default()
    };
    let first = client.list_causes(list("")).await.unwrap().into_inner();
    assert_eq!((first.causes.len(), first.causes[0].id), (1, 1));
    let next = client.list_causes(list(&first.next_page_token)).await;
    let next = next.unwrap().into_inner();
    let rest = client.list_causes(list(&next.next_page_token)).await;
    let rest = rest.unwrap().into_inner();
    assert_eq!(next.causes[0].id, 2);
    assert_eq!(rest.causes[0].id, 3);
    let rest = client.list_causes(list(&rest.next_page_token)).await;
    let rest = rest.unwrap().into_inner();
    assert_eq!(rest.causes[0].id, 4);
    let last = client.list_causes(list(&rest.next_page_token)).await;
    let last = last.unwrap().into_inner();
    assert_eq!((last.causes[0].id, &*last.next_page_token), (5, ""));
    let wrong = client.list_causes(list("%")).await.unwrap_err();
    assert_eq!(wrong.code(), Code::InvalidArgument);

    let mut people = PledgeServiceClient::with_origin(http(), server.base.parse().unwrap());
    let ask = |address: &str| pb::GetPersonRequest {
        address: address.into(),
        ..Default::default()
    };
    let person = people.get_person(ask(ADDRESS)).await.unwrap();
    assert_eq!(height(&person), "9");
    let wrong = people.get_person(ask("nobody")).await.unwrap_err();
    assert_eq!(wrong.code(), Code::InvalidArgument);
}

#[tokio::test]
async fn min_height_waits_until_one_reads_ones_own_write() {
    let home = Home::new("grpc-min");
    let db = home.db("a");
    let mut fake = Fake::everything();
    fake.last = 3;
    let node = Node::start(fake).await;
    let following = Following::start(&[&node], &db, 9).await;
    following.reaches(3).await;
    let limits = Limits {
        wait: Duration::from_secs(20),
        ..Limits::default()
    };
    let server = Server::with(&db, following.shared.clone(), limits).await;
    let ask = pb::GetCauseRequest {
        id: 1,
        min_height: 7,
    };
    let mut client = causes(&server);
    let waits = tokio::spawn(async move { client.get_cause(ask).await });
    let base = server.base.clone();
    let rest = tokio::spawn(async move {
        let answer = reqwest::get(format!("{base}/v1/causes/1?min_height=7")).await;
        answer.unwrap().json::<serde_json::Value>().await.unwrap()
    });
    tokio::task::yield_now().await;
    assert!(!waits.is_finished() && !rest.is_finished());
    node.change(|f| f.last = 9);
    let answer = waits.await.unwrap().unwrap();
    assert!(height(&answer).parse::<u64>().unwrap() >= 7);
    let cause = answer.into_inner().cause.unwrap();
    assert_eq!(cause.actions[0].pledged, 5);
    assert!(rest.await.unwrap()["view"]["height"].as_u64().unwrap() >= 7);
    following.ends().await.unwrap();

    // A height that doesn't come in time: the answer as of now, and it says so.
    let limits = Limits {
        wait: Duration::from_millis(50),
        ..Limits::default()
    };
    let server = Server::with(&db, Arc::new(Shared::new([])), limits).await;
    let ask = pb::GetCauseRequest {
        id: 1,
        min_height: 1_000,
    };
    let late = causes(&server).get_cause(ask).await.unwrap();
    assert_eq!(height(&late), "9");
}

#[tokio::test]
async fn a_watcher_gets_a_snapshot_then_each_change_and_can_resume() {
    let home = Home::new("grpc-watch");
    let db = home.db("a");
    let mut fake = Fake::everything();
    fake.last = 3;
    let node = Node::start(fake).await;
    let following = Following::start(&[&node], &db, 20).await;
    following.reaches(3).await;
    let server = Server::start(&db, following.shared.clone()).await;
    let mut client = causes(&server);
    let ask = |cursor| pb::WatchCauseRequest { id: 1, cursor };
    let opened = client.watch_cause(ask(0)).await.unwrap();
    assert_eq!(height(&opened), "3");
    let mut stream = opened.into_inner();
    let first = stream.message().await.unwrap().unwrap();
    assert_eq!(first.kind(), pb::WatchKind::Snapshot);
    assert_eq!(first.cause.unwrap().actions[0].pledged, 1);
    assert_eq!(first.cursor, 3);

    let mut seen = first.cursor;
    for last in 4..=20 {
        node.change(|f| f.last = last);
        following.reaches(last).await;
        // Pledges of 4 to 7; the close at 10 and both windows' ends by time alone; reports at 12;
        // the settlement at 17.
        if [4, 5, 6, 7, 10, 12, 13, 16, 17].contains(&last) {
            let told = stream.message().await.unwrap().unwrap();
            assert_eq!(told.kind(), pb::WatchKind::Delta, "at {last}");
            assert_eq!(told.view.unwrap().height, last);
            let cause = told.cause.unwrap();
            assert_eq!(cause.changed_height, last);
            if last == 10 {
                assert_eq!(cause.actions[0].phase(), pb::Phase::Acting);
            }
            assert!(told.cursor > seen);
            seen = told.cursor;
        }
    }
    following.ends().await.unwrap();

    // Whoever was away since height 7 gets the newest state at once; who missed nothing, nothing.
    let resumed = client.watch_cause(ask(7)).await.unwrap();
    let told = resumed.into_inner().message().await.unwrap().unwrap();
    assert_eq!(told.kind(), pb::WatchKind::Delta);
    assert_eq!((told.cursor, told.cause.unwrap().changed_height), (20, 17));
    let resumed = client.watch_cause(ask(20)).await.unwrap();
    let told = resumed.into_inner().message().await.unwrap().unwrap();
    assert_eq!(told.kind(), pb::WatchKind::Heartbeat);

    let all = pb::WatchCausesRequest { cursor: 3 };
    let mut all = client.watch_causes(all).await.unwrap().into_inner();
    let ids = [all.message().await, all.message().await];
    let ids = ids.map(|m| m.unwrap().unwrap().cause.unwrap().id);
    assert_eq!(ids, [1, 2]);
    let none = client.watch_cause(pb::WatchCauseRequest { id: 9, cursor: 0 });
    assert_eq!(none.await.unwrap_err().code(), Code::NotFound);
}

#[tokio::test]
async fn a_quiet_stream_beats_and_places_are_counted() {
    let home = Home::new("grpc-beat");
    let node = Node::start(Fake::everything()).await;
    index(&node, &home.db("a"), 9).await.unwrap();
    let limits = Limits {
        heartbeat: Duration::from_millis(20),
        streams: 1,
        ..Limits::default()
    };
    let server = Server::with(&home.db("a"), Arc::new(Shared::new([])), limits).await;
    let mut client = causes(&server);
    let ask = pb::WatchCauseRequest { id: 1, cursor: 0 };
    let mut stream = client.watch_cause(ask).await.unwrap().into_inner();
    for kind in [pb::WatchKind::Snapshot, pb::WatchKind::Heartbeat] {
        let told = stream.message().await.unwrap().unwrap();
        assert_eq!((told.kind(), told.cursor), (kind, 9));
    }
    let second = client.watch_cause(ask).await.unwrap_err();
    assert_eq!(second.code(), Code::ResourceExhausted);
}

#[tokio::test]
async fn health_and_reflection_answer() {
    let home = Home::new("grpc-health");
    let server = served(&home, 5).await;
    let mut health = HealthClient::with_origin(http(), server.base.parse().unwrap());
    let ask = tonic_health::pb::HealthCheckRequest::default();
    let answer = health.check(ask).await.unwrap().into_inner();
    let serving = tonic_health::pb::health_check_response::ServingStatus::Serving;
    assert_eq!(answer.status(), serving);

    use reflection::server_reflection_request::MessageRequest;
    use reflection::server_reflection_response::MessageResponse;
    let origin = server.base.parse().unwrap();
    let mut client =
        reflection::server_reflection_client::ServerReflectionClient::with_origin(http(), origin);
    let ask = reflection::ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let asked = tokio_stream::once(ask);
    let mut answers = client
        .server_reflection_info(asked)
        .await
        .unwrap()
        .into_inner();
    let answer = answers.message().await.unwrap().unwrap().message_response;
    let Some(MessageResponse::ListServicesResponse(list)) = answer else {
        panic!("{answer:?}");
    };
    for service in ["CauseService", "PledgeService", "StatusService"] {
        let name = format!("muster.v1.{service}");
        assert!(list.service.iter().any(|s| s.name == name), "{name}");
    }
}
