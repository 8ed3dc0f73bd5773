//! A connection to an origin: resolved once, checked, dialled at the checked address.

use std::net::{IpAddr, SocketAddr};

use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

use super::Outbound;
use super::error::OutboundError;
use super::guard;
use super::url::Origin;

/// An open connection. Requests have no body; an empty text is one.
pub(super) struct Connection {
    pub origin: Origin,
    pub sender: SendRequest<String>,
}

/// Addresses of one name that are tried.
const MAX_ADDRESSES: usize = 8;
/// The longest head of an answer, bytes.
const MAX_HEAD_BYTES: usize = 64 << 10;

impl Outbound {
    /// Opens a connection within the time for it.
    pub(super) async fn connect(&self, origin: &Origin) -> Result<Connection, OutboundError> {
        let limit = self.bounds.connect;
        tokio::time::timeout(limit, self.open(origin)).await.unwrap_or_else(|_| {
            Err(OutboundError::Late { host: origin.host.clone(), limit_s: limit.as_secs() })
        })
    }

    async fn open(&self, origin: &Origin) -> Result<Connection, OutboundError> {
        let addresses = guard::pass(origin, resolve(origin).await?, &self.allow)?;
        let stream = dial(origin, &addresses).await?;
        let sender = if origin.tls {
            let untrusted = |reason: String| OutboundError::Untrusted { host: origin.host.clone(), reason };
            let name =
                ServerName::try_from(origin.host.clone()).map_err(|cause| untrusted(cause.to_string()))?;
            let stream =
                self.tls.connect(name, stream).await.map_err(|cause| untrusted(cause.to_string()))?;
            speak(origin, stream).await?
        } else {
            speak(origin, stream).await?
        };
        Ok(Connection { origin: origin.clone(), sender })
    }
}

/// Every address of the host, by the resolver of the system; an address stands for itself.
async fn resolve(origin: &Origin) -> Result<Vec<IpAddr>, OutboundError> {
    if let Ok(address) = origin.host.parse() {
        return Ok(vec![address]);
    }
    let unknown = |reason: String| OutboundError::Unknown { host: origin.host.clone(), reason };
    let found = tokio::net::lookup_host((origin.host.as_str(), origin.port))
        .await
        .map_err(|cause| unknown(cause.to_string()))?;
    let addresses: Vec<IpAddr> = found.map(|address| address.ip()).collect();
    if addresses.is_empty() { Err(unknown("the name has no address".to_owned())) } else { Ok(addresses) }
}

#[expect(clippy::disallowed_methods, reason = "the door through which HTTP leaves the node")]
async fn dial(origin: &Origin, addresses: &[IpAddr]) -> Result<TcpStream, OutboundError> {
    let mut reason = String::new();
    for address in addresses.iter().take(MAX_ADDRESSES) {
        match TcpStream::connect(SocketAddr::new(*address, origin.port)).await {
            Ok(stream) => {
                let _ = stream.set_nodelay(true); // only a matter of speed
                return Ok(stream);
            }
            Err(cause) => reason = format!("{address} port {}: {cause}", origin.port),
        }
    }
    Err(OutboundError::Unreachable { host: origin.host.clone(), reason })
}

async fn speak<S>(origin: &Origin, stream: S) -> Result<SendRequest<String>, OutboundError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (sender, connection) =
        http1::Builder::new().max_buf_size(MAX_HEAD_BYTES).handshake(TokioIo::new(stream)).await.map_err(
            |cause| OutboundError::Broken { host: origin.host.clone(), reason: cause.to_string() },
        )?;
    // It ends by itself when the sender and the body it serves are gone.
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection out ended");
        }
    });
    Ok(sender)
}
