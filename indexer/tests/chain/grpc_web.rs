//! gRPC-Web over a real socket.

use base64::Engine as _;
use muster_indexer::serve::grpc::pb;
use prost::Message as _;

use crate::grpc::served;
use crate::home::Home;

/// A unary call as a browser makes it: the message and the trailers are frames of one body.
#[tokio::test]
async fn browsers_speak_grpc_web_on_the_same_port() {
    let home = Home::new("grpc-web");
    let server = served(&home, 9).await;
    let message = pb::GetCauseRequest {
        id: 1,
        ..Default::default()
    };
    let mut body = vec![0, 0, 0, 0, message.encoded_len() as u8];
    body.extend(message.encode_to_vec());
    let base64 = base64::engine::general_purpose::STANDARD;
    let client = reqwest::Client::new();
    for text in [false, true] {
        let kind = if text { "-text" } else { "" };
        let sent = if text {
            base64.encode(&body).into_bytes()
        } else {
            body.clone()
        };
        let answer = client
            .post(format!("{}/muster.v1.CauseService/GetCause", server.base))
            .header("content-type", format!("application/grpc-web{kind}+proto"))
            .header("accept", format!("application/grpc-web{kind}+proto"))
            .header("origin", "https://elsewhere.example")
            .body(sent)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.headers()["access-control-allow-origin"], "*");
        assert_eq!(answer.headers()["x-indexed-height"], "9");
        let mut bytes = answer.bytes().await.unwrap().to_vec();
        if text {
            // Each frame is padded on its own.
            let frames = bytes.split_inclusive(|b| *b == b'=');
            bytes = match base64.decode(&bytes) {
                Ok(whole) => whole,
                Err(_) => frames
                    .flat_map(|f| base64.decode(f).unwrap_or_default())
                    .collect(),
            };
        }
        let length = u32::from_be_bytes(bytes[1..5].try_into().unwrap()) as usize;
        let (message, trailers) = bytes[5..].split_at(length);
        let answer = pb::GetCauseResponse::decode(message).unwrap();
        assert_eq!(answer.cause.unwrap().title, "Leave the journal");
        assert_eq!(trailers[0], 0x80);
        assert!(String::from_utf8_lossy(trailers).contains("grpc-status:0"));
    }
}
