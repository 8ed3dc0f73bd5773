//! `entente party list` and `show`.

use anyhow::Result;
use clap::Args;
use desk::views::Party;
use model::{Bilingual, PartyId, Role, Side};
use serde::Serialize;

use crate::config::Config;
use crate::exit::Exit;
use crate::folder::Reading;
use crate::print::{Output, table};

/// Every party.
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    output: Output,
}

/// One party.
#[derive(Debug, Args)]
pub struct Show {
    /// The party, by id or short name
    party: String,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Serialize)]
struct Row {
    party: PartyId,
    short: String,
    name: Bilingual,
    side: Side,
    roles: Vec<Role>,
    own: bool,
    trusted: bool,
    trusted_by: String,
    /// Of the keys in force now.
    fingerprint: String,
    link: Option<String>,
    contact: String,
}

impl Row {
    fn of(id: PartyId, party: &Party, me: PartyId) -> Self {
        let card = &party.card;
        Self {
            party: id,
            short: card.short.clone(),
            name: card.name.clone(),
            side: card.side,
            roles: card.roles.clone(),
            own: id == me,
            trusted: party.trusted,
            trusted_by: party.by.clone(),
            fingerprint: party.keys.fingerprint_text(),
            link: card.link.clone(),
            contact: card.contact.clone(),
        }
    }

    fn standing(&self) -> &'static str {
        match (self.own, self.trusted) {
            (true, _) => "own",
            (false, true) => "trusted",
            (false, false) => "not trusted",
        }
    }
}

impl List {
    /// Lists them.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let reading = Reading::open(config)?;
        let known = reading.known();
        let rows: Vec<Row> =
            known.parties.iter().map(|(id, party)| Row::of(*id, party, reading.me)).collect();
        self.output.print(&rows, |rows| {
            let mut lines = vec![["SHORT", "STANDING", "NAME", "ID"].map(str::to_owned).to_vec()];
            let line = |row: &Row| {
                vec![row.short.clone(), row.standing().to_owned(), row.name.en.clone(), row.party.to_string()]
            };
            lines.extend(rows.iter().map(line));
            table(&lines)
        })?;
        Ok(Exit::Ok)
    }
}

impl Show {
    /// Shows it.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let reading = Reading::open(config)?;
        let known = reading.known();
        let (id, party) = super::find(&known, &self.party)?;
        self.output.print(&Row::of(id, party, reading.me), |row| {
            let lines = [
                ("id", row.party.to_string()),
                ("short", row.short.clone()),
                ("name", format!("{} / {}", row.name.en, row.name.fr)),
                ("standing", format!("{} (by {})", row.standing(), row.trusted_by)),
                ("fingerprint", row.fingerprint.clone()),
                ("link", row.link.clone().unwrap_or_else(|| "dials out only".to_owned())),
                ("contact", row.contact.clone()),
            ];
            table(&lines.map(|(name, value)| vec![name.to_owned(), value]))
        })?;
        Ok(Exit::Ok)
    }
}
