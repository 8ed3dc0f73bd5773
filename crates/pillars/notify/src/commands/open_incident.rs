//! Opening an incident.

use desk::Desk;
use model::IncidentId;
use records::incident::Incident;

use super::{StateError, submit, text};

/// Opens it; facts follow.
pub fn open_incident(desk: &Desk, title: &str, exercise: bool, by: &str) -> Result<IncidentId, StateError> {
    text("the title", title)?;
    text("who opens it", by)?;
    let incident = IncidentId(desk::edge::uuid());
    let opened = Incident { incident, title: title.trim().to_owned(), exercise, by: by.trim().to_owned() };
    submit(desk, &opened, incident, desk::edge::now())?;
    Ok(incident)
}
