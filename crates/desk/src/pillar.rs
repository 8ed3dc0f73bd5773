//! A pillar is a value that the node puts in a list; there is no plug-in framework.

use std::path::Path;

use ledger::EntryRef;

use crate::desk::Desk;
use crate::reactors::Reactor;
use crate::sql::SqlError;
use crate::views::{Entry, Erased, FoldError, Folding};

/// Arrival numbers of records that were taken back (`None`) or narrowed (the class that holds now).
pub type Raised = Vec<(u64, Option<u32>)>;

/// What one line of work adds to the loop.
#[derive(Debug, Clone, Copy)]
pub struct Pillar {
    /// Its name, also the prefix of its tables, URLs, commands and strings.
    pub name: &'static str,
    /// Tables of its views; run once when the views are created.
    pub schema: &'static str,
    /// Bumped when `schema` or `fold` changes meaning; the views are then rebuilt.
    pub version: u32,
    /// Folds one entry into the tables. Called for every readable entry in order of arrival.
    pub fold: fn(&mut Folding<'_>, &Entry<'_>) -> Result<(), FoldError>,
    /// Called once at the end of each step, in the same transaction: writes what `fold` kept in [`Folding::memory`]
    /// to be written in a better order. Nothing may depend on where a step ends (I4).
    pub settle: fn(&mut Folding<'_>) -> Result<(), FoldError>,
    /// Takes away what the tables hold because of a body that was erased, exactly as if it had never been there. False
    /// when that cannot be done row by row: then the views are folded anew.
    pub erase: fn(&mut Folding<'_>, &Erased<'_>) -> Result<bool, FoldError>,
    /// Takes away what the pillar keeps beside the views of an entry whose body will be erased next. No node runs.
    pub forget: fn(&Path, &EntryRef<'_>) -> std::io::Result<()>,
    /// Records among these arrivals that their author took back (`None`) or narrowed (the class that holds now). The
    /// link asks before it sends: a marking raised later never gains a recipient (I5).
    pub raised: fn(&Desk, std::ops::RangeInclusive<u64>) -> Result<Raised, SqlError>,
    /// What it answers by itself.
    pub reactors: &'static [Reactor],
}
