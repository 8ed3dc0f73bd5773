//! What an entry says of an incident, for the comparison of two instants.

use desk::pages::{App, Change, Stated, Visitor, What};
use records::Body as _;
use records::incident::Incident;

use crate::access::IncidentRead;

/// What an entry of this pillar says of an incident of ours; nothing for others.
pub fn telling(app: &App, visitor: &Visitor, stated: &Stated<'_>) -> Option<Change> {
    if !visitor.may::<IncidentRead>() || !stated.header.kind.starts_with("notify.") {
        return None;
    }
    let incident = stated.header.about.first()?;
    // Records about what is not known as an incident here, such as a report of others, stand under their kind.
    let case = super::find(app, visitor, incident).ok()?;
    Some(Change {
        subject: format!("incident {incident}"),
        label: case.title,
        language: None,
        href: Some(format!("/notify/incidents/{incident}")),
        what: if stated.header.kind == Incident::KIND { What::New } else { What::Changed },
    })
}
