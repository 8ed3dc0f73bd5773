//! A feeder and a follower over a connection that loses, doubles and reorders: after quiet the mirror is whole.

use bytes::Bytes;
use link::{Feeder, Follow, Followed, Follower, Frame, Item, Need};
use model::{Digest, PartyId};
use proptest::prelude::*;

/// The follower's mirror as a model: the leaf at each place.
struct Peer {
    follower: Follower,
    mirror: Vec<u8>,
}

fn leaf(position: u64) -> Item {
    Item::Withheld(Digest([position as u8; 32]))
}

fn hello(held: u64) -> Frame {
    Frame::Hello { realm: "real".into(), party: PartyId([1; 16]), held }
}

impl Peer {
    fn receive(&mut self, frame: Frame) -> Option<Frame> {
        match self.follower.receive(frame)? {
            Follow::Send(frame) | Follow::Again { answer: frame, .. } => Some(frame),
            Follow::Mirror { first, items, .. } => {
                assert_eq!(first, self.mirror.len() as u64, "never a gap, never a double");
                for item in items {
                    let Item::Withheld(leaf) = item else { panic!("leaves only") };
                    self.mirror.push(leaf.0[0]);
                }
                let size = self.mirror.len() as u64;
                Some(self.follower.stored(Followed::Stored { size, refused: vec![] }))
            }
            Follow::Check(_) | Follow::Reveal(_) | Follow::Learn(_) | Follow::Ended(_) => None,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn after_quiet_the_mirror_is_whole(
        sizes in prop::collection::vec(0u64..40, 1..6),
        weather in prop::collection::vec(0u8..5, 0..60),
    ) {
        let mut peer = Peer { follower: Follower::new(0), mirror: vec![] };
        let mut feeder = Feeder::new(0);
        let mut total = 0;
        let mut weather = weather.into_iter();
        let mut late: Option<Frame> = None;
        for grow in sizes.into_iter().chain([0, 0]) {
            total += grow;
            feeder.grown(total);
            feeder.receive(&hello(peer.follower.held())); // each session begins by asking
            for _ in 0..200 {
                let Some(need) = feeder.need() else { break };
                let frame = match need {
                    Need::UpToDate => Frame::UpToDate { note: Bytes::new() },
                    Need::Batch { from } => {
                        let end = total.min(from + 7);
                        feeder.sent(end);
                        Frame::Batch { first: from, items: (from..end).map(leaf).collect(), note: Bytes::new() }
                    }
                };
                let mut arriving = match weather.next().unwrap_or(0) {
                    1 => vec![],
                    2 => vec![frame.clone(), frame],
                    3 => { late = Some(frame); vec![] }
                    _ => vec![frame],
                };
                arriving.extend(late.take_if(|_| !arriving.is_empty()));
                for frame in arriving {
                    if let Some(answer) = peer.receive(frame) {
                        feeder.receive(&answer);
                    }
                }
            }
        }
        // Quiet: the next session asks once more and nothing is lost on the way.
        feeder.receive(&hello(peer.follower.held()));
        for _ in 0..200 {
            let Some(Need::Batch { from }) = feeder.need() else { break };
            let end = total.min(from + 7);
            feeder.sent(end);
            let batch = Frame::Batch { first: from, items: (from..end).map(leaf).collect(), note: Bytes::new() };
            if let Some(answer) = peer.receive(batch) {
                feeder.receive(&answer);
            }
        }
        prop_assert_eq!(peer.mirror, (0..total).map(|n| n as u8).collect::<Vec<_>>());
        prop_assert_eq!(feeder.acked(), total);
    }
}
