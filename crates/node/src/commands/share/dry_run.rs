//! `entente share dry-run`: before publishing, who would receive it, who would not, and why.

use std::collections::BTreeSet;

use anyhow::Result;
use clap::Args;
use desk::edge;
use model::{GroupId, Marking, Pap, PartyId, Realm, Timestamp, Tlp};
use records::Marked;
use records::delivery::OBJECT;
use serde::Serialize;
use share::{Class, verdict};
use ui::Locale;

use super::told::{self, Told};
use crate::commands::{accord, party};
use crate::config::Config;
use crate::exit::Exit;
use crate::folder::Reading;
use crate::print::Output;

/// What would be published.
#[derive(Debug, Args)]
pub struct DryRun {
    /// The record kind
    #[arg(long, default_value = OBJECT)]
    kind: String,
    /// The STIX type, such as indicator
    #[arg(long = "type", value_name = "TYPE", default_value = "")]
    object_type: String,
    /// The marking; without it the record carries none
    #[arg(long)]
    marking: Option<Tlp>,
    /// PAP beside it
    #[arg(long, requires = "marking")]
    pap: Option<Pap>,
    /// An agreement to publish under, by name or id; may be repeated
    #[arg(long)]
    under: Vec<String>,
    /// A named recipient, by short name or id; may be repeated
    #[arg(long)]
    to: Vec<String>,
    /// The group it is for
    #[arg(long)]
    group: Option<GroupId>,
    /// The instant to ask for, RFC 3339; else now. Agreements count as they are known now
    #[arg(long)]
    at: Option<Timestamp>,
    /// The language of the sentences
    #[arg(long, default_value = "en", value_parser = told::language)]
    lang: Locale,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Serialize)]
struct Audience {
    receivers: Vec<Told>,
}

impl DryRun {
    /// Asks the verdict for everybody this node knows.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let reading = Reading::open(config)?;
        let known = reading.known();
        let named = |text: &String| Ok(party::find(&known, text)?.0);
        let named: BTreeSet<PartyId> = self.to.iter().map(named).collect::<Result<_>>()?;
        let under = |text: &String| Ok(accord::find(&known, text)?.0);
        let class = Class {
            realm: Realm::Real.to_string(),
            author: reading.me,
            kind: self.kind,
            object_type: self.object_type,
            marked: self.marking.map_or(Marked::Missing, |tlp| Marked::Known(Marking { tlp, pap: self.pap })),
            under: self.under.iter().map(under).collect::<Result<_>>()?,
            named: (!named.is_empty()).then_some(named),
            group: self.group,
        };
        let now = self.at.unwrap_or_else(edge::now);
        let everybody = told::everybody(&known, reading.me).into_iter();
        let receivers = everybody
            .map(|(name, receiver)| {
                Told::of(name, &verdict(&class, &receiver, &known.book, now), &known, self.lang)
            })
            .collect();
        self.output.print(&Audience { receivers }, |audience| {
            if audience.receivers.is_empty() {
                return "this node knows no party and no consumer yet".to_owned();
            }
            audience.receivers.iter().map(Told::line).collect::<Vec<_>>().join("\n")
        })?;
        Ok(Exit::Ok)
    }
}
