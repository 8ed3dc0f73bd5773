//! What happened last, as this visitor may see it: what one author states within minutes is one happening.

use maud::html;
use model::{PartyId, RecordId, Timestamp};
use records::Header;
use ui::component::{Event, Tone, kind_name, type_name};
use ui::t;

use super::app::App;
use super::error::PageError;
use super::visitor::Visitor;
use super::{names, sight};

/// Entries looked at, and how many happenings are shown.
const LOOKED_AT: u64 = 200;
const SHOWN: usize = 8;
/// Kinds spelt out for one happening, the most frequent first.
const KINDS: usize = 6;
/// Statements no further apart belong together.
const TOGETHER_US: i64 = 600_000_000;

/// What one author stated, one record after the other.
struct Run {
    author: PartyId,
    /// How many of each kind, in the order in which they first came.
    kinds: Vec<(String, u64)>,
    newest: RecordId,
    at_us: i64,
}

/// The newest happenings, newest first.
pub(super) fn recent(app: &App, visitor: &Visitor) -> Result<Vec<Event>, PageError> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let mut runs = runs(app, visitor)?;
    runs.reverse();
    for run in &mut runs {
        run.kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    }
    let event = |run: &Run| Event {
        at: Timestamp::from_microsecond(run.at_us).unwrap_or(visitor.now),
        tone: if run.author == app.desk.me { Tone::Idle } else { Tone::Info },
        what: html! {
            (names::party_link(locale, &known, run.author)) " "
            @for (n, (kind, count)) in run.kinds.iter().take(KINDS).enumerate() {
                @if n > 0 { ", " }
                @if *count > 1 { (locale.count(*count)) " × " }
                (kind)
            }
            @if run.kinds.len() > KINDS { ", …" }
        },
        more: html! { a href={ "/ledger/records/" (run.newest) } { (t!(locale, "overview-newest-record")) } },
    };
    Ok(runs.iter().take(SHOWN).map(event).collect())
}

fn runs(app: &App, visitor: &Visitor) -> Result<Vec<Run>, PageError> {
    let locale = visitor.locale;
    let logs = app.desk.ledger.logs();
    let from = app.desk.ledger.last_seq().saturating_sub(LOOKED_AT) + 1;
    let mut runs: Vec<Run> = Vec::new();
    app.desk.ledger.reader()?.entries(from, LOOKED_AT as usize, 16 << 20, |entry| {
        let seen = sight::may_see(app, visitor, &entry).is_some_and(|verdict| verdict.is_release());
        let author = logs.iter().find(|(id, ..)| *id == entry.log).map(|(_, key, _)| key.party);
        let header = entry.header.and_then(|header| Header::parse(header).ok());
        let (true, Some(author), Some(header)) = (seen, author, header) else { return };
        let kind = if header.object_type.is_empty() {
            kind_name(locale, &header.kind)
        } else {
            type_name(locale, &header.object_type)
        };
        let newest = entry.record_id();
        let last = runs.last().filter(|run| run.author == author && entry.at_us - run.at_us < TOGETHER_US);
        if last.is_none() {
            runs.push(Run { author, kinds: Vec::new(), newest, at_us: entry.at_us });
        }
        if let Some(run) = runs.last_mut() {
            run.add(&kind, newest, entry.at_us);
        }
    })?;
    Ok(runs)
}

impl Run {
    fn add(&mut self, kind: &str, newest: RecordId, at_us: i64) {
        (self.newest, self.at_us) = (newest, at_us);
        match self.kinds.iter_mut().find(|(known, _)| known == kind) {
            Some((_, count)) => *count += 1,
            None => self.kinds.push((kind.to_owned(), 1)),
        }
    }
}
