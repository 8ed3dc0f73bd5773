//! What a visitor may read: the console is a gate like any other and asks the verdict (I1).

use ledger::EntryRef;
use model::Marking;
use records::{Header, Marked};
use rusqlite::OptionalExtension as _;
use share::{Class, Verdict, verdict};

use super::app::App;
use super::error::PageError;
use super::visitor::Visitor;
use crate::views::VersionState;

/// The verdict on a stored entry for this visitor; `None` when it is withheld from this node itself.
pub fn may_see(app: &App, visitor: &Visitor, entry: &EntryRef<'_>) -> Option<Verdict> {
    let header = Header::parse(entry.header?).ok()?;
    let class = Class::of(&header, entry.openings);
    let receiver = visitor.receiver(app);
    let (known, now) = app.desk.judged_by(visitor.now);
    let sealed = verdict(&class, &receiver, &known.book, now);
    // A marking that was raised later counts as well: it never gains a reader (I5).
    let raised = app.site.class_now.as_ref().and_then(|class_now| class_now(entry.seq));
    match raised.and_then(|class| app.desk.verdict(class, &receiver, visitor.now)) {
        Some(now) if sealed.is_release() => Some(now),
        _ => Some(sealed),
    }
}

/// The marking of the entry of that arrival number, when this visitor may read it and it has one that is known.
pub fn readable_marking(app: &App, visitor: &Visitor, seq: u64) -> Result<Option<Marking>, PageError> {
    let mut marking = None;
    app.desk.ledger.reader()?.entry(seq, |entry| {
        let readable = may_see(app, visitor, &entry).is_some_and(|verdict| verdict.is_release());
        let marked = || match Header::parse(entry.header?).ok()?.marked() {
            Marked::Known(marking) => Some(marking),
            Marked::Missing | Marked::Unknown => None,
        };
        marking = if readable { marked() } else { None };
    })?;
    Ok(marking)
}

/// Whether this visitor may read one version of an agreement: the verdict on the record of its proposal.
pub fn may_read(app: &App, visitor: &Visitor, version: &VersionState) -> Result<bool, PageError> {
    let query = "SELECT seq FROM accord_proposal WHERE sha256 = ?1";
    let seq: Option<i64> =
        app.desk.views.read()?.query_row(query, [version.sha256.hex()], |row| row.get(0)).optional()?;
    let mut readable = false;
    if let Some(seq) = seq {
        app.desk.ledger.reader()?.entry(seq as u64, |entry| {
            readable = may_see(app, visitor, &entry).is_some_and(|verdict| verdict.is_release());
        })?;
    }
    Ok(readable)
}
