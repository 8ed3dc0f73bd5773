//! Offline: the frames of a session as a file, verified exactly like the wire.

use std::io::{self, Read, Write};
use std::sync::Arc;

use bytes::Bytes;
use link::{Frame, MAX_FRAME_BYTES};
use model::{PartyId, Realm};

use super::follow::Following;
use super::prepare::Preparer;
use super::status::Statuses;
use crate::desk::Desk;

/// The first bytes of such a file.
const MAGIC: &[u8] = b"entente link file 2\n";
/// Longest realm in its head, bytes.
const MAX_REALM_BYTES: usize = 64;

/// Why a file could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The system refused.
    #[error("cannot use the link file: {0}")]
    Io(#[from] io::Error),
    /// Not such a file.
    #[error("this is not a link file, or one of another version; make one with `entente link export`")]
    Foreign,
    /// It is for somebody else, or by somebody not trusted here.
    #[error("the link file is from {from} for {to}; import it there, and trust its author's card first")]
    OtherParty {
        /// Its author.
        from: PartyId,
        /// Its reader.
        to: PartyId,
    },
    /// Reality and exercises never meet.
    #[error(
        "the link file is of the realm {said}, this node is in {here}; import it at the node of that realm"
    )]
    OtherRealm {
        /// Where it was written.
        said: Realm,
        /// Where it was read.
        here: Realm,
    },
    /// A frame is damaged, or its content is not believed.
    #[error("frame {frame} of the link file: {reason}; what came before it is stored")]
    Broken {
        /// Counted from 1.
        frame: u64,
        /// Why.
        reason: String,
    },
    /// Records are missing between what is held and what the file begins with.
    #[error("the file begins at record {begins}, {held} are held; export again with `--since {held}`")]
    Gap {
        /// The first record of the file.
        begins: u64,
        /// Records held.
        held: u64,
    },
    /// Something of ours could not be read.
    #[error("{0}")]
    Own(String),
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// Whose log it was.
    pub from: PartyId,
    /// Records held before.
    pub before: u64,
    /// Records held after.
    pub after: u64,
}

/// What stands before the frames: a line, both parties (16 bytes each), and the realm behind its length (one byte).
struct Head {
    from: PartyId,
    to: PartyId,
    realm: Realm,
}

impl Head {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let realm = self.realm.to_string();
        out.write_all(MAGIC)?;
        out.write_all(&self.from.0)?;
        out.write_all(&self.to.0)?;
        out.write_all(&[realm.len() as u8])?;
        out.write_all(realm.as_bytes())
    }

    fn read(input: &mut impl Read) -> Result<Head, FileError> {
        let mut head = [0; MAGIC.len() + 33];
        input.read_exact(&mut head).map_err(|_| FileError::Foreign)?;
        let (magic, rest) = head.split_at(MAGIC.len());
        let mut realm = [0; MAX_REALM_BYTES];
        let realm = realm.get_mut(..usize::from(rest[32])).ok_or(FileError::Foreign)?;
        input.read_exact(realm).map_err(|_| FileError::Foreign)?;
        let realm = std::str::from_utf8(realm).ok().and_then(|realm| realm.parse().ok());
        match realm {
            Some(realm) if magic == MAGIC => {
                let party = |bytes: &[u8]| PartyId(std::array::from_fn(|n| bytes[n]));
                Ok(Head { from: party(&rest[..16]), to: party(&rest[16..32]), realm })
            }
            _ => Err(FileError::Foreign),
        }
    }
}

/// Writes everything of our log from `since` on that `peer` may have; returns the size it ends at.
pub fn export(desk: &Arc<Desk>, peer: PartyId, since: u64, mut out: impl Write) -> Result<u64, FileError> {
    Head { from: desk.me, to: peer, realm: desk.realm.clone() }.write(&mut out)?;
    let mut preparer = Preparer::new(Arc::clone(desk), peer);
    if let Some(keys) = preparer.keys() {
        out.write_all(&keys.encode())?;
    }
    let size = desk.ledger.size(desk.log);
    let mut from = since.min(size);
    while from < size {
        let (frame, sent) = preparer.batch(from).map_err(|error| FileError::Own(error.to_string()))?;
        out.write_all(&frame.encode())?;
        from = sent.end;
    }
    out.flush()?;
    Ok(size)
}

/// Reads a file made by a trusted party for this one, in the same realm.
pub fn import(desk: &Arc<Desk>, mut input: impl Read) -> Result<Imported, FileError> {
    let Head { from, to, realm } = Head::read(&mut input)?;
    if to != desk.me || !desk.known().parties.get(&from).is_some_and(|party| party.trusted) {
        return Err(FileError::OtherParty { from, to });
    }
    if realm != desk.realm {
        return Err(FileError::OtherRealm { said: realm, here: desk.realm.clone() });
    }
    let statuses = Arc::new(Statuses::default());
    let mut following = Following::open(Arc::clone(desk), from, statuses)
        .map_err(|error| FileError::Own(error.to_string()))?;
    let before = following.held();
    let mut number = 0;
    while let Some(frame) = next(&mut input, &mut number)? {
        if let Frame::Batch { first, .. } = &frame
            && *first > following.held()
        {
            return Err(FileError::Gap { begins: *first, held: following.held() });
        }
        let broken = |reason| FileError::Broken { frame: number, reason };
        if let Some(Frame::Bye { reason }) = following.step(frame).map_err(broken)? {
            return Err(broken(reason));
        }
    }
    Ok(Imported { from, before, after: following.held() })
}

fn next(input: &mut impl Read, number: &mut u64) -> Result<Option<Frame>, FileError> {
    let mut length = [0; 4];
    if input.read(&mut length[..1])? == 0 {
        return Ok(None);
    }
    *number += 1;
    let broken = |reason: String| FileError::Broken { frame: *number, reason };
    input.read_exact(&mut length[1..]).map_err(|error| broken(error.to_string()))?;
    let length = u32::from_be_bytes(length) as usize;
    if length > MAX_FRAME_BYTES {
        return Err(broken(format!("it announces {length} bytes, more than {MAX_FRAME_BYTES}")));
    }
    let mut bytes = Vec::new();
    input.take(length as u64).read_to_end(&mut bytes)?;
    if bytes.len() < length {
        return Err(broken("the file is cut short".to_owned()));
    }
    Frame::decode(Bytes::from(bytes)).map(Some).map_err(|error| broken(error.to_string()))
}
