//! A lease: one node of a party does what must be done once. No clocks are compared: a node that wants the lease
//! watches the holder renew it, and takes it when it has not been renewed for long enough by its own clock.
//!
//! Two nodes may believe for a moment that they hold it: one that was stopped and goes on, until its next question is
//! answered. So what a holder writes once carries a key besides (`Ledger::append_once`).

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

use super::commons::connected;
use super::wire::{Wire, WireError};

/// How often a holder renews, and the others look; how long each waits for an answer.
const BEAT: Duration = Duration::from_secs(1);

/// A holder stops acting after so many beats without a renewal; others take over after so many more. A beat lasts two
/// seconds at most with its question, and one at least without.
const STOP_AFTER: u32 = 4;
const TAKE_AFTER: u32 = 9;

/// A taker acts when after this time the lease is still its own: servers up to 2.9 can let two takers pass at once.
const SETTLED: Duration = Duration::from_millis(250);

/// What one node knows of the lease.
struct Part {
    wire: Wire,
    duty: String,
    me: Arc<str>,
    /// Where it was renewed last by this node, when this node holds it.
    mine: Option<u64>,
    missed: u32,
    /// Where it was renewed last by another, and how many beats ago that was seen first.
    seen: Option<u64>,
    unchanged: u32,
}

/// Takes part until nobody listens any more.
pub(super) async fn take_part(
    mut wires: watch::Receiver<Option<Wire>>,
    (duty, me): (String, Arc<str>),
    holding: watch::Sender<bool>,
) {
    let Some(wire) = connected(&mut wires).await else { return };
    let mut part = Part { wire, duty, me, mine: None, missed: 0, seen: None, unchanged: 0 };
    while !holding.is_closed() {
        let holds = match part.mine {
            Some(sequence) => part.renew(sequence).await,
            None => part.look().await,
        };
        holding.send_if_modified(|before| std::mem::replace(before, holds) != holds);
        let gone = holding.closed();
        // Nobody listens any more, or it is time for the next beat.
        let _ = timeout(BEAT, gone).await;
    }
    if let Some(sequence) = part.mine {
        // Given back, so that nobody has to wait; if that fails, they wait.
        let _ = part.wire.give_lease_back(&part.duty, sequence).await;
    }
}

impl Part {
    /// Renews; whether this node still holds the lease.
    async fn renew(&mut self, sequence: u64) -> bool {
        let renewed = timeout(BEAT, self.wire.renew_lease(&self.duty, &self.me, sequence)).await;
        match renewed {
            Ok(Ok(Some(renewed))) => (self.mine, self.missed) = (Some(renewed), 0),
            // Somebody has renewed it since: another, or this node, when it did not hear the answer.
            Ok(Ok(None)) => match timeout(BEAT, self.wire.lease(&self.duty)).await {
                Ok(Ok((found, holder))) if self.is_me(&holder) => self.mine = Some(found),
                Ok(Ok(_)) => self.lose(),
                Ok(Err(_)) | Err(_) => self.miss(),
            },
            Ok(Err(_)) | Err(_) => self.miss(),
        }
        self.mine.is_some()
    }

    fn is_me(&self, holder: &[u8]) -> bool {
        holder == self.me.as_bytes()
    }

    /// Nobody answers: asked again, until the lease may belong to another.
    fn miss(&mut self) {
        self.missed += 1;
        if self.missed >= STOP_AFTER {
            self.lose();
        }
    }

    fn lose(&mut self) {
        (self.mine, self.missed, self.seen, self.unchanged) = (None, 0, None, 0);
    }

    /// Watches another hold the lease, and takes it when nobody does; whether this node holds it now.
    async fn look(&mut self) -> bool {
        if let Ok(Ok((sequence, holder))) = timeout(BEAT, self.wire.lease(&self.duty)).await {
            self.unchanged = if self.seen == Some(sequence) { self.unchanged + 1 } else { 0 };
            self.seen = Some(sequence);
            if holder.is_empty() || self.unchanged >= TAKE_AFTER {
                self.mine = self.take(sequence).await.ok().flatten();
                self.missed = 0;
            }
        }
        self.mine.is_some()
    }

    async fn take(&self, last: u64) -> Result<Option<u64>, WireError> {
        if self.wire.renew_lease(&self.duty, &self.me, last).await?.is_none() {
            return Ok(None);
        }
        tokio::time::sleep(SETTLED).await;
        let (sequence, holder) = self.wire.lease(&self.duty).await?;
        Ok(self.is_me(&holder).then_some(sequence))
    }
}
