//! The feeding half of a session.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use link::{Fed, Feeder, Frame, Need, RevealedItem};
use model::PartyId;
use tokio::sync::mpsc;

use super::dispatch::{Dispatches, Sent, note_refused};
use super::prepare::{PrepareError, Preparer};
use super::status::Statuses;
use crate::desk::Desk;
use crate::edge;

/// How often time alone is looked at: an agreement may begin or end without a record.
pub(super) const LOOK_EVERY: Duration = Duration::from_secs(5);

/// The peer hears from us at least this often, so that it can tell silence from absence.
pub(super) const SPEAK_EVERY: Duration = Duration::from_secs(30);

/// Reveals on their way: noted as sent once each was acknowledged.
struct Revealing {
    classes: Vec<u32>,
    end: u64,
    unanswered: usize,
}

/// What the peer answers with one acknowledgement each, in the order sent.
enum Awaited {
    Batch(Sent),
    Reveal,
    /// Records of which the peer asked for again.
    Offer(Vec<u64>),
    /// Records whose class the views had not known: place and class.
    Late(Vec<(u64, u32)>),
}

/// Places that a peer may ask for at once.
const MOST_ASKED: usize = 100_000;

/// The feeding half: our log to one peer.
pub(super) struct Feed {
    desk: Arc<Desk>,
    peer: PartyId,
    feeder: Feeder,
    preparer: Option<Preparer>,
    dispatches: Dispatches,
    awaited: VecDeque<Awaited>,
    revealing: Option<Revealing>,
    /// What the peer asks for again, and the epoch under which none of it was released.
    asked: BTreeSet<u64>,
    asked_under: Option<u64>,
    /// The arrival that the views must have folded before places of unknown class are worth another look.
    late_after: u64,
    spoke: std::time::Instant,
    out: mpsc::Sender<Bytes>,
    statuses: Arc<Statuses>,
}

impl Feed {
    pub fn new(desk: Arc<Desk>, peer: PartyId, out: mpsc::Sender<Bytes>, statuses: Arc<Statuses>) -> Self {
        let feeder = Feeder::new(desk.ledger.size(desk.log));
        let preparer = Some(Preparer::new(Arc::clone(&desk), peer));
        let dispatches = Dispatches::load(&desk.local, peer);
        Self {
            desk,
            peer,
            feeder,
            preparer,
            dispatches,
            awaited: VecDeque::new(),
            revealing: None,
            asked: BTreeSet::new(),
            asked_under: None,
            late_after: 0,
            spoke: edge::monotonic(),
            out,
            statuses,
        }
    }

    /// Runs until the session ends; returns why.
    pub async fn run(mut self, mut frames: mpsc::Receiver<Frame>) -> String {
        let mut folded = self.desk.views.watch_folded();
        let keys = self.preparer.as_ref().and_then(Preparer::keys);
        if let Some(keys) = keys
            && let Err(reason) = self.send(keys).await
        {
            return reason;
        }
        loop {
            while let Ok(frame) = frames.try_recv() {
                if let Err(reason) = self.receive(&frame) {
                    return reason;
                }
            }
            self.feeder.grown(self.desk.ledger.size(self.desk.log));
            if let Some(need) = self.feeder.need() {
                if let Err(reason) = self.serve(need).await {
                    return reason;
                }
                continue;
            }
            // Before the peer's greeting, and while it holds nothing, there is nothing to reveal: a class that is
            // released by now must not be taken for revealed up to there.
            if self.feeder.acked() > 0
                && let Err(reason) = self.reveal_all().await
            {
                return reason;
            }
            if self.spoke.elapsed() >= SPEAK_EVERY
                && let Err(reason) = self.serve(Need::UpToDate).await
            {
                return reason;
            }
            tokio::select! {
                frame = frames.recv() => match frame {
                    Some(frame) => if let Err(reason) = self.receive(&frame) { return reason },
                    None => return "the connection closed".to_owned(),
                },
                _ = folded.changed() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
    }

    fn receive(&mut self, frame: &Frame) -> Result<(), String> {
        match self.feeder.receive(frame) {
            None => Ok(()),
            Some(Fed::Impossible { claimed }) => Err(format!(
                "the peer claims {claimed} records of our log, more than were ever sent; ask it to run `ledger verify`"
            )),
            Some(Fed::Asked { held }) => {
                self.awaited.clear();
                self.revealing = None;
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
                let failed = |error: crate::sql::SqlError| format!("cannot note what was sent: {error}");
                self.answered(size, &refused).map_err(failed)?;
                note_refused(&self.desk.local, &self.peer, &refused).map_err(failed)?;
                self.note_acked(size);
                Ok(())
            }
        }
    }

    fn answered(&mut self, size: u64, refused: &[link::Refused]) -> Result<(), crate::sql::SqlError> {
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
            // The peer went back to where it is: what was sent beyond is answered no more.
            Some(Awaited::Batch(_)) => {
                self.awaited.clear();
                self.revealing = None;
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

    fn keep_under_way(&self) -> Result<(), crate::sql::SqlError> {
        self.dispatches.sending(&self.desk.local, self.feeder.acked(), self.under_way().cloned().collect())
    }

    fn note_acked(&self, size: u64) {
        self.statuses.change(self.peer, |status| status.acked = size);
    }

    async fn serve(&mut self, need: Need) -> Result<(), String> {
        match need {
            Need::Batch { from } => {
                let (frame, sent) = self.prepare(move |preparer| preparer.batch(from)).await?;
                self.feeder.sent(sent.end);
                self.awaited.push_back(Awaited::Batch(sent));
                let kept = self.keep_under_way();
                kept.map_err(|error| format!("cannot note what is sent: {error}"))?;
                self.send(frame).await
            }
            Need::UpToDate => {
                let size = self.feeder.acked();
                let note = self.prepare(move |preparer| preparer.note(size)).await?;
                self.send(Frame::UpToDate { note }).await
            }
        }
    }

    async fn reveal_all(&mut self) -> Result<(), String> {
        self.reveal().await?;
        self.offer().await?;
        self.look_again().await
    }

    /// What was withheld and is released by now, because an agreement changed or began.
    async fn reveal(&mut self) -> Result<(), String> {
        let busy = !self.awaited.is_empty() || self.revealing.is_some();
        let holds_back = self.preparer.as_ref().is_some_and(Preparer::holds_back);
        if busy || (self.dispatches.withheld.is_empty() && !holds_back) {
            return Ok(());
        }
        let withheld = self.dispatches.withheld.clone();
        let classes = self.prepare(move |preparer| preparer.newly_released(&withheld)).await?;
        if classes.is_empty() {
            return Ok(());
        }
        let end = self.feeder.acked();
        let (mut from, mut unanswered) = (0, 0);
        while from < end {
            let wanted = classes.clone();
            let (items, next) = self.prepare(move |preparer| preparer.reveal(&wanted, from, end)).await?;
            if !items.is_empty() {
                self.awaited.push_back(Awaited::Reveal);
                self.send(Frame::Reveal { items }).await?;
                unanswered += 1;
            }
            from = next;
        }
        self.revealing = Some(Revealing { classes, end, unanswered });
        self.reveal_answered_all().map_err(|error| format!("cannot note what was revealed: {error}"))
    }

    fn reveal_answered(&mut self) -> Result<(), crate::sql::SqlError> {
        if let Some(revealing) = &mut self.revealing {
            revealing.unanswered = revealing.unanswered.saturating_sub(1);
        }
        self.reveal_answered_all()
    }

    fn reveal_answered_all(&mut self) -> Result<(), crate::sql::SqlError> {
        let Some(revealing) = self.revealing.take_if(|revealing| revealing.unanswered == 0) else {
            return Ok(());
        };
        for class in revealing.classes {
            self.dispatches.revealed(&self.desk.local, class, revealing.end)?;
        }
        Ok(())
    }

    /// What the peer refused and asks for again, as far as it is released; the rest waits for the next change.
    async fn offer(&mut self) -> Result<(), String> {
        let epoch = self.desk.known().epoch;
        let due = self.asked_under != Some(epoch) && !self.asked.is_empty();
        if !due || !self.awaited.is_empty() {
            return Ok(());
        }
        let positions: Vec<u64> = self.asked.iter().copied().collect();
        let mut from = 0;
        while from < positions.len() {
            let some = positions[from..].to_vec();
            let looked = self.prepare(move |preparer| preparer.look(&some)).await?;
            from += looked.len().max(1);
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
                self.send(Frame::Reveal { items }).await?;
            }
        }
        self.asked_under = Some(epoch);
        Ok(())
    }

    /// Places withheld because the views did not know their class: by now they may.
    async fn look_again(&mut self) -> Result<(), String> {
        let late = self.dispatches.late.is_empty() || self.desk.views.folded() < self.late_after;
        if late || !self.awaited.is_empty() {
            return Ok(());
        }
        let places: Vec<u64> = self.dispatches.late.iter().copied().collect();
        let looked = self.prepare(move |preparer| preparer.look(&places)).await?;
        let failed = |error: crate::sql::SqlError| format!("cannot note what was sent: {error}");
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
            self.dispatches.settled(&self.desk.local, &kept, false).map_err(failed)?;
        }
        if items.is_empty() {
            return Ok(());
        }
        self.awaited.push_back(Awaited::Late(sent));
        self.send(Frame::Reveal { items }).await
    }

    async fn send(&mut self, frame: Frame) -> Result<(), String> {
        self.spoke = edge::monotonic();
        self.out.send(frame.encode()).await.map_err(|_| "the connection closed".to_owned())
    }

    /// Runs work of the preparer off the async threads.
    async fn prepare<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Preparer) -> Result<T, PrepareError> + Send + 'static,
    ) -> Result<T, String> {
        let stopped = || "the node is stopping".to_owned();
        let mut preparer = self.preparer.take().ok_or_else(stopped)?;
        let (preparer, result) = tokio::task::spawn_blocking(move || {
            let result = work(&mut preparer);
            (preparer, result)
        })
        .await
        .map_err(|_| stopped())?;
        self.preparer = Some(preparer);
        result.map_err(|error| error.to_string())
    }
}
