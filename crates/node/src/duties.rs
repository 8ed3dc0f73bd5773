//! What one node of a party does for all: links, reactors, pulls, signing checkpoints. A node alone does it always; of
//! the nodes of a cluster the one that holds the lease does, and another takes over when it has gone.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use desk::Desk;
use desk::links::{Hub, HubOptions, Statuses};
use desk::notice::{self, Way};
use desk::outbound::Outbound;
use desk::pages::App;
use desk::reactors::{LEASE, Reactors};
use exchange::ingest::Intaker;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::config::Config;
use crate::{dialled, folder, pulling};

/// How often the newest state of the own log is signed, when something came.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(60);

/// How often somebody is reminded of duties; a reminder may come so much late.
const REMIND_EVERY: Duration = Duration::from_secs(60);

/// How often people are told what there is to tell.
const TELL_EVERY: Duration = Duration::from_secs(10);

/// How often it is looked whether something may go out.
const CARRY_EVERY: Duration = Duration::from_secs(3);

/// How long to wait before trying again what could not be begun.
const AGAIN: Duration = Duration::from_secs(5);

/// What the duties need, once for all.
pub struct Duties {
    pub config: Config,
    pub desk: Arc<Desk>,
    pub intaker: Arc<Intaker>,
    /// How links stand, for pages; empty on a node that does not hold the lease.
    pub statuses: Arc<Statuses>,
    /// The console, once it stands.
    pub console: watch::Receiver<Option<App>>,
}

/// Duties that are being done.
struct Working {
    reactors: Reactors,
    hub: Hub,
    pulling: JoinSet<()>,
    signing: JoinHandle<()>,
}

impl Duties {
    /// Begins, when it is this node's turn, and goes on until `stop`. The handle ends when everything has stopped. A node
    /// alone has begun when this returns.
    pub async fn begin(self, mut stop: watch::Receiver<bool>) -> Result<JoinHandle<()>> {
        let Some(commons) = self.desk.ledger.commons() else {
            let working = self.work().await?;
            return Ok(tokio::spawn(async move {
                let _ = stop.wait_for(|stop| *stop).await; // an error means that the node has gone
                working.end(&self.desk).await;
            }));
        };
        let held = commons.lease(LEASE);
        Ok(tokio::spawn(self.take_turns(held, stop)))
    }

    async fn take_turns(self, mut held: watch::Receiver<bool>, mut stop: watch::Receiver<bool>) {
        loop {
            if !until(&mut held, true, &mut stop).await {
                return;
            }
            match self.work().await {
                Ok(working) => {
                    tracing::info!("this node holds the lease: links, reactors and pulls begin");
                    let going_on = until(&mut held, false, &mut stop).await;
                    working.end(&self.desk).await;
                    if !going_on {
                        return;
                    }
                    tracing::warn!(
                        "another node may hold the lease now: links, reactors and pulls have ended"
                    );
                }
                Err(error) => {
                    tracing::warn!(error = %format!("{error:#}"), "links, reactors and pulls cannot begin");
                    tokio::time::sleep(AGAIN).await;
                }
            }
        }
    }

    async fn work(&self) -> Result<Working> {
        let desk = &self.desk;
        let options = self.hub_options().await?;
        let hub = Hub::start_showing(Arc::clone(desk), options, Arc::clone(&self.statuses)).await?;
        let pulling = self.pull_all()?;
        let reactors = Reactors::start(Arc::clone(desk));
        let signing = tokio::spawn(sign_regularly(Arc::clone(desk)));
        tracing::info!(link = ?hub.address, "links are on");
        Ok(Working { reactors, hub, pulling, signing })
    }

    /// One watch for each source, and one over the clocks of incidents; they end when the set is dropped.
    fn pull_all(&self) -> Result<JoinSet<()>> {
        let mut watches = JoinSet::new();
        for from in &self.config.pull {
            // Each has its own way out: one slow server holds up no other.
            let outbound = Arc::new(Outbound::new(&self.config.outbound.options())?);
            let (desk, intaker) = (Arc::clone(&self.desk), Arc::clone(&self.intaker));
            watches.spawn(pulling::watch(desk, intaker, outbound, from.clone()));
        }
        watches.spawn(remind_regularly(Arc::clone(&self.desk)));
        watches.spawn(tell_regularly(self.console.clone()));
        watches.spawn(note_newer_law(Arc::clone(&self.desk)));
        Ok(watches)
    }

    /// Whether a peer is trusted only folded views can say; without entries nobody waits for them.
    async fn hub_options(&self) -> Result<HubOptions> {
        let link = &self.config.link;
        let mut options = HubOptions { listen: link.listen, ..HubOptions::default() };
        if !link.peers.is_empty() {
            let folding = Arc::clone(&self.desk);
            tokio::task::spawn_blocking(move || folder::catch_up(&folding.views, folding.ledger.last_seq()))
                .await??;
            options.peers = dialled::addresses(&self.config, &self.desk.known(), self.desk.me)?;
        }
        Ok(options)
    }
}

impl Working {
    async fn end(self, desk: &Arc<Desk>) {
        self.signing.abort();
        drop(self.pulling);
        self.hub.stop().await;
        self.reactors.stop(desk).await;
    }
}

/// Waits until the lease is, or is not, held; false when the node stops first.
async fn until(held: &mut watch::Receiver<bool>, wanted: bool, stop: &mut watch::Receiver<bool>) -> bool {
    tokio::select! {
        there = held.wait_for(|held| *held == wanted) => there.is_ok(),
        _ = stop.wait_for(|stop| *stop) => false,
    }
}

async fn sign_regularly(desk: Arc<Desk>) {
    loop {
        tokio::time::sleep(CHECKPOINT_EVERY).await;
        let desk = Arc::clone(&desk);
        let _ = tokio::task::spawn_blocking(move || sign(&desk)).await; // logged inside
    }
}

/// Signs the newest state of the own log.
pub fn sign(desk: &Desk) {
    if let Err(error) = desk.ledger.checkpoint(desk.log, &desk.keys) {
        tracing::warn!(%error, "the own log was not signed");
    }
}

/// Reminds of duties as their dates come.
async fn remind_regularly(desk: Arc<Desk>) {
    let board = Arc::new(notify::board::Board::default());
    loop {
        let (worker, kept) = (Arc::clone(&desk), Arc::clone(&board));
        let given =
            tokio::task::spawn_blocking(move || notify::remind::remind(&worker, &kept, desk::edge::now()));
        match given.await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!(%error, "nobody was reminded of duties"),
            Err(_) => return, // the node is stopping
        }
        tokio::time::sleep(REMIND_EVERY).await;
    }
}

/// Keeps for people what there is to tell, and carries it out by the ways that they chose, each for itself.
pub async fn tell_regularly(mut console: watch::Receiver<Option<App>>) {
    let Ok(app) = console.wait_for(Option::is_some).await.map(|app| app.clone()) else { return };
    let Some(app) = app else { return };
    tokio::join!(
        gather_regularly(&app),
        carry_regularly(&app, Way::Mail),
        carry_regularly(&app, Way::Webhook)
    );
}

async fn gather_regularly(app: &App) {
    loop {
        let gathering = app.clone();
        match tokio::task::spawn_blocking(move || notice::gather(&gathering, desk::edge::now())).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!(%error, "notices were not gathered"),
            Err(_) => return, // the node is stopping
        }
        tokio::time::sleep(TELL_EVERY).await;
    }
}

async fn carry_regularly(app: &App, way: Way) {
    loop {
        if let Err(error) = notice::carry(app, way, desk::edge::now()).await {
            tracing::warn!(%error, ?way, "notices were not carried out");
        }
        tokio::time::sleep(CARRY_EVERY).await;
    }
}

/// Once, at the start: a program that brings newer law says which open duties it moves.
async fn note_newer_law(desk: Arc<Desk>) {
    let noted = tokio::task::spawn_blocking(move || {
        folder::catch_up(&desk.views, desk.ledger.last_seq())?;
        anyhow::Ok(notify::law_moves::note_newer(&desk, concat!("entente ", env!("CARGO_PKG_VERSION")))?)
    });
    match noted.await {
        Ok(Ok(0)) => {}
        Ok(Ok(moved)) => {
            tracing::info!(incidents = moved, "newer packs moved open duties; see the incidents")
        }
        Ok(Err(error)) => {
            tracing::warn!(%error, "what newer packs move was not noted; it is tried at the next start")
        }
        Err(error) => {
            tracing::warn!(%error, "what newer packs move was not noted; it is tried at the next start")
        }
    }
}
