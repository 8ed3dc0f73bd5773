//! Real NATS servers for these stories: started here, on free ports of this machine, and gone when the story ends.
#![allow(dead_code, reason = "several test programs share this file and each uses a part of it")]

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// Servers that form one cluster, or the only one.
pub struct Servers {
    servers: Vec<Server>,
}

struct Server {
    config: PathBuf,
    place: Place,
    child: Option<Child>,
}

/// Where a server runs.
#[derive(Clone)]
pub struct Place {
    /// The network namespace; `None` for that of the story.
    pub space: Option<String>,
    /// Where it listens for clients and for other servers, and where the story reaches it.
    pub listen: SocketAddr,
    pub cluster: SocketAddr,
    pub reached: SocketAddr,
    /// Where it reaches the others.
    pub routes: Vec<SocketAddr>,
}

impl Servers {
    /// One server, which keeps one copy.
    pub fn one(dir: &Path) -> Self {
        Self::here(dir, 1)
    }

    /// Three servers, which keep three copies.
    pub fn three(dir: &Path) -> Self {
        Self::here(dir, 3)
    }

    fn here(dir: &Path, count: usize) -> Self {
        let local = |port: &u16| SocketAddr::from(([127, 0, 0, 1], *port));
        let ports: Vec<SocketAddr> = free_ports(2 * count).iter().map(local).collect();
        let (clients, routes) = ports.split_at(count);
        let places = clients.iter().zip(routes).map(|(client, cluster)| Place {
            space: None,
            listen: *client,
            cluster: *cluster,
            reached: *client,
            routes: routes.to_vec(),
        });
        Self::placed(dir, places.collect())
    }

    /// Servers at these places.
    pub fn placed(dir: &Path, places: Vec<Place>) -> Self {
        std::fs::create_dir_all(dir).expect("the story's servers can be worked with");
        let count = places.len();
        let servers = places
            .into_iter()
            .enumerate()
            .map(|(index, place)| {
                let config = dir.join(format!("server-{index}.conf"));
                let store = dir.join(format!("store-{index}"));
                std::fs::write(&config, text(index, &place, &store, count))
                    .expect("the story's servers can be worked with");
                Server { config, place, child: None }
            })
            .collect();
        let mut servers = Self { servers };
        (0..count).for_each(|index| servers.restart(index));
        servers
    }

    /// The address of a ledger of this name on these servers.
    pub fn address(&self, name: &str) -> String {
        let hosts: Vec<String> = self.servers.iter().map(|server| server.place.reached.to_string()).collect();
        format!("nats://{}/{name}?replicas={}", hosts.join(","), self.servers.len())
    }

    /// The addresses of the servers, for a client without a node.
    pub fn urls(&self) -> Vec<String> {
        self.servers.iter().map(|server| format!("nats://{}", server.place.reached)).collect()
    }

    /// The same as what a ledger is opened with.
    pub fn cluster(&self, name: &str) -> ledger::Cluster {
        ledger::Cluster::parse(&self.address(name)).expect("the story's servers can be worked with")
    }

    /// Starts a server that is not running, with what it had stored.
    #[expect(
        clippy::disallowed_methods,
        reason = "the story needs real servers, and knows one by its open port"
    )]
    pub fn restart(&mut self, index: usize) {
        let server = &mut self.servers[index];
        let log = std::fs::File::create(server.config.with_extension("log"))
            .expect("the story's servers can be worked with");
        let mut command = match &server.place.space {
            None => Command::new("nats-server"),
            Some(space) => {
                let mut command = Command::new("ip");
                command.args(["netns", "exec", space, "nats-server"]);
                command
            }
        };
        let child = command
            .arg("-c")
            .arg(&server.config)
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("nats-server runs; install it, on Debian with: apt-get install nats-server");
        server.child = Some(child);
        for _ in 0..400 {
            if std::net::TcpStream::connect_timeout(&server.place.reached, Duration::from_secs(1)).is_ok() {
                return;
            }
            sleep(Duration::from_millis(25));
        }
        panic!("the server did not open its port: {}", server.config.with_extension("log").display());
    }

    /// Ends a server as a power cut does: it is told nothing.
    pub fn kill(&mut self, index: usize) {
        if let Some(mut child) = self.servers[index].child.take() {
            child.kill().expect("the story's servers can be worked with");
            child.wait().expect("the story's servers can be worked with");
        }
    }

    /// Stops a server in the middle of what it does; its connections stay open.
    pub fn pause(&self, index: usize) {
        self.signal(index, "STOP");
    }

    /// Lets it go on.
    pub fn resume(&self, index: usize) {
        self.signal(index, "CONT");
    }

    #[expect(clippy::disallowed_methods, reason = "signals are sent by the program for it")]
    fn signal(&self, index: usize, signal: &str) {
        let pid = self.servers[index].child.as_ref().expect("a running server").id();
        assert!(
            Command::new("kill")
                .arg(format!("-{signal}"))
                .arg(pid.to_string())
                .status()
                .expect("the story's servers can be worked with")
                .success()
        );
    }

    /// The index of a server by the name it gives itself.
    pub fn index(name: &str) -> usize {
        name.trim_start_matches('s').parse().expect("the story's servers can be worked with")
    }

    /// Whether the bytes lie anywhere in what the servers store.
    pub fn hold(&self, needle: &[u8]) -> bool {
        (0..self.servers.len()).any(|index| lies(&self.store(index), needle))
    }

    /// Whether the bytes lie in the streams of one server; its Raft logs are not looked at.
    pub fn streams_hold(&self, index: usize, needle: &[u8]) -> bool {
        lies(&self.store(index).join("jetstream/$G"), needle)
    }

    fn store(&self, index: usize) -> PathBuf {
        self.servers[index].config.with_file_name(format!("store-{index}"))
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        for server in &mut self.servers {
            if let Some(child) = &mut server.child {
                drop(child.kill());
                drop(child.wait());
            }
        }
    }
}

/// Whether the bytes, which must be ASCII, lie in any file below the folder.
pub fn lies(dir: &Path, needle: &[u8]) -> bool {
    let needle = String::from_utf8_lossy(needle);
    files(dir).iter().any(|file| {
        let content = std::fs::read(file).unwrap_or_default();
        String::from_utf8_lossy(&content).contains(&*needle)
    })
}

/// The configuration of one of `count` servers.
fn text(index: usize, place: &Place, store: &Path, count: usize) -> String {
    let routes: Vec<String> = place.routes.iter().map(|route| format!("nats://{route}")).collect();
    let cluster = format!(
        "cluster {{ name: story, listen: \"{}\", no_advertise: true, routes: [{}] }}\n",
        place.cluster,
        routes.join(", ")
    );
    format!(
        "server_name: s{index}\nlisten: \"{}\"\njetstream {{ store_dir: \"{}\" }}\n{}",
        place.listen,
        store.display(),
        if count > 1 { cluster.as_str() } else { "" },
    )
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Ports that were free a moment ago.
fn free_ports(count: usize) -> Vec<u16> {
    let held: Vec<TcpListener> = (0..count)
        .map(|_| TcpListener::bind("127.0.0.1:0").expect("the story's servers can be worked with"))
        .collect();
    held.iter()
        .map(|listener| listener.local_addr().expect("the story's servers can be worked with").port())
        .collect()
}
