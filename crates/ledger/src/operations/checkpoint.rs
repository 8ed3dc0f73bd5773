//! Signing checkpoints, and comparing those of others with what is known (I3).

use model::Digest;

use crate::error::{ReadError, WriteError};
use crate::keys::{PartyKeys, VerifyingKeys};
use crate::ledger::Ledger;
use crate::merkle::TileView;
use crate::note::NoteError;
use crate::work::Work;
use crate::{CheckpointNote, LogId, Reader};

/// Why there is no checkpoint, or one is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Could not read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Could not store.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Not a checkpoint of this log by these keys.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The author signed two different roots for one size; both notes are kept as evidence.
    #[error(
        "the author signed two different roots for size {size}; the link stops, both notes are kept as evidence"
    )]
    Equivocation {
        /// The size both speak of.
        size: u64,
    },
}

impl Reader {
    /// The Merkle root over the first `size` records of a log.
    pub fn root(&self, log: LogId, size: u64) -> Result<Digest, ReadError> {
        let held = self.size(log)?;
        if size > held {
            return Err(ReadError::Beyond { asked: size, size: held });
        }
        self.tiles(log, held).root(size).map(Digest)
    }

    /// A view of the tiles of a log that has `size` records.
    pub(crate) fn tiles(
        &self,
        log: LogId,
        size: u64,
    ) -> TileView<impl FnMut(crate::merkle::TileId) -> Result<Vec<crate::merkle::Hash>, ReadError>> {
        TileView::new(move |id| self.tile(log, size, id))
    }

    /// The newest stored checkpoint of a log of at most `size`.
    pub fn checkpoint_upto(&self, log: LogId, size: u64) -> Result<Option<CheckpointNote>, ReadError> {
        let Some((_, bytes)) = self.note_upto(log, size)? else { return Ok(None) };
        let damaged = |error: NoteError| ReadError::Damaged(format!("a stored checkpoint: {error}"));
        CheckpointNote::parse(&bytes).map(Some).map_err(damaged)
    }
}

impl Ledger {
    /// A checkpoint of the whole log as it is now; the stored one when nothing has come since.
    pub fn checkpoint(&self, log: LogId, keys: &PartyKeys) -> Result<CheckpointNote, CheckpointError> {
        self.checkpoint_at(log, self.size(log), keys)
    }

    /// A checkpoint of the first `size` records, signed and stored.
    pub fn checkpoint_at(
        &self,
        log: LogId,
        size: u64,
        keys: &PartyKeys,
    ) -> Result<CheckpointNote, CheckpointError> {
        let reader = self.reader()?;
        let origin = self.key(log).ok_or(WriteError::UnknownLog(log))?.origin();
        if let Some(stored) = reader.checkpoint_upto(log, size)?
            && stored.size() == size
            && stored.verify(&origin, keys.verifying()).is_ok()
        {
            return Ok(stored);
        }
        let note = CheckpointNote::sign(&origin, size, reader.root(log, size)?, keys);
        self.store_note(log, &note)?;
        Ok(note)
    }

    pub(crate) fn store_note(&self, log: LogId, note: &CheckpointNote) -> Result<(), WriteError> {
        let work = Work::Note { log, size: note.size(), note: note.as_bytes().to_vec() };
        self.ask(work, note.as_bytes().len()).map(drop).map_err(crate::work::Refusal::into_write)
    }

    /// Verifies a checkpoint of somebody's log and, where this node holds that many records, compares its root
    /// with the tree. A contradiction is kept as evidence and refused.
    pub fn check(
        &self,
        log: LogId,
        note: &CheckpointNote,
        keys: &VerifyingKeys,
    ) -> Result<(), CheckpointError> {
        let origin = self.key(log).ok_or(WriteError::UnknownLog(log))?.origin();
        note.verify(&origin, keys)?;
        let reader = self.reader()?;
        if note.size() > self.size(log) || reader.root(log, note.size())? == note.root() {
            return Ok(());
        }
        let known = self.known_against(&reader, log)?;
        let size = note.size();
        let work = Work::Evidence { log, size, known, contrary: note.as_bytes().to_vec() };
        self.ask(work, 0).map_err(crate::work::Refusal::into_write)?;
        Err(CheckpointError::Equivocation { size })
    }

    /// The author's own earlier note that the contrary one cannot be consistent with: the newest stored,
    /// since a mirror grows only up to signed sizes and that note vouches for everything before it.
    fn known_against(&self, reader: &Reader, log: LogId) -> Result<Vec<u8>, ReadError> {
        let newest = reader.note_upto(log, self.size(log))?;
        Ok(newest.map(|(_, bytes)| bytes).unwrap_or_default())
    }
}
