//! `entente doctor`: disk, clock, keys, TLS, ledger, views, peers; each finding with what to do.

mod cluster;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use anyhow::Result;
use clap::Args;
use desk::links::{self, certificate};
use desk::outbound::Outbound;
use desk::{Desk, edge};
use ledger::keys::PartyKeys;
use ledger::{CheckpointNote, LogKey};
use model::{Realm, Timestamp};
use serde::Serialize;
use ui::{Locale, t};

use super::share::told;
use crate::config::Config;
use crate::dialled;
use crate::exit::Exit;
use crate::folder::{self, Reading};
use crate::print::Output;
use crate::pulling::PullFrom;
use crate::tls;

/// How to tell.
#[derive(Debug, Args)]
pub struct Doctor {
    /// The language in which it says why a link is stopped: en or fr
    #[arg(long, default_value = "en", value_parser = told::language)]
    lang: Locale,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Serialize)]
struct Finding {
    what: &'static str,
    good: bool,
    found: String,
    /// Empty when all is well.
    action: String,
}

#[derive(Debug, Serialize)]
struct Report {
    healthy: bool,
    findings: Vec<Finding>,
}

/// Less free space than this is a finding, bytes.
const LOW_BYTES: u64 = 1 << 30;
/// What is written to learn whether the disk takes it: a page of the ledger.
const PROBE_BYTES: usize = 16 << 10;
/// A clock may be so much behind the newest entry: NTP moves it by less.
const CLOCK_SLACK_S: i64 = 5;
/// A write-ahead log of more than this is a finding; it is started over at a tenth of it.
const MOST_LOG_BYTES: u64 = 512 << 20;
/// A clock before this day was never set.
const EARLIEST: &str = "2026-01-01T00:00:00Z";

impl Doctor {
    /// Examines; beside a running node too.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let folder = folder::exists(config)?;
        let mut findings = vec![disk(&folder), writes(&folder), clock(), keys(&folder), link_key(&folder)];
        findings.push(tls_files(config));
        findings.push(door("http", config.http.listen));
        findings.push(outbound(config));
        match Reading::open(config) {
            Ok(reading) => {
                findings.push(ledger(&reading));
                findings.extend(clock_behind(&reading));
                findings.extend(log_grown(&folder));
                findings.extend(cluster::findings(config, reading.ledger.folded()));
                findings.push(Finding::good("views", "they follow the ledger and show everything"));
                findings.extend(peers(&reading));
                findings.extend(dialled_elsewhere(config, &reading));
                findings.extend(config.pull.iter().map(|from| pulled(from, &reading)));
                findings.extend(stopped_links(&reading, self.lang));
            }
            Err(error) => findings.push(Finding::bad(
                "ledger and views",
                format!("{error:#}"),
                "run `entente ledger verify`; if it is sound run `entente views rebuild`, else restore a backup",
            )),
        }
        let report = Report { healthy: findings.iter().all(|finding| finding.good), findings };
        self.output.print(&report, text)?;
        Ok(if report.healthy { Exit::Ok } else { Exit::Failed })
    }
}

impl Finding {
    fn good(what: &'static str, found: impl Into<String>) -> Self {
        Self { what, good: true, found: found.into(), action: String::new() }
    }

    fn bad(what: &'static str, found: impl Into<String>, action: impl Into<String>) -> Self {
        Self { what, good: false, found: found.into(), action: action.into() }
    }
}

fn disk(folder: &Path) -> Finding {
    let free = match rustix::fs::statvfs(folder) {
        Ok(disk) => disk.f_bavail.saturating_mul(disk.f_frsize),
        Err(error) => {
            return Finding::bad("disk", error.to_string(), "check that the data folder is mounted");
        }
    };
    let found = format!("{:.1} GB free", free as f64 / 1e9);
    if free >= LOW_BYTES {
        return Finding::good("disk", found);
    }
    Finding::bad(
        "disk",
        found,
        "free space or move `data_dir`; the ledger stops taking writes when the disk is full",
    )
}

/// Asks the disk by writing to it, as the ledger does.
fn writes(folder: &Path) -> Finding {
    let path = folder.join(format!("probe-{}", std::process::id()));
    let tried = std::fs::File::create(&path).and_then(|mut file| {
        io::Write::write_all(&mut file, &[0; PROBE_BYTES]).and_then(|()| file.sync_all())
    });
    let removed = std::fs::remove_file(&path);
    match tried.and(removed) {
        Ok(()) => Finding::good("writes", "the data folder takes them"),
        Err(error) => Finding::bad(
            "writes",
            format!("the data folder takes no writes: {error}"),
            "free space, or mount the disk writable again; a running node then goes on by itself",
        ),
    }
}

/// Records get times after the newest one whatever the clock says, but agreements and sessions go by the clock.
fn clock_behind(reading: &Reading) -> Option<Finding> {
    let newest = reading.ledger.last_at_us()?;
    let behind_s = (newest - edge::now_us()) / 1_000_000;
    (behind_s > CLOCK_SLACK_S).then(|| {
        let found = format!("{behind_s} s before the newest entry of the ledger: it was set back");
        Finding::bad("clock", found, "set the clock and keep it by NTP: agreements begin and end by it")
    })
}

/// A reader that stands in the log for long keeps it from being started over.
fn log_grown(folder: &Path) -> Option<Finding> {
    let bytes = std::fs::metadata(folder.join("ledger.db-wal")).map_or(0, |file| file.len());
    (bytes > MOST_LOG_BYTES).then(|| {
        let found = format!("the write-ahead log has grown to {:.1} GB", bytes as f64 / 1e9);
        Finding::bad(
            "ledger",
            found,
            "end long exports and backups; it shrinks by itself after the next writes",
        )
    })
}

fn clock() -> Finding {
    let now = edge::now();
    let set = EARLIEST.parse::<Timestamp>().is_ok_and(|earliest| now >= earliest);
    if set {
        return Finding::good("clock", format!("{now:.0}"));
    }
    Finding::bad(
        "clock",
        format!("{now:.0}"),
        "set the clock and keep it by NTP: agreements begin and end by it",
    )
}

fn keys(folder: &Path) -> Finding {
    let place = folder.join("keys");
    if std::fs::metadata(&place).is_ok_and(|place| place.permissions().mode() & 0o077 != 0) {
        let action = format!("run `chmod 700 {}`", place.display());
        return Finding::bad("signing keys", "others can look into the folder of the keys", action);
    }
    match PartyKeys::load(&Desk::key_file(folder)) {
        Ok(keys) => Finding::good("signing keys", keys.verifying().fingerprint_text()),
        Err(error) => {
            Finding::bad("signing keys", error.to_string(), "do as the error says; the node does not start")
        }
    }
}

fn link_key(folder: &Path) -> Finding {
    match certificate::load(&certificate::path(folder)) {
        Ok(own) => Finding::good("link certificate", own.digest().hex()),
        Err(error) => {
            Finding::bad("link certificate", error.to_string(), "do as the error says; links do not start")
        }
    }
}

fn tls_files(config: &Config) -> Finding {
    match tls::acceptor(&config.http) {
        Ok(Some(_)) => Finding::good("tls", "certificate and key belong together"),
        Ok(None) => Finding::good("tls", "none; the listener is on loopback"),
        Err(error) => Finding::bad("tls", format!("{error:#}"), "correct [http] tls_cert and tls_key"),
    }
}

/// A door that is taken is good news when the node runs; nobody else should hold it.
fn door(what: &'static str, address: SocketAddr) -> Finding {
    match TcpListener::bind(address) {
        Ok(_) => Finding::good(what, format!("{address} is free, the node is not serving")),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            Finding::good(what, format!("{address} is being served"))
        }
        Err(error) => Finding::bad(what, format!("{address}: {error}"), "change [http] listen"),
    }
}

fn ledger(reading: &Reading) -> Finding {
    let evidence = reading.ledger.reader().and_then(|reader| reader.evidence());
    match evidence {
        Err(error) => Finding::bad("ledger", error.to_string(), "run `entente ledger verify`"),
        Ok(found) if !found.is_empty() => Finding::bad(
            "ledger",
            format!("{} times a peer signed two different histories", found.len()),
            "call the peer; its link stays stopped until `entente link resume`, the evidence is in the ledger",
        ),
        Ok(_) => Finding::good(
            "ledger",
            format!("{} entries in {} logs", reading.ledger.last_seq(), reading.ledger.logs().len()),
        ),
    }
}

fn peers(reading: &Reading) -> Vec<Finding> {
    let known = reading.known();
    let trusted = known.parties.iter().filter(|(id, party)| party.trusted && **id != reading.me);
    let mut findings = Vec::new();
    for (id, party) in trusted {
        let mirror = reading.ledger.find(&LogKey { party: *id, realm: Realm::Real });
        let newest = mirror.and_then(|log| newest(reading, log));
        findings.push(match newest {
            Some(note) => {
                Finding::good("peer", format!("{}: {} records, verified", party.card.short, note.size()))
            }
            None => Finding::bad(
                "peer",
                format!("{}: nothing received yet", party.card.short),
                "check that both sides trust each other's card and that one of them can dial the other",
            ),
        });
    }
    if findings.is_empty() {
        findings.push(Finding::good("peers", "none is trusted yet; see `entente party trust`"));
    }
    findings
}

/// Peers that are dialled where the configuration says instead of where their cards say.
fn dialled_elsewhere(config: &Config, reading: &Reading) -> Vec<Finding> {
    let known = reading.known();
    let entries = config.link.peers.iter().map(|peer| {
        if let Some(wrong) = dialled::wrong(peer, &known, reading.me) {
            let found = format!("line {} of the configuration: {wrong}", peer.line);
            return Finding::bad("address", found, "correct the entry; the node does not start with it");
        }
        let card = known.parties.get(peer.party.get_ref()).map(|party| &party.card);
        let short = card.map_or("", |card| card.short.as_str());
        let said = card.and_then(|card| card.link.as_deref()).unwrap_or("none");
        Finding::good("address", format!("{short}: dialled at {}, its card says {said}", peer.address.0))
    });
    entries.collect()
}

/// Whether a source could be asked: its secrets, agreements and recipients.
fn pulled(from: &PullFrom, reading: &Reading) -> Finding {
    match from.source(&reading.known()) {
        Ok(_) => Finding::good("pull", format!("{} every {} s", from.url, from.every_s)),
        Err(error) => {
            Finding::bad("pull", format!("{}: {error:#}", from.url), "correct its [[pull]] section")
        }
    }
}

fn outbound(config: &Config) -> Finding {
    match Outbound::new(&config.outbound.options()) {
        Ok(_) if config.outbound.allow.is_empty() => {
            Finding::good("outbound", "public addresses over TLS alone")
        }
        Ok(_) => {
            let allow: Vec<String> = config.outbound.allow.iter().map(|text| text.0.to_string()).collect();
            Finding::good("outbound", format!("public addresses over TLS, and {}", allow.join(", ")))
        }
        Err(error) => Finding::bad("outbound", error.to_string(), "correct [outbound] ca_file"),
    }
}

/// Links that a failed check has stopped, with the way on.
fn stopped_links(reading: &Reading, lang: Locale) -> Vec<Finding> {
    let known = reading.known();
    let stopped = known.parties.iter().filter_map(|(id, party)| {
        let stopped = links::stopped(&reading.local, id)?;
        let why = desk::pages::stopped_why(lang, stopped.cause);
        let found = format!("{}: {why} ({})", party.card.short, stopped.reason);
        let action = t!(lang, "link-stopped-do");
        Some(Finding::bad("link", found, format!("{action} entente link resume {}", party.card.short)))
    });
    stopped.collect()
}

fn newest(reading: &Reading, log: ledger::LogId) -> Option<CheckpointNote> {
    let reader = reading.ledger.reader().ok()?;
    reader.checkpoint_upto(log, reader.size(log).ok()?).ok()?
}

fn text(report: &Report) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        let mark = if finding.good { "ok  " } else { "BAD " };
        text.push_str(&format!("{mark} {}: {}\n", finding.what, finding.found));
        if !finding.good {
            text.push_str(&format!("     do: {}\n", finding.action));
        }
    }
    text + if report.healthy { "healthy" } else { "something needs a person" }
}
