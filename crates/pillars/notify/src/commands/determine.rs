//! Deciding what an incident is. The decision is evidence: who, when, why; it is replaced, never edited.

use desk::Desk;
use ledger::Receipt;
use records::determination::{Determination, Outcome};
use ui::sentence;

use super::{StateError, check, known, submit, text};
use crate::case::Said;
use crate::{law, ransom};

/// Decides it.
pub fn determine(desk: &Desk, made: Determination) -> Result<Receipt, StateError> {
    let case = known(desk, made.incident)?;
    text(sentence!("what-decides"), &made.by)?;
    text(sentence!("what-rationale"), &made.rationale)?;
    let asked = made.question.starts_with("applies ");
    let library = law::now(&desk.views)?;
    if !asked && !library.words.determinations.contains_key(&made.question) {
        return Err(StateError::Question(made.question.chars().take(80).collect()));
    }
    let now = desk::edge::now();
    if made.question == ransom::PAY && made.outcome == Outcome::Yes {
        let screened = ransom::screenings(desk, case.id)?;
        if let Some(bar) = ransom::bars(&library, &case, &screened, &made.by) {
            if bar.is_told() {
                // Barred, and not silently: every officer sees that somebody meant to pay.
                crate::remind::tell_of_gate(desk, case.id, ransom::PAY, now)?;
            }
            return Err(bar.into());
        }
    }
    if made.at > now {
        return Err(StateError::Future(made.question));
    }
    check(&library, &case, Said::Determination(made.clone()), now)?;
    submit(desk, &made, made.incident, now)
}
