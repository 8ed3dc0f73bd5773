//! The hub: listens for peers, dials those that listen, one session with each.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use model::PartyId;
use records::card::Card;
use rustls::pki_types::ServerName;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::{TlsAcceptor, TlsConnector};

use super::certificate::{self, CertificateError};
use super::seat::Caller;
use super::status::Statuses;
use super::stopped::stopped;
use super::{session, tls};
use crate::desk::Desk;
use crate::edge;

/// Where the hub listens and dials.
#[derive(Debug, Clone, Default)]
pub struct HubOptions {
    /// The address to listen on; `None` only dials.
    pub listen: Option<SocketAddr>,
    /// Addresses to dial instead of those on the cards of these peers, as `host:port`.
    pub peers: BTreeMap<PartyId, String>,
}

impl HubOptions {
    /// Where to dial a party: as the configuration says, else as its card says.
    fn address_of(&self, card: &Card) -> Option<String> {
        self.peers.get(&card.party).or(card.link.as_ref()).cloned()
    }
}

/// Why links cannot run.
#[derive(Debug, thiserror::Error)]
pub enum HubError {
    /// The certificate.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// TLS.
    #[error(transparent)]
    Tls(#[from] tls::TlsError),
    /// The address.
    #[error("cannot listen for links on {address}: {cause}; choose another address under [link]")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
}

/// Running links of one desk. Dropping it ends every session.
#[derive(Debug)]
pub struct Hub {
    /// What pages show.
    pub statuses: Arc<Statuses>,
    /// The address listened on.
    pub address: Option<SocketAddr>,
    tasks: JoinSet<()>,
}

/// A handshake that takes longer is dropped.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// First and longest pause between attempts to dial.
const PAUSE: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(30));
/// How often the list of parties is looked at for somebody new to dial.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Handshakes under way at once.
const MAX_HANDSHAKES: usize = 64;

impl Hub {
    /// Starts listening and dialling.
    pub async fn start(desk: Arc<Desk>, options: HubOptions) -> Result<Self, HubError> {
        Self::start_showing(desk, options, Arc::default()).await
    }

    /// Starts listening and dialling, and shows how links stand in `statuses`.
    pub async fn start_showing(
        desk: Arc<Desk>,
        options: HubOptions,
        statuses: Arc<Statuses>,
    ) -> Result<Self, HubError> {
        let own = certificate::load(&certificate::path(&desk.folder))?;
        let mut tasks = JoinSet::new();
        let mut address = None;
        if let Some(wanted) = options.listen {
            let failed = |cause| HubError::Listen { address: wanted, cause };
            let listener = TcpListener::bind(wanted).await.map_err(failed)?;
            address = Some(listener.local_addr().map_err(failed)?);
            let acceptor = TlsAcceptor::from(tls::server(Arc::clone(&desk), &own)?);
            tasks.spawn(listen(listener, acceptor, Arc::clone(&desk), Arc::clone(&statuses)));
        }
        let connector = TlsConnector::from(tls::client(Arc::clone(&desk), &own)?);
        let dialler = Dialler { connector, desk, statuses: Arc::clone(&statuses), options };
        tasks.spawn(dial_all(Arc::new(dialler), address.is_some()));
        Ok(Self { statuses, address, tasks })
    }

    /// Ends every session and waits for the tasks to go.
    pub async fn stop(mut self) {
        self.tasks.shutdown().await;
    }
}

async fn listen(listener: TcpListener, acceptor: TlsAcceptor, desk: Arc<Desk>, statuses: Arc<Statuses>) {
    let mut sessions = JoinSet::new();
    let handshakes = Arc::new(tokio::sync::Semaphore::new(MAX_HANDSHAKES));
    loop {
        while sessions.try_join_next().is_some() {}
        let Ok((stream, from)) = listener.accept().await else {
            tokio::time::sleep(PAUSE.0).await; // out of file descriptors: let others finish
            continue;
        };
        let Ok(permit) = Arc::clone(&handshakes).try_acquire_owned() else { continue };
        let (acceptor, desk, statuses) = (acceptor.clone(), Arc::clone(&desk), Arc::clone(&statuses));
        sessions.spawn(async move {
            let _ = stream.set_nodelay(true);
            let accepted = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await;
            drop(permit);
            match accepted {
                Ok(Ok(stream)) => {
                    let certificates = stream.get_ref().1.peer_certificates();
                    let peer = certificates.and_then(|list| tls::party_of(&desk, list.first()?));
                    if let Some(peer) = peer {
                        let reason = session::run(desk, peer, stream, statuses, Caller::Peer).await;
                        tracing::info!(%peer, %reason, "link session ended");
                    }
                }
                Ok(Err(error)) => tracing::warn!(%from, %error, "link handshake refused"),
                Err(_) => tracing::warn!(%from, "link handshake took too long"),
            }
        });
    }
}

/// What every dialling task needs.
struct Dialler {
    connector: TlsConnector,
    desk: Arc<Desk>,
    statuses: Arc<Statuses>,
    options: HubOptions,
}

/// Starts one dialling task for each trusted party that this node must call, and calls every other once: who waits for
/// us in a long pause hears at once that we are back.
async fn dial_all(dialler: Arc<Dialler>, listening: bool) {
    let mut dialling = std::collections::BTreeSet::new();
    let mut tasks = JoinSet::new();
    let desk = &dialler.desk;
    loop {
        let known = desk.known();
        for party in known.parties.values().filter(|party| party.trusted && party.card.party != desk.me) {
            let peer = party.card.party;
            // When both listen, one calls: the party with the smaller id. So there is one session, not two.
            let ours = !listening || !we_are_listed(desk) || desk.me < peer;
            let address = dialler.options.address_of(&party.card);
            if let Some(address) = address
                && dialling.insert(peer)
            {
                let (dialler, address) = (Arc::clone(&dialler), address);
                tasks.spawn(async move {
                    if ours {
                        dial(dialler, peer).await;
                    } else {
                        let Dialler { connector, desk, statuses, .. } = &*dialler;
                        let reason = call(connector, desk, peer, &address, statuses).await;
                        tracing::debug!(%peer, %reason, "the first call ended");
                    }
                });
            }
        }
        drop(known);
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn we_are_listed(desk: &Desk) -> bool {
    desk.known().parties.get(&desk.me).is_some_and(|own| own.card.link.is_some())
}

/// Calls one peer again and again, pausing longer after each failure, with jitter.
async fn dial(dialler: Arc<Dialler>, peer: PartyId) {
    let Dialler { connector, desk, statuses, options } = &*dialler;
    let mut pause = PAUSE.0;
    loop {
        let address = desk
            .known()
            .parties
            .get(&peer)
            .filter(|party| party.trusted)
            .and_then(|party| options.address_of(&party.card));
        if let Some(address) = address
            && !statuses.is_up(&peer)
            && stopped(&desk.local, &peer).is_none()
        {
            statuses.dialling(peer, None);
            let began = edge::monotonic();
            let reason = call(connector, desk, peer, &address, statuses).await;
            tracing::info!(%peer, %reason, "link session ended");
            statuses.dialling(peer, Some(reason));
            // A session that lived was no failure.
            pause = if began.elapsed() > PAUSE.1 { PAUSE.0 } else { (pause * 2).min(PAUSE.1) };
        }
        let mut byte = [0];
        edge::random(&mut byte);
        tokio::time::sleep(pause.mul_f64(0.5 + f64::from(byte[0]) / 256.0)).await;
    }
}

async fn call(
    connector: &TlsConnector,
    desk: &Arc<Desk>,
    peer: PartyId,
    address: &str,
    statuses: &Arc<Statuses>,
) -> String {
    let connect = async {
        let stream = connect_tcp(address).await?;
        let _ = stream.set_nodelay(true);
        let name = ServerName::try_from("link.entente").map_err(std::io::Error::other)?;
        connector.connect(name, stream).await
    };
    let stream = match tokio::time::timeout(HANDSHAKE, connect).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return format!("cannot reach {address}: {error}"),
        Err(_) => return format!("cannot reach {address}: it did not answer in time"),
    };
    let found = stream.get_ref().1.peer_certificates().and_then(|list| tls::party_of(desk, list.first()?));
    if found != Some(peer) {
        return format!("another party answers at {address}; compare its card");
    }
    session::run(Arc::clone(desk), peer, stream, Arc::clone(statuses), Caller::Us).await
}

#[expect(clippy::disallowed_methods, reason = "the door through which links reach the network")]
async fn connect_tcp(address: &str) -> std::io::Result<TcpStream> {
    TcpStream::connect(address).await
}
