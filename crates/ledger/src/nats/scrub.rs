//! Erasing in the stream: a body that has been erased in `ledger.db` leaves the packs too.
//!
//! Every node does this after folding the erasure, so that it ends while any node lives. Writing a pack message anew is
//! a compare-and-append on its own subject; what stood there before is then overwritten by the servers (`no_erase` is not
//! asked for). Servers up to 2.9 let two such messages pass at once, of which the second would undo the first; so it is
//! looked at again, after all that was on its way, until nothing is left.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};

use super::commit::{Front, Head, Id};
use super::fetch::join;
use super::pack::{Piece, Unpacking, erase_in};
use super::shared::Shared;
use super::wire::{From, Wire, WireError};
use crate::error::WriteError;
use crate::sqlite::Sqlite;
use crate::work::{Outcome, Work, waiting};

/// How often a node looks whether something must be scrubbed, unless told.
const EVERY: Duration = Duration::from_secs(5);

/// How often it is looked at again while others erase in the same pack.
const LOOKS: usize = 10;

/// After so many failures those who wait are told: about half a minute without a leader, each attempt waits two seconds
/// for one.
const PATIENCE: u32 = 15;

/// Scrubs until the runtime ends.
pub(super) async fn run(wire: Wire, shared: Arc<Shared>, local: Arc<Sqlite>) {
    let mut failures = 0;
    loop {
        let waited = std::mem::take(&mut *shared.erasing());
        let pause = match pass(&wire, &local).await {
            Ok(()) => {
                failures = 0;
                waited.into_iter().for_each(|done| done(Ok(Outcome::Done)));
                EVERY
            }
            Err(error) => {
                failures += 1;
                shared.worry(&error.to_string());
                if failures >= PATIENCE {
                    let reason = format!("erased here, but not yet in the cluster's stream: {error}");
                    let refusal = WriteError::ReadOnly { reason };
                    waited.into_iter().for_each(|done| done(Err(refusal.clone().into())));
                } else {
                    shared.erasing().extend(waited);
                }
                Duration::from_millis(200)
            }
        };
        // Somebody may have come while this pass was on its way.
        if failures > 0 || shared.erasing().is_empty() {
            drop(tokio::time::timeout(pause, shared.scrub.notified()).await);
        }
    }
}

async fn pass(wire: &Wire, local: &Arc<Sqlite>) -> Result<(), WireError> {
    let unreadable = |error: crate::ReadError| WireError(error.to_string());
    let pending = local.reader().and_then(|reader| reader.to_scrub()).map_err(unreadable)?;
    if !pending.is_empty() {
        wire.led(true).await?;
    }
    for seq in pending {
        let (mut header, mut from) = (None, None);
        {
            let reader = local.reader().map_err(unreadable)?;
            reader
                .entry(seq, &mut |entry| header = entry.header.map(Bytes::copy_from_slice))
                .map_err(unreadable)?;
            from = reader.brought_by(seq).map_err(unreadable)?.or(from);
        }
        if let (Some(header), Some(from)) = (header, from) {
            scrub(wire, from, header).await?;
        }
        let (done, answer) = waiting();
        local.submit(Work::Scrubbed(seq), 0, done);
        // The writer answers within one commit; if it is gone, the next start scrubs again.
        drop(tokio::task::spawn_blocking(move || answer.recv()).await);
    }
    Ok(())
}

/// Erases the body of `header` in the packs of the commit that ends at `last_part`.
async fn scrub(wire: &Wire, last_part: u64, header: Bytes) -> Result<(), WireError> {
    let (id, content) = content(wire, last_part).await?;
    for _ in 0..LOOKS {
        if !erase_once(wire, id, content.clone(), header.clone()).await? {
            return Ok(());
        }
        wire.settle_packs(&id).await?;
    }
    Err(WireError("others erase in the same pack; it is looked at again later".to_owned()))
}

/// Writes every piece anew that holds the body; whether there was one.
async fn erase_once(wire: &Wire, id: Id, content: Bytes, header: Bytes) -> Result<bool, WireError> {
    let unreadable = |error: super::cut::Malformed| WireError(format!("a commit cannot be read: {error}"));
    let front = Front::read(content).map_err(unreadable)?;
    let mut pieces = Vec::new();
    for index in 0..front.pieces {
        pieces.push(wire.pack_piece_now(Piece { id, index }).await?);
    }
    let mut search = Unpacking::looking_for(join(&pieces), header);
    front.works(&mut search).map_err(unreadable)?;
    let items: Vec<Range<usize>> = search.found.into_iter().map(|(item, _)| item).collect();
    let (mut start, mut found) = (0, false);
    for (index, stored) in (0..).zip(pieces) {
        let range = start..start + stored.content.len();
        start = range.end;
        if items.iter().all(|item| item.end <= range.start || range.end <= item.start) {
            continue;
        }
        let piece = Piece { id, index };
        let mut erased = stored.content.to_vec();
        items.iter().for_each(|item| erase_in(&mut erased, range.clone(), item));
        let mut kept = stored.sequence;
        if erased != stored.content {
            kept = wire.send_rewritten(piece, stored.sequence, &erased).await?;
            found = true;
        }
        wire.erase_older(piece, kept).await?;
    }
    Ok(found)
}

async fn content(wire: &Wire, last_part: u64) -> Result<(Id, Bytes), WireError> {
    let read = |message| Head::read(message).map_err(|error| WireError(error.to_string()));
    let (head, last) = read(wire.commit_message(last_part, From::Leader).await?)?;
    let mut whole = BytesMut::new();
    for sequence in last_part - u64::from(head.index)..last_part {
        whole.extend_from_slice(&read(wire.commit_message(sequence, From::Leader).await?)?.1);
    }
    whole.extend_from_slice(&last);
    Ok((head.id, whole.freeze()))
}
