//! Following: the peer's log comes in, in order and verified, whatever the connection does.

use bytes::Bytes;

use crate::frame::{Frame, Item, Refused, RevealedItem};

/// What the driver must do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Follow {
    /// Send this frame to the peer.
    Send(Frame),
    /// Store these places, verified against the note, and report with [`Follower::stored`].
    Mirror {
        /// Place of the first item; equal to the size of the mirror.
        first: u64,
        /// The items.
        items: Vec<Item>,
        /// The checkpoint they end at.
        note: Bytes,
    },
    /// Store these revealed records; report with [`Follower::revealed`].
    Reveal(Vec<RevealedItem>),
    /// Verify this checkpoint against the mirror.
    Check(Bytes),
    /// The batch is held already: verify its checkpoint all the same, then send this answer.
    Again {
        /// The checkpoint.
        note: Bytes,
        /// The acknowledgement, when the checkpoint is believed.
        answer: Frame,
    },
    /// Follow these changes of the peer's keys, as far as each proves itself.
    Learn(Vec<Bytes>),
    /// The peer ended the session.
    Ended(String),
}

/// How storing went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Followed {
    /// Stored up to this size, with what was refused of it.
    Stored {
        /// Size of the mirror now.
        size: u64,
        /// What was not taken.
        refused: Vec<Refused>,
    },
    /// Not believed: the session must end with this reason (I3).
    Broken(String),
}

/// The follower of one log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follower {
    held: u64,
    /// True from asking again until the answer arrives, so that a burst of stray batches asks once.
    asked: bool,
}

impl Follower {
    /// A follower that holds `held` records of the peer's log.
    pub fn new(held: u64) -> Self {
        Self { held, asked: true }
    }

    /// Size of the mirror.
    pub fn held(&self) -> u64 {
        self.held
    }

    /// A frame from the peer.
    pub fn receive(&mut self, frame: Frame) -> Option<Follow> {
        match frame {
            Frame::Batch { first, items, note } => self.batch(first, items, note),
            Frame::Reveal { items } => Some(Follow::Reveal(items)),
            Frame::UpToDate { note } => {
                self.asked = false;
                Some(Follow::Check(note))
            }
            Frame::Keys { rotations } => Some(Follow::Learn(rotations)),
            Frame::Bye { reason } => Some(Follow::Ended(reason)),
            Frame::Hello { .. } | Frame::Ack { .. } | Frame::Ask { .. } => None, // for the feeder
            Frame::Ping | Frame::Pong => None,
        }
    }

    /// Doubled places are skipped, a gap is asked for again, the rest is stored.
    fn batch(&mut self, first: u64, mut items: Vec<Item>, note: Bytes) -> Option<Follow> {
        let end = first.saturating_add(items.len() as u64);
        if end <= self.held {
            let answer = Frame::Ack { size: self.held, refused: Vec::new() };
            return Some(Follow::Again { note, answer });
        }
        if first > self.held {
            let first_time = !std::mem::replace(&mut self.asked, true);
            return first_time.then_some(Follow::Send(Frame::Ack { size: self.held, refused: Vec::new() }));
        }
        self.asked = false;
        items.drain(..(self.held - first) as usize);
        Some(Follow::Mirror { first: self.held, items, note })
    }

    /// How storing a batch went.
    pub fn stored(&mut self, result: Followed) -> Frame {
        match result {
            Followed::Stored { size, refused } => {
                self.held = size;
                Frame::Ack { size, refused }
            }
            Followed::Broken(reason) => Frame::Bye { reason },
        }
    }

    /// How storing a reveal went.
    pub fn revealed(&self, result: Followed) -> Frame {
        match result {
            Followed::Stored { refused, .. } => Frame::Ack { size: self.held, refused },
            Followed::Broken(reason) => Frame::Bye { reason },
        }
    }
}

#[cfg(test)]
mod tests {
    use model::Digest;

    use super::*;

    fn items(count: u8) -> Vec<Item> {
        (0..count).map(|n| Item::Withheld(Digest([n; 32]))).collect()
    }

    fn batch(first: u64, count: u8) -> Frame {
        Frame::Batch { first, items: items(count), note: Bytes::new() }
    }

    #[test]
    fn a_doubled_batch_is_acknowledged_and_an_overlapping_one_trimmed() {
        let mut follower = Follower::new(5);
        let again = follower.receive(batch(0, 5));
        let answer = Frame::Ack { size: 5, refused: vec![] };
        assert_eq!(again, Some(Follow::Again { note: Bytes::new(), answer }));
        let Some(Follow::Mirror { first, items, .. }) = follower.receive(batch(3, 4)) else {
            panic!("a mirror")
        };
        assert_eq!((first, items.len()), (5, 2));
        let ack = follower.stored(Followed::Stored { size: 7, refused: vec![] });
        assert_eq!((ack, follower.held()), (Frame::Ack { size: 7, refused: vec![] }, 7));
    }

    #[test]
    fn a_gap_is_never_stored_and_asked_for_once() {
        let mut follower = Follower::new(5);
        follower.receive(Frame::UpToDate { note: Bytes::new() });
        assert!(matches!(follower.receive(batch(9, 1)), Some(Follow::Send(Frame::Ack { size: 5, .. }))));
        assert_eq!(follower.receive(batch(10, 1)), None);
        assert_eq!(follower.held(), 5);
    }
}
