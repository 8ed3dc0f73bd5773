//! Keys of the tables `tile` and `note`: the log's number in the high bits, so that what belongs to one log
//! lies together and in order.

use crate::LogId;
use crate::merkle::TileId;

/// A log holds fewer records than this (2^40, more than 10^12).
pub(crate) const MAX_LOG_SIZE: u64 = 1 << 40;

/// A database holds fewer logs than this (2^22).
pub(crate) const MAX_LOGS: u32 = 1 << 22;

/// Key of a tile: 22 bits log, 4 bits level, 36 bits index.
pub(crate) fn tile(log: LogId, id: TileId) -> i64 {
    (i64::from(log.0) << 40) | (i64::from(id.level) << 36) | id.index as i64
}

/// Key of a stored checkpoint: 22 bits log, 41 bits size.
pub(crate) fn note(log: LogId, size: u64) -> i64 {
    (i64::from(log.0) << 41) | size as i64
}

/// The log and size of a stored checkpoint.
pub(crate) fn unpack_note(key: i64) -> (LogId, u64) {
    (LogId((key >> 41) as u32), key as u64 & ((1 << 41) - 1))
}
