//! How a cluster stands, for `doctor`: servers, copies, ends of the streams, and what an acknowledgement survives.

use std::time::Duration;

use async_nats::jetstream::stream::Info;

use super::address::Cluster;
use super::wire::{Wire, WireError};

/// How long an operator waits.
const PATIENCE: Duration = Duration::from_secs(10);

/// One stream of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamStanding {
    /// Its name.
    pub name: String,
    /// The server that leads it.
    pub leader: Option<String>,
    /// Copies it should have.
    pub replicas: usize,
    /// The other servers with a copy: name, whether it is up to date, how many operations it lacks.
    pub followers: Vec<(String, bool, u64)>,
    /// Messages in it.
    pub messages: u64,
    /// Bytes in it, on each server.
    pub bytes: u64,
    /// Sequence of its last message.
    pub last: u64,
}

/// The cluster of a ledger, as its servers and this node see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The server this node is connected to, and its version.
    pub server: String,
    /// Its version.
    pub version: String,
    /// Headers and order.
    pub commits: StreamStanding,
    /// Bodies and openings.
    pub packs: StreamStanding,
    /// Whether this server's version can be told to sync to disk before it acknowledges.
    pub can_sync_always: bool,
}

impl Cluster {
    /// Asks the servers. Blocks, for ten seconds at most; changes nothing.
    pub fn standing(&self) -> Result<Standing, String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?;
        let asking = async { of(&Wire::attach(self).await?).await };
        match runtime.block_on(async { tokio::time::timeout(PATIENCE, asking).await }) {
            Ok(standing) => standing.map_err(|error| error.to_string()),
            Err(_) => Err("the cluster does not answer in time".to_owned()),
        }
    }
}

async fn of(wire: &Wire) -> Result<Standing, WireError> {
    let (commits, packs) = (wire.commits_info().await?, wire.packs_info().await?);
    let server = wire.client.server_info();
    Ok(Standing {
        server: server.server_name,
        can_sync_always: at_least(&server.version, (2, 10)),
        version: server.version,
        commits: stream(&commits),
        packs: stream(&packs),
    })
}

fn stream(info: &Info) -> StreamStanding {
    let cluster = info.cluster.as_ref();
    let followers = cluster.iter().flat_map(|cluster| &cluster.replicas);
    StreamStanding {
        name: info.config.name.clone(),
        leader: cluster.and_then(|cluster| cluster.leader.clone()),
        replicas: info.config.num_replicas,
        followers: followers
            .map(|peer| (peer.name.clone(), peer.current && !peer.offline, peer.lag.unwrap_or(0)))
            .collect(),
        messages: info.state.messages,
        bytes: info.state.bytes,
        last: info.state.last_sequence,
    }
}

/// Whether a version is at least this one. `sync_interval`, with the value `always`, came with 2.10.
fn at_least(version: &str, least: (u32, u32)) -> bool {
    let mut numbers = version.split('.').map_while(|part| part.parse().ok());
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) >= least
}
