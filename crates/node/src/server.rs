//! The listener: HTTP/1.1 and HTTP/2 over TLS or loopback, bounded, and stopped without cutting anybody off.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

use crate::admission::{Admission, Lateness, Woken};

/// The head of one request, bytes.
const MAX_HEAD_BYTES: usize = 64 << 10;
/// Requests under way at once on one connection of HTTP/2.
const MAX_STREAMS: u32 = 100;
/// A pause when the system has no file descriptor left.
const PAUSE: Duration = Duration::from_millis(100);

/// What one listener serves.
pub struct Server {
    pub listener: TcpListener,
    pub router: Router,
    pub tls: Option<TlsAcceptor>,
    pub limits: ServerLimits,
    /// What the node has taken on: while that is too much, TLS connections are accepted slowly.
    pub admission: Option<Arc<Admission>>,
}

/// How late a request was when its head had been read: how long its connection had been waiting to run.
#[derive(Debug, Clone, Copy)]
pub struct Late(pub Duration);

/// What a listener bears.
#[derive(Debug, Clone, Copy)]
pub struct ServerLimits {
    /// Connections open at once; others wait.
    pub connections: usize,
    /// Connections of one address; others are closed.
    pub connections_per_address: usize,
    /// A TLS handshake, the first request of a connection, and the head of every request may take this long.
    pub head: Duration,
    /// How long requests under way may take when stopping.
    pub drain: Duration,
}

impl Server {
    /// Serves until `stop` becomes true, then lets requests under way end. Returns how many were cut off.
    pub async fn run(self, mut stop: watch::Receiver<bool>) -> usize {
        let room = Arc::new(Semaphore::new(self.limits.connections));
        let addresses = Arc::new(Addresses::default());
        let mut connections = JoinSet::new();
        loop {
            while connections.try_join_next().is_some() {}
            let Ok(permit) = Arc::clone(&room).acquire_owned().await else { break };
            if self.tls.is_some() {
                self.take_time(&room).await;
            }
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                _ = stop.wait_for(|stop| *stop) => break,
            };
            let Ok((stream, from)) = accepted else {
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            let Some(counted) = addresses.count(from.ip(), self.limits.connections_per_address) else {
                tracing::debug!(%from, "closed: this address has enough connections");
                continue;
            };
            let line = Line { from, router: self.router.clone(), head: self.limits.head, stop: stop.clone() };
            let (tls, lateness) = (self.tls.clone(), Lateness::default());
            let told = lateness.clone();
            let talk = async move {
                line.connect(stream, tls, told).await;
                drop((permit, counted));
            };
            connections.spawn(Woken::new(talk, &lateness));
        }
        drop(self.listener);
        let all_ended = async { while connections.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(self.limits.drain, all_ended).await; // those left are counted below
        let left = connections.len();
        connections.shutdown().await;
        left
    }
}

impl Server {
    /// Waits a little while too much is asked and many connections are open: a handshake costs much more than a refusal. Who
    /// comes without TLS is let in at once and told to come back; in the queue of the system nobody could tell them.
    async fn take_time(&self, room: &Semaphore) {
        let most = self.limits.connections;
        let open = most.saturating_sub(room.available_permits());
        if let Some(pause) = self.admission.as_ref().and_then(|admission| admission.pause(open, most)) {
            tokio::time::sleep(pause).await;
        }
    }
}

/// One connection.
struct Line {
    from: SocketAddr,
    router: Router,
    head: Duration,
    stop: watch::Receiver<bool>,
}

impl Line {
    async fn connect(self, stream: TcpStream, tls: Option<TlsAcceptor>, lateness: Lateness) {
        let (_, from) = (stream.set_nodelay(true), self.from);
        let Some(tls) = tls else { return self.talk(stream, lateness).await };
        match tokio::time::timeout(self.head, tls.accept(stream)).await {
            Ok(Ok(stream)) => self.talk(stream, lateness).await,
            Ok(Err(error)) => tracing::debug!(%from, %error, "TLS handshake failed"),
            Err(_) => tracing::debug!(%from, "TLS handshake took too long"),
        }
    }

    async fn talk<S>(self, stream: S, lateness: Lateness)
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        let Self { from, router, head, mut stop } = self;
        let spoke = Arc::new(AtomicBool::new(false));
        let heard = Arc::clone(&spoke);
        let service = hyper::service::service_fn(move |request: http::Request<hyper::body::Incoming>| {
            heard.store(true, Ordering::Release);
            let mut request = request.map(axum::body::Body::new);
            request.extensions_mut().insert(ConnectInfo(from));
            request.extensions_mut().insert(Late(lateness.get()));
            router.clone().oneshot(request)
        });
        let mut builder = Builder::new(TokioExecutor::new());
        builder.http1().timer(TokioTimer::new()).header_read_timeout(head).max_buf_size(MAX_HEAD_BYTES);
        builder.http2().timer(TokioTimer::new()).keep_alive_interval(Some(head * 2));
        builder.http2().max_concurrent_streams(MAX_STREAMS).max_header_list_size(MAX_HEAD_BYTES as u32);
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        tokio::pin!(connection);
        let stopped = async { drop(stop.wait_for(|stop| *stop).await) };
        // Which protocol it is, the first bytes tell; for those no timer of the protocol runs yet.
        let silent = async {
            tokio::time::sleep(head).await;
            if spoke.load(Ordering::Acquire) {
                std::future::pending::<()>().await;
            }
        };
        let ended = tokio::select! {
            ended = connection.as_mut() => Some(ended),
            () = stopped => None,
            () = silent => return tracing::debug!(%from, "closed: no request came"),
        };
        let ended = match ended {
            Some(ended) => ended,
            None => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%from, %error, "connection ended");
        }
    }
}

/// Open connections of each address.
#[derive(Debug, Default)]
struct Addresses {
    open: Mutex<HashMap<IpAddr, usize>>,
}

/// One open connection, until it is dropped.
struct Counted {
    addresses: Arc<Addresses>,
    of: IpAddr,
}

impl Addresses {
    fn count(self: &Arc<Self>, of: IpAddr, most: usize) -> Option<Counted> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(of).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Counted { addresses: Arc::clone(self), of })
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut open = self.addresses.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.of) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.of);
            }
        }
    }
}
