//! Finding out what the stream holds, after starting, after losing a race, and after a server went down.
//!
//! Why a commit cannot be stored twice: it is stored only where the stream ends at the sequence it expects, and the
//! sequence only grows. It is sent anew only after the stream was read to an end `last` without finding it, expecting
//! `last`. A copy still under way expects an earlier end, and is refused; or the same one, and then only one of the two
//! can be stored there. Message ids of the server are no part of this: it knows them for two minutes only.

use std::collections::HashSet;
use std::time::Duration;

use super::commit::Head;
use super::fetch::Fetching;
use super::sequencer::Sequencer;
use super::wire::{From, WireError};
use crate::work::Cursor;

/// After so many attempts callers are refused instead of waiting: about sixteen seconds without a leader, each attempt
/// looks for one for two.
const PATIENCE: u32 = 8;

/// After so many, about a minute, those whose work is under way hear that nobody knows.
const LAST_PATIENCE: u32 = 30;

/// After so many attempts the server is left for another: it may be alive and cut off from the others.
const RECONNECT_EVERY: u32 = 3;

/// After so many lost races in a row a node asks the others for a turn.
const FRUITLESS: u32 = 2;

/// Where the first and later attempts wait.
const PAUSE_MS: u64 = 100;
const LONGEST_PAUSE_MS: u64 = 1000;

impl Sequencer {
    /// Reads the stream to its end, then lets what is missing in it be sent again. Nothing is under way meanwhile.
    pub async fn recover(&mut self) {
        self.fruitless += 1;
        if self.fruitless > FRUITLESS {
            // Another node is quicker every time. It leaves a gap; if it does not, a pause lets both get ahead.
            self.wire.ask_for_a_turn(&self.name).await;
            let pause = u64::from(self.fruitless - FRUITLESS).min(LONGEST_PAUSE_MS);
            tokio::time::sleep(Duration::from_millis(pause)).await;
        }
        let (mut attempts, mut from) = (0, From::Any);
        let mut both = std::mem::take(&mut self.unpacked);
        loop {
            let led = self.wire.led(both).await;
            let pause = if led.is_ok() { PAUSE_MS } else { 0 };
            let looked = match led {
                Ok(end) => self.catch_up(from, end).await,
                Err(error) => Err(error),
            };
            let Err(error) = looked else { break };
            attempts += 1;
            (from, both) = (From::Leader, true);
            if attempts % RECONNECT_EVERY == 0 {
                drop(self.wire.client.force_reconnect().await);
            }
            self.complain(attempts, &error.to_string());
            if self.shared.queue.is_closed() && attempts > 2 {
                self.closing = true;
                return;
            }
            let pause = (pause * u64::from(attempts)).min(LONGEST_PAUSE_MS);
            tokio::time::sleep(Duration::from_millis(pause)).await;
        }
        if !self.shared.was_ready() {
            self.settle_fold().await;
        }
        self.go_on_from_the_end().await;
        self.doubt = None;
        self.shared.set_trouble(None);
        self.shared.is_ready();
    }

    /// Callers wait while it makes sense; then they are refused, and in the end told that nobody knows.
    fn complain(&mut self, attempts: u32, reason: &str) {
        // A leader that says twice that the stream is another one is believed.
        if attempts < PATIENCE && !(self.strayed && attempts > 1) {
            return self.shared.worry(reason);
        }
        self.shared.set_trouble(Some(reason.to_owned()));
        self.refuse_unsent(reason);
        self.shared.is_ready();
        if attempts >= LAST_PATIENCE {
            self.give_up_waiting(reason);
        }
    }

    async fn catch_up(&mut self, from: From, (last, sealed): (u64, bool)) -> Result<(), WireError> {
        self.settle_fold().await;
        if std::mem::take(&mut self.refold) {
            self.handed = self.applied;
        }
        (self.looked, self.assembly, self.strayed) = (self.handed.seq, None, false);
        if last < self.looked {
            self.strayed = true;
            return Err(WireError(format!(
                "the stream ends at {last}, this node has followed it to {}: its end was lost",
                self.looked
            )));
        }
        if !self.shared.place_is_checked() {
            self.check_place().await?;
        }
        let own = self.flights.iter().map(|flight| flight.id).collect::<HashSet<_>>();
        let mut fetching = Fetching::new(self.wire.clone(), from, self.looked + 1, last, own);
        while self.looked < last {
            for fetched in fetching.group(self.handed.id, self.assembly.as_ref()).await? {
                self.look(fetched).await?;
                if self.refold {
                    return Err(WireError("this node's own ledger.db takes no writes".to_owned()));
                }
            }
        }
        self.tip = Cursor { seq: last, id: self.handed.id };
        if self.fruitless > 1 && last == self.ended && !self.flights.is_empty() {
            // Twice nothing was stored, by nobody: the server may be alive and cut off from the others.
            drop(self.wire.client.force_reconnect().await);
            self.fruitless = 0;
        }
        self.ended = last;
        if sealed {
            self.strayed = true;
            let reason = "the stream is sealed: this ledger has been moved out of the cluster";
            self.refuse_flights(reason);
            return Err(WireError(reason.to_owned()));
        }
        Ok(())
    }

    /// The stream must hold, where this node stopped, the commit with which it stopped.
    async fn check_place(&mut self) -> Result<(), WireError> {
        if self.handed.seq > 0 {
            let message = self.wire.commit_message(self.handed.seq, From::Leader).await?;
            let head = Head::read(message).map_err(|error| WireError(error.to_string()))?.0;
            if head.id != self.handed.id {
                self.strayed = true;
                let reason = "the stream is not the one this node has followed; it holds other commits";
                return Err(WireError(reason.to_owned()));
            }
        }
        self.shared.check_place();
        Ok(())
    }

    /// Flights still here are not in the stream, except parts of the first one at its very end.
    async fn go_on_from_the_end(&mut self) {
        self.attempt += 1;
        for flight in &mut self.flights {
            flight.start_over();
        }
        if let (Some(first), Some(assembly)) = (self.flights.front_mut(), &self.assembly)
            && first.id == assembly.id
        {
            (first.sent, first.acked) = (assembly.have, assembly.have);
            (first.first_seq, first.before) = (assembly.first_seq, self.handed.id);
        }
        let flights = std::mem::take(&mut self.flights);
        for flight in &flights {
            self.send_packs(flight).await;
        }
        self.flights = flights;
    }
}
