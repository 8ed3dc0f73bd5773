//! Erasing in the stream: a body that has been erased in `ledger.db` leaves the packs too.
//!
//! Every node does this after folding the erasure, so that it ends while any node lives. Writing a pack message anew is
//! a compare-and-append on its own subject, so that two erasures in one message cannot undo each other; what stood
//! there before is then overwritten by the servers (`no_erase` is not asked for).

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

/// After so many failures those who wait are told.
const PATIENCE: u32 = 10;

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
    let unreadable = |_| WireError(format!("the commit that ends at {last_part} cannot be read"));
    let (id, content) = content(wire, last_part).await?;
    let front = Front::read(content).map_err(unreadable)?;
    let mut pieces = Vec::new();
    for index in 0..front.pieces {
        pieces.push(wire.pack_piece_now(Piece { id, index }).await?);
    }
    let mut search = Unpacking::looking_for(join(&pieces), header);
    front.works(&mut search).map_err(unreadable)?;
    let items: Vec<Range<usize>> = search.found.into_iter().map(|(item, _)| item).collect();
    let mut start = 0;
    for (index, stored) in (0..).zip(pieces) {
        let range = start..start + stored.content.len();
        start = range.end;
        if items.iter().all(|item| item.end <= range.start || range.end <= item.start) {
            continue;
        }
        let piece = Piece { id, index };
        let mut erased = stored.content.to_vec();
        items.iter().for_each(|item| erase_in(&mut erased, range.clone(), item));
        let kept = if erased == stored.content {
            stored.sequence
        } else {
            wire.send_rewritten(piece, stored.sequence, &erased).await?
        };
        wire.erase_older(piece, kept).await?;
    }
    Ok(())
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
