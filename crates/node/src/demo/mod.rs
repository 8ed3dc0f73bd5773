//! `entente demo`: two nodes on loopback that signed a working arrangement, and a story that moves.

mod duty;
mod proof;
mod script;
mod stage;
mod watching;

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Args;
use desk::edge;

use proof::prove;
use stage::{Node, Stage};

use crate::signals::Signals;

/// Runs two linked nodes with a story of our own writing.
#[derive(Debug, Args)]
pub struct Demo {
    /// Play the whole story at once, prove I1 and I3 over both nodes, and exit
    #[arg(long)]
    once: bool,
    /// Print one JSON line when the nodes are ready, instead of text
    #[arg(long)]
    json: bool,
    /// Say nothing but what was asked for
    #[arg(long)]
    quiet: bool,
    /// The first of four loopback ports: EU console, US console, EU link, US link
    #[arg(long, default_value_t = 8600)]
    port_base: u16,
    /// Keep the data in this folder (it must not exist) instead of a temporary one
    #[arg(long)]
    keep: Option<std::path::PathBuf>,
}

impl Demo {
    /// Runs until interrupted, or to the end of the story with `--once`.
    pub async fn run(self) -> Result<()> {
        let folder = Folder::make(self.keep.clone())?;
        let stage = Stage::set(folder.path(), self.port_base).await?;
        script::open(&stage).await?;
        if self.once {
            return self.play_once(stage).await;
        }
        stage.serve()?;
        let mut signals = Signals::caught()?;
        self.announce(&stage)?;
        let playing = tokio::spawn(script::play(
            Arc::clone(&stage.eu.intaker),
            Arc::clone(&stage.us.intaker),
            stage.cast(),
        ));
        signals.first().await;
        playing.abort();
        stage.strike().await;
        Ok(())
    }

    async fn play_once(self, stage: Stage) -> Result<()> {
        script::rush(&stage).await?;
        stage.settle(Duration::from_secs(60)).await?;
        let report = prove(&stage)?;
        if self.json {
            println!("{}", serde_json::to_string(&report)?);
        } else {
            println!("{}", report.text());
        }
        stage.strike().await;
        anyhow::ensure!(report.holds(), "the story ended with a broken invariant; see above");
        Ok(())
    }

    fn announce(&self, stage: &Stage) -> Result<()> {
        let mut out = std::io::stdout().lock();
        if self.json {
            writeln!(out, "{}", serde_json::json!({ "nodes": [card(&stage.eu), card(&stage.us)] }))?;
        } else if !self.quiet {
            writeln!(out, "{}", playbill(stage))?;
        }
        out.flush()?;
        Ok(())
    }
}

fn card(node: &Node) -> serde_json::Value {
    serde_json::json!({
        "party": node.short,
        "url": node.url(),
        "taxii": format!("{}/taxii2/", node.url()),
        "user": stage::USER,
        "password": node.password,
        "consumer": stage::CONSUMER,
        "token": node.token(),
    })
}

fn playbill(stage: &Stage) -> String {
    let (eu, us) = (&stage.eu, &stage.us);
    let started = edge::now();
    format!(
        "\
Entente demo, started {started:.0}: two nodes, one signed working arrangement, real STIX content flowing under it.

  EU  {eu_url}   user {user}   password {eu_password}
  US  {us_url}   user {user}   password {us_password}
  TAXII 2.1 on both: <url>/taxii2/   consumer {consumer}   EU token {eu_token}

Five things to try
  1. Open both consoles side by side; sightings and new indicators arrive for about four minutes.
  2. Objects, any AMBER+STRICT one: \"Who received it, and why not\" gives the reason, in English and French.
  3. Agreements, working-arrangement: the text, the grants, both signatures. Withdraw it, and the flow stops.
  4. Ledger: look up a record; its inclusion proof is checked against the signed checkpoint.
  5. curl -u {consumer}:{eu_token} {eu_url}/taxii2/working-arrangement/collections/objects/objects/?limit=2

Ctrl-C ends the demo and removes its data.",
        eu_url = eu.url(),
        us_url = us.url(),
        user = stage::USER,
        consumer = stage::CONSUMER,
        eu_password = eu.password,
        us_password = us.password,
        eu_token = eu.token(),
    )
}

/// The data folder: temporary unless the visitor wants to keep it.
struct Folder {
    path: std::path::PathBuf,
    temporary: bool,
}

impl Folder {
    fn make(keep: Option<std::path::PathBuf>) -> Result<Self> {
        let temporary = keep.is_none();
        let path =
            keep.unwrap_or_else(|| std::env::temp_dir().join(format!("entente-demo-{}", edge::uuid())));
        anyhow::ensure!(!path.exists(), "{} exists already; choose a new folder", path.display());
        std::fs::create_dir_all(&path).with_context(|| format!("cannot make {}", path.display()))?;
        Ok(Self { path, temporary })
    }

    fn path(&self) -> &std::path::Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.temporary {
            let _ = std::fs::remove_dir_all(&self.path); // best effort: it lies in the temporary folder anyway
        }
    }
}
