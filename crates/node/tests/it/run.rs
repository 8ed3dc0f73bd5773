//! A node that runs, and commands beside it.
#![expect(clippy::disallowed_methods, reason = "these tests speak HTTP to the binary and end it by a signal")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use crate::node::Node;

/// A running node; ended with the value.
pub struct Running {
    child: Child,
    pub address: String,
    /// Where the listener for probes and metrics is, if it has one of its own.
    pub metrics: Option<String>,
}

impl Running {
    pub fn start(node: &Node) -> Self {
        Self::of(node, node.command(&["serve"]))
    }

    /// The same with a command of the caller's.
    pub fn of(node: &Node, mut command: Command) -> Self {
        let config = std::fs::read_to_string(node.path("entente.toml")).expect("read");
        if !config.contains("[log]") {
            node.write("entente.toml", &format!("{config}[log]\nformat = \"json\"\n"));
        }
        let mut child = command.stderr(Stdio::piped()).spawn().expect("it starts");
        let lines = BufReader::new(child.stderr.take().expect("its log")).lines();
        let serving = lines
            .map_while(Result::ok)
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(&line).ok())
            .find(|line| line["http"].is_string())
            .expect("it says where it serves");
        let at = |name: &str| serving[name].as_str().map(str::to_owned);
        Self { child, address: at("http").unwrap_or_default(), metrics: at("metrics") }
    }

    pub fn get(&self, path: &str) -> String {
        self.get_in("en", path)
    }

    /// The same in the language of the reader.
    pub fn get_in(&self, language: &str, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("connected");
        let head = format!("Host: {}\r\nAccept-Language: {language}\r\nConnection: close", self.address);
        write!(stream, "GET {path} HTTP/1.1\r\n{head}\r\n\r\n").expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        answer
    }

    /// Ends it at once, as a power cut does to a process (SIGKILL).
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("it ends");
    }

    pub fn stop(mut self) {
        self.terminate();
        assert!(self.child.wait().expect("it ends").success());
    }

    /// Tells it to stop, and does not wait.
    pub fn terminate(&self) {
        self.signal("TERM");
    }

    /// Sends it a signal by its name without SIG.
    pub fn signal(&self, name: &str) {
        let (name, pid) = (format!("-{name}"), self.child.id().to_string());
        assert!(Command::new("kill").args([name, pid]).status().expect("kill runs").success());
    }
}

/// The process.
impl Running {
    pub fn process(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill(); // gone already when it was stopped
        let _ = self.child.wait();
    }
}

#[test]
fn a_running_node_answers_lets_others_read_and_stops_on_a_signal() {
    let node = Node::made("ecsc");
    let running = Running::start(&node);
    assert!(running.get("/health").starts_with("HTTP/1.1 200"));
    assert!(running.get("/ready").starts_with("HTTP/1.1 200"));
    assert!(running.get("/login").contains("<form"));
    assert!(running.get("/taxii2/").starts_with("HTTP/1.1 401"));
    assert!(running.get("/api/v1/openapi.json").contains("/api/v1/parties"));
    let metrics = running.get("/metrics");
    assert!(metrics.contains("entente_ledger_arrived 2") && metrics.contains("gate=\"taxii\""), "{metrics}");

    node.run(&["ledger", "verify"]).well();
    node.run(&["party", "list"]).well();
    node.run(&["doctor"]).well();
    node.run(&["account", "list"]).well();
    node.run(&["backup", &node.arg("saved")]).well();
    let (card, fingerprint) = node.card();
    let busy = node.run(&["party", "trust", &card, "--fingerprint", &fingerprint]);
    assert_eq!(busy.code, 4, "{}", busy.err);
    assert!(busy.err.contains("a node is running"), "{}", busy.err);
    assert_eq!(node.run(&["views", "rebuild"]).code, 4);
    running.stop();
    node.run(&["views", "rebuild", "--compare"]).well();
}

#[test]
fn a_listener_with_a_certificate_speaks_tls_and_its_key_must_be_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let node = Node::made("ecsc");
    // The link certificate serves as any other: certificate and key in PEM.
    let pem = std::fs::read_to_string(node.path("data/real/keys/link.pem")).expect("the certificate");
    node.write("tls.pem", &pem);
    let config = std::fs::read_to_string(node.path("entente.toml")).expect("read");
    node.write("entente.toml", &format!("{config}tls_cert = \"tls.pem\"\ntls_key = \"tls.pem\"\n"));
    let exposed = node.run(&["config", "check"]);
    assert_eq!(exposed.code, 2, "{}", exposed.err);
    std::fs::set_permissions(node.path("tls.pem"), std::fs::Permissions::from_mode(0o600)).expect("chmod");
    node.run(&["config", "check"]).well();
    let running = Running::start(&node);
    let mut stream = TcpStream::connect(&running.address).expect("connected");
    // The head of a TLS 1.2 record with a truncated ClientHello: only a TLS listener answers it with an alert.
    stream.write_all(&[22, 3, 1, 0, 4, 1, 0, 0, 0]).expect("sent");
    let mut head = [0; 1];
    stream.read_exact(&mut head).expect("answered");
    assert_eq!(head[0], 21, "expected a TLS alert");
    running.stop();
}
