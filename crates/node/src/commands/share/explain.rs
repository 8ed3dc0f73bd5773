//! `entente share explain`: the verdict on one record for one receiver, with its reason.

use ::ledger::{LogId, Reader};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use desk::consumers::receiver_of;
use desk::edge;
use desk::views::Known;
use model::{Position, Realm, RecordId};
use records::Header;
use serde::Serialize;
use share::{Class, Receiver, verdict};
use ui::Locale;

use super::told::{self, Told};
use crate::commands::{ledger, party};
use crate::config::Config;
use crate::exit::Exit;
use crate::folder::Reading;
use crate::print::Output;

/// What to explain to whom.
#[derive(Debug, Args)]
pub struct Explain {
    /// The record, by id or position in our log, or a STIX id
    record: String,
    /// The party (short name or id) or consumer
    #[arg(long)]
    to: String,
    /// The language of the sentence
    #[arg(long, default_value = "en", value_parser = told::language)]
    lang: Locale,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Serialize)]
struct Explained {
    record: String,
    #[serde(flatten)]
    told: Told,
}

impl Explain {
    /// Explains. A STIX id has one answer for each version and audience held.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let reading = Reading::open(config)?;
        let known = reading.known();
        let receiver = receiver(&known, &self.to)?;
        let reader = reading.ledger.reader()?;
        let mut answers = Vec::new();
        for (log, position) in self.places(&reading, &reader)? {
            let (record, class) = class(&reader, log, position)?;
            let verdict = verdict(&class, &receiver, &known.book, edge::now());
            let told = Told::of(self.to.clone(), &verdict, &known, self.lang);
            answers.push(Explained { record: record.to_string(), told });
        }
        self.output.print(&answers, |answers| {
            let line = |answer: &Explained| format!("{}\n  {}", answer.record, answer.told.line());
            answers.iter().map(line).collect::<Vec<_>>().join("\n")
        })?;
        Ok(Exit::Ok)
    }

    fn places(&self, reading: &Reading, reader: &Reader) -> Result<Vec<(LogId, Position)>> {
        if self.record.starts_with("record:") || self.record.parse::<u64>().is_ok() {
            return Ok(vec![ledger::place(&reading.ledger, reader, reading.me, &self.record)?]);
        }
        let places = stix_places(reader, &self.record)?;
        if places.is_empty() {
            bail!("no record about {:?} is here; give a record id, a position or a STIX id", self.record);
        }
        Ok(places)
    }
}

/// Records about a STIX id. Headers say nothing of ids that could be guessed, so bodies are read, in one pass.
fn stix_places(reader: &Reader, id: &str) -> Result<Vec<(LogId, Position)>> {
    #[derive(serde::Deserialize)]
    struct Named<'a> {
        #[serde(borrow)]
        id: std::borrow::Cow<'a, str>,
    }
    let finder = memchr::memmem::Finder::new(id.as_bytes());
    let mut places = Vec::new();
    let mut next = 1;
    while places.len() < MAX_PLACES {
        let count = reader.entries(next, 10_000, 32 << 20, |entry| {
            next = entry.seq + 1;
            let Some(body) = entry.body.filter(|body| finder.find(body).is_some()) else { return };
            if serde_json::from_slice::<Named<'_>>(body).is_ok_and(|named| named.id == id) {
                places.push((entry.log, entry.position));
            }
        })?;
        if count == 0 {
            break;
        }
    }
    Ok(places)
}

/// Versions of one object explained at most.
const MAX_PLACES: usize = 1_000;

fn class(reader: &Reader, log: LogId, position: Position) -> Result<(RecordId, Class)> {
    let mut found = None;
    reader.at(log, position, |entry| {
        let header = entry.header.and_then(|header| Header::parse(header).ok());
        found = header.map(|header| (entry.record_id(), Class::of(&header, entry.openings)));
    })?;
    found.context("the record is withheld from this node: only its author can explain it")
}

fn receiver(known: &Known, text: &str) -> Result<Receiver> {
    let name = text.strip_prefix("consumer ").unwrap_or(text);
    match (party::find(known, text), known.consumers.get(name)) {
        (Ok((id, _)), None) => Ok(Receiver::node(Realm::Real, id)),
        (Err(_), Some(consumer)) => Ok(receiver_of(consumer, Realm::Real)),
        (Ok((id, _)), Some(consumer)) => {
            // `consumer x` says which is meant when a party has the same name.
            Ok(if name == text {
                Receiver::node(Realm::Real, id)
            } else {
                receiver_of(consumer, Realm::Real)
            })
        }
        (Err(error), None) => Err(error.context("no consumer of that name either")),
    }
}
