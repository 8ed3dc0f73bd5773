//! The following half of a session: the peer's log into our mirror, verified, or the link stops and says why.

use std::sync::Arc;

use bytes::Bytes;
use ledger::{CheckpointNote, LogId, LogKey, MirrorBatch, MirrorItem};
use link::{Follow, Followed, Follower, Frame, Item, Refused, RevealedItem};
use model::{PartyId, Position};
use records::{Header, Reach, leaf_hash, reach};
use share::{Book, Class, Receiver, verdict};
use tokio::sync::mpsc;

use super::status::Statuses;
use crate::desk::Desk;
use crate::edge;
use crate::submit::FOLD_PATIENCE;

/// The following half.
pub(super) struct Following {
    desk: Arc<Desk>,
    peer: PartyId,
    log: LogId,
    follower: Follower,
    statuses: Arc<Statuses>,
}

impl Following {
    /// Opens the mirror of the peer's log.
    pub fn open(desk: Arc<Desk>, peer: PartyId, statuses: Arc<Statuses>) -> Result<Self, ledger::WriteError> {
        let log = desk.ledger.log(&LogKey { party: peer, realm: desk.realm.clone() })?;
        let held = desk.ledger.size(log);
        statuses.change(peer, |status| status.held = held);
        Ok(Self { desk, peer, log, follower: Follower::new(held), statuses })
    }

    /// What opens the session.
    pub fn hello(&self) -> Frame {
        Frame::Hello { realm: self.desk.realm.to_string(), party: self.desk.me, held: self.follower.held() }
    }

    /// Runs until the session ends; returns why.
    pub async fn run(mut self, mut frames: mpsc::Receiver<Frame>, out: mpsc::Sender<Bytes>) -> String {
        while let Some(frame) = frames.recv().await {
            let joined = tokio::task::spawn_blocking(move || {
                let step = self.step(frame);
                (self, step)
            })
            .await;
            let Ok((following, step)) = joined else { return "the node is stopping".to_owned() };
            self = following;
            match step {
                Ok(None) => {}
                Ok(Some(answer)) => {
                    let ends = if let Frame::Bye { reason } = &answer { Some(reason.clone()) } else { None };
                    if out.send(answer.encode()).await.is_err() {
                        return "the connection closed".to_owned();
                    }
                    if let Some(reason) = ends {
                        return reason;
                    }
                }
                Err(reason) => return reason,
            }
        }
        "the connection closed".to_owned()
    }

    /// One frame: stores what it brings and answers. `Err` ends the session.
    pub fn step(&mut self, frame: Frame) -> Result<Option<Frame>, String> {
        match self.follower.receive(frame) {
            None => Ok(None),
            Some(Follow::Send(frame)) => Ok(Some(frame)),
            Some(Follow::Ended(reason)) => Err(format!("the peer ended the session: {reason}")),
            Some(Follow::Check(note)) => Ok(self.check(&note).err().map(|reason| Frame::Bye { reason })),
            Some(Follow::Again { note, answer }) => {
                Ok(Some(self.check(&note).map_or_else(|reason| Frame::Bye { reason }, |()| answer)))
            }
            Some(Follow::Mirror { first, items, note }) => {
                let result = self.mirror(first, items, &note);
                Ok(Some(self.follower.stored(result.unwrap_or_else(Followed::Broken))))
            }
            Some(Follow::Reveal(items)) => {
                let result = self.reveal(items);
                Ok(Some(self.follower.revealed(result.unwrap_or_else(Followed::Broken))))
            }
        }
    }

    /// Records held of the peer.
    pub fn held(&self) -> u64 {
        self.follower.held()
    }

    fn keys(&self) -> Result<ledger::keys::VerifyingKeys, String> {
        let known = self.desk.known();
        let party = known.parties.get(&self.peer).filter(|party| party.trusted);
        party.map(|party| party.keys.clone()).ok_or_else(|| "this party is no longer trusted here".to_owned())
    }

    fn check(&self, note: &[u8]) -> Result<(), String> {
        let note = CheckpointNote::parse(note).map_err(|error| error.to_string())?;
        self.desk.ledger.check(self.log, &note, &self.keys()?).map_err(|error| error.to_string())?;
        self.verified(note.size());
        Ok(())
    }

    fn verified(&self, size: u64) {
        self.statuses.change(self.peer, |status| {
            if size >= status.verified {
                (status.verified, status.verified_us) = (size, edge::now_us());
            }
        });
    }

    fn mirror(&mut self, first: u64, items: Vec<Item>, note: &[u8]) -> Result<Followed, String> {
        let checkpoint = CheckpointNote::parse(note).map_err(|error| error.to_string())?;
        let keys = self.keys()?;
        let mut refused = Vec::new();
        let mut stored = Vec::with_capacity(items.len());
        for (position, item) in (first..).zip(items) {
            stored.push(self.admit(position, item, &mut refused));
        }
        let batch =
            MirrorBatch { first: Position(first), items: stored, checkpoint: &checkpoint, keys: &keys };
        let receipt = self.desk.ledger.mirror(self.log, batch).map_err(|error| error.to_string())?;
        self.statuses.change(self.peer, |status| status.held = receipt.size);
        self.verified(receipt.size);
        Ok(Followed::Stored { size: receipt.size, refused })
    }

    fn reveal(&mut self, items: Vec<RevealedItem>) -> Result<Followed, String> {
        let mut refused = Vec::new();
        let mut stored = Vec::with_capacity(items.len());
        for RevealedItem { position, item } in items {
            let admitted = self.admit(position, item, &mut refused);
            // What is held already was revealed in an earlier session that ended before its acknowledgement.
            let mut withheld = false;
            let reader = self.desk.ledger.reader().map_err(|error| error.to_string())?;
            reader
                .at(self.log, Position(position), |entry| withheld = entry.header.is_none())
                .map_err(|error| error.to_string())?;
            if withheld && matches!(admitted, MirrorItem::Record { .. }) {
                stored.push((Position(position), admitted));
            }
        }
        if !stored.is_empty() {
            self.desk.ledger.reveal(self.log, stored).map_err(|error| error.to_string())?;
        }
        Ok(Followed::Stored { size: self.follower.held(), refused })
    }

    /// A record of another author or realm, or outside every grant known here, is kept as its hash alone.
    fn admit(&self, position: u64, item: Item, refused: &mut Vec<Refused>) -> MirrorItem {
        let (header, body, openings) = match item {
            Item::Withheld(leaf) => return MirrorItem::Withheld { leaf },
            Item::Record { header, body, openings } => (header, body, openings),
        };
        match self.objection(&header, openings.as_deref()) {
            None => MirrorItem::Record { header, body, openings },
            Some(reason) => {
                refused.push(Refused { position, reason });
                MirrorItem::Withheld { leaf: leaf_hash(&header).0 }
            }
        }
    }

    fn objection(&self, header: &[u8], openings: Option<&[u8]>) -> Option<String> {
        let parsed = match Header::parse(header) {
            Ok(parsed) => parsed,
            Err(error) => return Some(error.to_string()),
        };
        if parsed.author != self.peer {
            return Some(format!("the record is by {}, not by the owner of the log", parsed.author));
        }
        if parsed.realm != self.desk.realm.to_string().as_str() {
            return Some(format!("the record belongs to realm {}", parsed.realm));
        }
        if reach(&parsed.kind) == Reach::Named {
            return None; // it may be the very record that makes the grant
        }
        let mut class = Class::of(&parsed, openings);
        class.group = None; // only its author knows who belongs to a group
        if self.granted(&class) {
            return None;
        }
        // The grant may be in records that are stored but not folded yet; the feeder ends a batch after each of them.
        let _ = self.desk.views.wait_blocking(self.desk.ledger.last_seq(), FOLD_PATIENCE);
        if self.granted(&class) { None } else { Some("outside every grant known here".to_owned()) }
    }

    /// The same verdict as at the author's gate, with the author as holder.
    fn granted(&self, class: &Class) -> bool {
        let known = self.desk.known();
        let book = Book { holder: self.peer, ..known.book.clone() };
        verdict(class, &Receiver::node(self.desk.realm.clone(), self.desk.me), &book, edge::now())
            .is_release()
    }
}
