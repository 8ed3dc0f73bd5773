//! The form of a commit in the stream. Kept for ever, like a record: format 1 must be read by every later version.
//!
//! A commit is cut into *parts*, consecutive messages of the stream, each beginning with a head: format, the commit's
//! id, the id of the commit before it, which part, of how many. A part without its successors is void; so a batch is
//! there whole or not at all. Integers are little-endian, `bytes` are a length (u32) and that many bytes:
//!
//! ```text
//! commit  = at_us i64 · count u32, times i64… · pieces of the pack u32 · count u32, work…
//! work    = 0 party[16] bytes(realm) | 1 log u32 entries | 2 log u32 first u64 root[32] bytes(note) entries
//!         | 3 log u32 count u32 (position u64 entry)… | 4 log u32 position u64 | 5 log u32 size u64 bytes(note)
//!         | 6 log u32 size u64 bytes(known) bytes(contrary) | 7 log u32 count u32 key[16]… entries
//! entries = count u32, entry…        entry = 0 leaf[32] | 1 + 2·has_body + 4·has_openings, bytes(header)
//! ```
//! Bodies and openings lie in packs, see `pack`.

use bytes::Bytes;
use model::{Digest, PartyId, Position};

use super::cut::{Cut, Malformed, put};
use super::pack::Unpacking;
use crate::draft::Parts;
use crate::merkle::{Hash, leaf_hash};
use crate::work::{Stamp, Work};
use crate::{LogId, LogKey};

/// The name of a commit, never given twice.
pub(crate) type Id = [u8; 16];

/// The one form there is.
const FORMAT: u8 = 1;

/// Bytes of a head.
pub(crate) const HEAD_BYTES: usize = 41;

/// An id as it stands in subjects and message names.
pub(crate) fn hex(id: &Id) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What each message begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub id: Id,
    /// The commit before, so that a node notices when the stream is not the one it has followed.
    pub before: Id,
    pub index: u32,
    pub count: u32,
}

impl Head {
    /// The message of one part.
    pub fn message(&self, slice: &[u8]) -> Bytes {
        let mut out = Vec::with_capacity(HEAD_BYTES + slice.len());
        out.push(FORMAT);
        out.extend_from_slice(&self.id);
        out.extend_from_slice(&self.before);
        out.extend_from_slice(&self.index.to_le_bytes());
        out.extend_from_slice(&self.count.to_le_bytes());
        out.extend_from_slice(slice);
        out.into()
    }

    /// Reads a message.
    pub fn read(message: Bytes) -> Result<(Self, Bytes), Malformed> {
        let mut cut = Cut(message);
        if cut.u8()? != FORMAT {
            return Err(Malformed);
        }
        let head = Self { id: cut.array()?, before: cut.array()?, index: cut.u32()?, count: cut.u32()? };
        if head.index < head.count { Ok((head, cut.0)) } else { Err(Malformed) }
    }
}

/// The content of a commit, before it is cut: times, the size of its pack, its works.
pub(crate) fn write(stamp: &Stamp, pieces: u32, works: &[Work]) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend_from_slice(&stamp.at_us.to_le_bytes());
    out.extend_from_slice(&(stamp.times.len() as u32).to_le_bytes());
    out.extend(stamp.times.iter().flat_map(|time| time.to_le_bytes()));
    out.extend_from_slice(&pieces.to_le_bytes());
    out.extend_from_slice(&(works.len() as u32).to_le_bytes());
    for work in works {
        write_work(&mut out, work);
    }
    out
}

fn write_work(out: &mut Vec<u8>, work: &Work) {
    match work {
        Work::Log(key) => {
            out.push(0);
            out.extend_from_slice(&key.party.0);
            put(out, key.realm.to_string().as_bytes());
        }
        Work::Append { log, parts, once, .. } => {
            place(out, if once.is_empty() { 1 } else { 7 }, *log);
            if !once.is_empty() {
                out.extend_from_slice(&(once.len() as u32).to_le_bytes());
                out.extend_from_slice(once.as_flattened());
            }
            entries(out, parts);
        }
        Work::Mirror { log, first, parts, root, note, .. } => {
            place(out, 2, *log);
            out.extend_from_slice(&first.0.to_le_bytes());
            out.extend_from_slice(&root.0);
            put(out, note);
            entries(out, parts);
        }
        Work::Reveal { log, parts, .. } => {
            place(out, 3, *log);
            out.extend_from_slice(&(parts.len() as u32).to_le_bytes());
            for (position, part) in parts {
                out.extend_from_slice(&position.0.to_le_bytes());
                entry(out, part);
            }
        }
        Work::Erase { log, position } => {
            place(out, 4, *log);
            out.extend_from_slice(&position.0.to_le_bytes());
        }
        Work::Note { log, size, note } => {
            place(out, 5, *log);
            out.extend_from_slice(&size.to_le_bytes());
            put(out, note);
        }
        Work::Evidence { log, size, known, contrary } => {
            place(out, 6, *log);
            out.extend_from_slice(&size.to_le_bytes());
            put(out, known);
            put(out, contrary);
        }
        Work::Settle | Work::Commit(_) | Work::Scrubbed(_) => {
            unreachable!("such work concerns one node's own file and is never put into a commit")
        }
    }
}

fn place(out: &mut Vec<u8>, tag: u8, log: LogId) {
    out.push(tag);
    out.extend_from_slice(&log.0.to_le_bytes());
}

fn entries(out: &mut Vec<u8>, parts: &[Parts]) {
    out.extend_from_slice(&(parts.len() as u32).to_le_bytes());
    for part in parts {
        entry(out, part);
    }
}

fn entry(out: &mut Vec<u8>, part: &Parts) {
    match (&part.header, &part.leaf) {
        (Some(header), _) => {
            out.push(1 | u8::from(part.body.is_some()) << 1 | u8::from(part.openings.is_some()) << 2);
            put(out, header);
        }
        (None, leaf) => {
            out.push(0);
            out.extend_from_slice(&leaf.unwrap_or_default());
        }
    }
}

/// What stands before the works: times, and of how many pieces the pack is.
pub(crate) struct Front {
    pub stamp: Stamp,
    pub pieces: u32,
    works: Cut,
}

impl Front {
    /// Reads the front of a commit.
    pub fn read(content: Bytes) -> Result<Self, Malformed> {
        let mut cut = Cut(content);
        let at_us = cut.i64()?;
        let times = (0..cut.count(8)?).map(|_| cut.i64()).collect::<Result<_, _>>()?;
        let pieces = cut.u32()?;
        Ok(Self { stamp: Stamp { at_us, times }, pieces, works: cut })
    }

    /// Reads the works, with bodies and openings from the packs.
    pub fn works(mut self, unpacking: &mut Unpacking) -> Result<Vec<Work>, Malformed> {
        let count = self.works.count(5)?;
        (0..count).map(|_| read_work(&mut self.works, unpacking)).collect()
    }
}

fn read_work(cut: &mut Cut, bodies: &mut Unpacking) -> Result<Work, Malformed> {
    let tag = cut.u8()?;
    if tag == 0 {
        let party = PartyId(cut.array()?);
        let realm = cut.bytes()?;
        let realm = std::str::from_utf8(&realm).map_err(|_| Malformed)?.parse().map_err(|_| Malformed)?;
        return Ok(Work::Log(LogKey { party, realm }));
    }
    let log = LogId(cut.u32()?);
    Ok(match tag {
        1 | 7 => {
            let keys = if tag == 7 { cut.count(16)? } else { 0 };
            let once = (0..keys).map(|_| cut.array()).collect::<Result<_, _>>()?;
            let (parts, leaves) = read_entries(cut, bodies)?;
            Work::Append { log, parts, leaves, once }
        }
        2 => {
            let (first, root, note) = (Position(cut.u64()?), Digest(cut.array()?), cut.bytes()?.to_vec());
            let (parts, leaves) = read_entries(cut, bodies)?;
            Work::Mirror { log, first, parts, leaves, root, note }
        }
        3 => {
            let count = cut.count(13)?;
            let (mut parts, mut leaves) = (Vec::with_capacity(count), Vec::with_capacity(count));
            for _ in 0..count {
                let position = Position(cut.u64()?);
                let (part, leaf) = read_entry(cut, bodies)?;
                parts.push((position, part));
                leaves.push(leaf);
            }
            Work::Reveal { log, parts, leaves }
        }
        4 => Work::Erase { log, position: Position(cut.u64()?) },
        5 => Work::Note { log, size: cut.u64()?, note: cut.bytes()?.to_vec() },
        6 => Work::Evidence {
            log,
            size: cut.u64()?,
            known: cut.bytes()?.to_vec(),
            contrary: cut.bytes()?.to_vec(),
        },
        _ => return Err(Malformed),
    })
}

fn read_entries(cut: &mut Cut, bodies: &mut Unpacking) -> Result<(Vec<Parts>, Vec<Hash>), Malformed> {
    let count = cut.count(5)?;
    let (mut parts, mut leaves) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for _ in 0..count {
        let (part, leaf) = read_entry(cut, bodies)?;
        parts.push(part);
        leaves.push(leaf);
    }
    Ok((parts, leaves))
}

fn read_entry(cut: &mut Cut, bodies: &mut Unpacking) -> Result<(Parts, Hash), Malformed> {
    let flags = cut.u8()?;
    if flags == 0 {
        let leaf = cut.array()?;
        return Ok((Parts { leaf: Some(leaf), header: None, body: None, openings: None }, leaf));
    }
    let header = cut.bytes()?;
    let leaf = leaf_hash(&header);
    let body = if flags & 2 != 0 { bodies.body(&header)? } else { None };
    let openings = if flags & 4 != 0 { bodies.openings()? } else { None };
    Ok((Parts { leaf: None, header: Some(header), body, openings }, leaf))
}
