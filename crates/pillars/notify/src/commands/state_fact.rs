//! Stating a fact of an incident, or correcting one: the newest statement holds from then on.

use desk::Desk;
use ledger::Receipt;
use model::Timestamp;
use packs::Library;
use records::fact::Fact;
use ui::locale::Part;
use ui::sentence;

use super::{StateError, check, known, short, submit, text};
use crate::case::{Case, Said};
use crate::facts::FactError;
use crate::law;

/// Facts of an incident that are neither clocks' facts nor fields.
const PLACE: [&str; 4] = ["tz", "holidays", "country", "entity_class"];

/// States it.
pub fn state_fact(desk: &Desk, fact: Fact) -> Result<Receipt, StateError> {
    let case = known(desk, fact.incident)?;
    let library = law::now(&desk.views)?;
    let now = desk::edge::now();
    check_fact(&library, &case, &fact, now)?;
    submit(desk, &fact, fact.incident, now)
}

/// Refuses what this incident could not hold.
pub fn check_fact(library: &Library, case: &Case, fact: &Fact, now: Timestamp) -> Result<(), StateError> {
    text(sentence!("what-states"), &fact.by)?;
    short(sentence!("what-source"), &fact.source)?;
    short(sentence!("what-confidence"), &fact.confidence)?;
    short(sentence!("what-value"), &fact.value.to_string())?;
    if !is_known(library, &fact.field) {
        return Err(StateError::Stranger(fact.field.chars().take(80).collect()));
    }
    if library.words.canonical(&fact.field) == "B08"
        && !fact.value.is_null()
        && !fact.value.as_str().is_some_and(crate::currency::is_currency)
    {
        let code = fact.value.as_str().map_or_else(|| Part::Text(fact.value.to_string()), Part::quoted);
        return Err(FactError::at(&fact.field, sentence!("refused-currency", code = code)).into());
    }
    check(library, case, Said::Fact(fact.clone()), now)
}

fn is_known(library: &Library, field: &str) -> bool {
    let words = &library.words;
    let by_path = || words.fields.values().any(|known| known.path == field);
    PLACE.contains(&field)
        || field.starts_with("applies ")
        || field.starts_with("received(")
        || words.fact_id(field).is_some()
        || words.fields.contains_key(field)
        || by_path()
}
