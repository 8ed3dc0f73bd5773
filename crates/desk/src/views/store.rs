//! The views of one desk as its readers see them: tables, the book, and how far they have folded.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use ledger::Ledger;
use model::{AgreementId, PartyId, Realm};
use records::HeaderReader;
use share::Book;
use tokio::sync::{broadcast, watch};

use super::agreements::AgreementState;
use super::amended::Amendments;
use super::by_hand::ByHand;
use super::classes::{ClassList, Classes};
use super::consumers::Consumers;
use super::entry::Memory;
use super::groups::Groups;
use super::parties::Parties;
use super::{agreements, consumers, groups, parties, schema, thread};
use crate::pillar::Pillar;
use crate::sql::{self, Durability, Reader, Readers, SqlError};

/// What the fold publishes whenever parties, agreements, groups or consumers change.
#[derive(Debug, Clone)]
pub struct Known {
    /// Counts the changes; a release computed under another epoch is computed again.
    pub epoch: u64,
    /// What the verdict reads.
    pub book: Book,
    /// Agreements with their signatures, for people.
    pub agreements: BTreeMap<AgreementId, AgreementState>,
    /// Parties.
    pub parties: Parties,
    /// Consumers.
    pub consumers: Consumers,
    /// Groups that this party keeps.
    pub groups: Groups,
}

/// The views of one desk.
#[derive(Debug)]
pub struct Views {
    pub(super) readers: Readers,
    pub(super) known: RwLock<Arc<Known>>,
    pub(super) classes: RwLock<ClassList>,
    pub(super) folded: watch::Sender<u64>,
    pub(super) topics: broadcast::Sender<&'static str>,
    pub(super) failure: RwLock<Option<String>>,
    pub(super) taken_back: AtomicU64,
    pub(super) erasures: AtomicU64,
    worker: thread::Worker,
    pub(super) by_hand: Option<ByHand>,
}

/// Whose records in which realm a desk's views show, and through which projections.
#[derive(Debug, Clone, Copy)]
pub struct Perspective<'a> {
    /// The party of the node.
    pub me: PartyId,
    /// The realm.
    pub realm: &'a Realm,
    /// The pillars whose projections fold.
    pub pillars: &'a [Pillar],
}

/// Why views could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum ViewsError {
    /// SQLite refused.
    #[error("cannot open the views {path}: {reason}; delete the file, it is rebuilt from the ledger")]
    Open {
        /// The database file.
        path: PathBuf,
        /// What SQLite said.
        reason: SqlError,
    },
}

/// Why a reader could not have a view as new as it asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WaitError {
    /// Not within the time allowed.
    #[error("the views have folded up to {folded} of {wanted}; try again in a moment")]
    Late {
        /// Folded so far.
        folded: u64,
        /// Asked for.
        wanted: u64,
    },
}

impl Views {
    /// Opens (or makes) the views in `folder` and starts folding `ledger` into them.
    pub fn open(
        folder: &Path,
        ledger: Arc<Ledger>,
        me: PartyId,
        realm: Realm,
        pillars: &[Pillar],
    ) -> Result<Arc<Self>, ViewsError> {
        let perspective = Perspective { me, realm: &realm, pillars };
        let (views, folder) = Self::prepare(&folder.join("views.db"), ledger, perspective)?;
        let views = Arc::new(views);
        views.worker.start(&views, folder);
        Ok(views)
    }

    /// The same without a thread: they fold on [`Views::step`] and while somebody waits for them.
    pub fn by_hand(
        path: &Path,
        ledger: Arc<Ledger>,
        perspective: Perspective<'_>,
    ) -> Result<Arc<Self>, ViewsError> {
        let (mut views, folder) = Self::prepare(path, ledger, perspective)?;
        views.by_hand = Some(ByHand::new(folder));
        Ok(Arc::new(views))
    }

    /// Views of a ledger as it stood, folded by hand, in which entries stand as `amended` says. Classes have the numbers
    /// that they have in the present, so that what is kept by class beside the views can be read with both.
    pub(crate) fn as_it_stood(
        path: &Path,
        ledger: Arc<Ledger>,
        perspective: Perspective<'_>,
        (classes, amended): (&ClassList, &Amendments),
    ) -> Result<Arc<Self>, ViewsError> {
        let (mut views, mut folder) = Self::prepare(path, ledger, perspective)?;
        let failed = |reason| ViewsError::Open { path: path.to_owned(), reason };
        folder.number(classes).map_err(failed)?;
        folder.amended = amended.clone();
        views.by_hand = Some(ByHand::new(folder));
        Ok(Arc::new(views))
    }

    fn prepare(
        path: &Path,
        ledger: Arc<Ledger>,
        perspective: Perspective<'_>,
    ) -> Result<(Self, thread::Folder), ViewsError> {
        let Perspective { me, realm, pillars } = perspective;
        let failed = |reason| ViewsError::Open { path: path.to_owned(), reason };
        let open = || {
            let mut connection = sql::open(path, Durability::Rebuildable, 24 * 1024)?;
            schema::prepare(&mut connection, pillars)?;
            let classes = Classes::load(&connection)?;
            let known = load_known(&connection, me, realm, 1, None)?;
            let folded = super::thread::folded(&connection)?;
            Ok((connection, classes, known, folded))
        };
        let (connection, mut classes, known, folded) = sql::open_or_renew(path, open).map_err(failed)?;
        let views = Self {
            readers: Readers::new(path.to_owned(), 4 * 1024),
            known: RwLock::new(Arc::new(known)),
            classes: RwLock::new(classes.publish()),
            folded: watch::Sender::new(folded),
            topics: broadcast::Sender::new(64),
            failure: RwLock::new(None),
            taken_back: AtomicU64::new(0),
            erasures: AtomicU64::new(0),
            worker: thread::Worker::default(),
            by_hand: None,
        };
        let folder = thread::Folder {
            connection,
            classes,
            ledger,
            me,
            realm: realm.clone(),
            pillars: pillars.to_vec(),
            memory: Memory::default(),
            headers: HeaderReader::default(),
            clean_upto: 0,
            amended: Amendments::new(),
        };
        Ok((views, folder))
    }

    /// A connection to read tables with.
    pub fn read(&self) -> Result<Reader<'_>, SqlError> {
        self.readers.get()
    }

    /// Parties, agreements, groups and consumers as of the last fold.
    pub fn known(&self) -> Arc<Known> {
        Arc::clone(&self.known.read().unwrap_or_else(|poisoned| poisoned.into_inner()))
    }

    /// Every release class by number.
    pub fn classes(&self) -> ClassList {
        Arc::clone(&self.classes.read().unwrap_or_else(|poisoned| poisoned.into_inner()))
    }

    /// The arrival number up to which everything is folded.
    pub fn folded(&self) -> u64 {
        *self.folded.borrow()
    }

    /// Why folding stopped, when it did.
    pub fn failure(&self) -> Option<String> {
        self.failure.read().map_or_else(|poisoned| poisoned.into_inner().clone(), |failure| failure.clone())
    }

    /// The arrival of the last record folded since the start that took another back or narrowed it.
    pub(crate) fn taken_back(&self) -> u64 {
        self.taken_back.load(Ordering::Acquire)
    }

    /// How many records of erasure were folded since the start.
    pub(crate) fn erasures(&self) -> u64 {
        self.erasures.load(Ordering::Acquire)
    }

    /// Waits until everything up to arrival number `seq` is folded.
    pub async fn wait(&self, seq: u64, at_most: Duration) -> Result<(), WaitError> {
        let mut folded = self.folded.subscribe();
        let reached = tokio::time::timeout(at_most, folded.wait_for(|folded| *folded >= seq)).await;
        match reached {
            Ok(Ok(_)) => Ok(()),
            _ => Err(WaitError::Late { folded: self.folded(), wanted: seq }),
        }
    }

    /// The same for a thread that may block.
    pub fn wait_blocking(&self, seq: u64, at_most: Duration) -> Result<(), WaitError> {
        match &self.by_hand {
            Some(by_hand) => by_hand.wait_for(self, seq),
            None => self.worker.wait_for(at_most, || self.folded() >= seq),
        }
        if self.folded() >= seq {
            Ok(())
        } else {
            Err(WaitError::Late { folded: self.folded(), wanted: seq })
        }
    }

    /// Topics of pages whose content changed, as they change.
    pub fn changes(&self) -> broadcast::Receiver<&'static str> {
        self.topics.subscribe()
    }

    /// Tells pages of a topic that changed without an entry: what is kept beside the views.
    pub(crate) fn tell(&self, topic: &'static str) {
        let _ = self.topics.send(topic); // nobody listening is fine
    }

    /// The folded position as a stream of values.
    pub fn watch_folded(&self) -> watch::Receiver<u64> {
        self.folded.subscribe()
    }

    /// Stops the fold thread and waits for it.
    pub fn close(&self) {
        self.worker.stop();
        if let Some(by_hand) = &self.by_hand {
            by_hand.close();
        }
    }

    pub(super) fn announce(&self, folded: u64, topics: BTreeSet<&'static str>) {
        self.folded.send_replace(folded);
        self.worker.wake();
        for topic in topics {
            let _ = self.topics.send(topic); // nobody listening is fine
        }
    }
}

impl Drop for Views {
    fn drop(&mut self) {
        self.worker.stop();
    }
}

pub(super) fn load_known(
    connection: &rusqlite::Connection,
    me: PartyId,
    realm: &Realm,
    epoch: u64,
    proved: Option<&Known>,
) -> Result<Known, SqlError> {
    let parties = match proved {
        Some(proved) => proved.parties.clone(),
        None => parties::load(connection)?,
    };
    let agreements = agreements::load(connection, &parties, proved.map(|proved| &proved.agreements))?;
    let mut book = Book::new(me, realm.clone());
    book.agreements = agreements.iter().map(|(id, state)| (*id, state.signed())).collect();
    let groups = groups::load(connection)?;
    book.groups = groups::members(&groups);
    let consumers = consumers::load(connection)?;
    Ok(Known { epoch, book, agreements, parties, consumers, groups })
}
