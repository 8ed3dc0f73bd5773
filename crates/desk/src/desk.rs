//! A party at work in one realm: its ledger, keys, views and local store, opened together.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use ledger::keys::PartyKeys;
use ledger::{Cluster, Ledger, LogId, LogKey};
use model::{PartyId, Realm};

use crate::audit::Gathered;
use crate::consumers::Budgets;
use crate::edge;
use crate::erase::{EraseError, settle_erasure};
use crate::local::{Local, LocalError, ShareError};
use crate::past::Past;
use crate::pillar::Pillar;
use crate::release::Releases;
use crate::rotate::RotateError;
use crate::sql;
use crate::unfinished::{is_recorded, settle_keys};
use crate::views::{Known, Perspective, Views, ViewsError};

/// Where a desk lives and what it serves.
#[derive(Debug, Clone)]
pub struct DeskOptions {
    /// The folder of the realm, holding `ledger.db`, `views.db`, `local.db` and `keys/`.
    pub folder: PathBuf,
    /// The realm.
    pub realm: Realm,
    /// The pillars whose projections fold.
    pub pillars: Vec<Pillar>,
}

/// What a desk without a folder is made of: its databases live in memory, and it folds on its caller's thread.
#[derive(Debug, Clone)]
pub struct Afloat {
    /// The name under which its databases are found again, as long as somebody holds a connection to them.
    pub name: String,
    /// The realm.
    pub realm: Realm,
    /// The pillars whose projections fold.
    pub pillars: Vec<Pillar>,
    /// The party, whose id its first keys gave.
    pub me: PartyId,
    /// The keys it signs with.
    pub keys: Arc<PartyKeys>,
    /// The keys to which a change had begun; they sign once the log speaks of them.
    pub waiting: Option<Arc<PartyKeys>>,
}

impl Afloat {
    /// Where the views are.
    pub fn views(&self) -> PathBuf {
        sql::in_memory(&format!("{}-views", self.name))
    }

    /// Where the local store is.
    pub fn local(&self) -> PathBuf {
        sql::in_memory(&format!("{}-local", self.name))
    }
}

/// One party in one realm.
pub struct Desk {
    /// The party of this node.
    pub me: PartyId,
    /// The realm.
    pub realm: Realm,
    /// The folder of the realm.
    pub folder: PathBuf,
    /// The truth.
    pub ledger: Arc<Ledger>,
    /// The log of this party.
    pub log: LogId,
    /// Its signing keys.
    pub keys: Arc<PartyKeys>,
    /// What is folded from the ledger.
    pub views: Arc<Views>,
    /// Sessions, credentials and cursors: what is not a record.
    pub local: Arc<Local>,
    /// The projections in use, for rebuilding.
    pub pillars: Vec<Pillar>,
    /// What makes it one of the past.
    pub(crate) past: Option<Past>,
    pub(crate) releases: Releases,
    /// What consumers have used.
    pub(crate) budgets: Budgets,
    /// What was looked at and is not yet written down.
    pub(crate) audit: Gathered,
    /// Held while somebody decides on a draft.
    pub(crate) deciding: Mutex<()>,
    /// Held while reactors answer, so that nothing is answered twice at once.
    pub(crate) reacting: Mutex<()>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").field("me", &self.me).field("realm", &self.realm).finish_non_exhaustive()
    }
}

/// Why a desk could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenDeskError {
    /// The ledger refused.
    #[error(transparent)]
    Ledger(#[from] ledger::OpenError),
    /// The log of this party could not be made.
    #[error(transparent)]
    Write(#[from] ledger::WriteError),
    /// The keys could not be read.
    #[error(transparent)]
    Keys(#[from] ledger::keys::KeyFileError),
    /// An erasure that was cut off could not be finished.
    #[error(transparent)]
    Erasure(#[from] EraseError),
    /// A change of keys that was cut off could not be finished.
    #[error(transparent)]
    Rotation(#[from] RotateError),
    /// The views refused.
    #[error(transparent)]
    Views(#[from] ViewsError),
    /// The local store refused.
    #[error(transparent)]
    Local(#[from] LocalError),
    /// The local store cannot be kept the same as on the other nodes.
    #[error(transparent)]
    Share(#[from] ShareError),
}

/// The ledger in a folder: alone, or as a fold of a cluster's.
pub fn open_ledger(folder: &Path, cluster: Option<&Cluster>) -> Result<Ledger, ledger::OpenError> {
    let options = ledger::Options::new(edge::now_us);
    match cluster {
        None => Ledger::open(folder, options),
        Some(cluster) => Ledger::open_cluster(folder, cluster, options),
    }
}

/// Whose ledger this is: as the local store remembers, and without it by the first log, which is the own one.
pub fn party_of(local: &Local, ledger: &Ledger) -> Option<PartyId> {
    let first = || ledger.logs().into_iter().next().map(|(_, key, _)| key.party);
    local.party().or_else(first)
}

impl Desk {
    /// Whose records, in which realm, its views show.
    pub fn perspective(&self) -> Perspective<'_> {
        Perspective { me: self.me, realm: &self.realm, pillars: &self.pillars }
    }

    /// Where the signing keys of a realm's folder are kept.
    pub fn key_file(folder: &Path) -> PathBuf {
        folder.join("keys").join("party.key")
    }

    /// Opens everything and starts folding.
    pub fn open(options: DeskOptions) -> Result<Arc<Self>, OpenDeskError> {
        Self::open_in(options, None)
    }

    /// Opens everything on the ledger of a cluster, which other nodes of this party use too.
    pub fn open_in(options: DeskOptions, cluster: Option<&Cluster>) -> Result<Arc<Self>, OpenDeskError> {
        let key_file = Self::key_file(&options.folder);
        let keys = PartyKeys::load(&key_file)?;
        let local = Arc::new(Local::open(&options.folder.join("local.db"))?);
        let ledger = Arc::new(open_ledger(&options.folder, cluster)?);
        if let Some(commons) = ledger.commons() {
            local.share(&commons, &options.folder.join("keys"))?;
        }
        // The id of a party is that of its first keys and survives their rotation.
        let me = party_of(&local, &ledger).unwrap_or_else(|| keys.verifying().party_id());
        let log = ledger.log(&LogKey { party: me, realm: options.realm.clone() })?;
        // Before anything is signed.
        let keys = Arc::new(settle_keys(&key_file, &ledger, log, keys)?);
        settle_erasure(&options.folder, &local, &ledger, log, &options.realm, &options.pillars)?;
        let views =
            Views::open(&options.folder, Arc::clone(&ledger), me, options.realm.clone(), &options.pillars)?;
        let keyed = crate::links::rekey(&local, &views.classes());
        keyed.map_err(|reason| LocalError::Open { path: options.folder.join("local.db"), reason })?;
        Ok(Arc::new(Self {
            me,
            realm: options.realm,
            folder: options.folder,
            ledger,
            log,
            keys,
            views,
            local,
            pillars: options.pillars,
            past: None,
            releases: Releases::default(),
            budgets: Budgets::new(edge::monotonic()),
            audit: Gathered::default(),
            deciding: Mutex::default(),
            reacting: Mutex::default(),
        }))
    }

    /// A desk without threads and files over `ledger`, for simulations.
    pub fn afloat(afloat: Afloat, ledger: Ledger) -> Result<Arc<Self>, OpenDeskError> {
        let (local, me, folder) = (Arc::new(Local::open(&afloat.local())?), afloat.me, PathBuf::new());
        let ledger = Arc::new(ledger);
        let log = ledger.log(&LogKey { party: me, realm: afloat.realm.clone() })?;
        let keys = match &afloat.waiting {
            Some(new)
                if is_recorded(&ledger, log, afloat.keys.verifying(), new.verifying())
                    .map_err(RotateError::Read)? =>
            {
                Arc::clone(new)
            }
            _ => Arc::clone(&afloat.keys),
        };
        settle_erasure(&folder, &local, &ledger, log, &afloat.realm, &afloat.pillars)?;
        let perspective = Perspective { me, realm: &afloat.realm, pillars: &afloat.pillars };
        let views = Views::by_hand(&afloat.views(), Arc::clone(&ledger), perspective)?;
        Ok(Arc::new(Self {
            me,
            realm: afloat.realm,
            folder,
            ledger,
            log,
            keys,
            views,
            local,
            pillars: afloat.pillars,
            past: None,
            releases: Releases::default(),
            budgets: Budgets::new(edge::monotonic()),
            audit: Gathered::default(),
            deciding: Mutex::default(),
            reacting: Mutex::default(),
        }))
    }

    /// Parties, agreements and consumers as of the last fold.
    pub fn known(&self) -> Arc<Known> {
        self.views.known()
    }

    /// Stops folding; the ledger closes when the last user lets go.
    pub fn close(&self) {
        self.views.close();
    }
}
