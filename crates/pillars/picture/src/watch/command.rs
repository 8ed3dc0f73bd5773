//! What people do with the watch-list: put a technology on it, change what is said of it, add a source, take it off. Each
//! is a new version; what cannot be is refused at its field.

use desk::Desk;
use desk::submit::SubmitError;
use model::time::civil::Date;
use model::{AgreementId, Marking, RecordId, Timestamp, WatchId};
use records::watch::{Evidence, Maturity, Watch};
use records::{Marked, Seal};

use super::horizon::first_day;

/// Sources of one entry.
const MOST_EVIDENCE: usize = 100;
/// Characters of a name.
const NAME_CHARS: usize = 120;
/// Characters of a text.
const TEXT_CHARS: usize = 4_000;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// A field is wrong; which, and why.
    #[error("{field}: {why}")]
    Field {
        /// The field.
        field: &'static str,
        /// What to do.
        why: Why,
    },
    /// The ledger refused.
    #[error(transparent)]
    Submit(#[from] SubmitError),
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// It says nothing.
    #[error("say something here")]
    Empty,
    /// It is too long.
    #[error("say it in fewer words")]
    Long,
    /// It is no horizon.
    #[error("write a year, a month or a day: 2030, 2030-06 or 2030-06-15")]
    Horizon,
    /// It ends before it begins.
    #[error("this lies before the beginning")]
    Backwards,
    /// A review in the past.
    #[error("choose a day that is still to come")]
    Past,
    /// A source of the future.
    #[error("this day has not come yet")]
    Future,
    /// No link.
    #[error("write an https URL, or the id of a record")]
    Link,
    /// Too many sources.
    #[error("there are as many sources as there may be; begin a new entry")]
    Full,
    /// Nobody of that name.
    #[error("no account of that name is here")]
    Nobody,
}

/// What may be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// See [`Watch::technology`].
    pub technology: String,
    /// See [`Watch::why`].
    pub why: String,
    /// See [`Watch::language`].
    pub language: String,
    /// See [`Watch::owner`].
    pub owner: String,
    /// See [`Watch::from`].
    pub from: String,
    /// See [`Watch::until`].
    pub until: String,
    /// See [`Watch::maturity`].
    pub maturity: Maturity,
    /// See [`Watch::review`].
    pub review: Date,
    /// How it is marked.
    pub marking: Marking,
    /// Under which agreement it is shared; none keeps it here.
    pub under: Option<AgreementId>,
}

/// Puts a technology on the list.
pub fn start(desk: &Desk, change: &Change, by: &str, now: Timestamp) -> Result<WatchId, WatchError> {
    let watch = WatchId(desk::edge::uuid());
    let first = Watch {
        watch,
        supersedes: None,
        technology: String::new(),
        why: String::new(),
        language: String::new(),
        owner: String::new(),
        from: String::new(),
        until: String::new(),
        maturity: change.maturity,
        evidence: Vec::new(),
        review: change.review,
        retired: String::new(),
        by: String::new(),
    };
    write(desk, changed(desk, first, change, now)?, (change.marking, change.under), by, now)?;
    Ok(watch)
}

/// Changes what is said of it; taken up again when it had been taken off.
pub fn revise(
    desk: &Desk,
    (before, record): (&Watch, RecordId),
    change: &Change,
    by: &str,
    now: Timestamp,
) -> Result<(), WatchError> {
    let next = Watch { supersedes: Some(record), retired: String::new(), ..before.clone() };
    write(desk, changed(desk, next, change, now)?, (change.marking, change.under), by, now)
}

/// Adds a source.
pub fn add_evidence(
    desk: &Desk,
    (before, record): (&Watch, RecordId),
    sealed: (Marking, Option<AgreementId>),
    evidence: Evidence,
    (by, now): (&str, Timestamp),
) -> Result<(), WatchError> {
    let mut next = Watch { supersedes: Some(record), ..before.clone() };
    check(next.evidence.len() < MOST_EVIDENCE, "says", Why::Full)?;
    text("says", &evidence.says, TEXT_CHARS)?;
    check(is_link(&evidence.link), "link", Why::Link)?;
    check(evidence.on <= today(now), "on", Why::Future)?;
    next.evidence.push(evidence);
    write(desk, next, sealed, by, now)
}

/// Takes it off the list, with a reason.
pub fn retire(
    desk: &Desk,
    (before, record): (&Watch, RecordId),
    sealed: (Marking, Option<AgreementId>),
    reason: &str,
    (by, now): (&str, Timestamp),
) -> Result<(), WatchError> {
    text("reason", reason, TEXT_CHARS)?;
    let next = Watch { supersedes: Some(record), retired: reason.trim().to_owned(), ..before.clone() };
    write(desk, next, sealed, by, now)
}

fn changed(desk: &Desk, before: Watch, change: &Change, now: Timestamp) -> Result<Watch, WatchError> {
    text("technology", &change.technology, NAME_CHARS)?;
    text("why", &change.why, TEXT_CHARS)?;
    check(desk.local.account(&change.owner).is_some(), "owner", Why::Nobody)?;
    for (field, text) in [("from", &change.from), ("until", &change.until)] {
        check(text.is_empty() || first_day(text).is_some(), field, Why::Horizon)?;
    }
    if let (Some(from), Some(until)) = (first_day(&change.from), first_day(&change.until)) {
        check(from <= until, "until", Why::Backwards)?;
    }
    check(change.review >= today(now), "review", Why::Past)?;
    Ok(Watch {
        technology: change.technology.trim().to_owned(),
        why: change.why.trim().to_owned(),
        language: change.language.clone(),
        owner: change.owner.clone(),
        from: change.from.clone(),
        until: change.until.clone(),
        maturity: change.maturity,
        review: change.review,
        ..before
    })
}

fn today(now: Timestamp) -> Date {
    now.to_zoned(model::time::TimeZone::UTC).date()
}

fn check(holds: bool, field: &'static str, why: Why) -> Result<(), WatchError> {
    if holds { Ok(()) } else { Err(WatchError::Field { field, why }) }
}

fn text(field: &'static str, text: &str, most: usize) -> Result<(), WatchError> {
    check(!text.trim().is_empty(), field, Why::Empty)?;
    check(text.chars().count() <= most, field, Why::Long)
}

/// An https URL, which a page may show as a link, or a record.
fn is_link(link: &str) -> bool {
    let is_url = desk::outbound::Url::parse(link).is_ok_and(|url| url.is_tls());
    (is_url && link.len() <= 2_000) || link.parse::<RecordId>().is_ok()
}

fn write(
    desk: &Desk,
    next: Watch,
    (marking, under): (Marking, Option<AgreementId>),
    by: &str,
    now: Timestamp,
) -> Result<(), WatchError> {
    let next = Watch { by: by.to_owned(), ..next };
    let (under, about) = (under.as_slice(), [next.watch.to_string()]);
    let seal = Seal { marked: Marked::Known(marking), under, about: &about, ..desk.seal::<Watch>(now) };
    desk.submit_and_fold(vec![seal.body(&next, desk::edge::salt())])?;
    Ok(())
}
