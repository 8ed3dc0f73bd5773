//! `entente serve`: folding, links, console, API and TAXII, until a signal ends it.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Args;
use desk::Desk;
use desk::links::{Hub, HubOptions};
use desk::outbound::Outbound;
use desk::reactors::Reactors;
use exchange::ingest::Intaker;
use exchange::taxii::TaxiiOptions;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::config::Config;
use crate::dialled;
use crate::exit::Exit;
use crate::folder;
use crate::http::{self, Site};
use crate::metrics::Metrics;
use crate::server::Server;
use crate::signals::Signals;
use crate::{logs, pulling, tls};

/// Nothing to choose: the configuration says everything.
#[derive(Debug, Args)]
pub struct Serve {}

/// How often the newest state of the own log is signed, when something came.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(60);

impl Serve {
    /// Runs until SIGINT or SIGTERM.
    pub fn run(self, config: &Config) -> Result<Exit> {
        folder::must_exist(config)?;
        logs::start(&config.log)?;
        crate::block_on(serve(config))?;
        Ok(Exit::Ok)
    }
}

async fn serve(config: &Config) -> Result<()> {
    let acceptor = tls::acceptor(&config.http)?;
    let place = config.folder();
    let desk = tokio::task::spawn_blocking(move || folder::open_desk(place)).await??;
    desk.bound_consumers(config.limits.consumer());
    let reactors = Reactors::start(Arc::clone(&desk));
    let hub = Hub::start(Arc::clone(&desk), hub_options(config, &desk).await?).await?;
    let intaker = Arc::new(Intaker::new(Arc::clone(&desk), config.limits.json()));
    let pulling = pull_all(config, &desk, &intaker)?;
    let router = http::router(Arc::clone(&desk), intaker, Some(Arc::clone(&hub.statuses)), &site(config))?;
    let listener = listen(config.http.listen, "[http] listen").await?;
    let (stop, stopped) = watch::channel(false);
    let server = |listener, router, tls| Server { listener, router, tls, limits: config.limits.server() };
    let mut signals = Signals::caught()?;
    tracing::info!(party = %desk.me, http = %listener.local_addr()?, link = ?hub.address, "serving");
    let main = tokio::spawn(server(listener, router, acceptor).run(stopped.clone()));
    if let Some(address) = config.http.metrics_listen {
        let metrics = Metrics::new(Arc::clone(&desk), Some(Arc::clone(&hub.statuses)));
        let listener = listen(address, "[http] metrics_listen").await?;
        tokio::spawn(server(listener, http::metrics_router(Arc::new(metrics)), None).run(stopped));
    }
    let signing = tokio::spawn(sign_regularly(Arc::clone(&desk)));
    let signal = signals.first().await;
    tracing::info!(signal, "stopping: requests under way may end");
    stop.send_replace(true);
    signing.abort();
    drop(pulling);
    let cut = main.await?;
    hub.stop().await;
    reactors.stop(&desk).await;
    tokio::task::spawn_blocking(move || finish(&desk)).await?;
    tracing::info!(cut, "stopped");
    Ok(())
}

/// One watch for each source; they end when the set is dropped.
fn pull_all(config: &Config, desk: &Arc<Desk>, intaker: &Arc<Intaker>) -> Result<JoinSet<()>> {
    let mut watches = JoinSet::new();
    for from in &config.pull {
        // Each has its own way out: one slow server holds up no other.
        let outbound = Arc::new(Outbound::new(&config.outbound.options())?);
        watches.spawn(pulling::watch(Arc::clone(desk), Arc::clone(intaker), outbound, from.clone()));
    }
    Ok(watches)
}

/// Whether a peer is trusted only folded views can say; without entries nobody waits for them.
async fn hub_options(config: &Config, desk: &Arc<Desk>) -> Result<HubOptions> {
    let mut options = HubOptions { listen: config.link.listen, ..HubOptions::default() };
    if !config.link.peers.is_empty() {
        let folding = Arc::clone(desk);
        tokio::task::spawn_blocking(move || folder::catch_up(&folding.views, folding.ledger.last_seq()))
            .await??;
        options.peers = dialled::addresses(config, &desk.known(), desk.me)?;
    }
    Ok(options)
}

fn site(config: &Config) -> Site {
    Site {
        tls: config.http.is_secure(),
        public_url: config.http.public_url.clone(),
        metrics: config.http.metrics_listen.is_none() && config.http.listen.ip().is_loopback(),
        admission: config.limits.admission(),
        taxii: Some(TaxiiOptions {
            max_content_length: config.limits.max_content_bytes,
            body_time: Duration::from_secs(config.limits.body_s),
            default_limit: config.limits.page_objects,
            max_limit: config.limits.max_page_objects,
            ..TaxiiOptions::default()
        }),
    }
}

async fn listen(address: std::net::SocketAddr, key: &str) -> Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}; change {key}"))
}

async fn sign_regularly(desk: Arc<Desk>) {
    loop {
        tokio::time::sleep(CHECKPOINT_EVERY).await;
        let desk = Arc::clone(&desk);
        let _ = tokio::task::spawn_blocking(move || sign(&desk)).await; // logged inside
    }
}

fn sign(desk: &Desk) {
    if let Err(error) = desk.ledger.checkpoint(desk.log, &desk.keys) {
        tracing::warn!(%error, "the own log was not signed");
    }
}

/// The last checkpoint vouches for everything before it; then folding ends.
fn finish(desk: &Desk) {
    sign(desk);
    desk.close();
}
