//! What is checked of one entry, and of what is stored beside it.

use model::{Digest, Position};
use records::{Header, HeaderError};

use super::Verified;
use super::walk::LogWalk;
use crate::entry::EntryRef;
use crate::merkle::{Growth, TILE_WIDTH, TileId, Tree};
use crate::runs::Run;
use crate::{LogId, Reader};

/// Header or leaf, and the body its header promises.
pub(super) fn check_parts(
    log: &LogWalk,
    entry: &EntryRef<'_>,
    verified: &mut Verified,
) -> Result<(), String> {
    let header = match (entry.header, entry.leaf) {
        (Some(header), None) => header,
        (None, Some(leaf)) if leaf.len() == 32 && entry.body.is_none() => {
            verified.withheld += 1;
            return Ok(());
        }
        _ => return Err("it holds neither exactly a header nor exactly a leaf hash".to_owned()),
    };
    let parsed = match Header::parse(header) {
        Ok(parsed) => parsed,
        // A newer format: its leaf is checked all the same, its body cannot be.
        Err(HeaderError::Newer { .. }) => return Ok(()),
        Err(error) => return Err(format!("its header cannot be read: {error}")),
    };
    if parsed.author != log.key.party || parsed.realm != log.key.realm.to_string() {
        return Err("its header is of another party or realm".to_owned());
    }
    let Some(body) = entry.body else {
        verified.without_body += 1;
        return Ok(());
    };
    if body.len() as u64 != parsed.body_size || Digest::of(body) != parsed.body_sha256() {
        return Err("its body is not the one its header promises".to_owned());
    }
    verified.bodies += 1;
    Ok(())
}

/// A later arrival at an earlier place must have the leaf that stood there.
pub(super) fn check_revealed(
    reader: &Reader,
    log: &LogWalk,
    entry: &EntryRef<'_>,
    leaf: &[u8; 32],
) -> Result<(), String> {
    let index = entry.position.0 / TILE_WIDTH;
    let place = (entry.position.0 % TILE_WIDTH) as usize;
    let edge_index = log.tree.size() / TILE_WIDTH;
    let stored = if index == edge_index {
        log.tree.edge(0).get(place).copied()
    } else {
        let tile = reader.tile(entry.log, log.tree.size(), TileId { level: 0, index });
        tile.map_err(|error| error.to_string())?.get(place).copied()
    };
    if stored != Some(*leaf) || entry.header.is_none() {
        return Err("its header does not hash to the leaf that was withheld".to_owned());
    }
    match reader.seq_at(entry.log, entry.position) {
        Ok(Some(seq)) if seq == entry.seq => Ok(()),
        Ok(_) => Err("the table of revealed records does not lead to it".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// Tiles that this leaf finished or changed must be stored as they are, or longer. Otherwise the first leaf that
/// differs, when a tile of leaves tells.
pub(super) fn check_tiles(
    reader: &Reader,
    entry: &EntryRef<'_>,
    growth: &Growth,
) -> Result<(), (Position, String)> {
    for (id, hashes) in growth.tiles() {
        let stored =
            reader.tile(entry.log, u64::MAX, id).map_err(|error| (entry.position, error.to_string()))?;
        if stored.starts_with(hashes) {
            continue;
        }
        let same =
            stored.iter().zip(hashes).take_while(|(stored, computed)| stored == computed).count() as u64;
        return Err(if id.level == 0 {
            let position = Position(id.index * TILE_WIDTH + same);
            (position, "its header does not hash to the leaf in the tree".to_owned())
        } else {
            (
                entry.position,
                format!("tile {} of level {} does not agree with the entries", id.index, id.level),
            )
        });
    }
    Ok(())
}

/// The table of runs must lead from the position to this entry. Tells whether a further row was needed.
pub(super) fn check_run(reader: &Reader, log: &mut LogWalk, entry: &EntryRef<'_>) -> Result<bool, String> {
    let leads = |run: &Run| run.holds(entry.position.0) && run.seq_of(entry.position.0) == entry.seq;
    if log.run.as_ref().is_some_and(leads) {
        return Ok(false);
    }
    let run = reader.run_at(entry.log, entry.position).map_err(|error| error.to_string())?;
    log.run = run.filter(|run| leads(run) && run.first_pos == entry.position.0);
    if log.run.is_some() { Ok(true) } else { Err("the table of runs does not lead to it".to_owned()) }
}

/// The unfinished tiles above level 0, exactly, and no run longer than the log, unless writers have gone on.
pub(super) fn check_end(reader: &Reader, id: LogId, log: &LogWalk) -> Result<(), String> {
    let size = log.tree.size();
    if reader.size(id).map_err(|error| error.to_string())? != size {
        return Ok(());
    }
    for (level, width) in Tree::edge_widths(size).into_iter().enumerate().skip(1) {
        let tile = TileId { level: level as u8, index: size >> (8 * (level + 1)) };
        let wrong =
            width > 0 && reader.tile(id, size, tile).map_err(|e| e.to_string())? != log.tree.edge(level);
        if wrong {
            return Err(format!("the unfinished tile of level {level} does not agree with the entries"));
        }
    }
    if log.run.is_some_and(|run| run.end() != size) {
        return Err("its last run reaches beyond the last entry".to_owned());
    }
    Ok(())
}

/// Rows of tiles that a log of this size has: full ones of level 0, all of the levels above.
pub(super) fn stored_tiles(size: u64) -> u64 {
    let (mut tiles, mut count) = (0, size / TILE_WIDTH);
    while count > 0 {
        tiles += count;
        let above = count;
        count /= TILE_WIDTH;
        // The unfinished tile of the level above holds roots of the tiles just counted.
        tiles += u64::from(above % TILE_WIDTH > 0);
    }
    tiles
}
