//! The configuration: one TOML, unknown keys refused with their position, secrets by path.
//!
//! The text of each key is written once, as the documentation of its field; `config example` prints it.

mod cluster;
mod limits;
mod notices;
mod place;
mod sections;
mod values;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::Deserialize;

pub use cluster::Ledger;
pub use limits::Limits;
pub use notices::{Mail, Webhook};
pub use place::{DEFAULT_FILE, VARIABLE};
pub use sections::{Http, Link, Log, LogFormat, Notify, Outbound, Party, Sso};
pub use values::LinkPeer;

use crate::exit::Ending;

/// Larger than any configuration, small enough to read at once.
const MAX_BYTES: u64 = 1 << 20;

/// Everything the file says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the node keeps everything.
    pub data_dir: PathBuf,
    /// Who the party is.
    pub party: Party,
    /// Where the ledger lives, when one machine is not enough.
    #[serde(default)]
    pub ledger: Ledger,
    /// Console, API and TAXII.
    #[serde(default)]
    pub http: Http,
    /// Single sign-on.
    #[serde(default)]
    pub sso: Sso,
    /// Links to other nodes.
    #[serde(default)]
    pub link: Link,
    /// HTTP to others.
    #[serde(default)]
    pub outbound: Outbound,
    /// What is pulled from others while the node runs.
    #[serde(default)]
    pub pull: Vec<crate::pulling::PullFrom>,
    /// Duties to report.
    #[serde(default)]
    pub notify: Notify,
    /// Notices by mail.
    #[serde(default)]
    pub mail: Mail,
    /// Notices by webhook.
    #[serde(default)]
    pub webhook: Webhook,
    /// Upper bounds.
    #[serde(default)]
    pub limits: Limits,
    /// Logs.
    #[serde(default)]
    pub log: Log,
}

impl Config {
    /// Reads and checks the file that `--config` or the environment names, else the one in this folder.
    pub fn load(named: Option<&Path>) -> Result<Self> {
        let path = place::find(named);
        let shown = path.display();
        let size = std::fs::metadata(&path).map(|file| file.len()).map_err(|cause| {
            Ending::usage(format!(
                "cannot read the configuration {shown}: {cause}; name it with --config or {VARIABLE}, \
                 or begin with `entente config example > {DEFAULT_FILE}`"
            ))
        })?;
        if size > MAX_BYTES {
            return Err(Ending::usage(format!(
                "{shown} is longer than {MAX_BYTES} bytes; it is not a configuration"
            )));
        }
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {shown}"))?;
        let mut config =
            Self::parse(&text).map_err(|cause| cause.context(format!("{shown} is not usable")))?;
        config.resolve(path.parent().unwrap_or(Path::new(".")));
        Ok(config)
    }

    /// Reads and checks the text of a configuration.
    pub fn parse(text: &str) -> Result<Self> {
        // The error of the parser shows line, column and the line itself.
        let mut config: Self = toml::from_str(text).map_err(|error| Ending::usage(error.to_string()))?;
        for peer in &mut config.link.peers {
            peer.line = values::line_of(text, peer.party.span().start);
        }
        config.check()?;
        Ok(config)
    }

    /// What the types alone cannot say.
    fn check(&self) -> Result<()> {
        self.party.check()?;
        if self.http.tls_cert.is_some() != self.http.tls_key.is_some() {
            return Err(Ending::usage("[http] tls_cert and tls_key go together; set both or none"));
        }
        if !self.http.has_tls() && !self.http.listen.ip().is_loopback() {
            return Err(Ending::usage(format!(
                "[http] listen = \"{}\" can be reached from outside and has no TLS; set tls_cert and tls_key, \
                 or listen on 127.0.0.1 behind a proxy that speaks TLS",
                self.http.listen
            )));
        }
        if let Some(address) = self.http.metrics_listen.filter(|address| !address.ip().is_loopback()) {
            return Err(Ending::usage(format!(
                "[http] metrics_listen = \"{address}\" must be a loopback address"
            )));
        }
        self.sso.check(self.http.public_url.as_ref())?;
        self.link.check()?;
        self.ledger.check()?;
        self.notify.check()?;
        self.mail.check()?;
        for (n, from) in self.pull.iter().enumerate() {
            from.check().map_err(|error| Ending::usage(format!("[[pull]] number {}: {error}", n + 1)))?;
        }
        self.limits.check()
    }

    /// Relative paths count from the folder of the file, wherever the command is run.
    fn resolve(&mut self, base: &Path) {
        let at = |path: &mut PathBuf| *path = base.join(&*path);
        at(&mut self.data_dir);
        self.ledger.resolve(base);
        self.http.tls_cert.as_mut().map(at);
        self.http.tls_key.as_mut().map(at);
        self.sso.client_secret_file.as_mut().map(at);
        self.outbound.ca_file.as_mut().map(at);
        self.mail.password_file.as_mut().map(at);
        self.mail.ca_file.as_mut().map(at);
        for from in &mut self.pull {
            from.resolve(base);
        }
    }

    /// The folder of the realm of reality.
    pub fn folder(&self) -> PathBuf {
        self.data_dir.join("real")
    }

    /// What peers dial, as the card says it.
    pub fn link_address(&self) -> Option<String> {
        let listen = |address: SocketAddr| (!address.ip().is_unspecified()).then(|| address.to_string());
        self.link.address.clone().or_else(|| self.link.listen.and_then(listen))
    }
}

/// One section for each source; there is no default.
const PULL_EXAMPLE: &str = "
# A TAXII 2.1 collection of somebody else that the node pulls while it runs; one section for each. The keys are those of
# `entente exchange pull`.
# [[pull]]
# The server's discovery, API root or collection.
# url = \"https://taxii.example/taxii2/\"
# The collection by id, alias or title; not needed when there is only one.
# collection = \"indicators\"
# The marking of objects that carry none; without it they go nowhere.
# marking = \"GREEN\"
# The agreements to publish under, and named recipients of TLP:RED.
# under = [\"pilot\"]
# to = []
# A file with a token, or a name and a file with its password; readable by the owner alone.
# token_file = \"secrets/taxii.token\"
# user = \"ecsc\"
# password_file = \"secrets/taxii.password\"
# Only these STIX types; none means all.
# match_type = []
# Objects on a page.
# page_objects = 5_000
# Seconds between two walks.
# every_s = 300
";

/// A complete example with the documentation of every key.
pub fn example() -> String {
    let mut text = format!(
        "# Configuration of an Entente node. Written by `entente config example`; every key is shown with its\n\
         # default or, where it has none, with an example. Unknown keys are refused.\n\
         # Looked for in --config, then {VARIABLE}, then ./{DEFAULT_FILE}.\n\n\
         # Where the node keeps ledger, views, keys and accounts; relative to the folder of this file.\n\
         data_dir = \"data\"\n"
    );
    text.push_str(&Party::example("party"));
    text.push_str(&Ledger::example("ledger"));
    text.push_str(&Http::example("http"));
    text.push_str(&Sso::example("sso"));
    text.push_str(&Link::example("link"));
    text.push_str(&Outbound::example("outbound"));
    text.push_str(PULL_EXAMPLE);
    text.push_str(&Notify::example("notify"));
    text.push_str(&Mail::example("mail"));
    text.push_str(&Webhook::example("webhook"));
    text.push_str(&Limits::example("limits"));
    text.push_str(&Log::example("log"));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_a_configuration_and_names_every_default() {
        let config = Config::parse(&example()).expect("the example reads");
        assert_eq!(format!("{:?}", config.ledger), format!("{:?}", Ledger::default()));
        assert_eq!(format!("{:?}", config.http), format!("{:?}", Http::default()));
        assert_eq!(format!("{:?}", config.outbound), format!("{:?}", Outbound::default()));
        assert_eq!(format!("{:?}", config.notify), format!("{:?}", Notify::default()));
        assert_eq!(format!("{:?}", config.mail), format!("{:?}", Mail::default()));
        assert_eq!(format!("{:?}", config.webhook), format!("{:?}", Webhook::default()));
        assert_eq!(format!("{:?}", config.limits), format!("{:?}", Limits::default()));
        assert_eq!(format!("{:?}", config.log), format!("{:?}", Log::default()));
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_place() {
        let text = example().replace("[http]\n", "[http]\nlissen = 1\n");
        let error = Config::parse(&text).expect_err("refused").to_string();
        assert!(error.contains("lissen") && error.contains("line "), "{error}");
    }

    #[test]
    fn an_open_door_without_tls_is_refused() {
        let text = example().replace("\"127.0.0.1:8600\"", "\"0.0.0.0:8600\"");
        let error = Config::parse(&text).expect_err("refused").to_string();
        assert!(error.contains("TLS"), "{error}");
    }

    const PARTY: &str = "party:00000000000000000000000000000000";

    #[test]
    fn a_peer_with_a_bad_address_or_named_twice_is_refused_with_its_line() {
        let with = |peers: &str| Config::parse(&format!("{}\n{peers}", example()));
        let peer = |address: &str| format!("[[link.peers]]\nparty = \"{PARTY}\"\naddress = \"{address}\"\n");
        let error = with(&peer("no port")).expect_err("refused").to_string();
        assert!(
            error.contains("no port") && error.contains("host:port") && error.contains("line "),
            "{error}"
        );
        let good = with(&peer("10.1.2.3:8602")).expect("read");
        assert_eq!(good.link.peers.len(), 1);
        let twice = with(&peer("10.1.2.3:8602").repeat(2)).expect_err("refused").to_string();
        assert!(twice.contains(&format!("line {}", good.link.peers[0].line + 3)), "{twice}");
        assert!(with("[[link.peers]]\nparty = \"ecsc\"\naddress = \"a:1\"\n").is_err());
    }

    #[test]
    fn a_network_that_is_none_is_refused_with_its_place() {
        let text = example().replace("allow = []", "allow = [\"10.0.0.0/33\"]");
        let error = Config::parse(&text).expect_err("refused").to_string();
        assert!(error.contains("10.0.0.0/33") && error.contains("line "), "{error}");
    }

    #[test]
    fn the_example_of_a_pull_names_every_key_and_reads() {
        let keys = PULL_EXAMPLE.lines().filter_map(|line| {
            let key = line.strip_prefix("# ")?.split_once(" = ")?.0;
            (!key.contains(' ')).then_some(key)
        });
        assert_eq!(keys.count(), 11);
        let text: String = PULL_EXAMPLE
            .lines()
            .filter(|line| line.contains(" = ") || line.contains("[["))
            .map(|line| format!("{}\n", line.trim_start_matches("# ")))
            .collect();
        // Both ways to sign in at once is what the check refuses.
        let both = Config::parse(&format!("{}\n{text}", example())).expect_err("refused").to_string();
        assert!(both.contains("number 1") && both.contains("token_file"), "{both}");
        let one = text.lines().filter(|line| !line.starts_with("token_file")).collect::<Vec<_>>().join("\n");
        assert_eq!(Config::parse(&format!("{}\n{one}", example())).expect("read").pull.len(), 1);
    }
}
