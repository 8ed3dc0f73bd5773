//! The gate of notices: the verdict of the moment decides whether an account may have one at all, as it does for pages.

use super::store::Kept;
use crate::pages::{App, Visitor, may_see};

/// Whether this visitor may be told of it now: the permission of its page, the clearance, and the record that it is
/// about.
pub fn may_have(app: &App, visitor: &Visitor, notice: &Kept) -> bool {
    holds(app, visitor, &notice.needs)
        && notice.tlp <= visitor.account.clearance
        && notice.about.is_none_or(|seq| readable(app, visitor, seq))
}

/// Whether they hold the permission of that name; what nobody knows is for nobody.
pub(super) fn holds(app: &App, visitor: &Visitor, name: &str) -> bool {
    let permission = app.site.permissions().find(|permission| permission.name == name);
    permission.is_some_and(|needed| visitor.holds(&needed))
}

/// Whether they may read the record that a notice is about.
pub(super) fn readable(app: &App, visitor: &Visitor, seq: u64) -> bool {
    let Ok(reader) = app.desk.ledger.reader() else { return false };
    let mut readable = false;
    let read = reader.entry(seq, |entry| {
        readable = may_see(app, visitor, &entry).is_some_and(|verdict| verdict.is_release());
    });
    read.is_ok() && readable
}
