//! `entente serve`: folding, links, console, API and TAXII, until a signal ends it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Args;
use desk::Desk;
use desk::links::Statuses;
use desk::notice::Couriers;
use desk::outbound::{Bounds, Outbound, OutboundOptions};
use desk::sso::{Sso, SsoOptions};
use exchange::ingest::Intaker;
use exchange::taxii::TaxiiOptions;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::admission::Admission;
use crate::aside;
use crate::config::Config;
use crate::duties::{Duties, sign};
use crate::exit::Exit;
use crate::folder;
use crate::http::{self, Site};
use crate::server::Server;
use crate::signals::Signals;
use crate::{logs, secret, tls};

/// The fact under which a running node notes where its console listens.
pub const CONSOLE: &str = "console";

/// Nothing to choose: the configuration says everything.
#[derive(Debug, Args)]
pub struct Serve {}

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
    let (place, cluster) = (config.folder(), config.cluster()?);
    let desk = tokio::task::spawn_blocking(move || folder::open_desk(place, cluster)).await??;
    desk.bound_consumers(config.limits.consumer());
    let intaker = Arc::new(Intaker::new(Arc::clone(&desk), config.limits.json()));
    let statuses = Arc::<Statuses>::default();
    let (stop, stopped) = watch::channel(false);
    let (console, told) = watch::channel(None);
    let duties = Duties {
        config: config.clone(),
        desk: Arc::clone(&desk),
        intaker: Arc::clone(&intaker),
        statuses: Arc::clone(&statuses),
        console: told,
    };
    let (end, ended) = watch::channel(false);
    let duties = duties.begin(ended).await?;
    let admission = Arc::new(Admission::new(config.limits.admission()));
    tokio::spawn(Arc::clone(&admission).beat());
    let site = site(config, &admission)?;
    let http::Gates { router, metrics, app } =
        http::router(Arc::clone(&desk), intaker, Some(statuses), &site)?;
    console.send_replace(Some(app));
    // A thousand may wait in the system's queue, where a plain socket has 128.
    let bound = TcpListener::bind(config.http.listen).await;
    let listener = bound.with_context(|| not_free(config.http.listen, "[http] listen"))?;
    let mut signals = Signals::caught()?;
    let beside =
        config.http.metrics_listen.map(|address| listen(address, "[http] metrics_listen")).transpose()?;
    let metrics_at = beside.as_ref().and_then(|listener| listener.local_addr().ok());
    // For commands beside it that ask it: `entente print`.
    desk.local.set_fact(CONSOLE, &listener.local_addr()?.to_string())?;
    tracing::info!(
        party = %desk.me,
        http = %listener.local_addr()?,
        metrics = metrics_at.map(tracing::field::display),
        link = ?config.link.listen,
        "serving"
    );
    let limits = config.limits.server();
    let server = Server { listener, router, tls: acceptor, limits, admission: Some(admission) };
    let main = tokio::spawn(server.run(stopped.clone()));
    let probes = http::metrics_router(metrics);
    let aside = beside.map(|listener| aside::serve(listener, probes, limits, stopped)).transpose()?;
    let signal = signals.first().await;
    tracing::info!(signal, "stopping: requests under way may end");
    stop.send_replace(true);
    let cut = main.await?;
    if let Some(aside) = aside {
        let _ = tokio::task::spawn_blocking(move || aside.join()).await; // a probe that was cut off harms nobody
    }
    end.send_replace(true);
    duties.await?;
    tokio::task::spawn_blocking(move || finish(&desk)).await?;
    tracing::info!(cut, "stopped");
    Ok(())
}

fn site(config: &Config, admission: &Arc<Admission>) -> Result<Site> {
    Ok(Site {
        tls: config.http.is_secure(),
        public_url: config.http.public_url.clone(),
        metrics: config.http.metrics_listen.is_none() && config.http.listen.ip().is_loopback(),
        admission: Arc::clone(admission),
        public_reports: config.notify.public_reports.clone(),
        taxii: Some(TaxiiOptions {
            max_content_length: config.limits.max_content_bytes,
            body_time: Duration::from_secs(config.limits.body_s),
            default_limit: config.limits.page_objects,
            max_limit: config.limits.max_page_objects,
            ..TaxiiOptions::default()
        }),
        sso: sso(config)?.map(Arc::new),
        past: config.limits.past(),
        couriers: Some(Arc::new(couriers(config)?)),
    })
}

/// An identity provider answers in time and in few words, or not at all: people wait for it.
const SSO_BOUNDS: Bounds = Bounds {
    connect: Duration::from_secs(5),
    silence: Duration::from_secs(10),
    whole: Duration::from_secs(15),
    body_bytes: 1 << 20,
};

fn sso(config: &Config) -> Result<Option<Sso>> {
    let (Some(issuer), Some(client_id), Some(public_url)) =
        (config.sso.issuer.clone(), config.sso.client_id.clone(), config.http.public_url.clone())
    else {
        return Ok(None);
    };
    let client_secret = config.sso.client_secret_file.as_deref().map(secret::read).transpose()?;
    let public_url = public_url.trim_end_matches('/').to_owned();
    let claim = config.sso.claim.clone();
    let outbound = Outbound::new(&OutboundOptions { bounds: SSO_BOUNDS, ..config.outbound.options() })?;
    let options = SsoOptions { issuer, client_id, client_secret, claim, public_url };
    Ok(Some(Sso::new(options, outbound)))
}

/// A webhook answers in time and in few words: others wait behind it.
const WEBHOOK_BOUNDS: Bounds = Bounds {
    connect: Duration::from_secs(5),
    silence: Duration::from_secs(10),
    whole: Duration::from_secs(20),
    body_bytes: 64 << 10,
};

/// How notices and reports leave by mail.
pub(crate) fn couriers(config: &Config) -> Result<Couriers> {
    let options = || OutboundOptions { bounds: WEBHOOK_BOUNDS, ..config.outbound.options() };
    let webhook = config.webhook.on.then(|| Outbound::new(&options())).transpose()?;
    let base = config.http.public_url.as_deref().unwrap_or_default().trim_end_matches('/');
    Ok(Couriers {
        mail: config.mail.mailer()?,
        mail_up_to: config.mail.up_to,
        webhook,
        webhook_up_to: config.webhook.up_to,
        base: base.to_owned(),
    })
}

/// A socket for a runtime that is made later.
fn listen(address: SocketAddr, key: &str) -> Result<std::net::TcpListener> {
    let bound = std::net::TcpListener::bind(address);
    let listener = bound.with_context(|| not_free(address, key))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

fn not_free(address: SocketAddr, key: &str) -> String {
    format!("cannot listen on {address}; change {key}")
}

/// The last checkpoint vouches for everything before it; then folding ends.
fn finish(desk: &Desk) {
    if let Err(error) = desk.write_audit() {
        tracing::error!(%error, "what was looked at last is not on the record");
    }
    sign(desk);
    desk.close();
}
