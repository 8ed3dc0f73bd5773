//! Whether a visitor may read one record: the console is a gate like any other and asks the verdict (I1).

use ledger::EntryRef;
use records::Header;
use share::{Class, Verdict, verdict};

use super::app::App;
use super::visitor::Visitor;

/// The verdict on a stored entry for this visitor; `None` when it is withheld from this node itself.
pub fn may_see(app: &App, visitor: &Visitor, entry: &EntryRef<'_>) -> Option<Verdict> {
    let header = Header::parse(entry.header?).ok()?;
    let class = Class::of(&header, entry.openings);
    Some(verdict(&class, &visitor.receiver(app), &app.desk.known().book, visitor.now))
}
