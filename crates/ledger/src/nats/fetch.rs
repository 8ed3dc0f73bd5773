//! Reading commits of others out of the stream, several messages ahead.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use tokio::task::JoinHandle;

use super::commit::{Front, Head, Id};
use super::pack::{Piece, Stored, Unpacking};
use super::wire::{From, Wire, WireError};
use crate::work::{Stamp, Work};

/// Messages asked for ahead.
const AHEAD: usize = 16;

/// How often a pack is read again while somebody erases in it.
const PACK_READS: usize = 5;

/// One message of the stream, and the pack when it is a whole commit of somebody else.
pub(crate) struct Fetched {
    pub sequence: u64,
    pub head: Head,
    pub slice: Bytes,
    pub pack: Option<Bytes>,
}

/// Messages `next..=last`, in order.
pub(crate) struct Fetching {
    wire: Wire,
    from: From,
    own: Arc<HashSet<Id>>,
    next: u64,
    last: u64,
    window: VecDeque<JoinHandle<Result<Fetched, WireError>>>,
}

impl Fetching {
    /// Packs of commits in `own` are not read: this node still has them.
    pub fn new(wire: Wire, from: From, next: u64, last: u64, own: HashSet<Id>) -> Self {
        Self { wire, from, own: Arc::new(own), next, last, window: VecDeque::new() }
    }

    /// The next message; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<Fetched, WireError>> {
        while self.window.len() < AHEAD && self.next <= self.last {
            let fetch = fetch(self.wire.clone(), self.from, self.next, Arc::clone(&self.own));
            self.window.push_back(tokio::spawn(fetch));
            self.next += 1;
        }
        let fetched = self.window.pop_front()?.await;
        Some(fetched.unwrap_or_else(|error| Err(WireError(error.to_string()))))
    }
}

impl Drop for Fetching {
    fn drop(&mut self) {
        self.window.iter().for_each(JoinHandle::abort);
    }
}

async fn fetch(wire: Wire, from: From, sequence: u64, own: Arc<HashSet<Id>>) -> Result<Fetched, WireError> {
    let message = wire.commit_message(sequence, from).await?;
    let (head, slice) = Head::read(message).map_err(|error| bad(sequence, error))?;
    let pack = if head.count == 1 && !own.contains(&head.id) {
        let front = Front::read(slice.clone()).map_err(|error| bad(sequence, error))?;
        Some(pack(&wire, from, head.id, front.pieces).await?)
    } else {
        None
    };
    Ok(Fetched { sequence, head, slice, pack })
}

fn bad(sequence: u64, error: impl std::fmt::Display) -> WireError {
    WireError(format!("message {sequence} of the stream: {error}"))
}

/// The works of a whole commit of somebody else.
pub(crate) async fn read_commit(
    wire: &Wire,
    id: Id,
    content: Bytes,
    pack_read: Option<Bytes>,
) -> Result<(Stamp, Vec<Work>), WireError> {
    let unreadable = |error: super::cut::Malformed| WireError(error.to_string());
    let front = Front::read(content).map_err(unreadable)?;
    let whole = match pack_read {
        Some(pack) => pack,
        None => pack(wire, From::Leader, id, front.pieces).await?,
    };
    let stamp = front.stamp.clone();
    let works = front.works(&mut Unpacking::new(whole)).map_err(unreadable)?;
    Ok((stamp, works))
}

/// A whole pack. The piece with an item's flag is rewritten first; so when none of what was read had been rewritten, or
/// nothing has changed since, no half-erased item was read.
async fn pack(wire: &Wire, from: From, id: Id, pieces: u32) -> Result<Bytes, WireError> {
    let mut before: Option<Vec<u64>> = None;
    for _ in 0..PACK_READS {
        let mut stored = Vec::new();
        for index in 0..pieces {
            stored.push(wire.pack_piece(Piece { id, index }, from).await?);
        }
        let sequences: Vec<u64> = stored.iter().map(|piece| piece.sequence).collect();
        let untouched = stored.iter().all(|piece| !piece.rewritten);
        if pieces <= 1 || untouched || before.as_ref() == Some(&sequences) {
            return Ok(join(&stored));
        }
        before = Some(sequences);
    }
    Err(WireError("a pack changes while it is read; it is read again later".to_owned()))
}

/// The pieces of a pack put together.
pub(super) fn join(pieces: &[Stored]) -> Bytes {
    if let [piece] = pieces {
        return piece.content.clone();
    }
    let mut whole = BytesMut::with_capacity(pieces.iter().map(|piece| piece.content.len()).sum());
    pieces.iter().for_each(|piece| whole.extend_from_slice(&piece.content));
    whole.freeze()
}
