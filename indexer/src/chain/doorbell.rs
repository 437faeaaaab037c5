//! Rings when the node has a new block. What it says is never read as data.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use rustls::{ClientConfig, RootCertStore};
use tokio::sync::Notify;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{Connector, connect_async_tls_with_config};

/// Headers only: whole blocks would be sent for nothing.
const SUBSCRIBE: &str = r#"{"jsonrpc":"2.0","id":1,"method":"subscribe","params":{"query":"tm.event='NewBlockHeader'"}}"#;
/// A doorbell that broke is put up again; meanwhile the follower polls.
const AGAIN_AFTER: Duration = Duration::from_secs(1);

/// Rings `bell` for ever. Dropped with its task.
pub async fn ring(rpc: String, bell: Arc<Notify>) {
    let url = websocket(&rpc);
    let tls = tls(RootCertStore::from_iter(
        webpki_roots::TLS_SERVER_ROOTS.iter().cloned(),
    ));
    loop {
        let ended = match &tls {
            Ok(tls) => listen(&url, tls.clone(), &bell).await,
            Err(e) => Err(tungstenite::Error::Io(std::io::Error::other(e.clone()))),
        };
        if let Err(e) = ended {
            tracing::debug!(error = %e, "doorbell lost, polling meanwhile");
        }
        tokio::time::sleep(AGAIN_AFTER).await;
    }
}

/// `http` becomes `ws`, `https` becomes `wss`.
fn websocket(rpc: &str) -> String {
    format!(
        "{}/websocket",
        rpc.trim_end_matches('/').replacen("http", "ws", 1)
    )
}

/// The provider is named: nothing in this process sets a default.
fn tls(roots: RootCertStore) -> Result<Connector, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Connector::Rustls(Arc::new(config)))
}

async fn listen(url: &str, tls: Connector, bell: &Notify) -> Result<(), tungstenite::Error> {
    let (mut socket, _) = connect_async_tls_with_config(url, None, true, Some(tls)).await?;
    socket.send(Message::text(SUBSCRIBE)).await?;
    while let Some(message) = socket.next().await {
        if matches!(message?, Message::Text(_) | Message::Binary(_)) {
            bell.notify_one();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use rustls::ServerConfig;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    use tokio::io::{AsyncRead, AsyncWrite};
    use tokio::net::TcpListener;
    use tokio_rustls::TlsAcceptor;

    use super::*;

    /// Waits for the subscription, then tells of a block.
    async fn tell(stream: impl AsyncRead + AsyncWrite + Unpin) {
        let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
        let asked = socket.next().await.unwrap().unwrap();
        assert_eq!(asked.to_text().unwrap(), SUBSCRIBE);
        socket.send(Message::text("{}")).await.unwrap();
        // Held open until the other side goes.
        while let Some(Ok(_)) = socket.next().await {}
    }

    async fn rings(address: SocketAddr, scheme: &str, roots: RootCertStore) -> bool {
        let url = websocket(&format!("{scheme}://localhost:{}/", address.port()));
        let bell = Notify::new();
        tokio::select! {
            () = bell.notified() => true,
            ended = listen(&url, tls(roots).unwrap(), &bell) => ended.is_ok(),
        }
    }

    fn certificate() -> (CertificateDer<'static>, PrivateKeyDer<'static>) {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        (made.cert.der().clone(), key)
    }

    #[tokio::test]
    async fn it_rings_over_plain_sockets() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { tell(listener.accept().await.unwrap().0).await });
        assert!(rings(address, "http", RootCertStore::empty()).await);
    }

    #[tokio::test]
    async fn it_rings_over_tls_where_the_certificate_is_trusted() {
        let (cert, key) = certificate();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.clone()], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            loop {
                let (socket, _) = listener.accept().await.unwrap();
                if let Ok(stream) = acceptor.accept(socket).await {
                    tell(stream).await;
                }
            }
        });
        assert!(!rings(address, "https", RootCertStore::empty()).await);
        let mut roots = RootCertStore::empty();
        roots.add(cert).unwrap();
        assert!(rings(address, "https", roots).await);
    }
}
