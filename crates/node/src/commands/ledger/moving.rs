//! `entente ledger move`: from the file of one node into a cluster, and back.

use std::path::Path;

use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};
use desk::edge;
use desk::local::Local;
use ledger::{Cluster, Ledger, OpenError, Options};
use model::Digest;
use serde::Serialize;

use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::folder;
use crate::print::Output;
use crate::progress;

/// From where to where.
#[derive(Debug, Args)]
pub struct Move {
    /// Where the ledger is now
    #[arg(long)]
    from: Place,
    /// Where it shall be; the cluster is the one of [ledger] or --ledger
    #[arg(long)]
    to: Place,
    #[command(flatten)]
    output: Output,
}

/// A kind of ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Place {
    /// The file of this node
    Sqlite,
    /// A cluster of NATS JetStream servers
    Nats,
}

#[derive(Debug, Serialize)]
struct Report {
    entries: u64,
    /// Entries that an earlier run had moved.
    held: u64,
    /// The root of each log, the same on both sides.
    roots: Vec<Root>,
    /// What to do now.
    then: String,
}

#[derive(Debug, Serialize)]
struct Root {
    log: String,
    size: u64,
    root: Digest,
}

/// The file of a ledger.
const FILE: &str = "ledger.db";

/// Where the file is kept that the ledger was in before.
const BEFORE: &str = "ledger.db.before-move";

impl Move {
    /// Moves.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let place = folder::must_exist(config)?;
        let Some(cluster) = config.cluster()? else {
            return Err(Ending::usage("name the cluster: --ledger nats://…, or url in [ledger]"));
        };
        let report = match (self.from, self.to) {
            (Place::Sqlite, Place::Nats) => self.move_in(&place, &cluster)?,
            (Place::Nats, Place::Sqlite) => move_out(&place, &cluster)?,
            _ => return Err(Ending::usage("--from and --to are the same; one is sqlite, the other nats")),
        };
        self.output.print(&report, text)?;
        Ok(Exit::Ok)
    }

    /// Writes the stream, folds it anew beside the original, compares, and only then puts the fold in place.
    fn move_in(&self, place: &Path, cluster: &Cluster) -> Result<Report> {
        let fresh = place.join("moving");
        if fresh.join(FILE).exists() && !place.join(FILE).exists() {
            // An earlier run was cut off between taking the original away and putting the fold there.
            put_in_place(place, &fresh)?;
            let fold = Ledger::open_cluster(place, cluster, options())?;
            let (entries, then) = (fold.last_seq(), then(cluster));
            return Ok(Report { entries, held: entries, roots: roots(&fold)?, then });
        }
        let original = open(place)?;
        let bar = progress::bar("entries", self.output.json);
        bar.set_length(original.last_seq());
        let moved = original.move_into(cluster, &mut |entries| bar.set_position(entries))?;
        bar.finish_and_clear();
        let fold = Ledger::open_cluster(&fresh, cluster, options())?;
        original.compare(&fold)?;
        let verified = fold.verify(&|_| Vec::new(), &mut |_| ())?;
        if let Some(fault) = verified.faults.first() {
            return Err(Ending::not_verified(format!("the copy is not sound: {fault}")));
        }
        let roots = roots(&fold)?;
        drop(fold);
        drop(original);
        put_in_place(place, &fresh)?;
        Ok(Report { entries: moved.entries, held: moved.held, roots, then: then(cluster) })
    }
}

fn then(cluster: &Cluster) -> String {
    format!(
        "write `url = \"{}\"` under [ledger], copy the folder `keys` to each further node, and serve; when all is \
         well, remove {BEFORE}: it still holds bodies that are erased later",
        cluster.address()
    )
}

/// The fold of this node is the copy: it is brought to the end of the stream, the stream is sealed, the tie is cut.
fn move_out(place: &Path, cluster: &Cluster) -> Result<Report> {
    let fold = Ledger::open_cluster(place, cluster, options()).map_err(busy)?;
    let standing = cluster.standing().map_err(|error| Ending::not_verified(error.to_string()))?;
    if fold.folded() != Some(standing.commits.last) {
        return Err(Ending::not_verified(format!(
            "this node has folded {} of {} messages; stop the other nodes, see `entente doctor`, and run the move again",
            fold.folded().unwrap_or(0),
            standing.commits.last
        )));
    }
    let verified = fold.verify(&|_| Vec::new(), &mut |_| ())?;
    if let Some(fault) = verified.faults.first() {
        return Err(Ending::not_verified(format!("this node's copy is not sound: {fault}")));
    }
    cluster.seal()?;
    // Nothing can be added any more; what another node added a moment ago is folded first.
    let last = cluster.standing().map_err(|error| Ending::not_verified(error.to_string()))?.commits.last;
    drop(fold);
    let fold = Ledger::open_cluster(place, cluster, options())?;
    if fold.folded() != Some(last) {
        return Err(Ending::not_verified("the end of the stream is not folded yet; run the move again"));
    }
    let (entries, roots) = (fold.last_seq(), roots(&fold)?);
    drop(fold);
    ledger::leave_cluster(place, cluster, options())?;
    Local::open(&place.join("local.db"))?.stop_sharing()?;
    let then =
        "remove `url` under [ledger] and serve; the other nodes stay read-only, the sealed streams can be \
                deleted when all is well"
            .to_owned();
    Ok(Report { entries, held: entries, roots, then })
}

fn options() -> Options {
    Options::new(edge::now_us)
}

fn open(place: &Path) -> Result<Ledger> {
    Ledger::open(place, options()).map_err(busy)
}

fn busy(error: OpenError) -> anyhow::Error {
    match error {
        OpenError::InUse(_) => Ending::busy("a node is running on this data folder: stop it first"),
        other => other.into(),
    }
}

fn roots(ledger: &Ledger) -> Result<Vec<Root>> {
    let reader = ledger.reader()?;
    let logs = ledger.logs().into_iter();
    logs.map(|(log, key, size)| Ok(Root { log: key.origin(), size, root: reader.root(log, size)? })).collect()
}

/// The files of the fold take the place of the original's, which is kept under another name; the database comes last, so
/// that a run that is cut off is seen to be. Arrival numbers are the same: the views stay as they are.
fn put_in_place(place: &Path, fresh: &Path) -> Result<()> {
    let moved = |from: &Path, to: &Path| {
        std::fs::rename(from, to)
            .with_context(|| format!("cannot move {} to {}", from.display(), to.display()))
    };
    if place.join(FILE).exists() {
        moved(&place.join(FILE), &place.join(BEFORE))?;
    }
    for entry in std::fs::read_dir(fresh).context("cannot read the copy")? {
        let path = entry.context("cannot read the copy")?.path();
        if let Some(name) = path.file_name().filter(|name| *name != FILE) {
            moved(&path, &place.join(name))?;
        }
    }
    moved(&fresh.join(FILE), &place.join(FILE))?;
    std::fs::remove_dir(fresh).context("cannot remove the folder of the copy")
}

fn text(report: &Report) -> String {
    let mut text = format!("{} entries, {} of them moved before\n", report.entries, report.held);
    for Root { log, size, root } in &report.roots {
        text.push_str(&format!("{log}  {size}  {}\n", root.hex()));
    }
    text.push_str(&format!("next: {}\n", report.then));
    text
}
