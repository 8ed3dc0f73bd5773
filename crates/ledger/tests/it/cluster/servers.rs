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
    port: u16,
    child: Option<Child>,
}

impl Servers {
    /// One server, which keeps one copy.
    pub fn one(dir: &Path) -> Self {
        Self::start(dir, 1)
    }

    /// Three servers, which keep three copies.
    pub fn three(dir: &Path) -> Self {
        Self::start(dir, 3)
    }

    fn start(dir: &Path, count: usize) -> Self {
        std::fs::create_dir_all(dir).expect("the story's servers can be worked with");
        let ports = free_ports(2 * count);
        let routes: Vec<String> =
            ports[count..].iter().map(|port| format!("nats://127.0.0.1:{port}")).collect();
        let servers = (0..count)
            .map(|index| {
                let config = dir.join(format!("server-{index}.conf"));
                let cluster = format!(
                    "cluster {{ name: story, listen: \"127.0.0.1:{}\", routes: [{}] }}\n",
                    ports[count + index],
                    routes.join(", ")
                );
                let text = format!(
                    "server_name: s{index}\nlisten: \"127.0.0.1:{}\"\njetstream {{ store_dir: \"{}\" }}\n{}",
                    ports[index],
                    dir.join(format!("store-{index}")).display(),
                    if count > 1 { cluster.as_str() } else { "" },
                );
                std::fs::write(&config, text).expect("the story's servers can be worked with");
                Server { config, port: ports[index], child: None }
            })
            .collect();
        let mut servers = Self { servers };
        (0..count).for_each(|index| servers.restart(index));
        servers
    }

    /// The address of a ledger of this name on these servers.
    pub fn address(&self, name: &str) -> String {
        let hosts: Vec<String> =
            self.servers.iter().map(|server| format!("127.0.0.1:{}", server.port)).collect();
        format!("nats://{}/{name}?replicas={}", hosts.join(","), self.servers.len())
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
        let child = Command::new("nats-server")
            .arg("-c")
            .arg(&server.config)
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("nats-server runs; install it, on Debian with: apt-get install nats-server");
        server.child = Some(child);
        let address = SocketAddr::from(([127, 0, 0, 1], server.port));
        for _ in 0..400 {
            if std::net::TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok() {
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
        self.servers.iter().enumerate().any(|(index, server)| {
            let store = server.config.with_file_name(format!("store-{index}"));
            files(&store).iter().any(|file| {
                let content = std::fs::read(file).unwrap_or_default();
                content.windows(needle.len()).any(|window| window == needle)
            })
        })
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
