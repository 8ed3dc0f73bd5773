//! Exporting to a file: the stored bytes of what the verdict releases to one receiver, in constant memory, and a
//! count of what it withholds with the reasons.

use std::collections::BTreeMap;
use std::io::{self, Write};

use desk::sql::{Reader, SqlError};
use desk::{Desk, Released, edge};
use formats::taxii::{Filter, VersionSelector};
use model::{AgreementId, Timestamp};
use records::delivery::OBJECT;
use rusqlite::params;
use share::{Reason, Receiver};

use crate::collection;
use crate::placed;
use crate::select::{Ask, Row, select};

/// What to export, for whom.
#[derive(Debug, Clone)]
pub struct Export {
    /// Whose eyes the file is for.
    pub receiver: Receiver,
    /// The agreements under which it was published; none means everything this node has.
    pub under: Vec<AgreementId>,
    /// Only these STIX types; none means all.
    pub types: Vec<String>,
    /// Only what came after this instant, µs.
    pub since_us: Option<i64>,
    /// How the file is laid out.
    pub layout: Layout,
}

/// How an exported file is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One STIX bundle.
    Bundle,
    /// One object a line; what spans lines cannot be kept verbatim so, and is left out and counted.
    Lines,
}

/// What an export did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exported {
    /// Objects written.
    pub objects: u64,
    /// Objects withheld, by reason.
    pub withheld: BTreeMap<Reason, u64>,
    /// Objects released whose bytes were erased.
    pub erased: u64,
    /// Objects left out because their bytes hold a line break, which one line cannot carry verbatim.
    pub unfit: u64,
}

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The views could not be read.
    #[error("cannot read the views: {0}; see `entente doctor`")]
    Views(#[from] SqlError),
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] ledger::ReadError),
    /// The file could not be written.
    #[error("cannot write the export: {0}; free space or choose another place")]
    Write(#[from] io::Error),
}

/// Rows selected at a time.
const PAGE: usize = 1_000;

/// Writes what `export` asks for to `out`; `progress` hears how many objects were written.
pub fn export(
    desk: &Desk,
    export: &Export,
    out: &mut impl Write,
    mut progress: impl FnMut(u64),
) -> Result<Exported, ExportError> {
    let now = edge::now();
    let released = desk.released(&export.receiver, now);
    let collections = collections(desk, export)?;
    let filter = Filter { types: export.types.clone(), versions: VersionSelector::All, ..Filter::default() };
    let mut done = Exported::default();
    let mut sheet = Sheet { out, layout: export.layout, begun: false };
    let as_of = desk.views.folded();
    for (n, coll) in collections.iter().enumerate() {
        count_withheld(desk, export, *coll, now, as_of, &mut done)?;
        let mut after = export.since_us.unwrap_or(i64::MIN);
        loop {
            let ask = Ask { coll: *coll, after, limit: PAGE, filter: &filter, as_of };
            let page = select(desk, &released, &ask)?;
            let Some(last) = page.rows.last().map(|row| row.date) else { break };
            let rows = without_repeated(desk, &released, &collections[..n], page.rows)?;
            write(desk, &rows, &mut sheet, &mut done)?;
            progress(done.objects);
            after = last;
            if !page.more {
                break;
            }
        }
    }
    sheet.close()?;
    Ok(done)
}

/// The collections asked for, by number. Number 0 holds what is published under no agreement.
fn collections(desk: &Desk, export: &Export) -> Result<Vec<i64>, SqlError> {
    if !export.under.is_empty() {
        let numbers = export.under.iter().map(|agreement| collection::number(desk, agreement));
        return Ok(numbers.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect());
    }
    let reader = desk.views.read()?;
    let mut statement = reader.prepare_cached("SELECT n FROM exchange_collection ORDER BY n")?;
    statement.query_map([], |row| row.get(0))?.collect()
}

/// Counts by release class, so that a million withheld records cost one scan of an index.
fn count_withheld(
    desk: &Desk,
    export: &Export,
    coll: i64,
    now: Timestamp,
    as_of: u64,
    done: &mut Exported,
) -> Result<(), SqlError> {
    let reader = desk.views.read()?;
    let mut statement = reader.prepare_cached(
        "SELECT class, count(*) FROM exchange_placement WHERE coll = ?1 AND date > ?2 AND seq <= ?3 GROUP BY class",
    )?;
    let since = export.since_us.unwrap_or(i64::MIN);
    let rows = statement.query_map(params![coll, since, as_of as i64], |row| {
        Ok((row.get::<_, u32>(0)?, row.get::<_, i64>(1)?))
    })?;
    let classes = desk.views.classes();
    for row in rows {
        let (class, count) = row?;
        let asked = classes.get(class as usize).is_some_and(|facts| {
            facts.kind == OBJECT && (export.types.is_empty() || export.types.contains(&facts.object_type))
        });
        let reason = desk.verdict(class, &export.receiver, now).and_then(|verdict| verdict.reason());
        if let (true, Some(reason)) = (asked, reason) {
            *done.withheld.entry(reason).or_default() += count as u64;
        }
    }
    Ok(())
}

/// A record published under several agreements is written where it is met first.
fn without_repeated(
    desk: &Desk,
    released: &Released,
    earlier: &[i64],
    rows: Vec<Row>,
) -> Result<Vec<Row>, SqlError> {
    if earlier.is_empty() {
        return Ok(rows);
    }
    let reader = desk.views.read()?;
    let mut fresh = Vec::with_capacity(rows.len());
    for row in rows {
        if !is_in(&reader, released, earlier, &row)? {
            fresh.push(row);
        }
    }
    Ok(fresh)
}

fn is_in(reader: &Reader<'_>, released: &Released, earlier: &[i64], row: &Row) -> Result<bool, SqlError> {
    let mut others = placed::standing(reader, row.key)?.into_iter().filter(|other| other.seq == row.seq);
    Ok(others.any(|other| earlier.contains(&other.coll) && released.contains(other.class)))
}

fn write<W: Write>(
    desk: &Desk,
    rows: &[Row],
    sheet: &mut Sheet<'_, W>,
    done: &mut Exported,
) -> Result<(), ExportError> {
    let seqs: Vec<u64> = rows.iter().map(|row| row.seq).collect();
    let mut written = Ok(());
    desk.ledger.reader()?.bodies(&seqs, |_, body| match body {
        _ if written.is_err() => {}
        None => done.erased += 1,
        Some(body) if sheet.layout == Layout::Lines && body.contains(&b'\n') => done.unfit += 1,
        Some(body) => {
            done.objects += 1;
            written = sheet.object(body);
        }
    })?;
    Ok(written?)
}

/// The file as it grows.
struct Sheet<'a, W> {
    out: &'a mut W,
    layout: Layout,
    begun: bool,
}

impl<W: Write> Sheet<'_, W> {
    fn object(&mut self, body: &[u8]) -> io::Result<()> {
        match (self.layout, self.begun) {
            (Layout::Lines, _) => {}
            (Layout::Bundle, true) => self.out.write_all(b",\n")?,
            (Layout::Bundle, false) => {
                writeln!(
                    self.out,
                    "{{\"type\":\"bundle\",\"id\":\"bundle--{}\",\"objects\":[",
                    edge::uuid()
                )?;
            }
        }
        self.begun = true;
        self.out.write_all(body)?;
        if self.layout == Layout::Lines { self.out.write_all(b"\n") } else { Ok(()) }
    }

    /// A bundle without objects has no list of them (STIX 2.1 §8: lists are never empty).
    fn close(self) -> io::Result<()> {
        match (self.layout, self.begun) {
            (Layout::Lines, _) => {}
            (Layout::Bundle, true) => self.out.write_all(b"\n]}\n")?,
            (Layout::Bundle, false) => {
                writeln!(self.out, "{{\"type\":\"bundle\",\"id\":\"bundle--{}\"}}", edge::uuid())?;
            }
        }
        self.out.flush()
    }
}
