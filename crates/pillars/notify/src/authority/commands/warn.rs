//! Warning other parties early of what may reach them.

use desk::Desk;
use model::{Marking, PartyId, RecordId};
use records::leaf_hash;
use records::warning::Warning;
use ui::sentence;

use super::name_cause::slug;
use super::{AuthorityError, MAX_CHARS, country, short, text};
use desk::addressed;

/// The most sectors or States in one warning.
const MOST_NAMED: usize = 100;

/// Seals it for these parties and sends it; refused when the verdict would withhold it from one of them.
pub fn warn(
    desk: &Desk,
    warning: Warning,
    marking: Marking,
    to: &[PartyId],
) -> Result<RecordId, AuthorityError> {
    if to.is_empty() {
        return Err(AuthorityError::at("to", sentence!("refused-party")));
    }
    if warning.sectors.len().max(warning.countries.len()) > MOST_NAMED {
        return Err(AuthorityError::at("sectors", sentence!("refused-sectors", most = MOST_NAMED)));
    }
    let warning = Warning {
        title: text("title", &warning.title, 200)?,
        text: text("text", &warning.text, MAX_CHARS)?,
        advice: short("advice", &warning.advice, MAX_CHARS)?,
        cause: slug(&warning.cause)?,
        sectors: warning.sectors.iter().map(|one| short("sectors", one, 200)).collect::<Result<_, _>>()?,
        countries: warning.countries.iter().map(|one| country("countries", one)).collect::<Result<_, _>>()?,
        exercise: warning.exercise,
    };
    let sealed = addressed::sealed(desk, &warning, marking, to)
        .map_err(|withheld| AuthorityError::at("to", withheld.sentence()))?;
    let record = leaf_hash(&sealed.header);
    desk.submit_and_fold(vec![sealed])?;
    Ok(record)
}
