//! Saying who looks after an incident.

use desk::Desk;
use ledger::Receipt;
use records::assignment::Assignment;

use super::{StateError, known, short, submit, text};

/// Says it; an empty officer lets it go.
pub fn assign(desk: &Desk, to: Assignment) -> Result<Receipt, StateError> {
    known(desk, to.incident)?;
    text("who says so", &to.by)?;
    short("the officer", &to.officer)?;
    submit(desk, &to, to.incident, desk::edge::now())
}
