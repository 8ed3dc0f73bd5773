//! Saying who looks after an incident.

use desk::Desk;
use ledger::Receipt;
use records::assignment::Assignment;
use ui::sentence;

use super::{StateError, known, short, submit, text};

/// Says it; an empty officer lets it go.
pub fn assign(desk: &Desk, to: Assignment) -> Result<Receipt, StateError> {
    known(desk, to.incident)?;
    text(sentence!("what-says"), &to.by)?;
    short(sentence!("what-officer"), &to.officer)?;
    submit(desk, &to, to.incident, desk::edge::now())
}
