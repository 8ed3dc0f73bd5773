//! How the servers are connected to: quickly to another one when the one connected to fails, and never twice in a row to
//! the same one, which may live and be cut off from the others.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_nats::{Client, ConnectError, ConnectOptions, Event, ReconnectToServer, Server};
use tokio::sync::watch;

use super::address::Cluster;

/// How long one request may take.
pub(super) const REQUEST: Duration = Duration::from_millis(1500);

/// A server that is paused takes a connection and says nothing.
const GREETING: Duration = Duration::from_secs(2);

/// A server that does not answer two of these is left for another.
const PING: Duration = Duration::from_secs(1);

/// Between two attempts when no server takes one: longer and longer.
const PAUSE_MS: usize = 100;
const LONGEST_PAUSE_MS: usize = 1000;

/// Connects to the first server that answers; the second value grows whenever there is a new connection, on which
/// nothing asked before is answered.
pub(super) async fn connect(cluster: &Cluster) -> Result<(Client, watch::Receiver<u64>), ConnectError> {
    let next = Arc::new(AtomicUsize::new(usize::from(super::engine::name()[0])));
    let mut connected = connect_to_one(cluster, Arc::clone(&next)).await;
    for _ in 1..cluster.servers.len() {
        if connected.is_err() {
            connected = connect_to_one(cluster, Arc::clone(&next)).await;
        }
    }
    connected
}

async fn connect_to_one(
    cluster: &Cluster,
    next: Arc<AtomicUsize>,
) -> Result<(Client, watch::Receiver<u64>), ConnectError> {
    let (told, renewed) = watch::channel(0);
    let options = options(cluster)
        .event_callback(move |event| {
            if matches!(event, Event::Connected) {
                told.send_modify(|connections| *connections += 1);
            }
            std::future::ready(())
        })
        .reconnect_to_server_callback(move |servers, _| std::future::ready(choose(&servers, &next)));
    Ok((options.connect(cluster.servers.clone()).await?, renewed))
}

/// The server after the one tried last.
fn choose(servers: &[Server], next: &AtomicUsize) -> Option<ReconnectToServer> {
    let place = next.fetch_add(1, Ordering::Relaxed) % servers.len().max(1);
    let failures = servers.iter().map(|server| server.failed_attempts).min()?;
    let delay = Duration::from_millis((PAUSE_MS * failures).min(LONGEST_PAUSE_MS) as u64);
    Some(ReconnectToServer { addr: servers.get(place)?.addr.clone(), delay: Some(delay) })
}

fn options(cluster: &Cluster) -> ConnectOptions {
    let mut options = ConnectOptions::new()
        .name("entente")
        .connection_timeout(GREETING)
        .request_timeout(Some(REQUEST))
        .ping_interval(PING);
    if let Some((user, password)) = &cluster.login {
        options = options.user_and_password(user.clone(), password.clone());
    }
    if let Some(tls) = &cluster.tls {
        options = options.require_tls(true);
        if let Some(file) = &tls.ca_file {
            options = options.add_root_certificates(file.clone());
        }
        if let Some((certificate, key)) = &tls.identity {
            options = options.add_client_certificate(certificate.clone(), key.clone());
        }
    }
    options
}
