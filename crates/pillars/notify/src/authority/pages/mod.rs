//! The pages of the authority's side: the queue, a docket and its steps, what is handed on, causes, figures; and the
//! public form for those who have no node and no account.

mod ask;
pub mod causes;
pub mod detail;
pub mod forward;
pub mod hand;
pub mod public;
pub mod queue;
pub mod received;
pub mod status;
pub mod step;
pub mod summary;
pub mod warn;
mod words;

use desk::pages::{App, Faults, PageError, Visitor, may_see};
use model::{PartyId, ReportId, Timestamp};
use ui::Locale;

use super::commands::AuthorityError;
use super::docket::{Docket, docket, within};

/// The docket at `id`, when there is one that this person may read: who may read the report may read it all.
pub(crate) fn find(app: &App, visitor: &Visitor, id: &str) -> Result<Docket, PageError> {
    let id: ReportId = id.parse().map_err(|_| PageError::NotFound)?;
    let found = docket(&app.desk.views, id)?.ok_or(PageError::NotFound)?;
    if readable(app, visitor, found.seq)? { Ok(found) } else { Err(PageError::NotFound) }
}

/// Every docket of that period that this person may read, the newest first.
pub(crate) fn all_within(
    app: &App,
    visitor: &Visitor,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<Docket>, PageError> {
    let found = within(&app.desk.views, from, until)?;
    let mut kept = Vec::with_capacity(found.len());
    for docket in found {
        if readable(app, visitor, docket.seq)? {
            kept.push(docket);
        }
    }
    Ok(kept)
}

/// Whether this person may read the entry of that arrival number.
pub(crate) fn readable(app: &App, visitor: &Visitor, seq: u64) -> Result<bool, PageError> {
    let mut readable = false;
    app.desk.ledger.reader()?.entry(seq, |entry| {
        readable = may_see(app, visitor, &entry).is_some_and(|verdict| verdict.is_release());
    })?;
    Ok(readable)
}

/// Other parties that this node trusts, by name.
fn others(app: &App) -> Vec<(PartyId, String)> {
    let known = app.desk.known();
    let trusted = known.parties.iter().filter(|(id, party)| party.trusted && **id != app.desk.me);
    let mut named: Vec<_> = trusted.map(|(id, _)| (*id, desk::pages::party_name(&known, *id))).collect();
    named.sort_by(|one, other| one.1.cmp(&other.1));
    named
}

/// What a command found wrong, at its field of the form; what the person cannot mend is an error of the page.
fn refused(locale: Locale, error: AuthorityError, faults: &mut Faults) -> Result<(), PageError> {
    match &error {
        // Many lines were entered in one box: which of them is part of what is said.
        AuthorityError::Field { field, .. } if field.starts_with("expected,") => {
            faults.say("expected", error.sentence().say(locale));
        }
        AuthorityError::Field { field, fault } => faults.say(field.as_str(), fault.say(locale)),
        AuthorityError::HeldBack(_) => faults.say("to", error.sentence().say(locale)),
        AuthorityError::Unknown(_) => return Err(PageError::NotFound),
        AuthorityError::Sql(_) | AuthorityError::Submit(_) => return Err(PageError::broken(error)),
    }
    Ok(())
}
