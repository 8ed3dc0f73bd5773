//! The following half of a session: the peer's log into our mirror, verified, or the link stops and says why.

use std::collections::HashSet;
use std::sync::Arc;

use bytes::Bytes;
use ledger::keys::VerifyingKeys;
use ledger::{CheckpointNote, LogId, LogKey, MirrorBatch, MirrorItem, RevealError};
use link::{Follow, Followed, Follower, Frame, Item, Refused, RevealedItem};
use model::{PartyId, Position, Timestamp};
use records::rotation::Rotation;
use records::{HeaderReader, Reach, leaf_hash, reach};
use share::{Book, Class, Receiver, verdict};
use tokio::sync::mpsc;

use super::feed::LOOK_EVERY;
use super::objected;
use super::seat::Seat;
use super::status::Statuses;
use super::stopped::{Broken, stop};
use crate::desk::Desk;
use crate::edge;
use crate::key_line::MOST_ROTATIONS;
use crate::submit::FOLD_PATIENCE;
use crate::views::Known;

/// The following half.
pub(super) struct Following {
    desk: Arc<Desk>,
    peer: PartyId,
    log: LogId,
    follower: Follower,
    statuses: Arc<Statuses>,
    headers: HeaderReader,
    granted: Granted,
    /// Of a session, where a failed check stops the link; a file is looked at by the person who imports it.
    seat: Option<Arc<Seat>>,
    /// How many records are held as hashes because no agreement known here granted them.
    objected: u64,
    /// The epoch under which they were judged or asked for last, and when time alone makes it worth asking again.
    asked: Option<Judged>,
    /// Rotations that the peer told of ahead of their records, so that what the new keys signed can be believed.
    told: Vec<Rotation>,
}

/// Header shapes that the verdict let in, as long as it would say so again.
#[derive(Debug, Default)]
struct Granted {
    shapes: HashSet<u32>,
    epoch: u64,
    valid_until: Option<Timestamp>,
}

impl Granted {
    /// Forgets everything when the book changed or time turned.
    fn refresh(&mut self, known: &Known, now: Timestamp) {
        if known.epoch != self.epoch || self.valid_until.is_some_and(|until| now >= until) {
            self.shapes.clear();
            self.epoch = known.epoch;
            self.valid_until = known.book.turns_at(now);
        }
    }
}

/// The epoch of the book, and when time alone may change a verdict under it.
type Judged = (u64, Option<Timestamp>);

/// Positions in one question.
const ASK_AT_ONCE: usize = 4_096;

impl Following {
    /// Opens the mirror of the peer's log.
    pub fn open(desk: Arc<Desk>, peer: PartyId, statuses: Arc<Statuses>) -> Result<Self, ledger::WriteError> {
        let log = desk.ledger.log(&LogKey { party: peer, realm: desk.realm.clone() })?;
        let held = desk.ledger.size(log);
        statuses.change(peer, |status| status.held = held);
        let objected = objected::count(&desk.local, &peer).unwrap_or_default(); // counted again at the next session
        Ok(Self {
            desk,
            peer,
            log,
            follower: Follower::new(held),
            statuses,
            headers: HeaderReader::default(),
            granted: Granted::default(),
            seat: None,
            objected,
            asked: None,
            told: Vec::new(),
        })
    }

    /// The same in a session, where a failed check stops the link.
    pub fn of_session(self, seat: Arc<Seat>) -> Self {
        Self { seat: Some(seat), ..self }
    }

    /// What opens the session.
    pub fn hello(&self) -> Frame {
        Frame::Hello { realm: self.desk.realm.to_string(), party: self.desk.me, held: self.follower.held() }
    }

    /// Questions for what was refused, once after every change of what this node knows.
    pub fn ask(&mut self) -> Vec<Frame> {
        if self.objected == 0 {
            return Vec::new();
        }
        let (known, now) = (self.desk.known(), edge::now());
        let same = |(epoch, turn): Judged| epoch == known.epoch && turn.is_none_or(|turn| now < turn);
        if self.asked.is_some_and(same) {
            return Vec::new();
        }
        self.asked = Some(self.judging());
        let positions = objected::all(&self.desk.local, &self.peer).unwrap_or_default(); // asked at the next change
        positions.chunks(ASK_AT_ONCE).map(|some| Frame::Ask { positions: some.to_vec() }).collect()
    }

    /// One frame: stores what it brings and answers. `Err` ends the session.
    pub fn step(&mut self, frame: Frame) -> Result<Option<Frame>, String> {
        match self.follower.receive(frame) {
            None => Ok(None),
            Some(Follow::Send(frame)) => Ok(Some(frame)),
            Some(Follow::Learn(rotations)) => {
                let read = rotations.iter().take(MOST_ROTATIONS);
                self.told = read.filter_map(|body| serde_json::from_slice(body).ok()).collect();
                Ok(None)
            }
            Some(Follow::Ended(reason)) => Err(format!("the peer ended the session: {reason}")),
            Some(Follow::Check(note)) => {
                Ok(self.check(&note).err().map(|broken| Frame::Bye { reason: self.broken(broken) }))
            }
            Some(Follow::Again { note, answer }) => {
                let checked = self.check(&note);
                Ok(Some(
                    checked.map_or_else(|broken| Frame::Bye { reason: self.broken(broken) }, |()| answer),
                ))
            }
            Some(Follow::Mirror { first, items, note }) => {
                let result = self.mirror(first, items, &note);
                let result = result.unwrap_or_else(|broken| Followed::Broken(self.broken(broken)));
                Ok(Some(self.follower.stored(result)))
            }
            Some(Follow::Reveal(items)) => {
                let result = self.reveal(items);
                let result = result.unwrap_or_else(|broken| Followed::Broken(self.broken(broken)));
                Ok(Some(self.follower.revealed(result)))
            }
        }
    }

    /// A failed check stops the link before anybody hears of it; what could not be stored is tried again.
    fn broken(&self, broken: Broken) -> String {
        if let Some(cause) = broken.cause
            && self.seat.is_some()
            && let Err(error) = stop(&self.desk.local, &self.peer, cause, &broken.reason)
        {
            tracing::error!(peer = %self.peer, %error, "a stopped link could not be noted as such");
        }
        broken.reason
    }

    /// Records held of the peer.
    pub fn held(&self) -> u64 {
        self.follower.held()
    }

    /// The keys of the peer that this note must be signed with.
    fn keys(&self, note: &CheckpointNote) -> Result<VerifyingKeys, String> {
        let known = self.desk.known();
        let party = known.parties.get(&self.peer).filter(|party| party.trusted);
        let party = party.ok_or_else(|| "this party is no longer trusted here".to_owned())?;
        if self.told.is_empty() && party.line.rotations().next().is_none() {
            return Ok(party.keys.clone());
        }
        let mut line = party.line.clone();
        for rotation in &self.told {
            line.extend(rotation); // what is known already, or proves nothing, changes nothing
        }
        let origin = LogKey { party: self.peer, realm: self.desk.realm.clone() }.origin();
        let signer = line.vouching_for(note.size()).find(|keys| note.verify(&origin, keys).is_ok());
        Ok(signer.unwrap_or_else(|| line.current()).clone())
    }

    fn check(&self, note: &[u8]) -> Result<(), Broken> {
        let note = CheckpointNote::parse(note)?;
        self.desk.ledger.check(self.log, &note, &self.keys(&note)?)?;
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

    fn mirror(&mut self, first: u64, items: Vec<Item>, note: &[u8]) -> Result<Followed, Broken> {
        let checkpoint = CheckpointNote::parse(note)?;
        let keys = self.keys(&checkpoint)?;
        let judged = self.judging();
        let mut refused = Vec::new();
        let mut stored = Vec::with_capacity(items.len());
        for (position, item) in (first..).zip(items) {
            stored.push(self.admit(position, item, &mut refused));
        }
        let batch =
            MirrorBatch { first: Position(first), items: stored, checkpoint: &checkpoint, keys: &keys };
        // Noted first: killed in between, this node would never ask for them. A note of what was not stored after all is
        // forgotten with the first answer to it.
        self.note_objected(&refused, judged)?;
        let receipt = self.desk.ledger.mirror(self.log, batch)?;
        self.statuses.change(self.peer, |status| status.held = receipt.size);
        self.verified(receipt.size);
        Ok(Followed::Stored { size: receipt.size, refused })
    }

    fn reveal(&mut self, items: Vec<RevealedItem>) -> Result<Followed, Broken> {
        let judged = self.judging();
        let mut refused = Vec::new();
        let places: Vec<u64> = items.iter().map(|item| item.position).collect();
        let mut stored = Vec::with_capacity(items.len());
        for RevealedItem { position, item } in items {
            let (mut leaf, mut withheld) = (None, false);
            let reader = self.desk.ledger.reader()?;
            reader.at(self.log, Position(position), |entry| {
                (leaf, withheld) = (Some(entry.record_id()), entry.header.is_none());
            })?;
            // Whatever it says, it is not what was promised: nothing of it is answered (I3).
            if let Item::Record { header, .. } = &item
                && leaf != Some(leaf_hash(header))
            {
                return Err(RevealError::WrongLeaf(Position(position)).into());
            }
            let admitted = self.admit(position, item, &mut refused);
            // What is held already was revealed in an earlier session that ended before its acknowledgement.
            if withheld && matches!(admitted, MirrorItem::Record { .. }) {
                stored.push((Position(position), admitted));
            }
        }
        if !stored.is_empty() {
            self.desk.ledger.reveal(self.log, stored)?;
        }
        self.forget_objected(&places, &refused)?;
        self.note_objected(&refused, judged)?;
        Ok(Followed::Stored { size: self.follower.held(), refused })
    }

    /// Under what a verdict is given. Taken before it: what changes meanwhile is worth another question.
    fn judging(&self) -> Judged {
        let known = self.desk.known();
        (known.epoch, known.book.turns_at(edge::now()))
    }

    /// Remembers what was refused for want of a grant: another reason does not pass.
    fn note_objected(&mut self, refused: &[Refused], judged: Judged) -> Result<(), String> {
        let positions: Vec<u64> = refused
            .iter()
            .filter(|refusal| refusal.reason == NO_GRANT)
            .map(|refusal| refusal.position)
            .collect();
        if positions.is_empty() {
            return Ok(());
        }
        self.asked = Some(judged);
        objected::note(&self.desk.local, &self.peer, &positions).map_err(|error| unnoted(&error))?;
        self.count_objected()
    }

    fn forget_objected(&mut self, places: &[u64], refused: &[Refused]) -> Result<(), String> {
        if self.objected == 0 {
            return Ok(());
        }
        let again = |place: &u64| refused.iter().any(|refusal| refusal.position == *place);
        let taken: Vec<u64> = places.iter().copied().filter(|place| !again(place)).collect();
        objected::forget(&self.desk.local, &self.peer, &taken).map_err(|error| unnoted(&error))?;
        self.count_objected()
    }

    fn count_objected(&mut self) -> Result<(), String> {
        self.objected = objected::count(&self.desk.local, &self.peer).map_err(|error| unnoted(&error))?;
        Ok(())
    }

    /// A record of another author or realm, or outside every grant known here, is kept as its hash alone.
    fn admit(&mut self, position: u64, item: Item, refused: &mut Vec<Refused>) -> MirrorItem {
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

    fn objection(&mut self, header: &[u8], openings: Option<&[u8]>) -> Option<String> {
        self.granted.refresh(&self.desk.known(), edge::now());
        let reading = match self.headers.read(header) {
            Ok(reading) => reading,
            Err(error) => return Some(error.to_string()),
        };
        if reading.shape.is_some_and(|shape| self.granted.shapes.contains(&shape)) {
            return None;
        }
        let (shape, parsed) = (reading.shape, &*reading.header);
        if parsed.author != self.peer {
            return Some(format!("the record is by {}, not by the owner of the log", parsed.author));
        }
        if !parsed.is_in(&self.desk.realm) {
            return Some(format!("the record belongs to realm {}", parsed.realm));
        }
        if reach(&parsed.kind) == Reach::Named {
            return None; // it may be the very record that makes the grant
        }
        let mut class = Class::of(parsed, openings);
        class.group = None; // only its author knows who belongs to a group
        if granted(&self.desk, self.peer, &class) {
            // The epoch is the one that was looked at above: a book that changed since clears this again.
            self.granted.shapes.extend(shape.filter(|_| self.granted.shapes.len() < MAX_SHAPES));
            return None;
        }
        // The grant may be in records that are stored but not folded yet; the feeder ends a batch after each of them.
        let _ = self.desk.views.wait_blocking(self.desk.ledger.last_seq(), FOLD_PATIENCE);
        if granted(&self.desk, self.peer, &class) { None } else { Some(NO_GRANT.to_owned()) }
    }
}

/// Header shapes remembered.
const MAX_SHAPES: usize = 8_192;

/// The same verdict as at the author's gate, with the author as holder.
fn granted(desk: &Desk, author: PartyId, class: &Class) -> bool {
    let known = desk.known();
    let book = Book { holder: author, ..known.book.clone() };
    verdict(class, &Receiver::node(desk.realm.clone(), desk.me), &book, edge::now()).is_release()
}

/// The reason that a change of agreements may remove.
const NO_GRANT: &str = "outside every grant known here";

fn unnoted(error: &crate::sql::SqlError) -> String {
    format!("cannot note what was refused: {error}")
}

/// Drives the following half over a connection until the session ends; returns why.
pub(super) async fn run(
    mut following: Following,
    mut frames: mpsc::Receiver<Frame>,
    out: mpsc::Sender<Bytes>,
) -> String {
    let mut folded = following.desk.views.watch_folded();
    loop {
        for question in following.ask() {
            if out.send(question.encode()).await.is_err() {
                return "the connection closed".to_owned();
            }
        }
        let frame = tokio::select! {
            frame = frames.recv() => frame,
            _ = folded.changed(), if following.objected > 0 => continue,
            () = tokio::time::sleep(LOOK_EVERY), if following.objected > 0 => continue,
        };
        let Some(frame) = frame else { return "the connection closed".to_owned() };
        let joined = tokio::task::spawn_blocking(move || {
            let step = following.step(frame);
            (following, step)
        })
        .await;
        let Ok((back, step)) = joined else { return "the node is stopping".to_owned() };
        following = back;
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
}
