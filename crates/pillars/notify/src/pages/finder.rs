//! What the search of everything finds here: incidents.

use std::sync::Arc;

use desk::find::{Ask, Finding, Hit, Source, Values, gather};
use desk::pages::{App, PageError, Visitor, may_see};
use desk::sql::SqlError;
use model::Timestamp;
use records::incident::Incident;
use ui::t;

use crate::access::IncidentRead;
use crate::commands::MARKING;

/// Incidents looked at for one question, the newest first.
const MOST: i64 = 10_000;
/// Those of them that are asked about and therefore judged.
const MOST_JUDGED: usize = 2_000;

/// Incidents that this person may read, by title or id.
pub fn source() -> Source {
    Source { name: "incidents", label: |locale| t!(locale, "nav-incidents"), find: Arc::new(incidents) }
}

fn incidents(app: &App, visitor: &Visitor, ask: &Ask<'_>) -> Result<Finding, PageError> {
    let reader = app.desk.ledger.reader()?;
    let mut hits = Vec::new();
    if !visitor.may::<IncidentRead>() {
        return Ok(gather(ask, hits));
    }
    for (seq, at_us, opened) in named(app, ask)? {
        let mut readable = false;
        reader.entry(seq, |entry| {
            readable = may_see(app, visitor, &entry).is_some_and(|verdict| verdict.is_release());
        })?;
        if readable {
            hits.push(hit(app, at_us, opened));
        }
    }
    Ok(gather(ask, hits))
}

/// Those that the question may mean, whoever may read them.
fn named(app: &App, ask: &Ask<'_>) -> Result<Vec<(u64, i64, Incident)>, SqlError> {
    let reader = app.desk.views.read()?;
    let mut statement =
        reader.prepare_cached("SELECT seq, at_us, body FROM notify_incident ORDER BY seq DESC LIMIT ?1")?;
    let mut rows = statement.query([MOST])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let body: Vec<u8> = row.get(2)?;
        let Ok(opened) = serde_json::from_slice::<Incident>(&body) else { continue };
        let text = &ask.question.text;
        let is_named =
            ask.question.is_empty() || text.parse() == Ok(opened.incident) || ask.fits(&opened.title);
        if is_named {
            found.push((row.get::<_, i64>(0)? as u64, row.get(1)?, opened));
        }
        if found.len() >= MOST_JUDGED {
            break;
        }
    }
    Ok(found)
}

fn hit(app: &App, at_us: i64, opened: Incident) -> Hit {
    Hit {
        href: format!("/notify/incidents/{}", opened.incident),
        title: opened.title,
        language: None,
        why: None,
        marking: Some(MARKING),
        author: Some(app.desk.me),
        at: Timestamp::from_microsecond(at_us).ok(),
        values: Values {
            kind: "incident".into(),
            author: app.desk.me.to_string(),
            marking: MARKING.tlp.word().into(),
            verdict: "stays",
        },
    }
}
