//! Where peers are dialled instead of at the addresses on their cards, as `[[link.peers]]` says.

use std::collections::BTreeMap;

use anyhow::Result;
use desk::views::Known;
use model::PartyId;

use crate::config::{Config, LinkPeer};
use crate::exit::Ending;

/// The addresses by party; a party that this node does not trust is an error with its line.
pub fn addresses(config: &Config, known: &Known, me: PartyId) -> Result<BTreeMap<PartyId, String>> {
    let mut addresses = BTreeMap::new();
    for peer in &config.link.peers {
        if let Some(wrong) = wrong(peer, known, me) {
            return Err(Ending::usage(format!("the configuration, line {}: {wrong}", peer.line)));
        }
        addresses.insert(*peer.party.get_ref(), peer.address.0.clone());
    }
    Ok(addresses)
}

/// What is wrong with one entry; `None` when it can be dialled.
pub fn wrong(peer: &LinkPeer, known: &Known, me: PartyId) -> Option<String> {
    let party = peer.party.get_ref();
    if *party == me {
        return Some("[[link.peers]] names this node itself; its own address is [link] address".to_owned());
    }
    if known.parties.get(party).is_some_and(|party| party.trusted) {
        return None;
    }
    Some(format!(
        "[[link.peers]] names {party}, which this node does not trust; see `entente party list`, trust its card \
         with `entente party trust`, or take the entry out"
    ))
}
