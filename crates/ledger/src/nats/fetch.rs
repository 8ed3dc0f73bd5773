//! Reading commits of others out of the stream, several messages ahead.
//!
//! Most messages are read from any copy, since copies answer several times as many questions as a leader. But a copy may
//! be wrong for a while: a server (2.9.10) that had been paused while it led, and took messages on waking up before it
//! noticed that another leads, keeps the first of these in its Raft log as if it were the one that the others have there,
//! stores it in its stream, and answers readers with it until the next message of that stream does not fit. So every
//! group of messages ends with one that is read from the leader, and counts only when each commit in it names the one
//! before it up to that last one; else the group is read again from the leader.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use tokio::task::JoinHandle;

use super::commit::{Front, Head, Id};
use super::pack::{Piece, Stored, Unpacking};
use super::sequencer::Assembly;
use super::wire::{From, Wire, WireError};
use crate::work::{Stamp, Work};

/// Messages asked for ahead.
const AHEAD: usize = 16;

/// Messages of which the last is read from the leader.
const GROUP: u64 = 8;

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

    /// The next messages, which follow the commit `before`, of which `assembly` is here; none after the last.
    pub async fn group(
        &mut self,
        before: Id,
        assembly: Option<&Assembly>,
    ) -> Result<Vec<Fetched>, WireError> {
        let group = self.read().await?;
        let (Some(first), Some(last)) = (group.first(), group.last()) else { return Ok(group) };
        if self.from == From::Leader || follows(&group, before, assembly) {
            return Ok(group);
        }
        let (wire, own) = (self.wire.clone(), Arc::clone(&self.own));
        Self {
            wire,
            from: From::Leader,
            own,
            next: first.sequence,
            last: last.sequence,
            window: VecDeque::new(),
        }
        .read()
        .await
    }

    async fn read(&mut self) -> Result<Vec<Fetched>, WireError> {
        let mut group = Vec::new();
        while let Some(fetched) = self.next().await {
            let fetched = fetched?;
            let is_last = self.ends_a_group(fetched.sequence);
            group.push(fetched);
            if is_last {
                break;
            }
        }
        Ok(group)
    }

    fn ends_a_group(&self, sequence: u64) -> bool {
        sequence == self.last || sequence.is_multiple_of(GROUP)
    }

    async fn next(&mut self) -> Option<Result<Fetched, WireError>> {
        while self.window.len() < AHEAD && self.next <= self.last {
            let from = if self.ends_a_group(self.next) { From::Leader } else { self.from };
            let fetch = fetch(self.wire.clone(), from, self.next, Arc::clone(&self.own));
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

/// Whether each message of a group continues what was there before, up to the last one.
fn follows(group: &[Fetched], before: Id, assembly: Option<&Assembly>) -> bool {
    let mut whole = before;
    let mut open = assembly.map(|assembly| (assembly.id, assembly.have));
    let mut fits = true;
    for Fetched { head, .. } in group {
        fits = match open {
            _ if head.index == 0 => head.before == whole,
            Some((id, have)) => id == head.id && have == head.index,
            // A part without its beginning is void. At the end it vouches for nothing.
            None => false,
        };
        if head.index == 0 && !fits {
            return false;
        }
        open = fits.then_some((head.id, head.index + 1)).filter(|_| head.index + 1 < head.count);
        if fits && open.is_none() {
            whole = head.id;
        }
    }
    fits
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

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: Id = [9; 16];

    fn message(sequence: u64, id: u8, before: u8, (index, count): (u32, u32)) -> Fetched {
        let head = Head { id: [id; 16], before: [before; 16], index, count };
        Fetched { sequence, head, slice: Bytes::new(), pack: None }
    }

    #[test]
    fn a_message_that_the_next_one_does_not_name_is_not_believed() {
        let whole = (0, 1);
        let right = [message(30, 1, 9, whole), message(31, 2, 1, whole)];
        assert!(follows(&right, BEFORE, None));
        let forked = [message(30, 7, 9, whole), message(31, 2, 1, whole)];
        assert!(!follows(&forked, BEFORE, None));
        let lagging = [message(30, 1, 8, whole)];
        assert!(!follows(&lagging, BEFORE, None));
    }

    #[test]
    fn parts_are_followed_over_the_border_of_a_group() {
        let open = Assembly::new([3; 16], 28, 2);
        let rest = [message(30, 3, 9, (2, 3)), message(31, 4, 3, (0, 1))];
        assert!(follows(&rest, BEFORE, Some(&open)));
        assert!(
            !follows(&rest, BEFORE, None),
            "a part without its beginning is void, and 4 names another commit"
        );
        let other = [message(30, 5, 9, (2, 3)), message(31, 4, 3, (0, 1))];
        assert!(!follows(&other, BEFORE, Some(&open)), "the part belongs to another commit");
    }

    #[test]
    fn a_void_part_is_passed_over_and_vouches_for_nothing() {
        let passed = [message(30, 5, 9, (0, 2)), message(31, 6, 9, (0, 1))];
        assert!(follows(&passed, BEFORE, None));
        let at_the_end = [message(30, 6, 9, (0, 1)), message(31, 5, 8, (1, 2))];
        assert!(!follows(&at_the_end, BEFORE, None));
    }
}
