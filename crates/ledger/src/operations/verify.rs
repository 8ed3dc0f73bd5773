//! Verifying a whole ledger: every hash, number and signature is computed again, streaming, and the first thing that is
//! wrong is named. What hashes do not cover (times, slack in pages) is covered by the sums of the pages.

mod checks;
mod walk;

use std::fmt;

use model::Position;

use self::walk::Walk;
use crate::error::ReadError;
use crate::keys::VerifyingKeys;
use crate::ledger::Ledger;
use crate::{LogKey, sqlite};

/// How far verification has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Entries checked, of how many.
    Entries {
        /// Checked.
        done: u64,
        /// Of.
        of: u64,
    },
    /// Pages of the file checked, of how many.
    Pages {
        /// Checked.
        done: u64,
        /// Of.
        of: u64,
    },
}

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Whose log, when that is known.
    pub log: Option<LogKey>,
    /// Place in that log, when that is known.
    pub position: Option<Position>,
    /// Arrival number, when that is known.
    pub seq: Option<u64>,
    /// Page of the database file, for what no hash covers.
    pub page: Option<u64>,
    /// What is wrong there.
    pub what: String,
}

/// What was checked, and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Entries whose leaf was computed again.
    pub entries: u64,
    /// Bodies whose digest was computed again.
    pub bodies: u64,
    /// Records whose body has been erased, or never came.
    pub without_body: u64,
    /// Withheld leaves.
    pub withheld: u64,
    /// Records that arrived after having been withheld.
    pub revealed: u64,
    /// Stored checkpoints whose root was computed again.
    pub checkpoints: u64,
    /// Of these, checkpoints whose signatures were verified; the keys for the others were not given.
    pub signatures: u64,
    /// Pages of the database file compared with their sums.
    pub pages: u64,
    /// How long it took, µs, by the clock of the ledger.
    pub elapsed_us: i64,
    /// The first contradiction in the content, then the first page that differs; empty when all is well.
    pub faults: Vec<Fault>,
}

impl Verified {
    /// Whether nothing was wrong.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    /// Entries per second.
    pub fn entries_per_s(&self) -> f64 {
        self.entries as f64 * 1e6 / self.elapsed_us.max(1) as f64
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(log) = &self.log {
            write!(f, "{}, ", log.origin())?;
        }
        if let Some(position) = self.position {
            write!(f, "position {position}, ")?;
        }
        if let Some(seq) = self.seq {
            write!(f, "arrival {seq}, ")?;
        }
        if let Some(page) = self.page {
            write!(f, "page {page}, ")?;
        }
        f.write_str(&self.what)
    }
}

impl Ledger {
    /// Computes everything again up to the last entry of this moment. `keys` gives the keys a party has had, so that
    /// its checkpoints can be verified. Writers may go on; what they add is not looked at.
    pub fn verify(
        &self,
        keys: &dyn Fn(&LogKey) -> Vec<VerifyingKeys>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Verified, ReadError> {
        let started = self.now_us();
        // Bring pages and sums together first; on a ledger that cannot write they are compared as they are.
        drop(self.settle());
        let mut walk = Walk::new(self, keys)?;
        walk.run(progress);
        let mut verified = walk.verified;
        self.audit_pages(&mut verified, progress);
        verified.elapsed_us = self.now_us() - started;
        Ok(verified)
    }
}

impl Ledger {
    fn audit_pages(&self, verified: &mut Verified, progress: &mut dyn FnMut(Progress)) {
        let Some(engine) = self.database() else { return };
        let mut report = |done, of| progress(Progress::Pages { done, of });
        let fault = |page, what| Fault { log: None, position: None, seq: None, page, what };
        match sqlite::audit(engine.path(), self.last_seq(), &mut report) {
            Err(error) => verified
                .faults
                .push(fault(None, format!("the file cannot be compared with its sums: {error}"))),
            Ok(audit) => {
                verified.pages = audit.pages;
                if let Some(wrong) = audit.wrong {
                    let held = wrong
                        .arrivals
                        .map(|seqs| format!(" (it holds arrivals {} to {})", seqs.start(), seqs.end()));
                    let what = format!("{}{}", wrong.what, held.unwrap_or_default());
                    verified.faults.push(fault(Some(wrong.page), what));
                }
            }
        }
    }
}
