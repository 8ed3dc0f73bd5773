//! Packs: the bodies and openings of a commit, in a stream of their own from which they can be erased.
//!
//! A pack is a row of items in the order in which the commit names them: a flag, a length (u32), that many bytes. It is
//! cut at any byte into *pieces*, messages that begin with what they are: format, the commit's id, which piece (u32),
//! whether it was written anew. They are found by their subject, which names the same, and never by a sequence: servers
//! have been seen to acknowledge another sequence than the one at which a message lies after one of them had stood
//! still. Erasing overwrites the item in place with zeros and changes its flag, so that lengths
//! stay and only the messages that hold the item are written anew.

use std::ops::Range;

use bytes::Bytes;

use super::commit::Id;
use super::cut::{Cut, Malformed};
use crate::draft::Parts;
use crate::work::Work;

const PRESENT: u8 = 1;
const ERASED: u8 = 2;

/// Bytes before an item's own.
const ITEM_HEAD: usize = 5;

/// The one form of a piece there is, and the bytes before its content.
const FORMAT: u8 = 1;
pub(crate) const PIECE_HEAD_BYTES: usize = 22;

/// One message of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub id: Id,
    pub index: u32,
}

/// A piece as it lies in the stream.
pub(crate) struct Stored {
    pub sequence: u64,
    /// Written anew since it was first stored: something in it has been erased.
    pub rewritten: bool,
    pub content: Bytes,
}

impl Piece {
    /// The message of this piece.
    pub fn message(&self, rewritten: bool, content: &[u8]) -> Bytes {
        let mut out = Vec::with_capacity(PIECE_HEAD_BYTES + content.len());
        out.push(FORMAT);
        out.extend_from_slice(&self.id);
        out.extend_from_slice(&self.index.to_le_bytes());
        out.push(rewritten.into());
        out.extend_from_slice(content);
        out.into()
    }

    /// Reads a message that must be this piece.
    pub fn read(&self, sequence: u64, message: Bytes) -> Result<Stored, Malformed> {
        let mut cut = Cut(message);
        if cut.u8()? != FORMAT || cut.array::<16>()? != self.id || cut.u32()? != self.index {
            return Err(Malformed);
        }
        Ok(Stored { sequence, rewritten: cut.u8()? != 0, content: cut.0 })
    }
}

/// All items of these works, in order; empty when no entry has any.
pub(crate) fn write(works: &[Work]) -> Vec<u8> {
    let mut out = Vec::new();
    for work in works {
        match work {
            Work::Append { parts, .. } | Work::Mirror { parts, .. } => {
                parts.iter().for_each(|part| write_part(&mut out, part));
            }
            Work::Reveal { parts, .. } => parts.iter().for_each(|(_, part)| write_part(&mut out, part)),
            _ => {}
        }
    }
    out
}

fn write_part(out: &mut Vec<u8>, part: &Parts) {
    for item in [&part.body, &part.openings].into_iter().flatten() {
        out.push(PRESENT);
        super::cut::put(out, item);
    }
}

/// Reads items one after the other; remembers where the bodies of asked headers lie.
pub(crate) struct Unpacking {
    rest: Cut,
    at: usize,
    wanted: Option<Bytes>,
    /// Bodies are not asked for.
    without: bool,
    /// Where in the pack the items of the wanted header are, and whether each is still there.
    pub found: Vec<(Range<usize>, bool)>,
}

impl Unpacking {
    pub fn new(pack: Bytes) -> Self {
        Self { rest: Cut(pack), at: 0, wanted: None, without: false, found: Vec::new() }
    }

    /// Reads commits without their packs: no entry has a body.
    pub fn without_bodies() -> Self {
        Self { without: true, ..Self::new(Bytes::new()) }
    }

    /// Looks for the bodies of this header while the commit is read.
    pub fn looking_for(pack: Bytes, header: Bytes) -> Self {
        Self { wanted: Some(header), ..Self::new(pack) }
    }

    /// The body of the entry with this header, unless erased.
    pub fn body(&mut self, header: &Bytes) -> Result<Option<Bytes>, Malformed> {
        let start = self.at;
        let item = self.item()?;
        if self.wanted.as_ref() == Some(header) {
            self.found.push((start..self.at, item.is_some()));
        }
        Ok(item)
    }

    /// The openings that come next, unless erased.
    pub fn openings(&mut self) -> Result<Option<Bytes>, Malformed> {
        self.item()
    }

    fn item(&mut self) -> Result<Option<Bytes>, Malformed> {
        if self.without {
            return Ok(None);
        }
        let flag = self.rest.u8()?;
        let bytes = self.rest.bytes()?;
        self.at += ITEM_HEAD + bytes.len();
        match flag {
            PRESENT => Ok(Some(bytes)),
            ERASED => Ok(None),
            _ => Err(Malformed),
        }
    }
}

/// Erases, in one message that holds the bytes `chunk` of a pack, what it holds of the item at `item`.
pub(crate) fn erase_in(message: &mut [u8], chunk: Range<usize>, item: &Range<usize>) {
    for at in item.start.max(chunk.start)..item.end.min(chunk.end) {
        let byte = &mut message[at - chunk.start];
        match at - item.start {
            0 => *byte = ERASED,
            1..ITEM_HEAD => {}
            _ => *byte = 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LogId;

    fn works() -> Vec<Work> {
        let part = |header: &'static str, body: Option<&'static str>| Parts {
            leaf: None,
            header: Some(Bytes::from_static(header.as_bytes())),
            body: body.map(|body| Bytes::from_static(body.as_bytes())),
            openings: Some(Bytes::from_static(b"o")),
        };
        let parts = vec![part("a", Some("first body")), part("b", None), part("c", Some("second body"))];
        vec![Work::Append { log: LogId(1), parts, leaves: Vec::new(), once: Vec::new() }]
    }

    #[test]
    fn an_erased_body_is_zeros_in_every_message_that_held_it_and_the_rest_stays() {
        let pack = write(&works());
        let mut search = Unpacking::looking_for(pack.clone().into(), Bytes::from_static(b"c"));
        let headers: [&[u8]; 3] = [b"a", b"b", b"c"];
        assert_eq!(search.body(&Bytes::from_static(b"a")), Ok(Some(Bytes::from_static(b"first body"))));
        search.openings().expect("openings");
        search.openings().expect("openings");
        assert_eq!(
            search.body(&Bytes::from_static(headers[2])),
            Ok(Some(Bytes::from_static(b"second body")))
        );
        let (item, there) = search.found.pop().expect("found");
        assert!(there);
        for size in 1..pack.len() {
            let mut erased = Vec::new();
            for (index, chunk) in pack.chunks(size).enumerate() {
                let mut chunk = chunk.to_vec();
                let start = index * size;
                let range = start..start + chunk.len();
                erase_in(&mut chunk, range, &item);
                erased.extend(chunk);
            }
            assert!(!erased.windows(6).any(|window| window == b"second"), "cut at {size}");
            let mut again = Unpacking::new(erased.into());
            assert_eq!(again.body(&Bytes::from_static(b"a")), Ok(Some(Bytes::from_static(b"first body"))));
            again.openings().expect("openings");
            again.openings().expect("openings");
            assert_eq!(again.body(&Bytes::from_static(b"c")), Ok(None), "cut at {size}");
            assert_eq!(again.openings(), Ok(Some(Bytes::from_static(b"o"))));
        }
    }
}
