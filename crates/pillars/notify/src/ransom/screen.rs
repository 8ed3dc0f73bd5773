//! Looking for names and addresses in a sanctions list, and keeping what was looked for, in which version, and what was
//! found.

use desk::Desk;
use desk::sql::SqlError;
use model::IncidentId;
use records::screening::{Hit, Screening};
use records::{Marked, Seal};
use ui::sentence;

use super::likeness::{Likeness, Sought};
use super::lists::List;
use crate::commands::{MARKING, StateError};
use crate::facts::FactError;

/// Hits that are kept of one look; more say that the name is too common.
const MOST_HITS: usize = 50;

/// Looks for them in the list. Names that are the same come first, then those that are spelt nearly so: neither decides
/// anything, a person says whether it is the same one.
pub fn look_for(list: &List, subjects: &[String]) -> Vec<Hit> {
    let (mut same, mut near) = (Vec::new(), Vec::new());
    for subject in subjects {
        let sought = Sought::of(subject);
        for entry in &list.entries {
            let hit = |near: bool| Hit {
                subject: subject.clone(),
                entry: entry.number.clone(),
                name: entry.name.clone(),
                near,
            };
            let address = entry.wallets.iter().any(|wallet| wallet == subject.trim());
            match if address { Some(Likeness::Same) } else { sought.likeness(&entry.name) } {
                Some(Likeness::Same) => same.push(hit(false)),
                Some(Likeness::Near) if near.len() < MOST_HITS => near.push(hit(true)),
                Some(Likeness::Near) | None => {}
            }
        }
    }
    same.append(&mut near);
    same.truncate(MOST_HITS);
    same
}

/// Looks, and keeps it as a record.
pub fn screen(
    desk: &Desk,
    incident: IncidentId,
    list: &List,
    version: &str,
    subjects: Vec<String>,
    by: &str,
) -> Result<Screening, StateError> {
    crate::case::case(&desk.views, incident)?.ok_or(StateError::Unknown(incident))?;
    if subjects.is_empty() {
        return Err(FactError::at("subjects", sentence!("refused-nobody")).into());
    }
    let version = if version.trim().is_empty() { list.version.as_str() } else { version.trim() };
    if version.is_empty() {
        return Err(FactError::at("version", sentence!("refused-list-version")).into());
    }
    if by.trim().is_empty() {
        return Err(StateError::Missing(sentence!("what-looks")));
    }
    let now = desk::edge::now();
    let screening = Screening {
        incident,
        list: list.kind.to_owned(),
        version: version.to_owned(),
        sha256: list.sha256.clone(),
        entries: list.entries.len() as u64,
        hits: look_for(list, &subjects),
        subjects,
        at: now,
        by: by.to_owned(),
    };
    let about = [incident.to_string()];
    let seal = Seal { marked: Marked::Known(MARKING), about: &about, ..desk.seal::<Screening>(now) };
    desk.submit_and_fold(vec![seal.body(&screening, desk::edge::salt())])?;
    Ok(screening)
}

/// Every look of an incident, in order.
pub fn screenings(desk: &Desk, incident: IncidentId) -> Result<Vec<Screening>, SqlError> {
    let reader = desk.views.read()?;
    let mut statement =
        reader.prepare_cached("SELECT body FROM notify_screening WHERE incident = ?1 ORDER BY seq")?;
    let rows = statement
        .query_map([incident.to_string()], |row| row.get::<_, Vec<u8>>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(rows.iter().filter_map(|body| serde_json::from_slice(body).ok()).collect())
}
