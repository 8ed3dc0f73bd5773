//! Two parties with a signed agreement, made by the command line as an operator would make them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::client::{Client, Target};
use crate::edge;

/// The two parties, and the ports of their nodes for HTTP and links, from the first one on.
const PARTIES: [(&str, &str, u16, u16); 2] = [("eu", "EU", 0, 1), ("us", "US", 2, 3)];
/// The first port of a short measurement.
const PORT: u16 = 8790;

/// Two parties that share everything up to TLP:AMBER.
pub struct Pair {
    binary: PathBuf,
    port: u16,
    folder: tempfile::TempDir,
    behind: bool,
}

/// A running node.
pub struct Running {
    child: tokio::process::Child,
    target: Target,
}

impl Pair {
    pub fn signed(binary: &Path) -> Result<Self> {
        Self::signed_at(binary, PORT)
    }

    /// The same on six ports from `port` on.
    pub fn signed_at(binary: &Path, port: u16) -> Result<Self> {
        let binary = std::fs::canonicalize(binary)
            .with_context(|| format!("there is no {}; build it first", binary.display()))?;
        let pair = Self { binary, port, folder: tempfile::tempdir()?, behind: false };
        let mut fingerprints = Vec::new();
        for (party, side, http, link) in PARTIES {
            fingerprints.push(pair.init(party, side, http, link)?);
        }
        for (n, (party, ..)) in PARTIES.iter().enumerate() {
            let (other, ..) = PARTIES[1 - n];
            let card = pair.path(&format!("{other}.card"));
            pair.run(party, &["party", "trust", &card, "--fingerprint", &fingerprints[1 - n]])?;
        }
        std::fs::write(pair.folder.path().join("pilot.toml"), pair.agreement()?)?;
        pair.run("eu", &["accord", "propose", &pair.path("pilot.toml")])?;
        for (from, to) in [("eu", "us"), ("us", "eu")] {
            pair.run(from, &["accord", "sign", "pilot", "--signatory", "bench"])?;
            let file = pair.path(&format!("{from}.link"));
            pair.run(from, &["link", "export", "--for", to, &file])?;
            pair.run(to, &["link", "import", &file])?;
        }
        for (party, ..) in PARTIES {
            let consumer =
                ["--relation", "organisation", "--clearance", "red", "--agreement", "pilot", "--write"];
            let answer =
                pair.json(party, &[&["party", "consumer", "add", "bench"], &consumer[..]].concat())?;
            std::fs::write(pair.folder.path().join(format!("{party}.token")), text(&answer, "token")?)?;
        }
        Ok(pair)
    }

    /// Its nodes run only where this program leaves them a core.
    pub fn behind(self) -> Self {
        Self { behind: true, ..self }
    }

    fn init(&self, party: &str, side: &str, http: u16, link: u16) -> Result<String> {
        let (http, link, aside) = (self.port + http, self.port + link, self.aside(party));
        let folder = self.folder.path().join(party);
        std::fs::create_dir(&folder)?;
        let config = format!(
            "data_dir = \"data\"\n[party]\nshort = \"{party}\"\nname_en = \"{party}\"\nname_fr = \"{party}\"\n\
             side = \"{side}\"\nroles = [\"agency\"]\ncontact = \"bench\"\n[http]\nlisten = \"127.0.0.1:{http}\"\n\
             metrics_listen = \"127.0.0.1:{aside}\"\n[link]\nlisten = \"127.0.0.1:{link}\"\naddress = \"127.0.0.1:{link}\"\n[log]\nfilter = \"warn\"\n"
        );
        std::fs::write(folder.join("entente.toml"), config)?;
        self.run(party, &["init"])?;
        let (out, err) =
            self.run(party, &["party", "card", "export", &self.path(&format!("{party}.card"))])?;
        let said = format!("{out}{err}");
        let line = said.lines().find_map(|line| line.trim().strip_prefix("fingerprint"));
        Ok(line.context("the card has no fingerprint")?.trim().to_owned())
    }

    fn agreement(&self) -> Result<String> {
        let mut text = String::from(
            "id = \"agreement:0192f0c1-2f00-7000-8000-000000000001\"\nversion = 1\nname = \"pilot\"\n\
             title = { en = \"Pilot\", fr = \"Pilote\" }\ntext = { en = \"Both share.\", fr = \"Partage.\" }\n\
             active_from = \"2026-01-01T00:00:00Z\"\nactive_until = \"2046-01-01T00:00:00Z\"\n",
        );
        for (party, ..) in PARTIES {
            let shown = self.json("eu", &["party", "show", party])?;
            let id = self::text(&shown, "party")?;
            text.push_str(&format!("[[parties]]\nparty = \"{id}\"\nname = \"{party}\"\nrole = \"agency\"\n"));
        }
        text.push_str(
            "[[grants]]\nwhat = [\"everything\"]\nup_to = \"AMBER\"\nonward = \"as-marked\"\n\
             purpose = { en = \"Bench.\", fr = \"Mesure.\" }\n",
        );
        Ok(text)
    }

    /// The port on which a node answers probes on a thread of its own.
    pub fn aside(&self, party: &str) -> u16 {
        self.port + 4 + u16::from(party == "us")
    }

    /// Where a node keeps its files.
    pub fn data(&self, party: &str) -> PathBuf {
        self.folder.path().join(party).join("data/real")
    }

    /// Lets one more consumer read everything; returns its token.
    pub fn consumer(&self, party: &str, name: &str) -> Result<String> {
        let rights = ["--relation", "organisation", "--clearance", "red", "--agreement", "pilot"];
        let answer = self.json(party, &[&["party", "consumer", "add", name], &rights[..]].concat())?;
        text(&answer, "token")
    }

    /// Makes the account of an officer who may see everything; returns its password.
    pub fn officer(&self, party: &str, name: &str) -> Result<String> {
        let rights = ["account", "add", name, "--role", "officer", "--clearance", "red"];
        text(&self.json(party, &rights)?, "password")
    }

    /// Verifies the ledger of a stopped node, and compares its views with a rebuild.
    pub fn is_sound(&self, party: &str) -> Result<()> {
        self.run(party, &["ledger", "verify"])?;
        self.run(party, &["views", "rebuild", "--compare"]).map(drop)
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn run(&self, party: &str, arguments: &[&str]) -> Result<(String, String)> {
        let config = self.path(&format!("{party}/entente.toml"));
        let output = edge::run(&self.binary, &[&["--config", &config], arguments].concat())?;
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ok((text(output.stdout), text(output.stderr)))
    }

    fn json(&self, party: &str, arguments: &[&str]) -> Result<Value> {
        let (out, _) = self.run(party, &[arguments, &["--json"]].concat())?;
        Ok(serde_json::from_str(&out)?)
    }

    /// Starts a node and waits until it serves.
    pub async fn serve(&self, party: &str) -> Result<Running> {
        Ok(self.timed(party).await?.0)
    }

    /// The same, with the time from the start of the process to the first page of the collection.
    pub async fn timed(&self, party: &str) -> Result<(Running, Duration)> {
        let port = self.port + PARTIES[usize::from(party == "us")].2;
        let config = self.path(&format!("{party}/entente.toml"));
        let token = std::fs::read_to_string(self.folder.path().join(format!("{party}.token")))?;
        let begun = edge::now();
        let child = edge::start(&self.binary, &["--config", &config, "serve"], self.behind)?;
        let pid = child.id().context("the node ended at once")?;
        let collection = "/taxii2/pilot/collections/objects/".to_owned();
        let target = Target { port, pid, token, collection };
        let path = format!("{}objects/?limit=1", target.collection);
        while begun.elapsed() < Duration::from_secs(60) {
            if let Ok(mut client) = Client::connect(&target).await
                && client.get(&path).await.is_ok_and(|(head, _)| head.status() == 200)
            {
                return Ok((Running { child, target }, begun.elapsed()));
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        bail!("the node of {party} did not serve within a minute; run `entente doctor`")
    }
}

impl Running {
    pub fn target(&self) -> Target {
        self.target.clone()
    }

    /// Stops it and waits for its end.
    pub async fn stop(&mut self) -> Result<()> {
        edge::run(Path::new("kill"), &[&self.target.pid.to_string()])?;
        self.child.wait().await?;
        Ok(())
    }
}

fn text(answer: &Value, name: &str) -> Result<String> {
    Ok(answer[name].as_str().with_context(|| format!("the answer has no {name}: {answer}"))?.to_owned())
}
