//! `entente accord`: agreements, proposed, signed, left and read.

use std::path::{Path, PathBuf};

use ::accord::{Profile, Standing, Terms};
use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use desk::views::{AgreementState, Known, VersionState};
use desk::{Desk, edge};
use model::{Agreement, AgreementId, Timestamp, Tlp};
use serde::Serialize;
use ui::Locale;
use ui::locale::lookup;

use super::party;
use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::folder::{self, Reading};
use crate::print::{self, Output, table};

/// What to do with agreements.
#[derive(Debug, Subcommand)]
pub enum Accord {
    /// Propose an agreement, or the next version of one, from a file in JSON or TOML or after a profile
    Propose(Propose),
    /// Sign the newest version of an agreement
    Sign {
        /// The agreement, by name or id
        agreement: String,
        /// The person who decided, by name and office
        #[arg(long)]
        signatory: String,
        /// The version to sign; else the newest
        #[arg(long)]
        version: Option<u32>,
    },
    /// Leave an agreement: nothing new flows from then on
    Withdraw {
        /// The agreement, by name or id
        agreement: String,
        /// Why, in plain words
        #[arg(long, default_value = "")]
        reason: String,
        /// From when, RFC 3339; else from now
        #[arg(long)]
        effective: Option<Timestamp>,
    },
    /// List the agreements
    List {
        #[command(flatten)]
        output: Output,
    },
    /// Show one agreement: text, grants, signatures, and whether it releases anything
    Show {
        /// The agreement, by name or id
        agreement: String,
        /// The instant to ask for, RFC 3339; else now
        #[arg(long)]
        at: Option<Timestamp>,
        #[command(flatten)]
        output: Output,
    },
}

impl Accord {
    /// Does it.
    pub fn run(self, config: &Config) -> Result<Exit> {
        match self {
            Accord::Propose(wanted) => wanted.run(config)?,
            Accord::Sign { agreement, signatory, version } => {
                let desk = folder::open(config)?;
                let known = desk.known();
                let (id, state) = find(&known, &agreement)?;
                let newest = state.newest().context("the proposal has not arrived yet")?;
                let version = version.unwrap_or(newest.agreement.version);
                ::accord::sign(&desk, id, version, &signatory)?;
                desk.close();
                print::line(&format!("signed version {version} of {id}"))?;
            }
            Accord::Withdraw { agreement, reason, effective } => {
                let desk = folder::open(config)?;
                let (id, _) = find(&desk.known(), &agreement)?;
                ::accord::withdraw(&desk, id, effective, &reason)?;
                desk.close();
                print::line(&format!("withdrawn from {id}"))?;
            }
            Accord::List { output } => list(config, output)?,
            Accord::Show { agreement, at, output } => show(config, &agreement, at, output)?,
        }
        Ok(Exit::Ok)
    }
}

/// The agreement that a name or an id means.
pub fn find<'a>(known: &'a Known, text: &str) -> Result<(AgreementId, &'a AgreementState)> {
    if let Ok(id) = text.parse::<AgreementId>() {
        let state = known.agreements.get(&id).with_context(|| format!("{id} is not known here"))?;
        return Ok((id, state));
    }
    let named = |state: &AgreementState| state.newest().is_some_and(|version| version.agreement.name == text);
    match known.agreements.iter().find(|(_, state)| named(state)) {
        Some((id, state)) => Ok((*id, state)),
        None => bail!("no agreement {text:?} is known here; see `entente accord list`"),
    }
}

/// Larger than any agreement, bytes.
const MAX_BYTES: u64 = 2 << 20;

/// What to propose.
#[derive(Debug, Args)]
pub struct Propose {
    /// The agreement
    #[arg(required_unless_present = "profile", conflicts_with = "profile")]
    file: Option<PathBuf>,
    /// The form of the agreement: eu-nato
    #[arg(long, requires_all = ["name", "parties", "until"])]
    profile: Option<Profile>,
    /// What it is called in URLs and commands; the name of a known agreement proposes its next version
    #[arg(long, requires = "profile")]
    name: Option<String>,
    /// Who signs beside us, by short name or id; may be repeated
    #[arg(long = "party", value_name = "PARTY", requires = "profile")]
    parties: Vec<String>,
    /// The narrowest marking that flows; else what the profile says
    #[arg(long, requires = "profile")]
    up_to: Option<Tlp>,
    /// From when it holds, RFC 3339; else from now
    #[arg(long, requires = "profile")]
    from: Option<Timestamp>,
    /// The instant at which it ends, RFC 3339
    #[arg(long, requires = "profile")]
    until: Option<Timestamp>,
}

impl Propose {
    fn run(self, config: &Config) -> Result<()> {
        let given = self.file.as_deref().map(read).transpose()?;
        let desk = folder::open(config)?;
        let agreement = match given {
            Some(agreement) => agreement,
            None => self.after_profile(&desk)?,
        };
        propose(&desk, agreement)
    }

    fn after_profile(self, desk: &Desk) -> Result<Agreement> {
        let known = desk.known();
        let (Some(profile), Some(name), Some(active_until)) = (self.profile, self.name, self.until) else {
            return Err(Ending::usage("a profile needs --name, --party and --until"));
        };
        let mut parties = vec![desk.me];
        for text in &self.parties {
            parties.push(party::find(&known, text)?.0);
        }
        let newest =
            find(&known, &name).ok().and_then(|(id, state)| Some((id, state.newest()?.agreement.version)));
        let (id, version) =
            newest.map_or_else(|| (AgreementId(edge::uuid()), 1), |(id, last)| (id, last + 1));
        let active_from = self.from.unwrap_or_else(edge::now);
        let terms = Terms { id, version, name, parties, up_to: self.up_to, active_from, active_until };
        Ok(profile.agreement(terms, &known)?)
    }
}

fn propose(desk: &Desk, agreement: Agreement) -> Result<()> {
    let (id, version, name) = (agreement.id, agreement.version, agreement.name.clone());
    ::accord::propose(desk, agreement)?;
    desk.close();
    print::line(&format!(
        "proposed version {version} of {name} ({id}); sign it with `entente accord sign {name}`"
    ))
}

fn read(file: &Path) -> Result<Agreement> {
    let shown = file.display();
    let size = std::fs::metadata(file).with_context(|| format!("cannot read {shown}"))?.len();
    if size > MAX_BYTES {
        return Err(Ending::usage(format!(
            "{shown} is longer than {MAX_BYTES} bytes; it is not an agreement"
        )));
    }
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {shown}"))?;
    let is_toml = file.extension().is_some_and(|extension| extension == "toml");
    let read = if is_toml {
        toml::from_str(&text).map_err(|error| error.to_string())
    } else {
        serde_json::from_str(&text).map_err(|error| error.to_string())
    };
    read.map_err(|error| Ending::usage(format!("{shown} is not an agreement: {error}")))
}

#[derive(Debug, Serialize)]
struct Row {
    id: AgreementId,
    name: String,
    title: String,
    version: u32,
    standing: &'static str,
    signed: usize,
    parties: usize,
    active_from: Timestamp,
    active_until: Timestamp,
}

fn list(config: &Config, output: Output) -> Result<()> {
    let reading = Reading::open(config)?;
    let known = reading.known();
    let now = edge::now();
    let row = |(id, state): (&AgreementId, &AgreementState)| {
        let version = state.newest()?;
        let agreement = &version.agreement;
        Some(Row {
            id: *id,
            name: agreement.name.clone(),
            title: agreement.title.en.clone(),
            version: agreement.version,
            standing: Standing::of(state, reading.me, now).code(),
            signed: version.signed.len(),
            parties: agreement.parties.len(),
            active_from: agreement.active_from,
            active_until: agreement.active_until,
        })
    };
    let rows: Vec<Row> = known.agreements.iter().filter_map(row).collect();
    output.print(&rows, |rows| {
        let mut lines =
            vec![["NAME", "STANDING", "VERSION", "SIGNED", "UNTIL", "ID"].map(str::to_owned).to_vec()];
        lines.extend(rows.iter().map(|row| {
            let signed = format!("{} of {}", row.signed, row.parties);
            let until = format!("{:.0}", row.active_until);
            vec![
                row.name.clone(),
                row.standing.into(),
                row.version.to_string(),
                signed,
                until,
                row.id.to_string(),
            ]
        }));
        table(&lines)
    })
}

#[derive(Debug, Serialize)]
struct Shown<'a> {
    standing: &'static str,
    state: State,
    agreement: &'a Agreement,
    /// What is signed: SHA-256 of the proposal's bytes.
    sha256: String,
    signatures: Vec<Signed<'a>>,
    withdrawals: Vec<Left<'a>>,
}

#[derive(Debug, Serialize)]
struct Signed<'a> {
    party: String,
    signatory: &'a str,
    arrived_at: String,
}

#[derive(Debug, Serialize)]
struct Left<'a> {
    party: String,
    effective: Timestamp,
    reason: &'a str,
}

/// Whether it releases anything, and why not.
#[derive(Debug, Serialize)]
struct State {
    at: Timestamp,
    /// The version that releases records; absent when none does.
    version_in_force: Option<u32>,
    /// The reason code that records published under it meet at every gate.
    reason: Option<&'static str>,
    /// The same in words.
    sentence: String,
    /// When that changes by time alone, unless somebody signs or leaves before.
    changes_at: Option<Timestamp>,
    /// Parties whose signature the newest version still needs.
    unsigned: Vec<String>,
}

impl State {
    fn of(state: &AgreementState, newest: &VersionState, at: Timestamp) -> Self {
        let signed = state.signed();
        let (version_in_force, reason) = match signed.in_force(at) {
            Ok(agreement) => (Some(agreement.version), None),
            Err(reason) => (None, Some(reason.code())),
        };
        let times = signed.versions.values().flat_map(|version| [version.active_from, version.active_until]);
        let changes_at = times
            .chain(signed.withdrawn_from)
            .filter(|time| *time > at && signed.in_force(*time).ok() != signed.in_force(at).ok())
            .min();
        let unsigned =
            newest.agreement.parties.iter().filter(|party| !newest.signed.contains_key(&party.party));
        let sentence = match (version_in_force, reason) {
            (Some(version), _) => format!("version {version} releases records"),
            (None, code) => {
                code.and_then(|code| lookup(Locale::En, &format!("reason-{code}"))).unwrap_or_default().into()
            }
        };
        Self {
            at,
            version_in_force,
            reason,
            sentence,
            changes_at,
            unsigned: unsigned.map(|party| party.party.to_string()).collect(),
        }
    }
}

fn show(config: &Config, text: &str, at: Option<Timestamp>, output: Output) -> Result<()> {
    let reading = Reading::open(config)?;
    let known = reading.known();
    let (_, state) = find(&known, text)?;
    let version = state.newest().context("the proposal has not arrived yet")?;
    let at = at.unwrap_or_else(edge::now);
    let shown = Shown {
        standing: Standing::of(state, reading.me, at).code(),
        state: State::of(state, version, at),
        agreement: &version.agreement,
        sha256: version.sha256.hex(),
        signatures: signatures(version),
        withdrawals: state
            .withdrawals
            .iter()
            .map(|(party, left)| Left {
                party: party.to_string(),
                effective: left.effective,
                reason: &left.reason,
            })
            .collect(),
    };
    output.print(&shown, told)
}

fn signatures(version: &VersionState) -> Vec<Signed<'_>> {
    let mut all = Vec::new();
    for (party, by) in &version.signed {
        let arrived_at = print::instant(by.at_us);
        all.push(Signed { party: party.to_string(), signatory: &by.signatory, arrived_at });
    }
    all
}

fn told(shown: &Shown<'_>) -> String {
    let a = shown.agreement;
    let mut text = format!(
        "{} ({}), version {}, {}\n{}\nin force from {} until {}\n\n{}\n\n{}\n\nparties\n",
        a.name,
        a.id,
        a.version,
        shown.standing,
        shown.sha256,
        a.active_from,
        a.active_until,
        a.title.en,
        a.text.en
    );
    for party in &a.parties {
        text.push_str(&format!("  {} ({})\n", party.name, party.party));
    }
    text.push_str("grants\n");
    for (n, grant) in a.grants.iter().enumerate() {
        text.push_str(&format!("  {} up to {}: {}\n", n + 1, grant.up_to, grant.purpose.en));
    }
    let state = &shown.state;
    text.push_str(&format!("at {}: {}\n", state.at, state.sentence));
    if let Some(changes_at) = state.changes_at {
        text.push_str(&format!("changes at {changes_at}\n"));
    }
    for signed in &shown.signatures {
        text.push_str(&format!(
            "signed by {} for {}, {}\n",
            signed.signatory, signed.party, signed.arrived_at
        ));
    }
    for left in &shown.withdrawals {
        text.push_str(&format!("withdrawn by {} from {}: {}\n", left.party, left.effective, left.reason));
    }
    text
}
