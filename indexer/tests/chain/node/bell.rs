//! The node's WebSocket: a word whenever the test changed something.

use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::SinkExt;
use hyper_util::rt::TokioIo;
use tokio::sync::watch;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;

pub(super) async fn answer(mut request: Request, mut rung: watch::Receiver<()>) -> Response {
    let key = &request.headers()[header::SEC_WEBSOCKET_KEY];
    let accept = derive_accept_key(key.as_bytes());
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        let Ok(socket) = upgrade.await else { return };
        let socket = TokioIo::new(socket);
        let mut socket = WebSocketStream::from_raw_socket(socket, Role::Server, None).await;
        while rung.changed().await.is_ok() && socket.send(Message::text("{}")).await.is_ok() {}
    });
    let headers = [
        (header::CONNECTION, "upgrade".to_owned()),
        (header::UPGRADE, "websocket".to_owned()),
        (header::SEC_WEBSOCKET_ACCEPT, accept),
    ];
    (StatusCode::SWITCHING_PROTOCOLS, headers).into_response()
}
