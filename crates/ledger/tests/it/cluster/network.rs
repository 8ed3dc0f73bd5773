//! A network of its own for a story: three servers in namespaces of their own, a cable between each two of them, and a
//! cable from each node to each server. Any cable can be pulled and put back; what is under way on it waits, as on a real
//! network, and nobody is told.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::Command;

use super::servers::Place;

/// Servers, and nodes that reach them.
const SERVERS: usize = 3;
const NODES: usize = 2;

const CLIENTS: u16 = 4222;
const ROUTES: u16 = 6222;

/// Set by who knows that this machine permits no namespaces; `cargo xtask check` does and says so in its summary.
const WITHOUT: &str = "ENTENTE_WITHOUT_NAMESPACES";

/// The network; taken down with the value.
pub struct Network {
    /// What all names begin with, so that two stories do not meet.
    name: String,
    number: u8,
}

impl Network {
    /// Makes the network. `None`, and it is said, where the machine permits none and whoever runs the story knows it.
    #[expect(clippy::disallowed_methods, reason = "whoever runs the story says that it cannot be had")]
    pub fn made() -> Option<Self> {
        let number = std::process::id() % 200;
        let network = Self { name: format!("en{}", std::process::id() % 100_000), number: number as u8 };
        if let Err(reason) = ip(&["netns", "add", &network.space(0)]) {
            if std::env::var_os(WITHOUT).is_some() {
                eprintln!("NOT TESTED: partitions, since namespaces are not permitted here: {reason}");
                return None;
            }
            panic!(
                "no network namespace can be made ({reason}). Install iproute2 and run this as root, or with the \
                 capabilities NET_ADMIN and SYS_ADMIN; where that is not permitted, set {WITHOUT}=1 to leave this out"
            );
        }
        for server in 1..SERVERS {
            must(&["netns", "add", &network.space(server)]);
        }
        for server in 0..SERVERS {
            must(&["-n", &network.space(server), "link", "set", "lo", "up"]);
            for other in server + 1..SERVERS {
                network.lay(&network.between(server, other), Some(other), server);
            }
            for node in 0..NODES {
                network.lay(&network.from_node(node, server), None, server);
            }
        }
        Some(network)
    }

    fn space(&self, server: usize) -> String {
        format!("{}s{server}", self.name)
    }

    /// A cable with its two ends: names and addresses. The first end is at the other server or in the story's own
    /// namespace, the second at the server.
    fn between(&self, server: usize, other: usize) -> Cable {
        self.cable(10 + server.min(other) * SERVERS + server.max(other))
    }

    fn from_node(&self, node: usize, server: usize) -> Cable {
        self.cable(30 + node * SERVERS + server)
    }

    fn cable(&self, number: usize) -> Cable {
        let address = |last| Ipv4Addr::new(10, 20 + self.number, number as u8, last);
        Cable {
            ends: [format!("{}a{number}", self.name), format!("{}b{number}", self.name)],
            addresses: [address(1), address(2)],
        }
    }

    fn lay(&self, cable: &Cable, first: Option<usize>, second: usize) {
        let [a, b] = &cable.ends;
        must(&["link", "add", a, "type", "veth", "peer", "name", b]);
        for (end, address, space) in [(a, cable.addresses[0], first), (b, cable.addresses[1], Some(second))] {
            let address = format!("{address}/30");
            match space.map(|server| self.space(server)) {
                None => {
                    must(&["addr", "add", &address, "dev", end]);
                    must(&["link", "set", end, "up"]);
                }
                Some(space) => {
                    must(&["link", "set", end, "netns", &space]);
                    must(&["-n", &space, "addr", "add", &address, "dev", end]);
                    must(&["-n", &space, "link", "set", end, "up"]);
                }
            }
        }
    }

    /// Where the servers run.
    pub fn places(&self) -> Vec<Place> {
        let any = |port| SocketAddr::from((Ipv4Addr::UNSPECIFIED, port));
        (0..SERVERS)
            .map(|server| Place {
                space: Some(self.space(server)),
                listen: any(CLIENTS),
                cluster: any(ROUTES),
                reached: SocketAddr::from((self.from_node(0, server).addresses[1], CLIENTS)),
                routes: (0..SERVERS)
                    .filter(|other| *other != server)
                    .map(|other| {
                        // The end at the server with the higher number is the first one.
                        let end = usize::from(other < server);
                        SocketAddr::from((self.between(server, other).addresses[end], ROUTES))
                    })
                    .collect(),
            })
            .collect()
    }

    /// The ledger `party` as one node reaches it.
    pub fn cluster(&self, node: usize) -> ledger::Cluster {
        let hosts: Vec<String> = (0..SERVERS)
            .map(|server| format!("{}:{CLIENTS}", self.from_node(node, server).addresses[1]))
            .collect();
        ledger::Cluster::parse(&format!("nats://{}/party", hosts.join(","))).expect("an address")
    }

    /// Pulls the cables between one server and the other two, or puts them back.
    pub fn set_server(&self, server: usize, up: bool) {
        for other in (0..SERVERS).filter(|other| *other != server) {
            let (low, high) = (server.min(other), server.max(other));
            let end = &self.between(low, high).ends[1];
            must(&["-n", &self.space(low), "link", "set", end, if up { "up" } else { "down" }]);
        }
    }

    /// Pulls the cables between one node and all servers but one, or puts them back.
    pub fn set_node(&self, node: usize, except: usize, up: bool) {
        for server in (0..SERVERS).filter(|server| *server != except) {
            let end = &self.from_node(node, server).ends[0];
            must(&["link", "set", end, if up { "up" } else { "down" }]);
        }
    }
}

/// A cable.
struct Cable {
    ends: [String; 2],
    addresses: [Ipv4Addr; 2],
}

impl Drop for Network {
    fn drop(&mut self) {
        for server in 0..SERVERS {
            // With a namespace go the cables in it, and their other ends; some may not have been made.
            drop(ip(&["netns", "del", &self.space(server)]));
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "networks are made by the program for it")]
fn ip(arguments: &[&str]) -> Result<(), String> {
    let run = Command::new("ip").args(arguments).output().map_err(|error| format!("ip: {error}"))?;
    if run.status.success() {
        return Ok(());
    }
    Err(format!("ip {}: {}", arguments.join(" "), String::from_utf8_lossy(&run.stderr).trim()))
}

fn must(arguments: &[&str]) {
    if let Err(reason) = ip(arguments) {
        panic!("the story's network cannot be made: {reason}");
    }
}
