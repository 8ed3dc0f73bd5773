//! The feeding half of a session: what is sent, in which order, and what an acknowledgement means. [`Feed::turn`] and
//! [`Feed::receive`] know no socket; [`run`] drives them over one.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use link::{Fed, Feeder, Frame, Need, RevealedItem};
use model::PartyId;
use tokio::sync::mpsc;

use super::dispatch::{Dispatches, Sent, note_refused};
use super::prepare::{PrepareError, Preparer};
use super::seat::Seat;
use super::status::Statuses;
use crate::desk::Desk;
use crate::edge;
use crate::sql::SqlError;
use crate::views::classes::ClassKey;

/// How often time alone is looked at: an agreement may begin or end without a record.
pub(super) const LOOK_EVERY: Duration = Duration::from_secs(5);

/// The peer hears from us at least this often, so that it can tell silence from absence.
pub(super) const SPEAK_EVERY: Duration = Duration::from_secs(30);

/// Reveals on their way: noted as sent once each was acknowledged.
struct Revealing {
    classes: Vec<ClassKey>,
    /// The place to go on at, until `end`.
    from: u64,
    end: u64,
    unanswered: usize,
}

/// What the peer asked for again, and how much of it was looked at.
struct Offering {
    positions: Vec<u64>,
    from: usize,
}

/// What the peer answers with one acknowledgement each, in the order sent.
enum Awaited {
    Batch(Sent),
    Reveal,
    /// Records of which the peer asked for again.
    Offer(Vec<u64>),
    /// Records whose class the views had not known: place and class.
    Late(Vec<(u64, ClassKey)>),
}

/// Reveals and offers on their way at once. Two that reveal much to each other would otherwise wait for each other for
/// ever: neither reads while its answers find no room among its own reveals.
const WINDOW: usize = 4;

/// Places that a peer may ask for at once.
const MOST_ASKED: usize = 100_000;

/// The feeding half: our log to one peer.
pub(super) struct Feed {
    desk: Arc<Desk>,
    peer: PartyId,
    feeder: Feeder,
    preparer: Preparer,
    /// Our changes of keys go first.
    introduced: bool,
    dispatches: Dispatches,
    awaited: VecDeque<Awaited>,
    revealing: Option<Revealing>,
    offering: Option<Offering>,
    /// What the peer asks for again, and the epoch under which none of it was released.
    asked: BTreeSet<u64>,
    asked_under: Option<u64>,
    /// The arrival that the views must have folded before places of unknown class are worth another look.
    late_after: u64,
    statuses: Arc<Statuses>,
    /// Kept until this half is gone.
    _seat: Arc<Seat>,
}

impl Feed {
    pub fn new(desk: Arc<Desk>, peer: PartyId, statuses: Arc<Statuses>, seat: Arc<Seat>) -> Self {
        let feeder = Feeder::new(desk.ledger.size(desk.log));
        let preparer = Preparer::new(Arc::clone(&desk), peer);
        let dispatches = Dispatches::load(&desk.local, peer);
        Self {
            desk,
            peer,
            feeder,
            preparer,
            introduced: false,
            dispatches,
            awaited: VecDeque::new(),
            revealing: None,
            offering: None,
            asked: BTreeSet::new(),
            asked_under: None,
            late_after: 0,
            statuses,
            _seat: seat,
        }
    }

    /// The next frame that is due, if any. Blocks while it is prepared.
    pub fn turn(&mut self) -> Result<Option<Frame>, String> {
        if !std::mem::replace(&mut self.introduced, true)
            && let Some(keys) = self.preparer.keys()
        {
            return Ok(Some(keys));
        }
        if let Some(frame) = self.go_on()? {
            return Ok(Some(frame));
        }
        if self.full() {
            return Ok(None);
        }
        self.feeder.grown(self.desk.ledger.size(self.desk.log));
        if let Some(need) = self.feeder.need() {
            return self.serve(need).map(Some);
        }
        // Before the peer's greeting, and while it holds nothing, there is nothing to reveal: a class that is
        // released by now must not be taken for revealed up to there.
        if self.feeder.acked() == 0 {
            return Ok(None);
        }
        self.begin_reveal()?;
        if let Some(frame) = self.reveal()? {
            return Ok(Some(frame));
        }
        self.begin_offer();
        if let Some(frame) = self.offer()? {
            return Ok(Some(frame));
        }
        self.look_again()
    }

    /// Says that we are here, with our newest checkpoint of what the peer holds.
    pub fn speak(&mut self) -> Result<Frame, String> {
        self.serve(Need::UpToDate)
    }

    /// Takes a frame that is for this half.
    pub fn receive(&mut self, frame: &Frame) -> Result<(), String> {
        match self.feeder.receive(frame) {
            None => Ok(()),
            Some(Fed::Impossible { claimed }) => Err(format!(
                "the peer claims {claimed} records of our log, more than were ever sent; ask it to run `ledger verify`"
            )),
            Some(Fed::Asked { held }) => {
                self.awaited.clear();
                (self.revealing, self.offering) = (None, None);
                self.note_acked(held);
                let noted = self.dispatches.greeted(&self.desk.local, held);
                noted.map_err(|error| format!("cannot note what the peer holds: {error}"))
            }
            Some(Fed::Again { positions }) => {
                let room = MOST_ASKED.saturating_sub(self.asked.len());
                let acked = self.feeder.acked();
                self.asked.extend(positions.into_iter().filter(|position| *position < acked).take(room));
                self.asked_under = None;
                Ok(())
            }
            Some(Fed::Stored { size, refused }) => {
                let failed = |error: SqlError| format!("cannot note what was sent: {error}");
                self.answered(size, &refused).map_err(failed)?;
                note_refused(&self.desk.local, &self.peer, &refused).map_err(failed)?;
                self.note_acked(size);
                Ok(())
            }
        }
    }

    fn answered(&mut self, size: u64, refused: &[link::Refused]) -> Result<(), SqlError> {
        let local = &self.desk.local;
        match self.awaited.pop_front() {
            Some(Awaited::Batch(sent)) if sent.end <= size => {
                if !sent.late.is_empty() {
                    self.late_after = self.desk.ledger.last_seq();
                }
                self.dispatches.acknowledged(local, &sent)?;
                if self.under_way().next().is_none() { self.keep_under_way() } else { Ok(()) }
            }
            Some(Awaited::Reveal) => self.reveal_answered(),
            Some(Awaited::Offer(positions)) => self.dispatches.taken(local, &positions, refused),
            Some(Awaited::Late(places)) => self.dispatches.settled(local, &places, true),
            // Said twice: where this batch begins is where the peer was before, and its answer is still to come.
            Some(Awaited::Batch(sent)) if sent.first <= size => {
                self.awaited.push_front(Awaited::Batch(sent));
                Ok(())
            }
            // The peer went back to where it is: what was sent beyond is answered no more.
            Some(Awaited::Batch(_)) => {
                self.awaited.clear();
                (self.revealing, self.offering) = (None, None);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Batches that are not acknowledged yet.
    fn under_way(&self) -> impl Iterator<Item = &Sent> {
        self.awaited.iter().filter_map(|awaited| match awaited {
            Awaited::Batch(sent) => Some(sent),
            Awaited::Reveal | Awaited::Offer(_) | Awaited::Late(_) => None,
        })
    }

    fn keep_under_way(&self) -> Result<(), SqlError> {
        self.dispatches.sending(&self.desk.local, self.feeder.acked(), self.under_way().cloned().collect())
    }

    fn note_acked(&self, size: u64) {
        self.statuses.change(self.peer, |status| status.acked = size);
    }

    fn serve(&mut self, need: Need) -> Result<Frame, String> {
        match need {
            Need::Batch { from } => {
                let (frame, sent) = self.preparer.batch(from).map_err(unprepared)?;
                self.feeder.sent(sent.end);
                self.awaited.push_back(Awaited::Batch(sent));
                let kept = self.keep_under_way();
                kept.map_err(|error| format!("cannot note what is sent: {error}"))?;
                Ok(frame)
            }
            Need::UpToDate => {
                let note = self.preparer.note(self.feeder.acked()).map_err(unprepared)?;
                Ok(Frame::UpToDate { note })
            }
        }
    }

    /// The next frame of what was begun: a reveal or an offer is one frame for each stretch of the log.
    fn go_on(&mut self) -> Result<Option<Frame>, String> {
        match self.reveal()? {
            None => self.offer(),
            frame => Ok(frame),
        }
    }

    /// What was withheld and is released by now, because an agreement changed or began.
    fn begin_reveal(&mut self) -> Result<(), String> {
        let busy = !self.awaited.is_empty() || self.revealing.is_some();
        if busy || (self.dispatches.withheld.is_empty() && !self.preparer.holds_back()) {
            return Ok(());
        }
        let classes = self.preparer.newly_released(&self.dispatches.withheld).map_err(unprepared)?;
        if !classes.is_empty() {
            let end = self.feeder.acked();
            self.revealing = Some(Revealing { classes, from: 0, end, unanswered: 0 });
        }
        Ok(())
    }

    /// Whether what was begun must wait for answers.
    fn full(&self) -> bool {
        let begun = self.revealing.is_some() || self.offering.is_some();
        begun && self.awaited.len() >= WINDOW
    }

    fn reveal(&mut self) -> Result<Option<Frame>, String> {
        if self.full() {
            return Ok(None);
        }
        let Some(revealing) = &mut self.revealing else { return Ok(None) };
        while revealing.from < revealing.end {
            let revealed = self.preparer.reveal(&revealing.classes, revealing.from, revealing.end);
            let (items, next) = revealed.map_err(unprepared)?;
            revealing.from = next;
            if !items.is_empty() {
                revealing.unanswered += 1;
                self.awaited.push_back(Awaited::Reveal);
                return Ok(Some(Frame::Reveal { items }));
            }
        }
        self.reveal_answered_all().map_err(|error| format!("cannot note what was revealed: {error}"))?;
        Ok(None)
    }

    fn reveal_answered(&mut self) -> Result<(), SqlError> {
        if let Some(revealing) = &mut self.revealing {
            revealing.unanswered = revealing.unanswered.saturating_sub(1);
        }
        self.reveal_answered_all()
    }

    fn reveal_answered_all(&mut self) -> Result<(), SqlError> {
        let all = |revealing: &mut Revealing| revealing.unanswered == 0 && revealing.from >= revealing.end;
        let Some(revealing) = self.revealing.take_if(all) else { return Ok(()) };
        for class in revealing.classes {
            self.dispatches.revealed(&self.desk.local, class, revealing.end)?;
        }
        Ok(())
    }

    /// What the peer refused and asks for again, as far as it is released; the rest waits for the next change.
    fn begin_offer(&mut self) {
        let epoch = self.desk.known().epoch;
        let due = self.asked_under != Some(epoch) && !self.asked.is_empty();
        if due && self.awaited.is_empty() {
            self.asked_under = Some(epoch);
            self.offering = Some(Offering { positions: self.asked.iter().copied().collect(), from: 0 });
        }
    }

    fn offer(&mut self) -> Result<Option<Frame>, String> {
        if self.full() {
            return Ok(None);
        }
        let Some(offering) = &mut self.offering else { return Ok(None) };
        while offering.from < offering.positions.len() {
            let looked = self.preparer.look(&offering.positions[offering.from..]).map_err(unprepared)?;
            offering.from += looked.len().max(1);
            let items: Vec<_> = looked
                .into_iter()
                .filter_map(|looked| Some(RevealedItem { position: looked.position, item: looked.item? }))
                .collect();
            if !items.is_empty() {
                let offered: Vec<u64> = items.iter().map(|item| item.position).collect();
                for position in &offered {
                    self.asked.remove(position);
                }
                self.awaited.push_back(Awaited::Offer(offered));
                return Ok(Some(Frame::Reveal { items }));
            }
        }
        self.offering = None;
        Ok(None)
    }

    /// Places withheld because the views did not know their class: by now they may.
    fn look_again(&mut self) -> Result<Option<Frame>, String> {
        let late = self.dispatches.late.is_empty() || self.desk.views.folded() < self.late_after;
        if late || !self.awaited.is_empty() {
            return Ok(None);
        }
        let places: Vec<u64> = self.dispatches.late.iter().copied().collect();
        let looked = self.preparer.look(&places).map_err(unprepared)?;
        let (mut items, mut sent, mut kept) = (Vec::new(), Vec::new(), Vec::new());
        for looked in looked {
            let Some(class) = looked.class else { continue };
            match looked.item {
                Some(item) => {
                    sent.push((looked.position, class));
                    items.push(RevealedItem { position: looked.position, item });
                }
                None => kept.push((looked.position, class)),
            }
        }
        if !kept.is_empty() {
            let settled = self.dispatches.settled(&self.desk.local, &kept, false);
            settled.map_err(|error| format!("cannot note what was sent: {error}"))?;
        }
        if items.is_empty() {
            return Ok(None);
        }
        self.awaited.push_back(Awaited::Late(sent));
        Ok(Some(Frame::Reveal { items }))
    }
}

fn unprepared(error: PrepareError) -> String {
    error.to_string()
}

/// Drives a feed over a connection until the session ends; returns why.
pub(super) async fn run(
    mut feed: Feed,
    mut frames: mpsc::Receiver<Frame>,
    out: mpsc::Sender<Bytes>,
) -> String {
    let mut folded = feed.desk.views.watch_folded();
    let mut spoke = edge::monotonic();
    loop {
        while let Ok(frame) = frames.try_recv() {
            if let Err(reason) = feed.receive(&frame) {
                return reason;
            }
        }
        let silent = spoke.elapsed() >= SPEAK_EVERY;
        let joined = tokio::task::spawn_blocking(move || {
            let due = match feed.turn() {
                Ok(None) if silent => feed.speak().map(Some),
                due => due,
            };
            (feed, due.map(|frame| frame.map(|frame| frame.encode())))
        })
        .await;
        let Ok((back, due)) = joined else { return "the node is stopping".to_owned() };
        feed = back;
        match due {
            Err(reason) => return reason,
            Ok(Some(bytes)) => {
                spoke = edge::monotonic();
                if out.send(bytes).await.is_err() {
                    return "the connection closed".to_owned();
                }
                continue;
            }
            Ok(None) => {}
        }
        tokio::select! {
            frame = frames.recv() => match frame {
                Some(frame) => if let Err(reason) = feed.receive(&frame) { return reason },
                None => return "the connection closed".to_owned(),
            },
            _ = folded.changed() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}
