//! Looking for names and addresses in a sanctions list, and keeping what was looked for, in which version, and what was
//! found.

use desk::Desk;
use desk::sql::SqlError;
use model::IncidentId;
use records::screening::{Hit, Screening};
use records::{Marked, Seal};

use super::lists::List;
use crate::commands::{MARKING, StateError};
use crate::facts::FactError;

/// Hits that are kept of one look; more say that the name is too common.
const MOST_HITS: usize = 50;

/// Looks for them in the list.
pub fn look_for(list: &List, subjects: &[String]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for subject in subjects {
        let words = words(subject);
        let found = list.entries.iter().filter(|entry| {
            let listed = self::words(&entry.name);
            let named = !words.is_empty() && words.iter().all(|word| listed.contains(word));
            named || entry.wallets.iter().any(|wallet| wallet == subject.trim())
        });
        hits.extend(found.map(|entry| Hit {
            subject: subject.clone(),
            entry: entry.number.clone(),
            name: entry.name.clone(),
        }));
    }
    hits.truncate(MOST_HITS);
    hits
}

/// The words of a name, whatever their order, case and punctuation.
fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1);
    words.map(str::to_lowercase).collect()
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
    let missing = |field: &str, fault: &str| FactError { field: field.into(), fault: fault.into() };
    if subjects.is_empty() {
        return Err(missing("subjects", "nobody is looked for; give names and addresses").into());
    }
    if version.trim().is_empty() {
        return Err(
            missing("version", "say which version of the list it is, as its publisher dates it").into()
        );
    }
    if by.trim().is_empty() {
        return Err(StateError::Missing("who looks"));
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
