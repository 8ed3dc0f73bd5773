//! Comparing every page of the database file with its sum.

use std::fs::File;
use std::io;
use std::ops::RangeInclusive;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use super::connect::PAGE_BYTES;
use super::sums::{page_sum, suffixed, sums_path};
use super::wal;

/// Pages between two reports of progress.
const STRETCH: u64 = 4096;

/// The page that holds the byte at 1 GiB, by which SQLite locks: it never writes it (SQLite file format §1.4), so
/// that no frame brings its sum. It stays zero, and so does its sum unless the whole file was summed at once.
const LOCK_PAGE: u64 = (1 << 30) / PAGE_BYTES as u64 + 1;

fn is_as_written(number: u64, page: &[u8], sum: u64) -> bool {
    if number == LOCK_PAGE && sum == 0 {
        return page.iter().all(|byte| *byte == 0);
    }
    page_sum(page) == sum
}

/// What the comparison found.
pub(crate) struct Audit {
    pub pages: u64,
    pub wrong: Option<WrongPage>,
}

/// The first page that is not as it was written.
pub(crate) struct WrongPage {
    /// Counted from 1, as SQLite does.
    pub page: u64,
    pub what: &'static str,
    /// Arrival numbers of the entries on it, when it holds entries and can still be read.
    pub arrivals: Option<RangeInclusive<u64>>,
}

/// Reads the whole file. Holds the lock of the sums, so that no page moves meanwhile; commits go on in the log.
pub(crate) fn audit(database: &Path, last_seq: u64, progress: &mut dyn FnMut(u64, u64)) -> io::Result<Audit> {
    let sums_file = File::open(sums_path(database))?;
    sums_file.lock_shared()?;
    let file = File::open(database)?;
    let length = file.metadata()?.len();
    let pages = length / PAGE_BYTES as u64;
    let mut sums = vec![0; (pages * 8) as usize];
    let sums_length = sums_file.metadata()?.len();
    let wrong = |page, what| Ok(Audit { pages, wrong: Some(WrongPage { page, what, arrivals: None }) });
    if length % PAGE_BYTES as u64 != 0 {
        return wrong(pages + 1, "the file ends inside a page");
    }
    // Sums of pages that are still in the log alone may be there already; and a process killed between moving pages out of
    // the log and noting their sums leaves the log as it was, so that sums of pages in it may be missing or old.
    let log = suffixed(database, "-wal");
    let in_log = wal::pages(&log)?;
    let differ = (pages.min(sums_length / 8) + 1)..=pages.max(sums_length / 8);
    if sums_length % 8 != 0 || !differ.clone().all(|page| in_log.contains(&(page as u32))) {
        return wrong(*differ.start(), "the file and its sums differ in length");
    }
    let known = (sums_length.min(pages * 8)) as usize;
    sums_file.read_exact_at(&mut sums[..known], 0)?;
    let mut page = vec![0; PAGE_BYTES];
    for (number, sum) in (1..).zip(sums.as_chunks::<8>().0) {
        file.read_exact_at(&mut page, (number - 1) * PAGE_BYTES as u64)?;
        let sum = u64::from_le_bytes(*sum);
        if !is_as_written(number, &page, sum) {
            // A reader kept a checkpoint from finishing: the sum is that of a version still in the log. Or the page was
            // moved and its sum was not: then the page is a version in the log.
            let moving = in_log.contains(&(number as u32))
                && (wal::holds(&log, number as u32, sum)?
                    || wal::holds(&log, number as u32, page_sum(&page))?);
            if !moving {
                let arrivals = arrivals(&page, last_seq);
                let what = "the page, or its sum, is not as it was written";
                return Ok(Audit { pages, wrong: Some(WrongPage { page: number, what, arrivals }) });
            }
        }
        if number % STRETCH == 0 || number == pages {
            progress(number, pages);
        }
    }
    Ok(Audit { pages, wrong: None })
}

/// Arrival numbers on a leaf page of the table of entries (SQLite file format §1.6: page type 13, cells of payload
/// length, row id, payload). Keys of the other tables lie beyond every arrival number.
fn arrivals(page: &[u8], last_seq: u64) -> Option<RangeInclusive<u64>> {
    if page.first() != Some(&13) {
        return None;
    }
    let number = |at: usize| Some(usize::from(u16::from_be_bytes([*page.get(at)?, *page.get(at + 1)?])));
    let cells = number(3)?;
    let key = |cell: usize| {
        let at = number(8 + 2 * cell)?;
        let (_, length) = varint(page.get(at..)?)?;
        Some(varint(page.get(at + length..)?)?.0)
    };
    let (first, last) = (key(0)?, key(cells.checked_sub(1)?)?);
    (first >= 1 && first <= last && last <= last_seq).then_some(first..=last)
}

/// A number of seven bits per byte, the highest first, and its length.
fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut value = 0;
    for (index, byte) in bytes.iter().take(8).enumerate() {
        value = value << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value, index + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_that_sqlite_never_writes_is_sound_as_long_as_it_is_empty() {
        let mut page = vec![0; PAGE_BYTES];
        assert!(is_as_written(LOCK_PAGE, &page, 0) && is_as_written(LOCK_PAGE, &page, page_sum(&page)));
        assert!(!is_as_written(LOCK_PAGE - 1, &page, 0));
        page[7] = 1;
        assert!(!is_as_written(LOCK_PAGE, &page, 0));
    }
}
