//! Where a cluster's ledger lives and how it is reached: `nats://host:4222,host:4222/name?replicas=3`.

use std::fmt;
use std::path::PathBuf;

/// How a cluster is reached, and what its ledger is called there.
#[derive(Clone, PartialEq, Eq)]
pub struct Cluster {
    /// `host:port` of each server; any of them will do, the others are learned.
    pub servers: Vec<String>,
    /// The name of the ledger: its streams are called after it, so that several parties can share servers.
    pub name: String,
    /// Copies of every message that a new stream keeps; the majority must be up for writing.
    pub replicas: usize,
    /// User and password.
    pub login: Option<(String, String)>,
    /// TLS, with what is trusted and shown.
    pub tls: Option<ClusterTls>,
}

/// TLS towards the servers of a cluster.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClusterTls {
    /// Certificate authorities in PEM; those of the system when there is none.
    pub ca_file: Option<PathBuf>,
    /// Our certificate and its key in PEM, when the servers ask for one.
    pub identity: Option<(PathBuf, PathBuf)>,
}

/// Why an address is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Another scheme.
    #[error("`{0}` does not begin with nats:// or tls://; write nats://host:4222,host:4222/name")]
    Scheme(String),
    /// A login in the address would end in logs and process lists.
    #[error("the address of the cluster holds a login; put it into `[ledger]` as `user` and `password_file`")]
    Login,
    /// No host.
    #[error("`{0}` names no server; write nats://host:4222,host:4222/name")]
    NoServer(String),
    /// A name that cannot be part of a subject.
    #[error("`{0}` cannot name a ledger; use up to 64 letters, digits and dashes, beginning with a letter")]
    Name(String),
    /// Not a number of copies.
    #[error("replicas must be 1, 3 or 5, not `{0}`")]
    Replicas(String),
    /// Nothing else is known.
    #[error("`{0}` is not known in the address of a cluster; only replicas is")]
    Unknown(String),
}

impl Cluster {
    /// Reads an address. Without a name the ledger is called `entente`; without a number, three copies are kept.
    pub fn parse(address: &str) -> Result<Self, AddressError> {
        let (secure, rest) = match (address.strip_prefix("nats://"), address.strip_prefix("tls://")) {
            (Some(rest), _) => (false, rest),
            (None, Some(rest)) => (true, rest),
            (None, None) => return Err(AddressError::Scheme(address.to_owned())),
        };
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (hosts, name) = rest.split_once('/').unwrap_or((rest, ""));
        if hosts.contains('@') {
            return Err(AddressError::Login);
        }
        let servers: Vec<String> = hosts.split(',').filter(|host| !host.is_empty()).map(with_port).collect();
        if servers.is_empty() {
            return Err(AddressError::NoServer(address.to_owned()));
        }
        let name = if name.is_empty() { "entente" } else { name };
        if !is_name(name) {
            return Err(AddressError::Name(name.to_owned()));
        }
        let tls = secure.then(ClusterTls::default);
        Ok(Self { servers, name: name.to_owned(), replicas: replicas(query)?, login: None, tls })
    }

    /// The address without login, as it may be shown.
    pub fn address(&self) -> String {
        let scheme = if self.tls.is_some() { "tls" } else { "nats" };
        format!("{scheme}://{}/{}", self.servers.join(","), self.name)
    }
}

impl fmt::Debug for Cluster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}?replicas={}", self.address(), self.replicas)
    }
}

fn with_port(host: &str) -> String {
    let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    if has_port { host.to_owned() } else { format!("{host}:4222") }
}

fn is_name(name: &str) -> bool {
    name.len() <= 64
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
}

fn replicas(query: &str) -> Result<usize, AddressError> {
    let Some((key, value)) = query.split_once('=').or((!query.is_empty()).then_some((query, ""))) else {
        return Ok(3);
    };
    if key != "replicas" {
        return Err(AddressError::Unknown(key.to_owned()));
    }
    match value.parse() {
        Ok(count @ (1 | 3 | 5)) => Ok(count),
        _ => Err(AddressError::Replicas(value.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_servers_ledger_and_copies() {
        let cluster = Cluster::parse("nats://a:4301,b,[::1]:4222/cert-eu?replicas=5").expect("an address");
        assert_eq!(cluster.servers, ["a:4301", "b:4222", "[::1]:4222"]);
        assert_eq!((cluster.name.as_str(), cluster.replicas, cluster.tls), ("cert-eu", 5, None));
        let short = Cluster::parse("tls://a").expect("an address");
        assert_eq!((short.name.as_str(), short.replicas), ("entente", 3));
        assert_eq!(short.address(), "tls://a:4222/entente");
    }

    #[test]
    fn what_is_not_an_address_is_refused_with_what_to_write() {
        let refused = |address| Cluster::parse(address).expect_err("refused").to_string();
        assert!(refused("http://a").contains("nats://host:4222"));
        assert!(refused("nats:///x").contains("names no server"));
        assert!(refused("nats://me:secret@a/x").contains("password_file"));
        assert!(refused("nats://a/x.y").contains("cannot name a ledger"));
        assert!(refused("nats://a/x?replicas=2").contains("1, 3 or 5"));
        assert!(refused("nats://a/x?sync=1").contains("only replicas"));
        assert!(!refused("nats://me:secret@a/x").contains("secret"));
    }
}
