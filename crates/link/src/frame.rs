//! Frames: what travels, as compact binary with every length checked before it is believed.

use bytes::{Buf, BufMut, Bytes, BytesMut};
use model::{Digest, PartyId};

/// The largest frame, bytes; a batch is cut long before.
pub const MAX_FRAME_BYTES: usize = 80 << 20;
/// The protocol spoken here.
pub const PROTOCOL: u8 = 1;
/// Most items of one batch or reveal.
const MAX_ITEMS: usize = 100_000;
/// Longest text of a reason or realm, bytes.
const MAX_TEXT: usize = 1_024;

/// One place of the feeder's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A released record.
    Record {
        /// Header bytes.
        header: Bytes,
        /// Body bytes; `None` when it was erased.
        body: Option<Bytes>,
        /// The receiver's own opening among named recipients.
        openings: Option<Bytes>,
    },
    /// A withheld record: its leaf hash alone.
    Withheld(Digest),
}

/// A record withheld earlier and released now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevealedItem {
    /// Its place in the feeder's log.
    pub position: u64,
    /// The record.
    pub item: Item,
}

/// A record the follower would not take, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its place in the feeder's log.
    pub position: u64,
    /// The follower's reason, for the feeder's pages.
    pub reason: String,
}

/// What travels between two nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// Opens a session, or asks again: "of your log I hold this many records".
    Hello {
        /// The realm of both logs.
        realm: String,
        /// Who speaks.
        party: PartyId,
        /// Size of the mirror.
        held: u64,
    },
    /// Consecutive places, ending where `note` was signed.
    Batch {
        /// Place of the first item.
        first: u64,
        /// The items.
        items: Vec<Item>,
        /// The feeder's signed checkpoint.
        note: Bytes,
    },
    /// Records withheld earlier.
    Reveal {
        /// The records.
        items: Vec<RevealedItem>,
    },
    /// "Your log is stored here up to this size."
    Ack {
        /// Size of the mirror.
        size: u64,
        /// What was not taken.
        refused: Vec<Refused>,
    },
    /// "You hold everything; here is my newest checkpoint."
    UpToDate {
        /// The feeder's signed checkpoint.
        note: Bytes,
    },
    /// "Offer me these records again, which I refused: my agreements have changed."
    Ask {
        /// Places in the feeder's log.
        positions: Vec<u64>,
    },
    /// The feeder's changes of keys, before anything that the newest keys signed.
    Keys {
        /// Bodies of `party.rotation.v1`, oldest first.
        rotations: Vec<Bytes>,
    },
    /// Ends the session, with its reason.
    Bye {
        /// Why.
        reason: String,
    },
    /// "Are you still there?"
    Ping,
    /// "I am."
    Pong,
}

/// Bytes that are no frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// It ends before its lengths say.
    #[error("the frame is cut short")]
    Short,
    /// More than a frame may hold.
    #[error("the frame is larger than {MAX_FRAME_BYTES} bytes or holds too many items")]
    Large,
    /// An unknown tag or protocol version.
    #[error("the peer speaks another version of the link protocol; upgrade the older node")]
    Unknown,
    /// Text that is not UTF-8.
    #[error("the frame holds text that is not UTF-8")]
    Text,
}

impl Frame {
    /// The frame as it travels, its length first.
    pub fn encode(&self) -> Bytes {
        let mut out = BytesMut::with_capacity(256);
        out.put_u32(0);
        match self {
            Frame::Hello { realm, party, held } => {
                out.put_slice(&[1, PROTOCOL]);
                put_text(&mut out, realm);
                out.put_slice(&party.0);
                out.put_u64(*held);
            }
            Frame::Batch { first, items, note } => {
                out.put_u8(2);
                out.put_u64(*first);
                put_bytes(&mut out, note);
                out.put_u32(items.len() as u32);
                for item in items {
                    put_item(&mut out, item);
                }
            }
            Frame::Reveal { items } => {
                out.put_u8(3);
                out.put_u32(items.len() as u32);
                for revealed in items {
                    out.put_u64(revealed.position);
                    put_item(&mut out, &revealed.item);
                }
            }
            Frame::Ack { size, refused } => {
                out.put_u8(4);
                out.put_u64(*size);
                out.put_u32(refused.len() as u32);
                for refused in refused {
                    out.put_u64(refused.position);
                    put_text(&mut out, &refused.reason);
                }
            }
            Frame::UpToDate { note } => {
                out.put_u8(5);
                put_bytes(&mut out, note);
            }
            Frame::Keys { rotations } => {
                out.put_u8(8);
                out.put_u32(rotations.len() as u32);
                for rotation in rotations {
                    put_bytes(&mut out, rotation);
                }
            }
            Frame::Bye { reason } => {
                out.put_u8(6);
                put_text(&mut out, reason);
            }
            Frame::Ping => out.put_u8(9),
            Frame::Pong => out.put_u8(10),
            Frame::Ask { positions } => {
                out.put_u8(7);
                out.put_u32(positions.len() as u32);
                for position in positions {
                    out.put_u64(*position);
                }
            }
        }
        let length = (out.len() - 4) as u32;
        out[..4].copy_from_slice(&length.to_be_bytes());
        out.freeze()
    }

    /// Reads one frame, without its length prefix. What follows it is an error.
    pub fn decode(mut bytes: Bytes) -> Result<Self, FrameError> {
        if bytes.len() > MAX_FRAME_BYTES {
            return Err(FrameError::Large);
        }
        let input = &mut bytes;
        let frame = match u8_of(input)? {
            1 if u8_of(input)? == PROTOCOL => Frame::Hello {
                realm: text_of(input)?,
                party: PartyId(array_of(input)?),
                held: u64_of(input)?,
            },
            2 => {
                let first = u64_of(input)?;
                let note = bytes_of(input)?;
                Frame::Batch { first, items: list_of(input, item_of)?, note }
            }
            3 => Frame::Reveal {
                items: list_of(input, |input| {
                    Ok(RevealedItem { position: u64_of(input)?, item: item_of(input)? })
                })?,
            },
            4 => {
                let size = u64_of(input)?;
                let refused = list_of(input, |input| {
                    Ok(Refused { position: u64_of(input)?, reason: text_of(input)? })
                })?;
                Frame::Ack { size, refused }
            }
            5 => Frame::UpToDate { note: bytes_of(input)? },
            6 => Frame::Bye { reason: text_of(input)? },
            7 => Frame::Ask { positions: list_of(input, u64_of)? },
            8 => Frame::Keys { rotations: list_of(input, bytes_of)? },
            9 => Frame::Ping,
            10 => Frame::Pong,
            _ => return Err(FrameError::Unknown),
        };
        if input.has_remaining() { Err(FrameError::Unknown) } else { Ok(frame) }
    }
}

fn put_bytes(out: &mut BytesMut, bytes: &[u8]) {
    out.put_u32(bytes.len() as u32);
    out.put_slice(bytes);
}

fn put_text(out: &mut BytesMut, text: &str) {
    let mut end = text.len().min(MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    put_bytes(out, &text.as_bytes()[..end]);
}

fn put_item(out: &mut BytesMut, item: &Item) {
    match item {
        Item::Withheld(leaf) => {
            out.put_u8(0);
            out.put_slice(&leaf.0);
        }
        Item::Record { header, body, openings } => {
            out.put_u8(1 | u8::from(body.is_some()) << 1 | u8::from(openings.is_some()) << 2);
            put_bytes(out, header);
            for part in [body, openings].into_iter().flatten() {
                put_bytes(out, part);
            }
        }
    }
}

fn u8_of(input: &mut Bytes) -> Result<u8, FrameError> {
    input.try_get_u8().map_err(|_| FrameError::Short)
}

fn u32_of(input: &mut Bytes) -> Result<u32, FrameError> {
    input.try_get_u32().map_err(|_| FrameError::Short)
}

fn u64_of(input: &mut Bytes) -> Result<u64, FrameError> {
    input.try_get_u64().map_err(|_| FrameError::Short)
}

fn array_of<const N: usize>(input: &mut Bytes) -> Result<[u8; N], FrameError> {
    let mut array = [0; N];
    input.try_copy_to_slice(&mut array).map_err(|_| FrameError::Short)?;
    Ok(array)
}

/// A slice of the frame itself: nothing is allocated for a length that is only claimed.
fn bytes_of(input: &mut Bytes) -> Result<Bytes, FrameError> {
    let length = u32_of(input)? as usize;
    if length > input.remaining() {
        return Err(FrameError::Short);
    }
    Ok(input.split_to(length))
}

fn text_of(input: &mut Bytes) -> Result<String, FrameError> {
    let bytes = bytes_of(input)?;
    if bytes.len() > MAX_TEXT {
        return Err(FrameError::Large);
    }
    String::from_utf8(bytes.to_vec()).map_err(|_| FrameError::Text)
}

fn list_of<T>(
    input: &mut Bytes,
    read: impl Fn(&mut Bytes) -> Result<T, FrameError>,
) -> Result<Vec<T>, FrameError> {
    let count = u32_of(input)? as usize;
    if count > MAX_ITEMS {
        return Err(FrameError::Large);
    }
    let mut list = Vec::with_capacity(count.min(input.remaining() / 5 + 1));
    for _ in 0..count {
        list.push(read(input)?);
    }
    Ok(list)
}

fn item_of(input: &mut Bytes) -> Result<Item, FrameError> {
    match u8_of(input)? {
        0 => Ok(Item::Withheld(Digest(array_of(input)?))),
        flags @ (1 | 3 | 5 | 7) => {
            let header = bytes_of(input)?;
            let body = if flags & 2 != 0 { Some(bytes_of(input)?) } else { None };
            let openings = if flags & 4 != 0 { Some(bytes_of(input)?) } else { None };
            Ok(Item::Record { header, body, openings })
        }
        _ => Err(FrameError::Unknown),
    }
}
