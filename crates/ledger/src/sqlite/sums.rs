//! A sum for every page of `ledger.db`, kept beside it in `ledger.db-sums`, so that one flipped byte anywhere in
//! the file is found, also where SQLite and the Merkle tree do not look (times, slack inside pages, numbers).
//!
//! Order of writing: frames reach the database file by a checkpoint; their sums are computed from the same
//! frames and made durable before the log that holds them may be reused. A crash in between leaves the log in
//! place, and the next checkpoint repeats both. The sums guard against decay, not against a forger: he is
//! caught by the signed checkpoints.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use super::connect::PAGE_BYTES;
use super::wal;

const SUM_BYTES: u64 = 8;

/// The file of sums. Its lock (`File::lock`) is held while pages or sums change, so that an audit sees both agree.
pub(crate) struct PageSums {
    file: File,
    wal: PathBuf,
    /// Which log was last seen: SQLite changes the salt whenever it starts the log over.
    salt: [u8; 8],
    /// Frames of that log whose sums are already stored.
    absorbed: u64,
}

/// Where the sums of a database lie.
pub(crate) fn sums_path(database: &Path) -> PathBuf {
    suffixed(database, "-sums")
}

pub(crate) fn suffixed(database: &Path, suffix: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

impl PageSums {
    /// Opens the sums of `database`; when there are none yet, sums every page that is there.
    pub fn open(database: &Path) -> io::Result<Self> {
        let path = sums_path(database);
        let fresh = !path.exists();
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let sums = Self { file, wal: suffixed(database, "-wal"), salt: [0; 8], absorbed: 0 };
        if fresh {
            sums.sum_all(database)?;
        }
        Ok(sums)
    }

    /// Sums every page of the database file as it lies there.
    pub fn sum_all(&self, database: &Path) -> io::Result<()> {
        let database = File::open(database)?;
        let mut page = vec![0; PAGE_BYTES];
        let mut block = Vec::new();
        for number in 0..database.metadata()?.len() / PAGE_BYTES as u64 {
            database.read_exact_at(&mut page, number * PAGE_BYTES as u64)?;
            block.extend_from_slice(&page_sum(&page).to_le_bytes());
        }
        self.file.set_len(0)?;
        self.file.write_all_at(&block, 0)?;
        self.file.sync_all()
    }

    /// Stores the sums of the first `frames` frames of the log, durably.
    pub fn absorb(&mut self, frames: u64) -> io::Result<()> {
        let salt = wal::salt(&self.wal)?;
        if salt != self.salt {
            // SQLite has started the log over: its frames carry other pages now.
            (self.salt, self.absorbed) = (salt, 0);
        }
        if frames <= self.absorbed {
            return Ok(());
        }
        let sums = wal::page_sums(&self.wal, self.absorbed, frames)?;
        let mut block: Vec<u8> = Vec::new();
        let mut block_start = 0;
        for (page, sum) in sums {
            let offset = u64::from(page - 1) * SUM_BYTES;
            if block_start + block.len() as u64 != offset {
                self.file.write_all_at(&block, block_start)?;
                block.clear();
                block_start = offset;
            }
            block.extend_from_slice(&sum.to_le_bytes());
        }
        self.file.write_all_at(&block, block_start)?;
        self.file.sync_data()?;
        self.absorbed = frames;
        Ok(())
    }

    /// Waits until no audit is reading, then keeps audits out until `unlock`.
    pub fn lock(&self) -> io::Result<()> {
        self.file.lock()
    }

    pub fn unlock(&self) -> io::Result<()> {
        self.file.unlock()
    }
}

/// Sums one page: 64-bit words folded into four lanes by steps that are one-to-one in lane and word, so that any
/// change inside one word always changes the sum, and any other change escapes with a chance of about 2⁻⁶⁴.
pub(crate) fn page_sum(page: &[u8]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut lanes = [1_u64, 2, 3, 4];
    let (blocks, _) = page.as_chunks::<32>();
    for block in blocks {
        for (lane, word) in lanes.iter_mut().zip(block.as_chunks::<8>().0) {
            *lane = (*lane ^ u64::from_le_bytes(*word)).wrapping_mul(ODD).rotate_left(29);
        }
    }
    lanes.iter().fold(0, |sum: u64, lane| (sum ^ lane).wrapping_mul(ODD).rotate_left(31))
}
