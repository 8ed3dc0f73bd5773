//! Reading the frames of SQLite's write-ahead log (file format document, section 4).

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use super::connect::PAGE_BYTES;
use super::sums::page_sum;

const HEADER_BYTES: u64 = 32;
const FRAME_HEADER_BYTES: usize = 24;
const FRAME_BYTES: usize = FRAME_HEADER_BYTES + PAGE_BYTES;

/// Sums of the newest version of every page in frames `from..to` (0-based) of the log at `path`.
pub(crate) fn page_sums(path: &Path, from: u64, to: u64) -> io::Result<BTreeMap<u32, u64>> {
    let file = File::open(path)?;
    let mut sums = BTreeMap::new();
    let mut frame = vec![0; FRAME_BYTES];
    for number in from..to {
        file.read_exact_at(&mut frame, HEADER_BYTES + number * FRAME_BYTES as u64)?;
        let page = u32::from_be_bytes([frame[0], frame[1], frame[2], frame[3]]);
        sums.insert(page, page_sum(&frame[FRAME_HEADER_BYTES..]));
    }
    Ok(sums)
}

/// Whether a present frame of the log holds `page` with this sum.
pub(crate) fn holds(path: &Path, page: u32, sum: u64) -> io::Result<bool> {
    let file = File::open(path)?;
    let mut header = [0; HEADER_BYTES as usize];
    file.read_exact_at(&mut header, 0)?;
    let mut frame = vec![0; FRAME_BYTES];
    for number in 0..(file.metadata()?.len() - HEADER_BYTES) / FRAME_BYTES as u64 {
        file.read_exact_at(&mut frame, HEADER_BYTES + number * FRAME_BYTES as u64)?;
        if frame[8..16] != header[16..24] {
            break;
        }
        if frame[..4] == page.to_be_bytes() && page_sum(&frame[FRAME_HEADER_BYTES..]) == sum {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What tells the present log from the one before: eight bytes of its header.
pub(crate) fn salt(path: &Path) -> io::Result<[u8; 8]> {
    let mut salt = [0; 8];
    File::open(path)?.read_exact_at(&mut salt, 16)?;
    Ok(salt)
}

/// The pages that the present frames of the log hold, as far as their salt says that they are present ones.
pub(crate) fn pages(path: &Path) -> io::Result<BTreeSet<u32>> {
    let mut pages = BTreeSet::new();
    let file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(pages),
        other => other?,
    };
    let length = file.metadata()?.len();
    let mut header = [0; HEADER_BYTES as usize];
    if length < HEADER_BYTES {
        return Ok(pages);
    }
    file.read_exact_at(&mut header, 0)?;
    let mut frame = [0; FRAME_HEADER_BYTES];
    for number in 0..(length - HEADER_BYTES) / FRAME_BYTES as u64 {
        file.read_exact_at(&mut frame, HEADER_BYTES + number * FRAME_BYTES as u64)?;
        if frame[8..16] != header[16..24] {
            break;
        }
        pages.insert(u32::from_be_bytes([frame[0], frame[1], frame[2], frame[3]]));
    }
    Ok(pages)
}
