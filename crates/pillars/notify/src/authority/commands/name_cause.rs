//! Naming a cause that several entities may share, with those who are expected to report it.

use desk::Desk;
use ledger::Receipt;
use records::cause::{Cause, Expected};
use ui::sentence;

use super::{AuthorityError, MAX_CHARS, country, keep, short, text};

/// The most entities that are expected to report one cause.
const MOST_EXPECTED: usize = 5_000;

/// Names it, or says it anew: the newest statement holds.
pub fn name_cause(desk: &Desk, cause: Cause) -> Result<Receipt, AuthorityError> {
    if cause.expected.len() > MOST_EXPECTED {
        return Err(AuthorityError::at("expected", sentence!("refused-cause-many", most = MOST_EXPECTED)));
    }
    let named = Cause {
        cause: slug(&text("cause", &cause.cause, 60)?)?,
        title: text("title", &cause.title, 200)?,
        text: short("text", &cause.text, MAX_CHARS)?,
        expected: cause.expected.into_iter().enumerate().map(expected).collect::<Result<_, _>>()?,
        by: text("by", &cause.by, 200)?,
    };
    keep(desk, &named, &named.cause)
}

fn expected((n, one): (usize, Expected)) -> Result<Expected, AuthorityError> {
    let field = |what: &str| format!("expected, line {}, {what}", n + 1);
    Ok(Expected {
        name: text(&field("name"), &one.name, 200)?,
        country: country(&field("country"), &one.country)?,
        sector: short(&field("sector"), &one.sector, 200)?,
        contact: short(&field("contact"), &one.contact, 500)?,
    })
}

/// One entity a line: `name; country; sector; contact`, what comes last may be left out.
pub fn read_expected(lines: &str) -> Vec<Expected> {
    let read = |line: &str| {
        let mut parts = line.split(';').map(|part| part.trim().to_owned());
        let mut next = || parts.next().unwrap_or_default();
        Expected { name: next(), country: next(), sector: next(), contact: next() }
    };
    lines.lines().filter(|line| !line.trim().is_empty()).map(read).collect()
}

/// Whether a cause may be called so.
pub(crate) fn is_name(name: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.');
    (1..=60).contains(&name.len()) && name.bytes().all(fits)
}

/// The short name of a cause; may be empty.
pub(super) fn slug(name: &str) -> Result<String, AuthorityError> {
    let name = name.trim().to_lowercase();
    if name.is_empty() || is_name(&name) {
        Ok(name)
    } else {
        Err(AuthorityError::at("cause", sentence!("refused-slug")))
    }
}
