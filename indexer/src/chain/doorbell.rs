//! Rings when the node has a new block. What it says is never read as data.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::sync::Notify;
use tokio_tungstenite::{connect_async, tungstenite::Message};

const SUBSCRIBE: &str =
    r#"{"jsonrpc":"2.0","id":1,"method":"subscribe","params":{"query":"tm.event='NewBlock'"}}"#;
/// A doorbell that broke is put up again; meanwhile the follower polls.
const AGAIN_AFTER: Duration = Duration::from_secs(1);

/// Rings `bell` for ever. Dropped with its task.
pub async fn ring(rpc: String, bell: Arc<Notify>) {
    let url = format!("{}/websocket", rpc.replacen("http", "ws", 1));
    loop {
        if let Err(e) = listen(&url, &bell).await {
            tracing::debug!(error = %e, "doorbell lost, polling meanwhile");
        }
        tokio::time::sleep(AGAIN_AFTER).await;
    }
}

async fn listen(url: &str, bell: &Notify) -> Result<(), tokio_tungstenite::tungstenite::Error> {
    let (mut socket, _) = connect_async(url).await?;
    socket.send(Message::text(SUBSCRIBE)).await?;
    while let Some(message) = socket.next().await {
        if matches!(message?, Message::Text(_) | Message::Binary(_)) {
            bell.notify_one();
        }
    }
    Ok(())
}
