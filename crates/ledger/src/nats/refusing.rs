//! Telling callers that their work is not in the stream, or that nobody knows.

use std::time::Duration;

use super::sequencer::{COMMIT_BYTES, Sequencer};
use crate::sqlite::Taken;
use crate::work::Refusal;

impl Sequencer {
    /// What certainly is not in the stream is refused: never sent, or not even gathered.
    pub fn refuse_unsent(&mut self, reason: &str) {
        while let Taken::Jobs(jobs) = self.shared.queue.take(COMMIT_BYTES, Duration::ZERO) {
            for job in jobs {
                (job.done)(Err(read_only(reason)));
            }
        }
        while self.flights.back().is_some_and(|flight| !flight.ever_sent) {
            self.refuse_last_flight(reason);
        }
    }

    /// The stream has ended without them.
    pub fn refuse_flights(&mut self, reason: &str) {
        while !self.flights.is_empty() {
            self.refuse_last_flight(reason);
        }
    }

    fn refuse_last_flight(&mut self, reason: &str) {
        if let Some(flight) = self.flights.pop_back() {
            self.flying_bytes -= flight.bytes;
            for done in self.waiting.remove(&flight.id).into_iter().flatten() {
                done(Err(read_only(reason)));
            }
        }
    }

    /// Callers have waited long enough to hear whether their work is in the stream.
    pub fn give_up_waiting(&mut self, reason: &str) {
        let reason =
            format!("it is not known whether this was stored, look before you send it again: {reason}");
        for done in self.waiting.drain().flat_map(|(_, dones)| dones) {
            done(Err(read_only(&reason)));
        }
    }

    pub fn refuse_all(&mut self, reason: &str) {
        self.refuse_unsent(reason);
        for done in self.waiting.drain().flat_map(|(_, dones)| dones) {
            done(Err(crate::WriteError::Closed.into()));
        }
    }
}

fn read_only(reason: &str) -> Refusal {
    crate::WriteError::ReadOnly { reason: reason.to_owned() }.into()
}
