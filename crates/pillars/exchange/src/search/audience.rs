//! Who besides the own organisation may have an object, what became of it on its way there, and why not.

use desk::Desk;
use desk::links::{Outcome, outcome};
use desk::sql::SqlError;
use model::{PartyId, RecordId, Timestamp};
use share::{Class, Reason, Receiver, Standing, Verdict, verdict};

use super::{Found, Statement, StatementError};
use crate::superseded::{Successor, successor};

/// Somebody outside: another party's node, or a consumer of this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outside {
    /// A party.
    Party(PartyId),
    /// A consumer, by name.
    Consumer(String),
}

/// What became of one record on its way to one receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Its author; it has it.
    Author,
    /// Sent, and acknowledged at this instant.
    Sent(Timestamp),
    /// Sent at that instant, or taken back before it went; a newer version or a retraction took its place.
    Superseded {
        /// When it was acknowledged.
        at: Option<Timestamp>,
        /// The record that holds instead.
        by: RecordId,
        /// Whether the receiver has that one.
        there: bool,
    },
    /// It may go, and goes when the receiver is connected or asks next.
    Released,
    /// Withheld.
    Withheld(Reason),
    /// The receiver refused it, in its words.
    Refused(String),
    /// Another party's record: its own node sends it, this one does not pass it on by link.
    NotOurs,
}

/// One line of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// Who.
    pub outside: Outside,
    /// What.
    pub fate: Fate,
}

/// Every other party and every open consumer.
pub fn audience(desk: &Desk) -> Vec<(Outside, Receiver)> {
    let known = desk.known();
    let parties = known.parties.keys().filter(|id| **id != desk.me);
    let parties = parties.map(|id| (Outside::Party(*id), Receiver::node(desk.realm.clone(), *id)));
    let consumers = known.consumers.values().filter(|consumer| consumer.active);
    let consumers =
        consumers.map(|consumer| (Outside::Consumer(consumer.name.clone()), desk.receiver_of(consumer)));
    parties.chain(consumers).collect()
}

/// The verdict on a class that need not exist yet. A consumer of the own organisation is served through the
/// collections of its agreements, so for it being published under none of them is a reason by itself.
pub fn hypothetical(desk: &Desk, class: &Class, to: &Receiver, now: Timestamp) -> Verdict {
    if let (Standing::Organisation, Some(agreements)) = (to.standing, &to.agreements) {
        if class.under.is_empty() {
            return Verdict::Withhold(Reason::NotPublished);
        }
        if !class.under.iter().any(|id| agreements.contains(id)) {
            return Verdict::Withhold(Reason::NotParty);
        }
    }
    verdict(class, to, &desk.known().book, now)
}

/// What became of one record, receiver by receiver.
pub fn explain(desk: &Desk, statement: &Statement, now: Timestamp) -> Result<Vec<Explained>, StatementError> {
    let newer = successor(desk, statement.seq)?;
    let mut rows = Vec::new();
    for (outside, receiver) in audience(desk) {
        let answer = hypothetical(desk, &statement.class, &receiver, now);
        let fate = match &outside {
            Outside::Party(party) => party_fate(desk, statement, party, &answer, newer.as_ref())?,
            Outside::Consumer(_) => fate_of(&answer),
        };
        rows.push(Explained { outside, fate });
    }
    Ok(rows)
}

fn fate_of(answer: &Verdict) -> Fate {
    answer.reason().map_or(Fate::Released, Fate::Withheld)
}

fn party_fate(
    desk: &Desk,
    statement: &Statement,
    party: &PartyId,
    answer: &Verdict,
    newer: Option<&Successor>,
) -> Result<Fate, SqlError> {
    if statement.class.author == *party {
        return Ok(Fate::Author);
    }
    if statement.class.author != desk.me {
        return Ok(Fate::NotOurs);
    }
    let superseded =
        |at, newer: &Successor| Fate::Superseded { at, by: newer.record, there: newer.reached(desk, party) };
    Ok(match outcome(&desk.local, party, &statement.sealed_class, statement.position.0, desk.sent_by_us())? {
        Outcome::Refused(words) => Fate::Refused(words),
        Outcome::Sent(at) => newer.map_or(Fate::Sent(at), |newer| superseded(Some(at), newer)),
        Outcome::Held(None) => newer.map_or_else(|| fate_of(answer), |newer| superseded(None, newer)),
        // The class of the statement is the one in force, narrowing included.
        Outcome::Held(Some(_)) | Outcome::Open => fate_of(answer),
    })
}

/// How many other parties acknowledged a record of this node, and how many there are.
pub fn reached(desk: &Desk, found: &Found) -> Result<(usize, usize), SqlError> {
    let known = desk.known();
    let peers: Vec<PartyId> = known.parties.keys().copied().filter(|id| *id != desk.me).collect();
    let mut reached = 0;
    for peer in &peers {
        let known = outcome(&desk.local, peer, &found.sealed, found.position, desk.sent_by_us())?;
        reached += usize::from(matches!(known, Outcome::Sent(_)));
    }
    Ok((reached, peers.len()))
}
