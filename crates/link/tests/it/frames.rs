//! Frames survive the trip; anything else is an error and never a panic.

use bytes::Bytes;
use link::{Frame, Item, Refused, RevealedItem};
use model::{Digest, PartyId};
use proptest::prelude::*;

fn bytes() -> impl Strategy<Value = Bytes> {
    prop::collection::vec(any::<u8>(), 0..40).prop_map(Bytes::from)
}

fn item() -> impl Strategy<Value = Item> {
    prop_oneof![
        any::<[u8; 32]>().prop_map(|leaf| Item::Withheld(Digest(leaf))),
        (bytes(), prop::option::of(bytes()), prop::option::of(bytes()))
            .prop_map(|(header, body, openings)| Item::Record { header, body, openings }),
    ]
}

fn frame() -> impl Strategy<Value = Frame> {
    let refused = (any::<u64>(), ".{0,20}").prop_map(|(position, reason)| Refused { position, reason });
    let revealed = (any::<u64>(), item()).prop_map(|(position, item)| RevealedItem { position, item });
    prop_oneof![
        ("[a-z:]{1,12}", any::<[u8; 16]>(), any::<u64>()).prop_map(|(realm, party, held)| Frame::Hello {
            realm,
            party: PartyId(party),
            held
        }),
        (any::<u64>(), prop::collection::vec(item(), 0..6), bytes())
            .prop_map(|(first, items, note)| Frame::Batch { first, items, note }),
        prop::collection::vec(revealed, 0..4).prop_map(|items| Frame::Reveal { items }),
        (any::<u64>(), prop::collection::vec(refused, 0..4))
            .prop_map(|(size, refused)| Frame::Ack { size, refused }),
        bytes().prop_map(|note| Frame::UpToDate { note }),
        prop::collection::vec(any::<u64>(), 0..6).prop_map(|positions| Frame::Ask { positions }),
        prop::collection::vec(bytes(), 0..4).prop_map(|rotations| Frame::Keys { rotations }),
        ".{0,30}".prop_map(|reason| Frame::Bye { reason }),
        prop_oneof![Just(Frame::Ping), Just(Frame::Pong)],
    ]
}

proptest! {
    #[test]
    fn a_frame_reads_back_as_it_was_sent(frame in frame()) {
        let sent = frame.encode();
        prop_assert_eq!(u32::from_be_bytes([sent[0], sent[1], sent[2], sent[3]]) as usize, sent.len() - 4);
        prop_assert_eq!(Frame::decode(sent.slice(4..)), Ok(frame));
    }

    #[test]
    fn a_cut_or_altered_frame_never_panics(frame in frame(), cut in 0usize..400, at in 0usize..400, to: u8) {
        let sent = frame.encode().slice(4..);
        let cut = cut.min(sent.len());
        let _ = Frame::decode(sent.slice(..cut));
        let mut altered = sent.to_vec();
        let at = at % altered.len();
        altered[at] = to;
        let _ = Frame::decode(Bytes::from(altered));
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Frame::decode(Bytes::from(bytes));
    }
}
