//! The feeding half of a session.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use link::{Fed, Feeder, Frame, Need};
use model::PartyId;
use tokio::sync::mpsc;

use super::dispatch::{Dispatches, Sent, note_refused};
use super::prepare::{PrepareError, Preparer};
use super::status::Statuses;
use crate::desk::Desk;
use crate::edge;

/// How often time alone is looked at: an agreement may begin or end without a record.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// The peer hears from us at least this often, so that it can tell silence from absence.
pub(super) const SPEAK_EVERY: Duration = Duration::from_secs(30);

/// Reveals on their way: noted as sent once each was acknowledged.
struct Revealing {
    classes: Vec<u32>,
    end: u64,
    unanswered: usize,
}

/// The feeding half: our log to one peer.
pub(super) struct Feed {
    desk: Arc<Desk>,
    peer: PartyId,
    feeder: Feeder,
    preparer: Option<Preparer>,
    dispatches: Dispatches,
    pending: VecDeque<Sent>,
    revealing: Option<Revealing>,
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
            pending: VecDeque::new(),
            revealing: None,
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
            if let Err(reason) = self.reveal().await {
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
                self.pending.clear();
                self.revealing = None;
                self.note_acked(held);
                Ok(())
            }
            Some(Fed::Stored { size, refused }) => {
                let failed = |error: crate::sql::SqlError| format!("cannot note what was sent: {error}");
                while let Some(sent) = self.pending.pop_front_if(|sent| sent.end <= size) {
                    self.dispatches.acknowledged(&self.desk.local, &sent).map_err(failed)?;
                }
                self.reveal_answered().map_err(failed)?;
                note_refused(&self.desk.local, &self.peer, &refused).map_err(failed)?;
                self.note_acked(size);
                Ok(())
            }
        }
    }

    fn note_acked(&self, size: u64) {
        self.statuses.change(self.peer, |status| status.acked = size);
    }

    async fn serve(&mut self, need: Need) -> Result<(), String> {
        match need {
            Need::Batch { from } => {
                let (frame, sent) = self.prepare(move |preparer| preparer.batch(from)).await?;
                self.feeder.sent(sent.end);
                self.pending.push_back(sent);
                self.send(frame).await
            }
            Need::UpToDate => {
                let size = self.feeder.acked();
                let note = self.prepare(move |preparer| preparer.note(size)).await?;
                self.send(Frame::UpToDate { note }).await
            }
        }
    }

    /// What was withheld and is released by now, because an agreement changed or began.
    async fn reveal(&mut self) -> Result<(), String> {
        let busy = !self.pending.is_empty() || self.revealing.is_some();
        if busy || self.dispatches.withheld.is_empty() {
            return Ok(());
        }
        let withheld = self.dispatches.withheld.clone();
        let classes = self.prepare(move |preparer| Ok(preparer.newly_released(&withheld))).await?;
        if classes.is_empty() {
            return Ok(());
        }
        let end = self.feeder.acked();
        let (mut from, mut unanswered) = (0, 0);
        while from < end {
            let wanted = classes.clone();
            let (items, next) = self.prepare(move |preparer| preparer.reveal(&wanted, from, end)).await?;
            if !items.is_empty() {
                self.send(Frame::Reveal { items }).await?;
                unanswered += 1;
            }
            from = next;
        }
        self.revealing = Some(Revealing { classes, end, unanswered });
        self.reveal_answered_all().map_err(|error| format!("cannot note what was revealed: {error}"))
    }

    /// An acknowledgement that belongs to no batch answers one reveal.
    fn reveal_answered(&mut self) -> Result<(), crate::sql::SqlError> {
        if let Some(revealing) = &mut self.revealing
            && self.pending.is_empty()
        {
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
