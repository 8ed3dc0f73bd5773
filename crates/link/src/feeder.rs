//! Feeding: the own log goes out, a few batches in flight, and starts again where the peer says it is.

use crate::frame::Frame;

/// What the driver must do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Prepare a batch from this position and report with [`Feeder::sent`].
    Batch {
        /// The first position.
        from: u64,
    },
    /// Tell the peer that it holds everything, with the newest checkpoint.
    UpToDate,
}

/// What a frame of the peer meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fed {
    /// The peer asked from here: a new session or a resynchronisation.
    Asked {
        /// What it holds.
        held: u64,
    },
    /// The peer stored everything before this size.
    Stored {
        /// Its mirror's size.
        size: u64,
        /// What it refused.
        refused: Vec<crate::Refused>,
    },
    /// The peer would take these records by now.
    Again {
        /// Places in the own log.
        positions: Vec<u64>,
    },
    /// The peer claims more than was ever sent: its mirror is not of this log.
    Impossible {
        /// What it claims.
        claimed: u64,
    },
}

/// Batches on their way at once: enough to hide one round trip and one fsync at the peer.
const WINDOW: usize = 4;

/// The feeder of the own log to one peer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feeder {
    size: u64,
    next: Option<u64>,
    acked: u64,
    in_flight: Vec<u64>,
    told: bool,
}

impl Feeder {
    /// A feeder of a log of `size` records; it waits for the peer's Hello.
    pub fn new(size: u64) -> Self {
        Self { size, next: None, acked: 0, in_flight: Vec::new(), told: false }
    }

    /// What the peer has acknowledged.
    pub fn acked(&self) -> u64 {
        self.acked
    }

    /// The own log has grown.
    pub fn grown(&mut self, size: u64) {
        self.size = self.size.max(size);
    }

    /// A frame from the peer; `None` when it is for the follower.
    pub fn receive(&mut self, frame: &Frame) -> Option<Fed> {
        match frame {
            Frame::Hello { held, .. } => Some(self.asked(*held)),
            Frame::Ack { size, refused } => Some(self.stored(*size, refused.clone())),
            Frame::Ask { positions } => Some(Fed::Again { positions: positions.clone() }),
            Frame::Batch { .. }
            | Frame::Reveal { .. }
            | Frame::UpToDate { .. }
            | Frame::Keys { .. }
            | Frame::Bye { .. }
            | Frame::Ping
            | Frame::Pong => None,
        }
    }

    fn asked(&mut self, held: u64) -> Fed {
        if held > self.size {
            return Fed::Impossible { claimed: held };
        }
        self.in_flight.clear();
        (self.next, self.acked, self.told) = (Some(held), held, false);
        Fed::Asked { held }
    }

    fn stored(&mut self, size: u64, refused: Vec<crate::Refused>) -> Fed {
        if size > self.next.unwrap_or(0) {
            return Fed::Impossible { claimed: size };
        }
        self.in_flight.retain(|end| *end > size);
        if size < self.acked {
            // The peer lost what it had acknowledged (a restored backup): go back to where it is.
            self.in_flight.clear();
            self.next = Some(size);
        }
        self.acked = size;
        Fed::Stored { size, refused }
    }

    /// What to do now, if anything.
    pub fn need(&mut self) -> Option<Need> {
        let next = self.next?;
        if next < self.size {
            return (self.in_flight.len() < WINDOW).then_some(Need::Batch { from: next });
        }
        let everything = self.acked == self.size && !self.told;
        self.told |= everything;
        everything.then_some(Need::UpToDate)
    }

    /// A batch was sent that ends at log size `end`.
    pub fn sent(&mut self, end: u64) {
        self.next = Some(end);
        self.in_flight.push(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hello(held: u64) -> Frame {
        Frame::Hello { realm: "real".into(), party: model::PartyId([0; 16]), held }
    }

    fn ack(size: u64) -> Frame {
        Frame::Ack { size, refused: vec![] }
    }

    #[test]
    fn nothing_new_costs_one_question_and_one_answer() {
        let mut feeder = Feeder::new(7);
        assert_eq!(feeder.need(), None);
        assert_eq!(feeder.receive(&hello(7)), Some(Fed::Asked { held: 7 }));
        assert_eq!(feeder.need(), Some(Need::UpToDate));
        assert_eq!(feeder.need(), None);
    }

    #[test]
    fn a_window_of_batches_flows_and_acknowledgements_open_it() {
        let mut feeder = Feeder::new(100);
        feeder.receive(&hello(0));
        for end in [10, 20, 30, 40] {
            assert_eq!(feeder.need(), Some(Need::Batch { from: end - 10 }));
            feeder.sent(end);
        }
        assert_eq!(feeder.need(), None);
        feeder.receive(&ack(10));
        assert_eq!(feeder.need(), Some(Need::Batch { from: 40 }));
    }

    #[test]
    fn a_peer_that_claims_what_was_never_sent_is_caught() {
        let mut feeder = Feeder::new(5);
        assert_eq!(feeder.receive(&hello(6)), Some(Fed::Impossible { claimed: 6 }));
        feeder.receive(&hello(2));
        assert_eq!(feeder.receive(&ack(3)), Some(Fed::Impossible { claimed: 3 }));
    }
}
