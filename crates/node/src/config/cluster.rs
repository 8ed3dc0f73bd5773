//! `[ledger]`: the cluster that holds the ledger of a party that has outgrown one machine.

use std::path::{Path, PathBuf};

use anyhow::Result;
use ledger::{Cluster, ClusterTls};
use serde::Deserialize;

use super::Config;
use super::sections::{all_default, section};
use crate::exit::Ending;
use crate::secret;

section! {
    /// Where the ledger lives. Without a URL: in the data folder. With one: in a cluster of NATS JetStream servers, which
    /// several nodes of this party use together; see docs/operate/cluster.md.
    Ledger {
        /// The servers and the name of the ledger: `nats://host:4222,host:4222/name`, or tls://…. `?replicas=1` for one
        /// server without copies.
        #[serde(default)]
        url: Option<String> = "# \"tls://10.0.0.1,10.0.0.2,10.0.0.3/ecsc\"",
        /// The user at the servers, and a file with its password, readable by the owner alone.
        #[serde(default)]
        user: Option<String> = "# \"entente\"",
        /// See `user`.
        #[serde(default)]
        password_file: Option<PathBuf> = "# \"secrets/nats.password\"",
        /// The certificate authorities of the servers, in PEM; without it those of the system.
        #[serde(default)]
        ca_file: Option<PathBuf> = "# \"tls/nats-ca.pem\"",
        /// Our certificate and its key in PEM, when the servers ask for one.
        #[serde(default)]
        cert_file: Option<PathBuf> = "# \"tls/nats.pem\"",
        /// See `cert_file`.
        #[serde(default)]
        key_file: Option<PathBuf> = "# \"tls/nats-key.pem\"",
    }
}

all_default!(Ledger);

impl Ledger {
    pub(super) fn check(&self) -> Result<()> {
        let bad = |text: &str| Err(Ending::usage(format!("[ledger] {text}")));
        if self.user.is_some() != self.password_file.is_some() {
            return bad("user and password_file go together; set both or none");
        }
        if self.cert_file.is_some() != self.key_file.is_some() {
            return bad("cert_file and key_file go together; set both or none");
        }
        let Some(url) = &self.url else {
            let alone = self.user.is_none() && self.ca_file.is_none() && self.cert_file.is_none();
            return if alone { Ok(()) } else { bad("names no url; set one, or remove the other keys") };
        };
        let cluster = Cluster::parse(url).map_err(|error| Ending::usage(format!("[ledger] url: {error}")))?;
        if cluster.tls.is_none() && (self.ca_file.is_some() || self.cert_file.is_some()) {
            return bad("ca_file and cert_file are for TLS; write tls:// in the url");
        }
        Ok(())
    }

    pub(super) fn resolve(&mut self, base: &Path) {
        let files = [&mut self.password_file, &mut self.ca_file, &mut self.cert_file, &mut self.key_file];
        for path in files.into_iter().flatten() {
            *path = base.join(&*path);
        }
    }
}

impl Config {
    /// The same configuration on the ledger that the command line names, if it names one.
    pub fn on(mut self, url: Option<String>) -> Self {
        self.ledger.url = url.or(self.ledger.url);
        self
    }

    /// The cluster that holds the ledger, with its secrets.
    pub fn cluster(&self) -> Result<Option<Cluster>> {
        let Some(url) = &self.ledger.url else { return Ok(None) };
        let mut cluster =
            Cluster::parse(url).map_err(|error| Ending::usage(format!("the url of the ledger: {error}")))?;
        if let (Some(user), Some(file)) = (&self.ledger.user, &self.ledger.password_file) {
            cluster.login = Some((user.clone(), secret::read(file)?));
        }
        if let Some(tls) = &mut cluster.tls {
            let identity = self.ledger.cert_file.clone().zip(self.ledger.key_file.clone());
            *tls = ClusterTls { ca_file: self.ledger.ca_file.clone(), identity };
        }
        Ok(Some(cluster))
    }
}
