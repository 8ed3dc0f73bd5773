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
    /// What this server's version can be relied on for.
    pub reliance: Reliance,
}

/// What the servers' version can be relied on for, read in their source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reliance {
    /// Before 2.9.15: a server that was paused while it led may keep what the others did not agree to when it comes back.
    Forks,
    /// It takes over what the others agreed to. It syncs every two minutes, its Raft log every five, and cannot be told to
    /// do so earlier.
    Agrees,
    /// From 2.10.0 with `sync_interval: always` the leader syncs before it acknowledges; the others do not.
    SyncsLeader,
    /// From 2.10.23 with that setting the Raft log is synced too, so that two of three servers sync before the
    /// acknowledgement.
    SyncsQuorum,
}

impl Reliance {
    fn of(version: &str) -> Self {
        let mut numbers = version.split(['.', '-']).map_while(|part| part.parse::<u32>().ok());
        let version = [0; 3].map(|nothing| numbers.next().unwrap_or(nothing));
        match version {
            version if version >= [2, 10, 23] => Self::SyncsQuorum,
            version if version >= [2, 10, 0] => Self::SyncsLeader,
            version if version >= [2, 9, 15] => Self::Agrees,
            _ => Self::Forks,
        }
    }
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
        reliance: Reliance::of(&server.version),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_servers_can_be_relied_on_for_depends_on_their_version() {
        let told =
            ["2.9.10", "2.9.15", "2.10.0", "2.10.22", "2.10.23", "2.12.1-RC.2", "3.0.0"].map(Reliance::of);
        use Reliance::{Agrees, Forks, SyncsLeader, SyncsQuorum};
        assert_eq!(told, [Forks, Agrees, SyncsLeader, SyncsLeader, SyncsQuorum, SyncsQuorum, SyncsQuorum]);
        assert_eq!(Reliance::of("what is this"), Forks);
    }
}
