//! `entente party`: cards, trust, consumers, keys.

mod card;
mod consumer;
pub mod group;
mod keys;
mod list;
mod trust;

use anyhow::{Result, bail};
use clap::Subcommand;
use desk::views::{Known, Party as Peer};
use model::PartyId;

use crate::config::Config;
use crate::exit::Exit;

/// What to do with parties.
#[derive(Debug, Subcommand)]
pub enum Party {
    /// This party's card
    #[command(subcommand)]
    Card(card::Card),
    /// Trust a peer's card after comparing its fingerprint
    Trust(trust::Trust),
    /// Trust a peer no longer
    Distrust(trust::Distrust),
    /// List the parties this node knows
    List(list::List),
    /// Show one party
    Show(list::Show),
    /// Those whom this node serves without a node of their own
    #[command(subcommand)]
    Consumer(consumer::Consumer),
    /// Several parties under one name of ours
    #[command(subcommand)]
    Group(group::Group),
    /// The signing keys of this party
    #[command(subcommand)]
    Keys(keys::Keys),
}

impl Party {
    /// Does it.
    pub fn run(self, config: &Config) -> Result<Exit> {
        match self {
            Party::Card(command) => command.run(config),
            Party::Trust(command) => command.run(config),
            Party::Distrust(command) => command.run(config),
            Party::List(command) => command.run(config),
            Party::Show(command) => command.run(config),
            Party::Consumer(command) => command.run(config),
            Party::Group(command) => command.run(config),
            Party::Keys(command) => command.run(config),
        }
    }
}

/// The party that an id or a short name means.
pub fn find<'a>(known: &'a Known, text: &str) -> Result<(PartyId, &'a Peer)> {
    if let Ok(id) = text.parse::<PartyId>()
        && let Some(party) = known.parties.get(&id)
    {
        return Ok((id, party));
    }
    let mut named = known.parties.iter().filter(|(_, party)| party.card.short == text);
    match (named.next(), named.next()) {
        (Some((id, party)), None) => Ok((*id, party)),
        (Some(_), Some(_)) => {
            bail!("several parties are called {text:?}; use the id, see `entente party list`")
        }
        (None, _) => bail!("no party {text:?} is known here; see `entente party list`"),
    }
}
