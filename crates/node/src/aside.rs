//! A listener on a thread of its own: whatever keeps the other threads busy, the operator's probe and metrics are answered.

use std::io;
use std::net::TcpListener;
use std::thread::JoinHandle;

use axum::Router;
use tokio::sync::watch;

use crate::server::{Server, ServerLimits};

/// Serves `router` until `stopped` becomes true.
pub fn serve(
    listener: TcpListener,
    router: Router,
    limits: ServerLimits,
    stopped: watch::Receiver<bool>,
) -> io::Result<JoinHandle<()>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let serve = move || {
        runtime.block_on(async {
            match tokio::net::TcpListener::from_std(listener) {
                Ok(listener) => {
                    let server = Server { listener, router, tls: None, limits, admission: None };
                    server.run(stopped).await;
                }
                Err(error) => tracing::error!(%error, "no metrics: the listener cannot be used"),
            }
        });
    };
    std::thread::Builder::new().name("aside".to_owned()).spawn(serve)
}
