//! What a record costs: on the disks of servers and node, in their processors, and on the wires between them.

use std::path::Path;

use super::super::network::Network;
use super::super::servers::Servers;

/// Clock ticks in a second, as Linux tells processes.
const TICKS: f64 = 100.0;

/// What has been spent since the beginning.
pub struct Spent {
    servers_s: f64,
    node_s: f64,
    to_nodes: u64,
    between: u64,
}

impl Spent {
    pub fn until_now(servers: &Servers, network: &Network) -> Self {
        let servers_s = (0..3).map(|index| processor_s(&servers.process(index).to_string())).sum();
        let (to_nodes, between) = network.bytes();
        Self { servers_s, node_s: processor_s("self"), to_nodes, between }
    }

    /// What one of `records` cost since `before`.
    pub fn tell(&self, what: &str, before: &Self, records: u64) {
        let each = |bytes: u64| bytes as f64 / records as f64;
        let us = |seconds: f64| seconds * 1e6 / records as f64;
        println!(
            "{what}: processor {:.1} µs on the node and {:.1} µs on three servers together; network {:.0} bytes between node \
             and servers, {:.0} bytes between servers",
            us(self.node_s - before.node_s),
            us(self.servers_s - before.servers_s),
            each(self.to_nodes - before.to_nodes),
            each(self.between - before.between)
        );
    }
}

/// Says what lies on the disks for each of `records`.
pub fn tell_disks(servers: &Servers, node: &Path, records: u64) {
    let each = |bytes: u64| bytes as f64 / records as f64;
    let of_servers = |part: &str| -> u64 {
        (0..3).map(|index| bytes_in(&servers.store(index).join("jetstream").join(part))).sum()
    };
    println!(
        "on disk: {:.0} bytes in the streams of each server and {:.0} in its Raft logs just now, {:.0} bytes in the ledger of \
         a node",
        each(of_servers("$G") / 3),
        each(of_servers("$SYS") / 3),
        each(bytes_in(node))
    );
}

fn bytes_in(path: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(path) else {
        return std::fs::metadata(path).map_or(0, |file| file.len());
    };
    entries.flatten().map(|entry| bytes_in(&entry.path())).sum()
}

/// Seconds that a process has been on a processor.
fn processor_s(process: &str) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).expect("a running process");
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |field: usize| fields[field].parse::<f64>().expect("a number");
    (ticks(11) + ticks(12)) / TICKS
}
