//! `entente init`: a data folder with keys, link certificate, own card on the record, and a first account.

use std::io::Read as _;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use clap::Args;
use desk::links::certificate;
use desk::local::{Account, Role};
use desk::{Desk, card, edge};
use ledger::keys::PartyKeys;
use model::Tlp;
use records::card::SignedCard;
use records::trust::Trust;
use serde::Serialize;

use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::folder;
use crate::print::Output;

/// How to begin.
#[derive(Debug, Args)]
pub struct Init {
    /// The name of the first account
    #[arg(long, default_value = "officer")]
    account: String,
    /// Its role: officer (agreements and content) or administrator (accounts and consumers)
    #[arg(long, default_value = "officer", value_parser = super::account::role)]
    role: Role,
    /// Read its password from this file, `-` for standard input; without it one is made and printed once
    #[arg(long, value_name = "FILE")]
    password_file: Option<String>,
    #[command(flatten)]
    output: Output,
}

/// What was made.
#[derive(Debug, Serialize)]
struct Made {
    party: String,
    fingerprint: String,
    card: String,
    account: String,
    /// Only when it was made here.
    password: Option<String>,
}

impl Init {
    /// Makes the node.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let folder = config.folder();
        if Desk::key_file(&folder).exists() && !folder::is_unfinished(&folder) {
            return Err(Ending::usage(format!(
                "there is a node in {} already; remove the folder only if nobody trusts its card",
                config.data_dir.display()
            )));
        }
        let given = self.password_file.as_deref().map(read_password).transpose()?;
        for place in [&config.data_dir, &folder, &folder.join("keys")] {
            make_private(place)?;
        }
        // Whatever ends this half-way, the next one goes on with the keys that may have signed something.
        folder::begin(&folder)?;
        let (keys, tls) = secrets(&folder)?;
        let signed = card::make(&keys, &about(config), tls);
        let card_file = folder.join("card.json");
        write_card(&card_file, &signed)?;
        let desk = folder::open_desk(folder, config.cluster()?)?;
        desk.local.set_fact("party", &desk.me.to_string())?;
        if desk.ledger.size(desk.log) == 0 {
            let by = format!("{} (init)", self.account);
            let trust = Trust { party: desk.me, card: Some(signed.clone()), by };
            let now = edge::now();
            // The card record is what peers may be sent; trust in it makes the node know itself. Both or neither.
            desk.submit_and_fold(vec![
                desk.seal::<SignedCard>(now).body(&signed, edge::salt()),
                desk.seal::<Trust>(now).body(&trust, edge::salt()),
            ])?;
        }
        let password = given.clone().unwrap_or_else(generate);
        let account = Account { name: self.account, role: self.role, clearance: Tlp::Red };
        desk.local.set_account(&account, &password)?;
        desk.ledger.checkpoint(desk.log, &desk.keys)?;
        let made = Made {
            party: desk.me.to_string(),
            fingerprint: keys.verifying().fingerprint_text(),
            card: card_file.display().to_string(),
            account: account.name,
            password: given.is_none().then_some(password),
        };
        desk.close();
        self.output.print(&made, told)?;
        folder::finish(&config.folder())?;
        Ok(Exit::Ok)
    }
}

/// The keys of the party and the fingerprint of its certificate: those of an init that was cut off, where they are whole.
fn secrets(folder: &Path) -> Result<(PartyKeys, String)> {
    let (key_file, tls_path) = (Desk::key_file(folder), certificate::path(folder));
    let keys = match PartyKeys::load(&key_file) {
        Ok(keys) => keys,
        Err(_) => {
            remove(&key_file)?;
            let keys = PartyKeys::generate()?;
            keys.save(&key_file)?;
            keys
        }
    };
    let tls = match certificate::load(&tls_path) {
        Ok(there) => there.digest(),
        Err(_) => {
            remove(&tls_path)?;
            certificate::generate(&tls_path)?
        }
    };
    Ok((keys, tls.hex()))
}

/// What was not written to its end has signed nothing.
fn remove(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error)
            .with_context(|| format!("cannot remove {}, which an earlier init left", path.display())),
        _ => Ok(()),
    }
}

fn told(made: &Made) -> String {
    let password = match &made.password {
        Some(password) => format!("password     {password}  (shown this once)\n"),
        None => String::new(),
    };
    format!(
        "party        {}\nfingerprint  {}\ncard         {}\naccount      {}\n{password}\n\
         Give the card to your peers and read the fingerprint to them over another channel.\n\
         Back up the keys offline, then run `entente serve`.",
        made.party, made.fingerprint, made.card, made.account
    )
}

/// What the configuration says about the party.
pub fn about(config: &Config) -> card::About {
    card::About {
        short: config.party.short.clone(),
        name: config.party.name(),
        side: config.party.side,
        roles: config.party.roles.clone(),
        link: config.link_address(),
        contact: config.party.contact.clone(),
    }
}

/// Writes a card for people to carry.
pub fn write_card(path: &Path, card: &SignedCard) -> Result<()> {
    let text = format!("{}\n", serde_json::to_string_pretty(card)?);
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn make_private(path: &Path) -> Result<()> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .with_context(|| format!("cannot make {}; check `data_dir` and its rights", path.display()))
}

/// The longest password that is read, bytes.
const MAX_PASSWORD_BYTES: u64 = 1024;

/// The first line of a file, or of standard input.
pub fn read_password(from: &str) -> Result<String> {
    let mut text = String::new();
    if from == "-" {
        std::io::stdin().take(MAX_PASSWORD_BYTES).read_to_string(&mut text)?;
    } else {
        let file =
            std::fs::File::open(from).with_context(|| format!("cannot read the password file {from}"))?;
        file.take(MAX_PASSWORD_BYTES).read_to_string(&mut text)?;
    }
    let password = text.lines().next().unwrap_or("").to_owned();
    if password.chars().count() < 12 {
        return Err(Ending::usage("a password needs at least 12 characters; choose a longer one"));
    }
    Ok(password)
}

/// A password that a person can type: five groups of four letters and digits, 100 bits.
pub fn generate() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0; 20];
    edge::random(&mut bytes);
    let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
    let groups: Vec<String> = bytes.chunks(4).map(|group| group.iter().map(letter).collect()).collect();
    groups.join("-")
}
