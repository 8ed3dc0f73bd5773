//! The queue of reports: which are open, in the order of what is owed next, and which are closed; as many as there are, without
//! holding any of them. What is owed because of a report changes only with a step, so its place is worked out once for each.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use desk::sql::SqlError;
use desk::views::Views;
use model::{ReportId, Timestamp};
use packs::Library;

use super::docket::{Docket, docket};
use super::duties::{Owed, owed};

/// Reports that a queue counts at most, the newest first.
pub const MOST: usize = 20_000;

/// A report in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Queued {
    /// The report.
    pub id: ReportId,
    /// The release class of it: who may read that may read the docket.
    pub class: u32,
}

/// What has a date comes first, by that date; then what is due without delay; then the newest.
type Place = (u8, Timestamp, i64);

/// Places that were worked out, with the arrival number of the last step.
#[derive(Debug, Default)]
pub struct Queue {
    known: Mutex<HashMap<ReportId, (i64, Place)>>,
}

/// The queue of this process.
pub fn shared() -> Arc<Queue> {
    static SHARED: LazyLock<Arc<Queue>> = LazyLock::new(Arc::default);
    Arc::clone(&SHARED)
}

/// A report, its class, and the arrival number of the last that was said about it.
type Row = (ReportId, u32, i64);

impl Queue {
    /// The open reports, the most urgent first.
    pub fn open(&self, views: &Views) -> Result<Vec<Queued>, SqlError> {
        let rows = rows(views, false)?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() > 2 * MOST {
            known.clear();
        }
        let mut found = Vec::with_capacity(rows.len());
        for (id, class, last) in rows {
            let place = match known.get(&id) {
                Some((of, place)) if *of == last => *place,
                _ => {
                    let Some(docket) = docket(views, id)? else { continue };
                    let place = place(&docket);
                    known.insert(id, (last, place));
                    place
                }
            };
            found.push((place, Queued { id, class }));
        }
        found.sort_by_key(|(place, _)| *place);
        Ok(found.into_iter().map(|(_, one)| one).collect())
    }

    /// The closed reports, the newest first.
    pub fn closed(&self, views: &Views) -> Result<Vec<Queued>, SqlError> {
        let rows = rows(views, true)?.into_iter();
        Ok(rows.map(|(id, class, _)| Queued { id, class }).collect())
    }
}

fn rows(views: &Views, closed: bool) -> Result<Vec<Row>, SqlError> {
    let reader = views.read()?;
    let mut statement = reader.prepare_cached(
        "SELECT r.id, r.class, COALESCE((SELECT MAX(h.seq) FROM notify_handling h WHERE h.report = r.id), r.seq)
         FROM notify_report r WHERE r.closed = ?1 ORDER BY r.received_us DESC, r.seq DESC LIMIT ?2",
    )?;
    let rows = statement
        .query_map((closed, MOST as i64), |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(rows.into_iter().filter_map(|(id, class, last)| Some((id.parse().ok()?, class, last))).collect())
}

/// The duty that is owed next because of a docket.
pub fn next(docket: &Docket) -> Option<Owed> {
    owed(Library::embedded(), docket).into_iter().find(|one| one.done_at.is_none())
}

fn place(docket: &Docket) -> Place {
    let came = -docket.report.received_at.as_microsecond();
    match next(docket) {
        Some(Owed { alarm: Some(alarm), shadow: false, .. }) => (0, alarm, came),
        Some(_) => (1, Timestamp::MAX, came),
        None => (2, Timestamp::MAX, came),
    }
}
