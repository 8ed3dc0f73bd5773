//! Opening an incident.

use desk::Desk;
use model::IncidentId;
use records::incident::Incident;
use ui::sentence;

use super::{StateError, submit, text};

/// Opens it; facts follow.
pub fn open_incident(desk: &Desk, title: &str, exercise: bool, by: &str) -> Result<IncidentId, StateError> {
    text(sentence!("what-title"), title)?;
    text(sentence!("what-opens"), by)?;
    let incident = IncidentId(desk::edge::uuid());
    let opened = Incident { incident, title: title.trim().to_owned(), exercise, by: by.trim().to_owned() };
    submit(desk, &opened, incident, desk::edge::now())?;
    Ok(incident)
}
