//! What an address asks for: a period, a topic, a moment. Every state of a page has an address to share.

use claims::Audience;
use desk::pages::{App, PageError, Visitor, may_read};
use model::Timestamp;
use model::time::civil::Date;
use ui::locale::Part;
use ui::sentence;

use crate::sight::{Sight, SightError};
use crate::trend::Period;

impl From<SightError> for PageError {
    fn from(error: SightError) -> Self {
        PageError::broken(error)
    }
}

/// One parameter, decoded; empty when it is not there.
pub(crate) fn text(visitor: &Visitor, name: &str) -> String {
    decode(ui::query::get(&visitor.path, name).unwrap_or(""))
}

/// The moment that `at` asks for: an instant, or the end of a day in UTC. `None` for the present.
pub(crate) fn moment(visitor: &Visitor) -> Result<Option<Timestamp>, PageError> {
    instant(visitor, "at")
}

/// The same for a parameter of any name.
pub(crate) fn instant(visitor: &Visitor, name: &str) -> Result<Option<Timestamp>, PageError> {
    let text = text(visitor, name);
    // A form sends an empty field for the present; a program leaves the parameter out.
    if text.is_empty() && visitor.path.starts_with("/api/") && ui::query::get(&visitor.path, name).is_some() {
        return Err(PageError::Wrong(sentence!("refused-at-empty", name = Part::code(name))));
    }
    moment_of(&text, visitor.now)
}

/// The same for any text; what has not come yet is the present.
pub(crate) fn moment_of(text: &str, now: Timestamp) -> Result<Option<Timestamp>, PageError> {
    if text.is_empty() {
        return Ok(None);
    }
    let day = || {
        let day: Date = text.parse().ok()?;
        Some(day.tomorrow().ok()?.to_zoned(model::time::TimeZone::UTC).ok()?.timestamp())
    };
    let at = text
        .parse()
        .ok()
        .or_else(day)
        .ok_or_else(|| PageError::Wrong(sentence!("refused-at-instant", text = Part::quoted(text))))?;
    Ok((at < now).then_some(at))
}

/// The day that ends with an instant, or in which it lies, where this visitor is: for a field that asks for a day.
pub(crate) fn day_of(visitor: &Visitor, at: Timestamp) -> String {
    let zone = visitor.zone.clone().unwrap_or(model::time::TimeZone::UTC);
    let last = at - model::time::SignedDuration::from_micros(1);
    last.to_zoned(zone).strftime("%F").to_string()
}

/// The period that `days` asks for.
pub(crate) fn period(text: &str) -> Result<Period, PageError> {
    if text.is_empty() {
        return Ok(Period::USUAL);
    }
    Period::of(text).ok_or_else(|| PageError::Wrong(sentence!("refused-period", text = Part::quoted(text))))
}

/// The audience that a word names: `organisation`, or `parties`, `community` or `public` with an agreement behind a colon.
/// An agreement that this person may not read is to them one that there is not.
pub(crate) fn audience(app: &App, visitor: &Visitor, text: &str) -> Result<Audience, PageError> {
    if text.is_empty() || text == "organisation" {
        return Ok(Audience::Organisation(visitor.account.clearance));
    }
    let wrong = || PageError::Wrong(sentence!("refused-audience", text = Part::quoted(text)));
    let (word, agreement) = text.split_once(':').ok_or_else(wrong)?;
    let agreement = agreement.parse().map_err(|_| wrong())?;
    let known = app.desk.known();
    let signed =
        known.agreements.get(&agreement).and_then(|state| state.newest_signed()).ok_or_else(wrong)?;
    if !may_read(app, visitor, signed)? {
        return Err(wrong());
    }
    match word {
        "parties" => Ok(Audience::Parties(agreement)),
        "community" => Ok(Audience::Community(agreement)),
        "public" => Ok(Audience::Public(agreement)),
        _ => Err(wrong()),
    }
}

/// What this person sees, at the moment that the address asks for.
pub(crate) fn sight<'a>(app: &'a App, visitor: &Visitor) -> Result<Sight<'a>, PageError> {
    Ok(Sight::new(&app.desk, &visitor.receiver(app), visitor.now, moment(visitor)?)?)
}

/// Undoes percent-encoding; what is not valid UTF-8 becomes U+FFFD.
fn decode(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        let hex = |b: u8| char::from(b).to_digit(16);
        match (byte, after) {
            (b'%', [high, low, after @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                out.push((hex(*high).unwrap_or(0) * 16 + hex(*low).unwrap_or(0)) as u8);
                rest = after;
            }
            (b'+', _) => {
                out.push(b' ');
                rest = after;
            }
            (byte, _) => {
                out.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_an_instant_or_the_end_of_a_day() {
        let now: Timestamp = "2026-11-25T12:00:00Z".parse().expect("an instant");
        let at = |text: &str| moment_of(text, now).map(|at| at.map(|at| at.to_string()));
        assert_eq!(at("").expect("the present"), None);
        assert_eq!(at("2026-11-24").expect("a day").as_deref(), Some("2026-11-25T00:00:00Z"));
        assert_eq!(at("2026-11-25").expect("today"), None, "today is not over");
        assert_eq!(
            at("2026-11-24T14:00:00+01:00").expect("an instant").as_deref(),
            Some("2026-11-24T13:00:00Z")
        );
        assert!(at("yesterday").is_err());
    }

    #[test]
    fn what_a_browser_encodes_is_decoded() {
        assert_eq!(decode("a%3Ab+c%"), "a:b c%");
        assert_eq!(decode("%C3%A9%zz"), "é%zz");
    }
}
