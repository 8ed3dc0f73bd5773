//! What newer law moves, over every incident, in pages: when a pack is installed, and when a node starts with a program that
//! brings newer packs than those by which duties were noted. Each incident is noted once for each pack, however often a
//! node starts or is stopped between.

use desk::Desk;
use desk::sql::SqlError;
use model::{RecordId, Timestamp};
use packs::{Library, Pack};
use records::obligation::{Change, Obligations, Standing};
use records::pack::Pack as Installed;
use records::{Body as _, Marked, Seal, leaf_hash};

use crate::case::{self, Case};
use crate::commands::{MARKING, StateError};
use crate::law;
use crate::moves::is_closed;
use crate::plan::{self, Places};
use crate::watch::{self, Caused, history, is_noted};

/// Incidents that are looked at in one step, and records that are written in one.
const PAGE: usize = 200;

/// Calls `look` with every incident, oldest first; a page of them is in memory at a time.
pub fn each_case(
    desk: &Desk,
    mut look: impl FnMut(Case) -> Result<(), StateError>,
) -> Result<(), StateError> {
    let mut after = 0;
    loop {
        let page = case::page(&desk.views, after, PAGE)?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        after = *last;
        for (_, id) in page {
            if let Some(case) = case::case(&desk.views, id)? {
                look(case)?;
            }
        }
    }
}

/// What the newer law changes of each incident, for this moment.
pub fn moved(
    desk: &Desk,
    (before, after): (&Library, &Library),
    cause: RecordId,
    now: Timestamp,
) -> Result<Vec<Obligations>, StateError> {
    let mut found = Vec::new();
    let caused = Caused { cause, kind: Installed::KIND, at: now };
    each_case(desk, |case| {
        let (Ok(old), Ok(new)) = (case.incident(before, now), case.incident(after, now)) else {
            return Ok(());
        };
        let places = (plan::places(before, &old, now), plan::places(after, &new, now));
        let noted = watch::noted(case.id, &caused, after, (&places.0, &places.1));
        if !noted.changes.is_empty() {
            found.push(noted);
        }
        Ok(())
    })?;
    Ok(found)
}

/// Writes what was moved, a page at a time, after `first`. What a stop leaves out is noted when a node starts.
pub fn write(desk: &Desk, first: Vec<records::Sealed>, moved: &[Obligations]) -> Result<(), StateError> {
    let mut pages = moved.chunks(PAGE);
    let mut all = first;
    all.extend(pages.next().into_iter().flatten().map(|noted| watch::seal(desk, noted)));
    if !all.is_empty() {
        desk.submit_and_fold(all)?;
    }
    for page in pages {
        desk.submit_and_fold(page.iter().map(|noted| watch::seal(desk, noted)).collect())?;
    }
    Ok(())
}

/// At the start of a node: notes which open duties were noted under an older pack than the one in use, and where they stand
/// by the newer one. The newer pack is written as a record first, so that they have a cause. How many incidents moved.
pub fn note_newer(desk: &Desk, by: &str) -> Result<usize, StateError> {
    let library = law::now(&desk.views)?;
    note_newer_in(desk, &library, &|regime| Library::embedded_text(regime).map(str::to_owned), by)
}

/// The same with the law at hand, and the text of each pack of it.
pub fn note_newer_in(
    desk: &Desk,
    library: &Library,
    text: &dyn Fn(&str) -> Option<String>,
    by: &str,
) -> Result<usize, StateError> {
    let now = desk::edge::now();
    let mut moved = 0;
    let mut page: Vec<records::Sealed> = Vec::new();
    let mut causes = Causes { known: Vec::new(), text, by };
    each_case(desk, |case| {
        let last = last_noted(desk, &case)?;
        let Some(cause) = unnoted(desk, library, (&case, &last), &mut causes)? else { return Ok(()) };
        let Ok(incident) = case.incident(library, now) else { return Ok(()) };
        let changes = changes(&last, &plan::places(library, &incident, now));
        if !changes.is_empty() {
            let noted = Obligations {
                incident: case.id,
                cause,
                cause_kind: Installed::KIND.to_owned(),
                at: now,
                made_with: library.version(),
                changes,
            };
            page.push(watch::seal(desk, &noted));
            moved += 1;
        }
        if page.len() >= PAGE {
            desk.submit_and_fold(std::mem::take(&mut page))?;
        }
        Ok(())
    })?;
    if !page.is_empty() {
        desk.submit_and_fold(page)?;
    }
    Ok(moved)
}

/// The records of newer packs, as they were looked up or written.
struct Causes<'a> {
    known: Vec<(String, RecordId)>,
    text: &'a dyn Fn(&str) -> Option<String>,
    by: &'a str,
}

impl Causes<'_> {
    fn of(&mut self, desk: &Desk, library: &Library, regime: &str) -> Result<Option<RecordId>, StateError> {
        if let Some((_, cause)) = self.known.iter().find(|(known, _)| known == regime) {
            return Ok(Some(*cause));
        }
        let Some(pack) = library.packs.get(regime) else { return Ok(None) };
        let found = cause(desk, pack, self.text, self.by)?;
        self.known.extend(found.map(|cause| (regime.to_owned(), cause)));
        Ok(found)
    }
}

/// The pack that is newer than those by which duties of the incident were noted, and after which nothing was noted yet.
fn unnoted(
    desk: &Desk,
    library: &Library,
    (case, last): (&Case, &[(String, String, Standing)]),
    causes: &mut Causes<'_>,
) -> Result<Option<RecordId>, StateError> {
    let mut older: Vec<&str> = Vec::new();
    for (regime, _, place) in last {
        let newer = library.packs.get(regime).is_some_and(|pack| pack.head.is_newer_than(&place.pack));
        if newer && !older.contains(&regime.as_str()) {
            older.push(regime);
        }
    }
    for regime in older {
        let Some(cause) = causes.of(desk, library, regime)? else { continue };
        if !is_noted(desk, &cause, case.id)? {
            return Ok(Some(cause));
        }
    }
    Ok(None)
}

/// Where each duty of an incident was last noted: regime, stage, place.
fn last_noted(desk: &Desk, case: &Case) -> Result<Vec<(String, String, Standing)>, SqlError> {
    let mut last: Vec<(String, String, Standing)> = Vec::new();
    for (_, noted) in history(desk, case.id)? {
        for change in noted.changes {
            last.retain(|(_, stage, _)| *stage != change.stage);
            last.extend(change.after.map(|after| (change.regime, change.stage, after)));
        }
    }
    Ok(last)
}

/// What is different for duties that were open: the dates, or whether they stand at all. That time has passed is no change.
fn changes(last: &[(String, String, Standing)], places: &Places) -> Vec<Change> {
    let mut found = Vec::new();
    for (regime, stage, was) in last {
        let word = |state: plan::State| {
            serde_json::to_value(state)
                .ok()
                .and_then(|word| word.as_str().map(str::to_owned))
                .unwrap_or_default()
        };
        let closed = ["sent", "sent_late", "replaced"].contains(&was.state.as_str());
        if closed {
            continue;
        }
        let is = places.duties.iter().find(|duty| duty.stage == *stage);
        let what = match is {
            None => "fell_away",
            Some(duty) if is_closed(duty.state) => continue,
            Some(duty) if (duty.alarm, duty.limit) == (was.alarm, was.limit) => continue,
            Some(_) => "moved",
        };
        let after = is.map(|duty| Standing {
            state: word(duty.state),
            alarm: duty.alarm,
            limit: duty.limit,
            pack: duty.pack.clone(),
        });
        found.push(Change {
            regime: regime.clone(),
            stage: stage.clone(),
            what: what.to_owned(),
            before: Some(was.clone()),
            after,
        });
    }
    found
}

/// The record of the newer pack: the one that is there, or one that says by which program it came.
fn cause(
    desk: &Desk,
    pack: &Pack,
    text: &dyn Fn(&str) -> Option<String>,
    by: &str,
) -> Result<Option<RecordId>, StateError> {
    use rusqlite::OptionalExtension as _;
    let reader = desk.views.read()?;
    let query = "SELECT record FROM notify_pack WHERE regime = ?1 AND version = ?2 ORDER BY seq DESC LIMIT 1";
    let key = (&pack.head.regime, pack.head.version.as_str());
    let there: Option<String> = reader.query_row(query, key, |row| row.get(0)).optional()?;
    drop(reader);
    if let Some(record) = there.and_then(|record| record.parse().ok()) {
        return Ok(Some(record));
    }
    let Some(text) = text(&pack.head.regime) else { return Ok(None) };
    let installed = Installed {
        regime: pack.head.regime.clone(),
        version: pack.head.version.to_string(),
        text,
        by: by.to_owned(),
    };
    let seal = Seal { marked: Marked::Known(MARKING), ..desk.seal::<Installed>(desk::edge::now()) };
    let sealed = seal.body(&installed, desk::edge::salt());
    let record = leaf_hash(&sealed.header);
    desk.submit_and_fold(vec![sealed])?;
    Ok(Some(record))
}
