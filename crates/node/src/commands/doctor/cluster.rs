//! The cluster that holds the ledger: servers, copies, what an acknowledgement survives, and how far this node is.

use ledger::{Cluster, Reliance, Standing, StreamStanding};

use super::Finding;
use crate::config::Config;

/// Messages that a node may be behind without anybody noticing.
const BEHIND: u64 = 1000;

/// What is to be said; nothing when the ledger is in the data folder.
pub(super) fn findings(config: &Config, folded: Option<u64>) -> Vec<Finding> {
    let cluster = match config.cluster() {
        Ok(None) => return Vec::new(),
        Ok(Some(cluster)) => cluster,
        Err(error) => return vec![Finding::bad("cluster", format!("{error:#}"), "correct [ledger]")],
    };
    match cluster.standing() {
        Err(error) => vec![Finding::bad(
            "cluster",
            format!("{}: {error}", cluster.address()),
            "start the servers; this node answers readers meanwhile and refuses writes",
        )],
        Ok(standing) => vec![
            copies("stream", &standing.commits),
            copies("stream", &standing.packs),
            survives(&cluster, &standing),
            agreement(&standing),
            lag(&standing, folded),
        ],
    }
}

/// Leader and followers of a stream.
fn copies(what: &'static str, stream: &StreamStanding) -> Finding {
    let current = stream.followers.iter().filter(|(_, current, _)| *current).count() + 1;
    let leader = stream.leader.as_deref().unwrap_or("its only server");
    let mut found = format!(
        "{}: {} messages, {:.1} MB, led by {leader}, {current} of {} copies up to date",
        stream.name,
        stream.messages,
        stream.bytes as f64 / 1e6,
        stream.replicas
    );
    let late: Vec<String> = stream
        .followers
        .iter()
        .filter(|(_, current, _)| !current)
        .map(|(name, _, lag)| format!("{name} lacks {lag}"))
        .collect();
    if late.is_empty() && current >= stream.replicas {
        return Finding::good(what, found);
    }
    if !late.is_empty() {
        found.push_str(&format!(" ({})", late.join(", ")));
    }
    Finding::bad(
        what,
        found,
        "start the missing server, or look at its disk and network; it catches up by itself",
    )
}

/// What an acknowledgement survives, by the version of the servers.
fn survives(cluster: &Cluster, standing: &Standing) -> Finding {
    let node = "this node has also synced it to its own disk";
    let server = format!("{} {}", standing.server, standing.version);
    if standing.commits.replicas < 3 {
        return Finding::bad(
            "acknowledgement",
            format!("{server}: one copy; the loss of that server is the loss of the stream; {node}"),
            "use three servers, and a ledger made with three copies",
        );
    }
    let quorum = standing.commits.replicas / 2 + 1;
    let synced = match standing.reliance {
        Reliance::Forks | Reliance::Agrees => {
            "servers of this version sync it every 2 minutes and cannot be told to do so earlier; a power cut of all \
             servers at once can lose the last minutes"
        }
        Reliance::SyncsLeader => {
            "servers sync it every 2 minutes; with `sync_interval: always` the leader of this version syncs it at once, \
             from 2.10.23 on two of three do"
        }
        Reliance::SyncsQuorum => {
            "servers sync it every 2 minutes unless their `sync_interval` says otherwise; set `always` to survive a power \
             cut of all servers at once"
        }
    };
    Finding::good(
        "acknowledgement",
        format!(
            "{server}: in the memory of {quorum} of {} servers of {}; {node}; {synced}",
            standing.commits.replicas, cluster.name
        ),
    )
}

/// Whether copies hold what the servers agreed on, also after one of them has stood still.
fn agreement(standing: &Standing) -> Finding {
    let server = format!("{} {}", standing.server, standing.version);
    if standing.reliance == Reliance::Forks {
        return Finding::bad(
            "servers",
            format!(
                "{server}: a server of a version before 2.9.15 that was paused while it led may keep, when it comes back, \
                 what the others did not agree to; nodes notice and read it elsewhere"
            ),
            "update the servers to 2.10.23 or newer, one after the other",
        );
    }
    Finding::good("servers", format!("{server}: copies hold what the servers agreed on"))
}

fn lag(standing: &Standing, folded: Option<u64>) -> Finding {
    let (last, folded) = (standing.commits.last, folded.unwrap_or(0));
    let found = format!("this node has folded {folded} of {last} messages");
    if folded + BEHIND >= last {
        return Finding::good("folding", found);
    }
    Finding::bad("folding", found, "wait, or look at this node's disk; `entente serve` folds without pause")
}
