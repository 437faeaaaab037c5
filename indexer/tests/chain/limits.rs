//! Who is throttled, and how each protocol says so.

use std::num::NonZeroU32;
use std::sync::Arc;

use muster_indexer::follow::Shared;
use muster_indexer::serve::grpc::pb;
use muster_indexer::serve::grpc::pb::status_service_client::StatusServiceClient;
use muster_indexer::serve::limits::Limits;
use tonic::Code;

use crate::grpc::http;
use crate::home::Home;
use crate::server::Server;

/// One request a client.
async fn strict(home: &Home, trusted: &[&str]) -> Server {
    let limits = Limits {
        per_second: NonZeroU32::MIN,
        burst: NonZeroU32::MIN,
        trusted_proxies: trusted.iter().map(|c| c.parse().unwrap()).collect(),
        ..Limits::default()
    };
    Server::with(&home.db("a"), Arc::new(Shared::new([])), limits).await
}

async fn asks(server: &Server, forwarded: &str) -> u16 {
    let ask = reqwest::Client::new().get(format!("{}/v1/causes", server.base));
    let answer = ask.header("x-forwarded-for", forwarded).send().await;
    answer.unwrap().status().as_u16()
}

#[tokio::test]
async fn behind_a_trusted_proxy_everybody_has_an_account_of_their_own() {
    let home = Home::new("limits-proxy");
    let server = strict(&home, &["127.0.0.0/8"]).await;
    assert_eq!(asks(&server, "198.51.100.1").await, 200);
    assert_eq!(asks(&server, "198.51.100.2").await, 200);
    assert_eq!(asks(&server, "198.51.100.1").await, 429);
    // What a client itself wrote in front of it changes nothing.
    assert_eq!(asks(&server, "203.0.113.9, 198.51.100.2").await, 429);
}

#[tokio::test]
async fn from_anybody_else_a_forwarded_address_is_not_believed() {
    let home = Home::new("limits-direct");
    let server = strict(&home, &[]).await;
    assert_eq!(asks(&server, "198.51.100.1").await, 200);
    assert_eq!(asks(&server, "198.51.100.2").await, 429);
}

#[tokio::test]
async fn grpc_is_told_in_its_own_words() {
    let home = Home::new("limits-grpc");
    let server = strict(&home, &[]).await;
    let mut client = StatusServiceClient::with_origin(http(), server.base.parse().unwrap());
    client.get_status(pb::GetStatusRequest {}).await.unwrap();
    let refused = client.get_status(pb::GetStatusRequest {}).await;
    assert_eq!(refused.unwrap_err().code(), Code::ResourceExhausted);
}
