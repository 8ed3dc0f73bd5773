//! A desk as it stood: the ledger cut off at an earlier arrival, views folded up to there, and the rights of today.
//!
//! Every page reads a [`Desk`]; so a desk that ends earlier shows every page as it stood, by the same handlers. Folding is
//! deterministic (I4): these are the views the node had. Two things are of today, so that nothing is shown that its reader
//! may not see now (I1, I5): verdicts are given by the present agreements and clock, and a record that was taken back,
//! narrowed or erased since stands as it would had that been so from the beginning. Nothing can be written: the ledger
//! refuses.

mod shelf;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ledger::ReadError;
use model::Timestamp;
use share::Class;

use crate::audit::Gathered;
use crate::consumers::Budgets;
use crate::desk::Desk;
use crate::edge;
use crate::release::Releases;
use crate::sql::SqlError;
use crate::views::{Amendments, FoldError, Known, Views, ViewsError};

pub use shelf::{Bounds, Found, Shelf};

/// What makes a desk one of the past.
pub struct Past {
    /// The desk as it is.
    pub(crate) present: Arc<Desk>,
    /// What was taken back or narrowed since, and how it stands here.
    amended: Amendments,
    /// Up to where in the ledger the present views had been looked at for that.
    looked: AtomicU64,
    /// When the next entry arrived, µs since 1970: what was sent by then was sent.
    before_us: i64,
    /// How many bodies had been erased when these views were folded.
    erased: u64,
    _scratch: Scratch,
}

/// A folder of its own, gone when nobody needs it any more.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0); // what is left, the next start removes
    }
}

/// Why the past could not be made ready.
#[derive(Debug, thiserror::Error)]
pub enum PastError {
    /// The present views have not come so far themselves.
    #[error("the views of the present have folded up to {folded} of {wanted}; try again in a moment")]
    Behind {
        /// Folded so far.
        folded: u64,
        /// Asked for.
        wanted: u64,
    },
    /// The node stops, or it took longer than it may.
    #[error("it took longer than it may; ask for another instant, or raise [limits] past_build_s")]
    Late,
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] ReadError),
    /// The views could not be opened.
    #[error(transparent)]
    Views(#[from] ViewsError),
    /// The views could not be folded.
    #[error(transparent)]
    Fold(#[from] FoldError),
    /// The views could not be read.
    #[error("cannot read the views: {0}; see `entente doctor`")]
    Sql(#[from] SqlError),
    /// The folder could not be made.
    #[error("cannot make the folder {}: {cause}; free space, or see its rights", path.display())]
    Folder {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
}

/// Entries folded between two looks at whether to go on.
const STEP: usize = 5_000;
/// Times that the fold begins again because something was taken back meanwhile.
const ROUNDS: usize = 4;

impl Desk {
    /// What makes this a desk of the past; `None` for the present.
    pub fn past(&self) -> Option<&Past> {
        self.past.as_ref()
    }

    /// The desk as it is: this one, or the one of which this is the past.
    pub fn present(self: &Arc<Self>) -> &Arc<Desk> {
        self.past.as_ref().map_or(self, |past| &past.present)
    }

    /// By what and when verdicts are given: by the agreements of today and now, also where the past is shown.
    pub fn judged_by(&self, now: Timestamp) -> (Arc<Known>, Timestamp) {
        match &self.past {
            Some(past) => (past.present.known(), edge::now()),
            None => (self.known(), now),
        }
    }

    /// The instant by which something must have been sent to be told of here, µs since 1970.
    pub fn sent_by_us(&self) -> i64 {
        self.past.as_ref().map_or(i64::MAX, |past| past.before_us)
    }

    /// This desk as it stood when entry `upto` had just arrived, with its databases in `folder`, which is removed with it.
    /// `go_on` is told how many entries are folded and says whether to go on.
    pub fn as_it_stood(
        self: &Arc<Self>,
        upto: u64,
        folder: &Path,
        go_on: &dyn Fn(u64) -> bool,
    ) -> Result<Arc<Desk>, PastError> {
        let folded = self.views.folded();
        if folded < upto {
            return Err(PastError::Behind { folded, wanted: upto });
        }
        let failed = |cause| PastError::Folder { path: folder.to_owned(), cause };
        std::fs::create_dir_all(folder).map_err(failed)?;
        let scratch = Scratch(folder.to_owned());
        let ledger = Arc::new(self.ledger.until(upto)?);
        let mut before_us = edge::now_us();
        self.ledger.reader()?.entry(upto + 1, |entry| before_us = entry.at_us)?;
        let mut amended = Amendments::new();
        for round in 0..ROUNDS {
            let (looked, erased) = (self.views.taken_back(), self.views.erasures());
            let path = folder.join(format!("views-{round}.db"));
            let perspective = self.perspective();
            let classes = self.views.classes();
            let ledger = Arc::clone(&ledger);
            let views = Views::as_it_stood(&path, Arc::clone(&ledger), perspective, (&classes, &amended))?;
            while views.folded() < upto {
                if !go_on(views.folded()) {
                    return Err(PastError::Late);
                }
                views.step(STEP)?;
            }
            let desk = self.sibling(views, ledger, folder);
            let wanted = since(self, &desk, upto, &amended)?;
            if wanted == amended && erased == self.views.erasures() {
                let looked = AtomicU64::new(looked);
                let present = Arc::clone(self);
                let past = Past { present, amended, looked, before_us, erased, _scratch: scratch };
                return Ok(Arc::new(Desk { past: Some(past), ..desk }));
            }
            amended = wanted;
        }
        Err(PastError::Late)
    }

    /// A desk with the same identity over other views.
    fn sibling(&self, views: Arc<Views>, ledger: Arc<ledger::Ledger>, folder: &Path) -> Desk {
        Desk {
            me: self.me,
            realm: self.realm.clone(),
            folder: folder.to_owned(),
            ledger,
            log: self.log,
            keys: Arc::clone(&self.keys),
            views,
            local: Arc::clone(&self.local),
            pillars: self.pillars.clone(),
            past: None,
            releases: Releases::default(),
            budgets: Budgets::new(edge::monotonic()),
            audit: Gathered::default(),
            deciding: std::sync::Mutex::default(),
            reacting: std::sync::Mutex::default(),
        }
    }
}

impl Past {
    /// Whether these views still show nothing that was taken back, narrowed or erased since they were folded.
    pub fn still_holds(&self, desk: &Desk) -> Result<bool, PastError> {
        let (looked, erased) = (self.present.views.taken_back(), self.present.views.erasures());
        if erased != self.erased {
            return Ok(false);
        }
        if looked == self.looked.load(Ordering::Acquire) {
            return Ok(true);
        }
        let holds = since(&self.present, desk, desk.ledger.last_seq(), &self.amended)? == self.amended;
        if holds {
            self.looked.store(looked, Ordering::Release);
        }
        Ok(holds)
    }
}

impl std::fmt::Debug for Past {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Past").field("amended", &self.amended.len()).finish_non_exhaustive()
    }
}

/// What of the first `upto` arrivals holds otherwise in the present than in `past`, which was folded with `amended`.
fn since(present: &Desk, past: &Desk, upto: u64, amended: &Amendments) -> Result<Amendments, PastError> {
    let today = raised(present, upto)?;
    if today.is_empty() {
        return Ok(Amendments::new());
    }
    let then = raised(past, upto)?;
    let differs =
        |seq: &u64, class: &Option<Class>| amended.contains_key(seq) || then.get(seq) != Some(class);
    Ok(today.into_iter().filter(|(seq, class)| differs(seq, class)).collect())
}

/// What was taken back or narrowed among the first `upto` arrivals, as a desk knows it.
fn raised(desk: &Desk, upto: u64) -> Result<Amendments, PastError> {
    let classes = desk.views.classes();
    let mut found = Amendments::new();
    for pillar in &desk.pillars {
        for (seq, class) in (pillar.raised)(desk, 1..=upto)? {
            let facts = class.and_then(|class| classes.get(class as usize)).map(|facts| (**facts).clone());
            found.insert(seq, facts);
        }
    }
    Ok(found)
}
