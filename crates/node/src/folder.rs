//! The data folder: opening the desk in it, or looking into it while a node runs there.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use desk::local::Local;
use desk::views::{Known, Views};
use desk::{Desk, DeskOptions, OpenDeskError, edge};
use ledger::keys::PartyKeys;
use ledger::{Cluster, Ledger, LogKey, OpenError, Options};
use model::{PartyId, Realm};

use crate::config::Config;
use crate::exit::Ending;

/// What to do when somebody else holds the ledger.
const BUSY: &str = "a node is running on this data folder: stop it, or use its console or API";
/// How long folding may stand still before a command gives up.
const STILL: Duration = Duration::from_secs(60);

/// Refuses a data folder in which no node was made, or which this process may not write to.
pub fn must_exist(config: &Config) -> Result<PathBuf> {
    let folder = exists(config)?;
    match rustix::fs::access(&folder, rustix::fs::Access::WRITE_OK) {
        Ok(()) => Ok(folder),
        Err(error) => bail!(
            "{} cannot be written to: {error}; mount it writable, or give it to the user who runs the node",
            folder.display()
        ),
    }
}

/// Refuses a data folder in which no node was made.
pub fn exists(config: &Config) -> Result<PathBuf> {
    let folder = config.folder();
    if !Desk::key_file(&folder).exists() {
        return Err(Ending::usage(format!(
            "there is no node in {}; run `entente init`, or correct `data_dir`",
            config.data_dir.display()
        )));
    }
    if is_unfinished(&folder) {
        return Err(Ending::usage(format!(
            "`entente init` was cut off in {}; run it again, it goes on with the same keys",
            config.data_dir.display()
        )));
    }
    Ok(folder)
}

/// Stands in the folder while `entente init` makes a node there.
const UNFINISHED: &str = "init.unfinished";

/// Whether an init was cut off here.
pub fn is_unfinished(folder: &Path) -> bool {
    folder.join(UNFINISHED).exists()
}

/// An init begins.
pub fn begin(folder: &Path) -> Result<()> {
    let made = File::create(folder.join(UNFINISHED)).and_then(|_| File::open(folder)?.sync_all());
    made.with_context(|| format!("cannot write in {}", folder.display()))
}

/// An init has come to its end.
pub fn finish(folder: &Path) -> Result<()> {
    let gone = std::fs::remove_file(folder.join(UNFINISHED)).and_then(|()| File::open(folder)?.sync_all());
    gone.with_context(|| format!("cannot remove {UNFINISHED} from {}", folder.display()))
}

/// Opens the desk for writing and waits until its views show everything.
pub fn open(config: &Config) -> Result<Arc<Desk>> {
    let desk = open_desk(must_exist(config)?, config.cluster()?)?;
    catch_up(&desk.views, desk.ledger.last_seq())?;
    Ok(desk)
}

/// Opens the desk and leaves folding to its thread.
pub fn open_desk(folder: PathBuf, cluster: Option<Cluster>) -> Result<Arc<Desk>> {
    let options = DeskOptions { folder, realm: Realm::Real, pillars: crate::pillars() };
    Desk::open_in(options, cluster.as_ref()).map_err(|error| match error {
        OpenDeskError::Ledger(OpenError::InUse(_)) => Ending::busy(BUSY),
        other => other.into(),
    })
}

/// What a reading command sees. It works beside a running node too.
pub struct Reading {
    pub me: PartyId,
    pub ledger: Arc<Ledger>,
    pub local: Local,
    views: Arc<Views>,
    /// Views folded for this command alone, when a running node has its own.
    own_views: Option<Scratch>,
}

impl Reading {
    /// Looks into the data folder. When no node runs, the views are used as they are and brought up to date; beside
    /// a running node the facts about parties and agreements are folded anew into a temporary folder.
    pub fn open(config: &Config) -> Result<Self> {
        let folder = must_exist(config)?;
        let local = Local::open(&folder.join("local.db"))?;
        let me = party(&local, &folder)?;
        let (ledger, own_views) = match desk::open_ledger(&folder, config.cluster()?.as_ref()) {
            Ok(ledger) => (Arc::new(settled(ledger, &local, &folder, me)?), None),
            Err(OpenError::InUse(_)) => (Arc::new(beside(&folder)?), Some(Scratch::make()?)),
            Err(error) => return Err(error.into()),
        };
        let (place, pillars) = match &own_views {
            None => (folder.as_path(), crate::pillars()),
            Some(scratch) => (scratch.path(), Vec::new()),
        };
        let views = Views::open(place, Arc::clone(&ledger), me, Realm::Real, &pillars)?;
        catch_up(&views, ledger.last_seq())?;
        Ok(Self { me, ledger, local, views, own_views })
    }

    /// Parties, agreements and consumers.
    pub fn known(&self) -> Arc<Known> {
        self.views.known()
    }

    /// The views of the node itself; beside a running node they belong to it.
    pub fn full_views(&self) -> Result<&Views> {
        match self.own_views {
            None => Ok(&self.views),
            Some(_) => Err(Ending::busy(BUSY)),
        }
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.views.close();
    }
}

/// A ledger that this process alone has open: an erasure that was cut off goes on before anything is folded.
pub fn settled(ledger: Ledger, local: &Local, folder: &Path, me: PartyId) -> Result<Ledger> {
    if let Some(own) = ledger.find(&LogKey { party: me, realm: Realm::Real }) {
        desk::erase::settle_erasure(folder, local, &ledger, own, &Realm::Real, &crate::pillars())?;
    }
    Ok(ledger)
}

/// The ledger to look at: where no node runs, what a killed one left in the write-ahead log is moved first, for a page may
/// have been written by half; beside a running node, or where that is refused, for reading alone.
pub fn at_rest(folder: &Path) -> Result<Ledger> {
    match Ledger::open(folder, Options::new(edge::now_us)) {
        Ok(ledger) => Ok(ledger),
        Err(_) => beside(folder), // says itself what it cannot read
    }
}

/// The ledger for reading alone, beside a running node.
pub fn beside(folder: &Path) -> Result<Ledger> {
    Ok(Ledger::open_reading(folder, Options::new(edge::now_us))?)
}

/// The id of the party, which is that of its first keys.
pub fn party(local: &Local, folder: &Path) -> Result<PartyId> {
    let remembered = local.party().or_else(|| desk::desk::party_of(local, &beside(folder).ok()?));
    match remembered {
        Some(party) => Ok(party),
        None => Ok(PartyKeys::load(&Desk::key_file(folder))?.verifying().party_id()),
    }
}

/// Waits while folding gets ahead.
pub fn catch_up(views: &Views, seq: u64) -> Result<()> {
    let mut folded = views.folded();
    let mut moved = edge::monotonic();
    while folded < seq {
        let _ = views.wait_blocking(seq, Duration::from_millis(200)); // looked at below
        if let Some(failure) = views.failure() {
            bail!("the views cannot follow the ledger: {failure}");
        }
        if views.folded() > folded {
            (folded, moved) = (views.folded(), edge::monotonic());
        } else if moved.elapsed() > STILL {
            bail!("the views stand at {folded} of {seq} and do not move; run `entente views rebuild`");
        }
    }
    Ok(())
}

/// A folder that is gone with this value.
pub struct Scratch(PathBuf);

impl Scratch {
    /// A new folder for the owner alone.
    pub fn make() -> Result<Self> {
        use std::os::unix::fs::DirBuilderExt as _;
        let path = std::env::temp_dir().join(format!("entente-{}", edge::uuid()));
        std::fs::DirBuilder::new()
            .mode(0o700)
            .create(&path)
            .with_context(|| format!("cannot make {}; free space in the temporary folder", path.display()))?;
        Ok(Self(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0); // it lies in the temporary folder anyway
    }
}
