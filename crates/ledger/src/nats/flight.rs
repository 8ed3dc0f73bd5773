//! A commit of this node on its way into the stream.

use bytes::Bytes;

use super::commit::{self, HEAD_BYTES, Head, Id};
use super::pack::{self, PIECE_HEAD_BYTES, Piece};
use crate::work::{Stamp, Work};

/// What is wanted in the stream, and how far it has come. Content and id never change; the expected sequences do.
pub(crate) struct Flight {
    pub id: Id,
    pub works: Vec<Work>,
    pub stamp: Stamp,
    /// Bytes it holds, for back-pressure.
    pub bytes: usize,
    /// The pieces of its pack, each with whether that is known to be stored.
    pack: Vec<(Bytes, bool)>,
    content: Vec<u8>,
    /// How many parts have been sent and how many of these are acknowledged, in this attempt.
    pub sent: u32,
    pub acked: u32,
    /// Sequence of the first part, when all go well.
    pub first_seq: u64,
    /// The commit before it, in this attempt.
    pub before: Id,
    /// Sent at least once, so that it may be in the stream although nobody said so.
    pub ever_sent: bool,
    part_bytes: usize,
}

impl Flight {
    /// A commit of these works.
    pub fn new(id: Id, works: Vec<Work>, stamp: Stamp, message_bytes: usize) -> Self {
        let pack: Bytes = pack::write(&works).into();
        let piece_bytes = message_bytes - PIECE_HEAD_BYTES;
        let cuts = (0..pack.len()).step_by(piece_bytes);
        let pieces: Vec<_> =
            cuts.map(|at| (pack.slice(at..pack.len().min(at + piece_bytes)), false)).collect();
        let content = commit::write(&stamp, pieces.len() as u32, &works);
        Self {
            id,
            works,
            stamp,
            bytes: content.len() + pack.len(),
            pack: pieces,
            content,
            sent: 0,
            acked: 0,
            first_seq: 0,
            before: Id::default(),
            ever_sent: false,
            part_bytes: message_bytes - HEAD_BYTES,
        }
    }

    /// The pieces of its pack that are not known to be stored.
    pub fn unpacked(&self) -> Vec<(Piece, Bytes)> {
        let pieces = (0..).zip(&self.pack).filter(|(_, (_, stored))| !stored);
        pieces.map(|(index, (piece, _))| (Piece { id: self.id, index }, piece.clone())).collect()
    }

    /// One piece of its pack is stored.
    pub fn packed(&mut self, index: u32) {
        self.pack[index as usize].1 = true;
    }

    /// Whether its pack is stored, so that the commit may follow.
    pub fn is_packed(&self) -> bool {
        self.pack.iter().all(|(_, stored)| *stored)
    }

    /// How many parts it has.
    pub fn parts(&self) -> u32 {
        self.content.len().div_ceil(self.part_bytes) as u32
    }

    /// The message of one part.
    pub fn part(&self, index: u32) -> Bytes {
        let count = self.parts();
        let start = index as usize * self.part_bytes;
        let end = self.content.len().min(start + self.part_bytes);
        Head { id: self.id, before: self.before, index, count }.message(&self.content[start..end])
    }

    /// Whether all of it is in the stream.
    pub fn has_landed(&self) -> bool {
        self.is_packed() && self.sent > 0 && self.acked == self.parts()
    }

    /// The sequence of its last part.
    pub fn last_seq(&self) -> u64 {
        self.first_seq + u64::from(self.parts()) - 1
    }

    /// Nothing of this attempt counts any more.
    pub fn start_over(&mut self) {
        (self.sent, self.acked) = (0, 0);
    }
}
